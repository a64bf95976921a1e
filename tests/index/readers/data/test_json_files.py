"""JSON files, as programs and news APIs give them."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from index import Failure, SourceError
from index.ingest.load import load
from index.readers import ListEntry
from index.records import LoadedArticle

TEXT = "The town council of Northbridge voted on Tuesday evening to close the old ferry terminal by the summer."
URL = "https://post.example/ferry"
DAY = "2023-03-07T21:30:00Z"


def write(folder: Path, content: Any, name: str = "a.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def articles(path: Path) -> list[LoadedArticle]:
    return [item for item in load(path) if isinstance(item, LoadedArticle)]


SHAPES: dict[str, Any] = {
    "array": [{"title": "Ferry", "text": TEXT, "url": URL, "date": DAY, "outlet": "The Post"}],
    "object": {"title": "Ferry", "text": TEXT, "url": URL, "date": DAY, "outlet": "The Post"},
    "by id": {
        key: {"title": "Ferry", "text": f"{TEXT}{key}", "url": f"{URL}{key}", "date": DAY, "outlet": "The Post"}
        for key in ("", "2")
    },
    "NewsAPI": {
        "status": "ok",
        "totalResults": 1,
        "articles": [
            {
                "source": {"id": None, "name": "The Post"},
                "author": "Ada Brown",
                "title": "Ferry",
                "description": "x",
                "url": URL,
                "urlToImage": "https://post.example/x.png",
                "publishedAt": DAY,
                "content": TEXT,
            }
        ],
    },
    "news-please": {
        "authors": ["Ada Brown"],
        "date_download": "2023-04-01 00:00:00",
        "date_modify": None,
        "date_publish": "2023-03-07 21:30:00",
        "description": "x",
        "filename": "x.json",
        "image_url": "https://post.example/x.png",
        "language": "en",
        "localpath": None,
        "maintext": TEXT,
        "source_domain": "post.example",
        "title": "Ferry",
        "url": URL,
    },
    "Guardian": {
        "response": {
            "status": "ok",
            "results": [
                {
                    "id": "world/ferry",
                    "webTitle": "Ferry",
                    "webUrl": URL,
                    "webPublicationDate": DAY,
                    "fields": {"bodyText": TEXT, "publication": "The Post", "byline": "Ada Brown"},
                }
            ],
        }
    },
    "Elasticsearch": {
        "took": 1,
        "hits": {
            "total": 1,
            "hits": [{"_id": "1", "_source": {"headline": "Ferry", "body": TEXT, "link": URL, "published": DAY}}],
        },
    },
    "Event Registry": {
        "articles": {
            "results": [
                {"uri": "1", "title": "Ferry", "body": TEXT, "url": URL, "date": "2023-03-07", "source": {"title": "P"}}
            ]
        }
    },
    "WordPress": [
        {
            "id": 1,
            "date": "2023-03-07T21:30:00",
            "link": URL,
            "title": {"rendered": "Ferry"},
            "content": {"rendered": f"<p>{TEXT}</p>\n", "protected": False},
            "excerpt": {"rendered": "<p>x</p>"},
            "author": 5,
        }
    ],
    "JSON-LD": {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "The Post"},
            {
                "@type": "NewsArticle",
                "headline": "Ferry",
                "articleBody": TEXT,
                "datePublished": DAY,
                "url": URL,
                "author": {"@type": "Person", "name": "Ada Brown"},
                "publisher": {"@type": "Organization", "name": "The Post"},
            },
        ],
    },
    "JSON Feed": {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Post",
        "home_page_url": "https://post.example/",
        "items": [{"id": "1", "url": URL, "title": "Ferry", "content_html": f"<p>{TEXT}</p>", "date_published": DAY}],
    },
}


@pytest.mark.parametrize("name", SHAPES)
def test_articles_in_the_shapes_of_other_programs(tmp_path: Path, name: str) -> None:
    article = articles(write(tmp_path, SHAPES[name]))[0]
    assert (article.title, article.text, article.url) == ("Ferry", TEXT, URL)
    assert article.published == date(2023, 3, 7)
    assert article.publisher or name in ("Elasticsearch", "WordPress")
    assert article.author in ("Ada Brown", None)


LISTS: dict[str, Any] = {
    "GDELT": {"articles": [{"url": URL, "url_mobile": "", "title": "Ferry", "seendate": "20230307T213000Z"}]},
    "Media Cloud": [
        {"id": "1", "media_name": "post.example", "publish_date": "2023-03-07", "title": "Ferry", "url": URL}
    ],
    "New York Times": {
        "status": "OK",
        "response": {"docs": [{"web_url": URL, "headline": {"main": "Ferry"}, "pub_date": DAY, "lead_paragraph": "x"}]},
    },
    "bookmarks of a browser": {
        "title": "",
        "children": [
            {"title": "menu", "children": [{"title": "Ferry", "uri": URL}, {"title": "x", "uri": "place:sort=8"}]}
        ],
    },
    "one": {"title": "Ferry", "url": URL},
}


@pytest.mark.parametrize("name", LISTS)
def test_objects_without_text_are_addresses(tmp_path: Path, name: str) -> None:
    assert [item.url for item in load(write(tmp_path, LISTS[name])) if isinstance(item, ListEntry)] == [URL]


def test_one_bad_object_fails_by_itself(tmp_path: Path) -> None:
    found = list(load(write(tmp_path, [{"text": TEXT}, 5, {"text": ""}, {"text": "It rained."}])))
    assert [item.reason for item in found if isinstance(item, Failure)] == [
        "item 2: expected a JSON object with a text, not int",
        "item 3: the object has no text",
    ]
    assert [item.text for item in found if isinstance(item, LoadedArticle)] == [TEXT, "It rained."]


def test_the_text_of_another_object_is_not_taken(tmp_path: Path) -> None:
    related = {"title": "Storm", "text": "It rained.", "author": "Carl Dean", "url": "https://post.example/storm"}
    [article] = articles(write(tmp_path, [{"title": "Ferry", "text": TEXT, "related": related}]))
    assert (article.title, article.text, article.author, article.url) == ("Ferry", TEXT, None, None)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "5", '"text"', '[{"name": "x"}]', "[" * 100_000])
def test_other_json_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError):
        list(load(write(tmp_path, text)))


def test_json_lines_by_another_name_and_compressed(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": text}) for text in (TEXT, "It rained."))
    for name in ("a.json", "a.ndjson"):
        assert [article.text for article in articles(write(tmp_path, lines, name))] == [TEXT, "It rained."]
    for name, text in (("a.jsonl.gz", lines), ("a.csv.gz", f"text\n{TEXT}\n"), ("a.txt.GZ", f"Ferry\n\n{TEXT}")):
        (tmp_path / name).write_bytes(gzip.compress(text.encode()))
        assert articles(tmp_path / name)[0].text == TEXT
    for name, data in (("b.jsonl.gz", b"x"), ("c.jsonl.gz", gzip.compress(lines.encode())[:-10]), ("d.tar.gz", b"")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(SourceError):
            list(load(tmp_path / name))


def test_a_compressed_file_unpacks_to_a_limited_size(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"a" * 30_000_000))
    with pytest.raises(SourceError, match="unpacks to more than"):
        list(load(tmp_path / "a.txt.gz"))
