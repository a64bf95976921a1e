"""Who said what: statements found in a text by the words around a cue such as "said".

The rule is a plain one: a sentence is a statement where a name stands as the subject of a cue ("Kirby said",
"said Kirby", "according to Kirby"), or a pronoun that stands for the last speaker ("he added"). Sentences in
quotation marks that name nobody belong to the speaker of the same quotation, or of the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from .records import Span, Statement, surname
from .words import NO_NAMES, TITLES

_CUES = (
    "says? said saying tells? told adds? added argues? argued claims? claimed claiming warns? warned warning insists?"
    " insisted denies denied deny explains? explained states? stated notes? noted writes? wrote tweets? tweeted"
    " announces? announced asks? asked replies replied responds? responded predicts? predicted suggests? suggested"
    " acknowledges? acknowledged admits? admitted concedes? conceded declares? declared demands? demanded promises?"
    " promised vows? vowed pledges? pledged urges? urged criticizes? criticized criticises? criticised accuses?"
    " accused blames? blamed praises? praised condemns? condemned rejects? rejected dismisses dismissed describes?"
    " described calls? called mentions? mentioned observes? observed recalls? recalled remarks? remarked complains?"
    " complained jokes? joked quips? quipped estimates? estimated stresses stressed emphasizes? emphasized"
    " emphasised confirms? confirmed concludes? concluded contends? contended asserts? asserted alleges? alleged"
    " proposes? proposed thinks? thought believes? believed hopes? hoped wants? wanted fears? feared expects? expected"
    " compares? compared likens? likened cautions? cautioned counters? countered continues? continued testifies"
    " testified charges? charged laments? lamented agrees? agreed disagrees? disagreed reveals? revealed cites? cited"
    " reiterates? reiterated considers? considered maintains? maintained answers? answered opposes? opposed"
    " denounces? denounced mocks? mocked slams? slammed hails? hailed defends? defended credits? credited touts?"
    " touted decries decried scoffs? scoffed chides? chided refuses? refused wonders? wondered points?\\sout"
    " pointed\\sout made\\sclear makes\\sclear attacks? attacked endorses? endorsed supports? supported questions?"
    " questioned labels? labeled refers? referred advises? advised assures? assured"
)
_SAY = "|".join(_CUES.split())
_INVERTED = (
    "said|says|told|tells|added|adds|argued|argues|wrote|writes|tweeted|explained|explains|warned|warns|asked|asks"
    "|replied|continued|continues|noted|notes|insisted|insists|claimed|concluded|concludes|declared|recalled|quipped"
    "|joked|stated|responded|observed"
)
_ABBREVIATION = r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Adm|Sgt|Lt|Col|Capt|Prof|Rev|St|Jr|Sr)\."
_WORD = rf"{_ABBREVIATION}|[A-ZÀ-Þ][\w’'-]*\w|[A-Z]\.(?:[A-Z]\.)*"
_PARTICLE = r"de|da|di|del|la|le|van|von|der|den|bin|al|el"
_NAME = rf"(?:{_WORD})(?:\s+(?:(?:{_PARTICLE})\s+)*(?:{_WORD}))*"
_ASIDE = r"(?:,\s[^,;.:“”\"]{1,120}(?:,[^,;.:“”\"]{1,60})?,|\s\([^)]{1,60}\))"
_ADVERB = (
    r"(?:\s(?:also|then|later|again|now|even|still|once|previously|repeatedly|just|[a-z]+ly|has|have|had|would"
    r"|to|long|both|all|never|often|always|who))"
)
_ROLE = r"(?:(?!that\b|in\b|on\b|at\b|of\b)[a-z][\w’'-]*,?\s){0,6}"  # "the company’s chief executive, "
_TITLE = "|".join(sorted(TITLES, key=len, reverse=True))
_OFFICE = rf"(?:{_NAME}\s(?:{_TITLE})\s)?"  # "White House spokesman "
_BEFORE = re.compile(rf"(?P<who>{_NAME}|\b[Hh]e|\b[Ss]he)(?P<aside>{_ASIDE})?,?{_ADVERB}{{0,3}}\s(?P<cue>{_SAY})\b")
_AFTER = re.compile(rf"[,”\"’'?!—–-]\s?(?P<cue>{_INVERTED})\s{_ROLE}{_OFFICE}(?P<who>{_NAME}|he\b|she\b)")
_ACCORDING = re.compile(rf"\b(?P<cue>[Aa]ccording\sto)\s{_ROLE}{_OFFICE}(?P<who>{_NAME})")
_HEADLINE = re.compile(rf"^[“\"]?(?P<who>{_NAME})(?P<cue>:)\s")
_PATTERNS = (_ACCORDING, _AFTER, _BEFORE, _HEADLINE)
_OBJECT_BEFORE = re.compile(r"\b(?:(?<!Secretary )of|to|by|with|for|from|about|against|than)\s$")
_OPENING_SUBJECT = re.compile(rf"(?:[A-Z][a-z]+\s)?(?P<who>{_NAME})(?:{_ASIDE})?\s[a-z]+")
_QUOTED = re.compile(r"“[^”]*(?:”|$)|''(?:(?!'').)*(?:''|$)|\"[^\"]*(?:\"|$)|^[^“\"]*”", re.DOTALL)

_PRONOUNS = {"he", "she"}


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as it stands in its paragraph: `outside` has quoted words blanked, same length."""

    span: Span
    words: str
    outside: str

    @property
    def is_quoted(self) -> bool:
        return sum(map(str.isalpha, self.outside)) < 0.5 * sum(map(str.isalpha, self.words))


