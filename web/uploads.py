"""Files that arrive over the network: kept under names that don't depend on where they lay for a moment."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from index import Failure, Library, Report


def add_upload(library: Library, path: Path, name: str) -> Report:
    """Add an uploaded file that lies at `path` and is called `name`; its words are searchable on return.

    The source of an upload is its name and its content: two different files called `article.txt` are two articles.
    """
    report = library.add(path, wait=False, names={str(path): upload_source(path, name)})
    failed = [Failure(safe_name(name), failure.reason) for failure in report.failed]
    return Report(report.added, report.updated, report.unchanged, failed)


def add_uploads(library: Library, files: Iterable[tuple[Path, str]]) -> Report:
    """Add uploaded files, each with what it is called."""
    report = Report()
    for path, name in files:
        part = add_upload(library, path, name)
        for outcome in ("added", "updated", "unchanged", "failed"):
            getattr(report, outcome).extend(getattr(part, outcome))
    return report


def upload_source(path: Path, name: str) -> str:
    """What an uploaded file is known by in the library: `upload/<hash>/<name>`."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:12]
    return f"upload/{digest}/{safe_name(name)}"


def safe_name(name: str) -> str:
    """The last part of a file name, without control characters, at most 150 characters, its ending kept."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = re.sub(r"[\x00-\x1f\x7f]", "", last).encode("utf-8", "ignore").decode().strip() or "article"
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:140]}{dot}{ending[:9]}" if dot else clean[:150]


def display_name(source: str) -> str:
    """How a source is called on screen: an upload by its name."""
    return source.split("/", 2)[2] if source.startswith("upload/") and source.count("/") >= 2 else source
