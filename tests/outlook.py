"""Write e-mails as Outlook saves them: a compound file whose streams are the properties of the message."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR, _MINI = 512, 64
Tree: TypeAlias = "Mapping[str, bytes | Tree]"
Properties: TypeAlias = "Mapping[int, str | bytes | int]"


def write_msg(path: Path, properties: Properties, attachments: tuple[Properties, ...] = ()) -> Path:
    header = struct.pack("<8x4I8x", 0, len(attachments), 0, len(attachments))
    tree: dict[str, bytes | Tree] = dict(_streams(properties, header))
    for number, attached in enumerate(attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = _streams(attached, bytes(8))
    path.write_bytes(compound_file(tree))
    return path


def _streams(properties: Properties, header: bytes) -> dict[str, bytes]:
    entries, streams = header, dict[str, bytes]()
    for key, value in properties.items():
        if isinstance(value, int):  # an integer, or a time if it needs eight bytes
            entries += struct.pack("<HHIQ", 0x40 if value >> 32 else 0x03, key, 6, value)
            continue
        kind, data = (0x1F, value.encode("utf-16-le")) if isinstance(value, str) else (0x102, value)
        entries += struct.pack("<HHIII", kind, key, 6, len(data) + (2 if kind == 0x1F else 0), 0)
        streams[f"__substg1.0_{key:04X}{kind:04X}"] = data
    return {"__properties_version1.0": entries, **streams}


def compound_file(tree: Tree) -> bytes:
    """Return a compound file with all streams in its mini stream, which is for streams below 4,096 bytes."""
    entries: list[list[object]] = [["Root Entry", 5, _FREE, _FREE, 0, 0]]  # name, type, sibling, child, start, size
    mini, mini_fat = b"", list[int]()

    def add(children: Tree) -> int:
        nonlocal mini
        first, previous = _FREE, None
        for name, content in children.items():
            number = len(entries)
            if isinstance(content, bytes):
                assert len(content) < 4096
                start, count = len(mini_fat), -(-len(content) // _MINI)
                mini_fat.extend([*range(start + 1, start + count), _END] if count else [])
                mini += content.ljust(count * _MINI, b"\0")
                entries.append([name, 2, _FREE, _FREE, start if count else _END, len(content)])
            else:
                entries.append([name, 1, _FREE, _FREE, 0, 0])
                entries[number][3] = add(content)
            if previous is None:
                first = number
            else:
                entries[previous][2] = number
            previous = number
        return first

    entries[0][3] = add(tree)
    mini_sectors, table_sectors = -(-len(mini) // _SECTOR), -(-len(mini_fat) * 4 // _SECTOR)
    directory_sectors = -(-len(entries) * 128 // _SECTOR)
    fat = [_FAT]
    starts = []
    for count in (directory_sectors, mini_sectors, table_sectors):
        starts.append(len(fat))
        fat += [*range(len(fat) + 1, len(fat) + count), _END]
    assert len(fat) <= _SECTOR // 4
    entries[0][4:] = [starts[1], len(mini)]
    directory = b"".join(_entry(*entry) for entry in entries)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, starts[0], 0, 4096, starts[2], table_sectors, _END, 0, 0),
    )
    table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    body = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    for part, count in ((directory, directory_sectors), (mini, mini_sectors), (table, table_sectors)):
        body += part.ljust(count * _SECTOR, b"\xff" if part is table else b"\0")
    return header.ljust(_SECTOR, b"\xff") + body


def _entry(*values: object) -> bytes:
    name, kind, sibling, child, start, size = values
    encoded = str(name).encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16xIQQIQ", encoded, len(encoded), kind, 1, _FREE, sibling, child, 0, 0, 0, start, size
    )
