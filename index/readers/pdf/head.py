"""The head of an article in a PDF: outlet, headline, byline and day, by their sizes, places and words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...text import OUTLET_NOUNS, UPPERCASE, WEEKDAY_NAME, gender_of_first_name, month_pattern
from .paragraphs import Paragraph

_MAX_HEAD = 12  # paragraphs
_MAX_HEADLINE = 250  # characters
_LARGE = 1.15  # times the height of the body text, for a headline
_MAX_OUTLET = 6  # words
_MONTH = f"(?:{month_pattern()})"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\d{4}-\d\d-\d\d)"
)
_DATE = re.compile(
    rf"(?:(?P<label>[A-Za-z]+(?: on)?):? |(?P<place>[^\d,;.!?]{{2,50}}), )?"
    rf"(?:(?:{WEEKDAY_NAME})\w{{0,3}}\.?,? )?(?P<day>{_DAY})"
    r"(?:,? (?:at )?\d{1,2}[:.]\d\d.{0,20})?\.?",
    re.IGNORECASE,
)
_PUBLISHED = frozenset(
    {"published", "posted", "date", "dated", "published on", "posted on", "issued", "first published"}
)
_UPDATED = frozenset({"updated", "modified", "revised", "updated on", "last updated"})
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_SEPARATOR = re.compile(r" [|•·–—] ")
_NAME = rf"[{UPPERCASE}][\w.’'-]*(?: (?:(?:de|da|di|del|van|von|der|den|la|le|al|bin) )*[{UPPERCASE}][\w.’'-]*){{1,3}}"
_BYLINE = re.compile(
    rf"(?:[Bb][Yy]|[Vv]on|[Pp]ar|[Pp]or):? ({_NAME}(?:(?:, | and | & ){_NAME}){{0,5}})(?:, [^.!?]{{1,80}})?"
)
_BARE_NAME = re.compile(rf"{_NAME}(?: and {_NAME})?")
_OUTLET_NOUNS = OUTLET_NOUNS | {"bulletin", "reporter", "sentinel", "zeitung"}
_FILE_NAME = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b.*|[^ ]*\.(?:docx?|odt|rtf|pdf|indd|qxd|tex|dvi|html?|pub|txt)"
    r"|(?:untitled|document|dokument)[^\w]{0,3}\d{0,4}|about:blank|title|unknown|unspecified|none",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:microsoft|office|windows|default)\b.*|.*\b(?:user|admin\w*|owner|anonymous|unknown)\b.*|\S+", re.IGNORECASE
)
_SITE_SUFFIX = re.compile(r" [-–—|:] ")


@dataclass(slots=True)
class Head:
    """What the head of an article says, and the paragraphs that are the text.

    Attributes:
        has_text_first: the text begins without a head.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    has_text_first: bool = False


def read_head(paragraphs: Sequence[Paragraph], body: float, declared_title: str | None) -> Head:
    """Find the outlet, the headline, the byline and the day above the text."""
    end = next((i for i, paragraph in enumerate(paragraphs) if _is_body(paragraph, body)), len(paragraphs))
    top, rest = list(paragraphs[: min(end, _MAX_HEAD)]), list(paragraphs[min(end, _MAX_HEAD) :])
    if not rest:
        return Head(paragraphs=list(paragraphs))
    head = Head(has_text_first=not top)
    others = [paragraph for paragraph in top if not _read_parts(head, paragraph.text)]
    outlet = _find_outlet(others, top, declared_title)
    if outlet:
        head.publisher = _as_name(outlet.text)
        others.remove(outlet)
    headline = _find_headline(others, body, declared_title, has_marks=bool(outlet or head.author or head.published))
    if headline:
        head.title = headline.text
        others.remove(headline)
        if head.publisher is None and declared_title and declared_title.casefold().startswith(head.title.casefold()):
            parts = _SITE_SUFFIX.split(declared_title[len(head.title) :])
            head.publisher = parts[1] if len(parts) == 2 and not parts[0] else None
        name = None if head.author else _find_name(others)
        if name:
            head.author = _as_name(name.text)
            others.remove(name)
    head.paragraphs = [*others, *rest]
    return head


