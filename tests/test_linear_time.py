"""No rule takes time that grows faster than its text, whatever the text repeats.

All regular expressions of the code are collected, those within functions too, and run on texts made from their own
parts; all functions that take a text run on what repeats in damaged or hostile pages.
"""

import ast
import contextlib
import importlib
import inspect
import re
import time
import types
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache, partial
from typing import Any

import pytest

from index import Span
from index.chunking import passage_spans, sentence_spans
from index.cleaning import boilerplate, fold_white_space, saved_text
from index.exports import split_export, split_separated
from index.fetch import FetchResult
from index.ingest.content_type import find_feed_url
from index.readers.mail.letters import split_letters
from index.statements import Parser, find_statements
from index.statements.quotations import find_quotations
from index.text import Report, agree, is_negated, unsupported_numbers
from rag.generation.draft_parser import parse_drafts
from rag.generation.quote_finder import expand_to_sentences, find_words
from rag.question.answer_type import ExpectedAnswer
from rag.question.collection import parse_overview
from rag.verification.names import spells_out
from rag.verification.speakers import _NEAR_CUE
from tests.growth import MAX_EXPONENT, exponent
from tests.repeats import GENERIC, Attack, attacks_on
from tests.test_architecture import NAMES

Rule = Callable[[Any], object]
# Without entry points, and without modules for frameworks that aren't installed.
MODULES = {
    name: path for name, path in NAMES.items() if not name.endswith("__main__") and "rag.integrations" not in name
}
_SEARCHES = {"search", "sub", "subn", "finditer", "findall", "split"}
_ANCHORED = {"match", "fullmatch"}
# The code gives these patterns so many characters at most.
CAPPED = {
    ("index.cleaning.boilerplate", "_BOILERPLATE_LINE"): boilerplate._MAX_LINE,
    ("index.cleaning.boilerplate", "_PAYWALL_LINE"): boilerplate._MAX_LINE,
    ("index.cleaning.saved_text", "_SURE_CREDIT"): saved_text._MAX_CREDIT,
    ("index.cleaning.saved_text", "_LIKELY_CREDIT"): saved_text._MAX_CREDIT,
}
_MAX_CAPPED_SECONDS = 0.02
# Functions that make a pattern from what they are given, so that they are tested as a whole.
DYNAMIC = {
    ("rag.generation.quote_finder", "find_words"),
    ("rag.verification.citations", "_check_positions"),  # a quote, literally
    ("rag.verification.names", "spells_out"),
    ("rag.verification.speakers", "find_wrong_speaker"),
    ("web.ui.html.answers", "_emphasised"),
}


@cache
def _tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text("utf-8"))


def _patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 5 and not isinstance(value, type):
        parts: list[object] = []
        if isinstance(value, dict):
            parts = [*value.keys(), *value.values()]
        elif isinstance(value, list | tuple | set | frozenset):
            parts = list(value)
        elif is_dataclass(value):
            parts = [getattr(value, field.name) for field in fields(value)]
        for part in parts:
            yield from _patterns_in(part, depth + 1)


