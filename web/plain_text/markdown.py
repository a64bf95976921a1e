"""Text of articles in programs that display Markdown."""

from __future__ import annotations

import re

# What makes images, links and HTML elements: "![", "](", "]:", and "<" before a name.
_ACTIVE = re.compile(r"!(?=\[)|\](?=[(:])|<(?=[A-Za-z/!?])")


def inert(text: str) -> str:
    r"""`text` so that Markdown loads and links to nothing: "![" becomes "\![", "](" becomes "\](", "<b" becomes "\<b".

    Everything else stays as it is, so that quotes without these signs are exact.
    """
    return _ACTIVE.sub(r"\\\g<0>", text)
