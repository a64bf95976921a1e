"""Measure how PDFs are read: sentences broken mid-way, and sentences that nobody wrote.

Each maker sets the sample articles, several in one file, in one, two and three columns.
A sentence is broken if it isn't in the text as a whole, or with the hyphen of a line end that isn't its own. A
sentence of the article's text is spliced if, apart from such hyphens, it isn't part of a paragraph that was written.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bench.quality.pdf_makers import MAKERS, Maker, Story, available_makers
from index.chunking import sentence_spans
from index.ingest.load import load
from index.records import LoadedArticle

_ARTICLES_PER_PDF = 3
_WHITE_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Score:
    """Counts of sentences."""

    written: int
    broken: tuple[str, ...]
    spliced: tuple[str, ...]

    @property
    def share_broken(self) -> float:
        """The share of the written sentences that are broken."""
        return len(self.broken) / self.written if self.written else 0.0


def read_stories(folder: Path, per_pdf: int = _ARTICLES_PER_PDF) -> Iterator[Story]:
    """Make stories of so many articles each. Characters that some fonts lack are left out."""
    articles = [a for file in sorted(folder.iterdir()) for a in load(file) if isinstance(a, LoadedArticle)]
    for start in range(0, len(articles) - per_pdf + 1, per_pdf):
        group = articles[start : start + per_pdf]
        paragraphs = [line for article in group for line in article.text.split("\n") if len(line.split()) > 5]
        yield Story(group[0].title or "Untitled", tuple(_plain(line) for line in paragraphs))


def score(story: Story, text: str) -> Score:
    """Compare the text of a PDF with what was written."""
    written = [p[s.start : s.end] for p in story.paragraphs for s in sentence_spans(p)]
    lines = [_key(line) for line in text.split("\n")]
    broken = tuple(sentence for sentence in written if not any(_key(sentence) in line for line in lines))
    paragraphs = [_key(p).replace("-", "") for p in (*story.paragraphs, story.title)]
    read = [text[s.start : s.end] for s in sentence_spans(text)]
    spliced = tuple(sentence for sentence in read if not any(_key(sentence).replace("-", "") in p for p in paragraphs))
    return Score(len(written), broken, spliced)


def measure(maker: Maker, columns: int, stories: Sequence[Story], folder: Path) -> Score:
    """Make and read a PDF of each story."""
    scores = []
    for number, story in enumerate(stories):
        path = folder / f"{maker.__name__}-{columns}-{number}.pdf"
        maker(story, columns, path)
        [article] = load(path)
        assert isinstance(article, LoadedArticle)
        scores.append(score(story, article.text))
    return Score(
        sum(s.written for s in scores),
        tuple(sentence for s in scores for sentence in s.broken),
        tuple(sentence for s in scores for sentence in s.spliced),
    )


def main() -> None:
    """Print a row for each maker and number of columns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, default=ROOT / "examples" / "articles")
    parser.add_argument("--stories", type=int, default=3, help="PDFs of each kind")
    parser.add_argument("--keep", type=Path, help="keep the PDFs in this folder")
    parser.add_argument("--show", action="store_true", help="print the broken and spliced sentences")
    options = parser.parse_args()
    stories = list(read_stories(options.articles))[: options.stories]
    makers = available_makers()
    for name in MAKERS.keys() - makers.keys():
        print(f"{name} isn't installed and was left out")
    print(f"{'maker':24}{'columns':>8}{'sentences':>11}{'broken':>9}{'spliced':>9}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for name, maker in makers.items():
            for columns in (1, 2, 3):
                result = measure(maker, columns, stories, folder)
                print(f"{name:24}{columns:8}{result.written:11}{result.share_broken:9.1%}{len(result.spliced):9}")
                if options.show:
                    for kind, sentences in (("broken", result.broken), ("spliced", result.spliced)):
                        print(*(f"    {kind}: {sentence}" for sentence in sentences), sep="\n")


def _plain(text: str) -> str:
    """Return a text in characters that all makers' fonts have."""
    return _WHITE_SPACE.sub(" ", text.encode("cp1252", "ignore").decode("cp1252"))


def _key(text: str) -> str:
    """Return a text without white space and with plain quotation marks, which TeX sets differently."""
    return _WHITE_SPACE.sub("", text).translate(str.maketrans("“”‘’—–", "\"\"''--"))


if __name__ == "__main__":
    main()
