"""Who said what: statements found in a text by the words around a cue such as "said".

The rule is a plain one: a sentence is a statement where a name stands as the subject of a cue ("Kirby said",
"said Kirby", "according to Kirby"), or a pronoun that stands for the last speaker ("he added"); the sentences of
an open quotation belong to its speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .records import Span, Statement, surname

_SAY = (
    "said|says|saying|told|tells|added|adds|argued|argues|claimed|claims|warned|warns|insisted|insists|denied|denies"
    "|explained|explains|stated|states|noted|notes|wrote|writes|tweeted|tweets|announced|announces|asked|asks"
    "|replied|replies|responded|responds|predicted|predicts|suggested|suggests|acknowledged|acknowledges|admitted"
    "|admits|conceded|concedes|declared|declares|demanded|demands|promised|promises|vowed|vows|pledged|pledges"
    "|urged|urges|criticized|criticizes|criticised|criticises|accused|accuses|blamed|blames|praised|praises"
    "|condemned|condemns|rejected|rejects|dismissed|dismisses|described|describes|called|calls|mentioned|mentions"
    "|observed|recalled|recalls|remarked|remarks|complained|complains|joked|jokes|quipped|estimated|estimates|stressed"
    "|stresses|emphasized|emphasised|emphasizes|confirmed|confirms|concluded|concludes|contended|contends|asserted"
    "|asserts|alleged|alleges|proposed|proposes|thinks|thought|believes|believed|hopes|hoped|wants|wanted|fears|feared"
    "|expects|expected|compared|compares|likened|cautioned|cautions|countered|counters|continued|continues|testified"
    "|tweeting|charged|lamented|laments|agreed|agrees|disagreed|disagrees|reported|reports|revealed|reveals|cited|cites"
)
_INVERTED = (
    "said|says|told|tells|added|adds|argued|argues|wrote|writes|tweeted|explained|explains|warned|warns|asked|asks"
    "|replied|continued|continues|noted|notes|insisted|insists|claimed|concluded|declared|recalled|quipped|joked|stated"
)
_WORD = r"[A-ZÀ-Þ][\w’'-]*[\w]|[A-Z]\.(?:[A-Z]\.)*|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Sgt|Lt|Col|Capt|Prof|Rev|St|Jr|Sr)\."
_PARTICLE = r"de|da|di|del|la|le|van|von|der|den|bin|al|el"
_NAME = rf"(?:{_WORD})(?:\s+(?:(?:{_PARTICLE})\s+)*(?:{_WORD}))*"
_ASIDE = r"(?:,\s[^,;.“”\"]{1,120}(?:,[^,;.“”\"]{1,60})?,|\s\([^)]{1,60}\))"
_ADVERB = (
    r"(?:\s(?:also|then|later|again|now|even|still|once|previously|recently|repeatedly|reportedly|once|just|[a-z]+ly"
    r"|has|have|had|would|was|is|to|reporters))"
)
_ROLE = r"(?:(?!that\b|in\b|on\b|at\b|of\b)[a-z][\w’'-]*,?\s){0,6}"  # "the company’s chief executive, "
_BEFORE = re.compile(rf"(?P<who>{_NAME}|\b[Hh]e|\b[Ss]he)(?P<aside>{_ASIDE})?{_ADVERB}{{0,3}}\s(?P<cue>{_SAY})\b")
_AFTER = re.compile(
    rf"[,”\"’?!—–-]\s?(?P<cue>{_INVERTED})\s{_ROLE}(?P<who>{_NAME}|he\b|she\b)"
)
_ACCORDING = re.compile(rf"\b(?P<cue>[Aa]ccording\sto)\s{_ROLE}(?P<who>{_NAME})")
_HEADLINE = re.compile(rf"^(?P<who>{_NAME})(?P<cue>:)\s")
_PATTERNS = (_HEADLINE, _ACCORDING, _AFTER, _BEFORE)

_PRONOUNS = {"he", "she"}
_NO_NAME = set(
    "the a an it this that these those there here but and or so yet if when while as in on at for from by with after"
    " before since they we i you who what which one some many most all both each no not monday tuesday wednesday"
    " thursday friday saturday sunday january february march april may june july august september october november"
    " december his her its their our my your".split()
)
_TITLES = set(
    "mr mrs ms miss dr sen rep gov gen sgt lt col capt prof rev sir dame lord lady president vice senator governor"
    " secretary minister premier chancellor congressman congresswoman representative justice judge mayor spokesman"
    " spokeswoman spokesperson king queen prince princess pope archbishop bishop rabbi pastor general colonel captain"
    " sergeant lieutenant officer chief director director-general secretary-general administrator chairman"
    " chairwoman chair commissioner attorney prosecutor sheriff professor coach manager adviser advisor strategist"
    " analyst author actor actress economist reporter correspondent nominee candidate leader speaker ambassador"
    " executive chancellor businessman state defense defence treasury".split()
)
_OPEN, _CLOSE = "“", "”"


@dataclass(frozen=True, slots=True)
class _Speech:
    """Who speaks in one sentence, as written there."""

    who: str
    cue: str


def find_statements(article_id: int, text: str, sentences: Sequence[Span]) -> list[Statement]:
    """The statements of a text, in order, each one whole sentence.

    `sentences` are the sentences of `text`. Speakers are named as fully as the text names them before.
    """
    names = _Names()
    found: list[Statement] = []
    in_quotation: Statement | None = None
    for span in sentences:
        words = span.of(text)
        speech = _speech(words)
        inferred = speech is not None and speech.who.lower() in _PRONOUNS
        speaker, cue = names.resolve(speech.who) if speech else None, speech.cue if speech else ""
        if speaker is None and in_quotation is not None:
            speaker, cue, inferred = in_quotation.speaker, in_quotation.cue, True
        if speaker is not None:
            statement = Statement(article_id, speaker, cue, words, span.start, span.end, inferred)
            found.append(statement)
            names.spoke(speaker)
            in_quotation = statement if _stays_open(words, in_quotation is not None) else None
        else:
            in_quotation = None
        names.read(words)
    return found


def _speech(words: str) -> _Speech | None:
    """The first speaker in a sentence, outside of its quotations."""
    outside = _blanked(words)
    matches = [m for pattern in _PATTERNS for m in pattern.finditer(outside)]
    for match in sorted(matches, key=lambda m: (m["cue"] == ":", m.start("cue"))):
        who = _without_lead(match["who"])
        if who and not re.search(r"\b(?:(?<!Secretary )of|to|by|with|for|from|about|against|than|and)\s$", outside[: match.start("who")]):
            return _Speech(who, match["cue"])
    return None


def _without_lead(who: str) -> str:
    """A name without words that only open the sentence: "But Kirby" is Kirby; "The" alone is nobody."""
    parts = who.split()
    if len(parts) == 1 and parts[0].lower() in _PRONOUNS:
        return who
    while parts and parts[0].strip(".’'").lower() in _NO_NAME:
        parts.pop(0)
    return " ".join(parts)


def _blanked(words: str) -> str:
    """A sentence with the words of its quotations blanked, same length: what is quoted has other speakers."""

    def blank(match: re.Match[str]) -> str:
        inner = match[0]
        return inner[0] + " " * (len(inner) - 2) + inner[-1] if len(inner) > 1 else inner

    return re.sub(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|^[^“\"]*”", blank, words)


def _stays_open(words: str, was_open: bool) -> bool:
    """True where a quotation goes on behind this sentence."""
    if _OPEN in words or _CLOSE in words:
        return words.rfind(_OPEN) > words.rfind(_CLOSE)
    if '"' in words:
        return (words.count('"') % 2 == 1) != was_open
    return was_open


class _Names:
    """Names seen so far in a text, for surnames and pronouns."""

    def __init__(self) -> None:
        self._full: dict[str, str] = {}
        self._last_named: str | None = None

    def read(self, words: str) -> None:
        """Remember the full names in a sentence: the first full form of a surname counts."""
        for match in re.finditer(_NAME, words):
            name = _bare(_without_lead(match[0]))
            if len(name.split()) > 1:
                self._full.setdefault(surname(name), name)
        if opening := re.match(rf"(?:[A-Z][a-z]+\s)?(?P<who>{_NAME})(?:{_ASIDE})?\s[a-z]+", words):
            name = _bare(_without_lead(opening["who"]))
            if surname(name) in self._full:
                self._last_named = self._full[surname(name)]

    def spoke(self, name: str) -> None:
        """`name` is who a following "he" or "she" stands for."""
        self._last_named = name

    def resolve(self, who: str) -> str | None:
        """The full name for a name or pronoun; None for a pronoun before anybody spoke."""
        if who.lower() in _PRONOUNS:
            return self._last_named
        name = _bare(who)
        return self._full.get(surname(name), name) if len(name.split()) == 1 else name or None


def _bare(name: str) -> str:
    """A name without what stands before it up to the last title, and without a possessive ending."""
    parts = name.split()
    titles = [at for at, part in enumerate(parts) if part.strip(".").lower() in _TITLES]
    if titles and titles[-1] + 1 < len(parts):
        parts = parts[titles[-1] + 1 :]
    return re.sub(r"[’']s$", "", " ".join(parts))
