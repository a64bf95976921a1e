"""The fields of articles in tables, JSON and front matter, by the names that their sources use."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from index import Failure, Skipped
from index.ingest.load import load
from index.readers import ListEntry, UnusedKeys
from index.records import LoadedArticle
from tests.conftest import ROOT

CASES = ROOT / "tests/data/kinds"
TEXT = "The council voted to close the ferry terminal, it was hard."


def articles(path: Path) -> list[LoadedArticle]:
    return [item for item in load(path) if isinstance(item, LoadedArticle)]


def unused(path: Path) -> list[str]:
    return [name for item in load(path) if isinstance(item, UnusedKeys) for name in item.names]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_json_lines_know_the_names_of_tables() -> None:
    [article] = articles(CASES / "jsonl_content.jsonl")
    assert article.title == "Ferry"
    assert article.text.startswith("The town council of Northbridge voted")


def test_front_matter_knows_the_names_of_tables() -> None:
    [article] = articles(CASES / "md_front_matter_keys.md")
    assert (article.title, article.published, article.publisher) == ("Ferry", date(2023, 3, 7), "Northbridge Post")
    assert article.url == "https://post.example/ferry"
    assert article.author
    assert "Ada Brown" in article.author
    assert "Carl Dean" in article.author


def test_the_front_matter_of_a_web_clipper() -> None:
    [article] = articles(CASES / "md_web_clipper.md")
    assert (article.url, article.author) == ("https://post.example/ferry", "Ada Brown")
    assert (article.title, article.published) == ("Ferry terminal to close", date(2023, 3, 7))
    assert unused(CASES / "md_web_clipper.md") == ["created", "description", "tags"]


def test_missing_values_in_a_table_are_none() -> None:
    items = list(load(CASES / "table_nan.csv"))
    [article] = [item for item in items if isinstance(item, LoadedArticle)]
    assert (article.title, article.author, article.published) == ("A", None, None)
    assert len([item for item in items if isinstance(item, Failure)]) == 2


def test_the_separator_line_of_a_table() -> None:
    [article] = articles(CASES / "table_sep_line.csv")
    assert (article.title, article.text) == ("Ferry", "The council voted, it was hard.")


RECORDS = [
    {"headline": "Ferry", "maintext": TEXT, "date_publish": "2023-03-07 21:30:00", "source_domain": "post.example"},
    {"webTitle": "Ferry", "bodyText": TEXT, "webPublicationDate": "2023-03-07T21:30:00Z", "Source Name": "The Post"},
    {
        "Headline": "Ferry",
        "Full Text": TEXT,
        "Publication date": "7 March 2023",
        "Publication title": "",
        "Outlet": "P",
    },
    {"title": {"rendered": "Ferry"}, "content": {"rendered": f"<p>{TEXT}</p>\n"}, "date": "2023-03-07", "site": "Post"},
    {
        "title": "Ferry",
        "content": [TEXT],
        "publishedAt": "2023-03-07T21:30:00Z",
        "source": {"id": None, "name": "Post"},
    },
    {"title": "Ferry", "body": f"<div><b>The</b>{TEXT[3:]}</div>", "datePublished": "2023-03-07", "media_name": "Post"},
]


@pytest.mark.parametrize("record", RECORDS)
def test_names_and_values_of_other_programs(tmp_path: Path, record: dict[str, object]) -> None:
    [article] = articles(write(tmp_path, "a.jsonl", json.dumps(record)))
    assert (article.title, article.text, article.published) == ("Ferry", TEXT, date(2023, 3, 7))
    assert article.publisher


@pytest.mark.parametrize("value", [None, "", "NaN", "null", " N/A ", "None", float("nan"), [], {}])
def test_values_that_mean_none(tmp_path: Path, value: object) -> None:
    record = {"text": value, "content": TEXT, "author": value, "publisher": value, "url": value, "title": value}
    [article] = articles(write(tmp_path, "a.jsonl", json.dumps(record)))
    assert (article.text, article.author, article.publisher, article.url) == (TEXT, None, None, None)
    assert article.title == "a"


@pytest.mark.parametrize(
    ("source", "url", "publisher"),
    [
        ("https://post.example/ferry", "https://post.example/ferry", None),
        ("Northbridge Post", None, "Northbridge Post"),
        ("[[Northbridge Post]]", None, "Northbridge Post"),
    ],
)
def test_a_source_is_an_address_or_an_outlet(
    tmp_path: Path, source: str, url: str | None, publisher: str | None
) -> None:
    [article] = articles(write(tmp_path, "a.md", f'---\nsource: "{source}"\n---\n{TEXT}\n'))
    assert (article.url, article.publisher) == (url, publisher)
    [same] = articles(write(tmp_path, "a.csv", f'text,source\n"{TEXT}","{source}"\n'))
    assert (same.url, same.publisher) == (url, publisher)


def test_people_with_addresses_and_links(tmp_path: Path) -> None:
    record = {"text": TEXT, "author": [{"name": "Ada Brown"}, {"name": "Carl Dean"}]}
    [article] = articles(write(tmp_path, "a.jsonl", json.dumps(record)))
    assert article.author
    assert article.author.startswith("Ada Brown")
    [article] = articles(write(tmp_path, "a.md", f"---\nauthor: [[People/Ada|Ada Brown]]\n---\n{TEXT}\n"))
    assert article.author
    assert "[" not in article.author


def test_links_and_days_of_notes(tmp_path: Path) -> None:
    front = (
        'source: "[The Post](https://post.example/ferry)"\npublished: "[[2023-03-07]]"\nauthor:\n  name: Ada Brown\n'
    )
    [article] = articles(write(tmp_path, "a.md", f"---\n{front}---\n{TEXT}\n"))
    assert (article.url, article.published) == ("https://post.example/ferry", date(2023, 3, 7))
    assert article.author == "Ada Brown"
    record = {"text": TEXT, "date": {"$date": "2023-03-07T21:30:00Z"}, "link": "[Ferry](https://post.example/ferry)"}
    [article] = articles(write(tmp_path, "a.jsonl", json.dumps(record)))
    assert (article.url, article.published) == ("https://post.example/ferry", date(2023, 3, 7))


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;", "sep=;;"])
def test_separator_lines(tmp_path: Path, line: str) -> None:
    [article] = articles(write(tmp_path, "a.csv", f"\ufeff{line}\r\ntitle;text\r\nFerry;{TEXT}\r\n"))
    assert (article.title, article.text, article.source.rpartition("#")[2]) == ("Ferry", TEXT, "3")


def test_lines_above_the_header_of_a_table(tmp_path: Path) -> None:
    table = (
        f'Articles on ferries\n"3 March 2023, 2 articles"\n\nheadline;text\nFerry;"{TEXT}"\nStorm;"It rained; a lot."\n'
    )
    assert [article.title for article in articles(write(tmp_path, "a.csv", table))] == ["Ferry", "Storm"]


def test_columns_that_are_not_used_are_named_once(tmp_path: Path) -> None:
    table = f"title,text,tags,empty,date\nFerry,{TEXT},sea,,2023-03-07\nStorm,It rained.,sky,,2023-03-08\n"
    assert unused(write(tmp_path, "a.csv", table.replace(TEXT, "It sails."))) == ["tags"]
    lines = [json.dumps({"text": "It sails.", key: 1}) for key in ("id", "id", "rank")]
    assert unused(write(tmp_path, "a.jsonl", "\n".join(lines))) == ["id", "rank"]


def test_cells_beyond_the_header_are_told(tmp_path: Path) -> None:
    items = list(load(write(tmp_path, "a.csv", "title,text\nFerry,It sails, at noon.\n")))
    assert [item.reason for item in items if isinstance(item, Skipped)] == [
        "line 2: it has more cells than the header; those beyond aren't read"
    ]


def test_a_text_that_its_source_cut_is_told(tmp_path: Path) -> None:
    record = {"content": "The council voted on… [+2345 chars]", "url": "https://post.example/ferry"}
    skipped, article = load(write(tmp_path, "a.jsonl", json.dumps(record)))
    assert isinstance(article, LoadedArticle)
    assert article.text == "The council voted on…"
    assert isinstance(skipped, Skipped)
    assert "cut the text" in skipped.reason


def test_a_record_without_text_is_an_address(tmp_path: Path) -> None:
    table = "title,url,time_added,tags,status\nFerry,https://post.example/ferry,1678224600,,unread\n"
    [entry] = [item for item in load(write(tmp_path, "pocket.csv", table)) if isinstance(item, ListEntry)]
    assert entry.url == "https://post.example/ferry"
