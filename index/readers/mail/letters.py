"""The text of an e-mail as letters: what its sender wrote, and the letters that it forwards or answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr

from ...cleaning import clean_saved_page
from ...exports import find_day
from ..base import RawArticle

MIN_LETTER = 200  # characters; a shorter one beside a longer one is a covering note, or what it answers

_QUOTE_MARKS = re.compile(r"(?:>\s?){1,40}")
_MARKER = re.compile(
    r"[-_*\s]{0,20}(?:(?:begin )?(?:forwarded|original|weitergeleitete|ursprüngliche|message transféré)\b.{0,60}"
    r"|mensaje\b.{0,60}|anfang der weitergeleiteten .{0,40}|début du message .{0,40})|[-_=]{10,}",
    re.IGNORECASE,
)
# The header lines of a forwarded letter, in the languages of mail programs.
_LABELS = {
    "sender": ("from", "von", "de", "da", "van", "från", "fra"),
    "day": (
        *("date", "sent", "datum", "gesendet", "envoyé", "enviado", "enviado el", "fecha", "data", "inviato"),
        *("verzonden", "skickat", "sendt", "dato"),
    ),
    "subject": ("subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "ämne", "emne"),
    "": (
        *("to", "cc", "bcc", "reply-to", "an", "à", "para", "a", "aan", "till", "til", "kopie", "importance"),
        *("attachments", "wichtigkeit", "anlagen", "pièces jointes"),
    ),
}
_KEYS = {label: key for key, labels in _LABELS.items() for label in labels}
_LABEL_LINE = re.compile(r"\*?([^\W\d_][\w -]{0,20}?)\s?:\*?\s?(.{0,500})$")
_ATTRIBUTION_START = re.compile(r"(?:on|am|le|el|il|op|den|em)\s", re.IGNORECASE)
_ATTRIBUTION = re.compile(
    r".{1,300}\b(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|skrev|escreveu)\b.{0,120}:", re.IGNORECASE
)
_NUMERIC_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")
_ADDRESS = re.compile(r"<?([^\s<>@]{1,64}@[^\s<>@]{1,200})>?")
_ATTRIBUTED_TO = re.compile(
    r"(?:\d{1,2}[:.]\d{2}(?:\s?[AaPp]\.?[Mm]\.?)?|\d{4}),?\s(?:uhr,?\s)?(?:schrieb\s)?", re.IGNORECASE
)
_REPLY = re.compile(r"(?:(?:re|aw|fwd?|wg|tr|rv|antw|sv|vs|i)\s?:\s?){1,10}", re.IGNORECASE)
_MAX_ATTRIBUTION = 400  # characters
_SIGNATURE_LINES = 12  # below "--" without the space after it


@dataclass(slots=True)
class Letter:
    """A letter within an e-mail, and what its header says. `depth`: the quote marks that all of its lines have."""

    sender: str = ""
    day: str = ""
    subject: str = ""
    depth: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def metadata(self) -> dict[str, str]:
        """The values for the keys of an article's metadata."""
        values = {"title": self.subject, "author": self.sender, "published": self.day}
        return {key: value for key, value in values.items() if value}


def split_letters(lines: Sequence[str]) -> list[Letter]:
    """Split the lines of an e-mail into letters, the outermost first, without quote marks and signatures."""
    stack = [Letter()]
    letters = [stack[0]]
    marked = [_without_marks(line) for line in lines]
    position = 0
    while position < len(lines):
        depth, line = marked[position]
        while len(stack) > 1 and depth < stack[-1].depth and line:
            stack.pop()
        letter, length = _start_of_letter(marked, position)
        if letter is None:
            stack[-1].lines.append(line)
            position += 1
            continue
        while stack[-1].lines and (not stack[-1].lines[-1] or _MARKER.fullmatch(stack[-1].lines[-1])):
            stack[-1].lines.pop()
        stack.append(letter)
        letters.append(letter)
        position += length
    for letter in letters:
        letter.lines = _without_signature(letter.lines)
    return letters


def letter_articles(letters: Sequence[Letter]) -> list[RawArticle]:
    """Return the letters that are long enough to be articles, or else the longest; nothing if all are empty."""
    articles = [
        RawArticle(clean_saved_page("\n".join(letter.lines), find_headline=False).text, letter.metadata, unit="letter")
        for letter in letters
    ]
    longest = max(articles, key=lambda article: len(article.text))
    return [article for article in articles if article.text and (article is longest or len(article.text) >= MIN_LETTER)]


