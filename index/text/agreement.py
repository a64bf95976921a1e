"""Decide whether two similar sentences report the same: polarity, numbers, names and days must agree.

The words of both are aligned, so that only the words that differ are examined. This needs no parse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from .dates import DATE_WORDS, DAY_OFFSETS, MONTH_NUMBERS, MONTHS, WEEKDAYS, month_pattern
from .names import fold_name
from .numbers import numbers_in
from .opposites import ANTONYMS, EXCLUSIVE_WORDS, NEGATING_WORDS, NEGATIVE_FORMS, NEGATORS
from .pronouns import OBJECT_PRONOUNS, POSSESSIVE_PRONOUNS, SUBJECT_PRONOUNS
from .speech_verbs import inflected
from .words import FUNCTION_WORDS, NON_NAME_WORDS, TITLES, one_of, word_set

MIN_SIMILARITY = 75.0  # per cent of similarity that makes two sentences versions of one sentence
_MAX_COMPARED = 5_000  # characters; the time to compare two sentences grows with the square of their length
_NOT = "¬"
_WORD = re.compile(r"[$€£]?\d[\d,.:]*\d%?|(?:[A-Z]\.){2,}|\w+(?:['’]\w+)*|[“”\"]")
_MONTH = month_pattern()
_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b(?:,? (?P<year>\d{{4}})\b)?"
    rf"|\b(?P<month_first>{_MONTH}) (?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year_last>\d{{4}})\b)?"
    rf"|\b(?P<weekday>{'|'.join(WEEKDAYS)})\b|\b(?P<relative>{'|'.join(DAY_OFFSETS)})\b",
    re.IGNORECASE,
)
_QUOTATION = re.compile(r"[“\"][^“”\"]*[”\"]")
_APPOSITION = re.compile(rf",\s(?:[\w-]+ ){{0,6}}?(?:{one_of(TITLES)})\b", re.IGNORECASE)  # ", the new chief of"
_PRONOUNS = SUBJECT_PRONOUNS | OBJECT_PRONOUNS | POSSESSIVE_PRONOUNS
_NO_NAMES = FUNCTION_WORDS | NON_NAME_WORDS | TITLES | DATE_WORDS | MONTH_NUMBERS.keys() | _PRONOUNS
# Words of one closed class: one doesn't stand for another.
_CLASSES = (word_set("all some most few many half"), word_set("may might must should"), frozenset(MONTHS))
_BEGINNING = 4  # letters that a name shares with its adjective: "China", "Chinese"
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
_AMBIGUOUS = word_set(
    "rule keep stop turn question doubt halt bar"
)  # as nouns, or without a particle, they don't negate


@dataclass(frozen=True, slots=True)
class Report:
    """A sentence of an article, and the day on which the article was published."""

    text: str
    published: date | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word: `key` is what is compared, `text` as written. `may_be_name`: it has another reason for a capital."""

    key: str
    text: str
    may_be_name: bool


@lru_cache(maxsize=4_096)
def agree(one: Report, other: Report) -> bool:
    """Return whether two sentences in similar words agree in polarity, numbers, names and days."""
    if one.text == other.text and one.published == other.published:
        return True
    if max(len(one.text), len(other.text)) > _MAX_COMPARED:
        return False
    if not _days_agree(one, other):
        return False
    if one.text == other.text:
        return True
    first, second = _DAY.sub(" ", one.text), _DAY.sub(" ", other.text)
    has_apposition = bool(_APPOSITION.search(first) or _APPOSITION.search(second))
    return _words_agree(_words(first), _words(second), has_apposition)


def contain_versions(sentences: Sequence[Report], others: Sequence[Report]) -> bool:
    """Return whether a sentence has another version among other sentences ("17 dead", "31 dead"), but no equal."""
    repeated = {(other.text, other.published) for other in others}
    texts = [other.text for other in others]
    for sentence in sentences:
        if (sentence.text, sentence.published) in repeated:
            continue
        found = process.extract(
            sentence.text, texts, scorer=fuzz.ratio, processor=None, score_cutoff=MIN_SIMILARITY, limit=3
        )
        if found and not any(agree(sentence, others[position]) for _, _, position in found):
            return True
    return False


