"""Make PDFs of articles with the usual programs, in one, two and three columns. Missing programs are named."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.oxml.ns import qn
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

_MARGIN, _GUTTER, _TOP = 54.0, 18.0, 90.0  # points
_TEX_SPECIAL = str.maketrans({c: f"\\{c}" for c in "&%$#_{}"} | {"“": "``", "”": "''", "’": "'", "‘": "`", "—": "---"})


@dataclass(frozen=True)
class Story:
    """A headline and paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


def by_chromium(story: Story, columns: int, path: Path) -> None:
    """Print a page, with the header and the footer of the browser."""
    page = path.with_suffix(".html")
    text = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in story.paragraphs)
    style = f"font:11px serif;column-count:{columns};text-align:{'justify' if columns == 2 else 'left'}"
    page.write_text(
        f"<!doctype html><html lang='en'><meta charset='utf-8'><title>{html.escape(story.title)}</title>"
        f"<h1>{html.escape(story.title)}</h1><div style='{style}'>{text}</div>",
        "utf-8",
    )
    _run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={path}", page.as_uri()])


def by_libreoffice(story: Story, columns: int, path: Path) -> None:
    """Convert a Word document."""
    document = docx.Document()
    document.add_heading(story.title, 0)
    section = document.add_section(0)  # continues on the same page
    for paragraph in story.paragraphs:
        document.add_paragraph(paragraph)
    section._sectPr.xpath("./w:cols")[0].set(qn("w:num"), str(columns))
    source = path.with_suffix(".docx")
    document.save(str(source))
    _run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(source)])


def by_tex(story: Story, columns: int, path: Path) -> None:
    """Set an article, with words divided at the ends of lines and the number of the page below."""
    text = "\n\n".join(paragraph.translate(_TEX_SPECIAL) for paragraph in story.paragraphs)
    begin, end = (rf"\begin{{multicols}}{{{columns}}}", r"\end{multicols}") if columns > 1 else ("", "")
    title = story.title.translate(_TEX_SPECIAL)
    source = path.with_suffix(".tex")
    source.write_text(
        r"\documentclass[10pt]{article}\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}"
        rf"\usepackage{{multicol}}\begin{{document}}\section*{{{title}}}{begin}{text}{end}\end{{document}}",
        "utf-8",
    )
    _run(["pdflatex", "-interaction=batchmode", f"-output-directory={path.parent}", str(source)])


def by_reportlab(story: Story, columns: int, path: Path) -> None:
    """Flow paragraphs through frames."""
    width = (A4[0] - 2 * _MARGIN - (columns - 1) * _GUTTER) / columns
    frames = [
        Frame(_MARGIN + i * (width + _GUTTER), _MARGIN, width, A4[1] - _MARGIN - _TOP, 0, 0, 0, 0)
        for i in range(columns)
    ]

    def draw_margins(canvas: Canvas, document: BaseDocTemplate) -> None:
        if document.page == 1:
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawString(_MARGIN, A4[1] - 60, story.title)
        else:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(_MARGIN, A4[1] - 40, "The Example" if document.page % 2 else story.title)
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(A4[0] / 2, 30, str(document.page))

    document = BaseDocTemplate(str(path), pageTemplates=[PageTemplate(frames=frames, onPage=draw_margins)])
    style = ParagraphStyle("text", fontName="Times-Roman", fontSize=10, leading=12, firstLineIndent=12 * (columns % 2))
    document.build([Paragraph(html.escape(paragraph), style) for paragraph in story.paragraphs])


def by_rows(story: Story, columns: int, path: Path) -> None:
    """Draw row by row over all columns, as some newspapers' programs do."""
    width = (A4[0] - 2 * _MARGIN - (columns - 1) * _GUTTER) / columns
    lines = [line for p in story.paragraphs for line in [*simpleSplit(p, "Helvetica", 9, width), ""]]
    height = int((A4[1] - _TOP - _MARGIN) / 11)
    canvas = Canvas(str(path), A4)
    for start in range(0, len(lines), height * columns):
        page = lines[start : start + height * columns]
        if start == 0:
            canvas.setFont("Helvetica-Bold", 18)
            canvas.drawString(_MARGIN, A4[1] - 60, story.title)
        canvas.setFont("Helvetica", 9)
        rows = min(height, -(-len(page) // columns))
        for row in range(rows):
            for column in range(columns):
                index = column * rows + row
                if index < len(page):
                    canvas.drawString(_MARGIN + column * (width + _GUTTER), A4[1] - _TOP - row * 11, page[index])
        canvas.showPage()
    canvas.save()


Maker = Callable[[Story, int, Path], None]
MAKERS: dict[str, tuple[str | None, Maker]] = {
    "Chromium": ("chromium", by_chromium),
    "LibreOffice": ("soffice", by_libreoffice),
    "TeX": ("pdflatex", by_tex),
    "ReportLab": (None, by_reportlab),
    "ReportLab, row by row": (None, by_rows),
}


def available_makers() -> dict[str, Maker]:
    """Return the makers whose programs are installed."""
    return {name: maker for name, (program, maker) in MAKERS.items() if program is None or shutil.which(program)}


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=180)
