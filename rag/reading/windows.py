"""Cut a question and a passage into windows that the model can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

MAX_TOKENS = 320  # in one window: question, title and passage. A stored passage has at most 256 and fits in one
_OVERLAP = 96  # tokens that two windows of one passage share: an answer and its context are in one of them
_MAX_QUESTION, _MAX_TITLE = 96, 32  # tokens; the rest is ignored
_LONGEST_TOKEN = 24  # characters; bounds the text that is tokenized for nothing

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens of a question, a title and one part of a passage.

    Attributes:
        passage: index of the passage.
        ids, types: token ids and token type ids.
        first: position of the first passage token. The passage tokens are consecutive.
        starts, ends: offsets in the passage of each passage token. Always start < end.
        words: number of the word to which each passage token belongs.
    """

    passage: int
    ids: list[int]
    types: list[int]
    first: int
    starts: Numbers
    ends: Numbers
    words: Numbers

    def __len__(self) -> int:
        return len(self.ids)


class WindowCutter:
    """Cuts passages into windows. Works with every tokenizer that reports offsets."""

    def __init__(self, tokenizer: Any, max_tokens: int = MAX_TOKENS) -> None:
        # A copy: truncation and padding are mutable state, and others may use the same tokenizer.
        self._tokenizer = type(tokenizer).from_str(tokenizer.to_str())
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.max_tokens = max_tokens

    def cut(self, questions: Sequence[str], passages: Sequence[str], titles: Sequence[str]) -> list[Window]:
        """Cut passages into windows, each with its question and title before it. A title may be empty."""
        asked = {question: self._head(question, _MAX_QUESTION) for question in set(questions)}
        heads = {title: self._head(title, _MAX_TITLE) for title in set(titles)}
        befores = [f"{heads[title]}\n" if heads[title] else "" for title in titles]
        texts = [before + passage for before, passage in zip(befores, passages, strict=True)]
        pairs = list(zip((asked[question] for question in questions), texts, strict=True))
        encoded = self._tokenizer.encode_batch(pairs) if pairs else []
        return [
            window
            for at, (one, before) in enumerate(zip(encoded, befores, strict=True))
            for window in self._windows(at, one, len(before))
        ]

    def _head(self, text: str, tokens: int) -> str:
        """The first tokens of a text, white space folded."""
        text = " ".join(text[: tokens * _LONGEST_TOKEN].split())
        offsets = self._tokenizer.encode(text, add_special_tokens=False).offsets
        return text if len(offsets) <= tokens else text[: offsets[tokens - 1][1]]

    def _windows(self, passage: int, encoded: Any, shift: int) -> Iterator[Window]:
        offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2) - shift
        second = np.array([part == 1 for part in encoded.sequence_ids], dtype=bool)
        inside = np.flatnonzero(second & (offsets[:, 0] >= 0) & (offsets[:, 1] > offsets[:, 0]))
        if not len(inside):
            return
        first, last = int(inside[0]), int(inside[-1]) + 1
        words = np.array([-1 if word is None else word for word in encoded.word_ids], dtype=np.int64)
        ids, types = encoded.ids, encoded.type_ids
        room = max(self.max_tokens - first - (len(ids) - last), 1)
        step = max(room - _OVERLAP, 1)
        for start in range(first, last, step):
            end = min(start + room, last)
            yield Window(
                passage,
                ids[:first] + ids[start:end] + ids[last:],
                types[:first] + types[start:end] + types[last:],
                first,
                offsets[start:end, 0],
                offsets[start:end, 1],
                words[start:end],
            )
            if end == last:
                return
