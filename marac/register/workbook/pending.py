"""The pending copies beside a workbook that could not be replaced: which there are, and when they can go."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from marac.files import FileInUseError, moved_aside, remove, sha256_of
from marac.register.workbook.contents import Generation
from marac.register.workbook.in_use import open_elsewhere

_PENDING = " (pending "
YOUR_CHANGES, FOUND_HERE = "your changes", "found here"
"""Why a copy was put aside: it holds changes that could not all be taken, or it was no register of ours."""


def pending_stem(path: Path, now: dt.datetime) -> str:
    """What a pending copy is called, its suffix left out."""
    return f"{path.stem}{_PENDING}{moment(now)})"


def pending_copies(path: Path) -> list[Path]:
    """The pending copies of a workbook, by their names."""
    start = f"{path.stem}{_PENDING}"
    return sorted(each for each in path.parent.iterdir() if each.name.startswith(start) and each.suffix == path.suffix)


def remove_pending(path: Path, known: Collection[str], read: Mapping[str, bool], now: dt.datetime) -> list[Path]:
    """Remove the pending copies that hold nothing of anybody's and that nobody has open; those that stay.

    One that was read back and must be kept gets a name of its own, so that it is not read again.
    """
    kept = []
    for copy in pending_copies(path):
        try:
            found = sha256_of(copy)
            if open_elsewhere(copy) is None and found in known:
                remove(copy)
                continue
            if open_elsewhere(copy) is None and found in read:
                kept.append(moved_aside(copy, aside_stem(path, YOUR_CHANGES, now)))
                continue
        except FileInUseError:
            pass
        kept.append(copy)
    return kept


def about_kept(kept: Sequence[Path]) -> str:
    """Words for the pending copies that stay."""
    if not kept:
        return ""
    names = ", ".join(copy.name for copy in kept)
    return f"No longer needed, but open or changed by somebody, and so left there: {names}."


def waiting_copy(path: Path, identity: str, ours: Collection[Generation]) -> tuple[Path, Generation] | None:
    """The pending copy that shows just this, and its generation, where there is one."""
    theirs = {each.sha256: each for each in ours if each.id == identity}
    found = ((each, sha256_of(each)) for each in pending_copies(path))
    return next(((each, theirs[sha256]) for each, sha256 in found if sha256 in theirs), None)


def kept_copies(path: Path) -> tuple[str, ...]:
    """The names of the copies of a workbook that were put aside, and that nobody has taken away yet."""
    starts = tuple(f"{path.stem} ({why}, " for why in (YOUR_CHANGES, FOUND_HERE))
    if not path.parent.is_dir():
        return ()
    found = (each.name for each in path.parent.iterdir() if each.name.startswith(starts) and each.suffix == path.suffix)
    return tuple(sorted(found))


def aside_stem(path: Path, why: str, now: dt.datetime) -> str:
    """What a copy is called that is put aside, its suffix left out: `register (your changes, 2026-12-01 1430)`."""
    return f"{path.stem} ({why}, {moment(now)})"


def moment(now: dt.datetime) -> str:
    """The moment as names of copies have it: `2026-12-01 1430`."""
    return f"{now:%Y-%m-%d %H%M}"
