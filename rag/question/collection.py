"""Parse questions about articles as wholes and about the library, and texts that ask nothing about articles."""

from __future__ import annotations

import re
from typing import Literal

from index.text import FUNCTION_WORDS, word_set

from ..knowledge import LibraryKnowledge, QuestionKind
from .question import LibraryQuestion, OverviewQuestion, SmallTalk
from .search_query import SearchQuery

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ARTICLE = r"(?:(?:news )?(?:article|report|piece|item|text|document)s?|stor(?:y|ies)|news|coverage|reporting)"
_MENTION = r"(?:mention|talk about|speak of|speak about|deal with|write about|cover|discuss|refer to|are about)s?"
_RELATION = rf"(?:about|on|regarding|concerning|covering|mentioning|dealing with|{_MENTION})"
_QUANTITY = (
    r"(?:(?:which|what|how many|how much|all|any|some|every|are there|is there|were there|do you have|have you got|have"
    r" you|got|there|of|the|your|other|more|recent|latest)\b ?)*"
)
_PATTERNS: tuple[tuple[Literal["article", "mentions"], str], ...] = (
    (
        "article",
        rf"(?:what (?:is|was) )?(?:the )?(?:(?:summary|gist|overview|main points?|essence) of )?(?:(?:the|that|this) )?"
        rf"(?:(?:news )?(?:article|report|piece|item|text|document)|story) {_RELATION} (?P<subject>.+)",
    ),
    ("article", rf"(?:what (?:is|was) )?(?:the )?(?P<subject>.+?) {_ARTICLE}(?: is)? about"),
    ("article", rf"what (?:is|was) (?:the|in the) {_ARTICLE} (?:on|about|from) (?P<subject>.+?)(?: about)?"),
    ("article", rf"(?:the |a )?(?:summary|gist|overview|main points?) of (?:the )?(?P<subject>.+?) {_ARTICLE}"),
    ("article", r"(?:the )?(?P<subject>.+?) (?:article|story)"),
    (
        "article",
        r"what (?:has |have |was |is )?(?:happened|happening|going on) (?:in|at|with|on|to|near) (?P<subject>\D+)",
    ),
    (
        "mentions",
        rf"{_QUANTITY}{_ARTICLE}(?: (?:do you have|have you got|are there|is there|you have))?"
        rf"(?: (?:that|which))?(?: (?:are|is|was|were))? {_RELATION} (?P<subject>.+?)(?: are there| do you have)?",
    ),
    (
        "mentions",
        rf"{_QUANTITY}{_ARTICLE}(?: (?:do you have|have you got|are there|is there|you have))?"
        r" (?:with|containing|naming|featuring) (?P<subject>.+?)(?: are there| do you have| have you got)?",
    ),
    ("mentions", rf"{_QUANTITY}(?:anything|something|nothing) (?:about|on|regarding|concerning) (?P<subject>.+)"),
    ("mentions", r"(?:what is |what are )?(?:the )?(?:latest|newest)(?: news)? (?:on|about|from|in) (?P<subject>.+)"),
    (
        "mentions",
        rf"in (?:which|what|how many) {_ARTICLE} (?:does|do|is|are) (?P<subject>.+?)"
        r" (?:come up|occur|appear|mentioned|named|discussed)",
    ),
    ("mentions", rf"(?:where|in which {_ARTICLE}) (?:is|are) (?P<subject>.+?) mentioned"),
)
_OVERVIEWS = tuple((kind, re.compile(f"^(?:{pattern})$", re.IGNORECASE)) for kind, pattern in _PATTERNS)
_IN_LIBRARY = re.compile(
    r" in (?:here|them|it|there|(?:the|your|my) (?:collection|library|database|archive))$", re.IGNORECASE
)

