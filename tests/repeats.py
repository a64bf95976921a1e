"""Texts that make a slow rule slow: the parts of a regular expression, repeated, and what repeats in damaged pages."""

import re
from collections.abc import Iterable, Iterator
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_UNITS = (
    *(
        "(c)",
        "© ",
        "copyright ",
        "!",
        '"',
        "'",
        "’",
        "“",
        "”",
        "“a” ",
        "‘a",
        "''",
        "``",
        "a ",
        "1,",
        "1",
        "1 ",
        "1.",
        "A",
    ),
    *(
        "A ",
        "Ab ",
        "A. ",
        "Mr. ",
        "Ann Lee: ",
        "Q: ",
        ":",
        "- ",
        "-",
        "— ",
        " \n",
        " ",
        "\n",
        "a\n",
        "said ",
        "Lee said ",
    ),
    *(
        "( ",
        "(",
        ")",
        "[",
        "[1] ",
        "]",
        "{",
        "<",
        "<a ",
        "<link ",
        "<!--",
        "<think>",
        "&#",
        "&amp;",
        "@a",
        "a@",
        "a.",
        ".",
    ),
    *("/", "//", "a/", "_", "*", "#", "\\", "\xa0", "é", "\u0301", "\u200b", "the ", "about ", "of ", "and ", "May "),
    *(
        "photo by A",
        "not ",
        "not because ",
        "he ",
        "U.S. ",
        "one ",
        "1990 ",
        "10 million ",
        "July 4, ",
        ", ",
        "; ",
        "…",
        "%",
    ),
)
_CLOSED = (("“a. ", "”"), ("[1, ", "]"), ("<think>", "</think>"), ("‘a ", "’"), ("(", ")"))  # with what closes them
_LOOPS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
_CHARACTERS = "a A1.,-'\n\"“(:[<x0é/_"
_FEW = 8  # a loop of at most so many turns can't grow with the text
_AROUND = 3  # elements before and after a loop that are repeated with it


class Attack(NamedTuple):
    """A text that repeats a unit after a prefix, and then doesn't go on as a rule expects."""

    unit: str
    prefix: str = ""
    suffix: str = "\n\x00"

    def text(self, size: int) -> str:
        """Return the attack with about `size` characters."""
        count = max(1, (size - len(self.prefix) - len(self.suffix)) // len(self.unit))
        return f"{self.prefix}{self.unit * count}{self.suffix}"


GENERIC = (*map(Attack, _UNITS), *(Attack(unit, suffix=end) for unit, end in _CLOSED))


def attacks_on(pattern: re.Pattern[Any]) -> list[Attack]:
    """Return attacks made from every loop of a pattern and the elements around it."""
    source = pattern.pattern
    tree = _parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(source, bytes) else pattern.flags)
    found: dict[Attack, None] = {}
    for prefix, unit in _attacks(tree, ""):
        for attack in (Attack(unit, prefix), Attack(unit), Attack(prefix + unit), Attack(f"{prefix}{unit} ")):
            if attack.unit:
                found[attack] = None
    return list(found)


def _attacks(items: Iterable[Any], prefix: str) -> Iterator[tuple[str, str]]:
    """Yield for each loop the text that leads to it and a turn of it, and for each sequence the whole of it."""
    state = items.state  # type: ignore[attr-defined]
    samples: list[str] = []
    loops: list[int] = []
    for position, (operation, arguments) in enumerate(items):
        before = prefix + "".join(samples)
        for body in _parts(operation, arguments):
            yield from _attacks(body, before)
        if operation in _LOOPS and arguments[1] > _FEW:
            loops.append(position)
            yield from ((before, turn) for turn in _turns(arguments[2]))
        samples.append(_sample(_parser.SubPattern(state, [(operation, arguments)])))
    for loop in loops:
        for start in range(max(0, loop - _AROUND), loop + 1):
            for end in range(loop + 1, min(len(samples), loop + 1 + _AROUND) + 1):
                yield prefix + "".join(samples[:start]), "".join(samples[start:end])


def _parts(operation: Any, arguments: Any) -> Iterable[Any]:
    """Return the patterns within an element of a pattern."""
    if operation in _LOOPS:
        return [arguments[2]]
    if operation is _constants.BRANCH:
        return list(arguments[1])
    if operation is _constants.SUBPATTERN:
        return [arguments[3]]
    if operation is _constants.ATOMIC_GROUP:
        return [arguments]
    return [arguments[1]] if operation is _constants.ASSERT else []


def _turns(body: Any) -> list[str]:
    """Return the shortest turn of a loop, and if it is one character several that the loop takes."""
    sample = _sample(body)
    if len(sample) > 1:
        return [sample]
    taken = re.compile("") if not len(body) else _compiler.compile(body, body.state.flags & ~re.VERBOSE)
    is_text = isinstance(taken.pattern, str) or taken.pattern is None
    characters = [c for c in _CHARACTERS if taken.fullmatch(c if is_text else c.encode("latin-1", "ignore"))]
    return [*(characters[:4] or [sample]), "".join(characters[:6]), "".join(characters[6:])] if sample else []


def _sample(items: Any) -> str:
    """Return a short text that a pattern may match; assertions are ignored."""
    return "".join(_sample_of(items.state, *item) for item in items)


def _sample_of(state: Any, operation: Any, arguments: Any) -> str:
    if operation is _constants.LITERAL:
        return chr(arguments)
    if operation in _LOOPS:
        least, most, body = arguments
        return _sample(body) * max(least, min(1, most))
    if operation is _constants.BRANCH:
        return _sample(arguments[1][0])
    if operation is _constants.SUBPATTERN:
        return _sample(arguments[3])
    if operation is _constants.ATOMIC_GROUP:
        return _sample(arguments)
    if operation in (_constants.IN, _constants.ANY, _constants.NOT_LITERAL):
        taken = _compiler.compile(_parser.SubPattern(state, [(operation, arguments)]), state.flags & ~re.VERBOSE)
        for character in _CHARACTERS + "".join(map(chr, range(33, 0x2100))):
            try:
                if taken.fullmatch(character):
                    return character
            except TypeError:
                if taken.fullmatch(character.encode("latin-1", "ignore")):
                    return character
    return ""
