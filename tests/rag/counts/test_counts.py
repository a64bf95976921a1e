"""Counts over time, compared with counting by hand."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date

import pytest

from index import Library
from rag import Assistant, Count, Counts, QuestionError
from rag.counts import counts_csv
from rag.counts.counting import articles_with


def test_articles_are_counted_by_month(assistant: Assistant, samples: Library) -> None:
    counts = assistant.counts(by="month")
    dated = Counter(f"{a.published:%Y-%m}" for a in samples.articles() if a.published)
    assert {one.key: one.count for one in counts.counts if one.count} == dated
    assert counts.total == len(samples) == sum(one.count for one in counts.counts) + counts.missing
    assert any(one.count == 0 for one in counts.counts)  # months without articles are listed


def test_all_words_of_a_query_are_in_each_article(assistant: Assistant, samples: Library) -> None:
    found = articles_with(samples, "Ukraine wars")
    terms = set(samples.passages.terms("Ukraine wars"))
    expected = {
        article.id
        for article in samples.articles()
        if terms <= set(samples.passages.terms(f"{article.title}\n{article.text}"))
    }
    assert found == expected
    assert found
    assert assistant.counts("Ukraine wars").total == len(found)
    assert assistant.counts("Ukraine xylophone").total == 0


def test_statements_are_counted(assistant: Assistant) -> None:
    statements = assistant.statements(speaker="Kirby")
    counts = assistant.counts(speaker="Kirby", by="day")
    assert (counts.unit, counts.total) == ("statements", len(statements))
    by_outlet = assistant.counts(speaker="Kirby", by="publisher")
    assert by_outlet.total == counts.total
    assert assistant.counts(speaker="Nobody Anywhere").total == 0


def test_the_ends_that_were_asked_for_are_included(assistant: Assistant) -> None:
    counts = assistant.counts("Kirby", by="week", since=date(2022, 12, 1), until=date(2023, 1, 31))
    assert (counts.counts[0].key, counts.counts[-1].key) == ("2022-W48", "2023-W05")
    assert len(counts.counts) == 10
    assert counts.missing == 0


def test_bad_input(assistant: Assistant) -> None:
    with pytest.raises(ValueError, match="738,155 periods; the limit is 5,000"):
        assistant.counts(by="day", since=date(1, 1, 1), until=date(2021, 12, 31))
    with pytest.raises(ValueError, match="day, week, month or publisher"):
        assistant.counts(by="year")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="can't be combined"):
        assistant.counts("war", speaker="Kirby")
    for words in ("", "the", "?!"):
        with pytest.raises(QuestionError):
            assistant.counts(words)


def test_no_cell_is_a_formula() -> None:
    names = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", 'The "Post", daily']
    counts = Counts("publisher", "articles", tuple(Count(name, 1) for name in names), 2, 8)
    header, *lines, last = csv.reader(io.StringIO(counts_csv(counts)))
    assert header == ["publisher", "articles"]
    assert all(line[0][0] not in "=+-@\t" for line in lines)
    assert lines[-1] == ['The "Post", daily', "1"]
    assert last == ["", "2"]
