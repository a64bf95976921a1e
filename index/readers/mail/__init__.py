"""E-mails (.eml), mailboxes (.mbox), and web pages saved in the same format (.mhtml)."""

from .messages import read_eml, read_mbox, read_mhtml

__all__ = ["read_eml", "read_mbox", "read_mhtml"]
