"""Everything open at once: settings, store, originals and the day it is. What a command works with."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from marac.audit import Entry
from marac.errors import BusyError
from marac.files import remove_leftovers
from marac.intake.originals import Originals
from marac.register.store import Store
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
        """
        try:
            with FileLock(self.store.folder / "marac.lock", timeout=_WAIT_SECONDS):
                self._remove_half_written()
                yield
        except Timeout:
            raise BusyError from None

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
    store = Store(settings.folders.store)
    try:
        originals = Originals(settings.folders.store / "originals")
        yield Office(settings, settings_path, store, originals, today or now().astimezone().date(), now)
    finally:
        store.close()
