"""An old spreadsheet opened: unlocked where it has a password, read in a process of its own, and looked at for what it is."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import marac
from marac.document import Document
from marac.errors import WorkbookError
from marac.intake.opening.locked.locks import lock_of, unlocked, unlocked_for_everybody
from marac.takeover.opened import DAMAGED, NO_SPREADSHEET
from marac.takeover.sheets import OldFile, old_file_from

_LARGEST = 60 * 1024 * 1024  # bytes; a register of many years has a tenth of it
_START = "import sys; sys.path.insert(0, sys.argv[1]); from marac.takeover.opened import serve; serve(int(sys.argv[2]))"
_OURS = (
    "This is a register that marac wrote, so there is nothing to take over from it. What is in it is in marac already; to "
    "change a case, change it in the register of this folder."
)


class NoSpreadsheetError(WorkbookError):
    """The file is of another kind, perhaps a form."""

    def __init__(self) -> None:
        super().__init__(NO_SPREADSHEET)


def content_of(path: Path) -> bytes:
    """The bytes of the spreadsheet.

    Raises:
        WorkbookError: it cannot be opened, is empty, or far too large.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _LARGEST else b""
    except OSError:
        raise WorkbookError("The spreadsheet cannot be opened. Is the name right, and is it closed in Excel?") from None
    if size > _LARGEST:
        raise WorkbookError("The spreadsheet is larger than any register, so it was not opened.")
    if not content.strip():
        raise WorkbookError("The spreadsheet is empty: there is nothing in the file.")
    return content


def without_lock(content: bytes, password: Callable[[], str]) -> bytes:
    """The spreadsheet without its password; `password` is asked for one only where it is needed.

    Raises:
        WorkbookError: the password does not fit.
    """
    if lock_of(Document("", "application/octet-stream", content)) != "password":
        return content
    opened = unlocked_for_everybody(content) or unlocked(content, password())
    if opened is None:
        raise WorkbookError("The password does not open the spreadsheet. Nothing was taken from it; try again.")
    return opened


def old_file(content: bytes, deadline_seconds: float, memory_megabytes: int) -> OldFile:
    """What stands on the sheets.

    Args:
        content: the spreadsheet, without a lock.
        deadline_seconds: for the process that reads it.
        memory_megabytes: for the same.

    Raises:
        NoSpreadsheetError: it is of another kind.
        WorkbookError: it is damaged, empty, or a register that marac wrote.
    """
    found = _answered(content, deadline_seconds, memory_megabytes)
    if found.ours:
        raise WorkbookError(_OURS)
    if not any(row.cells for sheet in found.sheets for row in sheet.rows):
        raise WorkbookError("The spreadsheet is empty: no sheet has a filled cell.")
    return found


def _answered(content: bytes, deadline_seconds: float, memory_megabytes: int) -> OldFile:
    root = str(Path(marac.__file__).parent.parent)
    command = [sys.executable, "-I", "-c", _START, root, str(memory_megabytes * 1024 * 1024)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=deadline_seconds, check=True)
        answer = json.loads(done.stdout)
        if "refused" not in answer:
            return old_file_from(answer)
    except subprocess.TimeoutExpired:
        raise WorkbookError(f"The spreadsheet could not be read within {deadline_seconds:g} seconds.") from None
    except (subprocess.CalledProcessError, OSError, ValueError, KeyError, TypeError, AttributeError):
        raise WorkbookError(DAMAGED) from None
    if answer["refused"] == NO_SPREADSHEET:
        raise NoSpreadsheetError
    raise WorkbookError(str(answer["refused"]))
