"""Prompts that chat programs send by themselves: for a title, tags, follow-up questions, search queries.

They are those of Open WebUI: a text that starts with "### Task:", names the field of a JSON object that it expects,
and contains the conversation. Nothing is searched for them, except for follow-up questions.
"""

from __future__ import annotations

import json
from collections import Counter

from rag import Assistant, QuestionError
from rag.grammar import names_in

from ..messages import doors as texts

_START = "### Task:"
_HISTORY, _HISTORY_START, _HISTORY_END = "### Chat History:", "<chat_history>", "</chat_history>"
_CONTEXT_END = "</context>"
_USER, _ASSISTANT = "USER:", "ASSISTANT:"
_FIELDS = ("follow_ups", "queries", "tags", "title", "prompt", "text", "emoji")
_MAX_TITLE_CHARACTERS = 50
_MAX_TAGS, _MAX_FOLLOW_UPS = 3, 3
_PASSAGES = 5  # whose articles are looked through for speakers
_DEFAULT_TAG, _EMOJI = "News", "📰"


def without_context(text: str) -> str:
    """The question in a prompt that wraps it in found text ("### Task: … <context> … </context> question")."""
    if not text.lstrip().startswith(_START) or _CONTEXT_END not in text:
        return text
    question = text.rpartition(_CONTEXT_END)[2].strip()
    return question.removeprefix("<user_query>").removesuffix("</user_query>").strip() or text


def answer_task(assistant: Assistant, text: str) -> str | None:
    """The answer to such a prompt; None if the text is something else, such as a question."""
    if not text.lstrip().startswith(_START) or not (_HISTORY in text or _HISTORY_START in text):
        return None
    instructions, _, history = text.partition(_HISTORY if _HISTORY in text else _HISTORY_START)
    questions = _questions_in(history.removesuffix(_HISTORY_END).replace(_HISTORY_START, ""))
    first, last = (questions[0], questions[-1]) if questions else ("", "")
    field = next((name for name in _FIELDS if f'"{name}"' in instructions), None)
    task = instructions.partition("###")[2].partition("###")[0].lower()
    if field == "follow_ups":
        return _json(field, _follow_ups(assistant, last))
    if field == "queries":
        return _json(field, [last] if last else [])
    if field == "tags":
        return _json(field, list(names_in(first))[:_MAX_TAGS] or [_DEFAULT_TAG])
    if field in ("title", "prompt"):
        return _json(field, _title(first))
    if field == "text":  # completes what the user is typing
        return _json(field, "")
    return _EMOJI if "emoji" in task and "title" not in task else _title(first)


def _json(field: str, value: object) -> str:
    return json.dumps({field: value}, ensure_ascii=False)


def _questions_in(history: str) -> list[str]:
    """What the user wrote in a conversation of lines that start with "USER:" and "ASSISTANT:"."""
    questions: list[list[str]] = []
    is_user = False
    for line in history.removesuffix(_HISTORY_END).splitlines():
        start = line.lstrip()
        if start[: len(_USER)].upper() == _USER:
            questions.append([start[len(_USER) :]])
            is_user = True
        elif start[: len(_ASSISTANT)].upper() == _ASSISTANT:
            is_user = False
        elif is_user:
            questions[-1].append(line)
    return [" ".join(" ".join(lines).removesuffix(_HISTORY_END).split()) for lines in questions]


def _title(question: str) -> str:
    title = question.rstrip("?!. ")
    if len(title) > _MAX_TITLE_CHARACTERS:
        title = title[:_MAX_TITLE_CHARACTERS].rpartition(" ")[0].rstrip(",;:") or title[:_MAX_TITLE_CHARACTERS]
        return f"{title}…"
    return title or _DEFAULT_TAG


def _follow_ups(assistant: Assistant, question: str) -> list[str]:
    """Questions about people who speak in the articles that are relevant for a question."""
    try:
        hits = assistant.search(question, k=_PASSAGES)
    except QuestionError:
        return []
    statements = assistant.library.statements(article_ids={hit.passage.article_id for hit in hits}, limit=100)
    counts = Counter(one.speaker for one in statements if one.is_person and one.speaker not in question)
    return [texts.question_about(speaker) for speaker, _ in counts.most_common(_MAX_FOLLOW_UPS)]