def declared_title(value: str | None) -> str | None:
    """Return the title in a document's properties, unless it is the name of a file."""
    title = " ".join((value or "").split())
    return None if not title or _FILE_NAME.fullmatch(title) else title


def declared_author(value: str | None) -> str | None:
    """Return the author in a document's properties, unless it is the name of an account."""
    author = " ".join((value or "").split())
    return None if not author or _ACCOUNT.fullmatch(author) else author


def _is_body(paragraph: Paragraph, body: float) -> bool:
    is_text_size = paragraph.height < _LARGE * body
    return is_text_size and len(paragraph.text) > 80 and (len(paragraph.lines) > 1 or paragraph.text[-1] in '.!?…”"')


def _read_parts(head: Head, text: str) -> bool:
    """Read a line that consists only of a byline, days and the outlet."""
    found: dict[str, str] = {}
    for part in _SEPARATOR.split(text):
        date, byline = _DATE.fullmatch(part), _BYLINE.fullmatch(part)
        if date and not all(word[0].isupper() for word in (date["place"] or "").split()):
            return False  # a sentence
        label = (date["label"] or "published").casefold() if date else ""
        if byline:
            found.setdefault("author", _as_name(byline[1]))
        elif date and label in _PUBLISHED:
            found.setdefault("published", _ORDINAL.sub("", date["day"]))
            if date["place"] and _has_outlet_word(date["place"]):
                found.setdefault("publisher", _as_name(date["place"]))
        elif date and label in _UPDATED:
            found.setdefault("modified", _ORDINAL.sub("", date["day"]))
        else:
            return False
    for key, value in found.items():
        if getattr(head, key) is None:
            setattr(head, key, value)
    return True


def _find_name(others: Sequence[Paragraph]) -> Paragraph | None:
    """Return the last line above the text that is only the names of people."""
    for paragraph in reversed(others):
        if _BARE_NAME.fullmatch(paragraph.text) and gender_of_first_name(paragraph.text.split()[0]):
            return paragraph
    return None


def _has_outlet_word(name: str) -> bool:
    words = name.split()
    return not {words[0].lower(), words[-1].lower()}.isdisjoint(_OUTLET_NOUNS)


def _find_outlet(others: Sequence[Paragraph], top: Sequence[Paragraph], title: str | None) -> Paragraph | None:
    """Return the outlet's name: in the title after the headline, or at the top with a day below it or in its words."""
    suffix = _SITE_SUFFIX.split(title)[-1].casefold() if title and _SITE_SUFFIX.search(title) else None
    for paragraph in others:
        if paragraph.text.casefold() == suffix:
            return paragraph
    first = top[0] if top else None
    if first is None or first not in others or len(others) < 2:
        return None
    words = first.text.split()
    is_name = len(words) <= _MAX_OUTLET and all(word[0].isupper() or len(word) <= 3 for word in words)
    if not is_name or not re.fullmatch(r"[^\d.!?,:;]+", first.text):
        return None
    is_dated = len(top) > 1 and _DATE.fullmatch(top[1].text) is not None and len(words) > 1
    return first if is_dated or _has_outlet_word(first.text) else None


def _find_headline(others: Sequence[Paragraph], body: float, title: str | None, has_marks: bool) -> Paragraph | None:
    """Return the headline: in the declared title, in the largest type, or the longest line with a byline or a day."""
    candidates = [p for p in others if len(p.text) <= _MAX_HEADLINE and any(map(str.isalpha, p.text))]
    for paragraph in candidates:
        if title and len(paragraph.text) > 10 and title.casefold().startswith(paragraph.text.casefold()):
            return paragraph
    large = [p for p in candidates if p.height >= _LARGE * body and len(p.text) > 2]
    if large:
        return max(large, key=lambda paragraph: paragraph.height)
    if has_marks and candidates:
        longest = max(candidates, key=lambda paragraph: len(paragraph.text))
        return longest if len(longest.text.split()) > 2 else None
    return None


def _as_name(text: str) -> str:
    """Return a name that is set in capitals as it is usually written."""
    return " ".join(word.title() if word.isupper() and len(word) > 2 else word for word in text.split())
