"""E-mails (.eml), mailboxes (.mbox), and web pages saved in the same format (.mhtml)."""
