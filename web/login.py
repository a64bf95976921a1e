"""The login form of an app that needs a token: plain HTML without scripts."""

from __future__ import annotations

from markupsafe import Markup, escape

from .messages import common
from .messages import server as texts

LOGIN_PATH = "/login"

_PAGE = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 24rem; margin: 15vh auto; padding: 0 1rem; }}
input, button {{ font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; margin: .3rem 0; }}
</style>
</head>
<body>
<main>
<h1>{heading}</h1>
<form method="post" action="{action}">
<label for="token">{label}</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<button type="submit">{button}</button>
</form>
<p role="alert">{problem}</p>
</main>
</body>
</html>
""")


def login_page(problem: str = "") -> str:
    """The form, with the problem of the last attempt."""
    return str(
        _PAGE.format(
            title=texts.LOGIN_TITLE,
            heading=common.APP_NAME,
            action=LOGIN_PATH,
            label=texts.TOKEN,
            button=texts.LOG_IN,
            problem=escape(problem),
        )
    )
