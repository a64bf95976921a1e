"""Letters (.eml), mailboxes (.mbox) and pages saved as one file (.mhtml), which is a letter too."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

from ..cleaning import blocks
from ..errors import SourceError
from ..records import Failure
from .base import MAX_FILE_BYTES, RawArticle, check_size, read_bytes
from .html import html_article

_SHORT = 200  # characters of plain text below which the page beside it tells more


def read_eml(path: Path) -> Iterator[RawArticle]:
    """A letter, a newsletter say."""
    yield _letter(_message(read_bytes(path)))


def read_mbox(path: Path) -> Iterator[RawArticle | Failure]:
    """The letters of a mailbox, known by their ids."""
    check_size(path, 25 * MAX_FILE_BYTES)
    box = mailbox.mbox(path, create=False)
    known = set[str]()
    for number, key in enumerate(box.keys(), 1):
        try:
            message = _message(box.get_bytes(key))
            part = str(message.get("Message-ID", "")).strip(" <>")
            part = str(number) if not part or part in known else part  # two letters with one id are two letters
            known.add(part)
            letter = _letter(message)
        except SourceError as error:
            yield Failure(f"message {number}", str(error))
            continue
        yield RawArticle(letter.text, letter.metadata, part, unit="message")
    if not len(box):
        raise SourceError("the mailbox holds no letters, or is none")


def read_mhtml(path: Path) -> Iterator[RawArticle]:
    """A page saved as one file."""
    message = _message(read_bytes(path))
    for part in message.walk():
        if part.get_content_type() == "text/html":
            url = message.get("Snapshot-Content-Location") or part.get("Content-Location")
            yield html_article(_text(part).encode("utf-8", "replace"), str(url) if url else None)
            return
    raise SourceError("there is no page in this file")


def _message(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise SourceError("this is no letter: it has no header lines")
    return message


def _letter(message: EmailMessage) -> RawArticle:
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    text = _text(plain) if plain is not None else ""
    if page is not None and len(text) < _SHORT:
        _, found = blocks(_text(page))
        text = found if len(found) > len(text) else text
    if not text.strip():
        raise SourceError("the letter has no text")
    name, address = parseaddr(str(message.get("From", "")))
    metadata = {"title": str(message.get("Subject", "")), "author": name or address, "published": message.get("Date")}
    return RawArticle(text, {key: str(value) for key, value in metadata.items() if value})


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, KeyError, UnicodeError):  # an encoding that nobody knows
        return bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")
