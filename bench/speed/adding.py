"""Cost of adding: python bench/speed/adding.py [FOLDER …] [--articles N] [--alone]

Makes N articles (1,000) from the texts of the .txt and .md files in the folders (the sample articles), with some words
changed, and adds them: with this program (as it is, and in full precision), by `encode` of sentence-transformers alone
(in full precision), and with peers (those of `make bench-peers`, in .venv-peers; not with --alone). All use one thread
and run one after the other.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"  # before torch is loaded

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

_ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(_ROOT))

from bench.speed.answers import EXAMPLES
from index import Library, Progress
from index.embedding import PrecisionSetting
from index.embedding.embedder import SentenceTransformerEmbedder
from index.statements.worker import STATEMENT_WORKER

_PEERS = {"LangChain with FAISS": "langchain_faiss", "txtai": "txtai_hybrid"}
_CHARACTERS = 1_200  # minimum length of an article, if its text is long enough
_CHANGED = 0.3  # share of the longer words
_WORD = re.compile(r"\b[a-z]{5,}\b")
_SHARES = (0.125, 0.25, 0.5, 1.0)  # shares of the articles, to fit the exponent


def write_articles(folder: Path, sources: list[Path], number: int) -> list[Path]:
    """Write `count` articles made of pieces of the texts in the source folders."""
    files = sorted(chain.from_iterable([*source.glob("*.txt"), *source.glob("*.md")] for source in sources))
    pieces = [piece for file in files for piece in _pieces(file.read_text(encoding="utf-8"))]
    words = sorted({word for piece in pieces for word in _WORD.findall(piece)})
    chance = random.Random(0)
    made = []
    for at in range(number):
        text = _WORD.sub(
            lambda match: chance.choice(words) if chance.random() < _CHANGED else match[0], pieces[at % len(pieces)]
        )
        made.append(folder / f"{at:06}.txt")
        made[-1].write_text(f"Report number {at}\n\n{text}\n", encoding="utf-8")
    return made


def _pieces(text: str) -> list[str]:
    paragraphs = [part.strip() for part in re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL).split("\n")]
    pieces, piece = [], ""
    for paragraph in filter(None, paragraphs):
        piece = f"{piece}\n\n{paragraph}".strip()
        if len(piece) >= _CHARACTERS:
            pieces.append(piece)
            piece = ""
    return pieces or [piece]


def adding(files: list[Path], precision: PrecisionSetting = "auto") -> tuple[dict[str, float], list[str]]:
    """Seconds of adding files to a new library, by milestone; and the passages."""
    reached = {}
    with tempfile.TemporaryDirectory() as folder, Library.open(folder, precision=precision) as library:
        library.embedder.embed_question("Ready?")
        STATEMENT_WORKER.find(["Ready."])

        def on_progress(progress: Progress) -> None:
            reached[progress.step] = time.perf_counter() - start

        start = time.perf_counter()
        report = library.add(*files, wait=False)
        reached["words"] = time.perf_counter() - start
        library.catch_up(on_progress)
        reached["all"] = time.perf_counter() - start
        if len(report.added) != len(files) or not library.status().is_complete:
            sys.exit(f"not all was added: {report.failed[:3]}")
        start = time.perf_counter()
        library.add(*files)
        reached["again"] = time.perf_counter() - start
        passages = [p.text for article in library.articles() for p in library.passages.of_article(article.id)]
    return reached, passages


def encoding(model: SentenceTransformer, texts: list[str]) -> float:
    """Seconds of `encode` alone, called as documented."""
    start = time.perf_counter()
    model.encode(texts, show_progress_bar=False)
    return time.perf_counter() - start


def multiplying(model: SentenceTransformer, texts: list[str]) -> float:
    """Seconds that the model's matrix multiplications alone would take for these texts, at the rate of large ones.

    Counted are those by weights and, in attention, those by other tokens; two operations for each multiply and add.
    """
    config = model[0].auto_model.config
    hidden, inner, layers = config.hidden_size, config.intermediate_size, config.num_hidden_layers
    lengths = np.array([len(ids) for ids in model.tokenizer(texts)["input_ids"]], dtype=np.float64)
    by_token = 4 * hidden**2 + 2 * hidden * inner
    operations = 2 * layers * (lengths * by_token + 2 * lengths**2 * hidden).sum()
    tokens, weights = torch.randn(2048, hidden), torch.randn(inner, hidden)
    times = 0
    with torch.inference_mode():
        start = time.perf_counter()
        while time.perf_counter() - start < 3:
            torch.nn.functional.linear(tokens, weights)
            times += 1
        rate = times * 2 * 2048 * hidden * inner / (time.perf_counter() - start)
    return float(operations / rate)


def peers(folder: Path) -> dict[str, dict[str, float]]:
    """Seconds that the peers took, each in a separate process."""
    python = _ROOT / ".venv-peers" / "bin" / "python"
    if not python.exists():
        sys.exit(f"{python} is missing: `make bench-speed` makes it; or leave the peers out with --alone")
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    found = {}
    for name, module in _PEERS.items():
        command = [str(python), str(_ROOT / "bench" / "peers" / "adding.py"), module, str(folder)]
        ended = subprocess.run(command, env={**os.environ, **offline}, capture_output=True, text=True, check=True)
        found[name] = json.loads(ended.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", default=[EXAMPLES])
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--alone", action="store_true", help="don't measure peers")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = SentenceTransformerEmbedder.load(precision="full")._model
    with tempfile.TemporaryDirectory() as scratch:
        files = write_articles(Path(scratch), args.folders, args.articles)
        adding(files[:2])  # warm-up
        full, _ = adding(files, "full")
        sizes = [max(1, round(share * len(files))) for share in _SHARES]
        runs = [adding(files[:size]) for size in sizes]
        reached, passages = runs[-1]
        encode, multiply = encoding(model, passages), multiplying(model, passages)
        figures = {
            "articles": len(files),
            "passages": len(passages),
            "seconds": {step: round(seconds, 1) for step, seconds in reached.items()},
            "all in full precision, s": round(full["all"], 1),
            "encode alone, s": round(encode, 1),
            "encode alone / all": round(encode / reached["all"], 3),
            "words / all": round(reached["words"] / reached["all"], 4),
            "again, unchanged / all": round(reached["again"] / reached["all"], 4),
            "matrix multiplications / all": round(multiply / reached["all"], 3),
            "seconds by articles": {size: round(run["all"], 1) for size, (run, _) in zip(sizes, runs, strict=True)},
            "exponent": round(
                float(np.polyfit([math.log(n) for n in sizes], [math.log(run["all"]) for run, _ in runs], 1)[0]), 3
            ),
        }
        print(json.dumps(figures, indent=1), flush=True)
        if not args.alone:
            for name, its in peers(Path(scratch)).items():
                print(f"{name}: {its['seconds']} s, {its['seconds'] / reached['all']:.2f} times ours; {its}")


if __name__ == "__main__":
    main()