def are_similar(one: str, other: str, min_similarity: float = MIN_SIMILARITY) -> bool:
    """Return whether two sentences consist of nearly the same letters."""
    if max(len(one), len(other)) > _MAX_COMPARED:
        return one == other
    return fuzz.ratio(one.lower(), other.lower(), score_cutoff=min_similarity) > 0


def _numbers(text: str) -> frozenset[float]:
    """The numbers in a text, except "one", which is more often a pronoun."""
    return numbers_in(text) - {1.0}


def _days_agree(one: Report, other: Report) -> bool:
    """Return whether two sentences name the same days, or one of them names no other day than the other.

    A weekday is the last one before publication ("said on Monday") or the next one ("will vote on Monday").
    """
    if not (_DAY.search(one.text) and _DAY.search(other.text)):
        return True
    is_dated = one.published is not None and other.published is not None
    for direction in (-1, 1):
        first = set(_days_in(one.text, one.published if is_dated else None, direction))
        second = set(_days_in(other.text, other.published if is_dated else None, direction))
        if first <= second or second <= first:
            return True
    return False


def _days_in(text: str, published: date | None, direction: int) -> Iterator[str]:
    """Yield the days in a text, as dates if possible.

    Days in quotation marks are relative to the speech, not to the article, so they are yielded as written.
    """
    quotations = [match.span() for match in _QUOTATION.finditer(text)]
    for match in _DAY.finditer(text):
        is_quoted = any(start <= match.start() < end for start, end in quotations)
        day = None if published is None or is_quoted else _resolve(match, published, direction)
        yield day.isoformat() if day else _explicit(match)


def _resolve(match: re.Match[str], published: date, direction: int) -> date | None:
    if match["relative"]:
        return published + timedelta(days=DAY_OFFSETS[match["relative"].lower()])
    if match["weekday"]:
        distance = (WEEKDAYS.index(match["weekday"].lower()) - published.weekday()) * direction % 7
        return published + timedelta(days=direction * distance)
    month, day, year = _explicit_parts(match)
    try:
        return date(int(year or published.year), month, day)
    except ValueError:
        return None


def _explicit(match: re.Match[str]) -> str:
    if match["weekday"] or match["relative"]:
        return match[0].lower()
    month, day, _ = _explicit_parts(match)
    return f"{day}/{month}"


def _explicit_parts(match: re.Match[str]) -> tuple[int, int, str | None]:
    name = (match["month"] or match["month_first"]).lower()
    return MONTH_NUMBERS[name[:3]], int(match["day"] or match["day_last"]), match["year"] or match["year_last"]


def _words(text: str) -> list[_Word]:
    """Split a text into words; every negator becomes the same word ("can't", "cannot", "can never")."""
    words: list[_Word] = []
    is_first = True
    for match in _WORD.finditer(text):
        word = match[0]
        if word in '“”"':
            is_first = True
            continue
        lower = word.lower().replace("’", "'")
        may_be_name = not is_first or text[match.end() + 1 : match.end() + 2].isupper()  # "Mike Ray"
        words += [_Word(key, word, may_be_name) for key in _negation_parts(lower)]
        is_first = text[match.end() : match.end() + 1] in (".", "!", "?", ":", "\n")
    return words


def _negation_parts(word: str) -> tuple[str, ...]:
    if word == "cannot" or word.endswith("n't"):
        verb = {"won't": "will", "shan't": "shall", "can't": "can", "cannot": "can"}.get(word, word[:-3])
        return verb, _NOT
    return (_NOT,) if word in NEGATORS else (_key(word),)


def _key(word: str) -> str:
    """A word for comparison: in lower case, without a possessive ending."""
    return re.sub(r"['’]s?$", "", word.lower())


def _words_agree(one: Sequence[_Word], other: Sequence[_Word], has_apposition: bool) -> bool:
    """Return whether the words in which two sentences differ leave polarity, numbers and names the same.

    A role may move from before a name to after it: "Acme chief Ann Cole", "Ann Cole, chief of Acme".
    """
    blocks = list(_differences(one, other))
    shared = {w.key for w in one} & {w.key for w in other}
    if not all(_block_agrees(first, second, shared) for first, second in blocks):
        return False
    if _single_names(one, other) != _single_names(other, one) and not (has_apposition and _moves_only_names(blocks)):
        return False  # "Smith praised Jones" and "Jones praised Smith"
    removed = _names([word for first, _ in blocks for word in first])
    added = _names([word for _, second in blocks for word in second])
    return _covers(removed, [word.text for word in other]) or _covers(added, [word.text for word in one])