def without_reply_marks(subject: str) -> str:
    """Return a subject without "Fwd:" and "Re:"."""
    return _REPLY.sub("", subject, count=1) or subject


def _without_marks(line: str) -> tuple[int, str]:
    """Return the number of quote marks at the start of a line, and the rest."""
    match = _QUOTE_MARKS.match(line)
    return (match[0].count(">"), line[match.end() :]) if match else (0, line)


def _start_of_letter(marked: Sequence[tuple[int, str]], position: int) -> tuple[Letter | None, int]:
    """Return the letter that starts at a line, and the number of lines of its header; None if none does."""
    depth, line = marked[position]
    if _LABEL_LINE.match(line):
        return _header(marked, position)
    if _ATTRIBUTION_START.match(line):
        joined = ""
        for length, (line_depth, text) in enumerate(marked[position : position + 3], 1):
            joined = f"{joined} {text.strip()}".strip()
            if line_depth != depth or len(joined) > _MAX_ATTRIBUTION:
                break
            if _ATTRIBUTION.fullmatch(joined):
                return _attributed(joined, depth, marked[position + length : position + length + 3]), length
    return None, 0


def _attributed(attribution: str, depth: int, following: Sequence[tuple[int, str]]) -> Letter | None:
    """Return the letter below "On 7 Mar 2023, Carl Dean <c@d.example> wrote:", or None if that is just a sentence."""
    inner = next((line_depth for line_depth, text in following if text.strip()), depth)
    day = find_day(attribution)
    is_dated = day is not None or _NUMERIC_DATE.search(attribution) is not None
    if _ADDRESS.search(attribution) is None and not (inner > depth and is_dated):
        return None
    return Letter(_attributed_sender(attribution), day.isoformat() if day else "", depth=depth + (inner > depth))


def _attributed_sender(attribution: str) -> str:
    """Return the name in "On Tue, 7 Mar 2023 at 21:30, Carl Dean <c@d.example> wrote:"."""
    address = _ADDRESS.search(attribution)
    end = address.start() if address else attribution.rfind(" wrote")
    before = attribution[: max(end, 0)]
    starts = [match.end() for match in _ATTRIBUTED_TO.finditer(before)]
    name = before[starts[-1] :] if starts else before.rpartition(",")[2]
    return name.strip(" ,\"'<") or (address[1] if address else "")


def _header(marked: Sequence[tuple[int, str]], position: int) -> tuple[Letter | None, int]:
    depth = marked[position][0]
    values: dict[str, str] = {}
    count = length = 0
    for line_depth, line in marked[position : position + 12]:
        match = _LABEL_LINE.match(line.strip())
        key = _KEYS.get(match[1].strip().casefold()) if match else None
        if line_depth != depth or (not line.strip() and count) or (match is None and not count):
            break
        length += 1
        if match is not None and key is not None:
            count += 1
            if key:
                values.setdefault(key, match[2].strip(" *"))
        elif match is not None or length > 8:  # another label
            return None, 0
    if count < 3 or "sender" not in values or not {"day", "subject"} & values.keys():
        return None, 0
    name, address = parseaddr(values["sender"].replace("[mailto:", "<").replace("]", ">"))
    day = find_day(values.get("day", ""))
    subject = without_reply_marks(values.get("subject", ""))
    return Letter(name or address or values["sender"], day.isoformat() if day else "", subject, depth), length


def _without_signature(lines: list[str]) -> list[str]:
    for position, line in enumerate(lines):
        if line == "-- ":
            return lines[:position]
        if line.rstrip() == "--" and sum(map(bool, lines[position:])) <= _SIGNATURE_LINES:
            return lines[:position]
    return lines


def unflowed(lines: Sequence[str], deletes_space: bool) -> Iterator[str]:
    """Join the lines of "format=flowed" (RFC 3676), which end with a space where the paragraph goes on."""
    current, current_depth = "", -1
    for line in lines:
        depth = len(line) - len(line.lstrip(">"))
        text = line[depth:].removeprefix(" ")
        is_signature = text == "-- "
        if current_depth >= 0 and (depth != current_depth or is_signature):
            yield ">" * current_depth + (" " if current_depth else "") + current
            current, current_depth = "", -1
        current += text
        if text.endswith(" ") and not is_signature:
            current_depth = depth
            current = current[:-1] if deletes_space else current
        else:
            yield ">" * depth + (" " if depth else "") + current
            current, current_depth = "", -1
    if current_depth >= 0:
        yield ">" * current_depth + (" " if current_depth else "") + current
