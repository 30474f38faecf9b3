"""One pass over everything: mail in, register up to date, workbook written, what is due prepared. Twice is as once."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import insert, select, update

from marac.answers import write_answers
from marac.case import LIVE
from marac.chasers import write_chasers
from marac.digest import write_digest
from marac.dispatch import Sent, anything_to_send, send_approved
from marac.errors import MailboxError, MaracError, SealingError, SettingsError, StoreError, TemplateError
from marac.idva_referrals import prepare_idva_referrals
from marac.intake.pipeline import Intake, Sweep
from marac.intake.reading.reader import Reader
from marac.mailbox import open_outbox
from marac.mailbox.protocol import Inbox
from marac.meeting import prepare
from marac.meetings.due import meetings_to_prepare
from marac.meetings.standing import moved_on
from marac.office import Office
from marac.read_back import read_back
from marac.receipts import write_receipts
from marac.register.calendar import meetings
from marac.register.cases import cases_in_states, set_standing
from marac.register.deadlines import missed_deadlines, progress_of, untouched_meetings
from marac.register.documents import Paper
from marac.register.face import newest_generations
from marac.register.schema import passes
from marac.register.scope import marac_of, own
from marac.register.signatures import flag_signatures_anew
from marac.register.trail import record
from marac.register.workbook.place import WorkbookOutcome
from marac.register_workbook import write_workbook
from marac.settled import all_stands, mark_of
from marac.transferring import prepare_transfers


@dataclass(frozen=True, slots=True)
class Passed:
    """What one pass came to."""

    sweep: Sweep
    oddities: tuple[str, ...] = field(repr=False)
    moved: int
    papers: tuple[Paper, ...]
    workbook: WorkbookOutcome
    unmade: MaracError | None = None
    """Why documents that are due could not be made; everything else was done."""
    answered: int = 0
    """Acknowledgements that were written."""
    sent: Sent | None = None
    """What left that a person, or a standing release, had let go; None where nothing was to leave."""
    unsent: MaracError | None = None
    """Why nothing could leave."""
    missed: tuple[str, ...] = ()
    """The deadlines that ran out since the pass before, each as a sentence."""


def one_pass(
    office: Office,
    inbox: Inbox,
    reader: Reader,
    stopping: Callable[[], bool] = lambda: False,
    step_aside: Callable[[], bool] = lambda: False,
    watcher: str = "",
) -> Passed:
    """Make one pass.

    Args:
        office: the working folder, held alone.
        inbox: where the mail is.
        reader: reads the forms.
        stopping: whether to end between two messages and leave the rest for the next pass.
        step_aside: lets whoever waits for the register go first, and says whether somebody did.
        watcher: the name by which messages are claimed, where other watchers may be at work beside this one.

    Raises:
        MailboxError: the mailbox cannot be listed; what it already gave is safe.
        StoreError: the store or a file cannot be written; the next pass goes on from here.
        BusyError: somebody was let go first and did not come to an end; the next pass goes on from here.
    """
    started = _begun(office)
    intake = Intake(office.store, office.originals, reader, office.settings, office.today, office.now, watcher)
    sweep = intake.sweep(inbox, stopping, step_aside)
    oddities = tuple(oddity.reason for oddity in inbox.oddities())
    if not sweep.taken_in and not sweep.cut_short and all_stands(office):
        return _quiet(office, started, sweep, oddities, step_aside)
    found = read_back(office)
    moved = move_cases_on(office)
    missed = _missed(office)
    step_aside()  # and not again before the mark is left: it says that all is done that follows from what is there then
    papers, unmade = ((), None) if sweep.cut_short else _prepared(office)
    workbook = write_workbook(office, found)
    if sweep.cut_short:
        return Passed(sweep, oddities, moved, papers, workbook, unmade, missed=missed)
    _ended(office, started, sweep)
    answered, unwritten = _written(office)
    if not unmade and workbook.state != "pending":
        _leave_mark(office, started)
    step_aside()
    sent, unsent = _sent(office)
    return Passed(sweep, oddities, moved, papers, workbook, unmade or unwritten, answered, sent, unsent, missed)


def _quiet(
    office: Office, started: int, sweep: Sweep, oddities: tuple[str, ...], step_aside: Callable[[], bool]
) -> Passed:
    """What a pass comes to that finds everything as the last one left it: what is due by the clock leaves all the same."""
    _ended(office, started, sweep)
    answered, unwritten = _written(office)
    _leave_mark(office, started)
    step_aside()
    sent, unsent = _sent(office)
    with office.store.reading() as connection:
        generation = newest_generations(connection)[0]
    workbook = WorkbookOutcome("unchanged", office.settings.folders.register_workbook, generation)
    return Passed(sweep, oddities, 0, (), workbook, unwritten, answered, sent, unsent)


def _leave_mark(office: Office, number: int) -> None:
    """Note with a pass what its work followed from: it left nothing undone."""
    with office.store.changing() as connection:
        mark = mark_of(office, connection)
        connection.execute(update(passes).where(passes.c.id == number).values(mark=mark))


def _written(office: Office) -> tuple[int, MaracError | None]:
    """How many acknowledgements were written, and the digest of the day; or which template keeps them from being written."""
    try:
        answered = write_answers(office)
        write_receipts(office)
        write_chasers(office)
        write_digest(office)
    except (TemplateError, SealingError) as error:
        return 0, error
    return answered, None


def _sent(office: Office) -> tuple[Sent | None, MaracError | None]:
    """What was let go and has not left yet, sent; a server that cannot be reached keeps nothing else from being done."""
    if not anything_to_send(office):
        return None, None
    settings = office.settings
    try:
        with open_outbox(settings.sending, settings.mailbox, office.store.folder) as outbox:
            return send_approved(office, outbox), None
    except (MailboxError, SettingsError) as error:
        return None, error


def _prepared(office: Office) -> tuple[tuple[Paper, ...], MaracError | None]:
    """What is due, made. What keeps a document from being made must not keep the register from being written."""
    papers: list[Paper] = []
    try:
        papers += prepare_idva_referrals(office)
        papers += prepare_transfers(office)
    except (TemplateError, SealingError, StoreError) as error:
        return (), error
    for date in meetings_due(office):
        try:
            papers += prepare(office, date)
        except (TemplateError, SealingError, StoreError) as error:
            return tuple(papers), error
    return tuple(papers), None


def _missed(office: Office) -> tuple[str, ...]:
    """The deadlines that ran out since the last pass that came to its end, as after an absence; nothing at the first."""
    with office.store.reading() as connection:
        query = select(passes.c.finished).where(passes.c.finished.is_not(None)).order_by(passes.c.id.desc()).limit(1)
        last: dt.datetime | None = connection.execute(own(connection, query, passes)).scalar()
        if last is None:
            return ()
        since = last.replace(tzinfo=last.tzinfo or dt.UTC).astimezone().replace(tzinfo=None)
        found = missed_deadlines(connection, office.settings, since, office.moment)
    return tuple(notice.words for notice in found)


def move_cases_on(office: Office) -> int:
    """List, carry over, or note as heard whatever the calendar moves on; how many cases moved."""
    with office.store.changing() as connection:
        flag_signatures_anew(connection, office.settings.rules)
        dates = meetings(connection, office.settings, office.today)
        moves = [
            (case, later)
            for case in cases_in_states(connection, LIVE)
            if (later := moved_on(case, dates, office.today)) != case
        ]
        for case, later in moves:
            set_standing(connection, later)
            meeting = later.meeting.isoformat() if later.meeting else ""
            record(connection, office.entry(f"case {later.state}", case.reference, meeting))
    return len(moves)


def meetings_due(office: Office) -> tuple[dt.date, ...]:
    """Meetings that need their documents now: those whose cut-off has passed, and those that are over, for their letters.

    An urgent meeting that nothing was put on needs none.
    """
    with office.store.reading() as connection:
        dates = meetings(connection, office.settings, office.today)
        found = meetings_to_prepare(office.moment, dates, untouched_meetings(connection))
        begun = progress_of(connection) if any(meeting.urgent for meeting in found) else {}
    return tuple(meeting.date for meeting in found if not meeting.urgent or meeting.date in begun)


def _begun(office: Office) -> int:
    with office.store.changing() as connection:
        number: int = connection.execute(
            insert(passes).values(started=office.now(), marac=marac_of(connection)).returning(passes.c.id)
        ).scalar_one()
        return number


def _ended(office: Office, number: int, sweep: Sweep) -> None:
    with office.store.changing() as connection:
        values = {"finished": office.now(), "arrived": sweep.taken_in}
        connection.execute(update(passes).where(passes.c.id == number).values(values))
