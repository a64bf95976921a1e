"""E-mails (.eml), mailboxes (.mbox), and web pages saved in the same format (.mhtml)."""

from __future__ import annotations

import mailbox
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

from ...cleaning import fold_white_space, html_to_lines
from ...errors import SourceError
from ...records import Failure
from ..base import MAX_FILE_BYTES, RawArticle, check_file_size, read_bytes
from ..exports import exported_articles, exported_page
from ..html import html_article
from .attachments import MailItem, read_attachments
from .letters import letter_articles, split_letters, unflowed, without_reply_marks

MAX_MAILBOX_BYTES = 25 * MAX_FILE_BYTES
_MIN_SHARE = 0.7  # of the words in the HTML part: a plain text with less is a stub, or is cut
_WORD = re.compile(r"\w{4,}")


def read_eml(path: Path) -> Iterator[MailItem]:
    """Read an e-mail, such as a newsletter, the letters that it forwards, and the files attached to it."""
    yield from read_message(_parse_message(read_bytes(path)), part="", unit="letter")


def read_mbox(path: Path) -> Iterator[MailItem]:
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
            yield from read_message(message, part, unit="message")
        except SourceError as error:
            yield Failure(f"message {number}", str(error))
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


def read_message(message: EmailMessage, part: str, unit: str) -> Iterator[MailItem]:
    """Read the letters of a message, and the files attached to it."""
    attached = list(read_attachments(message))
    try:
        for number, article in enumerate(_letters(message)):
            own = article.part or (str(number + 1) if number else "")
            named = "/".join(filter(None, (part, own)))
            yield replace(article, part=named, unit=unit if named else article.unit)
    except SourceError as error:
        if not attached:
            raise
        yield Failure(part or "text", str(error))
    for item in attached:
        if isinstance(item, RawArticle):
            yield replace(item, part="/".join(filter(None, (part, item.part))))
        else:
            yield replace(item, source=": ".join(filter(None, (part, item.source))))


def _letters(message: EmailMessage) -> list[RawArticle]:
    """Return the letters in the text of a message that are long enough to be articles, or else the longest.

    Each has its own sender and day: those that the message forwards or answers have theirs above them.
    """
    html = message.get_body(("html",))
    if html is not None and (exported := exported_page(_decode(html).encode("utf-8", "replace"))):
        return exported
    lines = _text_lines(message)
    if exported := exported_articles(fold_white_space("\n".join(lines)).split("\n")):
        return exported
    outer, *inner = split_letters(lines)
    name, address = parseaddr(str(message.get("From", "")))
    outer.sender, outer.day = name or address, str(message.get("Date") or "")
    outer.subject = str(message.get("Subject", ""))
    for letter in inner:
        letter.subject = letter.subject or without_reply_marks(outer.subject)
    if not (articles := letter_articles([outer, *inner])):
        raise SourceError("the e-mail contains no text")
    return articles


def _text_lines(message: EmailMessage) -> list[str]:
    """Return the lines of the plain text, or of the HTML part if the plain text lacks much of it."""
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    plain_lines = _plain_lines(plain) if plain is not None else []
    html_lines = html_to_lines(_decode(html)) if html is not None else []
    words, all_words = _words(plain_lines), _words(html_lines)
    return html_lines if len(words & all_words) < _MIN_SHARE * len(all_words) or not any(plain_lines) else plain_lines


def _words(lines: list[str]) -> set[str]:
    return set(_WORD.findall("\n".join(lines).casefold()))


def _plain_lines(part: MIMEPart) -> list[str]:
    lines = _decode(part).splitlines()
    parameters = part["Content-Type"].params if "Content-Type" in part else {}
    if str(parameters.get("format", "")).casefold() == "flowed":
        return list(unflowed(lines, deletes_space=str(parameters.get("delsp", "")).casefold() == "yes"))
    return lines


def _decode(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, KeyError, UnicodeError):  # an unknown encoding
        return bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")
