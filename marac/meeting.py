"""The story out, first half: a meeting's documents made, sealed for each agency and put where they wait for release."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from marac.case import MeetingDate
from marac.delivery.openpgp import Keyring
from marac.document import Document
from marac.errors import NotFoundError, SealingError, TemplateError
from marac.files import free_name, private_folder, sha256_of, write_whole
from marac.fortnight import Holding
from marac.office import Office
from marac.papers import Wanted, wanted, world_of
from marac.register.documents import Paper, add_paper, change_paper, papers_for
from marac.register.holdings import add_holdings
from marac.register.trail import record
from marac.triage.protocol import why_nothing_is_prepared

_WAITING = {"prepared", "approved", "retry"}
"""Sealed, and has surely not left."""
_UNSENT = {"made", "held", "failed", *_WAITING}
"""What a newer version takes the place of; `failed` came back, or was refused."""


def prepare(office: Office, date: dt.date) -> tuple[Paper, ...]:
    """Make what the meeting needs and does not have yet; the documents that are new.

    What rests on the same cases, actions, settings and template as before is not made again. What has changed becomes
    a new version; one that was sent stays as it was.

    Raises:
        NotFoundError: config.toml has no such meeting.
        TemplateError: a template cannot be used.
        StoreError: a document cannot be written.
    """
    meeting = meeting_on(office, date)
    with office.store.reading() as connection:
        world, papers = world_of(office, meeting, connection), papers_for(connection, date)
    needed = wanted(world)
    keyring = Keyring(office.settings.folders.keyring)
    new = [paper for want in needed if (paper := _brought_up_to_date(office, keyring, meeting, want, papers))]
    _withdraw(office, needed, papers)
    return tuple(new)


def meeting_on(office: Office, date: dt.date) -> MeetingDate:
    """The meeting on this day.

    Raises:
        NotFoundError: config.toml has none.
    """
    for meeting in office.settings.meeting_dates:
        if meeting.date == date:
            return meeting
    known = ", ".join(meeting.date.isoformat() for meeting in office.settings.meeting_dates) or "none yet"
    raise NotFoundError(f"config.toml has no meeting on {date.isoformat()}. Its meetings: {known}.")


def _brought_up_to_date(
    office: Office, keyring: Keyring, meeting: MeetingDate, want: Wanted, papers: Sequence[Paper]
) -> Paper | None:
    """The new version, where there has to be one."""
    earlier = [paper for paper in papers if paper.place == want.place]
    current = next((paper for paper in reversed(earlier) if paper.state != "superseded"), None)
    if current is not None and _must_be_sealed_anew(office, keyring, current, want):
        current = None
    gone = current is not None and current.state in _UNSENT and not place_of(office, current).is_file()
    if current is not None and current.contents == want.contents and not gone:
        return None
    document = _made(office, want)
    if current is not None and current.sha256 == document.sha256:
        path = _written(office, meeting, document, current.version) if gone else current.path
        with office.store.changing() as connection:  # it may rest on other things, and says the same
            change_paper(connection, current.id, contents=want.contents, path=path)
        return None
    return _new_version(office, keyring, meeting, want, document, earlier)


def _new_version(
    office: Office, keyring: Keyring, meeting: MeetingDate, want: Wanted, document: Document, earlier: Sequence[Paper]
) -> Paper:
    """The document written, sealed and entered; versions that were not sent are put away."""
    version = max((paper.version for paper in earlier), default=0) + 1
    values = {
        "meeting": meeting.date,
        "kind": want.kind,
        "agency": want.reader,
        "subject": want.subject,
        "version": version,
        "contents": want.contents,
        "path": _written(office, meeting, document, version),
        "sha256": document.sha256,
        "prepared_on": office.today,
        **_sealed(office, keyring, want, document),
    }
    with office.store.changing() as connection:
        paper = add_paper(connection, values)
        add_holdings(connection, (Holding(paper.id, case, shown) for case, shown in want.shows.items()))
        for other in earlier:
            if other.state in _UNSENT:
                change_paper(connection, other.id, state="superseded", path=_put_away(office, other))
        detail = f"{want.reader} version {version}: {paper.state}"
        record(connection, office.entry(f"{want.kind} made", meeting.date.isoformat(), detail))
    return paper


def _must_be_sealed_anew(office: Office, keyring: Keyring, paper: Paper, want: Wanted) -> bool:
    """Whether a held document can go on now, or one that nobody has is for another key or address, or not whole."""
    if want.agency is None:
        return False
    if paper.state == "held":
        return want.agency.fingerprint is not None and keyring.state(want.agency.fingerprint, office.today).usable
    if paper.state not in {"failed", *_WAITING}:
        return False
    changed = (paper.fingerprint, paper.recipient) != (want.agency.fingerprint, want.agency.email)
    return changed or sha256_of(office.store.folder / "sealed" / f"{paper.sealed_sha256}.pgp") != paper.sealed_sha256


def place_of(office: Office, paper: Paper) -> Path:
    """Where a document stands. The ledger counts from the folder of the meetings, which may be moved or restored."""
    return office.settings.folders.meetings / paper.path


def _made(office: Office, want: Wanted) -> Document:
    """The document.

    Raises:
        TemplateError: its template cannot be used; the message says which one it is.
    """
    try:
        return want.made()
    except TemplateError as error:
        template = office.settings.folders.templates / f"{want.kind}.docx"
        advice = (
            f"Mend it, or move it away and marac's own is used. All that is wrong: marac template check '{template}'"
        )
        raise TemplateError(f"{template}: {error} {advice}") from None


def _written(office: Office, meeting: MeetingDate, document: Document, version: int) -> str:
    """The new file's place in the folder of the meetings."""
    folder = private_folder(office.settings.folders.meetings / meeting.date.isoformat())
    stem = Path(document.name).stem + (f" version {version}" if version > 1 else "")
    path = folder / f"{stem}.docx"
    found = sha256_of(path)
    if found not in {None, document.sha256}:
        path = free_name(folder, stem, ".docx")  # a person may have worked in it
    if found != document.sha256:
        write_whole(path, document.content)
    return path.relative_to(office.settings.folders.meetings).as_posix()


