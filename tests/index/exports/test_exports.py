"""Exports of databases: each article with its own headline, outlet, day and author, and nothing of another one."""

from datetime import date
from pathlib import Path

import docx
import pytest
from odfdo import Document, Paragraph

from index import Failure
from index.exports.days import find_day, is_date_line
from index.exports.labels import clean_authors
from index.ingest.load import load
from index.records import LoadedArticle
from tests.conftest import ROOT

DATA = ROOT / "tests" / "data" / "exports"
FERRY, STORM = "Ferry terminal to close", "Storm takes roof off school"
TWO = [
    (FERRY, "The Northbridge Post", "Ada Brown", date(2023, 3, 7)),
    (STORM, "The Southport Echo", "Carl Dean", date(2021, 4, 9)),
]
# Lines above and below the texts.
NOT_TEXT = ("LENGTH", "Length", "words", "BYLINE", "Section", "SECTION", "Load-Date", "Copyright", "Classification")
NOT_TEXT += ("Document", "Subject", "Picture", "rights reserved", "droits", "Highlight", "PD", "Search", "·")


def read(path: Path) -> list[LoadedArticle]:
    found = list(load(path))
    assert not [item for item in found if isinstance(item, Failure)]
    return [item for item in found if isinstance(item, LoadedArticle)]


def summary(article: LoadedArticle) -> tuple[str, str | None, str | None, date | None]:
    return article.title, article.publisher, article.author, article.published


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lexis.txt", [(f"{FERRY} after council vote", *TWO[0][1:]), TWO[1]]),
        ("nexis-uni.docx", TWO),
        ("factiva.html", TWO),
        ("europresse.html", TWO),
        (
            "lexis-old.txt",
            [
                (
                    f"{FERRY} after council vote, and the boat is to be sold",
                    "The Northbridge Post",
                    "Ada Brown, Carl Dean",
                    date(1998, 1, 5),
                ),
                (STORM, "The Southport Echo", None, None),  # a month is no day
            ],
        ),
        (
            "nexis-uni.txt",
            [
                (FERRY, "The Northbridge Post", "Ada Brown, Carl Dean", date(2023, 3, 7)),
                (STORM, "Southport Echo (England)", None, date(2021, 4, 9)),
            ],
        ),
        (
            "nexis-uni.rtf",
            [
                (FERRY, "The Northbridge Post", "Ada Brown, Carl Dean", date(2023, 3, 7)),
                (STORM, "Southport Echo (England)", None, date(2021, 4, 9)),
            ],
        ),
        (
            "lexis-german.txt",
            [
                ("Fährterminal wird geschlossen", "Northbridge Zeitung", "Ada Brown", date(2023, 3, 7)),
                ("Sturm deckt Schule ab", "Southport Echo", None, date(2021, 4, 9)),
            ],
        ),
        ("factiva.txt", TWO),
        ("factiva-codes.txt", [TWO[0], (STORM, "The Southport Echo", None, date(2021, 4, 9))]),
        (
            "proquest.txt",
            [
                (FERRY, "The Northbridge Post", "Ada Brown, Carl Dean", date(2023, 3, 7)),
                (STORM, "Southport Echo", None, date(2021, 4, 9)),
            ],
        ),
        (
            "europresse.txt",
            [
                TWO[0],
                ("Une tempête emporte le toit d'une école", "L'Écho de Southport", None, date(2021, 4, 9)),
            ],
        ),
    ],
)
def test_each_article_of_an_export_has_its_own_metadata(
    name: str, expected: list[tuple[str, str | None, str | None, date | None]]
) -> None:
    found = read(DATA / name)
    assert [summary(article) for article in found] == expected
    assert len({article.source for article in found}) == 2
    assert all(article.origins["title"].endswith("export") for article in found)
    for article in found:
        assert article.text.startswith(("The town council", "A storm took", "Une tempête", "Der Stadtrat", "Ein Sturm"))
        assert article.text.endswith((".", "”"))
        assert not [word for word in NOT_TEXT if word in article.text]


def test_a_single_exported_article_is_identified_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text((DATA / "nexis-uni.txt").read_text().partition("End of Document")[0] + "End of Document\n")
    [article] = read(path)
    assert summary(article)[0] == FERRY
    assert article.source == str(path)


