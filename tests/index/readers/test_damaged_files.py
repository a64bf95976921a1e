"""Damaged files of all kinds that list or contain articles are read in part or refused with a reason."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Failure, Skipped, SourceError
from index.ingest.load import load
from index.readers import ListEntry, UnusedKeys
from index.records import LoadedArticle
from tests.conftest import ROOT
from tests.index.readers.archives.test_web_archives import CRAWL, warc
from tests.index.readers.books.test_epub import TEXT, page, write_book
from tests.index.readers.data.test_json_files import SHAPES
from tests.index.readers.data.test_spreadsheets import write_xlsx
from tests.index.readers.markup.test_xml_files import ENCODED, rss
from tests.index.readers.test_captions import vtt

CASES = ROOT / "tests/data/kinds"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("samples")
    lines = "\n".join(json.dumps({"text": TEXT, "n": number}) for number in range(3))
    return {
        ".json": json.dumps(SHAPES["NewsAPI"]).encode(),
        ".jsonl.gz": gzip.compress(lines.encode()),
        ".xlsx": write_xlsx(folder / "a.xlsx", {"A": [["title", "text"], ["Ferry", TEXT]]}).read_bytes(),
        ".warc": warc(*CRAWL),
        ".warc.gz": warc(*CRAWL, gzip=True),
        ".vtt": vtt("<v Ada Brown>We voted", "to close it.").encode(),
        ".xml": rss(f"<title>A</title>{ENCODED}").encode(),
        ".epub": write_book(folder / "a.epub", {"a.html": page(f"<p>{TEXT}</p>")}).read_bytes(),
        ".csv": (CASES / "table_nan.csv").read_bytes(),
        ".html": (CASES / "list_bookmarks_html.html").read_bytes(),
        ".txt": (CASES / "list_of_addresses.txt").read_bytes(),
        ".md": (CASES / "md_web_clipper.md").read_bytes(),
    }


@given(st.data(), st.integers(), st.integers(1, 20))
@settings(max_examples=150, deadline=None)
def test_changed_files_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, samples: dict[str, bytes], data: st.DataObject, seed: int, changes: int
) -> None:
    suffix = data.draw(st.sampled_from(sorted(samples)))
    rng, content = random.Random(seed), bytearray(samples[suffix])
    for _ in range(changes):
        content[rng.randrange(len(content))] = rng.randrange(256)
    path: Path = tmp_path_factory.mktemp("changed") / f"a{suffix}"
    path.write_bytes(content[: rng.randrange(1, 2 * len(content))])
    try:
        found = list(load(path))
    except SourceError as error:
        assert str(error)  # noqa: PT017
    else:
        assert all(isinstance(item, LoadedArticle | ListEntry | Failure | Skipped | UnusedKeys) for item in found)
