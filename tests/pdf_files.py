"""PDFs drawn line by line, so that a test decides where each line is and in which order they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

FONT, BOLD, SIZE, LEADING = "Helvetica", "Helvetica-Bold", 9, 11.0
TOP, LEFT = 760.0, 50.0

HARBOUR = (
    "The harbour commission met on Monday to discuss the future of the old lighthouse, which has been dark since the"
    " storm in January. Its chairman, Paul Winter, said repairs would cost 3.2 million crowns. He asked the members to"
    " vote by show of hands, and the motion passed with nine votes to four after a debate of two hours. "
)
FROST = (
    "Farmers in the northern valleys expect the smallest apple harvest in thirty years. Late frost in April killed most"
    " of the blossom, the growers' union said on Tuesday. Prices have already risen by a fifth, and some orchards will"
    " not open their gates to visitors at all this autumn. "
)


class Page:
    """A canvas with methods for lines and columns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.canvas = Canvas(str(path), A4)

    def line(self, x: float, y: float, text: str, size: float = SIZE, font: str = FONT) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def column(self, lines: Sequence[str], x: float, y: float = TOP, size: float = SIZE) -> float:
        """Draw lines below each other. Return the place of the next one."""
        for line in lines:
            self.line(x, y, line, size)
            y -= LEADING * size / SIZE
        return y

    def rows(self, columns: Sequence[tuple[float, Sequence[str]]], y: float = TOP) -> None:
        """Draw columns row by row."""
        for row in range(max(len(lines) for _, lines in columns)):
            for x, lines in columns:
                if row < len(lines):
                    self.line(x, y - row * LEADING, lines[row])

    def save(self) -> Path:
        self.canvas.save()
        return self.path


def wrapped(text: str, width: float, size: float = SIZE) -> list[str]:
    """The lines of a text in a column."""
    lines: list[str] = simpleSplit(text, FONT, size, width)
    return lines
