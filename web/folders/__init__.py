"""Followed folders while the app runs: new and changed files are added within seconds."""

from .worker import FolderWorker

__all__ = ["FolderWorker"]
