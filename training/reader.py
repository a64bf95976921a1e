"""Train the reader: `python -m training.reader --data PATH --out DIR`.

Fine-tunes the bundled embedding model for extractive question answering as SQuAD 2.0 defines it (Rajpurkar et al.
2018): scores of first and last tokens, with [CLS] for "no answer" (Devlin et al. 2019). Resumes after any stop.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy

from index.embedding import bundled_model_folder, has_fast_bfloat16
from rag.reading.model import Calibration, MiniLMReader
from rag.reading.network import collate
from rag.reading.windows import Window, WindowCutter

from .examples import Example, load_examples, other_passages, split, with_titles
from .scores import table

_HEAD = "qa_outputs"
_POOL = 50  # batches that are sorted by length together
_MASKED = -1e4


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.reader", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, nargs="+", help="lines of JSON, see training/examples.py")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run: checkpoint, log, trained network")
    parser.add_argument("--start", type=Path, help="folder of a run to start from, instead of the bundled model")
    parser.add_argument("--epochs", type=float, default=2)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1.2e-4, help="learning rate; the head's is ten times that")
    parser.add_argument("--warm-up", type=float, default=0.06, help="share of the steps")
    parser.add_argument("--decay", type=float, default=0.01, help="weight decay")
    parser.add_argument("--average", type=float, default=0.995, help="decay of the moving average of the weights")
    parser.add_argument("--negatives", type=float, default=0.1, help="share of examples added with another passage")
    parser.add_argument("--titles", type=float, default=0.5, help="share of examples with the title, where known")
    parser.add_argument("--aside", type=float, default=0.1, help="share of the groups that is kept aside")
    parser.add_argument("--part", type=float, default=1, help="share of the examples to train on (learning curve)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--split-seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0, help="0: torch's default")
    parser.add_argument("--save-every", type=int, default=200, help="steps between checkpoints")
    return parser.parse_args(given)


class Run:
    """One training run: network, optimiser, moving average and position, saved together."""

    def __init__(self, options: argparse.Namespace, steps: int) -> None:
        from transformers import BertForQuestionAnswering

        torch.manual_seed(options.seed)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        folder = bundled_model_folder()
        # Dropout in the attention would keep torch from its fast kernels for it.
        network: Any = BertForQuestionAnswering.from_pretrained
        self.network = network(folder, attention_probs_dropout_prob=0.0).to(self.device)
        self.network.bert.embeddings.requires_grad_(False)  # they don't have to be stored
        body = [value for name, value in self._trained() if not name.startswith(_HEAD)]
        head = [value for name, value in self._trained() if name.startswith(_HEAD)]
        groups = [{"params": body, "lr": options.rate}, {"params": head, "lr": 10 * options.rate}]
        self.optimiser = torch.optim.AdamW(groups, weight_decay=options.decay)
        warm = max(round(steps * options.warm_up), 1)

        def factor(step: int) -> float:
            return float((step + 1) / warm if step < warm else max(steps - step, 0) / max(steps - warm, 1))

        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, factor)
        self.average = {name: value.detach().clone() for name, value in self._trained()}
        self.decay = options.average
        self.step, self.seconds = 0, 0.0
        self.path = options.out / "checkpoint.pt"
        if self.path.exists():
            self._load()
        elif options.start:
            state = torch.load(options.start / self.path.name, weights_only=True)
            self.average = state["average"]
            self._fill(self.average)

    def _trained(self) -> list[tuple[str, torch.nn.Parameter]]:
        return [(name, value) for name, value in self.network.named_parameters() if value.requires_grad]

    def learn(self, loss: torch.Tensor) -> None:
        """One step down the gradient."""
        self.optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([value for _, value in self._trained()], 1.0)
        self.optimiser.step()
        self.schedule.step()
        self.step += 1
        decay = min(self.decay, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self._trained():
                self.average[name].lerp_(value, 1 - decay)

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Use the averaged weights for a while."""
        own = {name: value.detach().clone() for name, value in self._trained()}
        self._fill(self.average)
        yield
        self._fill(own)

    def _fill(self, weights: dict[str, torch.Tensor]) -> None:
        with torch.no_grad():
            for name, value in self._trained():
                value.copy_(weights[name])

    def save(self) -> None:
        """Write a checkpoint. A stop while writing leaves the previous one."""
        state = {
            "network": {name: value.detach() for name, value in self._trained()},
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "schedule": self.schedule.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "random": torch.get_rng_state(),
        }
        part = self.path.with_suffix(".part")
        torch.save(state, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(self.path)

    def _load(self) -> None:
        state = torch.load(self.path, weights_only=True)
        self._fill(state["network"])
        self.average = state["average"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.schedule.load_state_dict(state["schedule"])
        self.step, self.seconds = state["step"], state.get("seconds", 0.0)
        torch.set_rng_state(state["random"])


def label_windows(windows: Sequence[Window], examples: Sequence[Example]) -> list[tuple[Window, int, int]]:
    """Windows with the positions of the first and the last token of the answer; 0 if it isn't in the window."""
    labelled = []
    for window in windows:
        example = examples[window.passage]
        first = last = 0
        if example.start is not None and example.end is not None:
            inside = np.flatnonzero((window.ends > example.start) & (window.starts < example.end))
            whole = len(inside) and window.starts[0] <= example.start and window.ends[-1] >= example.end
            if whole:
                first, last = window.first + int(inside[0]), window.first + int(inside[-1])
        labelled.append((window, first, last))
    return labelled


def windows_of(cutter: WindowCutter, examples: Sequence[Example]) -> list[Window]:
    """Windows of all examples, numbered by example."""
    questions = [example.question for example in examples]
    return cutter.cut(questions, [example.passage for example in examples], [example.title for example in examples])


def epoch_batches(
    labelled: Sequence[tuple[Window, int, int]], size: int, seed: int
) -> list[list[tuple[Window, int, int]]]:
    """Batches of similar length in random order."""
    chance = random.Random(seed)
    shuffled = chance.sample(list(labelled), len(labelled))
    batches = []
    for start in range(0, len(shuffled), size * _POOL):
        pool = sorted(shuffled[start : start + size * _POOL], key=lambda item: len(item[0]))
        batches += [pool[at : at + size] for at in range(0, len(pool), size)]
    chance.shuffle(batches)
    return batches


def loss_of(run: Run, batch: Sequence[tuple[Window, int, int]], half: bool) -> torch.Tensor:
    """Cross entropy of the first and the last token, among [CLS] and the tokens of the passage."""
    windows = [window for window, _, _ in batch]
    inputs = {name: value.to(run.device) for name, value in collate(windows, 0).items()}
    with torch.autocast(run.device.type, torch.bfloat16, enabled=half):
        output = run.network(**inputs)
    allowed = torch.zeros(output.start_logits.shape, dtype=torch.bool)
    allowed[:, 0] = True
    for row, window in enumerate(windows):
        allowed[row, window.first : window.first + len(window.starts)] = True
    labels = torch.tensor([(first, last) for _, first, last in batch], device=run.device)
    losses = [
        cross_entropy(logits.float().masked_fill(~allowed.to(run.device), _MASKED), labels[:, column])
        for column, logits in enumerate((output.start_logits, output.end_logits))
    ]
    return (losses[0] + losses[1]) / 2


def predict(reader: MiniLMReader, examples: Sequence[Example]) -> tuple[list[str], np.ndarray]:
    """The best span of each example and its margin over "not here"."""
    questions, passages = [example.question for example in examples], [example.passage for example in examples]
    readings = reader.read_pairs(questions, passages, [example.title for example in examples], k=1)
    spans = [
        passage[reading.spans[0].start : reading.spans[0].end] if reading.spans else ""
        for passage, reading in zip(passages, readings, strict=True)
    ]
    return spans, np.array([reading.margin for reading in readings])


def evaluate(run: Run, tokenizer: Tokenizer, aside: Sequence[Example], kinds: Sequence[str]) -> dict[str, Any]:
    """Figures on the groups kept aside, by source, with the averaged weights or with the last ones."""
    run.network.cpu()
    figures: dict[str, Any] = {}
    for kind in kinds:
        with run.averaged() if kind == "average" else nullcontext():
            reader = MiniLMReader(kind, run.network, tokenizer, 0, Calibration())
            figures[kind] = tables(aside, *predict(reader, aside))
    run.network.train().to(run.device)
    return figures


def tables(examples: Sequence[Example], spans: Sequence[str], margins: np.ndarray) -> dict[str, Any]:
    """Figures over all examples and by source."""
    answers = [example.answer for example in examples]
    figures = {"all": table(spans, margins, answers)}
    for source in sorted({example.source for example in examples}):
        chosen = [at for at, example in enumerate(examples) if example.source == source]
        figures[source] = table([spans[at] for at in chosen], margins[chosen], [answers[at] for at in chosen])
    return figures


def main(given: Sequence[str] | None = None) -> None:
    """Train, or continue."""
    options = arguments(given)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.threads:
        torch.set_num_threads(options.threads)
    tokenizer = Tokenizer.from_file(str(bundled_model_folder() / "tokenizer.json"))
    cutter = WindowCutter(tokenizer)
    examples = [example for path in options.data for example in load_examples(path)]
    training, aside = split(examples, options.aside, options.split_seed)
    chance = random.Random(options.seed)
    training = chance.sample(training, round(len(training) * options.part))
    training += other_passages(training, options.negatives, options.seed)

    per_epoch = math.ceil(len(training) / options.batch)
    steps = math.ceil(per_epoch * options.epochs)
    run = Run(options, steps)
    half = torch.cuda.is_bf16_supported() if torch.cuda.is_available() else has_fast_bfloat16()
    log(options, f"{len(training)} examples, {len(aside)} aside, {steps} steps, from {run.step}, bfloat16: {half}")
    run.network.train()
    begun, losses = time.monotonic() - run.seconds, []
    for batch in batches_from(run.step, steps, training, cutter, options):
        loss = loss_of(run, batch, half)
        run.learn(loss)
        losses.append(loss.item())
        run.seconds = time.monotonic() - begun
        if run.step % 50 == 0:
            rate = run.seconds / run.step
            log(options, f"step {run.step}/{steps}, loss {np.mean(losses[-50:]):.3f}, {rate:.2f} s a step")
        if run.step % options.save_every == 0:
            run.save()
        if run.step % per_epoch == 0 and run.step < steps:
            run.save()
            log(options, json.dumps({"step": run.step, **evaluate(run, tokenizer, aside, ("average",))}))
    run.save()
    figures = evaluate(run, tokenizer, aside, ("last", "average"))
    log(options, json.dumps({"step": run.step, **figures}))
    settings = {name: value for name, value in vars(options).items() if name not in ("data", "out", "start")}
    settings["start"] = options.start.name if options.start else "bundled"
    card = {"settings": settings, "examples": len(training), "seconds": round(run.seconds), "figures": figures}
    (options.out / "run.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    print_table(figures)


def batches_from(
    start: int, steps: int, training: Sequence[Example], cutter: WindowCutter, options: argparse.Namespace
) -> Iterator[list[tuple[Window, int, int]]]:
    """Batches of the steps from `start` on. The same for every run with the same seed, resumed or not."""
    step, epoch = 0, 0
    while step < steps:
        chance = random.Random(f"{options.seed} {epoch}")
        titled = with_titles(training, options.titles, chance)
        labelled = label_windows(windows_of(cutter, titled), titled)
        for batch in epoch_batches(labelled, options.batch, options.seed * 1000 + epoch):
            if step >= start:
                torch.manual_seed(options.seed * 1_000_000 + step)  # dropout
                yield batch
            step += 1
            if step == steps:
                return
        epoch += 1


def log(options: argparse.Namespace, line: str) -> None:
    """Print a line and append it to the run's log."""
    stamped = f"{time.strftime('%H:%M:%S')} {line}"
    print(stamped, flush=True)
    with (options.out / "log.txt").open("a", encoding="utf-8") as file:
        file.write(stamped + "\n")


def print_table(figures: dict[str, Any]) -> None:
    """Print the figures of a run as a table."""
    names = ("questions", "f1", "exact", "auroc", "refused_at_90", "refused_at_95")
    print(f"{'':20}" + "".join(f"{name:>15}" for name in names))
    for kind, rows in figures.items():
        for source, row in rows.items():
            print(f"{kind + ' ' + source:20}" + "".join(f"{row[name]:15.3f}" for name in names))


if __name__ == "__main__":
    main(sys.argv[1:])
