"""Durability of a library: python bench/durability/crash.py [kills|full|damage|together …] [--rounds N]

* kills: a process that adds, replaces, removes, catches up and repairs is killed at random moments and at each named
  step; then everything that was reported as accepted must be there, complete and searchable, and nothing else.
* full: the disk is full at many sizes while articles are added and removed (a limit on the size of files).
* damage: files are truncated and single bits flipped; each must be detected or harmless.
* together: one process adds and removes while others ask; every citation must be a statement by the right person.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.durability.concurrency import together
from bench.durability.disks import damage, full
from bench.durability.kills import kills


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=["kills", "full", "damage", "together", []])
    parser.add_argument("--rounds", type=int, help="kills (300), sizes (100), damaged files (200), seconds (300)")
    options = parser.parse_args()
    parts = options.parts or ["kills", "full", "damage", "together"]
    failures = 0
    for part in parts:
        if part == "damage":
            outcomes = damage(options.rounds or 200)
            print("damage:", dict(outcomes), flush=True)
            failures += sum(
                count for outcome, count in outcomes.items() if outcome not in ("refused", "reported", "right")
            )
            continue
        if part == "together":
            wrong, seen = together(options.rounds or 300)
            print(f"together: {seen} citations, {len(wrong)} wrong or errors", flush=True)
        else:
            rounds = options.rounds or {"kills": 300, "full": 100}[part]
            wrong = kills(rounds) if part == "kills" else full(rounds)
            print(f"{part}: {rounds} rounds, {len(wrong)} wrong", flush=True)
        print("\n".join(wrong[:20]))
        failures += len(wrong)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
