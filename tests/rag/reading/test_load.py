"""Loading a reader: the bundled one, none, a folder, and what is wrong with files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from index.embedding import bundled_model_folder
from rag.reading import ReaderUnavailable, load_reader
from rag.reading.load import WEIGHTS, load_bundled
from rag.reading.model import MiniLMReader

PASSAGE = "The ferry Aurora ran aground off Bergen on Tuesday evening with 212 people on board."


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A copy of the bundled weights and their card."""
    for path in (WEIGHTS, WEIGHTS.with_suffix(".json")):
        shutil.copy(path, tmp_path)
    return tmp_path / WEIGHTS.name


def recorded(weights: Path) -> None:
    """Record the file's own checksum, as if it had been published."""
    import hashlib

    card = json.loads(weights.with_suffix(".json").read_text("utf-8"))
    card["sha256"] = hashlib.sha256(weights.read_bytes()).hexdigest()
    weights.with_suffix(".json").write_text(json.dumps(card), "utf-8")


def test_none_is_no_reader() -> None:
    assert load_reader("none") is None


def test_the_weights_are_small_and_half_precision() -> None:
    assert WEIGHTS.stat().st_size <= 25_000_000
    assert {value.dtype for value in load_file(WEIGHTS).values()} == {torch.float16}


def test_the_card_names_data_figures_and_licence() -> None:
    card = json.loads(WEIGHTS.with_suffix(".json").read_text("utf-8"))
    assert {"base", "data", "figures", "licence", "calibration", "sha256", "runs"} <= card.keys()


def test_a_damaged_file_is_named(weights: Path) -> None:
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ReaderUnavailable, match=r"reader\.safetensors.*damaged.*Reinstall"):
        load_bundled(weights)


def test_a_truncated_file_is_named(weights: Path) -> None:
    weights.write_bytes(weights.read_bytes()[:1000])
    recorded(weights)
    with pytest.raises(ReaderUnavailable, match=r"isn't a safetensors file"):
        load_bundled(weights)


def test_foreign_weights_are_named(weights: Path) -> None:
    save_file({"bert.encoder.layer.0.attention.self.query.weight": torch.zeros(4, 4)}, weights)
    recorded(weights)
    with pytest.raises(ReaderUnavailable, match="weights of another model"):
        load_bundled(weights)


@pytest.mark.parametrize("missing", ["reader.safetensors", "reader.json"])
def test_a_missing_file_is_named(weights: Path, missing: str) -> None:
    (weights.parent / missing).unlink()
    with pytest.raises(ReaderUnavailable, match=missing.replace(".", r"\.")):
        load_bundled(weights)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"sha256": "x", "calibration": {"slope": "steep"}}'])
def test_a_damaged_card_is_named(weights: Path, card: str) -> None:
    weights.with_suffix(".json").write_text(card, "utf-8")
    with pytest.raises(ReaderUnavailable, match=r"reader\.json"):
        load_bundled(weights)


def test_a_folder_with_a_head_is_a_reader_with_the_same_answers(tmp_path: Path) -> None:
    bundled = load_bundled(half=False)
    bundled._network.save_pretrained(tmp_path / "model")
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        shutil.copy(bundled_model_folder() / name, tmp_path / "model")
    loaded = load_reader(str(tmp_path / "model"))
    assert isinstance(loaded, MiniLMReader)
    [ours], [theirs] = (one.read("Where did it run aground?", [PASSAGE]) for one in (bundled, loaded))
    assert [(span.start, span.end) for span in ours.spans] == [(span.start, span.end) for span in theirs.spans]
    assert theirs.margin == pytest.approx(ours.margin, abs=1e-3)


def test_bfloat16_gives_the_same_answers() -> None:
    exact, half = load_bundled(half=False), load_bundled(half=True)
    assert half._network.base_model.encoder.layer[0].output.dense.weight.dtype == torch.bfloat16
    for question in ("Where did it run aground?", "How many people were on board?", "Who is the captain?"):
        [ours], [theirs] = (one.read(question, [PASSAGE]) for one in (exact, half))
        assert ours.spans[0].start == theirs.spans[0].start
        assert theirs.answerable == pytest.approx(ours.answerable, abs=0.05)


def test_a_folder_without_a_head_is_refused() -> None:
    with pytest.raises(ReaderUnavailable, match=r"no complete question-answering head .*qa_outputs.*Name the folder"):
        load_reader(str(bundled_model_folder()))


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    bundled = load_bundled()
    bundled._network.config.save_pretrained(tmp_path)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(bundled_model_folder() / name, tmp_path)
    torch.save(bundled._network.state_dict(), tmp_path / "pytorch_model.bin")
    with pytest.raises(ReaderUnavailable, match="can't be loaded"):
        load_reader(str(tmp_path))


@pytest.mark.parametrize("setting", ["deepset/roberta-base-squad2", "/no/such/folder", "", "bundeld"])
def test_a_name_that_is_no_folder_is_refused_without_the_network(setting: str) -> None:
    with pytest.raises(ReaderUnavailable, match=r"isn't a folder.*Name the folder"):
        load_reader(setting)


@pytest.mark.parametrize("config", ["", "{", '{"model_type": "unheard-of"}', '{"auto_map": {"AutoConfig": "x.Y"}}'])
def test_a_damaged_folder_is_refused(tmp_path: Path, config: str) -> None:
    (tmp_path / "config.json").write_text(config, "utf-8")
    with pytest.raises(ReaderUnavailable, match="can't be loaded"):
        load_reader(str(tmp_path))
