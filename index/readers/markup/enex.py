"""Notes that Evernote exports (.enex): each is an article, such as a page that was clipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...cleaning import html_to_text
from ...errors import SourceError
from ...records import Failure
from ..base import RawArticle
from .elements import child_text, read_elements


def read_enex(path: Path) -> Iterator[RawArticle | Failure]:
    """Read the notes. The day on which a note was made isn't the day of its article.

    Raises:
        SourceError: the file is damaged, or contains no note.
    """
    number = 0
    for number, note in enumerate(read_elements(path, ("note",)), 1):
        page = html_to_text(child_text(note, "content"))
        metadata = {
            "title": child_text(note, "title"),
            "url": child_text(note, "note-attributes/source-url"),
            "author": child_text(note, "note-attributes/author"),
        }
        text = "\n\n".join(filter(None, (page.title if page.title != metadata["title"] else "", page.text)))
        if text:
            yield RawArticle(text, {key: value for key, value in metadata.items() if value}, str(number), unit="note")
        else:
            yield Failure(f"note {number}", "it contains no text")
    if not number:
        raise SourceError("the file contains no notes")
