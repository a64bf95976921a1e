"""Counts as CSV."""

from __future__ import annotations

import csv
import io

from .counts import Counts

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠|%")


def counts_csv(counts: Counts) -> str:
    """The counts as CSV, one line for each period or outlet; the last one, without a name, has what is missing."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    if counts.by == "publisher":
        writer.writerow(["publisher", counts.unit])
        writer.writerows([_cell(one.key), one.count] for one in counts.counts)
    else:
        writer.writerow([counts.by, "since", "until", counts.unit])
        writer.writerows([one.key, one.since, one.until, one.count] for one in counts.counts)
    if counts.missing:
        writer.writerow(["", counts.missing] if counts.by == "publisher" else ["", "", "", counts.missing])
    return file.getvalue()


def _cell(text: str) -> str:
    """A text that no spreadsheet takes as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
