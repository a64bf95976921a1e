"""An assistant whose answers are counted, whoever asks: the page, the API, or another interface."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from rag import Answer, Assistant, QuestionError

from .monitoring import Monitoring


class ObservedAssistant(Assistant):
    """An assistant that reports each answer. `ask` is counted by its `stream`."""

    def __init__(self, monitoring: Monitoring, *parts: Any, **named: Any) -> None:
        """Create an assistant as `Assistant` does, and report its answers."""
        super().__init__(*parts, **named)
        self._monitoring = monitoring

    def stream(self, question: str, *parts: Any, **named: Any) -> Iterator[Answer]:
        """Answer a question as `Assistant.stream` does."""
        mode = str(named.get("mode") or (parts[1] if len(parts) > 1 else "written"))
        started = time.perf_counter()

        def report(outcome: str) -> None:
            self._monitoring.answer(mode, outcome, time.perf_counter() - started, question)

        try:
            answers = super().stream(question, *parts, **named)
        except (QuestionError, ValueError):
            mode = mode if mode in ("quotes", "written") else "unknown"
            report("refused")
            raise
        except Exception:
            report("failed")
            raise
        return self._reported(answers, report)

    @staticmethod
    def _reported(answers: Iterator[Answer], report: Any) -> Iterator[Answer]:
        answer = None
        try:
            for answer in answers:
                yield answer
        except Exception:
            report("failed")
            raise
        if answer is not None:
            report("abstained" if answer.abstained else "answered")
