"""The register's face: `register.xlsx`, written whole from the store, and never over what a person did to it."""

import datetime as dt
import hashlib
import zipfile
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from marac.case import CaseState
from marac.files import FileInUseError, free_name, moved_aside, remove, sha256_of, write_whole
from marac.register.workbook.contents import GENERATION, Generation, RegisterContents, generation_id
from marac.register.workbook.in_use import OpenElsewhere, open_elsewhere
from marac.register.workbook.sheet import Choices

_PENDING = " (pending "
_PROPERTIES = "docProps/custom.xml"
_PROPERTIES_SIZE = 100_000


@dataclass(frozen=True, slots=True)
class WorkbookOutcome:
    """What became of the workbook: where the current register is, and what a person should know, in words."""

    state: Literal["written", "unchanged", "pending"]
    """`pending`: somebody has the workbook open, so the current register is beside it; the next run puts it in place."""
    path: Path = field(repr=False)
    generation: Generation
    kept_aside: Path | None = field(default=None, repr=False)
    """Where the workbook is that was found there and is not as it was written."""
    message: str = field(default="", repr=False)
    """For the coordinator; empty where there is nothing to say."""


class _Fresh:
    """A workbook just made, and what it will be known by."""

    def __init__(self, identity: str, content: bytes) -> None:
        self.content = content
        self.generation = Generation(identity, hashlib.sha256(content).hexdigest())


def written(
    path: Path,
    contents: RegisterContents,
    ours: Collection[Generation],
    now: dt.datetime,
    remember: Callable[[Generation], None],
) -> WorkbookOutcome:
    """Bring the workbook up to date with the contents.

    Nothing is written where nothing changed. A workbook that is not byte for byte one of `ours` is kept aside first,
    whoever changed it. One that is open elsewhere stays as it is, and a pending copy is written beside it.

    Args:
        path: where the workbook stands.
        contents: all that it is to show.
        ours: every generation that was remembered before; a few hundred of the newest are enough.
        now: local time without a zone, for the names of copies.
        remember: keeps a generation for good. It is called before a byte is written, so that a workbook of ours is known
            as such even if the program is killed in between.

    Raises:
        StoreError: the disk is full or cannot be written; the workbook is as it was.
    """
    identity, found = generation_id(contents), sha256_of(path)
    current = next((each for each in ours if each.id == identity and each.sha256 == found), None)
    if current:
        kept = _remove_pending(path, {each.sha256 for each in ours})
        return WorkbookOutcome("unchanged", path, current, message=_said(kept))
    fresh = _Fresh(identity, workbook(contents))
    if fresh.generation not in ours:
        remember(fresh.generation)
    known = {each.sha256 for each in ours} | {fresh.generation.sha256}
    holder = open_elsewhere(path)
    if holder is None:
        try:
            return _put_in_place(path, fresh, known, now)
        except FileInUseError:
            holder = OpenElsewhere()
    return _put_beside(path, fresh, known, now, holder)


def workbook(contents: RegisterContents) -> bytes:
    """The workbook as a file: the same contents are the same bytes.

    Raises:
        StoreError: a value could not be put into it.
    """
    from marac.register.workbook.file import xlsx  # the library takes a while to load
    from marac.register.workbook.sheets import sheets

    return xlsx(sheets(contents), _choices(contents), generation_id(contents))


def _put_in_place(path: Path, fresh: _Fresh, known: Collection[str], now: dt.datetime) -> WorkbookOutcome:
    aside, message = _keep_what_is_not_ours(path, known, now)
    write_whole(path, fresh.content)
    kept = _remove_pending(path, known)
    return WorkbookOutcome("written", path, fresh.generation, aside, " ".join(filter(None, (message, _said(kept)))))


def _keep_what_is_not_ours(path: Path, known: Collection[str], now: dt.datetime) -> tuple[Path | None, str]:
    """Move a workbook that somebody changed out of the way, looked at in the last moment; where to, and words for it."""
    found = sha256_of(path)
    if found is None or found in known:
        return None, ""
    if _was_ours(path):
        aside = moved_aside(path, f"{path.stem} (your changes, {_moment(now)})")
        return aside, (
            f"{path.name} was changed since it was written. The changed copy is kept as {aside.name}, and a fresh"
            " register was written. What was changed there is not in the register: please enter it with marac's commands."
        )
    aside = moved_aside(path, f"{path.stem} (found here, {_moment(now)})")
    return aside, f"{path.name} was not a register that marac wrote. It is kept as {aside.name}."


def _put_beside(
    path: Path, fresh: _Fresh, known: Collection[str], now: dt.datetime, holder: OpenElsewhere
) -> WorkbookOutcome:
    """Write a pending copy beside a workbook that is open, in the place of an older one; once for each generation."""
    pending = next((each for each in _pending(path) if sha256_of(each) == fresh.generation.sha256), None)
    if pending is None:
        kept = _remove_pending(path, known)
        pending = free_name(path.parent, f"{path.stem}{_PENDING}{_moment(now)})", path.suffix)
        write_whole(pending, fresh.content)
    else:
        kept = []
    who = holder.by or "Somebody"
    message = (
        f"{who} has {path.name} open, so it could not be replaced. The current register is in {pending.name}. Close"
        f" {path.name}; the next run puts the current one in its place."
    )
    return WorkbookOutcome("pending", pending, fresh.generation, message=" ".join(filter(None, (message, _said(kept)))))


def _pending(path: Path) -> list[Path]:
    start = f"{path.stem}{_PENDING}"
    return sorted(each for each in path.parent.iterdir() if each.name.startswith(start) and each.suffix == path.suffix)


def _remove_pending(path: Path, known: Collection[str]) -> list[Path]:
    """Remove the pending copies that nobody changed or has open; those that stay."""
    kept = []
    for copy in _pending(path):
        try:
            if sha256_of(copy) in known and open_elsewhere(copy) is None:
                remove(copy)
                continue
        except FileInUseError:
            pass
        kept.append(copy)
    return kept


def _said(kept: Sequence[Path]) -> str:
    """Words for the pending copies that stay."""
    if not kept:
        return ""
    names = ", ".join(copy.name for copy in kept)
    return f"No longer needed, but open or changed by somebody, and so left there: {names}."


def _was_ours(path: Path) -> bool:
    """Whether the file says that it began as a register of ours; Excel and LibreOffice keep the words when saving."""
    try:
        with zipfile.ZipFile(path) as package, package.open(_PROPERTIES) as properties:
            return GENERATION.encode("ascii") in properties.read(_PROPERTIES_SIZE)
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return False


def _choices(contents: RegisterContents) -> Mapping[Choices, Sequence[str]]:
    return {
        "states": get_args(CaseState),
        "yes or no": ("yes", "no"),
        "agencies": [agency.name for agency in contents.agencies],
    }


def _moment(now: dt.datetime) -> str:
    return f"{now:%Y-%m-%d %H%M}"
