"""The story out, first half: a meeting's documents made, sealed for each agency and put where they wait for release."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from marac.case import MeetingDate
from marac.delivery.openpgp import Keyring
from marac.document import Document
from marac.errors import NotFoundError, TemplateError
from marac.files import free_name, private_folder, sha256_of, write_whole
from marac.fortnight import Holding
from marac.meetings.changes import VersionNote, version_note
from marac.office import Office
from marac.papers import Wanted, wanted, world_of
from marac.papers.sealing import must_be_sealed_anew, sealed
from marac.papers.versions import UNSENT, WAITING, first_made, needed_of, reader_has_it, replaced_by
from marac.register.documents import BY_CASE, Paper, add_paper, change_paper, papers_for
from marac.register.holdings import add_holdings, held_in
from marac.register.trail import record
from marac.triage.protocol import why_nothing_is_prepared

_OF_CASES = {"idva-referral": "referred at once", "evidence": "letters of evidence", "transfer": "transfers"}
"""The folders of documents that belong to their case and to no meeting."""
_AWAY = "superseded"
"""The folder of what is not to be printed any more."""
_NAMED = 6
"""How many meetings are named where there is none on a day."""


def prepare(office: Office, date: dt.date) -> tuple[Paper, ...]:
    """Make what the meeting needs and does not have yet; the documents that are new.

    What rests on the same cases, actions, settings and template as before is not made again. What has changed becomes
    a new version; one that was sent stays as it was.

    Raises:
        NotFoundError: the calendar has no such meeting.
        TemplateError: a template cannot be used.
        StoreError: a document cannot be written.
    """
    meeting = meeting_on(office, date)
    with office.store.reading() as connection:
        world, papers = world_of(office, meeting, connection), papers_for(connection, date)
    needed = needed_of(wanted(world), papers)
    keyring = Keyring(office.settings.folders.keyring)
    new = [paper for want in needed if (paper := brought_up_to_date(office, keyring, date, want, papers))]
    withdraw(office, needed, papers)
    for paper in still_beside(office, date):
        with office.store.changing() as connection:
            change_paper(connection, paper.id, path=_put_away(office, paper))
    return tuple(new)


def still_beside(office: Office, date: dt.date) -> tuple[Paper, ...]:
    """Versions of a meeting's documents that were replaced, and lie beside the new ones: they are open in Word."""
    with office.store.reading() as connection:
        papers = papers_for(connection, date)
    newest = {paper.place: paper.id for paper in papers}
    return tuple(
        paper
        for paper in papers
        if paper.state == "superseded" and paper.id < newest[paper.place]
        if place_of(office, paper).parent.name != _AWAY and sha256_of(place_of(office, paper)) == paper.sha256
    )


def meeting_on(office: Office, date: dt.date) -> MeetingDate:
    """The meeting on this day.

    Raises:
        NotFoundError: the calendar has none.
    """
    meetings = office.meetings
    for meeting in meetings:
        if meeting.date == date:
            return meeting
    near = sorted(meetings, key=lambda each: abs(each.date - date))[:_NAMED]
    known = ", ".join(sorted(each.date.isoformat() for each in near)) or "none yet"
    raise NotFoundError(f"There is no meeting on {date.isoformat()}. The nearest in the calendar: {known}.")


def brought_up_to_date(
    office: Office, keyring: Keyring, day: dt.date, want: Wanted, papers: Sequence[Paper]
) -> Paper | None:
    """The new version of a document, where there has to be one.

    Args:
        office: the working folder.
        keyring: the keys of the agencies.
        day: the day that the ledger keeps it by: that of its meeting, or on which its case came.
        want: the document.
        papers: what was made before.

    Raises:
        TemplateError: its template cannot be used.
        StoreError: it cannot be written.
    """
    earlier = [paper for paper in papers if paper.place == want.place]
    if reader_has_it(want, earlier):
        _put_away_all(office, earlier)  # what was made since and has not left says what the reader knows to be over
        return None
    current = next((paper for paper in reversed(earlier) if paper.state != "superseded"), None)
    if current is not None and must_be_sealed_anew(office, keyring, current, want):
        current = None
    gone = current is not None and current.state in UNSENT and not place_of(office, current).is_file()
    if current is not None and current.contents == want.contents and not gone:
        return None
    if current is not None:
        document = _made(office, want, _note(office, want, earlier, current))
        if current.sha256 == document.sha256:
            path = _written(office, day, want, document, current.version) if gone else current.path
            with office.store.changing() as connection:  # it may rest on other things, and says the same
                change_paper(connection, current.id, contents=want.contents, path=path)
            return None
    document = _made(office, want, _note(office, want, earlier))
    return _new_version(office, keyring, day, want, document, earlier)


