"""Lines that sites put between the paragraphs of an article: not the article's words."""

from __future__ import annotations

import re

_MAX_LINE = 300  # characters; what is longer is the article's
_NETWORKS = (
    "twitter|x|facebook|instagram|linkedin|threads|bluesky|mastodon|youtube|whatsapp|reddit|telegram|social media"
)
# What may as well be a sentence of somebody counts only without a stop, a comma or quotation marks.
_FURNITURE = (
    r"(?:read|see|watch|listen|learn|find out|discover) (?:more|also|next|now|this)\s*(?::.*|\b[^.!?,:”\"]*)",
    r"(?:also|further) read(?:ing)?\s*:.*",
    r"(?:view|show) (?:more|all|less|full (?:story|article))\W*",
    r"continue reading\b[^.!?,”\"]*",
    r"(?:related|recommended|more|most (?:read|popular|viewed)) ?(?:articles?|stories|topics|posts|links)?\s*:?",
    r"(?:sign up|subscribe|register)\b(?=.*\b(?:newsletters?|e-?mails?|inbox|alerts?|briefing)\b)[^”\"]*",
    r"get (?:the|our|all)\b(?=.*\b(?:newsletters?|inbox|app)\b)[^”\"]*",
    r"[^”\"]*\bdelivered (?:straight |directly )?to your inbox\b[^”\"]*",
    r"click here to get the \w+(?: \w+)? app\W*",
    rf"(?:share|tweet|print|e-?mail|copy link|bookmark|save)(?:\s*(?:this|on|via|to|article|story|page|link|with|and"
    rf"|[,/|·•]|share|tweet|print|e-?mail|save|{_NETWORKS}))*\W*",
    rf"follow (?:us|@?\w+) on (?:{_NETWORKS})\b[^”\"]*",
    r"advertisement|advertising",
    r"(?:story|article) continues (?:below|after)\b[^.!?,]*|scroll (?:down )?to continue\b[^.!?,]*",
    r"(?:photo(?:graph)?|image|picture|illustration)s?\s*(?:credit|courtesy|by|:|/)[^.!?,]*|(?:caption|credit)\s*:[^.!?]*",
    r"(?:©|\(c\))[^”\"]*|copyright\s+(?:©|\(c\)|\S+ )?\s*(?:19|20)\d\d\b[^,]*|[^”\"]*\ball rights reserved\b[^”\"]*",
    r"skip (?:to|past) (?:the )?(?:main )?(?:content|navigation|newsletter)\b[^.!?,]*",
    r"(?:loading|please wait)\W*|\d+ (?:min(?:ute)?s? read|comments?|shares?)",
)
_PAYWALL = (
    r"\bto (?:continue|keep) reading\b",
    r"\b(?:subscribe|log ?in|sign in|register|join)\b[^.!?]*\bto (?:read|unlock|access|view)\b",
    r"\bcontinue reading\b[^.!?]*\bsubscri",
    r"\b(?:for|to) subscribers only\b",
    r"\balready a (?:subscriber|member)\b",
    r"\bthis (?:article|story|content) is (?:only |exclusively )?(?:for|available to) (?:\w+ )?(?:subscrib|memb)ers\b",
)
_IS_FURNITURE = re.compile("|".join(_FURNITURE), re.IGNORECASE)
_IS_PAYWALL = re.compile(rf"[^”\"]*(?:{'|'.join(_PAYWALL)})[^”\"]*", re.IGNORECASE)


def without_furniture(text: str) -> str:
    """`text` without share buttons, newsletter boxes, "read more", credits, advertisements and copyright lines."""
    return _without(_IS_FURNITURE, text)


def before_paywall(text: str) -> str:
    """`text` without the lines that ask the reader to pay or to log in."""
    return _without(_IS_PAYWALL, text)


def _without(pattern: re.Pattern[str], text: str) -> str:
    lines = text.split("\n\n")
    return "\n\n".join(line for line in lines if len(line) > _MAX_LINE or not pattern.fullmatch(" ".join(line.split())))