def _single_names(one: Sequence[_Word], other: Sequence[_Word]) -> list[str]:
    """The names that both sentences contain once, in the order of the first sentence."""
    names, others = ([w.key for w in words if w.text[0].isupper() and w.key not in _NO_NAMES] for words in (one, other))
    counts, other_counts = Counter(names), Counter(others)
    return [name for name in names if counts[name] == other_counts[name] == 1]


def _moves_only_names(blocks: Sequence[tuple[list[_Word], list[_Word]]]) -> bool:
    """Return whether only names, titles and function words have moved."""
    moved = {w.key for first, _ in blocks for w in first} & {w.key for _, second in blocks for w in second}
    return all(w.key not in moved or w.key in _NO_NAMES or w.text[0].isupper() for first, _ in blocks for w in first)


def _differences(one: Sequence[_Word], other: Sequence[_Word]) -> Iterator[tuple[list[_Word], list[_Word]]]:
    """Yield the runs of words that differ between two aligned sentences."""
    first: list[_Word] = []
    second: list[_Word] = []
    for step in LCSseq.opcodes([w.key for w in one], [w.key for w in other]):
        if step.tag == "equal":
            if first or second:
                yield first, second
            first, second = [], []
        else:
            first += one[step.src_start : step.src_end]
            second += other[step.dest_start : step.dest_end]
    if first or second:
        yield first, second


def _block_agrees(one: Sequence[_Word], other: Sequence[_Word], shared: Set[str]) -> bool:
    """Return whether two runs of words may stand for each other; names that both sentences contain are left out."""
    first, second = [word.key for word in one], [word.key for word in other]
    if _numbers(" ".join(first)) != _numbers(" ".join(second)):
        return False
    if _negations(first) != _negations(second) or _are_opposite(first, second):
        return False
    names, other_names = ([name for name in _names(words) if _key(name) not in shared] for words in (one, other))
    return not (names and other_names) or _covers(names, other_names) or _covers(other_names, names)


def _negations(words: Sequence[str]) -> int:
    return sum(word == _NOT or word in _negating_forms() for word in words)


@cache
def _negating_forms() -> frozenset[str]:
    verbs = NEGATING_WORDS - _AMBIGUOUS
    return frozenset(form for verb in verbs for form in inflected(verb)) | NEGATIVE_FORMS


@cache
def _lemmas() -> dict[str, str]:
    """The base form of every form of the words that have opposites."""
    words = {word for group in (*ANTONYMS, *EXCLUSIVE_WORDS) for word in group}
    return {form: word for word in sorted(words) for form in inflected(word)} | {word: word for word in words}


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """The words that exclude each word."""
    groups = (*ANTONYMS, *EXCLUSIVE_WORDS, *_CLASSES)
    words = {word for group in groups for word in group}
    return {word: frozenset().union(*(group for group in groups if word in group)) - {word} for word in words}


def _are_opposite(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether a word of one side is the opposite of a word of the other side."""
    first, second = set(one), set(other)
    if any(prefix + word in b for a, b in ((first, second), (second, first)) for word in a for prefix in _PREFIXES):
        return True
    lemmas = {_lemmas().get(word, word) for word in second}
    return any(lemmas & _opposites().get(_lemmas().get(word, word), frozenset()) for word in first)


def _names(words: Sequence[_Word]) -> list[str]:
    """The words that are capitalised as names, without titles."""
    return [word.text for word in words if word.text[0].isupper() and word.may_be_name and word.key not in _NO_NAMES]


def _covers(names: Sequence[str], others: Sequence[str]) -> bool:
    """Return whether each of these names is among the others, in this or a derived form ("China", "Chinese")."""
    known = {part for other in others for part in fold_name(other)}
    beginnings = {part[:_BEGINNING] for part in known if len(part) >= _BEGINNING}
    initials = _initials(others)  # "EU" for "European Union"
    return _initials(names) in known or all(
        part in known or (len(part) > 1 and part in initials) or part[:_BEGINNING] in beginnings
        for name in names
        for part in fold_name(name)
    )


def _initials(names: Sequence[str]) -> str:
    return "".join(name[0] for name in names).lower() if len(names) > 1 else ""
