"""Reliability of the confidence in an answer: python bench/quality/reliability.py [FOLDER …]

Asks the questions of the project and of the folders (see figures.py), and plots the share of answerable questions
for each tenth of the confidence: docs/images/reliability.svg.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.quality.figures import confidences, opened

_PLOT = Path(__file__).parents[2] / "docs" / "images" / "reliability.svg"
_SIDE, _EDGE, _BINS = 320, 50, 10


def bins(found: list[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """For each tenth of the confidence that occurs: mean confidence, share of answerable questions, and count."""
    rows = []
    for at in range(_BINS):
        inside = [(c, right) for c, right in found if min(int(c * _BINS), _BINS - 1) == at]
        if inside:
            n = len(inside)
            rows.append((sum(c for c, _ in inside) / n, sum(right for _, right in inside) / n, n))
    return rows


def plot(curves: dict[str, list[tuple[float, float, int]]]) -> str:
    """Draw the curves as SVG, with the diagonal of perfect reliability."""

    def place(x: float, y: float) -> tuple[float, float]:
        return _EDGE + x * _SIDE, _EDGE / 2 + (1 - y) * _SIDE

    colours = ("#1d4ed8", "#b45309", "#15803d")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE + 260} {_SIDE + 90}" font-family="sans-serif"'
        ' font-size="12" role="img"><title>Share of questions that can be answered, by confidence</title>',
        '<rect width="100%" height="100%" fill="#fff"/>',
        '<path d="M{},{} L{},{}" stroke="#999" stroke-dasharray="4"/>'.format(*place(0, 0), *place(1, 1)),
    ]
    for tick in (0, 0.5, 1):
        x, y = place(tick, 0)
        parts.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle">{tick}</text>')
        x, y = place(0, tick)
        parts.append(f'<text x="{x - 8}" y="{y + 4}" text-anchor="end">{tick}</text>')
    for number, (name, rows) in enumerate(curves.items()):
        colour, points = colours[number % 3], [(*place(x, y), n) for x, y, n in rows]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + n**0.5 / 3:.1f}" fill="{colour}"/>' for x, y, n in points]
        parts.append(f'<text x="{_SIDE + 70}" y="{50 + 20 * number}" fill="{colour}">{escape(name)}</text>')
    x, y = place(0.5, 0)
    parts.append(
        f'<text x="{x}" y="{y + 40}" text-anchor="middle">confidence (a larger dot: more questions)</text></svg>'
    )
    return "\n".join(parts) + "\n"


def main() -> None:
    curves = {}
    for folder in [None, *map(Path, sys.argv[1:])]:
        with tempfile.TemporaryDirectory() as scratch:
            asking = opened(folder, Path(scratch))
            curves[folder.name if folder else "samples"] = bins(list(confidences(asking)))
            asking.library.close()
    for name, rows in curves.items():
        print(name, *(f"{confidence:.2f} → {share:.2f} ({n})" for confidence, share, n in rows), sep="\n  ")
    _PLOT.write_text(plot(curves), encoding="utf-8")


if __name__ == "__main__":
    main()
