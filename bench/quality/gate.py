"""Quality gate: measures and fails if a figure is below its floor: python bench/quality/gate.py [--set FOLDER]

Floors are in `floors.json`, by the name of the set. A figure that must not rise has a ceiling there.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.quality.figures import OWN_ONLY, PARTS, Figures, measure, opened

_FLOORS = Path(__file__).parent / "floors.json"


def below(name: str, figures: Figures) -> list[str]:
    """Figures below their floor or above their ceiling, one line each. Unmeasured figures are skipped."""
    limits = json.loads(_FLOORS.read_text(encoding="utf-8"))[name]
    low = [
        f"{key} is {figures[key]:.4f}, its floor {f}" for key, f in limits["floors"].items() if figures.get(key, f) < f
    ]
    high = [
        f"{key} is {figures[key]:.4f}, its ceiling {c}"
        for key, c in limits["ceilings"].items()
        if figures.get(key, c) > c
    ]
    return low + high


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", type=Path, metavar="FOLDER")
    folder = parser.parse_args().set
    with tempfile.TemporaryDirectory() as scratch:
        asking = opened(folder, Path(scratch))
        figures = measure(asking, [part for part in PARTS if folder is None or part not in OWN_ONLY])
        asking.library.close()
    print(json.dumps(figures, indent=1))
    worse = below(folder.name if folder else "samples", figures)
    print("\n".join(worse) or "No figure is worse than it may be.")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