def _note(office: Office, want: Wanted, earlier: Sequence[Paper], made_as: Paper | None = None) -> VersionNote:
    """What a version says of itself: a new one, or the one that was made already, word for word as it said it."""
    before = [paper for paper in earlier if made_as is None or paper.id < made_as.id]
    replaced = replaced_by(want, before)
    made = made_as.prepared_on if made_as else first_made(want, before, office.today)
    if replaced is None:
        return version_note(made, None, {}, want.shows)
    number, paper = replaced
    with office.store.reading() as connection:
        printed = {each.case: each.shown for each in held_in(connection, paper.id)}
    return version_note(made, (number, paper.prepared_on), printed, want.shows)


def _new_version(
    office: Office, keyring: Keyring, day: dt.date, want: Wanted, document: Document, earlier: Sequence[Paper]
) -> Paper:
    """The document written, sealed and entered; versions that were not sent are put away."""
    version = max((paper.version for paper in earlier), default=0) + 1
    values = {
        "meeting": day,
        "kind": want.kind,
        "agency": want.reader,
        "subject": want.subject,
        "version": version,
        "contents": want.contents,
        "path": _written(office, day, want, document, version),
        "sha256": document.sha256,
        "prepared_on": first_made(want, earlier, office.today),
        **sealed(office, keyring, want, document),
    }
    with office.store.changing() as connection:
        paper = add_paper(connection, values)
        add_holdings(connection, (Holding(paper.id, case, shown) for case, shown in want.shows.items()))
        detail = f"{want.reader} version {version}: {paper.state}"
        record(
            connection,
            office.entry(f"{want.kind} made", want.subject if want.kind in BY_CASE else day.isoformat(), detail),
        )
        for other in earlier:
            if other.state in UNSENT:
                change_paper(connection, other.id, state="superseded", path=_put_away(office, other))
    return paper


def place_of(office: Office, paper: Paper) -> Path:
    """Where a document stands. The ledger counts from the folder of the meetings, which may be moved or restored."""
    return office.settings.folders.meetings / paper.path


def _made(office: Office, want: Wanted, note: VersionNote) -> Document:
    """The document.

    Raises:
        TemplateError: its template cannot be used; the message says which one it is.
    """
    try:
        return want.noted(note) if want.noted else want.made()
    except TemplateError as error:
        template = office.settings.folders.templates / f"{want.kind}.docx"
        advice = (
            f"Mend it, or move it away and marac's own is used. All that is wrong: marac template check '{template}'"
        )
        raise TemplateError(f"{template}: {error} {advice}") from None


def _written(office: Office, day: dt.date, want: Wanted, document: Document, version: int) -> str:
    """The new file's place in the folder of the meetings."""
    name = _OF_CASES.get(want.kind, day.isoformat())
    folder = private_folder(office.settings.folders.meetings / name)
    stem = Path(document.name).stem + (f" version {version}" if version > 1 else "")
    suffix = Path(document.name).suffix
    path = folder / f"{stem}{suffix}"
    found = sha256_of(path)
    if found not in {None, document.sha256}:
        path = free_name(folder, stem, suffix)  # a person may have worked in it
    if found != document.sha256:
        write_whole(path, document.content)
    return path.relative_to(office.settings.folders.meetings).as_posix()


def _put_away(office: Office, paper: Paper) -> str:
    """Where a version that nobody is to use any more is now: out of the way, so that it is not printed by mistake.

    A file that a person worked in stays where they left it: minutes that are being filled in, above all.
    """
    path = place_of(office, paper)
    if sha256_of(path) not in {None, paper.sha256}:
        return paper.path
    target = private_folder(path.parent / _AWAY) / path.name
    try:
        return path.replace(target).relative_to(office.settings.folders.meetings).as_posix()
    except OSError:
        return paper.path  # it is open in Word, or gone; the ledger knows that it is superseded all the same


def _put_away_all(office: Office, earlier: Sequence[Paper]) -> None:
    """Put away what was not sent and is not to be."""
    for paper in earlier:
        if paper.state in UNSENT:
            with office.store.changing() as connection:
                reason = "Its reader has a version that says what is right now."
                change_paper(connection, paper.id, state="superseded", reason=reason, path=_put_away(office, paper))


def withdraw(office: Office, wanted: Sequence[Wanted], papers: Sequence[Paper]) -> None:
    """Take back what waits for release and is not to be sent: an agency left, has not signed, or has no actions any more.

    Args:
        office: the working folder.
        wanted: everything of its kind that is needed.
        papers: everything of its kind that was made.
    """
    needed = {want.place for want in wanted}
    for paper in papers:
        if paper.state in {"held", *WAITING} and paper.place not in needed:
            with office.store.changing() as connection:
                change_paper(connection, paper.id, state="superseded", reason=_why_not(office, paper))


def _why_not(office: Office, paper: Paper) -> str:
    agency = office.settings.readers.get(paper.agency)
    return (why_nothing_is_prepared(agency, office.today) if agency else "") or "No longer needed."
