"""The story out, first half: a meeting's documents made, sealed for each agency and put where they wait for release."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from marac.case import Action, Agency, Case, MeetingDate
from marac.delivery.openpgp import Keyring
from marac.document import Document
from marac.errors import NotFoundError, SealingError
from marac.files import free_name, private_folder, write_whole
from marac.generators.agenda import agenda
from marac.generators.fields import Kind
from marac.generators.letters import actions_of, letter
from marac.generators.research import research
from marac.office import Office
from marac.record import identity_of
from marac.register.cases import every_action, every_case
from marac.register.documents import Paper, add_paper, change_paper, papers_for
from marac.register.trail import record

_UNSENT = {"made", "held", "prepared"}
_MAKING = 1
"""Counted up when the way in which documents are made changes, so that unsent ones are made anew."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that the meeting needs, what it rests on, and how it is made."""

    kind: Kind
    agency: Agency | None
    contents: str
    made: Callable[[], Document] = field(repr=False)

    @property
    def reader(self) -> str:
        """The agency's id; empty for the chair and the coordinator."""
        return self.agency.id if self.agency else ""


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
        cases, actions = every_case(connection), every_action(connection)
        papers = papers_for(connection, date)
    wanted = tuple(_wanted(office, meeting, cases, actions))
    keyring = Keyring(office.settings.folders.keyring)
    new = [paper for want in wanted if (paper := _brought_up_to_date(office, keyring, meeting, want, papers))]
    _withdraw(office, wanted, papers)
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


def template_for(office: Office, kind: Kind) -> bytes:
    """The area's own template where it has one, else the program's."""
    own = office.settings.folders.templates / f"{kind}.docx"
    return own.read_bytes() if own.is_file() else (files("marac") / "templates" / f"{kind}.docx").read_bytes()


def _wanted(office: Office, meeting: MeetingDate, cases: Sequence[Case], actions: Sequence[Action]) -> Iterator[Wanted]:
    """The agenda, a research pack for each agency, and a letter for each that has actions."""
    settings, agencies = office.settings, tuple(office.settings.agencies.values())
    about = {"marac": settings.marac.name, "coordinator": settings.marac.coordinator, "email": settings.marac.email}
    templates = {kind: template_for(office, kind) for kind in ("agenda", "research", "letter")}
    known = identity_of(_MAKING, meeting, about, cases, actions)

    def want(kind: Kind, agency: Agency | None, made: Callable[[], Document], *also: object) -> Wanted:
        row = (agency.id, agency.name, agency.representative) if agency else None
        return Wanted(kind, agency, identity_of(known, row, Document("", "", templates[kind]).sha256, also), made)

    for agency in agencies:
        if any(actions_of(agency, meeting, cases, actions)):
            yield want(
                "letter",
                agency,
                lambda agency=agency: letter(meeting, cases, actions, agency, **about, template=templates["letter"]),
            )
    if meeting.date < office.today:
        return  # what is asked or shown before a meeting is not made after it
    previous = max((other.date for other in settings.meeting_dates if other.date < meeting.date), default=None)
    yield want(
        "agenda",
        None,
        lambda: agenda(
            meeting,
            cases,
            actions,
            agencies,
            marac=settings.marac.name,
            template=templates["agenda"],
            previous=previous,
        ),
        agencies,
        previous,
    )
    if not any(case.meeting == meeting.date for case in cases):
        return
    for agency in agencies:
        yield want(
            "research",
            agency,
            lambda agency=agency: research(
                meeting,
                cases,
                agency,
                **about,
                return_by=return_day(meeting),
                template=templates["research"],
                addresses=settings.research.addresses,
            ),
            settings.research.addresses,
        )


def return_day(meeting: MeetingDate) -> dt.date:
    """The last day for research returns: the day before the meeting, or the Friday before a weekend."""
    day = meeting.date - dt.timedelta(days=1)
    while day.weekday() >= 5:
        day -= dt.timedelta(days=1)
    return day


def _brought_up_to_date(
    office: Office, keyring: Keyring, meeting: MeetingDate, want: Wanted, papers: Sequence[Paper]
) -> Paper | None:
    """The new version, where there has to be one."""
    earlier = [paper for paper in papers if (paper.kind, paper.agency) == (want.kind, want.reader)]
    current = next((paper for paper in reversed(earlier) if paper.state != "superseded"), None)
    stands = current is not None and not _must_be_sealed_anew(office, keyring, current, want)
    if current is not None and stands and current.contents == want.contents:
        return None
    document = want.made()
    if current is not None and stands and current.sha256 == document.sha256:
        with office.store.changing() as connection:
            change_paper(connection, current.id, contents=want.contents)  # it rests on other things and says the same
        return None
    version = max((paper.version for paper in earlier), default=0) + 1
    path = _written(office, meeting, document, version)
    values = {
        "meeting": meeting.date,
        "kind": want.kind,
        "agency": want.reader,
        "version": version,
        "contents": want.contents,
        "path": str(path),
        "sha256": document.sha256,
        "prepared_on": office.today,
        **_sealed(office, keyring, want, document),
    }
    with office.store.changing() as connection:
        paper = add_paper(connection, values)
        for other in earlier:
            if other.state in _UNSENT:
                change_paper(connection, other.id, state="superseded")
        record(
            connection,
            office.entry(
                f"{want.kind} made", meeting.date.isoformat(), f"{want.reader} version {version}: {paper.state}"
            ),
        )
    return paper


def _must_be_sealed_anew(office: Office, keyring: Keyring, paper: Paper, want: Wanted) -> bool:
    """Whether a held document can go on now, or a prepared one is sealed for another key or is missing from the store."""
    if want.agency is None:
        return False
    if paper.state == "held":
        return want.agency.fingerprint is not None and keyring.state(want.agency.fingerprint, office.today).usable
    if paper.state != "prepared":
        return False
    changed = (paper.fingerprint, paper.recipient) != (want.agency.fingerprint, want.agency.email)
    return changed or not (office.store.folder / "sealed" / f"{paper.sealed_sha256}.pgp").is_file()


def _written(office: Office, meeting: MeetingDate, document: Document, version: int) -> Path:
    folder = private_folder(office.settings.folders.meetings / meeting.date.isoformat())
    stem = Path(document.name).stem + (f" version {version}" if version > 1 else "")
    path = folder / f"{stem}.docx"
    if path.exists() and path.read_bytes() != document.content:
        path = free_name(folder, stem, ".docx")  # a person may have worked in it
    write_whole(path, document.content)
    return path


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
    """Take back what waits for release and is no longer to be sent: an agency left, or has no actions any more."""
    readers = {(want.kind, want.reader) for want in wanted}
    for paper in papers:
        if paper.state in {"held", "prepared"} and (paper.kind, paper.agency) not in readers:
            with office.store.changing() as connection:
                change_paper(connection, paper.id, state="superseded", reason="No longer needed.")
