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

from .records import Span, Statement
from .words import NO_NAMES, ORGANISATIONS, TITLES, without_suffix

_CUES = """
    say says said saying tell tells told add adds added argue argues argued claims claimed claiming warn warns warned
    warning insist insists insisted denies denied explains explained stated notes noted writes wrote tweets tweeted
    announces announced asks asked replies replied responds responded predicts predicted suggests suggested
    acknowledges acknowledged admits admitted concedes conceded declares declared demands demanded promises promised
    vows vowed pledges pledged urges urged criticizes criticized criticises criticised accuses accused blames blamed
    praises praised condemns condemned rejects rejected dismisses dismissed describes described calls called mentions
    mentioned observes observed recalls recalled remarks remarked complains complained jokes joked quips quipped
    estimates estimated stresses stressed emphasizes emphasized emphasised confirms confirmed concludes concluded
    contends contended asserts asserted alleges alleged proposes proposed think thinks thought believe believes
    believed hopes hoped want wants wanted fears feared expects expected compares compared(?!\\swith) likens likened
    cautions cautioned counters countered continues continued testifies testified laments lamented agrees agreed
    disagrees disagreed reveals revealed cites cited reiterates reiterated considers considered maintains maintained
    answers answered opposes opposed denounces denounced mocks mocked slams slammed hails hailed defends defended
    credits credited touts touted decries decried scoffs scoffed chides chided refuses refused wonders wondered
    points\\sout pointed\\sout made\\sclear makes\\sclear attacked endorses endorsed supported questioned labeled
    refers referred advises advised assures assured
"""
_SAY = "|".join(_CUES.split())
# A name right behind these is the speaker ("said Kirby"), never the listener ("told Kirby").
_INVERTED = (
    "said|says|added|adds|argued|argues|wrote|writes|tweeted|explained|explains|replied|continued|continues|noted"
    "|notes|insisted|insists|claimed|concluded|concludes|declared|recalled|quipped|joked|stated|responded|observed"
)
_ABBREVIATION = r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Adm|Sgt|Lt|Col|Capt|Prof|Rev|St|Jr|Sr)\."
_WORD = rf"{_ABBREVIATION}|[A-ZÀ-Þ][\w’'-]*\w|[A-Z]\.(?:[A-Z]\.)*"
_PARTICLE = r"de|da|di|del|la|le|van|von|der|den|bin|al|el"
_OF = r"(?:(?<=Secretary)|(?<=Minister)|(?<=Speaker)|(?<=Director)|(?<=Governor))\sof(?:\sthe)?"
_NAME = rf"(?<![\w.])(?:{_WORD})(?:(?:{_OF})?\s+(?:(?:{_PARTICLE})[\s-]+){{0,3}}(?:{_WORD})){{0,7}}"
_ASIDE = r"(?:,\s[^,;.:“”\"]{1,120}(?:,[^,;.:“”\"]{1,60})?,|\s\([^)]{1,60}\))"
_ADVERB = (
    r"(?:\s(?:also|then|later|again|now|even|still|once|previously|repeatedly|just|[a-z]+ly|has|have|had|would"
    r"|to|long|both|all|never|often|always|who))"
)
_ROLE = r"(?:(?!that\b|in\b|on\b|at\b|of\b)[a-z][\w’'-]*,?\s){0,6}"  # "the company’s chief executive, "
_TITLE = "|".join(sorted(TITLES, key=len, reverse=True))
_OFFICE = rf"(?:{_NAME}\s(?:{_TITLE})\s)?"  # "White House spokesman "
_ORIGIN = rf"(?:\sof\s{_NAME}(?:,\s{_NAME},)?)?"  # "Jim Obergefell of Cincinnati, Ohio, said"
_WHO = rf"(?P<who>{_NAME}|\b[Hh]e|\b[Ss]he)"
_BEFORE = re.compile(rf"{_WHO}{_ORIGIN}{_ASIDE}?,?{_ADVERB}{{0,3}}\s(?P<cue>{_SAY})\b")
# "Kirby thanked the reporters and said that …"
_AND_SAID = re.compile(rf"{_WHO}{_ASIDE}?\s[a-z]+ed\s[^.,;:“”\"]{{1,80}}\sand\s(?P<cue>{_SAY})\b")
_AFTER = re.compile(rf"[,”\"’'?!—–-]\s?(?P<cue>{_INVERTED})\s{_ROLE}{_OFFICE}(?P<who>{_NAME}|he\b|she\b)")
_ACCORDING = re.compile(rf"\b(?P<cue>[Aa]ccording\sto)\s{_ROLE}{_OFFICE}(?P<who>{_NAME})")
_HEADLINE = re.compile(rf"^[“\"]?(?P<who>{_NAME})(?P<cue>:)\s")
_PATTERNS = (_ACCORDING, _AFTER, _BEFORE, _AND_SAID, _HEADLINE)
_SUBORDINATE = re.compile(r"^(?:After|When|While|As|Before|Since|Although|Though|If|Because)\b[^,]*,")
_OBJECT_BEFORE = re.compile(r"\b(?:of|to|by|with|for|from|about|against|than|in|at|on)\s$")
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
        is_pronoun = named is not None and named.speaker.lower() in _PRONOUNS
        if not is_pronoun:
            names.read(sentence.outside)
        speech = names.resolve(named) if named else None
        if speech is not None:
            names.spoke(speech.speaker)
        speeches.append(speech)
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
    matches = sorted(
        (match for pattern in _PATTERNS for match in pattern.finditer(outside)),
        key=lambda match: (match["cue"] == ":", match.start("cue")),
    )
    if (clause := _SUBORDINATE.match(outside)) is not None:  # "After Brandt insisted, Duarte said": Duarte speaks
        matches.sort(key=lambda match: match.end("cue") < clause.end())
    for match in matches:
        who = _without_lead(match["who"])
        is_object = match.re is not _ACCORDING and _OBJECT_BEFORE.search(outside[: match.start("who")])
        if who and not is_object and not is_title(who.split()[-1]):
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
    """Names seen so far in a text, for surnames, first names that stand alone, and pronouns."""

    def __init__(self) -> None:
        self._full: list[str] = []  # full names in the order of the text
        self._last_named: str | None = None

    def read(self, words: str) -> None:
        """Remember the full names in a sentence, and the person that it begins with."""
        for match in re.finditer(_NAME, words):
            name = bare_name(_without_lead(match[0]))
            if " " in name and name not in self._full and not is_title(name.split()[-1]):
                self._full.append(name)
        if opening := _OPENING_SUBJECT.match(words):
            person = self._completed(bare_name(_without_lead(opening["who"])))
            if len(person.split()) > 1 and not is_title(person.split()[-1]):
                self._last_named = person

    def spoke(self, name: str) -> None:
        """`name` is who a following "he" or "she" stands for."""
        self._last_named = name

    def resolve(self, named: _Speech) -> _Speech | None:
        """The same with the full name; None for a pronoun before anybody was named."""
        if named.speaker.lower() in _PRONOUNS:
            return _Speech(self._last_named, named.cue, inferred=True) if self._last_named else None
        name = self._completed(bare_name(named.speaker))
        return _Speech(name, named.cue) if name else None

    def _completed(self, name: str) -> str:
        """The one full name that ends, or else begins, with these words; `name` itself where there are several."""
        words = _parts(name)
        for part in (slice(-len(words), None), slice(None, len(words))):
            full = [other for other in self._full if len(_parts(other)) > len(words) and _parts(other)[part] == words]
            if full:
                same = {(_parts(other)[0], _parts(other)[-1]) for other in full}
                return full[0] if len(same) == 1 else name
        return name


def _parts(name: str) -> list[str]:
    """The words of a name, "al-Sisi" in two, without "Jr." and the like."""
    return without_suffix(re.split(r"[\s-]+", name))


def bare_name(name: str) -> str:
    """A name without the titles before it ("US President Barack Obama") and without a possessive ending.

    What is left has to be a name: "General Motors", "Treasury Department" and "Martin Luther King Jr." stay whole.
    """
    parts = re.sub(r"[’']s$", "", name).split()
    titles = [at for at, part in enumerate(parts) if is_title(part)]
    rest = parts[titles[-1] + 1 :] if titles else []
    if rest and rest[-1].lower() not in ORGANISATIONS and without_suffix(rest):
        parts = rest
    return " ".join(parts)


def is_title(word: str) -> bool:
    """True for a word such as "President" or "Gov."."""
    return word.strip(".").lower() in TITLES
