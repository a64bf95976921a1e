"""What a question means after the questions before it: "And about Biden?", "when?", "What did he say about that?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index import Gender, gender_of_first_name

from ..answer import Turn
from ..errors import QuestionError
from .filters import extract_filters
from .question import MOST, NAME, LibraryKnowledge, Question, ask_speaker, checked, names_in, speech_topic, standalone

_MAX_TURNS = 20  # how far back a question may refer

_THANKS = re.compile(
    r"^(?:ok(?:ay)?|thanks?(?: you)?(?: very much| a lot)?|great|good|nice|cool|hello|hi|hey|bye|really|yes|no|sure"
    r"|please|wow|interesting|i see|got it)\W*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:and )?(?:what|anything|something) (?:else|more)(?: did (?:he|she|they) say)?\W*$|^(?:tell me )?more\W*$"
    r"|^go on\W*$|^what else\b.{0,20}$",
    re.IGNORECASE,
)
_WHO_IS = re.compile(r"^(?:and )?who (?:is|was) (?:he|she|that)\W*$", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:and |but |so )*(?P<ask>when|where|why|how|who|how many|how much|since when|who else|which one)"
    r"(?: (?:was|is|did|does) (?:that|this|it|he|she))?(?: (?:say|happen|said|happened|so))?\W*$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^(?:(?:no|sorry|actually|i mean|i meant|not that|rather)\b[ ,]*"
    r"|not (?:the )?[^.,;]{2,40}[.,;] *(?:but )?)+(?=\S)",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"^(?:(?:and|but|so|or|ok(?:ay)?)\b[ ,]*)*(?P<how>what about |how about |about |on )?", re.IGNORECASE
)
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|can|could|will|would"
    r"|tell|say|said|give|show|list|explain)\b",
    re.IGNORECASE,
)
_NAME_AND_TOPIC = re.compile(r"^(?:the )?(?P<who>.+?) (?:about|on) (?P<about>.+)$", re.IGNORECASE)
_BY = re.compile(r"^(?:by|according to|only|from) |\s+again$", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers|(?:this|that) (?:man|woman))\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:it|that|this|these|those)\b", re.IGNORECASE)
_THEIR = re.compile(r"\b(?:their|its) (?=\w+ (?:say|said|tell|told|think|want)\b)", re.IGNORECASE)
_GENDERS: dict[str, Gender] = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
_WHO_IS_NAMED = re.compile(r"^who (?:is|was) \S+(?: \S+){0,2}$", re.IGNORECASE)
_ASKED = re.compile(
    r"^(?:when|where|why|how)(?= (?:did|does|do|is|are|was|were|has|have|had|can|will)\b)", re.IGNORECASE
)
_ASKS_WHO = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)
_ASKS_OBJECT = re.compile(r"^what (?:did|does|do) (?:\S+ ){1,3}\w+\W*$", re.IGNORECASE)
_WHICH = re.compile(r"^(?:which|what) (?P<kind>[a-z]+)\b", re.IGNORECASE)
# "and on Monday?", "and before?": what stands in the place of such words in the question before.
_WHEN_WHERE = re.compile(
    r"^(?P<how>on|in|at|before|after|since|until|during|by|for|from|to|with|now|today|then)\b", re.IGNORECASE
)
_TIMES = ("before", "after", "since", "until", "during", "now", "today", "then")
_ONE = re.compile(r"^(?P<which>the \w+) ones?$", re.IGNORECASE)
_ABOUT_THING = re.compile(r"\s*\b(?:about|to|on|of)\s+(?:it|that|this|these|those)\b", re.IGNORECASE)


def understand(text: str, history: Sequence[Turn], known: LibraryKnowledge) -> Question:
    """Understand a question, by itself or from the questions before it, `history`, oldest first.

    Raises:
        QuestionError: the question is empty, too long, holds no word, or names nobody where it must.
    """
    before: Question | None = None
    for turn in history[-_MAX_TURNS:]:
        try:
            before = _understand(checked(turn.question), before, known)
        except QuestionError:
            continue  # it got no answer, so nothing refers to it
        before = _with_answer(before, turn.answer, known)
    return _understand(checked(text), before, known)


def _with_answer(asked: Question, answer: str, known: LibraryKnowledge) -> Question:
    """A question with whom and what the next one may refer to, after its answer."""
    if asked.kind == "statements" and not asked.speakers:
        return replace(asked, excluded=(*asked.excluded, *speakers_in(answer)))
    quotes = re.split(r" \[\d+\]", answer)[:-1]
    named = known.people_in(asked.query)
    new = [name for quote in quotes for name in names_in(quote) if name.casefold() not in asked.query.casefold()]
    told = _people(new, known)
    is_asked_for = _ASKS_WHO.search(asked.query) and not _WHO_IS_NAMED.match(asked.query)
    people = [*told, *named] if is_asked_for else [*named, *told]
    thing = _told_thing(asked.query, quotes[0], new) if quotes else None
    return replace(asked, people=(*asked.speakers, *people), thing=thing or asked.thing)


def _people(names: Sequence[str], known: LibraryKnowledge) -> list[str]:
    """Those of the names that are people's: of speakers, or with a first name."""
    words = {word for person in known.people_in(" ".join(names)) for word in person.split()}
    return [n for n in names if words.intersection(n.split()) or (" " in n and gender_of_first_name(n) is not None)]


