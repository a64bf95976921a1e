"""Uploaded files: known by their name and content, not by their temporary path."""

from __future__ import annotations

import hashlib
import re
import shutil
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from index import Library, Progress, Report

SAMPLES = Path(__file__).parent.parent / "examples" / "articles"  # only in a checkout, not in an installed package


class UploadBatch:
    """Uploaded files that are added together, as one job.

    The source of an upload is its name and its content: two different files called `article.txt` are two articles.

    Attributes:
        reports: name and report of each finished file, in order.
    """

    def __init__(self, library: Library, files: Iterable[tuple[Path, str]], folder: Path | None = None) -> None:
        """Describe a batch.

        Args:
            library: the library.
            files: path and name of each file.
            folder: the folder of the files, if it is to be deleted with them at the end.
        """
        self.reports: list[tuple[str, Report]] = []
        self._library = library
        self._files = list(files)
        self._folder = folder

    def run(self, progress: Callable[[Progress], None], stop: threading.Event) -> Report:
        """Add the files until `stop` is set. Their words are searchable on return."""
        whole = Report()
        try:
            for number, (path, name) in enumerate(self._files):
                if stop.is_set():
                    break
                report = self._add(path, name, _within(progress, number, len(self._files), safe_name(name)), stop)
                self.reports.append((name, report))
                for outcome in ("added", "updated", "unchanged", "failed", "skipped"):
                    getattr(whole, outcome).extend(getattr(report, outcome))
            return whole
        finally:
            self.forget()

    def forget(self) -> None:
        """Delete the files, if they belong to the batch."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _add(self, path: Path, name: str, progress: Callable[[Progress], None], stop: threading.Event) -> Report:
        source = upload_source(path, name)
        report = self._library.add(path, wait=False, names={str(path): source}, progress=progress, stop=stop)
        shown = {source: safe_name(name), str(path): safe_name(name)}  # other sources are addresses that the file lists
        failed = [replace(failure, source=shown.get(failure.source, failure.source)) for failure in report.failed]
        skipped = [replace(item, source=shown.get(item.source, item.source)) for item in report.skipped]
        return Report(report.added, report.updated, report.unchanged, failed, skipped)


def _within(progress: Callable[[Progress], None], number: int, total: int, name: str) -> Callable[[Progress], None]:
    """Report the progress of one file as a part of that of all files."""

    def report(part: Progress) -> None:
        is_file = part.total <= 1  # otherwise it lists addresses, which are fetched
        item = name if is_file else f"{name}: {part.item}"
        done = number + 1 if is_file and part.done else number
        articles, found = (part.articles, part.found) if is_file else (part.done, part.total)
        progress(Progress("add", done, total, item, articles, found))

    return report


def upload_source(path: Path, name: str) -> str:
    """The source of an uploaded file in the library: `upload/<hash>/<name>`."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    return f"upload/{digest}/{safe_name(name)}"


def safe_name(name: str) -> str:
    """The last part of a file name, without control characters, at most 150 characters, with its extension."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = re.sub(r"[\x00-\x1f\x7f]", "", last).encode("utf-8", "ignore").decode().strip() or "article"
    stem, dot, extension = clean.rpartition(".")
    return f"{stem[:140]}{dot}{extension[:9]}" if dot else clean[:150]


def display_name(source: str) -> str:
    """A source as shown on the page: a file by its name, without the path that it has on the server."""
    return source if "://" in source else PurePosixPath(source.replace("\\", "/")).name
