"""Import Gradio without the type stubs that it writes for editors."""

from __future__ import annotations

import importlib
import inspect
from typing import Any


def import_gradio() -> None:
    """Import Gradio, which then is in `sys.modules`.

    6.31.0 parses the source of each of its components and rewrites a stub beside it at every import: half of the
    time of the import, and a change of the installation. It leaves out components whose file isn't known.
    """
    find_file = inspect.getfile

    def hide_components(thing: Any) -> str:
        if isinstance(thing, type) and thing.__module__.startswith("gradio."):
            raise OSError
        return find_file(thing)

    inspect.getfile = hide_components  # type: ignore[assignment]  # narrower types than it is called with
    try:
        importlib.import_module("gradio")
    finally:
        inspect.getfile = find_file
