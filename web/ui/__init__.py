"""The page: tabs for asking, speakers and the library, built with Gradio.

`build_page` makes it and `mount_page` serves it from a FastAPI app. Everything from articles, files and people is
escaped in `html`; what depends on Gradio's private parts is in `gradio`.
"""

from .chat_view import Chat
from .conversation_routes import add_conversations
from .page import CONTENT_SECURITY_POLICY, build_page, mount_page
from .take_routes import add_taking

__all__ = [
    "CONTENT_SECURITY_POLICY",
    "Chat",
    "add_conversations",
    "add_taking",
    "build_page",
    "mount_page",
]
