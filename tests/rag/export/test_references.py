"""References, read back by the readers of each format; hostile titles and names change nothing but themselves."""

from __future__ import annotations

import json
import re
import warnings
from datetime import UTC, date, datetime

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from index import Article
from rag.export import reference_of, to_bibtex, to_csl, to_ris
from rag.export.names import Name, split_authors

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of its own old imports
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON


def article(**fields: object) -> Article:
    known = {
        "id": 12,
        "title": "Bridge: opened & closed",
        "text": "Text.",
        "sources": ("a.txt",),
        "added": datetime(2026, 1, 2, tzinfo=UTC),
        "url": "https://outlet.example/bridge?a=1&b=%7Bx%7D",
        "publisher": "The Daily Planet",
        "author": "Ada von Brown, Martin Luther King, Jr., Associated Press",
        "published": date(2025, 3, 4),
        "language": "en",
    }
    return Article(**{**known, **fields})  # type: ignore[arg-type]


HOSTILE = [
    "}\n@article{evil, title={x}}",
    "\\input{/etc/passwd} {{{ \\",
    '% comment $x^2$ # _ ~ & " @string{a}',
    "x\r\nER  - \r\nTY  - NEWS\r\nTI  - evil",
    "line\u2028AU  - Evil\x85\x0b\x0cnext\x00\x1b[31m",
    "Ann and Bob and others",
    '=HYPERLINK("http://evil.example")',
    "<script>alert(1)</script>",
    "\ud800 lone",
]


def bibtex_entries(text: str) -> list[dict[str, str]]:
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    assert len(library.blocks) == len(library.entries)
    return [{field.key: str(field.value) for field in entry.fields} for entry in library.entries]


def plain(text: str) -> str:
    """What of a text has to be in a reference: its letters and digits."""
    return re.sub(r"[\W_ˆ]+", "", text.encode("utf-8", "ignore").decode())


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("Ada Brown", [Name("Brown", "Ada")]),
        (
            "Ursula von der Leyen, Ludwig van Beethoven",
            [Name("von der Leyen", "Ursula"), Name("van Beethoven", "Ludwig")],
        ),
        ("Martin Luther King, Jr., Ann Lee", [Name("King", "Martin Luther", "Jr."), Name("Lee", "Ann")]),
        ("Robert Downey Jr.", [Name("Downey", "Robert", "Jr.")]),
        ("Reuters", [Name("Reuters", is_person=False)]),
        ("Associated Press, AFP", [Name("Associated Press", is_person=False), Name("AFP", is_person=False)]),
        ("Emily Post", [Name("Post", "Emily")]),
        ("The Daily Planet", [Name("The Daily Planet", is_person=False)]),
        ("Daily Planet", [Name("Daily Planet", is_person=False)]),
        ("Ministry of Defence", [Name("Ministry of Defence", is_person=False)]),
        ("Pelé", [Name("Pelé")]),
        (" , ,", []),
        (None, []),
    ],
)
def test_authors_are_persons_or_organisations(authors: str | None, names: list[Name]) -> None:
    assert list(split_authors(authors, "Daily Planet")) == names


def test_bibtex_is_read_back() -> None:
    [entry] = bibtex_entries(to_bibtex([reference_of(article())]))
    assert entry["title"].strip("{}") == "Bridge: opened & closed"
    assert entry["author"].split(" and ") == ["von Brown, Ada", "King, Jr., Martin Luther", "Associated Press"]
    assert "author = {von Brown, Ada and King, Jr., Martin Luther and {Associated Press}}" in to_bibtex(
        [reference_of(article())]
    )
    assert entry["journal"] == "The Daily Planet"
    assert (entry["date"], entry["year"], entry["month"]) == ("2025-03-04", "2025", "3")


def test_ris_is_read_back() -> None:
    [entry] = rispy.loads(to_ris([reference_of(article())]))
    assert entry["type_of_reference"] == "NEWS"
    assert entry["title"] == "Bridge: opened & closed"
    assert entry["authors"] == ["von Brown, Ada", "King, Martin Luther, Jr.", "Associated Press"]
    assert (entry["year"], entry["date"], entry["secondary_title"]) == ("2025", "2025/03/04", "The Daily Planet")
    assert entry["urls"] == ["https://outlet.example/bridge?a=1&b=%7Bx%7D"]


def test_csl_makes_a_bibliography() -> None:
    items = json.loads(to_csl([reference_of(article())]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about fields of CSL-JSON that this reader doesn't know
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        bibliography.register(Citation([CitationItem(items[0]["id"])]))
        [line] = map(str, bibliography.bibliography())
    assert "Brown" in line
    assert "2025" in line
    assert "Bridge: opened & closed" in line
    assert items[0]["author"][1] == {"family": "King", "given": "Martin Luther", "suffix": "Jr."}
    assert items[0]["author"][2] == {"literal": "Associated Press"}
    assert items[0]["issued"] == {"date-parts": [[2025, 3, 4]]}


def test_what_is_not_known_is_left_out() -> None:
    bare = reference_of(article(title=" ", url=None, publisher=None, author=None, published=None, language=None))
    [item] = json.loads(to_csl([bare]))
    assert item == {"id": "articlea12", "type": "document", "title": "Untitled article"}
    [entry] = bibtex_entries(to_bibtex([bare]))
    assert list(entry) == ["title"]
    [record] = rispy.loads(to_ris([bare]))
    assert "date" not in record
    assert reference_of(article(url="javascript:alert(1)")).url is None


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_and_names_stay_in_their_fields(text: str) -> None:
    several = [reference_of(article(id=n, title=text, author=text, publisher=text)) for n in (1, 2)]
    entries = bibtex_entries(to_bibtex(several))
    records = rispy.loads(to_ris(several))
    items = json.loads(to_csl(several))
    assert len(entries) == len(records) == len(items) == 2
    assert len({item["id"] for item in items}) == 2
    for entry, record, item in zip(entries, records, items, strict=True):
        assert plain(entry["title"]) == plain(record["title"]) == plain(item["title"]) == plain(text)
        assert set(record) <= {
            *("type_of_reference", "id", "authors", "title", "secondary_title", "year", "date", "urls"),
            *("access_date", "language"),
        }


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read_back(title: str, author: str) -> None:
    reference = reference_of(article(title=title, author=author))
    [entry] = bibtex_entries(to_bibtex([reference]))
    [record] = rispy.loads(to_ris([reference]))
    [item] = json.loads(to_csl([reference]))
    assert record["title"] == item["title"] == reference.title
    assert entry["date"] == "2025-03-04"
