"""The login form of an app that needs a token: plain HTML, no script."""

from __future__ import annotations

from markupsafe import Markup, escape

LOGIN_PATH = "/login"

_PAGE = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Log in: Ask the Articles</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 24rem; margin: 15vh auto; padding: 0 1rem; }}
input, button {{ font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; margin: .3rem 0; }}
</style>
</head>
<body>
<main>
<h1>Ask the Articles</h1>
<form method="post" action="{action}">
<label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<button type="submit">Log in</button>
</form>
<p role="alert">{problem}</p>
</main>
</body>
</html>
""")


def login_page(problem: str = "") -> str:
    """The form, with what went wrong the last time."""
    return str(_PAGE.format(action=LOGIN_PATH, problem=escape(problem)))
