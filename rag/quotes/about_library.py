"""Answers that need no quotes: about the library itself, and to greetings, thanks and requests for help."""

from __future__ import annotations

from index import Library

from ..answer import Answer
from ..question import LibraryQuestion, SmallTalk
from .library_wording import SMALL_TALK, example_questions, format_contents, format_outlets, format_titles
from .wording import EMPTY_LIBRARY

_MAX_TITLES = 5
_MAX_OUTLETS = 12
_MAX_SPEAKERS = 5


def answer_without_quotes(library: Library, question: LibraryQuestion | SmallTalk) -> Answer:
    """Answer from the catalogue, or with what can be asked. Such an answer has no citations, but doesn't abstain."""
    if isinstance(question, SmallTalk):
        examples = _examples(library) if question.kind in ("greeting", "help") else ""
        return Answer(question.text, "\n\n".join(filter(None, [SMALL_TALK[question.kind], examples])))
    if not len(library):
        return Answer(question.text, EMPTY_LIBRARY)
    match question.kind:
        case "newest" | "oldest":
            articles = library.catalog.by_day(_MAX_TITLES, newest_first=question.kind == "newest")
            text = format_titles(articles, question.kind)
        case "outlets":
            text = format_outlets(library.catalog.outlets(), _MAX_OUTLETS)
        case "count":
            text = _contents(library)
        case "contents":
            titles = format_titles(library.catalog.by_day(_MAX_TITLES, newest_first=True), "newest")
            text = f"{_contents(library)}\n\n{titles}"
    return Answer(question.text, text)


def _contents(library: Library) -> str:
    days = [
        article.published
        for newest_first in (False, True)
        for article in library.catalog.by_day(1, newest_first=newest_first)
    ]
    outlets = sum(1 for name, _ in library.catalog.outlets() if name)
    speakers = [speaker.name for speaker in library.speech.speakers()[:_MAX_SPEAKERS]]
    return format_contents(len(library), outlets, [day for day in days if day], speakers)


def _examples(library: Library) -> str:
    """Three questions that this library can answer."""
    if not len(library):
        return EMPTY_LIBRARY
    return example_questions([speaker.name for speaker in library.speech.speakers() if speaker.is_person][:2])