def _uses(name: str) -> dict[str, set[str]]:
    """The methods by which each name of a module is used; `match` from a position on counts as a search."""
    uses: dict[str, set[str]] = {}
    for node in ast.walk(_tree(name)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            uses.setdefault(node.value.id, set()).add(node.attr)
        if (
            isinstance(node, ast.Call)
            and len(node.args) > 1
            and ast.unparse(node.func).endswith((".match", ".fullmatch"))
        ):
            uses.setdefault(ast.unparse(node.func).rpartition(".")[0], set()).add("search")
    return uses


def _literals(name: str) -> Iterator[tuple[str, str, re.Pattern[Any] | None]]:
    """The patterns in the functions of a module: (function, method, pattern), without the pattern if it is made there.

    The variable parts of a pattern count as a word.
    """
    namespace = vars(importlib.import_module(name))
    for function in ast.walk(_tree(name)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args):
                continue
            method = ast.unparse(node.func).removeprefix("re.")
            if method not in _SEARCHES | _ANCHORED | {"compile"}:
                continue
            flags = [ast.unparse(part) for part in (*node.args[1:], *(k.value for k in node.keywords))]
            flag = next((eval(part, {"re": re}) for part in flags if part.startswith("re.")), 0)
            try:
                yield function.name, method, re.compile(_evaluated(node.args[0], namespace), flag)
            except NameError:
                yield function.name, method, None


def _evaluated(node: ast.expr, namespace: dict[str, Any]) -> Any:
    """Evaluate a pattern of the code; what isn't known before the call is a word."""
    if not isinstance(node, ast.JoinedStr):
        return eval(ast.unparse(node), dict(namespace))
    parts = []
    for value in node.values:
        try:
            parts.append(str(eval(ast.unparse(ast.JoinedStr([value])), dict(namespace))))
        except NameError:
            parts.append("Smith")
    return "".join(parts)


def patterns() -> dict[re.Pattern[Any], tuple[str, str, set[str]]]:
    """All patterns of the code with their module, name and methods."""
    found: dict[re.Pattern[Any], tuple[str, str, set[str]]] = {}
    for name in MODULES:
        uses = _uses(name)
        for variable, value in vars(importlib.import_module(name)).items():
            for pattern in _patterns_in(value):
                methods = uses.get(variable, set()) & (_SEARCHES | _ANCHORED)
                is_shared = not variable.startswith("_") or not methods or not isinstance(value, re.Pattern)
                found.setdefault(pattern, (name, variable, _SEARCHES if is_shared else methods))
        for function, method, literal in _literals(name):
            if literal is None or (name, function) in DYNAMIC:
                assert (name, function) in DYNAMIC, f"{name}.{function} makes a pattern: test it as a whole"
            else:
                found.setdefault(literal, (name, function, {method} if method in _ANCHORED else _SEARCHES))
    return found


PATTERNS = patterns()


def _rules(pattern: re.Pattern[Any], methods: set[str]) -> list[Rule]:
    """What the code does with a pattern; looking for all matches includes all other searches."""
    if methods <= _ANCHORED:
        return [getattr(pattern, method) for method in sorted(methods)]
    return [lambda text: sum(1 for _ in pattern.finditer(text))]


def _encoded(attack: Attack, is_bytes: bool, size: int) -> str | bytes:
    text = attack.text(size)
    return text.encode("utf-8") if is_bytes else text


@pytest.mark.parametrize("name", sorted({name for name, _, _ in PATTERNS.values()}))
def test_patterns_take_linear_time(name: str) -> None:
    for pattern, (module, variable, methods) in PATTERNS.items():
        if module != name:
            continue
        for rule in _rules(pattern, methods):
            for attack in attacks_on(pattern):
                text = partial(_encoded, attack, isinstance(pattern.pattern, bytes))
                if cap := CAPPED.get((module, variable)):
                    text = partial(lambda attack, cap, _: attack.text(cap)[:cap], attack, cap)
                    assert _seconds(rule, text(cap)) < _MAX_CAPPED_SECONDS, f"{variable} on {attack}"
                else:
                    growth = exponent(rule, text)
                    assert growth <= MAX_EXPONENT, f"{variable} on {attack}: exponent {growth:.2f}"


def _seconds(rule: Rule, text: Any) -> float:
    best = 1.0
    for _ in range(3):
        start = time.process_time()
        rule(text)
        best = min(best, time.process_time() - start)
    return best


def _text_functions() -> dict[str, Rule]:
    """All public functions that need nothing but a text."""
    found: dict[str, Rule] = {}
    for name in MODULES:
        module = importlib.import_module(name)
        for function in vars(module).values():
            if not isinstance(function, types.FunctionType) or function.__module__ != name:
                continue
            parameters = list(inspect.signature(function).parameters.values())
            is_text = bool(parameters) and parameters[0].annotation in ("str", "bytes | str", "object", "str | None")
            if (
                is_text
                and not function.__name__.startswith("_")
                and all(p.default is not p.empty for p in parameters[1:])
            ):
                found[f"{name}.{function.__name__}"] = function
    return found


def _page(text: str) -> FetchResult:
    body = f"<html>{text}".encode()
    return FetchResult("https://example.org/", body=body, media_type="text/html", charset="utf-8")


def _ask(question: str) -> Rule:
    expected = ExpectedAnswer.of(question)
    assert expected is not None
    return expected.find_spans


TEXT_FUNCTIONS: dict[str, Rule] = _text_functions() | {
    "passages": lambda text: passage_spans(text, sentence_spans(text), lambda texts: [len(t) // 4 for t in texts], 256),
    "quotations": find_quotations,
    "feed of a page": lambda text: find_feed_url(_page(text)),
    "export": lambda text: split_export(fold_white_space(text).split("\n")),
    "separated articles": lambda text: split_separated(fold_white_space(text).split("\n")),
    "letters": lambda text: split_letters(text.splitlines()),
    "draft in pieces": lambda text: list(parse_drafts(text[start : start + 4] for start in range(0, len(text), 4))),
    "draft as JSON": lambda text: list(parse_drafts(['{"sentences": [{"text": "', *text.split()])),
    "words of a quote": lambda text: find_words(text, "a a a a a a a b", Span(0, len(text))),
    "quote in a text": lambda text: find_words("It rained. " * 50, text, Span(0, 9)),
    "whole sentences": lambda text: expand_to_sentences(text, Span(0, 1)),
    "agreement": lambda text: agree(Report(text), Report(f"{text} not")),
    "negation": lambda text: is_negated(text, len(text)),
    "numbers": lambda text: unsupported_numbers(text, text),
    "acronym": lambda text: spells_out(text, "GDPA"),
    "speaker": lambda text: re.search(_NEAR_CUE.format(name="Smith"), text),
    "overview": lambda text: parse_overview(text, text),
    **{
        kind: _ask(f"{kind}?") for kind in ("how much money", "how long", "how old", "when", "who", "why", "what share")
    },
}


@pytest.mark.parametrize("name", sorted(TEXT_FUNCTIONS))
def test_functions_take_linear_time(name: str) -> None:
    def run(text: Any) -> None:
        with contextlib.suppress(Exception):  # it refuses the text
            TEXT_FUNCTIONS[name](text)

    for attack in GENERIC:
        growth = exponent(run, attack.text)
        assert growth <= MAX_EXPONENT, f"{name} on {attack}: exponent {growth:.2f}"


def _namesakes(size: int) -> str:
    letters = "abcdefghij"
    names = ("".join(letters[int(digit)] for digit in f"{n:05}") for n in range(size // 40))
    return " ".join(f"President Ann X{name} Lee met the bank." for name in names)


@pytest.mark.parametrize(
    "text",
    [
        *(Attack(unit).text for unit in ("KIRBY: yes we do.\nLEE: no.\n", "Kirby: it’s ‘a’.\n", "“It is. ", ": a\n")),
        *(
            Attack(unit).text
            for unit in ("It's Lee's ‘one’. ", "He said: “It.”\n", "The bank said it. ", "The president ")
        ),
        _namesakes,
    ],
)
def test_statements_take_linear_time(text: Callable[[int], str]) -> None:
    parser = Parser.shared()
    growth = exponent(lambda text: find_statements(0, text, sentence_spans(text), parser), text)
    assert growth <= MAX_EXPONENT


def test_everything_is_tested() -> None:
    assert len(PATTERNS) > 200
    assert len(TEXT_FUNCTIONS) > 60