def _told_thing(query: str, quote: str, new: Sequence[str]) -> str | None:
    """What "which ship …" and "what did DART hit" were answered with, where it has a name."""
    if (which := _WHICH.match(query)) and (called := re.search(rf"\b{which['kind']} (?:called )?({NAME})", quote)):
        return f"the {which['kind']} {called[1]}"
    return next((name for name in new if name in quote), None) if _ASKS_OBJECT.match(query) else None


def _understand(text: str, before: Question | None, known: LibraryKnowledge) -> Question:
    if _THANKS.match(text):
        raise QuestionError("Please ask a question about the articles.")
    if before is None:
        return standalone(text, known)
    meant = _CORRECTION.sub("", text) or text
    if (short := _short(text, meant, before, known)) is not None:
        return short
    return _with_pronouns(text, meant, before, known) or standalone(text, known, meant)


def _short(text: str, meant: str, before: Question, known: LibraryKnowledge) -> Question | None:
    """Questions that are hardly more than a word or a name; None for others."""
    if _MORE.match(text):
        return replace(before, text=text, passed=before.passed + MOST)
    person = _person(text, before)
    if _WHO_IS.match(text) and person:
        return standalone(text, known, f"Who is {person}?")
    if bare := _BARE.match(text):
        return _bare(text, bare["ask"].lower(), before, known)
    introduced = _INTRODUCED.match(meant)
    what = meant[introduced.end() :].strip(" ?!.,") if introduced else meant
    is_introduced = len(what) < len(text.strip(" ?!.,"))
    if not what or _ASKS.search(what) or len(what.split()) > 8:
        return None
    about_only = bool(introduced and introduced["how"] and introduced["how"].lower() in ("about ", "on "))
    return _swapped(text, what, before, about_only, is_introduced, known)


def _bare(text: str, ask: str, before: Question, known: LibraryKnowledge) -> Question:
    """ "When?", "who else?" """
    if before.kind == "statements":
        if ask in ("when", "since when"):
            return replace(before, text=text, asks_when=True)
        if ask == "who else":
            topic = before.about or before.topic
            excluded = (*before.excluded, *before.speakers)
            query = f"Who else said something about {topic}?"
            return replace(before, text=text, query=query, speakers=(), excluded=excluded, asks_when=False, topic=topic)
    asked = _ASKED.sub(ask, before.query)
    return standalone(text, known, asked if asked != before.query else f"{ask} {before.topic}", before.topic)


def speakers_in(answer: str) -> list[str]:
    """Whom an answer has quoted, by the leads in its text."""
    leads = [part[:-1] for part in answer.split("\n\n") if part.endswith(":") and not part.startswith(("“", '"'))]
    return list(dict.fromkeys(re.split(r" \(|, ", lead, maxsplit=1)[0] for lead in leads))


