"""What depends on private parts of Gradio, like `offline`, `routes` and `events`. Check each item
when upgrading; all were needed for 6.31.0.

Two more files depend on the markup that Gradio renders: `assets/page.css` and `assets/page.js`, by its class names,
`data-testid` and ARIA roles. The browser tests cover both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import gradio as gr
from gradio.events import EventListenerMethod

from ..html import escape

_FRONTEND = Path(gr.__file__).parent / "templates" / "frontend" / "index.html"
_BUNDLE_TAG = re.compile(r'<script type="module"[^<>]*></script>|<link rel="stylesheet"[^<>]*>')


def serve_only_own_files(page: gr.Blocks) -> None:
    """Keep a mounted page from serving any file of this machine.

    6.31.0: file access is checked only if `has_launched` is set, which `launch()` does and `mount_gradio_app` doesn't.
    """
    page.has_launched = True


def bundle_tags() -> str:
    """The HTML tags that load Gradio's scripts and styles, for a shell of our own.

    6.31.0: Gradio's own shell has inline scripts, which our Content-Security-Policy forbids. The file names of its
    bundle contain hashes, so they are read from that shell. `assets/boot.js` sets `window.__gradio_mode__`, which
    it sets inline; the configuration, also inline there, is fetched from `/config` if missing.
    """
    return "\n".join(_BUNDLE_TAG.findall(_FRONTEND.read_text(encoding="utf-8")))


class PlainTextChat(gr.ChatInterface):
    """A chat that shows questions as plain text and keeps a placeholder in the question box.

    Attributes:
        next_placeholder: placeholder of the question box after the first question.
    """

    next_placeholder = ""

    def _message_as_message_dict(self, message: Any, role: Literal["user", "assistant"]) -> list[Any]:
        # 6.31.0 shows every message as HTML, even with `render_markdown=False`: an image in a question would be
        # fetched. So questions are escaped before they enter the history.
        shown = str(escape(message)) if role == "user" and isinstance(message, str) else message
        return list(super()._message_as_message_dict(shown, role))

    def _clear_and_save_textbox(self, message: Any) -> tuple[Any, Any]:
        # 6.31.0 removes the placeholder for good.
        return gr.Textbox("", interactive=False, placeholder=self.next_placeholder), message


def remove_unused_events(page: gr.Blocks, chat: gr.ChatInterface) -> None:
    """Remove the buttons of the last answer (the same question gets the same answer) and the events behind them.

    6.31.0: `ChatInterface` turns the buttons on by attributes of its chatbot and has no option against it. It also adds
    events for answers with options, for a table of examples that isn't shown, and for an API of its own.
    """
    chatbot, table = chat.chatbot, chat.examples_handler.dataset
    chatbot._retryable = chatbot._undoable = False  # type: ignore[attr-defined]
    unused = {(chatbot._id, "retry"), (chatbot._id, "undo"), (chatbot._id, "option_select")}
    unused |= {(chat.fake_api_btn._id, "click"), (table._id, "click")}
    removed: set[int | None] = set()
    for number, event in sorted(page.fns.items()):  # events that follow another one come after it
        if unused & set(event.targets) or event.trigger_after in removed:
            removed.add(number)
            del page.fns[number]
    for event in page.fns.values():
        event.cancels = [number for number in event.cancels if number not in removed]


def after_answer(page: gr.Blocks, chat: gr.ChatInterface, handler: Callable[[list[Any]], list[Any]]) -> None:
    """Call `handler` with the history when an answer has ended, complete or stopped; it returns the history.

    6.31.0: the Stop button ends the answer, but the last step of an answer that was stopped may still arrive after all
    events of that button. So this event follows the one that saves the history after an answer, and saves it again.
    """

    def after(history: list[Any]) -> tuple[list[Any], list[Any]]:
        handled = handler(history)
        return handled, handled

    answering = {number for event in page.fns.values() for number in event.cancels}
    for number, event in list(page.fns.items()):
        if event.trigger_after in answering and chat.chatbot_state in event.outputs:
            page.default_config.set_event_trigger(
                [EventListenerMethod(None, "then")],
                after,
                [chat.chatbot],
                [chat.chatbot, chat.chatbot_state],
                api_visibility="private",
                queue=False,
                show_progress="hidden",
                trigger_after=number,
            )
