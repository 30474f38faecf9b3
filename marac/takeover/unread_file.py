"""`import-OLD unreadable.csv`: the rows that were not taken, with the reason, for a person to put right."""

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from marac.files import write_whole
from marac.takeover.plan import UnreadRow

_TITLES = ("Sheet", "Row", "Why it was not taken", "What stands in it")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_unread(path: Path, rows: Sequence[UnreadRow]) -> None:
    """Write the list anew; Excel opens it as it is, and takes nothing in it for a formula.

    Raises:
        StoreError: it cannot be written.
    """
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(_TITLES)
    for row in rows:
        lines.writerow([row.sheet, row.row, row.why, *map(as_text, row.cells)])
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def as_text(words: str) -> str:
    """Words that no spreadsheet takes for a formula."""
    return f"'{words}" if words.lstrip(" ").startswith(_FORMULA) else words
