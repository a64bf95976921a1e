"""These tests need frameworks that the program doesn't: `make test-integrations` runs them in their own environment.

Where the frameworks aren't installed, as in `make test`, nothing here is collected.
"""

from __future__ import annotations

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("langchain_core") else ["test_*.py"]
