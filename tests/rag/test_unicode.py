"""The same words in other code points get the same answers, quoted as they are written."""

import unicodedata
from pathlib import Path

import pytest

from index import Library
from rag import Answer, Assistant

DATA = Path("tests/data/unicode")
ARTICLE = """Málaga mayor resigns over ferry deal

The mayor of Málaga, Íñigo Peña, resigned on Tuesday after the ferry deal with Müller & Söhne collapsed.

“I made a mistake and I am sorry,” Peña said. He denied that he had taken money from Zoë Brontë.

The Café Société in Besançon will be closed until Étienne Légaré, its manager, returns in August 2023.
"""


def asked(library: Library, question: str) -> Answer:
    answer = Assistant(library).ask(question)
    for citation in answer.citations:
        assert library.article(citation.article_id).text[citation.start : citation.end] == citation.quote
    return answer


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Íñigo Peña say?", "“I made a mistake and I am sorry,” Peña said."),
        ("What did Pena say?", "“I made a mistake and I am sorry,” Peña said."),
        ("Who is the manager of the Café Société?", "Étienne Légaré"),
    ],
)
def test_decomposed_text_is_answered_and_quoted_as_it_is(
    library: Library, tmp_path: Path, form: str, question: str, words: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(unicodedata.normalize(form, ARTICLE), encoding="utf-8")  # type: ignore[arg-type]
    library.add(path)
    answer = asked(library, question)
    assert not answer.abstained
    assert unicodedata.normalize(form, words) in answer.citations[0].quote  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["nfc", "nfd"])
def test_the_owner_of_the_cafe_is_found(library: Library, name: str) -> None:
    library.add(DATA / f"{name}.txt")
    assert "Zoë Brontë" in unicodedata.normalize("NFC", asked(library, "Who is the owner of Café Müller?").text)


@pytest.mark.parametrize("name", ["plain", "soft"])
def test_soft_hyphens_do_not_hide_words(library: Library, name: str) -> None:
    library.add(DATA / f"{name}.txt")
    answer = asked(library, "What did Harbourline say?")
    assert "that the passengers would be paid back in August" in answer.text
