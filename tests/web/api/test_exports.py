"""Exports over HTTP: read back by the readers of each format, with safe names, and never with a forged quote."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from email.message import Message
from typing import Any

import bibtexparser
import httpx
import pytest
import rispy
from docx import Document
from fastapi import FastAPI
from fastapi.testclient import TestClient

from index import Library
from rag import Assistant
from web.api.app import build_api
from web.api.exports import content_disposition
from web.api.exports import statements as statements_module
from web.background import Background

HOSTILE_TITLE = "../../etc/x\r\nSet-Cookie: a=b; \"q\" 'ü' <b> “Ö” 東京.exe"


@pytest.fixture(scope="module")
def http(samples: Library) -> Iterator[httpx.Client]:
    app: FastAPI = build_api(samples, Assistant(samples), Background(samples))
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="module")
def answer(http: httpx.Client) -> dict[str, Any]:
    response = http.post("/api/v1/ask", json={"question": "What did Kirby say?"})
    return dict(response.json())


def export(http: httpx.Client, kind: str, *turns: dict[str, Any], title: str = "Kirby") -> httpx.Response:
    response = http.post("/api/v1/export", json={"format": kind, "title": title, "turns": list(turns)})
    assert response.status_code == 200, response.text
    return response


def file_names(response: httpx.Response) -> tuple[str, str]:
    """The file names of a download, for old clients and for new ones, as a mail parser reads them."""
    message = Message()
    message["content-disposition"] = response.headers["content-disposition"]
    assert message.get_content_disposition() == "attachment"
    plain = response.headers["content-disposition"].split('filename="')[1].split('"')[0]
    return plain, message.get_filename() or ""


def test_references_of_an_article_are_read_back(http: httpx.Client) -> None:
    [item] = http.get("/api/v1/articles/9/citation").json()
    assert item["title"].startswith("Putin says he wants war")
    bibtex = http.get("/api/v1/articles/9/citation?format=bibtex")
    assert bibtex.headers["content-type"] == "application/x-bibtex; charset=utf-8"
    [entry] = bibtexparser.parse_string(bibtex.text).entries
    assert entry.key == item["id"]
    [record] = rispy.loads(http.get("/api/v1/articles/9/citation?format=ris").text)
    assert record["title"] == item["title"]
    assert file_names(bibtex)[0].startswith("Putin says he wants war")
    assert http.get("/api/v1/articles/9/citation?format=pdf").status_code == 422
    assert http.get("/api/v1/articles/999999/citation").status_code == 404


def test_an_answer_is_exported_as_ask_returned_it(http: httpx.Client, answer: dict[str, Any]) -> None:
    quotes = [citation["quote"] for citation in answer["citations"]]
    markdown = export(http, "md", answer).text
    assert markdown.startswith("# Kirby\n\n## What did Kirby say?")
    assert "reported speech" in markdown
    document = Document(io.BytesIO(export(http, "docx", answer).content))
    assert [one.text for one in document.paragraphs if one.style.name == "Quote"] == quotes
    _, *rows = csv.reader(io.StringIO(export(http, "csv", answer).content.decode("utf-8-sig")))
    assert [row[2] for row in rows] == quotes
    assert len(json.loads(export(http, "csl", answer).text)) == 1
    assert len(bibtexparser.parse_string(export(http, "bibtex", answer).text).entries) == 1
    assert len(rispy.loads(export(http, "ris", answer, answer).text)) == 1
    for kind in ("txt", "html"):
        assert "John Kirby" in export(http, kind, answer).text


def test_a_forged_quote_is_never_exported(http: httpx.Client, answer: dict[str, Any]) -> None:
    citation = answer["citations"][0]
    forged = {**answer, "text": "Joe Biden: “I resign.” [1]", "citations": [{**citation, "quote": "I resign."}]}
    for kind in ("md", "txt", "html", "csv"):
        text = export(http, kind, forged).text
        assert "resign" not in text
        assert kind == "csv" or "was left out" in text
    moved = {**answer, "citations": [{**citation, "article_id": citation["article_id"] - 1}]}
    assert citation["quote"] not in export(http, "md", moved).text
    written = {**answer, "mode": "written", "text": "Kirby resigned. [1]"}
    assert "checked" in export(http, "txt", written).text


@pytest.mark.parametrize(
    "body",
    [
        {"format": "pdf", "turns": []},
        {"format": "md"},
        {"format": "md", "turns": [{}]},
        {"format": "md", "turns": [{"question": "q"}] * 501},
        {"format": "md", "turns": [], "file": "/etc/passwd"},
        {"format": "md", "turns": [{"question": "q", "citations": [{"marker": 1}]}]},
        {
            "format": "md",
            "turns": [
                {"question": "q", "citations": [{"marker": 1, "article_id": 2**70, "quote": "", "start": 0, "end": 1}]}
            ],
        },
    ],
)
def test_invalid_exports_are_refused(http: httpx.Client, body: dict[str, Any]) -> None:
    response = http.post("/api/v1/export", json=body)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_request")


@pytest.mark.parametrize("title", [HOSTILE_TITLE, "", "\ud800\x00", "...", "x" * 300, "東京"])
def test_file_names_are_safe(http: httpx.Client, title: str) -> None:
    body = json.dumps({"format": "md", "title": title, "turns": []})
    response = http.post("/api/v1/export", content=body)
    if response.status_code == 422:  # a lone surrogate isn't JSON text
        return
    assert "set-cookie" not in response.headers
    for name in file_names(response):
        assert name.endswith(".md")
        assert not set(name) & set('/\\:*?"<>|\r\n')
        assert not name.startswith(".")
        assert len(name) <= 83


def test_a_name_keeps_its_letters() -> None:
    header = content_disposition("Straße nach 東京", "md")
    assert "filename*=UTF-8''Stra%C3%9Fe%20nach%20%E6%9D%B1%E4%BA%AC.md" in header
    assert header.isascii()


def test_statements_as_csv(http: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements_module, "STATEMENTS_AT_ONCE", 3)  # so that there are several pages
    total = http.get("/api/v1/statements?limit=1").json()["total"]
    response = http.get("/api/v1/statements?format=csv")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    header, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert len(rows) == total
    assert header[0] == "speaker"
    assert len({tuple(row) for row in rows}) == total
    kirby = http.get("/api/v1/statements?format=csv&speaker=Kirby&limit=4&offset=1").content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(kirby))] == ["speaker", *["John Kirby"] * 4]
    assert http.get("/api/v1/statements?format=csv&speaker=%20").status_code == 400
    assert http.get("/api/v1/statements?format=xls").status_code == 422
    nobody = http.get("/api/v1/statements?format=csv&speaker=Zyxwvut").content.decode("utf-8-sig")
    assert len(nobody.splitlines()) == 1


def test_the_page_of_an_article(http: httpx.Client, samples: Library) -> None:
    response = http.get("/a/9")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "Putin says he wants war" in response.text
    assert http.head("/a/9").status_code == 200
    for missing in ("999999", "x", "-1", "9" * 30, "9.0", "%00", "9%3Cscript%3E"):
        response = http.get(f"/a/{missing}")
        assert response.status_code == 404
        assert "isn’t in the library" in response.text.replace("&#39;", "’")
        assert "<script>" not in response.text


def test_hostile_articles_have_pages_too(library: Library, tmp_path: Any) -> None:
    text = "Head <script>alert(1)</script> & “x”\n\nSecond 😀 paragraph of the text with {braces} and more."
    path = tmp_path / "a.txt"
    path.write_text(f"Title <b>\n\n{text}", encoding="utf-8")
    [old] = library.add(path).added
    path.write_text(f"Title <b>\n\n{text} Changed since then, with another sentence.", encoding="utf-8")
    [new] = library.add(path).updated
    with TestClient(build_api(library, Assistant(library), Background(library))) as client:
        assert f'href="/a/{new}"' in client.get(f"/a/{old}").text
        page = client.get(f"/a/{new}").text
        assert "alert(1)" in page
        assert "<script>" not in page
        assert "<b>" not in page
        library.remove(new)
        assert client.get(f"/a/{new}").status_code == 404
