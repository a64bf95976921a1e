"""The chat tab: questions and answers on the left, the sources of the answers on the right."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any, Literal

import gradio as gr
from markupsafe import Markup

from index import Library, LibraryFailed
from rag import Assistant, Mode, QuestionError, Turn

from ..api import LIBRARY_FAILED, articles_of
from ..threads import stepped
from .html import answer_html, escape, note_html, panel_html, plain_text, sources_html
from .panel import html_panel

_LOG = logging.getLogger(__name__)

EXAMPLES = (
    "What did Kirby say?",
    "What did Putin say about the war?",
    "What blocked the Suez Canal?",
    "Who won the Nobel Prize for the mRNA vaccines?",
)
KEPT_TURNS = 30
FIRST, FOLLOW_UP = "Ask about the articles", "Ask on, or ask about something else"
ASKED_AT_ONCE = 4

WELCOME = panel_html("Sources", "The passages that answer your question appear here, with the quoted words marked.")

WRITING = "Looking up the articles and writing …"
IN_WORK = panel_html("Sources", "The sources appear with the sentences that they support.")
REFUSAL = '<p class="note">'
STOPPED = '<p class="aside">Stopped: there may be more to tell.</p>'
_ASIDE = re.compile(r'<p class="aside[^"]*".*?</p>', re.DOTALL)
NO_SOURCES = panel_html("Sources", "The last question could not be answered.")


class QuestionChat(gr.ChatInterface):
    """A chat whose questions are shown as the text they are.

    Gradio shows every chat message as HTML, even with `render_markdown=False`: an image in a question would
    be fetched. So questions are escaped on their way into the history, and `turns` reads them back.
    """

    def _message_as_message_dict(self, message: Any, role: Literal["user", "assistant"]) -> list[Any]:
        shown = str(escape(message)) if role == "user" and isinstance(message, str) else message
        return list(super()._message_as_message_dict(shown, role))

    def _clear_and_save_textbox(self, message: Any) -> tuple[Any, Any]:
        # Gradio's own takes the placeholder away for good.
        return gr.Textbox("", interactive=False, placeholder=FOLLOW_UP), message


def build_chat(library: Library, assistant: Assistant, wait: Callable[[], object]) -> None:
    """Put the chat into the open `gr.Blocks` context. `wait` returns once questions can be answered."""

    def answers(question: str, history: list[Any], mode: Mode) -> Iterator[tuple[Markup, Markup]]:
        """The answer with its sources, as it grows."""
        number = 1 + sum(message["role"] == "user" for message in history)
        try:
            for answer in assistant.stream(question, turns(history), mode):
                articles = {article.id: article for article in articles_of(library, answer)}
                yield answer_html(answer, number), sources_html(answer, articles, number)
        except QuestionError as error:
            yield note_html(str(error)), NO_SOURCES
        except LibraryFailed:
            _LOG.exception("the library failed")
            yield note_html(LIBRARY_FAILED), NO_SOURCES

    async def respond(
        question: str, history: list[Any], mode: Mode, panels: list[str]
    ) -> AsyncIterator[tuple[str, list[str], str]]:
        async for step in stepped(shown(question, history, mode, panels)):
            yield step

    def shown(question: str, history: list[Any], mode: Mode, panels: list[str]) -> Iterator[tuple[str, list[str], str]]:
        wait()  # at the very first start the sample articles are still being read
        # The panels of earlier answers stay in the page, hidden, so that their markers still lead somewhere.
        kept = panels[-KEPT_TURNS:] if history else []
        if mode == "written":
            yield str(note_html(WRITING)), [*kept, str(IN_WORK)], "".join([*kept, str(IN_WORK)])
        for text, panel in answers(question, history, mode):
            yield str(text), [*kept, str(panel)], "".join([*kept, str(panel)])

    panels = gr.State([])
    sources = html_panel(WELCOME, elem_id="sources", render=False)
    with gr.Row(elem_id="desk"):
        with gr.Column(scale=3, min_width=320, elem_id="conversation"):
            mode = _mode_choice(assistant.writer.model) if assistant.writer else gr.State("quotes")
            chat = QuestionChat(
                respond,
                chatbot=_chatbot(),
                textbox=gr.Textbox(
                    label="Your question",
                    show_label=False,
                    placeholder=FIRST,
                    elem_id="question",
                    submit_btn="Ask",
                    stop_btn="Stop" if assistant.writer else False,
                    autofocus=True,
                    max_lines=4,
                ),
                examples=[[example] for example in EXAMPLES],
                additional_inputs=[mode, panels],
                additional_outputs=[panels, sources],
                api_visibility="private",
                concurrency_limit=ASKED_AT_ONCE,
            )
        with gr.Column(scale=2, min_width=300):
            sources.render()  # type: ignore[no-untyped-call]
    # The same question gets the same answer, so trying again is no use.
    chat.chatbot._retryable = chat.chatbot._undoable = False  # type: ignore[attr-defined]
    # Gradio ends the answer but leaves the button as it is.
    told = chat.textbox.stop(
        stopped,
        [chat.chatbot],
        [chat.chatbot, chat.textbox],
        api_visibility="private",
        queue=False,
        show_progress="hidden",
    )
    # After Gradio's own copy of the conversation, which may still be without the last word.
    told.then(lambda history: history, [chat.chatbot], [chat.chatbot_state], api_visibility="private", queue=False)
    chat.chatbot.clear(lambda: ([], str(WELCOME)), None, [panels, sources], api_visibility="private")


def stopped(history: list[Any]) -> tuple[list[Any], Any]:
    """The conversation after the reader has stopped an answer: what was checked by then stays, and says so."""
    if history:
        shown = _content(history.pop()["content"]) if history[-1]["role"] == "assistant" else ""
        kept = "" if shown.startswith(REFUSAL) else shown
        told = f"{kept}\n\n{STOPPED}" if kept else str(note_html("Stopped."))
        history.append({"role": "assistant", "content": told})
    return history, gr.Textbox(submit_btn="Ask", stop_btn=False)


def turns(history: Sequence[dict[str, Any]]) -> list[Turn]:
    """The earlier questions and their answers, as plain text. Questions that were refused don't count."""
    found: list[Turn] = []
    question = ""
    for message in history:
        shown = _content(message["content"])
        if message["role"] == "user":
            question = plain_text(shown)
        elif not shown.startswith(REFUSAL):
            found.append(Turn(question, plain_text(_ASIDE.sub("", shown))))
    return found


def _mode_choice(model: str) -> gr.Radio:
    return gr.Radio(
        [("Exact quotes", "quotes"), ("Written answer", "written")],
        value="quotes",
        label="How to answer",
        info=f"A written answer is worded by {model}; each sentence is checked against the articles.",
        elem_id="mode",
    )


def _chatbot() -> gr.Chatbot:
    return gr.Chatbot(
        label="Conversation",
        show_label=False,
        elem_id="chat",
        height="64vh",
        autoscroll=False,
        layout="panel",
        buttons=[],
        render_markdown=False,
        sanitize_html=True,
        latex_delimiters=[],
        group_consecutive_messages=False,
        placeholder="Every answer is made of exact quotes from the articles in your library.",
    )


def _content(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content if part["type"] == "text")
