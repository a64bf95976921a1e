"""What kind of thing a question asks for (a date, a number, a name …), and where a sentence holds one."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

from index import Span
from index.text import DAYS, FUNCTION_WORDS

_MONTH = "|".join(calendar.month_name[1:])
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH})\b(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? \d{{4}}\b)?"
    r"|\b(?:1\d|20)\d\d(?:[-–](?:\d\d)?\d\d)?s?\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|\b[\w-]+(?:th|st|nd|rd)[ -]centur(?:y|ies)\b|\b(?:yesterday|today|tonight)\b"
)
_COUNT = (
    r"(?:\d[\d,.]*\d|\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?"
    r"|millions?|billions?|trillions?|dozens?|half|twice)\b)"
    r"(?:[ -](?:hundred|thousand|million|billion|trillion|dozen)\b)?"
)
_NUMBER = re.compile(_COUNT, re.IGNORECASE)
_TIME = r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|generations?)"
_DURATION = re.compile(rf"(?:{_COUNT}|\b(?:an?|several|many|few))[ -](?:\w+ )?{_TIME}\b", re.IGNORECASE)
_LENGTH = re.compile(
    rf"{_DURATION.pattern}"
    rf"|{_COUNT}[ -](?:kilo|centi|milli)?(?:met(?:re|er)s?|miles?|feet|foot|yards?|inch(?:es)?|km|cm|m)\b",
    re.IGNORECASE,
)
_PACE = re.compile(rf"{_DURATION.pattern}|{_COUNT}", re.IGNORECASE)
_AGE_OF_SOMEBODY = re.compile(
    rf"{_COUNT}[ -](?:years?|months?|weeks?|days?)[ -](?:old|of age)|\b(?:aged?|age of|turned) {_COUNT}"
    rf"|, {_COUNT},|\bborn\b.*?{_COUNT}|\bdat(?:es?|ed|ing) (?:from|back)\b|\bcentur(?:y|ies)\b",
    re.IGNORECASE,
)
_AGE = re.compile(rf"{_AGE_OF_SOMEBODY.pattern}|{_COUNT}[ -](?:years?|months?|weeks?|days?)[ -]ago", re.IGNORECASE)
_MONEY = re.compile(
    rf"(?:[$€£¥]|US\$|USD|EUR)\s?\d[\d,.]*(?: (?:million|billion|trillion))?"
    rf"|{_COUNT} (?:dollars|euros|pounds|cents|francs|yen|rou?bles)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"{_COUNT} ?(?:%|per ?cent\b|percentage points?)|\b(?:half|two-thirds|majority)\b", re.IGNORECASE
)
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'.-]*(?: (?:(?:of|de|da|van|von|bin|al|the|la|le|du|des) )*[A-ZÀ-Þ][\w’'.-]*)*")
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|so that|in order to|therefore|thus|hence|caus(?:ed?|ing)|led to|as a result"
    r"|result(?:ed|ing) (?:in|from)|reason|for fear|in response|in protest"
    r"|to (?:avoid|prevent|protect|help|make|allow|reduce|stop|ensure|gain|keep|get|escape|secure))\b",
    re.IGNORECASE,
)
_NAMED = (
    "person people man woman king queen president leader group company country countries city cities state states"
    " nation nations emperor author writer politician general religion treaty article court case language name"
    " organisation organization party region river island town place continent institution body war battle award prize"
    " team"
)


@dataclass(frozen=True, slots=True)
class AnswerType:
    """A kind of thing: how questions ask for it, and how it looks in a sentence.

    `is_certain` tells that no answer to such a question goes without it.
    """

    name: str
    asks: re.Pattern[str]
    looks: re.Pattern[str]

    @property
    def is_certain(self) -> bool:
        """True for amounts of money and ages, which look like nothing else."""
        return self.name in ("money", "age")


_ALL = tuple(
    AnswerType(name, re.compile(rf"\b(?:{asks})\b", re.IGNORECASE), looks)
    for name, asks, looks in (
        (
            "share",
            r"(?:what|which|how (?:large|big)) (?:a )?(?:percent|percentage|share|proportion|fraction)",
            _PERCENT,
        ),
        ("share", r"how many percent", _PERCENT),
        ("money", r"how much (?:money|did .{0,40} (?:cost|pay|spend|raise|lose|earn)|does .{0,40} cost)", _MONEY),
        ("money", r"what (?:did|does|was|is) .{0,30}(?:cost|price|worth)|how expensive", _MONEY),
        ("duration", r"how long", _LENGTH),
        ("age", r"how old (?:is|was|are|were) (?-i:[A-ZÀ-Þ])\w*", _AGE_OF_SOMEBODY),
        ("age", r"how old|(?:what|which) age", _AGE),
        ("duration", r"how (?:fast|quickly|soon)", _PACE),
        ("duration", rf"how many {_TIME}", _DURATION),
        ("number", r"how (?:many|much|far|big|large|high|tall|often|deep|wide|heavy|hot|cold)", _NUMBER),
        (
            "number",
            r"(?:what|which) (?:(?:was|is|were) the )?(?:number|amount|total|distance|score|rate|speed)",
            _NUMBER,
        ),
        ("date", r"when|(?:what|which) (?:year|date|day|month|century|decade|time)s?", _DATE),
        ("name", r"who|whom|whose|where|by what name|named?", _NAME),
        ("name", rf"(?:what|which) (?:\w+ )?(?:{'|'.join(_NAMED.split())})", _NAME),
        ("reason", r"why|what (?:caused|led|made|prompted)|what (?:was|is|were) the (?:reason|cause|purpose)", _REASON),
    )
)
_LIST = re.compile(
    r"^(?:please )?(?:(?:list|name|enumerate) (?!of |an? |one )"
    r"|(?:which|what) (?:\w+ )?(?!(?:was|has|does|is)\b)\w*[^\Wsui]s (?!(?:is|was|does)\b))",
    re.IGNORECASE,
)
_EMPHASISED = 3  # things in one quote; of more, none is the one


def answer_type_of(query: str) -> AnswerType | None:
    """The kind of thing that a question asks for; None where it is of no kind that can be seen."""
    return next((asked for asked in _ALL if asked.asks.search(query)), None)


def expects_list(query: str) -> bool:
    """True for "which cities …", "name the states …"."""
    return _LIST.match(query) is not None


def answer_spans(words: str, asked: AnswerType, query: str) -> list[Span]:
    """Where a sentence holds things of a kind that the question doesn't name itself."""
    named = {_singular(word) for word in re.findall(r"\w+", query.lower())}
    found = []
    for match in asked.looks.finditer(words):
        parts = [part for part in re.findall(r"[\w’'-]+", match[0]) if asked.name != "name" or part[0].isupper()]
        if asked.name == "name" and match.start() == 0 and parts and parts[0].lower() in FUNCTION_WORDS | DAYS:
            parts = parts[1:]
        if asked.name == "name" and all(part.lower() in DAYS for part in parts):
            continue
        if match[0].lower() != "one" and any(_singular(part.lower()) not in named for part in parts):
            found.append(Span(match.start(), match.start() + len(match[0].rstrip(".’'-"))))
    return found


def emphasis_in(words: str, query: str) -> tuple[Span, ...]:
    """The dates, numbers or names in a quote that a question asks for, where they are few."""
    asked = answer_type_of(query)
    if asked is None or asked.name == "reason":
        return ()
    found = answer_spans(words, asked, query)
    return tuple(found) if len(found) <= _EMPHASISED else ()


def _singular(word: str) -> str:
    return re.sub(r"[’']?s$", "", word)
