"""Copies that were put aside beside the workbook: somebody's changes that could not all be taken, and files that were not ours.

They stay until a person has looked at them and taken them away; until then they are named wherever something waits for one.
"""

from pathlib import Path
from typing import Literal

YOUR_CHANGES: Literal["your changes"] = "your changes"
FOUND_HERE: Literal["found here"] = "found here"


def aside_stem(path: Path, why: str, moment: str) -> str:
    """What a copy is called that is put aside, its suffix left out: `register (your changes, 2026-12-01 1430)`."""
    return f"{path.stem} ({why}, {moment})"


def asides(path: Path) -> tuple[str, ...]:
    """The names of the copies of a workbook that were put aside and that nobody has taken away yet, the oldest first."""
    if not path.parent.is_dir():
        return ()
    starts = tuple(f"{path.stem} ({why}, " for why in (YOUR_CHANGES, FOUND_HERE))
    found = (each for each in path.parent.iterdir() if each.name.startswith(starts) and each.suffix == path.suffix)
    return tuple(sorted(each.name for each in found))
