"""Answers that need no quotes: about the library itself, and to greetings, thanks and requests for help."""

from __future__ import annotations

from index import Library, Selection

from ..answer import Answer
from ..question import LibraryQuestion, SmallTalk
from .library_wording import SMALL_TALK, example_questions, format_contents, format_outlets, format_titles, with_filter
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
    within = question.filters.select(library)
    match question.kind:
        case "newest" | "oldest":
            newest_first = question.kind == "newest"
            articles = library.catalog.by_day(_MAX_TITLES, newest_first=newest_first, within=within)
            text = format_titles(articles, question.kind)
        case "outlets":
            text = format_outlets(library.catalog.outlets(within), _MAX_OUTLETS)
        case "count":
            text = _contents(library, within)
        case "contents":
            newest = library.catalog.by_day(_MAX_TITLES, newest_first=True, within=within)
            text = f"{_contents(library, within)}\n\n{format_titles(newest, 'newest')}"
    return Answer(question.text, with_filter(text, question.filters.describe()))


def _contents(library: Library, within: Selection) -> str:
    days = [
        article.published
        for newest_first in (False, True)
        for article in library.catalog.by_day(1, newest_first=newest_first, within=within)
    ]
    outlets = sum(1 for name, _ in library.catalog.outlets(within) if name)
    speakers = [speaker.name for speaker in library.speech.speakers(within=within)[:_MAX_SPEAKERS]]
    return format_contents(
        library.catalog.count(within), outlets, [day for day in days if day], speakers, not within.is_everything
    )


def _examples(library: Library) -> str:
    """Three questions that this library can answer."""
    if not len(library):
        return EMPTY_LIBRARY
    return example_questions([speaker.name for speaker in library.speech.speakers() if speaker.is_person][:2])
