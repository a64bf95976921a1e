"""Every statement of a saved page has its right speaker."""

from index.cleaning.saved_text import clean_saved_page
from index.statements.parser import Parser

from .helpers import checked_statements
from .saved_page import HEADLINE, PAGE, PARAGRAPHS

KIRBY, PUTIN, ADVISER = "John Kirby", "Vladimir Putin", "adviser to the ministry"


def test_saved_page(parser: Parser) -> None:
    page = clean_saved_page(PAGE)
    assert (page.title, page.text) == (HEADLINE, "\n\n".join(PARAGRAPHS))
    found = [(s.speaker, s.mention, s.cue, s.via) for s in checked_statements(page.text, parser)]
    assert found == [
        (KIRBY, "White House spokesman John Kirby", "told", ""),
        (KIRBY, "he", "said", ""),
        ("Reuters sources", "Reuters sources", "reported", ""),
        (KIRBY, "He", "claimed", "Reuters sources"),
        (PUTIN, "The Russian leader", "denied", ""),
        (PUTIN, "he", "told", ""),
        (ADVISER, "An adviser to the ministry", "said", ""),
        (ADVISER, "he", "added", ""),
        (KIRBY, "Kirby", "refused", ""),
        (KIRBY, "The spokesman", "called", ""),
        (KIRBY, "Kirby", "asked", ""),
        ("Interfax agency", "the Interfax agency", "according to", ""),
    ]


def test_polarity_and_directness_of_a_saved_page(parser: Parser) -> None:
    statements = checked_statements(clean_saved_page(PAGE).text, parser)
    assert [s.cue for s in statements if s.is_negated] == ["refused"]
    assert [s.mention for s in statements if s.is_direct] == ["he", "he", "he", "Kirby"]
