"""Lines that sites put between the paragraphs of an article: not the article's words."""

from __future__ import annotations

import re

_MAX_LINE = 300  # characters; what is longer is the article's
_NETWORKS = (
    "twitter|x|facebook|instagram|linkedin|threads|bluesky|mastodon|youtube|whatsapp|reddit|telegram|social media"
)
# What may as well be a sentence of somebody counts only without a stop, a comma or quotation marks.
_FURNITURE = (
    r"(?:read|see|watch|listen) (?:more|also|next)\s*:[^.!?]*",
    r"(?:read|see|watch|listen|learn|find out|discover) (?:more|also|next)\b[^.!?,:”\"]*",
    r"(?:also|further) read(?:ing)?\s*:.*",
    r"(?:view|show) (?:more|all|less|full (?:story|article))\W*",
    r"continue reading(?: the)?(?: \w+){0,3}\W*",
    r"(?:related|recommended|more|most (?:read|popular|viewed)) ?(?:articles?|stories|topics|posts|links)?\s*:?",
    r"(?:sign up|subscribe)\b(?=.*\b(?:newsletters?|inbox|briefing)\b)[^”\"]*",
    r"get (?:the|our|all)\b(?=.*\b(?:newsletters?|your inbox)\b)[^”\"]*",
    r"(?:click here to )?(?:get|download) (?:the|our) (?:\w+ ){0,3}app(?: now| today)?\W*",
    rf"(?:share|tweet|print|e-?mail|copy link|bookmark|save)(?:\s*(?:this|on|via|to|article|story|page|link|with|and"
    rf"|[,/|·•]|share|tweet|print|e-?mail|save|{_NETWORKS}))*\W*",
    rf"follow (?:us|@\w+) on (?:{_NETWORKS})(?:(?:,? and|,|/| &)? (?:{_NETWORKS}|@\w+))*\W*",
    rf"follow \w+ on (?:{_NETWORKS})(?:(?:,? and|,|/| &) (?:{_NETWORKS}))+\W*",
    r"advertisement|advertising",
    r"(?:story|article) continues (?:below|after)\b[^.!?,]*|scroll (?:down )?to continue\b[^.!?,]*",
    r"(?:photo(?:graph)?|image|picture|illustration)s?(?: (?:credit|courtesy|by|source))?\s*[:/][^.!?,]*",
    r"(?:photo(?:graph)?|image|picture|illustration)s? (?:by|courtesy of)(?: (?-i:[A-Z])[\w.’'-]*){1,4}\W*",
    r"credit\s*:(?:[ /]+(?-i:[A-Z])[\w.’'-]*){1,5}\W*",
    r"(?:©|\(c\) ?(?=\d)|copyright ?(?=[©\d(]))\s*(?:©|\(c\))?\s*(?:[^\s.,]+ ){0,4}(?:19|20)\d\d"
    r"(?:\W*|\W+(?-i:[A-Z])[^”\"]{0,80})",
    r"(?:[^”\"]*(?:(?:19|20)\d\d|©)[^”\"]*\b)?all rights reserved\W*",
    r"skip (?:to|past) (?:the )?(?:main )?(?:content|navigation|newsletter)\b[^.!?,]*",
    r"(?:loading|please wait)\W*|\d+ (?:min(?:ute)?s? read|comments?|shares?)",
)
_PAYWALL = (
    r"(?:please )?(?:subscribe|log ?in|sign in|register)(?: or (?:subscribe|log ?in|sign in|register))?"
    r"(?: now| today| here| for free)? to (?:read|unlock|access|view|continue|keep reading)\b[^,]*",
    r"to (?:continue|keep) reading\b[^,]*,? (?:please )?(?:subscribe|log ?in|sign in|register)\b.*",
    r"(?:already|not) a (?:subscriber|member)(?: yet)?\?.*",
    r"this (?:article|story|content) is (?:only |exclusively )?"
    r"(?:for|available to) (?:our )?(?:subscrib|memb)ers\b[^,]*",
    r"(?:for )?subscribers only\W*",
)
_REPORTED = re.compile(r"\b(?:said|says|told|found|wrote|asked|added|according|warned|heard|announced|reported)\b")
_IS_FURNITURE = re.compile("|".join(_FURNITURE), re.IGNORECASE)
_IS_PAYWALL = re.compile("|".join(_PAYWALL), re.IGNORECASE)


def without_boilerplate(text: str) -> str:
    """`text` without share buttons, newsletter boxes, "read more", credits, advertisements and copyright lines."""
    return _without(_IS_FURNITURE, text)


def before_paywall(text: str) -> str:
    """`text` without the lines that ask the reader to pay or to log in."""
    return _without(_IS_PAYWALL, text)


def _without(pattern: re.Pattern[str], text: str) -> str:
    return "\n\n".join(line for line in text.split("\n\n") if not _is(pattern, line))


def _is(pattern: re.Pattern[str], line: str) -> bool:
    return (
        len(line) <= _MAX_LINE
        and pattern.fullmatch(" ".join(line.split())) is not None
        and not _REPORTED.search(line.lower())
    )
