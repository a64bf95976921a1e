"""The bench of PDFs, with the maker that is always installed."""

from pathlib import Path

import pytest

from bench.quality.pdf_makers import Maker, by_reportlab, by_rows
from bench.quality.pdfs import ROOT, measure, read_stories, score


@pytest.mark.parametrize("maker", [by_reportlab, by_rows])
@pytest.mark.parametrize(("columns", "most"), [(1, 0.02), (2, 0.02), (3, 0.05)])
def test_sentences_are_whole_and_never_mixed(maker: Maker, columns: int, most: float, tmp_path: Path) -> None:
    result = measure(maker, columns, list(read_stories(ROOT / "examples" / "articles"))[:2], tmp_path)
    assert result.written > 100
    assert result.share_broken <= most
    assert result.spliced == ()


def test_broken_and_mixed_sentences_are_counted() -> None:
    [story, *_] = read_stories(ROOT / "examples" / "articles")
    text = "\n\n".join(story.paragraphs)
    assert score(story, text).broken == score(story, text).spliced == ()
    half = len(text) // 2
    assert len(score(story, text[:half] + "\n\n" + text[half:]).broken) == 1
    assert len(score(story, text.replace(" and ", " or ", 1)).spliced) == 1
