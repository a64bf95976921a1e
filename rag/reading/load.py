"""Load a reader: the bundled one, or a question-answering model of the user's."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from index import LibraryUnusable
from index.embedding import bundled_model_folder, has_fast_bfloat16, multiply_in_bfloat16

from .model import Calibration, MiniLMReader
from .reader import Reader, ReaderUnavailable

BUNDLED, NONE = "bundled", "none"
WEIGHTS = Path(__file__).parent / "weights" / "reader.safetensors"
_REINSTALL = "Reinstall the program, or go on without a reader."
_OTHER = "Name the folder of a Hugging Face model for extractive question answering, bundled or none."


def load_reader(setting: str = BUNDLED) -> Reader | None:
    """Load a reader: "bundled", or the folder of a model; None for "none". Never uses the network.

    Raises:
        ReaderUnavailable: the reader can't be used. The message names the file and what to do.
    """
    if setting == NONE:
        return None
    return load_bundled() if setting == BUNDLED else _load_folder(Path(setting))


def load_bundled(weights: Path = WEIGHTS, half: bool | None = None) -> MiniLMReader:
    """Load the bundled model with trained weights, and the calibration from the card beside them.

    Args:
        weights: the trained weights; their card is the JSON file of the same name.
        half: multiply in bfloat16; by default if the processor is faster with it.

    Raises:
        ReaderUnavailable: the weights or their card are missing, damaged or of another model.
    """
    from tokenizers import Tokenizer

    card_path = weights.with_suffix(".json")
    try:
        card = json.loads(card_path.read_text("utf-8"))
        expected = str(card["sha256"])
        calibration = Calibration(float(card["calibration"]["slope"]), float(card["calibration"]["offset"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReaderUnavailable(
            f"The card of the reader, {card_path}, can't be read ({error}). {_REINSTALL}"
        ) from error
    try:
        content = weights.read_bytes()
    except OSError as error:
        raise ReaderUnavailable(
            f"The weights of the reader, {weights}, can't be read ({error}). {_REINSTALL}"
        ) from error
    if (found := hashlib.sha256(content).hexdigest()) != expected:
        raise ReaderUnavailable(f"The reader's weights, {weights}, are damaged (SHA-256 {found}). {_REINSTALL}")
    try:
        folder = bundled_model_folder()
    except (LibraryUnusable, ImportError, OSError) as error:
        raise ReaderUnavailable(f"The reader's base model can't be read: {error}") from error
    network = _network(folder, content, weights)
    if has_fast_bfloat16() if half is None else half:
        multiply_in_bfloat16(network.base_model)
    return MiniLMReader(BUNDLED, network, Tokenizer.from_file(str(folder / "tokenizer.json")), 0, calibration)


def _network(folder: Path, content: bytes, weights: Path) -> Any:
    """The bundled model with the trained weights instead of its own."""
    import torch  # heavy: commands without questions don't need it
    from safetensors import SafetensorError
    from safetensors.torch import load, load_file
    from transformers import BertConfig, BertForQuestionAnswering
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # hides "Loading weights"
    published = {f"bert.{name}": value for name, value in load_file(folder / "model.safetensors").items()}
    try:
        trained = {name: value.to(torch.float32) for name, value in load(content).items()}
    except SafetensorError as error:
        raise ReaderUnavailable(f"{weights} isn't a safetensors file ({error}). {_REINSTALL}") from error
    with torch.device("meta"):  # nothing is initialised at random, only to be replaced
        network = BertForQuestionAnswering(BertConfig.from_pretrained(folder))
    expected = {name: value.shape for name, value in network.state_dict().items()}
    state = {name: value for name, value in published.items() if name in expected} | trained
    if expected != {name: value.shape for name, value in state.items()}:
        raise ReaderUnavailable(f"{weights} contains the weights of another model. {_REINSTALL}")
    network.load_state_dict(state, assign=True, strict=True)
    embeddings: Any = network.bert.embeddings  # their buffers aren't stored
    positions = torch.arange(network.config.max_position_embeddings)[None]
    embeddings.position_ids, embeddings.token_type_ids = positions, torch.zeros_like(positions)
    return network


def _load_folder(folder: Path) -> MiniLMReader:
    from transformers import AutoConfig, AutoModelForQuestionAnswering, AutoTokenizer
    from transformers.utils import logging

    if not (folder / "config.json").is_file():
        raise ReaderUnavailable(f"The reader {str(folder)!r} isn't a folder with a config.json. {_OTHER}")
    local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        config = AutoConfig.from_pretrained(folder, **local)
        tokenizer = AutoTokenizer.from_pretrained(folder, **local)
        # No pickle files: they run code.
        network, info = AutoModelForQuestionAnswering.from_pretrained(
            folder, config=config, use_safetensors=True, output_loading_info=True, **local
        )
    except Exception as error:  # a foreign folder can make any of the loaders fail in any way
        raise ReaderUnavailable(f"The reader {str(folder)!r} can't be loaded: {error} {_OTHER}") from error
    if info["missing_keys"] or info["mismatched_keys"]:
        raise ReaderUnavailable(
            f"The model in {str(folder)!r} has no complete question-answering head "
            f"(not stored: {', '.join(sorted(map(str, info['missing_keys'] or info['mismatched_keys'])))}). {_OTHER}"
        )
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ReaderUnavailable(f"The tokenizer in {str(folder)!r} doesn't report offsets in the text. {_OTHER}")
    return MiniLMReader(str(folder), network, backend, tokenizer.pad_token_id or 0, Calibration())
