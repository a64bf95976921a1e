"""The Ask tab: questions and answers on the left, the sources of the answers on the right."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import Any

import gradio as gr
from markupsafe import Markup

from index import Library, LibraryFailed
from rag import Assistant, Mode, QuestionError, Turn

from ..answer_articles import articles_of
from ..messages import ask as texts
from ..messages import common
from ..threads import iterate_in_thread
from .gradio.compat import PlainTextChat, after_answer, remove_unused_events
from .html import NOTICE, answer_html, notice_html, panel_html, plain_text, sources_html
from .panel import html_panel

_LOG = logging.getLogger(__name__)

MAX_PANELS = 30  # earlier answers whose sources can still be opened
MAX_CONCURRENT_QUESTIONS = 4

NO_SOURCES = panel_html(texts.SOURCES, texts.NO_QUESTION_YET)
PENDING_SOURCES = panel_html(texts.SOURCES, texts.SOURCES_WILL_APPEAR)
_PENDING = f'<p class="aside">{texts.WRITING}</p>'  # ends an answer that is being written
_STOPPED_MIDWAY = f'<p class="aside">{texts.STOPPED_MIDWAY}</p>'
_ASIDE = re.compile(r'<p class="aside[^"<]*"(?:[^<]|<(?!/?p\b))*+</p>')

Step = tuple[str, list[str], str]  # the answer, the panels of all answers, and these as one


class _Answers:
    """Answers questions as HTML, step by step."""

    def __init__(self, library: Library, assistant: Assistant, wait_until_ready: Callable[[], object]) -> None:
        self._library = library
        self._assistant = assistant
        self._wait_until_ready = wait_until_ready

    async def respond(self, question: str, history: list[Any], mode: Mode, panels: list[str]) -> AsyncIterator[Step]:
        """The steps of an answer, for a `ChatInterface`."""
        async for step in iterate_in_thread(self._steps(question, history, mode, panels)):
            yield step

    def _steps(self, question: str, history: list[Any], mode: Mode, panels: list[str]) -> Iterator[Step]:
        self._wait_until_ready()  # at the first start the sample articles are still being added
        # The panels of earlier answers stay in the page, hidden, so that their markers still work.
        kept = panels[-MAX_PANELS:] if history else []
        if mode == "quotes":
            for answer, panel in self._answers(question, history, mode):
                yield _step(answer, panel, kept)
            return
        answer, panel = Markup(), PENDING_SOURCES
        yield _step(_PENDING, panel, kept)
        for answer, panel in self._answers(question, history, mode):
            yield _step(f"{answer}\n\n{_PENDING}", panel, kept)
        yield _step(answer, panel, kept)

    def _answers(self, question: str, history: list[Any], mode: Mode) -> Iterator[tuple[Markup, Markup]]:
        """The answer and its sources, as they grow."""
        number = 1 + sum(message["role"] == "user" for message in history)
        try:
            for answer in self._assistant.stream(question, turns(history), mode):
                articles = {article.id: article for article in articles_of(self._library, answer)}
                yield answer_html(answer, number), sources_html(answer, articles, number)
        except QuestionError as error:
            yield notice_html(str(error)), NO_SOURCES
        except LibraryFailed:
            _LOG.exception("The library failed")
            yield notice_html(common.LIBRARY_FAILED), NO_SOURCES


def _step(answer: str, panel: Markup, kept: list[str]) -> Step:
    panels = [*kept, str(panel)]
    return str(answer), panels, "".join(panels)


def build_chat(page: gr.Blocks, library: Library, assistant: Assistant, wait_until_ready: Callable[[], object]) -> None:
    """Add the chat to the open context of `page`. `wait_until_ready` returns once questions can be answered."""
    panels = gr.State([])
    sources = html_panel(NO_SOURCES, elem_id="sources", render=False)
    with gr.Row(elem_id="desk"):
        with gr.Column(scale=3, min_width=320, elem_id="conversation"):
            mode = _mode_choice(assistant.writer.model) if assistant.writer else gr.State("quotes")
            chat = PlainTextChat(
                _Answers(library, assistant, wait_until_ready).respond,
                chatbot=_chatbot(),
                textbox=gr.Textbox(
                    label=texts.QUESTION,
                    show_label=False,
                    placeholder=texts.FIRST_QUESTION,
                    elem_id="question",
                    submit_btn=texts.ASK,
                    stop_btn=texts.STOP if assistant.writer else False,
                    autofocus=True,
                    max_lines=4,
                ),
                examples=[[example] for example in texts.EXAMPLES],
                additional_inputs=[mode, panels],
                additional_outputs=[panels, sources],
                api_visibility="private",
                concurrency_limit=MAX_CONCURRENT_QUESTIONS,
            )
            chat.next_placeholder = texts.NEXT_QUESTION
        with gr.Column(scale=2, min_width=300):
            sources.render()  # type: ignore[no-untyped-call]
    remove_unused_events(page, chat)
    after_answer(page, chat, marked_as_stopped)
    chat.chatbot.clear(lambda: ([], str(NO_SOURCES)), None, [panels, sources], api_visibility="private")


def marked_as_stopped(history: list[Any]) -> list[Any]:
    """The conversation, with a stopped answer marked as such. Sentences that were already checked are kept."""
    if history and history[-1]["role"] == "assistant":
        shown = _text_of(history[-1]["content"])
        if shown.endswith(_PENDING):
            checked = shown.removesuffix(_PENDING).strip()
            content = f"{checked}\n\n{_STOPPED_MIDWAY}" if checked else str(notice_html(texts.STOPPED))
            return [*history[:-1], {"role": "assistant", "content": content}]
    return history


def turns(history: Sequence[dict[str, Any]]) -> list[Turn]:
    """The earlier questions and their answers, as plain text. Questions without an answer are left out."""
    found: list[Turn] = []
    question = ""
    for message in history:
        shown = _text_of(message["content"])
        if message["role"] == "user":
            question = plain_text(shown)
        elif not shown.startswith(NOTICE):
            found.append(Turn(question, plain_text(_ASIDE.sub("", shown))))
    return found


def _mode_choice(model: str) -> gr.Radio:
    return gr.Radio(
        [(texts.EXACT_QUOTES, "quotes"), (texts.WRITTEN_ANSWER, "written")],
        value="quotes",
        label=texts.ANSWER_STYLE,
        info=texts.written_answers_info(model),
        elem_id="mode",
    )


def _chatbot() -> gr.Chatbot:
    return gr.Chatbot(
        label=texts.CONVERSATION,
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
        placeholder=texts.EMPTY_CONVERSATION,
    )


def _text_of(content: Any) -> str:
    """The text of a message of the history."""
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content if part["type"] == "text")
