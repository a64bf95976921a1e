"""Articles are read from files."""

import json
from datetime import date
from pathlib import Path

import pytest

from index import Failure, SourceError
from index.cleaning.dates import parse_date
from index.ingest.folders import find_files
from index.ingest.load import load
from index.readers import MAX_FILE_BYTES, UnusedKeys
from index.records import LoadedArticle

TEXT = "Curly “quotes” and the town’s café.\n\nA second paragraph."
HTML = """<!doctype html><html lang="en"><head><title>Bridge opens | The Outlet</title>
<meta property="og:title" content="Bridge opens"><meta property="og:site_name" content="The Outlet">
<meta name="author" content="Jane Porter"><meta property="article:published_time" content="2023-05-04T10:00:00Z">
<link rel="canonical" href="https://outlet.example/bridge"></head><body><nav>Home News Sport</nav>
<article><h1>Bridge opens</h1>
<p>The new bridge over the fjord opened on Thursday after three years of building, the mayor said.</p>
<p>Some four thousand people walked over it on the first day, which was sunny and without wind for once.</p>
<p>The bridge is 640 metres long and has room for cyclists on both sides, according to the council.</p>
</article><footer>Subscribe to our newsletter</footer></body></html>"""


def only(path: Path) -> LoadedArticle:
    [article] = [item for item in load(path) if not isinstance(item, UnusedKeys)]
    assert isinstance(article, LoadedArticle)
    return article


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    article = only(write(tmp_path, "a.txt", f"Headline here\n\n{TEXT}".encode(encoding)))
    assert (article.title, article.text) == ("Headline here", TEXT)


def test_front_matter(tmp_path: Path) -> None:
    front = "---\ntitle: A title\npublisher: The Outlet\npublished: 2023-05-04\nauthor: Jane\nweird: [1]\n---\n"
    for name in ("a.md", "a.txt"):
        article = only(write(tmp_path, name, front + TEXT))
        assert (article.title, article.publisher, article.published) == ("A title", "The Outlet", date(2023, 5, 4))
        assert (article.author, article.text) == ("Jane", TEXT)


@pytest.mark.parametrize("value", ["!!bool foo", "!!timestamp abc", '!!int ""', "&a [*a]", "{<<: {a: 1}}", "1984"])
def test_front_matter_values_are_read_as_plain_text(tmp_path: Path, value: str) -> None:
    try:
        article = only(write(tmp_path, "a.md", f"---\ntitle: {value}\npublisher: The Outlet\n---\n{TEXT}"))
    except SourceError as error:
        assert "not valid YAML" in str(error)  # noqa: PT017
    else:
        assert (article.publisher, article.text) == ("The Outlet", TEXT)
        assert article.title in ("a", "foo", "abc", "1984")


def test_utf_16_json_lines_with_two_articles_of_one_url(tmp_path: Path) -> None:
    lines = [json.dumps({"text": text, "url": "https://outlet.example/a"}) for text in ("One.", "Two.")]
    path = write(tmp_path, "a.jsonl", "\n".join(lines).encode("utf-16"))
    found = list(load(path))
    assert [article.text for article in found if isinstance(article, LoadedArticle)] == ["One.", "Two."]
    assert len({article.source for article in found}) == 2


def test_markdown_is_rendered_to_text(tmp_path: Path) -> None:
    source = (
        "# The title\n\nSome **bold** words, [a link](http://x.example/) and ![no](http://x.example/i.png) picture."
    )
    article = only(write(tmp_path, "a.md", source))
    assert (article.title, article.text) == ("The title", "Some bold words, a link and  picture.".replace("  ", " "))


