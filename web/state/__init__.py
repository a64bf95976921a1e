"""What the app keeps besides the library: small SQLite files in the library's directory, one for each purpose."""

from .state_file import Connection, StateFailed, StateFile

__all__ = ["Connection", "StateFailed", "StateFile"]
