"""Reading documents, e-mails, books and archives, valid and malformed."""

import random
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import Failure, Skipped, SourceError
from index.errors import ColumnNotFound
from index.ingest.load import load
from index.readers import UnusedKeys
from index.records import LoadedArticle
from tests.files import AUTHOR, PAGE, PARAGRAPHS, TITLE, WRITERS, email_message, write_epub, write_mbox, write_zip


def articles(path: Path) -> list[LoadedArticle]:
    found = list(load(path))
    assert not [item for item in found if isinstance(item, Failure)]
    return [item for item in found if isinstance(item, LoadedArticle)]


@pytest.mark.parametrize("kind", WRITERS)
def test_every_kind_yields_its_article(tmp_path: Path, kind: str) -> None:
    article = articles(WRITERS[kind](tmp_path / f"a{kind}"))[0]
    assert article.title == TITLE
    positions = [article.text.index(line) for line in PARAGRAPHS]
    assert positions == sorted(positions)
    assert "Home" not in article.text
    if kind not in (".mhtml", ".zip"):
        assert article.author == AUTHOR
    if kind in (".epub", ".eml", ".mbox", ".csv"):
        assert article.published == date(2023, 5, 4)
    if kind == ".mhtml":
        assert article.url == "https://outlet.example/bridge"


def test_parts_have_their_own_sources(tmp_path: Path) -> None:
    other = PAGE.replace("fjord", "sound").replace(TITLE, "Another bridge")
    book = articles(write_epub(tmp_path / "a.epub", (PAGE, "<html><body><p>Contents</p></body></html>", other)))
    assert [article.title for article in book] == [TITLE, "Another bridge"]
    assert [article.source.partition("#")[2] for article in book] == ["OEBPS/chapter1.xhtml", "OEBPS/chapter3.xhtml"]
    assert {(article.publisher, article.author) for article in book} == {("The Outlet", AUTHOR)}
    emails = articles(write_mbox(tmp_path / "a.mbox", ("One", "Two", "Three")))
    assert [article.source.partition("#")[2] for article in emails] == [
        f"{name}@outlet.example" for name in ("One", "Two", "Three")
    ]
    members = articles(write_zip(tmp_path / "a.zip"))
    assert [article.source.partition("#")[2] for article in members] == ["news/bridge.html", "news/lines.jsonl#1"]
    assert members[1].text == "The ferry sails again."


def test_a_bad_file_in_an_archive_fails_by_itself(tmp_path: Path) -> None:
    empty = write_zip(tmp_path / "empty.docx", {"word/nothing.xml": "<x/>"}).read_bytes()
    path = write_zip(tmp_path / "a.zip", {"a.docx": empty, "b.pdf": b"%PDF-1.4 junk", "c.txt": "Fine\n\nIt is fine."})
    data = bytearray(path.read_bytes())
    found = list(load(path))
    assert [item.text for item in found if isinstance(item, LoadedArticle)] == ["It is fine."]
    reasons = [item.reason for item in found if isinstance(item, Failure)]
    assert [reason.partition(":")[0] for reason in reasons] == ["a.docx", "b.pdf"]
    at = data.index(b"c.txt") + len(b"c.txt")  # the packed text of the last file
    data[at] ^= 255
    path.write_bytes(data)
    assert [item.reason.partition(":")[0] for item in load(path) if isinstance(item, Failure)] == [
        "a.docx",
        "b.pdf",
        "c.txt",
    ]


def test_emails_with_the_same_id_stay_separate(tmp_path: Path) -> None:
    write_mbox(tmp_path / "a.mbox", ("One", "Two"))
    text = (tmp_path / "a.mbox").read_text().replace("<Two@outlet.example>", "<One@outlet.example>")
    (tmp_path / "a.mbox").write_text(text)
    assert [article.source.partition("#")[2] for article in articles(tmp_path / "a.mbox")] == [
        "One@outlet.example",
        "2",
    ]


def test_an_html_only_email(tmp_path: Path) -> None:
    message = email_message(text="Read this in your browser.")
    (tmp_path / "a.eml").write_bytes(bytes(message))
    [article] = articles(tmp_path / "a.eml")
    assert PARAGRAPHS[1] in article.text


def test_a_table_without_text_names_its_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name;price\nbread;2\n")
    with pytest.raises(SourceError, match=r"no column contains the text .* \(name, price\) to text or body or content"):
        list(load(tmp_path / "a.csv"))
    (tmp_path / "b.csv").write_text("title;text\nOne;The ferry sails.\nTwo;\n;\nThree;It rains.\n")
    found = list(load(tmp_path / "b.csv"))
    assert [getattr(item, "text", None) or getattr(item, "reason", None) for item in found] == [
        "The ferry sails.",
        "line 3: the row has no text",
        "It rains.",
    ]


