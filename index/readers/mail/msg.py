"""E-mails saved by Outlook (.msg), as messages in the format of the Internet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from oxmsg import Message
from oxmsg.attachment import Attachment

from ...errors import SourceError
from ..base import read_bytes
from .attachments import MailItem
from .messages import read_message


def read_msg(path: Path) -> Iterator[MailItem]:
    """Read an e-mail saved by Outlook, the letters that it forwards, and the files attached to it."""
    data = read_bytes(path)
    try:
        saved = Message.load(data)
    except ValueError as error:
        raise SourceError("the file is damaged or isn't an e-mail saved by Outlook") from error
    yield from read_message(_converted(saved), part="", unit="letter")


def _converted(saved: Message) -> EmailMessage:
    message = EmailMessage()
    sent = saved.message_headers.get("Date") or (format_datetime(saved.sent_date) if saved.sent_date else "")
    for name, value in (("From", saved.sender), ("Subject", saved.subject), ("Date", sent)):
        if value:
            message[name] = " ".join(value.split())
    message.set_content((saved.body or "").replace("\r\n", "\n"), cte="8bit")
    html = None
    with suppress(LookupError, UnicodeError):  # an unknown encoding
        html = saved.html_body
    if html:
        message.add_alternative(html, subtype="html", cte="8bit")
    for attachment in saved.attachments:
        _attach(message, attachment)
    return message


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    """Attach a file. An attached e-mail has no bytes, so it is named as one that can't be read."""
    data = attachment.file_bytes
    name = " ".join((attachment.file_name or "").split()) or ("e-mail" if data is None else "file")
    main, _, sub = (attachment.mime_type or "").partition("/")
    if not (main.isalpha() and sub) or main in ("message", "multipart", "text"):
        main, sub = "application", "octet-stream"
    message.add_attachment(data or b"", maintype=main, subtype=sub, filename=name)
