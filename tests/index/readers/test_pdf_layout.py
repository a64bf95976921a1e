"""PDFs: reading order, joined lines, margins, hyphens; and that no letter is changed or lost."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunking import sentence_spans
from tests.index.readers.test_pdf import DATA, read
from tests.pdf_files import BOLD, FROST, HARBOUR, LEADING, LEFT, TOP, Page, wrapped


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


def test_two_stories_side_by_side(tmp_path: Path) -> None:
    page = Page(tmp_path / "a.pdf")
    page.line(LEFT, 780, "Lighthouse to be repaired", 16, BOLD)
    page.line(310, 780, "Frost ruins the apples", 16, BOLD)
    one, two = wrapped(HARBOUR * 3, 115), wrapped(FROST * 3, 115)
    middle = len(one) // 2
    page.rows([(LEFT, one[:middle]), (180, one[middle:]), (310, two[:middle]), (440, two[middle:])])
    article = read(page.save())
    assert article.title == "Lighthouse to be repaired"
    for sentence in sentences(article.text):
        assert sentence in f"{HARBOUR * 2}\n{FROST * 2}\nFrost ruins the apples"


def test_a_quotation_across_columns_keeps_their_parts_apart(tmp_path: Path) -> None:
    page = Page(tmp_path / "a.pdf")
    lines = wrapped((HARBOUR + FROST) * 4, 230)
    left, right = lines[: len(lines) // 2], lines[len(lines) // 2 :]
    page.rows([(LEFT, left[:12]), (310, right[:12])])
    page.line(110, 610, "We could not wait any longer for others", 18)
    page.rows([(LEFT, left[12:]), (310, right[12:])], 560)
    for sentence in sentences(read(page.save()).text):
        assert sentence in f"{HARBOUR}{FROST}{HARBOUR}" or sentence == "We could not wait any longer for others"


def test_cells_of_a_table_and_items_of_a_list_are_apart(tmp_path: Path) -> None:
    page = Page(tmp_path / "a.pdf")
    y = page.column(wrapped(HARBOUR, 480), LEFT)
    for row in (("Town", "Votes", "Share"), ("Northbridge", "1,204", "41 %"), ("Eastham", "988", "33 %")):
        y -= 14
        for x, cell in zip((LEFT, 200, 350), row, strict=True):
            page.line(x, y, cell)
    items = ["apples", "pears and plums from the valley", "carrots", "walnuts from the southern slopes", "honey"]
    y = page.column(items, LEFT, y - 24)
    page.column(wrapped(FROST, 480), LEFT, y - 12)
    lines = read(page.save()).text.split("\n\n")
    assert {HARBOUR.strip(), FROST.strip(), *items, "Northbridge", "1,204", "41 %"} <= set(lines)


def test_alternating_headers_and_page_numbers_are_dropped(tmp_path: Path) -> None:
    page = Page(tmp_path / "a.pdf")
    lines = wrapped((HARBOUR + FROST) * 12, 430, 10)
    for number in range(4):
        header = "The Harbour Gazette" if number % 2 else "Lighthouse to be repaired"
        page.line(50, 810, header, 8)
        page.line(530, 810, str(12 + number), 8)
        page.column(lines[number * 40 : number * 40 + 40], 60, 785, 10)
        page.line(280, 30, f"- {number + 1} -", 7)
        page.canvas.showPage()
    text = read(page.save()).text
    assert set(sentences(text)[:-1]) <= {*sentences(HARBOUR), *sentences(FROST)}  # and the lines run across pages
    assert "Gazette" not in text


@pytest.mark.parametrize(
    ("header", "footer"),
    [
        (("Frost ruins the apples", "https://example.com/frost"), ("1 of 1", "25/11/2026, 11:47")),  # Firefox
        (("Frost ruins the apples", "25.11.26, 11:47"), ("https://example.com/frost", "Page 1 of 1")),  # Safari
        (("2026/11/25 11:47", "Frost ruins the apples"), ("https://example.com/frost", "1/1")),
    ],
)
def test_margins_of_browsers(tmp_path: Path, header: tuple[str, str], footer: tuple[str, str]) -> None:
    page = Page(tmp_path / "a.pdf")
    page.canvas.setTitle("Frost ruins the apples")
    for y, cells in ((815, header), (20, footer)):
        for x, cell in zip((30, 400), cells, strict=True):
            page.line(x, y, cell, 8)
    page.line(LEFT, 780, "Frost ruins the apples", 18, BOLD)
    page.column(wrapped(FROST * 2, 480), LEFT)
    article = read(page.save())
    assert (article.title, article.url) == ("Frost ruins the apples", "https://example.com/frost")
    assert set(sentences(article.text)) == set(sentences(FROST))


def test_footnotes_and_their_marks_are_dropped(tmp_path: Path) -> None:
    page = Page(tmp_path / "a.pdf")
    lines = wrapped(HARBOUR + FROST, 430, 10)
    page.column(lines[:1], 60, 780, 10)
    page.line(60 + page.canvas.stringWidth(lines[0], "Helvetica", 10), 784, "1", 6)
    page.column(lines[1:], 60, 780 - LEADING * 10 / 9, 10)
    page.column(["1 See the minutes of the harbour commission, 12 January 2023, page 4,", "and a letter."], 60, 70, 7.5)
    assert read(page.save()).text == (HARBOUR + FROST).strip()


def test_hyphens_at_line_ends(tmp_path: Path) -> None:
    lines = (
        "The council agreed on a long-term plan for the harbour, and on a long-",
        "term contract with the builders. It was the first one after the COVID-",
        "19 pandemic, as the mayor said, and it has no part in the recent UK-",
        "US talks, which were held in the hall of the old town by the opposi-",
        "tion leader Carl McDonald. He opposed the state-of-the-art termi-",
        "nal, as it is called by the mayor and the well-paid experts. Mr Mc-",
        "Donald asked for co-operation, and was asked to stop the zorbi-",
        "fication of the town, a word that nobody in the hall could explain.",
    )
    page = Page(tmp_path / "a.pdf")
    page.column(lines, LEFT)
    text = read(page.save()).text
    for words in (
        "a long-term contract",
        "the COVID-19 pandemic",
        "recent UK-US talks",
        "opposition leader",
        "Mr McDonald",
    ):
        assert words in text
    for words in ("state-of-the-art terminal", "co-operation", "zorbi-fication"):
        assert words in text


@pytest.mark.parametrize("is_rotated", [False, True])
def test_enlarged_and_rotated_pages(tmp_path: Path, is_rotated: bool) -> None:
    page = Page(tmp_path / "a.pdf")
    if is_rotated:
        page.canvas.setPageRotation(90)
        page.canvas.translate(595, 0)
        page.canvas.rotate(90)
    page.canvas.scale(10, 10)
    for x in (6, 44):
        for row, line in enumerate(wrapped(HARBOUR + FROST, 300 if is_rotated else 230, 10)):
            page.line(x if is_rotated else x * 0.7, 54 - 1.2 * row, line, 1)
    assert read(page.save()).text.split("\n\n") == [(HARBOUR + FROST).strip()] * 2


@pytest.mark.parametrize(
    "text", ["A town council", "Another council", "I have been told", "In the council", "“The council"]
)
def test_large_initial_letters(tmp_path: Path, text: str) -> None:
    page = Page(tmp_path / "a.pdf")
    length = 2 if text.startswith("“") else 1
    indent = page.canvas.stringWidth(text[:length], "Helvetica", 28) + 4
    lines = wrapped(text[length:].lstrip() + " met. " + HARBOUR, 260 - indent)
    page.line(LEFT, TOP - LEADING, text[:length], 28)
    page.column(lines[:2], LEFT + indent)
    page.column(wrapped(" ".join(lines[2:]) + " " + FROST, 260), LEFT, TOP - 2 * LEADING)
    assert read(page.save()).text == f"{text} met. {HARBOUR}{FROST}".strip()


def test_text_from_right_to_left() -> None:
    text = read(DATA / "rtl_columns.pdf").text
    assert 'ראש העיר רות קלדר אמרה כי New York Times דיווח על 1.4 מיליון ליש"ט.' in text
    text = read(DATA / "rtl_arabic.pdf").text
    assert "صوت مجلس المدينة مساء الثلاثاء على إغلاق محطة العبارات القديمة بحلول نهاية الصيف." in text


def test_a_text_that_continues_on_the_next_page(tmp_path: Path) -> None:
    page = Page(tmp_path / "a.pdf")
    lines = wrapped((HARBOUR + FROST) * 10, 480)
    for start in range(0, len(lines), 30):
        page.column(lines[start : start + 30], LEFT)
        page.canvas.showPage()
    assert set(sentences(read(page.save()).text)) == {*sentences(HARBOUR), *sentences(FROST)}


def test_pictures_do_not_count_for_the_limit_of_size(tmp_path: Path) -> None:
    page = Page(tmp_path / "a.pdf")
    page.column(wrapped(HARBOUR, 480), LEFT)
    data = page.save().read_bytes()
    comment = b"%" + os.urandom(1024).hex().encode() + b"\n"
    start = data.index(b"\n") + 1
    # A stream that nothing refers to, before the objects; the table of objects is repaired by the reader.
    picture = b"99 0 obj\n<</Length 24000000>>\nstream\n" + (comment * 12_000)[:24_000_000] + b"\nendstream\nendobj\n"
    (tmp_path / "b.pdf").write_bytes(data[:start] + picture + data[start:])
    assert (tmp_path / "b.pdf").stat().st_size > 23_000_000
    assert read(tmp_path / "b.pdf").text == HARBOUR.strip()


WORDS = st.lists(
    st.sampled_from([*(HARBOUR + FROST).split(), "co-op", "well-known", "COVID-19"]), min_size=60, max_size=300
)


@settings(max_examples=25, deadline=None)
@given(words=WORDS, columns=st.integers(1, 3), by_rows=st.booleans())
def test_letters_are_neither_changed_nor_lost(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], columns: int, by_rows: bool
) -> None:
    page = Page(tmp_path_factory.mktemp("pdf") / "words.pdf")
    width = (500 - (columns - 1) * 20) / columns
    lines = wrapped(" ".join(words), width)
    height = -(-len(lines) // columns)
    parts = [(LEFT + i * (width + 20), lines[i * height : (i + 1) * height]) for i in range(columns)]
    if by_rows:
        page.rows(parts)
    else:
        for x, part in parts:
            page.column(part, x)
    article = read(page.save())
    found = article.text if article.title == "words" else f"{article.title} {article.text}"
    assert Counter(found.replace("\n", " ").split()) == Counter(words)
