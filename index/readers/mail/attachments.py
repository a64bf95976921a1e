"""The files attached to an e-mail, as articles of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, MIMEPart
from pathlib import Path, PurePosixPath

from ...errors import SourceError
from ...records import Failure, Skipped
from ..base import RawArticle, failure_reason
from ..registry import FileKind, ReaderItem

MailItem = RawArticle | Failure | Skipped  # what a reader of e-mails yields

# Parts that mail programs add by themselves: signatures, contacts, invitations, reports of delivery.
_MACHINE_TYPES = frozenset(
    {
        *("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"),
        *("text/calendar", "text/vcard", "text/x-vcard", "message/delivery-status", "text/rfc822-headers"),
        "application/pgp-keys",
    }
)


def read_attachments(message: EmailMessage) -> Iterator[MailItem]:
    """Read the attached files of supported kinds, and name the others."""
    for part in message.iter_attachments():
        name = str(part.get_filename() or "").replace("\\", "/").rpartition("/")[2][:100]
        if part.get_content_type() in _MACHINE_TYPES or _is_picture_of_text(part) or _is_text_of_letter(part):
            continue
        try:
            try:
                kind = _kind(name, part.get_content_type())
            except SourceError as error:
                yield Skipped(name or part.get_content_type(), str(error))
                continue
            if kind.is_archive:
                yield Skipped(name or part.get_content_type(), "archives in e-mails aren't read; unpack it first")
                continue
            yield from _read(kind, part, name or f"attachment{kind.suffixes[0]}")
        except Exception as error:  # noqa: BLE001 the rest of the e-mail is still read
            yield Failure(name or part.get_content_type(), failure_reason(error))


def _is_picture_of_text(part: MIMEPart) -> bool:
    """Return whether a part is a picture that the text shows, such as a logo."""
    is_inline = part.get_content_disposition() == "inline" or bool(part.get("Content-ID"))
    return part.get_content_maintype() == "image" and is_inline


def _is_text_of_letter(part: MIMEPart) -> bool:
    """Return whether a part has no name and no attachment: the text goes on, or a list adds its footer."""
    is_attached = part.get_content_disposition() == "attachment" or bool(part.get_filename())
    return part.get_content_maintype() == "text" and not is_attached


def _kind(name: str, media_type: str) -> FileKind:
    if not PurePosixPath(name).suffix or media_type == "message/rfc822":
        kind = FileKind.of_media_type(media_type)
        if kind is not None:
            return kind
    return FileKind.of(name)


def _read(kind: FileKind, part: MIMEPart, name: str) -> Iterator[MailItem]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"attachment{kind.suffixes[0]}"  # the name in the e-mail is untrusted
        path.write_bytes(_content(part))
        yield from _with_name(kind.read(path), name)


def _content(part: MIMEPart) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return bytes(part.get_content())
    return bytes(part.get_payload(decode=True) or b"")


def _with_name(items: Iterator[ReaderItem], name: str) -> Iterator[MailItem]:
    """Identify the articles and failures of an attached file by its name."""
    for item in items:
        if isinstance(item, Failure | Skipped):
            yield replace(item, source=f"{name}, {item.source}")
        elif isinstance(item, RawArticle):
            part = f"{name}#{item.part}" if item.part else name
            file_name = "" if item.metadata.get("title") else name
            yield replace(item, part=part, unit="attachment", file_name=file_name)
