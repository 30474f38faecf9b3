"""The story out, second half: prepared letters leave one by one, each recorded, and stop at the first doubt."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from marac.case import Agency
from marac.delivery.openpgp import Keyring
from marac.delivery.sealed_mail import recipient, sealed_mail
from marac.document import Document
from marac.errors import MailboxError, MaracError, StoreError, UnknownOutcomeError
from marac.files import sha256_of
from marac.mailbox.protocol import Letter, Outbox
from marac.meeting import meeting_on, place_of
from marac.office import Office
from marac.register.documents import Paper, change_paper, papers_for
from marac.register.trail import record


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did, or in a rehearsal would do."""

    papers: tuple[Paper, ...]
    """As they stand now."""
    sent: tuple[Paper, ...] = ()
    held: tuple[tuple[Paper, str], ...] = ()
    """What did not leave, each with the reason and what to do."""
    stopped: MaracError | None = field(default=None)
    """Why it stopped before the end."""


def release(office: Office, date: dt.date, outbox: Outbox, by: str) -> Released:
    """Send every prepared document of a meeting, one by one, and record each.

    Before sending, the letter's `sending` is on the disk; whatever happens then, it is not sent a second time unless
    the outbox can say that it never left.

    Raises:
        NotFoundError: config.toml has no such meeting.
        StoreError: the ledger cannot be written.
    """
    meeting_on(office, date)
    _look_into_the_interrupted(office, date, outbox)
    sent, held, stopped = [], [], None
    for paper in _waiting(office, date):
        doubt = doubt_about(office, paper)
        if doubt is not None:
            held.append((paper, doubt))
            continue
        try:
            _send(office, paper, outbox, by)
            sent.append(paper)
        except MailboxError as error:
            stopped = error
            break
    with office.store.reading() as connection:
        return Released(papers_for(connection, date), tuple(sent), tuple(held), stopped)


def rehearsal(office: Office, date: dt.date) -> Released:
    """What a release would do now. Nothing is sent and nothing is changed.

    Raises:
        NotFoundError: config.toml has no such meeting.
    """
    meeting_on(office, date)
    waiting = tuple(_waiting(office, date))
    held = tuple((paper, doubt) for paper in waiting if (doubt := doubt_about(office, paper)))
    doubtful = {paper.id for paper, _ in held}
    with office.store.reading() as connection:
        return Released(
            papers_for(connection, date), tuple(paper for paper in waiting if paper.id not in doubtful), held
        )


def doubt_about(office: Office, paper: Paper) -> str | None:
    """Why a prepared document may not leave as it is; None where nothing speaks against it."""
    agency = office.settings.agencies.get(paper.agency)
    if agency is None:
        return f"There is no agency {paper.agency!r} in agencies.toml any more."
    if (agency.email, agency.fingerprint) != (paper.recipient, paper.fingerprint):
        return f"The address or the key of {agency.name} was changed since this was prepared. {_anew(paper)}"
    keyring = Keyring(office.settings.folders.keyring)
    state = keyring.state(paper.fingerprint or "", office.today)
    if not state.usable:
        return state.advice
    try:
        if not keyring.is_sealed_for(_sealed_bytes(office, paper), paper.fingerprint or ""):
            return f"What is stored is not sealed for the key of {agency.name} alone. {_anew(paper)}"
        shown = sha256_of(place_of(office, paper))
    except StoreError as error:
        return str(error)
    return None if shown == paper.sha256 else f"{_NOT_AS_SHOWN} {_anew(paper)}"


_NOT_AS_SHOWN = (
    "It was changed or moved away in the meetings folder after it was sealed, and what is changed there is not sent. Move "
    "your own copy out of that folder first."
)


def _anew(paper: Paper) -> str:
    """What to do about a document that may not leave as it is."""
    return f"To make it anew: marac meeting prepare {paper.meeting.isoformat()}"


def _waiting(office: Office, date: dt.date) -> Iterator[Paper]:
    with office.store.reading() as connection:
        papers = papers_for(connection, date)
    yield from (paper for paper in papers if paper.state == "prepared")


def _look_into_the_interrupted(office: Office, date: dt.date, outbox: Outbox) -> None:
    """Find out what became of letters that a killed run was sending; where nobody can know, a person looks."""
    with office.store.reading() as connection:
        interrupted = [paper for paper in papers_for(connection, date) if paper.state == "sending"]
    for paper in interrupted:
        left = outbox.was_sent(paper.message_id or "")
        state = {True: "sent", False: "prepared", None: "unknown"}[left]
        reason = "" if left is not None else _UNKNOWN
        with office.store.changing() as connection:
            change_paper(connection, paper.id, state=state, reason=reason)
            record(connection, office.entry("interrupted letter", paper.message_id or "", state))


_UNKNOWN = (
    "It may or may not have been sent. Look in the sent items of the mailbox, or ask the agency; it is not sent again."
)


def _send(office: Office, paper: Paper, outbox: Outbox, by: str) -> None:
    agency = office.settings.agencies[paper.agency]
    letter = _letter(office, paper, agency)
    _note(office, paper, by, "sending")
    try:
        outbox.send(letter)
    except UnknownOutcomeError:
        _note(office, paper, by, "unknown", _UNKNOWN)
        raise
    except MailboxError:
        _note(office, paper, by, "prepared", "It was refused, and did not leave.")
        raise
    _note(office, paper, by, "sent")


def _note(office: Office, paper: Paper, by: str, state: str, reason: str = "") -> None:
    with office.store.changing() as connection:
        sent_at = office.now() if state == "sent" else None
        change_paper(connection, paper.id, state=state, reason=reason, sent_at=sent_at)
        record(
            connection,
            office.entry(f"letter {state}", paper.message_id or "", f"{paper.kind} {paper.agency}", actor=by),
        )


def _letter(office: Office, paper: Paper, agency: Agency) -> Letter:
    marac = office.settings.marac
    content = sealed_mail(
        _sealed_bytes(office, paper),
        "research" if paper.kind == "research" else "letter",
        agency,
        paper.meeting,
        sender=marac.email,
        coordinator=marac.coordinator,
        marac=marac.name,
        message_id=paper.message_id or "",
        date=office.now(),
    )
    return Letter(paper.message_id or "", marac.email, recipient(agency), content)


def _sealed_bytes(office: Office, paper: Paper) -> bytes:
    """The sealed document as it was prepared.

    Raises:
        StoreError: it is gone, or not what was prepared.
    """
    path = office.store.folder / "sealed" / f"{paper.sealed_sha256}.pgp"
    try:
        sealed = path.read_bytes()
    except OSError:
        raise StoreError(f"The sealed document is missing from the store. {_anew(paper)}") from None
    if Document("", "", sealed).sha256 != paper.sealed_sha256:
        raise StoreError(f"The sealed document was changed after it was prepared. {_anew(paper)}")
    return sealed
