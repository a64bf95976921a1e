"""The login form of an app that needs a token: plain HTML without scripts."""

from __future__ import annotations

from markupsafe import Markup, escape

from ..messages import common
from ..messages import server as texts
from .callers import Caller

LOGIN_PATH, LOGOUT_PATH = "/login", "/logout"

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
<label for="name">{name}</label>
<input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="60">
<label for="token">{label}</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<button type="submit">{button}</button>
</form>
<p role="alert">{problem}</p>
{logout}
</main>
</body>
</html>
""")
_LOGOUT = Markup('<p>{who}</p>\n<form method="post" action="{action}"><button type="submit">{button}</button></form>')


def login_page(problem: str = "", logged_in: Caller | None = None) -> str:
    """The form, with the problem of the last attempt; for a user who is logged in, with a button to log out."""
    logout = Markup()
    if logged_in:
        who = texts.logged_in_as(logged_in.name, logged_in.role.label)
        logout = _LOGOUT.format(who=who, action=LOGOUT_PATH, button=texts.LOG_OUT)
    return str(
        _PAGE.format(
            title=texts.LOGIN_TITLE,
            heading=common.APP_NAME,
            action=LOGIN_PATH,
            name=texts.NAME,
            label=texts.TOKEN,
            button=texts.LOG_IN,
            problem=escape(problem),
            logout=logout,
        )
    )
