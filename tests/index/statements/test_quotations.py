"""Quotations and labels: what the layout of a text shows of speech."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.statements.labels import find_labels
from index.statements.quotations import find_quotations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“A,” he said. “B.”", ["“A,”", "“B.”"]),
        ('"A," he said. "B."', ['"A,"', '"B."']),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("“She said “no” to me,” she said.", ["“She said “no” to me,”"]),
        ("“It goes on.\n\n“It ends.”", ["“It goes on.", "“It ends.”"]),
        ("“It goes on.\n\n“It never ends. It stops.", ["“It goes on.", "“It never ends. It stops."]),
        ("“It ends.”\n\n“It isn't closed. It stops.", ["“It ends.”", "“It isn't closed."]),
        ("It’s the boys’ room.", []),
        ("He called it ‘a great day’ for Rome.", ["‘a great day’"]),
        ("''Yes,'' he said.", ["''Yes,''"]),
        ("A 5\" nail and a 3' board.", []),
        ("", []),
    ],
)
def test_quotations(text: str, found: list[str]) -> None:
    assert [span.of(text) for span in find_quotations(text)] == found


@given(st.text(alphabet="“”\"'‘’« »a.\n", max_size=80))
def test_quotations_are_in_order_and_within_lines(text: str) -> None:
    spans = find_quotations(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert not any("\n" in span.of(text) for span in spans)


def test_a_single_speaker_in_capitals_is_not_a_transcript() -> None:
    assert find_labels("UPDATE: It rained.\n\nWATCH: The rain.\n\nROME: It rained.", lambda _: False) == []
