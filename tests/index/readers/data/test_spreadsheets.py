"""Spreadsheets: their sheets are tables."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from index import Skipped, SourceError
from index.errors import ColumnNotFound
from index.ingest.load import load
from index.readers import UnusedKeys
from index.records import LoadedArticle

TEXT = "The town council of Northbridge voted to close the old ferry terminal."
Cell = str | int | float | date
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def cell_xml(value: Cell) -> str:
    if isinstance(value, date):
        return f'<c s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def write_xlsx(path: Path, sheets: dict[str, list[list[Cell]]]) -> Path:
    numbered = list(enumerate(sheets, 1))
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in numbered)
    targets = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n, _ in numbered
    )
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
            f' Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{names}</sheets></workbook>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{targets}<Relationship Id="s"'
            f' Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        )
        archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>')
        for number, rows in enumerate(sheets.values(), 1):
            body = "".join(f"<row>{''.join(map(cell_xml, row))}</row>" for row in rows)
            archive.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>',
            )
    return path


def articles(path: Path, columns: dict[str, str] | None = None) -> list[LoadedArticle]:
    return [item for item in load(path, columns=columns) if isinstance(item, LoadedArticle)]


def test_rows_are_articles(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["Headline", "Body", "Publication date", "Outlet", "Pages"],
        ["Ferry", TEXT, date(2023, 3, 7), "The Post", 5],
        ["Storm", "It rained.", "2023-03-08", "The Post", 6.5],
    ]
    path = write_xlsx(tmp_path / "a.xlsx", {"Articles": rows})
    found = articles(path)
    assert [(article.title, article.text) for article in found] == [("Ferry", TEXT), ("Storm", "It rained.")]
    assert [article.published for article in found] == [date(2023, 3, 7), date(2023, 3, 8)]
    assert found[0].source.endswith("a.xlsx#2")
    assert [item.names for item in load(path) if isinstance(item, UnusedKeys)] == [("Pages",)]


def test_sheets_without_articles_are_told(tmp_path: Path) -> None:
    sheets: dict[str, list[list[Cell]]] = {
        "News": [["title", "text"], ["Ferry", TEXT]],
        "Notes": [["who", "what"], ["Ada", "x"]],
        "More": [["Clippings of 2023"], ["title", "content"], ["Storm", "It rained."]],
    }
    path = write_xlsx(tmp_path / "a.xlsx", sheets)
    assert [article.source.rpartition("#")[2] for article in articles(path)] == ["News, 2", "More, 3"]
    assert [item.reason for item in load(path) if isinstance(item, Skipped)] == [
        "sheet Notes: no column contains the text of the articles"
    ]


def test_named_columns(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"A": [["Schlagzeile", "Inhalt"], ["Ferry", TEXT]]})
    with pytest.raises(ColumnNotFound):
        list(load(path))
    [article] = articles(path, {"text": "Inhalt", "title": "Schlagzeile"})
    assert (article.title, article.text) == ("Ferry", TEXT)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
def test_other_files_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"not a spreadsheet")
    with pytest.raises(SourceError):
        list(load(tmp_path / name))
