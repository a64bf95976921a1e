"""What becomes of the sources of a run, for its report."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from ..errors import LibraryError, SourceError
from ..readers import UnusedKeys
from ..records import Failure, Report, Skipped

_NAMES_SHOWN = 20
_MAX_NAME = 60  # characters

_LOG = logging.getLogger(__name__)


class Outcome:
    """Collects the report of a run."""

    def __init__(self) -> None:
        self.report = Report()
        self._unused_keys = set[str]()

    def fail(self, source: str | Path, error: Exception) -> None:
        """Record that a source failed."""
        self.report.failed.append(to_failure(source, error))

    def skip(self, source: str | Path, reason: str) -> None:
        """Record that a source was skipped."""
        self.report.skipped.append(Skipped(_source_name(source), reason))

    def record(self, item: Failure | Skipped | UnusedKeys, source: str | Path = "") -> None:
        """Record a part of a source that wasn't added. Keys that aren't used are named once in a run."""
        match item:
            case Failure():
                self.report.failed.append(item)
            case Skipped():
                self.report.skipped.append(item)
            case UnusedKeys():
                if names := [name for name in item.names if name not in self._unused_keys]:
                    self._unused_keys.update(names)
                    self.skip(source, _unused(names))


def to_failure(source: str | Path, error: Exception) -> Failure:
    """Describe why a source failed, for the report."""
    reason = str(error)
    if isinstance(error, OSError):
        reason = f"can't be read: {error.strerror or error}"
    elif not isinstance(error, LibraryError | ValueError | RuntimeError):
        _LOG.error("%s failed", source, exc_info=error)
        reason = f"can't be added because of an unexpected error ({type(error).__name__}); please report it"
    code = error.code if isinstance(error, SourceError) else ""
    return Failure(_source_name(source), reason, code)


def _source_name(source: str | Path) -> str:
    """Return a source as text. A file name may not be valid Unicode, but a report has to be."""
    name = os.fsencode(source).decode("utf-8", "backslashreplace") if isinstance(source, Path) else source
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _unused(names: list[str]) -> str:
    shown = ", ".join(name[:_MAX_NAME] for name in names[:_NAMES_SHOWN])
    others = f" and {len(names) - _NAMES_SHOWN:,} others" if len(names) > _NAMES_SHOWN else ""
    return f"not used, as no field of an article has this name: {shown}{others}"
