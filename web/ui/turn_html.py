"""HTML of one question with its answer, as it is asked and as it is kept."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from index import Article

from ..conversations import Exchange, State, StoredAnswer
from ..messages import ask as texts
from .html import answer_buttons_html, answer_html, escape, notice_html, panel_html, sources_html

NO_SOURCES = panel_html(texts.SOURCES, texts.NO_QUESTION_YET)
PENDING_SOURCES = panel_html(texts.SOURCES, texts.SOURCES_WILL_APPEAR)


def turn_html(exchange: Exchange, state: State, answer: StoredAnswer | None, reason: str, is_live: bool) -> Markup:
    """A question as a heading, and its answer as far as there is one.

    Args:
        exchange: the question.
        state: of the answer.
        answer: the answer, maybe incomplete.
        reason: what the answer waits for, or why there is none.
        is_live: the answer is being written. One that waits and isn't was interrupted.
    """
    parts = [answer_html(answer.answer, exchange.number)] if answer else []
    asks_again = False
    if state == "waiting" and is_live:
        writing = texts.WRITING if exchange.mode == "written" else texts.SEARCHING
        parts.append(_aside(reason or writing))
    elif state == "waiting":
        parts, asks_again = [notice_html(texts.INTERRUPTED)], True
    elif state == "stopped":
        parts.append(_aside(texts.STOPPED_MIDWAY) if answer else notice_html(texts.STOPPED))
        asks_again = True
    elif state == "failed":
        parts, asks_again = [notice_html(reason)], True
    if answer and state in ("answered", "stopped"):
        parts.append(answer_buttons_html(exchange.number))
    if asks_again:
        parts.append(
            Markup('<p class="aside"><button type="button" class="ask-again" value="{}">{}</button></p>').format(
                exchange.number, texts.ASK_AGAIN
            )
        )
    return Markup(
        '<article class="turn" id="turn-{number}" aria-busy="{busy}" aria-labelledby="question-{number}">'
        '<div class="user message"><h3 id="question-{number}" dir="auto">{question}</h3>'
        '<button type="button" class="edit-question" value="{number}" aria-label="{label}">{edit}</button></div>'
        '<div class="bot message">{answer}</div></article>'
    ).format(
        number=exchange.number,
        busy="true" if is_live and state == "waiting" else "false",
        question=escape(exchange.question),
        label=escape(texts.edit_question(exchange.question)),
        edit=texts.EDIT,
        answer=Markup("\n").join(parts),
    )


def turn_sources(exchange: Exchange, answer: StoredAnswer | None, articles: Mapping[int, Article]) -> Markup:
    """The panel of sources of an answer; `articles` has those of its citations and hits by id."""
    if answer is None:
        return PENDING_SOURCES if exchange.mode == "written" else NO_SOURCES
    return sources_html(answer.answer, articles, exchange.number)


def _aside(text: str) -> Markup:
    return Markup('<p class="aside">{}</p>').format(escape(text))
