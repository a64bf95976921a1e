"""Remove boilerplate: lines that sites put between the paragraphs of an article."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..text import REPORTED_FORMS, one_of

_MAX_LINE = 300  # characters; a longer line belongs to the article
_NETWORKS = (
    "twitter|x|facebook|instagram|linkedin|threads|bluesky|mastodon|youtube|whatsapp|reddit|telegram|social media"
)
# Lines that may also be a quoted sentence count only without a full stop, a comma or quotation marks.
_BOILERPLATE = (
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
    r"1 2(?: \d{1,2})*(?: ?…)?(?: \d{1,2})?(?: next(?: page)?)?\W*",
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
_SPEECH_VERB = re.compile(rf"\b(?:{one_of(REPORTED_FORMS)})\b")
_BOILERPLATE_LINE = re.compile("|".join(_BOILERPLATE), re.IGNORECASE)
_PAYWALL_LINE = re.compile("|".join(_PAYWALL), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page without boilerplate. `is_paywalled` if it asked the reader to subscribe or to log in."""

    text: str
    is_paywalled: bool


def clean_page_text(text: str) -> PageText:
    """Remove boilerplate and paywall notices from the paragraphs of a page."""
    article = without_boilerplate(text)
    kept = without_paywall_notices(article)
    return PageText(kept, is_paywalled=kept != article)


def without_boilerplate(text: str) -> str:
    """Remove share buttons, newsletter boxes, "read more" links, credits, advertisements and copyright lines."""
    return _without_lines(_BOILERPLATE_LINE.fullmatch, text)


def without_paywall_notices(text: str) -> str:
    """Remove the lines that ask the reader to subscribe or to log in."""
    return _without_lines(_PAYWALL_LINE.fullmatch, text)


def _without_lines(match: Callable[[str], object], text: str) -> str:
    return "\n\n".join(line for line in text.split("\n\n") if not _matches(match, line))


def _matches(match: Callable[[str], object], line: str) -> bool:
    """Return whether the whole of a short line matches, and it doesn't report what someone said."""
    return (
        len(line) <= _MAX_LINE and match(" ".join(line.split())) is not None and not _SPEECH_VERB.search(line.lower())
    )
