"""What somebody left out isn't their statement: the author says it."""

import pytest

from index.statements.parser import Parser

from .helpers import attributed, content_of


@pytest.mark.parametrize(
    "sentence",
    [
        "What she does not mention is that the number of flats on offer fell by a third.",
        "She does not mention that the number of flats fell by a third.",
        "What Brandt failed to say is that flats fell by a third.",
        "What Sheila Brandt won't tell you is that the flats are gone.",
        "She fails to mention the flats.",
        "She omitted to mention that flats fell by a third.",
        "Brandt did not note that the flats were gone.",
        "She left without saying why.",
    ],
)
def test_omission(sentence: str, parser: Parser) -> None:
    said = "The economist Sheila Brandt argues that rents fell by 7 per cent after a cap."
    assert attributed(f"{said} {sentence}", parser) == [("Sheila Brandt", said)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sheila Brandt did not say whether rents would fall.",
        "Sheila Brandt never mentioned the flats.",
        "Sheila Brandt did not reveal exactly what she would do.",
        "Sheila Brandt refused to discuss the flats.",
        "Sheila Brandt neglects to say that rents rose.",
    ],
)
def test_negated_cue_is_kept(sentence: str, parser: Parser) -> None:
    assert attributed(sentence, parser) == [("Sheila Brandt", sentence)]


def test_content_after_what(parser: Parser) -> None:
    assert content_of("What Ann Cole said is that rents fell.", parser) == ["that rents fell"]
    assert content_of("What Ann Cole argued was that rents fell.", parser) == ["that rents fell"]
