"""Search by words: a tantivy index that follows the library's change counter.

It lies in a folder beside the SQLite file and holds nothing that isn't in it: where it is missing, damaged or
another library's, it is made anew.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import tantivy
from filelock import FileLock

from .database import Database
from .words import QUESTION_WORDS

_FORMAT = 1  # one up when the schema or the analyzer changes: older folders are made anew
_WRITER_BYTES = 64_000_000
_ANALYZER = "words"
_FIELDS = {"text": 1.0, "title": 0.5}  # with their weights


def _analyzer() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stopword("english"))
        .filter(tantivy.Filter.custom_stopword(sorted(QUESTION_WORDS)))
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_unsigned_field("id", stored=False, indexed=True, fast=True)
    for field in _FIELDS:
        builder = builder.add_text_field(field, stored=False, tokenizer_name=_ANALYZER, index_option="freq")
    return builder.build()


@dataclass(frozen=True, slots=True)
class _Position:
    """Which library a word index follows, and how far it has come."""

    library: str
    change: int
    format: int = _FORMAT


class WordIndex:
    """BM25 over passages and their articles' titles."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder = folder
        self._database = database
        self._schema = _schema()
        self._analyzer = _analyzer()
        self._index: tantivy.Index | None = None
        self._change = -1  # what the opened searcher has seen
        self._thread_lock = threading.RLock()
        self._process_lock = FileLock(folder.with_suffix(".lock"))

    def terms(self, text: str) -> list[str]:
        """The stemmed words of a text, without stop words: what is compared with passages."""
        return list(self._analyzer.analyze(text))

    def search(self, terms: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Passage ids and BM25 scores for the terms, best first, at most `k`. No term has to occur."""
        if not terms or k < 1:
            return []
        index = self._followed()
        searcher = index.searcher()
        hits = searcher.search(self._query(terms), limit=k, count=False).hits
        if not hits:
            return []
        ids = searcher.fast_field_values("id", [address for _, address in hits])
        return [(int(i), float(score)) for i, (score, _) in zip(ids, hits, strict=True) if i is not None]

    def passage_frequency(self, term: str) -> int:
        """In how many passages a (stemmed) term occurs."""
        return int(self._followed().searcher().doc_freq("text", term))

    def occurs_nearly(self, term: str) -> bool:
        """True where a term occurs in a passage, or one that differs by a letter."""
        query = tantivy.Query.fuzzy_term_query(self._schema, "text", term, distance=1)
        return bool(self._followed().searcher().search(query, limit=1, count=False).hits)

    def follow(self) -> None:
        """Take in what changed since the last time."""
        self._followed()

    def rebuild(self) -> None:
        """Make the folder anew."""
        with self._thread_lock, self._process_lock:
            self._index, self._change = None, -1
            shutil.rmtree(self._folder, ignore_errors=True)
            self._followed()

    def count(self) -> int:
        """Number of passages in the index."""
        return int(self._followed().searcher().num_docs)

    def _query(self, terms: Sequence[str]) -> tantivy.Query:
        clauses = []
        for field, weight in _FIELDS.items():
            for term in dict.fromkeys(terms):
                query = tantivy.Query.term_query(self._schema, field, term, "freq")
                clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(query, weight)))
        return tantivy.Query.boolean_query(clauses)

    def _followed(self) -> tantivy.Index:
        """The index, as far as the database is now."""
        change = self._database.change()
        with self._thread_lock:
            if self._index is None or self._change != change:
                with self._process_lock:  # one process writes, the others find it done
                    self._index, self._change = self._follow()
            return self._index

    def _follow(self) -> tuple[tantivy.Index, int]:
        database, position = self._database, self._position()
        index = self._open(position)
        with database.snapshot():
            change = database.change()
            if index is None or position is None or position.change > change:
                index, position = self._create(), _Position(database.identity(), 0)
            if position.change < change:
                self._write(index, position.change)
        self._save(_Position(position.library, change))
        index.reload()
        return index, change

    def _open(self, position: _Position | None) -> tantivy.Index | None:
        if position is None or position.library != self._database.identity() or position.format != _FORMAT:
            return None
        if self._index is not None:
            return self._index
        try:
            index = tantivy.Index.open(str(self._folder))
            index.register_tokenizer(_ANALYZER, self._analyzer)
            index.searcher()
        except (ValueError, OSError):  # damaged: it is derived, so it is made anew
            return None
        return index

    def _create(self) -> tantivy.Index:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        index = tantivy.Index(self._schema, path=str(self._folder))
        index.register_tokenizer(_ANALYZER, self._analyzer)
        return index

    def _write(self, index: tantivy.Index, since: int) -> None:
        """Delete, then add, by passage id: to do it twice is to do it once."""
        removed = self._database.removed_since(since)
        passages = list(self._database.passages_since(since))
        stale = [*removed, *(passage_id for passage_id, _, _ in passages)] if since or index.searcher().num_docs else []
        writer = index.writer(_WRITER_BYTES, num_threads=1)
        try:
            if stale:  # by query: delete_documents_by_term takes its number for a signed one and finds nothing
                writer.delete_documents_by_query(tantivy.Query.term_set_query(self._schema, "id", stale))
            for passage_id, title, text in passages:
                document = tantivy.Document()
                document.add_unsigned("id", passage_id)
                document.add_text("title", title)
                document.add_text("text", text)
                writer.add_document(document)
            writer.commit()
        finally:
            writer.wait_merging_threads()

    def _position(self) -> _Position | None:
        try:
            return _Position(**json.loads((self._folder / "position.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _save(self, position: _Position) -> None:
        scratch = self._folder / "position.new"
        scratch.write_text(json.dumps(asdict(position)), encoding="utf-8")
        scratch.replace(self._folder / "position.json")
