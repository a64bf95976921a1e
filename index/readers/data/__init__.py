"""Files of records: tables and JSON. `RecordReader` finds the fields of articles in them by their usual names."""

from .columns import RecordReader

__all__ = ["RecordReader"]
