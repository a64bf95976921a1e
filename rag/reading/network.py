"""The forward pass: windows in, scores of first and last tokens out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .spans import Scores
from .windows import Window

if TYPE_CHECKING:
    import torch

_BATCH_TOKENS = 4_096  # in one forward pass, including padding


def collate(windows: Sequence[Window], padding: int, has_types: bool = True) -> dict[str, torch.Tensor]:
    """Token ids, token types and attention mask of windows as tensors, [windows, tokens]."""
    import torch  # heavy: commands without questions don't need it

    shape = len(windows), max(map(len, windows))
    ids = torch.full(shape, padding)
    types, mask = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    for row, window in enumerate(windows):
        ids[row, : len(window)] = torch.tensor(window.ids)
        types[row, : len(window)] = torch.tensor(window.types)
        mask[row, : len(window)] = 1
    inputs = {"input_ids": ids, "attention_mask": mask}
    return inputs | {"token_type_ids": types} if has_types else inputs


def score_windows(
    network: Any, windows: Sequence[Window], padding: int, has_types: bool = True
) -> list[tuple[Scores, Scores, float]]:
    """Scores of each window: of its passage tokens as the first and as the last of an answer, and of "not here"."""
    import torch

    with torch.inference_mode():
        output = network(**collate(windows, padding, has_types))
    first, last = output.start_logits.float().numpy(), output.end_logits.float().numpy()
    parts = [slice(window.first, window.first + len(window.starts)) for window in windows]
    return [(first[row, part], last[row, part], float(first[row, 0] + last[row, 0])) for row, part in enumerate(parts)]


def batches(windows: Sequence[Window]) -> Iterator[list[int]]:
    """Indexes of windows in batches of similar length, so that little is padded."""
    group: list[int] = []
    for at in sorted(range(len(windows)), key=lambda at: len(windows[at])):
        if group and (len(group) + 1) * len(windows[at]) > _BATCH_TOKENS:
            yield group
            group = []
        group.append(at)
    if group:
        yield group
