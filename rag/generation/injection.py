"""Detect prompt injection in articles: text that addresses language models, and invisible characters.

Language models don't receive such text, and it can't be cited. This is one of several safeguards: whatever a model is
made to write, only sentences that other text supports are shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from index import Span

_PATTERNS = (
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|direction|guideline|context|question)s?",
    r"\b(?:disregard|forget|ignore) (?:everything|all|anything)\b",
    r"\b(?:system|developer) (?:prompt|message|mode|instruction)s?\b",
    r"<\|[^|>]{1,30}\|>|</?(?:system|instructions?|prompt|assistant|user)>|\[/?(?:INST|SYS)\]|<<SYS>>",
    r"\b(?:chatbots?|language models?|LLMs?|\w*GPT|assistants?|answer (?:services|engines)|a model that)\b.{0,60}"
    r"\b(?:says?|answers?|recommend|replace|must|repeat|approve)\b",
    r"^[^\w\n]*+(?:system|assistant|user|developer)\s*:",
    r"##\s*+(?:system|instruction|assistant)",
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
# Links, images and markup, which aren't part of a sentence.
MARKUP = re.compile(
    r"\w{1,40}://|\bwww\.|\]\(|!\[|<[a-z!/]|&#?\w+;|```|\b(?:javascript|data|vbscript|mailto):|[^\s@]{1,64}@\S{1,255}\.\w"
    r"|\b[\w-]{1,63}\.(?:com|org|net|io|example|test|invalid|co|info|biz|ru|cn|dev|app|xyz)\b",
    re.IGNORECASE,
)
_MODEL_INSTRUCTION = re.compile("|".join(_PATTERNS), re.IGNORECASE | re.MULTILINE)
_MARKER = re.compile(r"\[\s*(?:source\s*)?\d+\s*\]", re.IGNORECASE)
_INVISIBLE = {"Cf", "Co", "Cn", "Cs"}  # Unicode categories: zero-width characters, direction marks, tags


def addresses_models(text: str) -> bool:
    """Return whether a text addresses language models: "Ignore all previous instructions"."""
    return _MODEL_INSTRUCTION.search(remove_invisible(text)) is not None


@lru_cache(maxsize=256)  # each sentence of a paragraph asks about all of it
def is_safe(paragraph: str) -> bool:
    """Return whether a paragraph neither addresses language models nor contains links, images, markup or markers."""
    return not addresses_models(paragraph) and not MARKUP.search(paragraph) and not _MARKER.search(paragraph)


def is_in_safe_paragraph(text: str, span: Span) -> bool:
    """Return whether the whole paragraph that contains a span is safe: an attack is rarely just one sentence."""
    return is_safe(line_at(text, span).of(text))


def line_at(text: str, span: Span) -> Span:
    """Return the line, or the lines, that contain a span."""
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text))


def remove_invisible(text: str) -> str:
    """Remove invisible characters."""
    return "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE)
