"""The type of answer that a question asks for (a date, a number, a name …), and where a sentence contains one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index import Span
from index.text import (
    COMMON_PARTICLES,
    DATE_WORDS,
    FUNCTION_WORDS,
    MONTH_NAME,
    NAME_WORD,
    UPPERCASE,
    WEEKDAY_NAME,
    one_of,
)

_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{MONTH_NAME})\b(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? \d{{4}}\b)?"
    rf"|\b(?:1\d|20)\d\d(?:[-–](?:\d\d)?\d\d)?s?\b|\b(?:{WEEKDAY_NAME})\b"
    r"|\b[\w-]{1,40}(?:th|st|nd|rd)[ -]centur(?:y|ies)\b|\b(?:yesterday|today|tonight)\b"
)
_QUANTITY = (
    r"(?:\d[\d,.]{0,30}\d|\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?"
    r"|millions?|billions?|trillions?|dozens?|half|twice)\b)"
    r"(?:[ -](?:hundred|thousand|million|billion|trillion|dozen)\b)?"
)
_NUMBER = re.compile(_QUANTITY, re.IGNORECASE)
_TIME_UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|generations?)"
_DURATION = re.compile(rf"(?:{_QUANTITY}|\b(?:an?|several|many|few))[ -](?:\w+ )?{_TIME_UNIT}\b", re.IGNORECASE)
_LENGTH = re.compile(
    rf"{_DURATION.pattern}"
    rf"|{_QUANTITY}[ -](?:kilo|centi|milli)?(?:met(?:re|er)s?|miles?|feet|foot|yards?|inch(?:es)?|km|cm|m)\b",
    re.IGNORECASE,
)
_SPEED = re.compile(rf"{_DURATION.pattern}|{_QUANTITY}", re.IGNORECASE)
_PERSON_AGE = re.compile(
    rf"{_QUANTITY}[ -](?:years?|months?|weeks?|days?)[ -](?:old|of age)|\b(?:aged?|age of|turned) {_QUANTITY}"
    rf"|, {_QUANTITY},|\bborn\b.{{0,200}}?{_QUANTITY}|\bdat(?:es?|ed|ing) (?:from|back)\b|\bcentur(?:y|ies)\b",
    re.IGNORECASE,
)
_AGE = re.compile(rf"{_PERSON_AGE.pattern}|{_QUANTITY}[ -](?:years?|months?|weeks?|days?)[ -]ago", re.IGNORECASE)
_MONEY = re.compile(
    rf"(?:[$€£¥]|US\$|USD|EUR)\s?\d[\d,.]*(?: (?:million|billion|trillion))?"
    rf"|{_QUANTITY} (?:dollars|euros|pounds|cents|francs|yen|rou?bles)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"{_QUANTITY} ?(?:%|per ?cent\b|percentage points?)|\b(?:half|two-thirds|majority)\b", re.IGNORECASE
)
_LINKS = one_of(COMMON_PARTICLES | {"of", "the", "da", "la", "le", "du", "des"})
_NAME = re.compile(rf"{NAME_WORD}(?: (?:(?:{_LINKS}) )*{NAME_WORD})*")
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|so that|in order to|therefore|thus|hence|caus(?:ed?|ing)|led to|as a result"
    r"|result(?:ed|ing) (?:in|from)|reason|for fear|in response|in protest"
    r"|to (?:avoid|prevent|protect|help|make|allow|reduce|stop|ensure|gain|keep|get|escape|secure))\b",
    re.IGNORECASE,
)
_NAMED_KINDS = (
    "person people man woman king queen president leader group company country countries city cities state states"
    " nation nations emperor author writer politician general religion treaty article court case language name"
    " organisation organization party region river island town place continent institution body war battle award prize"
    " team"
)


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """The type of answer that a question expects.

    Attributes:
        name: the type, such as "date".
        pattern: matches the values of the type in a sentence.
        asked: the words of the question, in lower case without "s" at the end.
    """

    name: str
    pattern: re.Pattern[str]
    asked: frozenset[str]

    @staticmethod
    def of(question: str) -> ExpectedAnswer | None:
        """Return the type of answer that a question expects, if it is recognised."""
        for name, asks, pattern in _TYPES:
            if asks.search(question):
                asked = frozenset(_without_s(word) for word in re.findall(r"\w+", question.lower()))
                return ExpectedAnswer(name, pattern, asked)
        return None

    @property
    def is_required(self) -> bool:
        """True if every answer contains a value of this type: amounts of money and ages are always recognised."""
        return self.name in ("money", "age")

    def find_spans(self, sentence: str) -> list[Span]:
        """Find the values of this type in a sentence, except those that only repeat words of the question."""
        return [
            Span(match.start(), match.start() + len(match[0].rstrip(".’'-")))
            for match in self.pattern.finditer(sentence)
            if match[0].lower() != "one"
            and any(_without_s(word.lower()) not in self.asked for word in self._significant_words(match))
        ]

    def find_emphasis(self, quote: str) -> tuple[Span, ...]:
        """Find the dates, numbers or names that a quote answers with, unless there are too many."""
        spans = () if self.name == "reason" else tuple(self.find_spans(quote))
        return spans if len(spans) <= _MAX_EMPHASIZED else ()

    def _significant_words(self, match: re.Match[str]) -> list[str]:
        """Return the words that decide whether a value is new. A name has none if it is a date ("Tuesday")."""
        words = re.findall(r"[\w’'-]+", match[0])
        if self.name != "name":
            return words
        words = [word for word in words if word[0].isupper()]
        if match.start() == 0 and words and words[0].lower() in FUNCTION_WORDS | DATE_WORDS:
            words = words[1:]
        return [] if all(word.lower() in DATE_WORDS for word in words) else words


# The types, each with a pattern for the questions that expect it and one for its values in a sentence.
_TYPES = tuple(
    (name, re.compile(rf"\b(?:{question})\b", re.IGNORECASE), answer)
    for name, question, answer in (
        (
            "share",
            r"(?:what|which|how (?:large|big)) (?:a )?(?:percent|percentage|share|proportion|fraction)",
            _PERCENT,
        ),
        ("share", r"how many percent", _PERCENT),
        ("money", r"how much (?:money|did .{0,40} (?:cost|pay|spend|raise|lose|earn)|does .{0,40} cost)", _MONEY),
        ("money", r"what (?:did|does|was|is) .{0,30}(?:cost|price|worth)|how expensive", _MONEY),
        ("duration", r"how long", _LENGTH),
        ("age", rf"how old (?:is|was|are|were) (?-i:[{UPPERCASE}])\w*", _PERSON_AGE),
        ("age", r"how old|(?:what|which) age", _AGE),
        ("duration", r"how (?:fast|quickly|soon)", _SPEED),
        ("duration", rf"how many {_TIME_UNIT}", _DURATION),
        ("number", r"how (?:many|much|far|big|large|high|tall|often|deep|wide|heavy|hot|cold)", _NUMBER),
        (
            "number",
            r"(?:what|which) (?:(?:was|is|were) the )?(?:number|amount|total|distance|score|rate|speed)",
            _NUMBER,
        ),
        ("date", r"when|(?:what|which) (?:year|date|day|month|century|decade|time)s?", _DATE),
        ("name", r"who|whom|whose|where|by what name|named?", _NAME),
        ("name", rf"(?:what|which) (?:\w+ )?(?:{'|'.join(_NAMED_KINDS.split())})", _NAME),
        ("reason", r"why|what (?:caused|led|made|prompted)|what (?:was|is|were) the (?:reason|cause|purpose)", _REASON),
    )
)
_LIST = re.compile(
    r"^(?:please )?(?:(?:list|name|enumerate) (?!of |an? |one )"
    r"|(?:which|what) (?:\w+ )?(?!(?:was|has|does|is)\b)\w*[^\Wsui]s (?!(?:is|was|does)\b))",
    re.IGNORECASE,
)
_MAX_EMPHASIZED = 3  # values in one quote; if there are more, none of them stands out as the answer


def expects_list(query: str) -> bool:
    """Return whether a question asks for several things: "which cities …", "name the states …"."""
    return _LIST.match(query) is not None


def _without_s(word: str) -> str:
    return re.sub(r"[’']?s$", "", word)
