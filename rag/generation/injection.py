"""Sentences of articles that speak to a language model instead of to readers, and signs that nobody sees.

A model isn't given them, and nothing that it writes can rest on them. This is one guard of several: whatever a model is
made to write, only what other sentences of the articles support is shown.
"""

from __future__ import annotations

import re
import unicodedata

from index import Span

_PATTERNS = (
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|direction|guideline|context|question)s?",
    r"\b(?:disregard|forget|ignore) (?:everything|all|anything)\b",
    r"\b(?:system|developer) (?:prompt|message|mode|instruction)s?\b",
    r"<\|[^|>]{1,30}\|>|</?(?:system|instructions?|prompt|assistant|user)>|\[/?(?:INST|SYS)\]|<<SYS>>",
    r"\b(?:chatbots?|language models?|LLMs?|\w*GPT|assistants?|answer (?:services|engines)|a model that)\b.{0,60}"
    r"\b(?:says?|answers?|recommend|replace|must|repeat|approve)\b",
    r"^\W*(?:system|assistant|user|developer)\s*:",
    r"#{2,}\s*(?:system|instruction|assistant)",
    r"\b(?:AI|language|chat)[ -]?(?:model|assistant|bot|reader|system)s?\b.{0,60}"
    r"\b(?:must|should|please|reply|answer|respond|include|write|say|state|output|are|is)\b",
    r"\b(?:note|notice|instructions?|message|attention)\b.{0,20}\b(?:to|for)\b.{0,20}"
    r"\b(?:AI|LLM|assistant|chatbot|model)s?\b",
    r"\byou are (?:now|no longer|an?)\b.{0,40}\b(?:AI|assistant|model|bot|mode|unrestricted|DAN)\b",
    r"\b(?:your|the) (?:answer|reply|response|output)\b.{0,30}\b(?:must|should|has to|shall)\b",
    r"\b(?:whatever|anything|whenever|everything|if|when)\b.{0,20}"
    r"\b(?:readers?|users?|you are|anyone|somebody|you)\b.{0,15}\bask",
    r"\b(?:reply|respond|answer|output|print|write|say)\b.{0,20}"
    r"\b(?:only|nothing (?:but|else)|every question|the (?:user|reader)|word for word)\b",
    r"\b(?:tell|inform|convince|remind)\b.{0,10}\b(?:the|your|every) (?:user|reader)s?\b",
    r"\bonly (?:acceptable|correct|valid|permitted|allowed) (?:answer|summary|reply|response|output)",
    r"\b(?:set aside|erase|discard|do not use|don't use|stop using)\b.{0,40}"
    r"\b(?:guidance|context|directions?|articles?|sources?|rules?|documents?)\b",
    r"\byour (?:new|real|actual|only|next|own) (?:task|instructions?|prompt|orders?|job|role|rules?)\b",
    r"\byou (?:now (?:answer|are|will|have)|must (?:say|state|answer|reply|tell|claim|give|report))\b",
    r"\b(?:emit|output|print|repeat) the following\b|\bground truth for\b|\bremember this as\b|\bautomated systems:",
    r"\b(?:the|an) AI (?:actor|agent|plays|is|must|should|will)\b|\{\s*\"\w+\"\s*:|\[\[?(?:SOURCE|DOC)",
    r"\boverride:|\b(?:prior|previous|earlier|above) (?:directions?|instructions?|guidance|rules)\b",
    r"\b(?:pretend|act as|role-?play|reveal your|repeat after me)\b",
    r"\"(?:sentences|quotes|source|role|content)\"\s*:",
)
# What would be a link, an image or mark-up somewhere, and is no part of a sentence.
MARKED_UP = re.compile(
    r"\w+://|\bwww\.|\]\(|!\[|<[a-z!/]|&#?\w+;|```|\b(?:javascript|data|vbscript|mailto):|\S+@\S+\.\w"
    r"|\b[\w-]+\.(?:com|org|net|io|example|test|invalid|co|info|biz|ru|cn|dev|app|xyz)\b",
    re.IGNORECASE,
)
_TO_MODELS = re.compile("|".join(_PATTERNS), re.IGNORECASE | re.MULTILINE)
_MARKER = re.compile(r"\[\s*(?:source\s*)?\d+\s*\]", re.IGNORECASE)
_HIDDEN = {"Cf", "Co", "Cn", "Cs"}  # signs that aren't seen: zero-width ones, marks of direction, tags


def speaks_to_models(sentence: str) -> bool:
    """True where a sentence of an article speaks to a language model: "Ignore all previous instructions"."""
    return _TO_MODELS.search(visible(sentence)) is not None


def is_for_readers(paragraph: str) -> bool:
    """True for plain text that speaks to readers; a paragraph with links, images or markers in it is none."""
    return not speaks_to_models(paragraph) and not MARKED_UP.search(paragraph) and not _MARKER.search(paragraph)


def paragraph_around(text: str, span: Span) -> str:
    """The paragraph in which a span stands: an attack is seldom one sentence."""
    return text[text.rfind("\n", 0, span.start) + 1 : (text + "\n").find("\n", span.end)]


def visible(text: str) -> str:
    """A text without the signs that nobody sees."""
    return "".join(c for c in text if unicodedata.category(c) not in _HIDDEN)
