"""The folder of an index that is derived from the library's file: how far it has come, and whether it is whole."""

from __future__ import annotations

import json
import re
import shutil
import zlib
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from ..errors import LibraryUnusable

_POSITION = "position.json"
# What tantivy and we write there; segments are named by 32 hexadecimal digits.
_OURS = re.compile(r"position\.(?:json|new)|meta\.json|\.managed\.json|\.tantivy-\w+\.lock|\.tmp\w+|[0-9a-f]{32}\..+")
_PASSING = (_POSITION, "position.new", ".tantivy-writer.lock", ".tantivy-meta.lock")


@dataclass(frozen=True, slots=True)
class Position:
    """Which library an index follows and how far it has come.

    `stamp` is that of the change (an older copy of the library's file has another one); `files` the size and CRC-32
    of each of the folder's files, empty while it is being written; `lost` the highest change that was taken in and
    that the library's file had no more.
    """

    library: str
    change: int
    stamp: str
    format: int
    files: dict[str, list[int]] = field(default_factory=dict)
    lost: int = 0


class IndexFolder:
    """A folder that can be made anew from the library's file at any time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def position(self) -> Position | None:
        """How far the index has come; None where that can't be told."""
        try:
            return Position(**json.loads((self.path / _POSITION).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def save(self, position: Position, *, is_whole: bool) -> None:
        """Record how far the index has come, and where nothing is being written, what its files hold."""
        known = position.files if is_whole else {}
        position = replace(position, files=self._files(known) if is_whole else {})
        scratch = self.path / "position.new"
        scratch.write_text(json.dumps(asdict(position)), encoding="utf-8")
        scratch.replace(self.path / _POSITION)

    def is_whole(self, position: Position) -> bool:
        """True where the files hold what was written, as far as that was recorded."""
        return not position.files or position.files == self._files({})

    def discard(self) -> None:
        """Remove the folder.

        Raises:
            LibraryUnusable: it holds files that were not made here.
        """
        if not self.path.is_dir():
            if self.path.exists() or self.path.is_symlink():
                raise LibraryUnusable(f"{self.path} is no folder; the word index belongs there. Please move it away")
            return
        for path in self.path.iterdir():
            if not _OURS.fullmatch(path.name):
                raise LibraryUnusable(f"{path} is in the folder of the word index and none of it; please move it away")
        shutil.rmtree(self.path)

    def _files(self, known: dict[str, list[int]]) -> dict[str, list[int]]:
        """Size and CRC-32 of each file. Files but for `meta.json` never change: those known are not read again."""
        found = {}
        for path in sorted(self.path.iterdir()):
            if path.name in _PASSING or not path.is_file():
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
