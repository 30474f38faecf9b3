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
from marac.files import FileInUseError, free_name, moved_aside, sha256_of, write_whole
from marac.register.workbook.contents import GENERATION, Generation, RegisterContents, generation_id
from marac.register.workbook.in_use import OpenElsewhere, open_elsewhere
from marac.register.workbook.pending import (
    FOUND_HERE,
    YOUR_CHANGES,
    about_kept,
    aside_stem,
    pending_copies,
    pending_stem,
    remove_pending,
    waiting_copy,
)
from marac.register.workbook.sheet import Choices, Sheet
from marac.register.workbook.synced import about_synced
from marac.register.workbook.theirs import LOCKED

_PROPERTIES = "docProps/custom.xml"
_PROPERTIES_SIZE = 100_000
_READ = "what could not be taken from it is said here. A fresh register was written: type again there what is still missing."
_NOT_READ = "a fresh register was written. What was changed there is not in the register: please enter it with marac's commands."
_SAVED = (
    "{name} was saved a moment ago, after it was read, so it was left as it is. The next run reads it. Until then the current"
    " register is in {pending}."
)


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


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A workbook just made, and what is known about the one that it is to replace."""

    content: bytes = field(repr=False)
    generation: Generation
    known: frozenset[str]
    """The sha256 of every workbook that can be replaced, because all in it is in the register."""
    read: Mapping[str, bool] | None


def written(
    path: Path,
    contents: RegisterContents,
    ours: Collection[Generation],
    now: dt.datetime,
    remember: Callable[[Generation, Sequence[Sheet]], object],
    read: Mapping[str, bool] | None = None,
    password: str | None = None,
) -> WorkbookOutcome:
    """Bring the workbook up to date with the contents.

    Nothing is written where nothing changed. A workbook that is not byte for byte one of `ours` is kept aside first,
    whoever changed it, unless all in it was read back. One that is open elsewhere, or was saved after it was read, stays
    as it is, and a pending copy is written beside it.

    Args:
        path: where the workbook stands.
        contents: all that it is to show.
        ours: every generation that was remembered before; a few hundred of the newest are enough.
        now: local time without a zone, for the names of copies.
        remember: keeps a generation and what it shows for good. It is called before a byte is written, so that a workbook
            of ours is known as such even if the program is killed in between.
        read: the sha256 of each changed copy that was read back just now, and whether it must be kept all the same; None
            where nobody reads back.
        password: locks the workbook, where there is one.

    Raises:
        StoreError: the disk is full or cannot be written; the workbook is as it was.
    """
    identity, found = generation_id(contents), sha256_of(path)
    known = frozenset({each.sha256 for each in ours} | {sha256 for sha256, keep in (read or {}).items() if not keep})
    current = next((each for each in ours if each.id == identity and each.sha256 == found), None)
    if current and _locked_as_asked(path, password):
        kept = remove_pending(path, known, read or {}, now)
        return WorkbookOutcome("unchanged", path, current, message=about_kept(kept))
    holder = open_elsewhere(path)
    waiting = waiting_copy(path, identity, ours) if holder else None
    if holder and waiting:
        return WorkbookOutcome("pending", *waiting, message=_open(path, waiting[0], holder))
    fresh = _made(identity, contents, password, remember, known, read)
    if holder is None:
        try:
            return _put_in_place(path, fresh, now)
        except FileInUseError:
            holder = OpenElsewhere()
    return _put_beside(path, fresh, now, holder)


def _locked_as_asked(path: Path, password: str | None) -> bool:
    """Whether the workbook opens with this password, or without one where none is set: settings may have changed since."""
    from marac.register.workbook.encryption import decrypted, is_encrypted

    content = path.read_bytes()
    if password is None or not is_encrypted(content):
        return password is None and not is_encrypted(content)
    return decrypted(content, password) is not None


def workbook(contents: RegisterContents) -> bytes:
    """The workbook as a file: the same contents are the same bytes.

    Raises:
        StoreError: a value could not be put into it.
    """
    from marac.register.workbook.sheets import sheets

    return _file(sheets(contents), contents)


def copies(path: Path) -> tuple[Path, ...]:
    """Where somebody may have typed: the workbook itself, and the pending copies beside it."""
    return (*((path,) if path.is_file() else ()), *(pending_copies(path) if path.parent.is_dir() else ()))


def _made(
    identity: str,
    contents: RegisterContents,
    password: str | None,
    remember: Callable[[Generation, Sequence[Sheet]], object],
    known: frozenset[str],
    read: Mapping[str, bool] | None,
) -> _Fresh:
    """The workbook, remembered before a byte of it is written."""
    from marac.register.workbook.sheets import sheets

    shown = sheets(contents)
    content = _file(shown, contents)
    if password:
        from marac.register.workbook.encryption import encrypted

        content = encrypted(content, password)
    generation = Generation(identity, hashlib.sha256(content).hexdigest())
    if generation.sha256 not in known:
        remember(generation, shown)
    return _Fresh(content, generation, known | {generation.sha256}, read)


def _file(shown: Sequence[Sheet], contents: RegisterContents) -> bytes:
    from marac.register.workbook.file import xlsx  # the library takes a while to load

    return xlsx(shown, _choices(contents), generation_id(contents))


def _put_in_place(path: Path, fresh: _Fresh, now: dt.datetime) -> WorkbookOutcome:
    found = sha256_of(path)
    if fresh.read is not None and found is not None and found not in fresh.known and found not in fresh.read:
        return _put_beside(path, fresh, now, None)
    aside, message = _keep_what_is_not_ours(path, found, fresh, now)
    write_whole(path, fresh.content)
    kept = remove_pending(path, fresh.known, fresh.read or {}, now)
    said = " ".join(filter(None, (message, about_kept(kept), about_synced(path))))
    return WorkbookOutcome("written", path, fresh.generation, aside, said)


def _keep_what_is_not_ours(path: Path, found: str | None, fresh: _Fresh, now: dt.datetime) -> tuple[Path | None, str]:
    """Move a workbook that somebody changed out of the way, looked at in the last moment; where to, and words for it."""
    if found is None or found in fresh.known:
        return None, ""
    if _was_ours(path):
        aside = moved_aside(path, aside_stem(path, YOUR_CHANGES, now))
        rest = _READ if fresh.read is not None else _NOT_READ
        return (
            aside,
            f"{path.name} was changed since it was written. The changed copy is kept as {aside.name}, and {rest}",
        )
    aside = moved_aside(path, aside_stem(path, FOUND_HERE, now))
    return (
        aside,
        f"{path.name} was not a register that marac wrote. It is kept as {aside.name}, and a fresh register was written.",
    )


def _put_beside(path: Path, fresh: _Fresh, now: dt.datetime, holder: OpenElsewhere | None) -> WorkbookOutcome:
    """Write a pending copy beside a workbook that is open, in the place of an older one; once for each generation."""
    pending = next((each for each in pending_copies(path) if sha256_of(each) == fresh.generation.sha256), None)
    kept: list[Path] = []
    if pending is None:
        kept = remove_pending(path, fresh.known, fresh.read or {}, now)
        pending = free_name(path.parent, pending_stem(path, now), path.suffix)
        write_whole(pending, fresh.content)
    message = _open(path, pending, holder) if holder else _SAVED.format(name=path.name, pending=pending.name)
    said = " ".join(filter(None, (message, about_kept(kept), about_synced(path))))
    return WorkbookOutcome("pending", pending, fresh.generation, message=said)


def _open(path: Path, pending: Path, holder: OpenElsewhere) -> str:
    return (
        f"{holder.by or 'Somebody'} has {path.name} open, so it could not be replaced. The current register is in"
        f" {pending.name}. Close {path.name}; the next run puts the current one in its place."
    )


def _was_ours(path: Path) -> bool:
    """Whether the file says that it began as a register of ours; Excel and LibreOffice keep the words when saving.

    A locked one cannot say so: it is taken for one, because it stands in its place.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(LOCKED)) == LOCKED:
                return True
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
