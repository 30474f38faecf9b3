"""The story of minutes that come back: read, held against the register, shown; and, once confirmed, taken."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from sqlalchemy import Connection

from marac.document import WORD, Document
from marac.errors import ConflictError, NotFoundError, UsageError
from marac.office import Office
from marac.parsers.blocks import UnreadableDocument
from marac.parsers.minutes import MinutesFile, minutes_in
from marac.register.actions import every_action
from marac.register.calendar import meetings
from marac.register.cases import every_case
from marac.register.minutes import every_attendance, every_case_minutes, last_minutes_taken, minutes_taken
from marac.register.trail import entries_about, record
from marac.register.who_sees_what import withheld_now
from marac.taking_minutes.changes import Changes, changes
from marac.taking_minutes.days import in_words
from marac.taking_minutes.known import Known
from marac.taking_minutes.taking import take
from marac.taking_minutes.understanding import understood
from marac.taking_minutes.words import told

_SHOWN = "minutes shown"
_NOT_SHOWN = (
    "What is in the file now, or what the register holds, is not what you were shown, so nothing was taken. Look at it "
    "first: marac minutes read FILE. Then confirm."
)


@dataclass(frozen=True, slots=True)
class ReadMinutes:
    """A minutes file as it was understood."""

    known: Known
    changes: Changes
    lines: tuple[str, ...] = field(repr=False)
    """What a person is shown."""
    sha256: str

    @property
    def digest(self) -> str:
        """The identity of what is shown and of the file that it comes from."""
        return hashlib.sha256("\n".join((self.sha256, *self.lines)).encode()).hexdigest()


def show(office: Office, content: bytes, meeting: dt.date | None, by: str) -> ReadMinutes:
    """What a minutes file says, held against the register; that it was shown is noted, and nothing else.

    Args:
        office: in use.
        content: the file.
        meeting: the meeting it should be of; None for whichever it bears the mark of.
        by: who looks.

    Raises:
        UsageError: it is no Word file, bears no mark, or is of another MARAC, another meeting or one still to come.
        ConflictError: it was taken before.
        NotFoundError: the calendar has no such meeting.
    """
    with office.store.reading() as connection:
        found = _read(connection, office, content, meeting)
    with office.store.changing() as connection:
        record(connection, office.entry(_SHOWN, found.known.meeting.date.isoformat(), found.digest, actor=by))
    return found


def confirm(office: Office, content: bytes, meeting: dt.date | None, by: str) -> ReadMinutes:
    """Take what was shown, whole or not at all, and keep the file among the originals.

    Raises:
        UsageError: as `show`; or it was not shown before as it is now.
        ConflictError: it was taken before, or somebody changes the same case at the same moment.
        NotFoundError: as `show`.
        StoreError: the file cannot be kept.
    """
    with office.store.reading() as connection:
        shown = _read(connection, office, content, meeting)
    _refuse_unless_shown(office, shown)
    office.originals.keep(content, ".docx")
    with office.store.changing() as connection:
        now = _read(connection, office, content, meeting)
        if now.digest != shown.digest:
            raise ConflictError(_NOT_SHOWN)
        take(connection, office, now.changes, now.known, now.sha256, by)
    return now


def _read(connection: Connection, office: Office, content: bytes, meeting: dt.date | None) -> ReadMinutes:
    document = Document("minutes.docx", WORD, content)
    said = _said(document)
    day = _meeting_of(said, office, meeting)
    if document.sha256 in minutes_taken(connection):
        raise ConflictError(
            f"This very file, the minutes of {in_words(day)}, was taken into the register before. Nothing was taken again."
        )
    known = _known(connection, office, day)
    earlier = _earlier(connection, office, known)
    found = changes(understood(said, known), known, understood(earlier, known) if earlier else None)
    lines = tuple(told(found, known, again=earlier is not None))
    return ReadMinutes(known, found, lines, document.sha256)


def _said(document: Document) -> MinutesFile:
    try:
        return minutes_in(document)
    except UnreadableDocument as error:
        raise UsageError(str(error)) from None


def _meeting_of(said: MinutesFile, office: Office, asked: dt.date | None) -> dt.date:
    """The day of the meeting that the file is of, by its mark."""
    days = sorted({day for _, day in said.marks})
    if not said.marks:
        raise UsageError(
            "The file bears no mark of a meeting (minutes/…/…), so nothing was read. Was it made by marac meeting prepare? "
            "Copy what was written into the minutes that it made."
        )
    if len(days) > 1:
        both = " and ".join(map(in_words, days))
        raise UsageError(f"The file bears the marks of two meetings, {both}, so nothing was read.")
    if {marac for marac, _ in said.marks} != {office.settings.marac.id}:
        raise UsageError("The file bears the mark of another MARAC, so nothing was read.")
    if asked is not None and asked != days[0]:
        raise UsageError(
            f"These are the minutes of {in_words(days[0])}, and you asked for {in_words(asked)}. Nothing was read."
        )
    if days[0] > office.today:
        raise UsageError(f"These are the minutes of {in_words(days[0])}, which is still to come. Nothing was read.")
    return days[0]


def _known(connection: Connection, office: Office, day: dt.date) -> Known:
    settings = office.settings
    dates = meetings(connection, settings, office.today)
    meeting = next((each for each in dates if each.date == day), None)
    if meeting is None:
        raise NotFoundError(
            f"The calendar has no meeting on {in_words(day)}, so nothing was read. Was it moved or cancelled since? If it took "
            f"place: marac meeting call {day.isoformat()}"
        )
    cases = every_case(connection)
    return Known(
        settings.marac.id,
        meeting,
        dates,
        office.today,
        tuple(settings.agencies.values()),
        settings.minutes.consider,
        cases,
        every_action(connection),
        tuple(each for each in every_attendance(connection) if each.meeting == day),
        tuple(each for each in every_case_minutes(connection) if each.meeting == day),
        withheld_now(connection, settings, cases),
    )


def _earlier(connection: Connection, office: Office, known: Known) -> MinutesFile | None:
    """What the file said that was taken for this meeting before."""
    sha256 = last_minutes_taken(connection, known.meeting.date)
    if sha256 is None:
        return None
    try:
        content = office.originals.path(sha256).read_bytes()
    except OSError:
        raise UsageError(
            "Minutes of this meeting were taken before, and that file is missing from the originals, so what differs cannot "
            "be told. Restore the store folder from the backup, or enter changes on the sheet Actions."
        ) from None
    return _said(Document("minutes.docx", WORD, content))


def _refuse_unless_shown(office: Office, found: ReadMinutes) -> None:
    day = found.known.meeting.date.isoformat()
    with office.store.reading() as connection:
        shown = {each.detail for each in entries_about(connection, [day]) if each.event == _SHOWN}
    if found.digest not in shown:
        raise UsageError(_NOT_SHOWN)
