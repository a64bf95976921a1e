"""Whether files can be written."""

from __future__ import annotations

import os
from pathlib import Path


def is_writable(*paths: Path) -> bool:
    """Return whether this process may write all of these files and directories; those that don't exist don't count."""
    effective = os.access in os.supports_effective_ids  # otherwise, only the real user's permissions can be asked for
    return all(os.access(path, os.W_OK, effective_ids=effective) for path in paths if path.exists())