def _put_away(office: Office, paper: Paper) -> str:
    """Where a version that nobody is to use any more is now: out of the way, so that it is not printed by mistake."""
    path = place_of(office, paper)
    target = private_folder(path.parent / "superseded") / path.name
    try:
        return path.replace(target).relative_to(office.settings.folders.meetings).as_posix()
    except OSError:
        return paper.path  # it is open in Word, or gone; the ledger knows that it is superseded all the same


def _sealed(office: Office, keyring: Keyring, want: Wanted, document: Document) -> dict[str, str | None]:
    """What the ledger says of a document's sealing."""
    if want.agency is None:
        return {"state": "made", "reason": ""}
    fingerprint = want.agency.fingerprint
    if fingerprint is None:
        return {
            "state": "held",
            "reason": f"No key is pinned for it. Ask it for its public key, then: marac keys import {want.agency.id} FILE",
        }
    try:
        state = keyring.state(fingerprint, office.today)
        if not state.usable:
            return {"state": "held", "reason": state.advice}
        sealed = keyring.seal(document.content, fingerprint)
    except SealingError as error:
        return {"state": "held", "reason": str(error)}
    stored = Document("", "", sealed)
    write_whole(private_folder(office.store.folder / "sealed") / f"{stored.sha256}.pgp", sealed)
    return {
        "state": "prepared",
        "reason": "",
        "fingerprint": fingerprint,
        "recipient": want.agency.email,
        "sealed_sha256": stored.sha256,
        "message_id": f"<{stored.sha256[:32]}@{office.settings.marac.email.rpartition('@')[2]}>",
    }


def _withdraw(office: Office, wanted: Sequence[Wanted], papers: Sequence[Paper]) -> None:
    """Take back what waits for release and is not to be sent: an agency left, has not signed, or has no actions any more."""
    needed = {want.place for want in wanted}
    for paper in papers:
        if paper.state in {"held", *_WAITING} and paper.place not in needed:
            with office.store.changing() as connection:
                change_paper(connection, paper.id, state="superseded", reason=_why_not(office, paper))


def _why_not(office: Office, paper: Paper) -> str:
    agency = office.settings.readers.get(paper.agency)
    return (why_nothing_is_prepared(agency, office.today) if agency else "") or "No longer needed."
