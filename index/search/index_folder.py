"""The folder of a derived index: which change it is current for, and whether its files are intact."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import weakref
import zlib
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from ..errors import LibraryUnusable
from ..storage import is_writable

_POSITION = "position.json"
# Files written by tantivy and this module; segments are named by 32 hexadecimal digits.
_OWN = re.compile(r"position\.(?:json|new)|meta\.json|\.managed\.json|\.tantivy-\w+\.lock|\.tmp\w+|[0-9a-f]{32}\..+")
_TRANSIENT = (_POSITION, "position.new", ".tantivy-writer.lock", ".tantivy-meta.lock")


@dataclass(frozen=True, slots=True)
class IndexPosition:
    """Which library an index follows, and up to which change.

    Attributes:
        library: identity of the library.
        change: the change up to which the index is current.
        stamp: stamp of that change; an older copy of the library's file has a different one.
        format: version of the index format.
        files: size and CRC-32 of each file in the folder; empty while the index is being written.
        lost: highest change that the index contained and the library's file no longer did.
    """

    library: str
    change: int
    stamp: str
    format: int
    files: dict[str, list[int]] = field(default_factory=dict)
    lost: int = 0


class IndexFolder:
    """A folder that can be rebuilt from the library's file at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def writable(cls, path: Path) -> IndexFolder:
        """The folder at a path; a copy that lasts as long as this object if it or the folder above can't be written."""
        if is_writable(path.parent, path):
            return cls(path)
        scratch = Path(tempfile.mkdtemp())
        found = cls(scratch / path.name)
        weakref.finalize(found, shutil.rmtree, scratch, ignore_errors=True)
        with suppress(OSError):  # what can't be copied is rebuilt
            shutil.copytree(path, found.path, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("*.lock"))
        if found.path.exists():
            found.path.chmod(0o700)
        return found

    def position(self) -> IndexPosition | None:
        """The recorded position, or None if there is none or it can't be read."""
        try:
            return IndexPosition(**json.loads((self.path / _POSITION).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def save(self, position: IndexPosition, *, is_whole: bool) -> None:
        """Record a position; if nothing is being written (`is_whole`), also the checksums of the files."""
        known = position.files if is_whole else {}
        position = replace(position, files=self._files(known) if is_whole else {})
        scratch = self.path / "position.new"
        scratch.write_text(json.dumps(asdict(position)), encoding="utf-8")
        scratch.replace(self.path / _POSITION)

    def is_whole(self, position: IndexPosition) -> bool:
        """Whether the files match their recorded checksums, if any were recorded."""
        return not position.files or position.files == self._files({})

    def discard(self) -> None:
        """Delete the folder.

        Raises:
            LibraryUnusable: it contains files of other programs.
        """
        if not self.path.is_dir():
            if self.path.exists() or self.path.is_symlink():
                raise LibraryUnusable(
                    f"{self.path} isn't a folder, but the word index needs that name. Move it elsewhere."
                )
            return
        for path in self.path.iterdir():
            if not _OWN.fullmatch(path.name):
                raise LibraryUnusable(
                    f"{path} is in the folder of the word index but doesn't belong to it. Move it elsewhere."
                )
        shutil.rmtree(self.path)

    def _files(self, known: dict[str, list[int]]) -> dict[str, list[int]]:
        """Size and CRC-32 of each file. Only JSON files ever change; other known files aren't read again."""
        found = {}
        for path in sorted(self.path.iterdir()):
            if path.name in _TRANSIENT or not path.is_file():
                continue
            size = path.stat().st_size
            same = known.get(path.name) if not path.name.endswith(".json") else None
            found[path.name] = same if same and same[0] == size else [size, _crc(path)]
        return found


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            crc = zlib.crc32(block, crc)
    return crc