_ARTICLE_NOUNS = word_set("article articles story stories report reports piece pieces document documents texts items")
_GENERAL_NOUNS = _ARTICLE_NOUNS | word_set(
    "collection library database archive corpus titles headlines here everything"
)
_OUTLETS = word_set("source sources outlet outlets newspaper newspapers publisher publishers publication publications")
_NEWEST, _OLDEST = word_set("newest latest recent last"), word_set("oldest earliest first")
_COUNT = word_set("many number count big large size total much")
_TALK: tuple[tuple[Literal["greeting", "thanks", "farewell", "help"], frozenset[str]], ...] = (
    ("farewell", word_set("bye goodbye farewell cya later tomorrow soon ciao")),
    ("greeting", word_set("hello hi hey greetings morning afternoon evening howdy hiya")),
    (
        "thanks",
        word_set("""
            thanks thank thx ty cheers appreciated appreciate great perfect awesome nice cool wonderful excellent
            brilliant good useful helpful interesting wow
        """),
    ),
    ("help", word_set("help instructions hint tutorial commands started")),
)
_SEVERAL = word_set("articles stories pieces texts reports documents anything something everything all any")
_OVERVIEW_WORDS = word_set("article articles story stories coverage news happened happening anything everything")
_REQUESTS = word_set("""
    summarise summarize sum recap outline explain tell give show find update catch walk fill bring lay pull background
""")
_ADDRESS = word_set("you your yourself i me my this")
_SUBJECT_START = re.compile(r"\b(?:about|on|regarding|concerning|covering|mentioning|of|with|through|to do with)\b")
_ACKNOWLEDGING = re.compile(
    r"^(?:(?:ok(?:ay)?|really|yes|no|sure|please|wow|i see|got it|good|hm+|aha|right)\W*)+$", re.IGNORECASE
)


def parse_small_talk(text: str) -> SmallTalk | None:
    """Return what a greeting, thanks, a farewell or a call for help says; None for other texts."""
    words = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    if _ACKNOWLEDGING.match(text):
        return SmallTalk(text, "help")
    known = FUNCTION_WORDS.union(*(own for _, own in _TALK))
    if all(word in known for word in words):
        for kind, own in _TALK:
            if own.intersection(words) and (kind != "thanks" or "?" not in text):
                return SmallTalk(text, kind)
    return None


def parse_overview(text: str, plain: str) -> OverviewQuestion | None:
    """Parse a question about articles as wholes; `plain` is its text without a lead-in. None for other questions."""
    for kind, pattern in _OVERVIEWS:
        if match := pattern.match(plain):
            subject = _IN_LIBRARY.sub("", match["subject"])
            return OverviewQuestion(text, SearchQuery.of(subject), kind) if _is_subject(subject) else None
    return None


def parse_kind(
    text: str, plain: str, kind: QuestionKind, library: LibraryKnowledge
) -> OverviewQuestion | LibraryQuestion | SmallTalk | None:
    """Parse a question of a kind that its embedding suggests; None if its words say that the text of articles answers.

    The words of small talk are those of known small talk, and the words of a question about the library those of such
    questions, or no article has them; unless the app is addressed ("you").
    """
    words = set(_WORD.findall(plain.lower()))
    if words & (_GENERAL_NOUNS | _OUTLETS) and words <= library.words_of_kind("library") | FUNCTION_WORDS:
        kind = "library"
    if kind in ("small-talk", "library"):
        others = words - FUNCTION_WORDS - library.words_of_kind(kind)
        is_addressed = bool(words & _ADDRESS)
        is_about_articles = any(library.occurs(word) for word in others) if kind == "library" else bool(others)
        if not words or (is_about_articles and not is_addressed):
            return None
    match kind:
        case "small-talk":
            return SmallTalk(text, "help")
        case "library":
            return _library_question(text, words)
        case "overview" if words & _OVERVIEW_WORDS or text.split()[0].lower() in _REQUESTS:
            subjects = _SUBJECT_START.split(plain)
            subject = _IN_LIBRARY.sub("", subjects[-1].strip()) if len(subjects) > 1 else plain
            return OverviewQuestion(text, SearchQuery.of(subject), "mentions" if words & _SEVERAL else "article")
    return None


def _library_question(text: str, words: set[str]) -> LibraryQuestion:
    if words & _OUTLETS:
        return LibraryQuestion(text, "outlets")
    if words & (_NEWEST | _OLDEST):
        return LibraryQuestion(text, "newest" if words & _NEWEST else "oldest")
    return LibraryQuestion(text, "count" if words & _COUNT else "contents")


def _is_subject(words: str) -> bool:
    """Return whether words name a subject, rather than articles in general ("the newest article")."""
    known = _GENERAL_NOUNS | _NEWEST | _OLDEST | FUNCTION_WORDS | {"most"}
    has_other_words = any(word not in known for word in _WORD.findall(words.lower()))
    # A capital tells "WHO" and "IT" from "who" and "it", except at the start of a question.
    return has_other_words or any(character.isdigit() for character in words) or any(map(str.isupper, words[1:]))
