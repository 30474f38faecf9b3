"""Everything open at once: settings, store, originals and the day it is. What a command works with."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from marac.audit import Entry
from marac.case import MeetingDate
from marac.errors import StoreError
from marac.files import remove_leftovers
from marac.intake.originals import Originals
from marac.register.calendar import meetings
from marac.register.indexing import bring_index_up_to_date
from marac.register.store import Store, register_begun
from marac.register.turns import Turn
from marac.settings import FolderSending, Settings, settings_from

_WAIT_SECONDS = 20
"""How long a command waits for another one. A pass over a full mailbox lets it go first between two messages."""


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
    def alone(self, wait_seconds: float = _WAIT_SECONDS) -> Iterator[Turn]:
        """One marac at a time changes anything: in this folder, or, where the database is shared, for this MARAC.

        Args:
            wait_seconds: how long to wait for another one; 0 for at once or not at all.

        Raises:
            BusyError: another one does so for longer than this one waits.
            StoreError: this user may not write in the store.
        """
        with self.store.alone(wait_seconds, self._remove_half_written) as turn:
            yield turn

    def _remove_half_written(self) -> None:
        """Remove what a killed marac left half-written; nobody else writes in these folders while this is done."""
        folders, sending = self.settings.folders, self.settings.sending
        beneath = {path.parent for root in (folders.store, folders.meetings) for path in root.rglob(".marac-*.part")}
        sent = {sending.path} if isinstance(sending, FolderSending) else set()
        for folder in {self.settings_path.parent, folders.register_workbook.parent, *beneath, *sent}:
            remove_leftovers(folder)

    @property
    def meetings(self) -> tuple[MeetingDate, ...]:
        """The meetings of the calendar, with those that people called and without those they cancelled.

        Within a transaction of the register `marac.register.calendar.meetings` is asked with its connection instead.
        """
        with self.store.reading() as connection:
            return meetings(connection, self.settings, self.today)

    @property
    def moment(self) -> dt.datetime:
        """This moment by this computer's clock, without a zone, on the day that rules count from."""
        return dt.datetime.combine(self.today, self.now().astimezone().time())

    def entry(self, event: str, subject: str = "", detail: str = "", actor: str = "marac") -> Entry:
        """An entry for the audit trail, stamped now; what a person does here is done with a command."""
        return Entry(self.now(), actor, event, subject, detail, "" if actor == "marac" else "command")


@contextlib.contextmanager
def open_office(settings_path: Path, today: dt.date | None, now: Callable[[], dt.datetime]) -> Iterator[Office]:
    """The office of the folder that config.toml stands in.

    Raises:
        SettingsError: config.toml or agencies.toml has mistakes.
        StoreError: the store cannot be opened.
    """
    settings = settings_from(settings_path)
    _refuse_to_begin_anew(settings)
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    try:
        bring_index_up_to_date(store)
        originals = Originals(settings.folders.store / "originals")
        yield Office(settings, settings_path, store, originals, today or now().astimezone().date(), now)
    finally:
        store.close()


def _refuse_to_begin_anew(settings: Settings) -> None:
    """Where a register stands, its database must stand too: an empty one would give old references to new cases.

    Raises:
        StoreError: the database is gone.
    """
    folders, url = settings.folders, settings.database.url
    if not folders.register_workbook.is_file() or register_begun(folders.store, settings.database):
        return
    workbook = folders.register_workbook.name
    if url:
        raise StoreError(
            f"There is no register in the database that config.toml names, and {workbook} is there. Check [database] url, "
            f"or restore the database from the backup. To begin with an empty register, move {workbook} elsewhere first."
        )
    raise StoreError(
        f"The register's database is missing from {folders.store}, and {workbook} is there. Restore the store folder from "
        f"the backup, or connect its drive. To begin with an empty register, move {workbook} elsewhere first."
    )
