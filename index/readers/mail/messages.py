"""E-mails (.eml), mailboxes (.mbox), and web pages saved in the same format (.mhtml)."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

from ...cleaning import html_to_text
from ...errors import SourceError
from ...records import Failure
from ..base import MAX_FILE_BYTES, RawArticle, check_file_size, read_bytes
from ..html import html_article

MAX_MAILBOX_BYTES = 25 * MAX_FILE_BYTES
_MIN_PLAIN_TEXT = 200  # characters: if the plain text is shorter, the HTML part may contain more


def read_eml(path: Path) -> Iterator[RawArticle]:
    """Read an e-mail, such as a newsletter."""
    yield _article(_parse_message(read_bytes(path)))


def read_mbox(path: Path) -> Iterator[RawArticle | Failure]:
    """Read the e-mails of a mailbox. Each is identified by its Message-ID, or by its number if that isn't unique."""
    check_file_size(path, MAX_MAILBOX_BYTES)
    box = mailbox.mbox(path, create=False)
    known_ids = set[str]()
    for number, key in enumerate(box.keys(), 1):
        try:
            message = _parse_message(box.get_bytes(key))
            part = str(message.get("Message-ID", "")).strip(" <>")
            part = str(number) if not part or part in known_ids else part
            known_ids.add(part)
            article = _article(message)
        except SourceError as error:
            yield Failure(f"message {number}", str(error))
            continue
        yield RawArticle(article.text, article.metadata, part, unit="message")
    if not len(box):
        raise SourceError("the file contains no e-mails, or isn't a mailbox")


def read_mhtml(path: Path) -> Iterator[RawArticle]:
    """Read a web page saved as one file."""
    message = _parse_message(read_bytes(path))
    for part in message.walk():
        if part.get_content_type() == "text/html":
            url = message.get("Snapshot-Content-Location") or part.get("Content-Location")
            yield html_article(_decode(part).encode("utf-8", "replace"), str(url) if url else None)
            return
    raise SourceError("the file contains no web page")


def _parse_message(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise SourceError("this isn't an e-mail: it has no header lines")
    return message


def _article(message: EmailMessage) -> RawArticle:
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    text = _decode(plain) if plain is not None else ""
    if html is not None and len(text) < _MIN_PLAIN_TEXT:
        html_text = html_to_text(_decode(html)).text
        text = html_text if len(html_text) > len(text) else text
    if not text.strip():
        raise SourceError("the e-mail contains no text")
    name, address = parseaddr(str(message.get("From", "")))
    metadata = {"title": str(message.get("Subject", "")), "author": name or address, "published": message.get("Date")}
    return RawArticle(text, {key: str(value) for key, value in metadata.items() if value})


def _decode(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, KeyError, UnicodeError):  # an unknown encoding
        return bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")
