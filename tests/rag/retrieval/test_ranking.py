"""Rankings for search queries."""

from pathlib import Path

from index import Library
from rag import Assistant


def test_a_number_only_matches_the_same_number(library: Library, tmp_path: Path) -> None:
    texts = {
        1931: "In 1931 the people of Narvo made Olsen their mayor.",
        1937: "Berg became mayor of Narvo in 1937, when he was thirty.",
        1973: "The mayor of Narvo since 1973, Lund, had the harbour dug.",
        1913: "Before Narvo had a town hall, Dahl was chosen as mayor, in 1913.",
    }
    for year, text in texts.items():
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    library.add(tmp_path)
    for year, text in texts.items():
        first, second, *_ = Assistant(library).search(f"Who became mayor of Narvo in {year}?")
        assert first.passage.text == text
        assert first.score - second.score > 0.05
