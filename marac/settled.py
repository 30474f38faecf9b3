"""Whether everything that follows from the register stands already: then a pass over thousands of cases has nothing to do.

What a pass makes follows from the register, the settings, the templates, the keys, the day, and which of its deadlines are
over. Their mark is kept with a pass that left nothing undone; the next one compares, and looks whether the files are
still there.
"""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, select

from marac.files import sha256_of
from marac.meeting import place_of
from marac.meetings.due import passed_today
from marac.office import Office
from marac.record import identity_of
from marac.register.calendar import meetings
from marac.register.documents import every_paper
from marac.register.face import newest_generations
from marac.register.schema import passes
from marac.register.scope import own
from marac.register.workbook.pending import kept_copies, pending_copies

_FOLLOWS = 2
"""Counted up whenever something else is made from the same register."""

_MADE = frozenset({"made", "held", "prepared", "approved", "retry"})


def mark_of(office: Office, connection: Connection) -> str:
    """The mark of all that a pass's work follows from, 64 hexadecimal digits."""
    settings = office.settings
    said = settings.model_dump(mode="json", exclude={"reading", "watching"})
    return identity_of(
        _FOLLOWS,
        office.store.revision(connection),
        said,
        dict(settings.agencies),
        office.today,
        passed_today(office.moment, meetings(connection, settings, office.today)),
        sorted(_files(settings.folders.templates, "*.docx")),
        sorted(_files(settings.folders.keyring, "*.kbx")),
        kept_copies(settings.folders.register_workbook),
    )


def all_stands(office: Office) -> bool:
    """Whether the last pass that came to its end left nothing to do, and nothing has changed since."""
    with office.store.reading() as connection:
        query = own(connection, select(passes.c.mark), passes).where(passes.c.finished.is_not(None))
        if connection.execute(query.order_by(passes.c.id.desc()).limit(1)).scalar() != mark_of(office, connection):
            return False
        papers = [paper for paper in every_paper(connection) if paper.state in _MADE]
        generations = newest_generations(connection)
    workbook = office.settings.folders.register_workbook
    in_place = sha256_of(workbook)
    written = bool(generations) and in_place == generations[0].sha256
    return written and not pending_copies(workbook) and all(place_of(office, paper).is_file() for paper in papers)


def _files(folder: Path, pattern: str) -> Iterator[tuple[str, int, int]]:
    """Name, size and moment of each file: whether somebody changed one is told without reading it."""
    for path in folder.glob(pattern):
        found = path.stat()
        yield path.name, found.st_size, found.st_mtime_ns
