"""Seconds from `python app.py` to the page and to ready: python bench/speed/start.py [--starts N]

The first start makes a library of the sample articles and is reported apart. In all, "page" is the first answer of
Gradio's configuration, without which the page stays empty (until then, "/" says that the app is starting); "ready" is
`/readyz`; "question" is the answer to one right after it. CPU seconds are those of the process.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median

_ROOT = Path(__file__).parents[2]
_POLL_SECONDS = 0.05
_LIMIT_SECONDS = 180
_TICKS = os.sysconf("SC_CLK_TCK")
_QUESTION = json.dumps({"question": "What did Kirby say?"}).encode()


def start(library: Path) -> dict[str, tuple[float, float]]:
    """Start the app, ask one question, stop it. Returns wall and CPU seconds until each milestone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(_ROOT / "app.py"), "--library", str(library), "--port", str(port)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=_ROOT)
    reached = {}

    def reach(milestone: str, *tries: Callable[[], object]) -> None:
        for attempt in tries:
            while not attempt():
                if process.poll() is not None or time.perf_counter() - began > _LIMIT_SECONDS:
                    sys.exit(f"the app didn't get to: {milestone}")
                time.sleep(_POLL_SECONDS)
        reached[milestone] = time.perf_counter() - began, _cpu_seconds(process.pid)

    def fetched(path: str, body: bytes | None = None) -> bool:
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=_LIMIT_SECONDS) as response:
                return bool(response.read())
        except (urllib.error.URLError, ConnectionError):
            return False

    try:
        reach("first answer of /", lambda: fetched("/"))
        reach("page", lambda: fetched("/config"))
        reach("ready", lambda: fetched("/readyz"))
        reach("question", lambda: fetched("/api/v1/ask", _QUESTION))
    finally:
        process.terminate()
        process.wait()
    return reached


def _cpu_seconds(pid: int) -> float:
    """User and system time of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        library = Path(scratch) / "library"
        first = start(library)
        runs = [start(library) for _ in range(args.starts)]
    print(f"{'':18}{'first start':>12}  {'wall seconds of the others':40}{'CPU, median':>12}")
    for milestone, (wall, _) in first.items():
        walls = sorted(run[milestone][0] for run in runs)
        cpu = median(run[milestone][1] for run in runs)
        shown = f"{median(walls):.1f} ({', '.join(f'{seconds:.1f}' for seconds in walls)})"
        print(f"{milestone:18}{wall:>12.1f}  {shown:40}{cpu:>12.1f}")


if __name__ == "__main__":
    main()
