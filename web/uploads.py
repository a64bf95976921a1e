"""Uploaded files: known by their name and content, not by their temporary path."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from index import Library, Report


def add_upload(library: Library, path: Path, name: str, stop: threading.Event | None = None) -> Report:
    """Add the uploaded file at `path`, called `name`. Its words are searchable on return.

    The source of an upload is its name and its content: two different files called `article.txt` are two articles.
    Once `stop` is set, nothing more is added.
    """
    source = upload_source(path, name)
    report = library.add(path, wait=False, names={str(path): source}, stop=stop)
    shown = {source: safe_name(name), str(path): safe_name(name)}  # other sources are addresses that the file lists
    failed = [replace(failure, source=shown.get(failure.source, failure.source)) for failure in report.failed]
    skipped = [replace(item, source=shown.get(item.source, item.source)) for item in report.skipped]
    return Report(report.added, report.updated, report.unchanged, failed, skipped)


def add_uploads(library: Library, files: Iterable[tuple[Path, str]], stop: threading.Event) -> Report:
    """Add uploaded files, given as path and name, until `stop` is set."""
    report = Report()
    for path, name in files:
        if stop.is_set():
            break
        part = add_upload(library, path, name, stop)
        for outcome in ("added", "updated", "unchanged", "failed", "skipped"):
            getattr(report, outcome).extend(getattr(part, outcome))
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
    """A source as shown on the page: an upload by its name."""
    return source.split("/", 2)[2] if source.startswith("upload/") and source.count("/") >= 2 else source