@pytest.mark.parametrize(
    "text",
    [
        "Ferry terminal to close\n\nThe vote was 1 of 2.\n\nEnd of Document\n\nThat was the title of the film.",
        "Numbers\n\n2 of 3 documents\n\nThe second of three documents was found in March 2023.",
        "Ferry terminal to close\n\nBy Ada Brown\n\nLanguage: plain English.\n\nDocument 12\n\nThe end.",
    ],
)
def test_articles_that_mention_documents_are_no_exports(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    [article] = read(tmp_path / "a.txt")
    assert "export" not in "".join(article.origins.values())
    assert article.text.split()[-1] == text.split()[-1]


def test_a_table_in_a_document_has_a_line_for_each_row() -> None:
    [article] = read(DATA / "table.docx")
    assert "Year Passengers Loss\n\n2021 41,000 0.9m\n\n2022 33,500 1.4m\n\n" in article.text


def test_rich_text(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_text(
        r"{\rtf1\ansi\ansicpg1252{\info{\author Ada Brown}}\pard\b Ferry terminal to close\b0\par\par "
        r"The caf\'e9 of the "
        r"{\field{\*\fldinst{HYPERLINK "
        r'"https://post.example"}}{\fldrslt{terminal}}} closes, \u8220?said\u8221? the mayor.\par}',
    )
    [article] = read(tmp_path / "a.rtf")
    assert (article.title, article.author) == (FERRY, "Ada Brown")
    assert article.text == "The café of the terminal closes, “said” the mayor."


def test_indexed_articles_of_a_factiva_page(tmp_path: Path) -> None:
    rows = (
        '<tr><td>HD</td><td><span class="enHeadline">{title}</span></td></tr><tr><td>BY</td><td class="author">By '
        "Ada Brown</td></tr><tr><td>WC</td><td>212 words</td></tr><tr><td>PD</td><td>7 March 2023</td></tr><tr>"
        "<td>ET</td><td>21:30</td></tr><tr><td>SN</td><td>The Northbridge Post</td></tr><tr><td>LP</td><td>"
        '<p class="articleParagraph enarticleParagraph">The town council voted.</p></td></tr>'
    )
    articles = "".join(
        f'<div class="article enArticle"><table>{rows.format(title=title)}</table></div>' for title in (FERRY, STORM)
    )
    (tmp_path / "a.html").write_text(f"<html><body>{articles}</body></html>")
    found = read(tmp_path / "a.html")
    assert [summary(article) for article in found] == [(title, *TWO[0][1:]) for title in (FERRY, STORM)]
    assert {article.text for article in found} == {"The town council voted."}


def test_a_proquest_export_without_numbers(tmp_path: Path) -> None:
    text = (DATA / "proquest.txt").read_text()
    (tmp_path / "a.txt").write_text(text.replace("Document 1 of 2", "").replace("Document 2 of 2", ""))
    assert [article.title for article in read(tmp_path / "a.txt")] == [FERRY, STORM]


@pytest.mark.parametrize("name", ["nexis-uni.txt", "factiva.txt", "proquest.txt", "lexis.txt"])
def test_exports_in_word_files(tmp_path: Path, name: str) -> None:
    document = docx.Document()
    for line in (DATA / name).read_text().splitlines():
        document.add_paragraph(line.strip())
    document.save(str(tmp_path / "a.docx"))
    expected = [summary(article) for article in read(DATA / name)]
    assert [summary(article) for article in read(tmp_path / "a.docx")] == expected


@pytest.mark.parametrize("name", ["nexis-uni.txt", "factiva.txt", "lexis-old.txt"])
def test_exports_as_plain_pages(tmp_path: Path, name: str) -> None:
    lines = "<br>".join((DATA / name).read_text().splitlines())
    (tmp_path / "a.html").write_text(f"<html><meta charset=utf-8><body><div>{lines}</div></body></html>")
    expected = [(summary(article), article.text) for article in read(DATA / name)]
    assert [(summary(article), article.text) for article in read(tmp_path / "a.html")] == expected


def test_an_export_as_an_open_document(tmp_path: Path) -> None:
    document = Document("text")
    document.body.clear()
    for line in (DATA / "nexis-uni.txt").read_text().splitlines():
        document.body.append(Paragraph(line))
    document.save(str(tmp_path / "a.odt"))
    expected = [summary(article) for article in read(DATA / "nexis-uni.txt")]
    assert [summary(article) for article in read(tmp_path / "a.odt")] == expected


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("March 7, 2023 Tuesday", date(2023, 3, 7)),
        ("Tuesday, 7 March 2023 21:30 GMT", date(2023, 3, 7)),
        ("Mar. 7, 2023", date(2023, 3, 7)),
        ("Sept 7, 2023", date(2023, 9, 7)),
        ("mardi 7 mars 2023", date(2023, 3, 7)),
        ("Dienstag, 7. März 2023", date(2023, 3, 7)),
        ("martes 7 de marzo de 2023", date(2023, 3, 7)),
        ("1er avril 2021", date(2021, 4, 1)),
        ("2023-03-07", date(2023, 3, 7)),
        ("07.03.2023", date(2023, 3, 7)),
        ("March 2023", None),
        ("03/07/2023", None),  # of March or of July
        ("31 February 2023", None),
        ("7 Smarch 2023", None),
    ],
)
def test_days(line: str, day: date | None) -> None:
    assert find_day(line) == day


@pytest.mark.parametrize(
    "line", ["7 March 2023 was a Tuesday. The Council Had Met before.", "On 7 March 2023", "Tuesday"]
)
def test_sentences_are_no_date_lines(line: str) -> None:
    assert not is_date_line(line)


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("By Ada Brown, Political Editor", "Ada Brown"),
        ("Ada Brown and Carl Dean", "Ada Brown, Carl Dean"),
        ("BY ADA BROWN; Post Staff Writer", "ADA BROWN"),
        ("Ada Brown, Carl Dean, Northbridge correspondent", "Ada Brown, Carl Dean"),
        ("Reuters", "Reuters"),
        ("", ""),
    ],
)
def test_authors_have_no_jobs(value: str, authors: str) -> None:
    assert clean_authors(value) == authors
