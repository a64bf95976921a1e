"""Address a quote within a web page by its words: the text directives of URL fragments (WICG, "URL Fragment Text
Directives").

A browser looks for `[prefix-,]start[,end][,-suffix]` in the text that a page displays, and highlights the first match.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote as percent_encoded

from index import Span

MAX_EXACT_CHARACTERS = 200  # a longer quote is addressed by its first and its last words
_NUMBERS_OF_WORDS = (5, 8, 12)  # of a quote's ends and of its context: more only if fewer are ambiguous
_MAX_CONTEXT_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class _Directive:
    """Words with single spaces between them; those that are empty aren't part of the directive."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        parts = [
            f"{_encoded(self.prefix)}-" if self.prefix else "",
            _encoded(self.start),
            _encoded(self.end),
            f"-{_encoded(self.suffix)}" if self.suffix else "",
        ]
        return f"text={','.join(filter(None, parts))}"


def text_directive(text: str, span: Span) -> str:
    """Return the directive ("text=…") that finds a span of an article's text in a page with the same text.

    A span that is long or has several lines is addressed by its first and last words. Where these words occur
    elsewhere, too, the words before and after them are added.
    """
    page, place = _collapsed(text, span)
    candidates = list(_candidates(text, span))
    return str(next((one for one in candidates if _is_found(one, page, place)), candidates[-1]))


def _candidates(text: str, span: Span) -> Iterator[_Directive]:
    """Yield directives for a span, the shortest first."""
    lines = [line.split() for line in span.of(text).splitlines() if line.strip()]
    before = text[max(0, span.start - _MAX_CONTEXT_CHARACTERS) : span.start].split("\n")
    after = text[span.end : span.end + _MAX_CONTEXT_CHARACTERS].split("\n")
    # A term can't reach into another paragraph of the page; context may be a paragraph of its own.
    preceding = next((words for line in reversed(before) if (words := line.split())), [])
    following = next((words for line in after if (words := line.split())), [])
    bare: list[_Directive] = []
    for number in _NUMBERS_OF_WORDS:
        start, end = _ends(lines, number)
        bare.append(_Directive(start, end))
        yield bare[-1]
    for one, number in zip(bare, _NUMBERS_OF_WORDS, strict=True):
        yield _Directive(one.start, one.end, " ".join(preceding[-number:]), " ".join(following[:number]))


def _ends(lines: list[list[str]], number: int) -> tuple[str, str]:
    """The words that a quote starts with, and those that it ends with; "" if the first are all of it."""
    first, last = lines[0], lines[-1]
    whole = " ".join(first)
    if len(lines) == 1 and (len(whole) <= MAX_EXACT_CHARACTERS or len(first) < 2 * number):
        return whole, ""
    return " ".join(first[:number]), " ".join(last[-number:])


def _collapsed(text: str, span: Span) -> tuple[str, Span]:
    """A text and a span of it as a page displays them: with single spaces, and without regard to case."""
    before, quote, after = (" ".join(part.split()) for part in (text[: span.start], span.of(text), text[span.end :]))
    first, last = span.of(text)[:1], span.of(text)[-1:]
    if before and (text[span.start - 1].isspace() or first.isspace()):
        before += " "
    gap = " " if after and (text[span.end].isspace() or last.isspace()) else ""
    page = f"{before}{quote}{gap}{after}"
    folded = page.lower()
    return folded if len(folded) == len(page) else page, Span(len(before), len(before) + len(quote))


def _is_found(directive: _Directive, page: str, place: Span) -> bool:
    """Whether a directive matches at a place and nowhere else: an earlier match, or one that a page shows earlier."""
    before = " " if page[: place.start].endswith(" ") else ""
    after = " " if page.startswith(" ", place.end) else ""
    head = f"{directive.prefix}{before}{directive.start}".lower() if directive.prefix else directive.start.lower()
    tail = f"{after}{directive.suffix}".lower() if directive.suffix else ""
    first = place.start - len(head) + len(directive.start)
    needle = head if directive.end else f"{head}{tail}"
    if page.find(needle) != first or page.find(needle, first + 1) >= 0:
        return False
    end = directive.end.lower()
    return not end or page.find(f"{end}{tail}", place.start + len(directive.start)) == place.end - len(end)


def _encoded(words: str) -> str:
    """Percent-encode words. A hyphen would separate a prefix or a suffix."""
    return percent_encoded(words, safe="").replace("-", "%2D")
