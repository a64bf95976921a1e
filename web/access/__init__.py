"""Access: tokens and sessions, roles and what needs them, and the record of changes.

`Access` finds out who sends a request, `Admission` whether they may; `web.guard` asks both. Every route declares its
need with `needs`.
"""

from .access import Access, TooManyTries
from .access_file import access_file
from .admission import Admission, RoleMissing, TooFast, require_role
from .callers import BACKGROUND, LOCAL, NOBODY, Call, Caller, calling, current_call, record_change
from .changes import Change, Changes
from .cli import add_commands
from .login import LOGIN_PATH, LOGOUT_PATH, login_page
from .roles import UNDECLARED, Need, Role, declared_need, needs
from .routes import DeclaredRoute, Routes
from .tokens import NamedToken, NamedTokens, TokenError

__all__ = [
    "BACKGROUND",
    "LOCAL",
    "LOGIN_PATH",
    "LOGOUT_PATH",
    "NOBODY",
    "UNDECLARED",
    "Access",
    "Admission",
    "Call",
    "Caller",
    "Change",
    "Changes",
    "DeclaredRoute",
    "NamedToken",
    "NamedTokens",
    "Need",
    "Role",
    "RoleMissing",
    "Routes",
    "TokenError",
    "TooFast",
    "TooManyTries",
    "access_file",
    "add_commands",
    "calling",
    "current_call",
    "declared_need",
    "login_page",
    "needs",
    "record_change",
    "require_role",
]
