"""Everything open at once: settings, store, originals and the day it is. What a command works with."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from marac.audit import Entry
from marac.errors import BusyError, StoreError
from marac.files import remove_leftovers
from marac.intake.originals import Originals
from marac.register.store import DATABASE, Store
from marac.settings import FolderSending, Settings, settings_from

_WAIT_SECONDS = 20
"""How long a command waits for another one in the same folder: a pass over a full mailbox takes longer, and says so."""


@dataclass(frozen=True, slots=True)
class Office:
    """A working folder in use. `today` is the day that rules count from; `now` stamps the audit trail."""

    settings: Settings
    settings_path: Path
    store: Store
    originals: Originals
    today: dt.date
    now: Callable[[], dt.datetime]

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the folder's lock: one marac at a time changes anything in it.

        Raises:
            BusyError: another one holds it.
            StoreError: this user may not write in the store.
        """
        lock = FileLock(self.store.folder / "marac.lock")
        try:
            lock.acquire(timeout=_WAIT_SECONDS)
        except Timeout:
            raise BusyError from None
        except OSError:
            raise StoreError(f"This user may not write in {self.store.folder}. Ask IT for access.") from None
        try:
            self._remove_half_written()
            yield
        finally:
            lock.release()

    def _remove_half_written(self) -> None:
        """Remove what a killed marac left half-written; nobody else writes while this one holds the folder."""
        folders, sending = self.settings.folders, self.settings.sending
        beneath = {path.parent for root in (folders.store, folders.meetings) for path in root.rglob(".marac-*.part")}
        sent = {sending.path} if isinstance(sending, FolderSending) else set()
        for folder in {self.settings_path.parent, folders.register_workbook.parent, *beneath, *sent}:
            remove_leftovers(folder)

    def entry(self, event: str, subject: str = "", detail: str = "", actor: str = "marac") -> Entry:
        """An entry for the audit trail, stamped now."""
        return Entry(self.now(), actor, event, subject, detail)


@contextlib.contextmanager
def open_office(settings_path: Path, today: dt.date | None, now: Callable[[], dt.datetime]) -> Iterator[Office]:
    """The office of the folder that config.toml stands in.

    Raises:
        SettingsError: config.toml or agencies.toml has mistakes.
        StoreError: the store cannot be opened.
    """
    settings = settings_from(settings_path)
    _refuse_to_begin_anew(settings)
    store = Store(settings.folders.store)
    try:
        originals = Originals(settings.folders.store / "originals")
        yield Office(settings, settings_path, store, originals, today or now().astimezone().date(), now)
    finally:
        store.close()


def _refuse_to_begin_anew(settings: Settings) -> None:
    """Where a register stands, its database must stand too: an empty one would give old references to new cases.

    Raises:
        StoreError: the database is gone.
    """
    folders = settings.folders
    database = folders.store / DATABASE
    if folders.register_workbook.is_file() and not (database.is_file() and database.stat().st_size):
        raise StoreError(
            f"The register's database is missing from {folders.store}, and {folders.register_workbook.name} is there. "
            "Restore the store folder from the backup, or connect its drive. To begin with an empty register, move "
            f"{folders.register_workbook.name} elsewhere first."
        )