def test_html(tmp_path: Path) -> None:
    article = only(write(tmp_path, "a.html", HTML))
    assert article.title == "Bridge opens"
    assert (article.publisher, article.author) == ("The Outlet", "Jane Porter")
    assert (article.published, article.url) == (date(2023, 5, 4), "https://outlet.example/bridge")
    assert "four thousand people" in article.text
    assert "newsletter" not in article.text
    assert "Sport" not in article.text


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        json.dumps({"title": "One", "text": "Text one.", "published": "22 December 2022", "extra": {"a": 1}}),
        "",
        "{broken",
        json.dumps({"title": "No text"}),
        json.dumps([1, 2]),
        json.dumps({"text": "Text two.", "url": "https://outlet.example/two", "title": 5}),
        json.dumps({"text": "Bad \ud800 half"}),
        json.dumps({"text": "Text three.", "url": "javascript:alert(1)"}),
    ]
    found = list(load(write(tmp_path, "a.jsonl", "\n".join(lines))))
    articles = [item for item in found if isinstance(item, LoadedArticle)]
    failures = [item for item in found if isinstance(item, Failure)]
    assert [article.text for article in articles] == ["Text one.", "Text two.", "Text three."]
    assert articles[0].published == date(2022, 12, 22)
    assert articles[1].source == "https://outlet.example/two"
    assert articles[2].url is None
    assert [failure.reason.split(":")[0] for failure in failures] == ["line 3", "line 4", "line 5", "line 7"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "no article text"),
        ("binary.txt", bytes(range(256)) * 20, "not a text file"),
        ("nul.txt", b"Some text\x00with a NUL byte in it, and more.", "not a text file|NUL"),
        ("large.txt", b"a" * (MAX_FILE_BYTES + 1), "limit is 21 MB"),
        ("image.png", b"\x89PNG", "can't be read; supported are .txt"),
        ("nothing.html", b"<html><body></body></html>", "no article text"),
        ("front.md", b"---\ntitle: [\n---\ntext", "not valid YAML"),
        ("deep.md", b"---\na: " + b"[" * 15_000 + b"\n---\ntext", "not valid YAML"),
        ("wide.md", b"---\na: " + b"x" * 50_000 + b"\n---\ntext", "the limit is 20,000"),
        ("lines.jsonl", b"\n\n", "empty"),
    ],
)
def test_bad_files_are_rejected_with_a_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        list(load(write(tmp_path, name, data)))


def test_hidden_and_unsupported_files_in_folders_are_skipped(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "c.png"):
        write(tmp_path, name, "x")
    (tmp_path / ".git").mkdir()
    write(tmp_path / ".git", "d.txt", "x")
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub", "e.jsonl", "{}")
    (tmp_path / "loop").symlink_to(tmp_path)
    write(tmp_path, ".DS_Store", "x")
    found = find_files(tmp_path)
    assert [path.name for path in found.files] == ["a.md", "b.txt", "e.jsonl"]
    assert [(path.name, reason) for path, reason in found.skipped] == [
        (".git", "a hidden folder"),
        (".hidden.txt", "a hidden file"),
        ("c.png", ".png files can't be read"),
        ("loop", "a link to a folder"),
    ]


def test_files_of_saved_pages_and_links_out_of_the_folder_are_skipped(tmp_path: Path) -> None:
    outside, folder = write(tmp_path, "outside.txt", "x"), tmp_path / "news"
    for name in ("Bridge_files", "2022", "own_files"):
        (folder / name).mkdir(parents=True)
    write(folder, "Bridge.html", HTML)
    write(folder / "Bridge_files", "advert.html", HTML)
    write(folder / "own_files", "a.txt", "x")
    write(folder / "2022", "b.md", "x")
    (folder / "link.txt").symlink_to(outside)
    (folder / "inside.txt").symlink_to(folder / "2022" / "b.md")

    def found(**patterns: list[str]) -> list[str]:
        return [path.relative_to(folder).as_posix() for path in find_files(folder, **patterns).files]

    assert found() == ["2022/b.md", "Bridge.html", "inside.txt", "own_files/a.txt"]
    assert found(include=["*.html", "2022/*"]) == ["2022/b.md", "Bridge.html"]
    assert found(exclude=["*.txt"]) == ["2022/b.md", "Bridge.html"]
    assert found(include=["*.md"], exclude=["2022/*"]) == []
    skipped = find_files(folder).skipped
    assert [(path.name, reason) for path, reason in skipped] == [("link.txt", "a link that leads out of the folder")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-12-22", date(2022, 12, 22)),
        ("2022-12-22T23:59:00+02:00", date(2022, 12, 22)),
        ("Thu, 22 Dec 2022 10:00:00 GMT", date(2022, 12, 22)),
        ("December 22, 2022", date(2022, 12, 22)),
        ("December 2022", None),  # missing parts are never taken from the clock
        ("yesterday", None),
        ("Thu, 01 Jan 1970 00:00:00 +999999999999999", None),
        (5, None),
    ],
)
def test_dates(text: object, day: date | None) -> None:
    assert parse_date(text) == day