@dataclass(frozen=True, slots=True)
class _Speech:
    """Who speaks in a sentence, by name."""

    speaker: str
    cue: str
    inferred: bool = False


def find_statements(article_id: int, text: str, sentences: Sequence[Span]) -> list[Statement]:
    """The statements of a text, in order, each one whole sentence.

    `sentences` are the sentences of `text`. Speakers are named as fully as the text names them before.
    """
    names = _Names()
    found: list[Statement] = []
    before: _Speech | None = None
    for paragraph in _paragraphs(text, sentences):
        speeches = _speeches(paragraph, names, before)
        for sentence, speech in zip(paragraph, speeches, strict=True):
            if speech is not None:
                start, end = sentence.span.start, sentence.span.end
                found.append(
                    Statement(article_id, speech.speaker, speech.cue, sentence.words, start, end, speech.inferred)
                )
        before = speeches[-1] if paragraph[-1].is_quoted else None
    return found


def _paragraphs(text: str, sentences: Sequence[Span]) -> Iterator[list[_Sentence]]:
    """The sentences of each line. A quotation that isn't closed ends with its line."""
    line_of: dict[Span, int] = {}
    at = line = 0
    for span in sentences:
        line += text.count("\n", at, span.start)
        at = span.start
        line_of[span] = line
    for _, group in groupby(sentences, key=line_of.__getitem__):
        spans = list(group)
        start, end = spans[0].start, spans[-1].end
        outside = _QUOTED.sub(_blank, text[start:end])
        yield [_Sentence(span, span.of(text), span.shifted(-start).of(outside)) for span in spans]


def _blank(match: re.Match[str]) -> str:
    """A quotation with its words blanked, marks kept: what is quoted has other speakers."""
    return re.sub(r"[^“”\"']", " ", match[0])


def _speeches(paragraph: Sequence[_Sentence], names: _Names, before: _Speech | None) -> list[_Speech | None]:
    """Who speaks in each sentence of a paragraph; `before` is who was quoted at the end of the one before."""
    speeches: list[_Speech | None] = []
    for sentence in paragraph:
        named = _named_speech(sentence.outside)
        speech = names.resolve(named) if named else None
        if speech is not None:
            names.spoke(speech.speaker)
        speeches.append(speech)
        names.read(sentence.outside)
    quoted = [sentence.is_quoted for sentence in paragraph]
    known = next((s for s in speeches if s is not None), None) or (before if quoted[0] else None)
    for at, speech in enumerate(speeches):
        if speech is not None:
            known = speech
        elif quoted[at] and known is not None:
            speeches[at] = _Speech(known.speaker, known.cue, inferred=True)
    return speeches


def _named_speech(outside: str) -> _Speech | None:
    """The first speaker in a sentence, as written."""
    matches = [m for pattern in _PATTERNS for m in pattern.finditer(outside)]
    for match in sorted(matches, key=lambda m: (m["cue"] == ":", m.start("cue"))):
        who = _without_lead(match["who"])
        is_object = match.re is not _ACCORDING and _OBJECT_BEFORE.search(outside[: match.start("who")])
        if who and not is_object:
            return _Speech(who, match["cue"])
    return None


def _without_lead(who: str) -> str:
    """A name without words that only open the sentence: "But Kirby" is Kirby; "The" alone is nobody."""
    parts = who.split()
    if len(parts) == 1 and parts[0].lower() in _PRONOUNS:
        return who
    while parts and parts[0].strip(".’'").lower() in NO_NAMES:
        parts.pop(0)
    return " ".join(parts)


class _Names:
    """Names seen so far in a text, for surnames and pronouns."""

    def __init__(self) -> None:
        self._full: dict[str, str] = {}
        self._last_named: str | None = None

    def read(self, words: str) -> None:
        """Remember the full names in a sentence: the first full form of a surname counts."""
        for match in re.finditer(_NAME, words):
            name = bare_name(_without_lead(match[0]))
            if len(name.split()) > 1:
                self._full.setdefault(surname(name), name)
        if opening := _OPENING_SUBJECT.match(words):
            name = bare_name(_without_lead(opening["who"]))
            if surname(name) in self._full:
                self._last_named = self._full[surname(name)]

    def spoke(self, name: str) -> None:
        """`name` is who a following "he" or "she" stands for."""
        self._last_named = name

    def resolve(self, named: _Speech) -> _Speech | None:
        """The same with the full name; None for a pronoun before anybody was named."""
        if named.speaker.lower() in _PRONOUNS:
            return _Speech(self._last_named, named.cue, inferred=True) if self._last_named else None
        name = bare_name(named.speaker)
        full = self._full.get(surname(name), name) if len(name.split()) == 1 else name
        return _Speech(full, named.cue) if full else None


def bare_name(name: str) -> str:
    """A name without what stands before it up to the last title, and without a possessive ending."""
    parts = name.split()
    titles = [at for at, part in enumerate(parts) if part.strip(".").lower() in TITLES]
    if titles and titles[-1] + 1 < len(parts):
        parts = parts[titles[-1] + 1 :]
    return re.sub(r"[’']s$", "", " ".join(parts))
