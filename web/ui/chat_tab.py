"""The Ask tab: questions and answers on the left, the sources of the answers on the right.

Its behaviour is in `assets/chat.js`, which fills the place made here with the template that the page's shell carries,
and asks `conversation_routes.py`.
"""

from __future__ import annotations

import json

from markupsafe import Markup

from ..messages import ask as texts
from .html import escape, export_menu_html
from .panel import html_panel
from .turn_html import NO_SOURCES


def build_chat() -> None:
    """Add the place of the chat to the open Gradio context."""
    html_panel(Markup('<p class="note">{}</p>').format(texts.LOADING), elem_id="ask-place")


def chat_template(language_model: str = "") -> Markup:
    """The chat before anything is asked, as a template. With a language model, the kind of answer can be chosen."""
    return Markup(
        '<template id="chat-template" data-texts="{data}"><div id="desk">'
        '<section id="conversation" aria-labelledby="chat-title">'
        '<div id="chat-bar"><h2 id="chat-title" dir="auto">{new_title}</h2>'
        '<button type="button" id="show-chats" class="plain" aria-expanded="false" aria-controls="chats">{chats}'
        '</button><button type="button" id="new-chat" class="plain">{new_chat}</button>{export}</div>'
        '<div id="chats" hidden><input type="search" id="find-chat" aria-label="{find}" placeholder="{find}">'
        '<ul id="chat-list"></ul></div>'
        '<div id="chat" role="log" aria-label="{conversation}" tabindex="0">'
        '<button type="button" id="earlier" class="plain" hidden>{earlier}</button>'
        '<div id="empty-chat"><p>{empty}</p><div id="suggestions" role="group" aria-label="{suggested}"></div></div>'
        '<div id="turns"></div></div>'
        '<div id="chat-note"><span role="status"></span><button type="button" class="plain" hidden></button></div>'
        '{mode}{filters}<form id="question">'
        '<textarea rows="1" aria-label="{question}" placeholder="{first}"></textarea>'
        '<button type="submit" class="submit-button">{ask}</button>'
        '<button type="button" class="stop-button" hidden>{stop}</button></form></section>'
        '<section id="sources" aria-live="off">{sources}</section></div></template>'
    ).format(
        data=json.dumps(texts.CHAT_TEXTS),
        new_title=texts.NEW_CONVERSATION,
        chats=texts.CONVERSATIONS,
        new_chat=texts.NEW_CHAT,
        export=export_menu_html(),
        find=texts.FIND_CONVERSATION,
        conversation=texts.CONVERSATION,
        earlier=texts.SHOW_EARLIER,
        empty=texts.EMPTY_CONVERSATION,
        suggested=texts.SUGGESTED_QUESTIONS,
        mode=_mode_choice(language_model) if language_model else "",
        filters=_filters(),
        question=texts.QUESTION,
        first=texts.FIRST_QUESTION,
        ask=texts.ASK,
        stop=texts.STOP,
        sources=NO_SOURCES,
    )


def _mode_choice(language_model: str) -> Markup:
    radio = Markup('<label><input type="radio" name="mode" value="{}"{}> {}</label>')
    return Markup('<fieldset id="mode"><legend>{}</legend>{}{}<p class="hint">{}</p></fieldset>').format(
        texts.ANSWER_STYLE,
        radio.format("quotes", Markup(" checked"), texts.EXACT_QUOTES),
        radio.format("written", "", texts.WRITTEN_ANSWER),
        escape(texts.written_answers_info(language_model)),
    )


def _filters() -> Markup:
    """The chips of the filter, and the form that adds one. The choices of its lists are filled in by the script."""
    field = Markup('<label>{0} <input name="{1}"{2} maxlength="300"></label>')
    day = Markup(' type="date"')
    fields = [
        field.format(texts.OUTLET, "outlet", Markup(' list="choices-publishers"')),
        field.format(texts.AUTHOR, "author", ""),
        field.format(texts.COLLECTION, "collection", Markup(' list="choices-collections"')),
        field.format(texts.ARTICLE, "article", Markup(' list="choices-articles"')),
        field.format(texts.SINCE, "since", day),
        field.format(texts.UNTIL, "until", day),
    ]
    lists = Markup().join(
        Markup('<datalist id="choices-{}"></datalist>').format(name)
        for name in ("publishers", "collections", "articles")
    )
    return Markup(
        '<div id="filters"><ul id="chips" aria-label="{}"></ul><button type="button" id="show-filter" class="plain"'
        ' aria-expanded="false" aria-controls="filter">{}</button></div><form id="filter" hidden>{}{}'
        '<button type="submit" class="plain">{}</button></form>'
    ).format(texts.FILTERS, texts.FILTER, Markup().join(fields), lists, texts.ADD_FILTER)
