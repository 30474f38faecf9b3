"""The workbook read back: every copy that somebody saved is compared with what it showed, and safe edits are taken."""

import hashlib
from pathlib import Path

from marac.errors import StoreError, WorkbookError
from marac.files import sha256_of
from marac.office import Office
from marac.read_back.changes import entry
from marac.read_back.copies import edited_copy
from marac.read_back.drafts import take_new_rows
from marac.read_back.new_actions import take_new_actions
from marac.read_back.reports import about_copy
from marac.read_back.result import ReadBack
from marac.read_back.taking import Taking
from marac.register.trail import record
from marac.register.workbook.place import copies
from marac.register.workbook.shown import is_as_written

_LARGEST = 300_000_000
"""Bytes of a file that is opened; a register of 50,000 cases has a tenth of them."""


def read_back(office: Office) -> ReadBack:
    """Take into the register what people did to its workbook, and to the pending copies beside it.

    A copy that is as it was written is not even opened. Each other one is taken in one transaction, whole or not at all;
    the same copy read twice changes nothing the second time. The file itself is left as it is: whoever writes the next
    workbook is told which copies were read, and which of them must be kept.

    Raises:
        StoreError: the store or the folder of the workbook cannot be read.
    """
    found = ReadBack()
    for path in copies(office.settings.folders.register_workbook):
        sha256 = sha256_of(path)
        if sha256 is None:
            continue  # gone since it was listed
        with office.store.reading() as connection:
            untouched = is_as_written(connection, sha256)
        if not untouched:
            found += _taken(office, path) if path.stat().st_size <= _LARGEST else _too_large(path, sha256)
    return found


def _taken(office: Office, path: Path) -> ReadBack:
    content = _content(path)
    sha256 = hashlib.sha256(content).hexdigest()
    password = office.settings.workbook.password
    try:
        with office.store.reading() as connection:
            copy = edited_copy(connection, content, password.resolve().reveal() if password else None)
    except WorkbookError as error:
        return ReadBack(reported=(f"{path.name} was changed. {error}",), read={sha256: True})
    with office.store.changing() as connection:
        taking = Taking(office, connection, copy)
        taking.take(cell for sheet in copy.sheets for cell in sheet.changed)
        drafts: tuple[str, ...] = ()
        for sheet in copy.sheets:
            if sheet.sheet == "Cases":
                drafts = take_new_rows(taking, sheet.new)
            elif sheet.sheet == "Actions":
                take_new_actions(taking, sheet.new)
            elif sheet.new:
                taking.reported.append(
                    _NEW_ELSEWHERE.format(
                        sheet=sheet.sheet, rows="1 row is" if len(sheet.new) == 1 else f"{len(sheet.new)} rows are"
                    )
                )
        reported = (*about_copy(copy), *taking.reported)
        if taking.taken or taking.conflicts or drafts:
            counts = (
                f"{taking.taken} taken, {taking.conflicts} conflicts, {len(drafts)} drafts, {len(reported)} reported"
            )
            record(connection, entry(office, "workbook read", "", counts))
    return ReadBack(taking.taken, taking.conflicts, drafts, reported, {sha256: bool(reported)})


def _too_large(path: Path, sha256: str) -> ReadBack:
    words = f"{path.name} is larger than any register, so it was not opened and nothing was taken from it."
    return ReadBack(reported=(words,), read={sha256: True})


_NEW_ELSEWHERE = (
    "{sheet}: {rows} new without a key, of which it cannot be told what they belong to. Nothing was taken from them. New people"
    " come with a form, or as a new row of the sheet Cases."
)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise StoreError(
            f"{path.name} cannot be read. Close it in the program that has it open, then run this again."
        ) from None
