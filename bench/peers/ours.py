"""This project, through its public API."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from index import Library
from rag import Assistant


class System:
    """A library on disk, as users have it. It reads the files itself, and finds statements while it embeds."""

    def __init__(self, _model: str) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._library = Library.open(self._folder.name)  # the bundled model is the one that the peers are given
        self._library.embedder.embed_question("hello world")
        self._assistant = Assistant(self._library)
        self._passages: list[tuple[str, str]] = []
        self._numbers: dict[int, int] = {}
        self._files: dict[int, str] = {}

    def add(self, articles: dict[str, Path]) -> None:
        """Add the articles."""
        report = self._library.add(*articles.values())
        if report.failed:
            raise ValueError(f"not added: {report.failed}")
        self._files = {article.id: Path(article.source).name for article in self._library.articles()}
        for article, name in self._files.items():
            for passage in self._library.passages.of_article(article):
                self._numbers[passage.id] = len(self._passages)
                self._passages.append((name, passage.text))

    def chunks(self) -> list[tuple[str, str]]:
        """All passages, as (file, text)."""
        return self._passages

    def search(self, question: str, k: int) -> list[tuple[int, float]]:
        """The best passages with their scores, best first."""
        return [(self._numbers[hit.passage.id], hit.score) for hit in self._assistant.search(question, k=k)]

    def ask(self, question: str) -> tuple[list[tuple[str, str]], bool]:
        """The citations of an answer as (file, quote), and whether it abstained."""
        answer = self._assistant.ask(question)
        return [(self._files[citation.article_id], citation.quote) for citation in answer.citations], answer.abstained
