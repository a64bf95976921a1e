"""Parse the values of numbers in any notation: "two thirds", "2/3", "1,000", "$1 million", "1:59:40"."""

from __future__ import annotations

import re

from text_to_num import alpha2digit

_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
_TIME = re.compile(
    r"(?<![\d:.])(\d{1,2})[.:](\d\d)"
    r"(?= ?(?:[ap]\.?m\b|hours\b|o'clock|local|GMT|UTC|CET|in the (?:morning|afternoon|evening)))",
    re.IGNORECASE,
)
_REPLACEMENTS = (
    (re.compile(r"\b(\d+|one|two|three) and (?:a|one) half\b", re.IGNORECASE), lambda match: _decimal_half(match)),
    (
        re.compile(
            r"\b(?:a|one) (?=hundred|thousand|million|billion|trillion|dozen|decade|half|third|quarter)", re.IGNORECASE
        ),
        "1 ",
    ),
    (
        re.compile(
            r"\bhalf (?:of )?(?:a|an|1) (?=hundred|thousand|million|billion|trillion|dozen|decade)", re.IGNORECASE
        ),
        "0.5 ",
    ),
    (re.compile(r"\b(?:1 |0?\.5 )?half\b", re.IGNORECASE), "0.5"),
    (re.compile(r"\b(?:two|2) times\b", re.IGNORECASE), "twice"),
    (re.compile(r"\b(\w+|\d+) dozen\b", re.IGNORECASE), r"\1 times 12"),
    (re.compile(r"\b(\w+|\d+) decades?\b", re.IGNORECASE), r"\1 times 10 years"),
)
_YEAR_RANGE = re.compile(r"\b(1\d|20)(\d\d)[–/-](\d\d)\b")  # 1038–40
_CENTURY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)[ -]centur(?:y|ies)\b")
_SHARE = re.compile(r"(?<![\d.,])(\d{1,3}) (?:in|out of)(?: every)? (\d{1,3})\b(?! \w*(?:uary|ch|il|ber)\b)")
_FRACTION = re.compile(
    r"\b(\d+)(?: ?/ ?(\d+)|[- ](3rd|4th|5th|6th|8th|10th)s?\b(?= of\b))|\b1 (quarter|third)s?\b", re.IGNORECASE
)
_NUMBER = re.compile(
    r"(?<![\w.])(?<![A-Z]-)[$€£]?(?P<digits>\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?"
    r"(?:[ -]?(?P<scale>1000000000000|1000000000|1000000|1000|100|k|m|mn|bn|tn)\b)?",
    re.IGNORECASE,
)
_PART = re.compile(r".{1,1000}(?!\S)|.{1,1000}", re.DOTALL)  # alpha2digit's time grows with the square of its text's
_PRODUCT = re.compile(r"\b(\d+(?:\.\d+)?) times (12|10)\b")


def numbers_in(text: str) -> frozenset[float]:
    """Return the values of the numbers in a text; the parts of "1:59:40" count separately."""
    plain = text.replace("\xa0", " ").replace("’", "'")
    for pattern, replacement in _REPLACEMENTS:
        plain = pattern.sub(replacement, plain)
    plain = _TIME.sub(lambda match: f"{int(match[1]) % 12}:{match[2]}", plain)  # 15.05 is 3.05 pm
    plain = re.sub(r"(?<=\d):(?=\d)", " : ", plain)
    plain = _YEAR_RANGE.sub(lambda match: f"{match[1]}{match[2]} {match[1]}{match[3]}", plain)
    plain = _words_to_digits(plain)
    plain = _PRODUCT.sub(lambda match: f"{float(match[1]) * float(match[2]):g}", plain)
    plain = _CENTURY.sub(lambda match: f"{int(match[1]) - 1}00s", plain)
    plain = _FRACTION.sub(_decimal_fraction, plain)
    plain = _SHARE.sub(lambda match: f"{int(match[1]) / (int(match[2]) or 1):g}", plain)
    values = set()
    for match in _NUMBER.finditer(plain):
        value = float(match["digits"].replace(",", "")) if match["digits"].strip(",") else 0.0
        if scale := match["scale"]:
            value *= _SCALES.get(scale.lower()) or float(scale)
        values.add(round(value, 6))
    return frozenset(values)


def unsupported_numbers(sentence: str, quotes: str) -> frozenset[float]:
    """Return the numbers of a sentence that the quotes don't contain.

    A share matches its percentage (a fifth, 20 percent), and the number 1 needs no support.
    """
    quoted = numbers_in(quotes)
    quoted |= {round(value / 100, 6) for value in quoted} | {round(100 * value, 6) for value in quoted if value < 1}
    return numbers_in(sentence) - quoted - {1.0}


def _decimal_half(match: re.Match[str]) -> str:
    whole = {"one": "1", "two": "2", "three": "3"}.get(match[1].lower(), match[1])
    return f"{whole}.5"


def _words_to_digits(text: str) -> str:
    """Convert number words to digits, except "second", which is more often a unit of time than an ordinal."""
    spaced = re.sub(r"(?<=\d)(?=(?:thousand|million|billion|trillion)\b)", " ", text)
    spaced = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", spaced, flags=re.IGNORECASE)  # "a two-volume book"
    masked = re.sub(r"\bsecond(s?)\b", r"s_cond\1", spaced, flags=re.IGNORECASE)
    return "".join(str(alpha2digit(part, "en", 0)) for part in _PART.findall(masked)).replace("s_cond", "second")


def _decimal_fraction(match: re.Match[str]) -> str:
    if match[4]:
        return "0.25" if match[4].lower() == "quarter" else f"{1 / 3:.6f}"
    denominator = int(match[2] or re.sub(r"\D", "", match[3]))
    return f"{int(match[1]) / denominator:.6f}" if denominator else match[0]
