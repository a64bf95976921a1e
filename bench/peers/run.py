"""Compares retrieval and answers with peers in one run: python bench/peers/run.py [FOLDER] [--limit N]

FOLDER contains `articles/*.txt` and `questions.jsonl`; the default is the project's own questions about the sample
articles. Runs in .venv-peers (requirements.txt beside this file); this project is measured in its own .venv.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import sets

_HERE = Path(__file__).parent
_LATEST = _HERE / "latest.json"
_OURS = "Ask the Articles"
_SYSTEMS = {
    _OURS: "ours",
    "LangChain": "langchain_faiss",
    "LlamaIndex 512": "llamaindex_citation",
    "LlamaIndex 256": "llamaindex_256",
    "Haystack": "haystack_hybrid",
    "txtai": "txtai_hybrid",
}
# No network, no telemetry, and one thread: with two on two cores, any other load makes the same embedding take between
# 25 and 350 ms.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "TOKENIZERS_PARALLELISM": "false",
}
_FORMATS = {"chunks": "d", "chars": ".0f", "not verbatim": "d", "peak MB": "d", "add s": ".1f", "search ms": ".1f"}
_NOTE = """\
* None of the peers answers without a language model. For them: the sentences of the five best chunks by cosine with
  the question, with the same embedder; refused below the cosine that lets 95 % of these very answerable questions
  through. Refused questions count as not answered, for all.
"Chars": the median chunk's length; longer chunks contain an answer more easily, but there is more to read.
"Not verbatim": chunks that don't occur in the file, ignoring white space; they count as not relevant.
"Add" is without loading the model; this project also finds who said what, in a second process, and writes to disk.
Times are of one thread for each process."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument(
        "--limit", type=int, help="use at most N answerable and N unanswerable questions; figures aren't stored"
    )
    args = parser.parse_args()
    folder = args.folder.resolve() if args.folder else None
    asked = sets.load(folder, args.limit)
    revision = _revision()
    with tempfile.TemporaryDirectory() as scratch:
        measured = {name: _measure(name, folder, args.limit, Path(scratch)) for name in _SYSTEMS}

    from scores import figures  # imported late: a child's peak memory starts from its parent's

    raw = sets.raw_texts(asked.articles)
    rows = {name: figures(values, asked.questions, raw) for name, values in measured.items()}
    answerable = sum(bool(question.answers) for question in asked.questions)
    about: dict[str, Any] = {
        "revision": revision,
        "articles": len(asked.articles),
        "answerable": answerable,
        "unanswerable": len(asked.questions) - answerable,
        "cpus": os.cpu_count(),
    }
    print(f"{asked.name}: " + ", ".join(f"{name} {value}" for name, value in about.items()))
    print(_table(rows), _NOTE, sep="\n\n")
    if args.limit is None:
        _keep(asked.name, {**about, "versions": _versions(), "systems": rows})


def _measure(name: str, folder: Path | None, limit: int | None, scratch: Path) -> dict[str, Any]:
    """Measure one system in a separate process."""
    python = str(_HERE.parent.parent / ".venv" / "bin" / "python") if name == _OURS else sys.executable
    out = scratch / f"{_SYSTEMS[name]}.json"
    command = [python, str(_HERE / "measure.py"), _SYSTEMS[name], str(out)]
    command += ["--set", str(folder)] if folder else []
    command += ["--limit", str(limit)] if limit is not None else []
    print(f"measuring {name} …", file=sys.stderr)
    ended = subprocess.run(command, env={**os.environ, **_ENVIRONMENT}, capture_output=True, text=True, check=False)
    if ended.returncode:
        sys.exit(f"{name} failed:\n{ended.stderr[-4000:]}")
    result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return result


def _table(rows: dict[str, dict[str, float | int]]) -> str:
    columns = [column for column in rows[_OURS] if column != "threshold"]
    lines = [["", *columns]]
    lines += [[name, *(_cell(column, values.get(column)) for column in columns)] for name, values in rows.items()]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        f"{line[0]:<{widths[0]}}"
        + "".join(f"  {cell:>{width}}" for cell, width in zip(line[1:], widths[1:], strict=True))
        for line in lines
    )


def _cell(column: str, value: float | None) -> str:
    if value is None:
        return ""
    return format(value, _FORMATS.get(column, ".3f"))


def _revision() -> str:
    """The measured commit, with "-dirty" if files differ from it: such figures can't be reproduced."""
    command = ["git", "describe", "--always", "--dirty"]
    ended = subprocess.run(command, cwd=_HERE, capture_output=True, text=True, check=False)
    return ended.stdout.strip() or "unknown"


def _versions() -> dict[str, str]:
    lines = (_HERE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if "==" in line)


def _keep(name: str, result: dict[str, Any]) -> None:
    """Replace the stored figures of this set; those of other sets stay."""
    latest = json.loads(_LATEST.read_text(encoding="utf-8")) if _LATEST.exists() else {}
    latest[name] = result
    _LATEST.write_text(json.dumps(latest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
