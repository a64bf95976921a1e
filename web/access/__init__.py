"""Access to an app that needs a token: the login form, sessions and wrong tokens.

`Access` decides for `web.guard` whether a request may enter.
"""

from .access import Access, TooManyTries
from .login import LOGIN_PATH, LOGOUT_PATH, login_page

__all__ = [
    "LOGIN_PATH",
    "LOGOUT_PATH",
    "Access",
    "TooManyTries",
    "login_page",
]