def _in_place(what: str, name: str, before: Question, known: LibraryKnowledge) -> str:
    """The question before with these words in the place of those that they stand for."""
    query = before.query.rstrip("?!. ")
    if when := _WHEN_WHERE.match(what):
        how = when["how"].lower()
        hows = "|".join(_TIMES) if how in _TIMES else how
        return re.sub(rf"\s\b(?:{hows})\b(?! many| much)[^,]*$", "", query, flags=re.IGNORECASE) + f" {what}"
    for earlier in (*reversed(before.names), *known.people_in(query)):  # "Where was Karikó born?" – "And Weissman?"
        if names_in(what) or len(what.split()) <= 3:
            pattern = "|".join(re.escape(word) for word in (earlier, *earlier.split()[::-1]))
            swapped = re.sub(rf"\b(?:{pattern})\b", lambda _: name, query, count=1, flags=re.IGNORECASE)
            if swapped != query:
                return swapped
    return f"{query} {what}"


def _swapped(
    text: str, what: str, before: Question, about_only: bool, is_introduced: bool, known: LibraryKnowledge
) -> Question | None:
    """ "And about Biden?" asks the same speaker about another topic, "And Kirby?" another one about the same."""
    name = re.sub(r"^the\s+", "", what, flags=re.IGNORECASE)
    if before.kind == "fact":
        return standalone(text, known, _in_place(what, name, before, known)) if is_introduced else None
    rest, limits = extract_filters(f" {what}", known)
    if not rest.strip() and not limits.is_open:  # "and in 2016?"
        return replace(before, text=text, limits=limits, passed=0)
    if (one := _ONE.match(what)) and before.about:  # "What did he say about the last game?" – "No, the fourth one."
        what = f"{one['which']} {before.about.split()[-1]}"
    both = _NAME_AND_TOPIC.match(what)
    if both and known.is_speaker(both["who"]):  # "And Blinken on diplomacy?"
        return replace(ask_speaker(text, both["who"], both["about"]), limits=before.limits)
    bare = _BY.sub("", name)
    is_corrected = before.about is None and bool(_CORRECTION.match(text))
    is_new_name = is_introduced and ((names_in(bare) == (bare,) and bool(before.about)) or is_corrected)
    if not about_only and (known.is_speaker(bare) or is_new_name):
        asked = ask_speaker(text, bare, before.about)
        return replace(asked, limits=before.limits, is_about_carried=before.about is not None)
    if not is_introduced:
        return None
    who = " and ".join(before.speakers)
    query = f"What did {who} say about {what}?" if who else f"What has been said about {what}?"
    return replace(
        before,
        text=text,
        query=query,
        names=names_in(query),
        topic=speech_topic(before.speakers, what),
        about=what,
        way=None,
        is_about_carried=False,
        asks_when=False,
        passed=0,
    )


def _with_pronouns(text: str, meant: str, before: Question, known: LibraryKnowledge) -> Question | None:
    """The question with "he", "she", "that" and "it" replaced by whom and what the one before was about."""
    query = _THEIR.sub("the ", meant)
    person = _person(query, before)
    if person and _PERSON.search(query):
        query = _PERSON.sub(lambda m: f"{person}'s" if m[0].lower() in ("his", "hers") else person, query, count=1)
    elif names_in(query):
        # It names its own matter; "that" in it refers to its own words, but for "about that".
        topic = before.about or (None if before.speakers else before.topic)
        if topic and _ABOUT_THING.search(query):
            return standalone(text, known, _ABOUT_THING.sub(f" about {topic}", query, count=1))
        query = _ABOUT_THING.sub("", query)
        return standalone(text, known, query) if query != text else None
    thing = before.thing or before.about or (None if before.speakers else before.topic)
    if _ABOUT_THING.search(query):
        query = _ABOUT_THING.sub(f" about {thing}" if thing else "", query, count=1)
    elif thing and _THING.search(query):
        query = _THING.sub(thing, query, count=1)
    return replace(standalone(text, known, query), thing=before.thing) if query != text else None


def _person(text: str, before: Question) -> str | None:
    """Whom "he" or "she" means after a question."""
    pronoun = _PERSON.search(text)
    gender = _GENDERS.get(pronoun[0].lower()) if pronoun else None
    people = (*before.people, *before.speakers, *before.names)
    fitting = (name for name in people if gender_of_first_name(name) in (None, "either", gender) or not gender)
    return next(fitting, None)