def test_renamed_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Schlagzeile;Inhalt;Tag\nFähre;Die Fähre fährt.;2023-05-04\n")
    columns = {"text": "Inhalt", "title": "Schlagzeile", "published": "Tag"}
    [article] = load(tmp_path / "a.csv", columns=columns)
    assert isinstance(article, LoadedArticle)
    assert (article.title, article.text, article.published) == ("Fähre", "Die Fähre fährt.", date(2023, 5, 4))
    (tmp_path / "a.jsonl").write_text('{"Inhalt": "Die Fähre fährt.", "Schlagzeile": "Fähre", "Tag": "2023-05-04"}')
    [from_json] = load(tmp_path / "a.jsonl", columns=columns)
    assert isinstance(from_json, LoadedArticle)
    assert replace(from_json, source="") == replace(article, source="")
    with pytest.raises(ColumnNotFound, match=r"no column contains the author .* to Autor,") as raised:
        list(load(tmp_path / "a.csv", columns={**columns, "author": "Autor"}))
    assert (raised.value.code, raised.value.field) == ("column", "author")
    assert "--" not in str(raised.value)  # the command line adds its own hint


def zip_bomb(path: Path, name: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"a" * 20_000_000)
    return path


def zip_of_many_files(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}.txt", "x")
    return path


@pytest.mark.parametrize("kind", [".zip", ".docx", ".odt", ".epub"])
def test_zip_bombs_are_refused_before_unpacking(tmp_path: Path, kind: str) -> None:
    with pytest.raises(SourceError, match=r"unpacks to more than 200 times its packed size.*zip bomb"):
        list(load(zip_bomb(tmp_path / f"a{kind}", "word/document.xml")))
    with pytest.raises(SourceError, match=r"contains 10,001 files, and the limit is 10,000; split it"):
        list(load(zip_of_many_files(tmp_path / f"b{kind}")))


def test_archives_write_nothing_outside_their_folder(tmp_path: Path) -> None:
    inner = write_zip(tmp_path / "inner.zip").read_bytes()
    path = write_zip(
        tmp_path / "a.zip",
        {"../../out.txt": "Outside.", "inner.zip": inner, "ok.txt": "Fine\n\nIt is fine.", "bad.docx": b"PK"},
    )
    found = list(load(path))
    reasons = [item.reason for item in found if isinstance(item, Failure)]
    assert any(reason.startswith("inner.zip: archives inside archives aren't read; unpack") for reason in reasons)
    assert any("bad.docx: the file is damaged or isn't a Word document" in reason for reason in reasons)
    assert any("out.txt: its path is outside the archive" in reason for reason in reasons)
    assert [item.title for item in found if isinstance(item, LoadedArticle)] == ["Fine"]
    assert not (tmp_path.parent.parent / "out.txt").exists()


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
EXTERNAL_ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("attack", [BILLION_LAUGHS + "<x>&i;</x>", EXTERNAL_ENTITY + "<x>&a;</x>"])
def test_xml_attacks_are_refused(tmp_path: Path, attack: str) -> None:
    for kind, name in ((".docx", "word/document.xml"), (".odt", "content.xml"), (".epub", "OEBPS/chapter1.xhtml")):
        source, path = WRITERS[kind](tmp_path / f"source{kind}"), tmp_path / f"a{kind}"
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
            for member in old.namelist():
                new.writestr(member, attack if member == name else old.read(member))
        with pytest.raises(SourceError):
            list(load(path))


def test_deeply_nested_and_unclosed_pages_are_handled(tmp_path: Path) -> None:
    for name, page in (
        ("deep", "<div>" * 100_000 + "The ferry sails."),
        ("unclosed", "<p><b>The ferry sails. " * 40_000),
    ):
        (tmp_path / f"{name}.html").write_text(page)
        try:
            found = list(load(tmp_path / f"{name}.html"))
        except SourceError as error:
            assert str(error)  # noqa: PT017
        else:
            assert all(isinstance(item, LoadedArticle) for item in found)


@pytest.mark.parametrize("kind", WRITERS)
def test_cut_files_are_articles_or_failures(tmp_path: Path, kind: str) -> None:
    data = WRITERS[kind](tmp_path / f"whole{kind}").read_bytes()
    for part in range(20):
        path = tmp_path / f"cut{kind}"
        path.write_bytes(data[: len(data) * part // 20])
        try:
            assert all(isinstance(item, Failure | LoadedArticle) for item in load(path))
        except SourceError as error:
            assert str(error)  # noqa: PT017
    assert articles(tmp_path / f"whole{kind}")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("made")
    return {kind: write(folder / f"a{kind}").read_bytes() for kind, write in WRITERS.items()}


@given(st.sampled_from(sorted(WRITERS)), st.integers(), st.integers(1, 30))
@settings(max_examples=200, deadline=None)
def test_changed_files_are_articles_or_failures(
    tmp_path_factory: pytest.TempPathFactory, made: dict[str, bytes], kind: str, seed: int, changes: int
) -> None:
    rng, data = random.Random(seed), bytearray(made[kind])
    for _ in range(changes):
        data[rng.randrange(len(data))] = rng.randrange(256)
    path = tmp_path_factory.mktemp("changed") / f"a{kind}"
    path.write_bytes(data)
    try:
        found = list(load(path))
    except SourceError as error:
        assert str(error)  # noqa: PT017
    else:
        assert all(isinstance(item, Failure | LoadedArticle | Skipped | UnusedKeys) for item in found)
