"""Texts with several articles under one separator."""

from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK

from index import Failure, Skipped
from index.ingest.load import load
from index.records import LoadedArticle

FERRY = "The town council of Northbridge voted on Tuesday to close the old ferry terminal. The mayor said no."
STORM = "A storm took the roof off a school in Southport on Friday."


def split(path: Path) -> tuple[list[tuple[str, str | None, str, str]], list[str]]:
    found = list(load(path))
    read = [
        (item.title, item.author, str(item.published), item.text) for item in found if isinstance(item, LoadedArticle)
    ]
    return read, [item.reason for item in found if isinstance(item, Failure | Skipped)]


@pytest.mark.parametrize("rule", ["***", "* * *", "---", "==========", "________________________________"])
def test_articles_with_heads_are_split_at_rules(tmp_path: Path, rule: str) -> None:
    (tmp_path / "a.txt").write_text(
        f"Ferry terminal to close\nBy Ada Brown\n7 March 2023\n\n{FERRY}\n\n{rule}\n\n"
        f"Storm takes roof off school\n\nBy Carl Dean, Education Reporter\n\nApril 9, 2021\n\n{STORM}\n"
    )
    assert split(tmp_path / "a.txt") == (
        [
            ("Ferry terminal to close", "Ada Brown", "2023-03-07", FERRY),
            ("Storm takes roof off school", "Carl Dean", "2021-04-09", STORM),
        ],
        [],
    )


def test_labelled_heads(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"Title: Ferry terminal to close\nSource: The Northbridge Post\nDate: 7 March 2023\n\n{FERRY}\n\n#####\n"
        f"Title: Storm takes roof off school\nDate: 2021-04-09\n\n{STORM}\n"
    )
    assert split(tmp_path / "a.txt")[0] == [
        ("Ferry terminal to close", None, "2023-03-07", FERRY),
        ("Storm takes roof off school", None, "2021-04-09", STORM),
    ]


def test_a_long_rule_and_a_headline_are_enough(tmp_path: Path) -> None:
    rule = "-" * 40
    (tmp_path / "a.txt").write_text(
        f"{rule}\nFerry terminal to close\n\n{FERRY}\n{rule}\nStorm takes roof off school\n\n{STORM}\n{rule}\n"
    )
    assert [text for *_, text in split(tmp_path / "a.txt")[0]] == [FERRY, STORM]


def test_section_breaks_do_not_split(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Ferry terminal to close\n\nBy Ada Brown\n\n{FERRY}\n\n* * *\n\n{STORM}\n")
    read, notes = split(tmp_path / "a.txt")
    assert (len(read), notes) == (1, [])
    assert STORM in read[0][3]


def test_where_it_is_unclear_it_is_one_article_and_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"Ferry terminal to close\n\nBy Ada Brown\n\n{FERRY}\n\n* * *\n\nStorm takes roof off school\n\n{STORM}\n"
    )
    read, notes = split(tmp_path / "a.txt")
    assert len(read) == 1
    assert len(notes) == 1
    assert "may contain several articles" in notes[0]


@pytest.mark.parametrize("separator", ["heading", "page break"])
def test_word_documents_are_split_at_headings_and_page_breaks(tmp_path: Path, separator: str) -> None:
    document = docx.Document()
    for title, byline, text in (
        ("Ferry terminal to close", "By Ada Brown", FERRY),
        ("Storm takes roof off school", "By Carl Dean", STORM),
    ):
        if separator == "heading":
            document.add_heading(title, 1)
        else:
            document.add_paragraph(title)
        document.add_paragraph(byline)
        document.add_paragraph(text)
        if separator == "page break":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.save(str(tmp_path / "a.docx"))
    read, notes = split(tmp_path / "a.docx")
    assert ([text for *_, text in read], [author for _, author, *_ in read], notes) == (
        [FERRY, STORM],
        ["Ada Brown", "Carl Dean"],
        [],
    )


def test_articles_without_a_separator_are_one_and_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"Ferry terminal to close\n\nBy Ada Brown\n\n{FERRY}\n\nStorm takes roof off\n\nBy Carl Dean\n\n{STORM}\n"
    )
    read, notes = split(tmp_path / "a.txt")
    assert (len(read), len(notes)) == (1, 1)


def test_articles_below_the_title_of_a_document(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Press review", 0)
    for title, text in (("Ferry terminal to close", FERRY), ("Storm takes roof off school", STORM)):
        document.add_heading(title, 2)
        document.add_paragraph("7 March 2023")
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    read, notes = split(tmp_path / "a.docx")
    assert [(title, day, text) for title, _, day, text in read] == [
        ("Ferry terminal to close", "2023-03-07", FERRY),
        ("Storm takes roof off school", "2023-03-07", STORM),
    ]
    assert not notes


def test_a_document_with_sections_is_one_article(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Ferry terminal to close", 0)
    document.add_paragraph("By Ada Brown")
    document.add_paragraph(FERRY)
    for title in ("What was said", "What comes next"):
        document.add_heading(title, 1)
        document.add_paragraph(STORM)
    document.save(str(tmp_path / "a.docx"))
    read, notes = split(tmp_path / "a.docx")
    assert (len(read), notes) == (1, [])


HEADS = {
    "headline first": "{title}\nBy Ada Brown\nThe Northbridge Post, 7 March 2023\n\n",
    "masthead first": "THE NORTHBRIDGE POST\nTuesday, March 7, 2023\n\n{title}\n\nBy Ada Brown, Political Editor\n\n",
    "masthead and byline": "The Northbridge Post\n\n{title}\nBy Ada Brown\n7 March 2023\n\n",
    "day first": "7 March 2023 | The Northbridge Post\n\n{title}\n\nBy Ada Brown\n\n",
    "labels": "Headline: {title}\nBy: Ada Brown\nSource: The Northbridge Post\nDate: Tuesday 7 March 2023\n\n",
}


@pytest.mark.parametrize("head", HEADS)
def test_heads_of_pasted_articles(tmp_path: Path, head: str) -> None:
    parts = [HEADS[head].format(title=title) + text for title, text in (("Ferry to close", FERRY), ("Storm", STORM))]
    (tmp_path / "a.txt").write_text("\n\n***\n\n".join(parts))
    found = [item for item in load(tmp_path / "a.txt") if isinstance(item, LoadedArticle)]
    assert [(item.title, item.text) for item in found] == [("Ferry to close", FERRY), ("Storm", STORM)]
    assert {(item.author, item.publisher, str(item.published)) for item in found} == {
        ("Ada Brown", "The Northbridge Post" if head != "masthead first" else "THE NORTHBRIDGE POST", "2023-03-07")
    }
