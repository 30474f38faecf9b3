"""Reminders to agencies whose research is not back: at most one an agency and day, and never once the meeting has begun.

A reminder waits for a person to release it, unless the area has given a standing release.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from sqlalchemy import Connection, select

from marac.agency import Agency
from marac.case import LIVE, MeetingDate
from marac.delivery.composing import composed
from marac.generators.chaser import chaser, chaser_subject
from marac.meetings.chasing import chase_due, listed_in, unanswered
from marac.meetings.hearing import order_of_hearing
from marac.meetings.presenting import asked_about
from marac.office import Office
from marac.papers.packs import return_day, return_in_words
from marac.papers.templates import text_for
from marac.record import identity_of
from marac.register.cases import cases_in_states, cases_named
from marac.register.documents import papers_for
from marac.register.holdings import held_in
from marac.register.near import with_tied
from marac.register.outgoing import (
    Outgoing,
    OutgoingState,
    add_outgoing,
    change_outgoing,
    outgoing_called,
    outgoing_in,
    remove_outgoing,
)
from marac.register.presenters import every_presenter
from marac.register.research_returns import returns_for
from marac.register.schema import outgoing
from marac.register.scope import own
from marac.register.trail import record
from marac.register.who_sees_what import withheld_now
from marac.settings.bank_holidays import closed_days
from marac.triage.protocol import has_signed

_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
_UNSENT: Sequence[OutgoingState] = ("draft", "approved", "retry")
"""What has surely not left: it can be worded anew, or taken back, for a case may be held back since."""


@dataclass(frozen=True, slots=True)
class Chaser:
    """A reminder that is due: to whom, for which meeting, which time it is, and the cases that are not answered."""

    meeting: MeetingDate
    reader: Agency
    ordinal: int
    cases: tuple[str, ...] = field(repr=False)

    def message_id(self, office: Office) -> str:
        """Always the same for this meeting, reader and time."""
        marac = office.settings.marac
        identity = identity_of("chaser", marac.id, self.meeting.date, self.reader.id, self.ordinal)
        return f"<{identity[:32]}@{marac.email.rpartition('@')[2]}>"

    @property
    def and_earlier(self) -> "tuple[Chaser, ...]":
        """The reminder as it would have been written at each time until now."""
        return tuple(replace(self, ordinal=ordinal) for ordinal in range(1, self.ordinal + 1))


def write_chasers(office: Office) -> int:
    """Write the reminders that are due, and take back those that are not due any more; how many were written.

    Each is on the disk and in the ledger before the next is begun. Nothing is sent here.

    Raises:
        SealingError: an address in agencies.toml is not one plain address.
        StoreError: the store cannot be written; the next run goes on from here.
    """
    times = _times(office)
    with office.store.reading() as connection:
        unsent = _chasers_in(connection, _UNSENT)
        due = _due(connection, office, times) if times else ()
    if not due and not unsent:
        return 0
    template, latest = text_for(office, "chaser"), {each.message_id(office) for each in due}
    times_of = {again.message_id(office): again for each in due for again in each.and_earlier}
    released = set()
    for message in unsent:
        chases = times_of.get(message.message_id)
        if chases is None or chases.reader.email != message.recipient or _is_late_draft(message, latest):
            _take_back(office, message)
        else:
            _bring_up_to_date(office, message, chases, template)
            released.add((chases.meeting, chases.reader))
    return sum(_written(office, each, template) for each in due if (each.meeting, each.reader) not in released)


def not_back(connection: Connection, office: Office, meeting: MeetingDate) -> Mapping[str, tuple[str, ...]]:
    """By reader, the cases that it was sent and has not answered; readers who have answered everything are not in it."""
    sent = _sent(connection, meeting.date)
    if not sent:
        return {}
    returns, presenters = returns_for(connection, meeting.date), every_presenter(connection)
    cases = cases_in_states(connection, {*LIVE, "joined"})
    hearings = order_of_hearing(cases, meeting.date)
    tied = with_tied(connection, {case.reference for case in cases})
    kept_back = withheld_now(connection, office.settings, cases_named(connection, tied))
    found: dict[str, tuple[str, ...]] = {}
    for reader_id, references in sent.items():
        reader = office.settings.readers.get(reader_id)
        if reader is None or not has_signed(reader, office.today):
            continue
        asked = asked_about(reader, kept_back.visible(hearings, reader_id), presenters, meeting.date)
        if cases_open := unanswered(reader_id, references, asked, returns):
            found[reader_id] = cases_open
    return found


def drafts_for(connection: Connection, office: Office, meeting: MeetingDate) -> tuple[Outgoing, ...]:
    """The reminders of a meeting that wait for a person."""
    last = len(office.settings.research.chase_days)
    ids = {
        Chaser(meeting, reader, ordinal, ()).message_id(office)
        for reader in office.settings.readers.values()
        for ordinal in range(1, last + 1)
    }
    return tuple(each for each in _chasers_in(connection, ("draft",)) if each.message_id in ids)


def _times(office: Office) -> Mapping[MeetingDate, int]:
    """The meetings whose research is chased today, and which time it is."""
    rules, closed = office.settings.research, closed_days(office.settings.closed)
    if not rules.returns or not rules.chase_days:
        return {}
    ahead = [each for each in office.meetings if each.date >= office.today]
    due = ((each, chase_due(each, return_day(each), rules.chase_days, office.moment, closed)) for each in ahead)
    return {meeting: ordinal for meeting, ordinal in due if ordinal}


def _due(connection: Connection, office: Office, times: Mapping[MeetingDate, int]) -> tuple[Chaser, ...]:
    return tuple(
        Chaser(meeting, office.settings.readers[reader], ordinal, cases)
        for meeting, ordinal in times.items()
        for reader, cases in not_back(connection, office, meeting).items()
    )


def _sent(connection: Connection, meeting: dt.date) -> dict[str, set[str]]:
    """By reader, the cases in the research packs that left."""
    found: dict[str, set[str]] = {}
    for paper in papers_for(connection, meeting):
        if paper.kind == "research" and paper.state == "sent":
            shown = {each.case: each.shown for each in held_in(connection, paper.id)}
            found.setdefault(paper.agency, set()).update(listed_in(shown))
    return found


def _is_late_draft(message: Outgoing, latest: Collection[str]) -> bool:
    """Whether nobody released it until it was time for the next one, which takes its place."""
    return message.state == "draft" and message.message_id not in latest


def _take_back(office: Office, message: Outgoing) -> None:
    """Remove a reminder that was never handed over: the answers came in, or the meeting has begun."""
    with office.store.changing() as connection:
        remove_outgoing(connection, message.id)
        record(connection, office.entry("chaser taken back", "", message.message_id))


def _bring_up_to_date(office: Office, message: Outgoing, due: Chaser, template: str) -> None:
    """Word a reminder anew that has not left, where answers came in."""
    sha256 = office.originals.keep(_message(office, due, template, message.written_at.replace(tzinfo=dt.UTC)), ".eml")
    if sha256 != message.sha256:
        with office.store.changing() as connection:
            change_outgoing(connection, message.id, sha256=sha256)
            record(connection, office.entry("chaser worded anew", due.meeting.date.isoformat(), due.reader.id))


def _written(office: Office, due: Chaser, template: str) -> bool:
    """Whether a reminder was written; none is a second time, and none where the agency was reminded today already."""
    now = office.now().astimezone(dt.UTC)
    with office.store.reading() as connection:
        if outgoing_called(connection, due.message_id(office)) or _reminded_today(connection, office, due.reader):
            return False
    sha256 = office.originals.keep(_message(office, due, template, now), ".eml")
    released_by = office.settings.research.released_by
    values = {
        "kind": "chaser",
        "recipient": due.reader.email,
        "message_id": due.message_id(office),
        "sha256": sha256,
        "written_at": now,
        "state": "approved" if released_by else "draft",
        "approved_by": released_by,
    }
    with office.store.changing() as connection:
        if outgoing_called(connection, due.message_id(office)):
            return False
        message = add_outgoing(connection, values)
        detail = f"{due.reader.id}, time {due.ordinal}: {message.state}"
        record(connection, office.entry("chaser written", due.meeting.date.isoformat(), detail))
    return True


def _reminded_today(connection: Connection, office: Office, reader: Agency) -> bool:
    """Whether a reminder to this reader was written today, for whatever meeting."""
    query = select(outgoing.c.written_at).where(outgoing.c.kind == "chaser", outgoing.c.recipient == reader.email)
    moments = connection.execute(own(connection, query, outgoing)).scalars()
    return any(at.replace(tzinfo=dt.UTC).astimezone().date() == office.now().astimezone().date() for at in moments)


def _chasers_in(connection: Connection, states: Sequence[OutgoingState]) -> tuple[Outgoing, ...]:
    return tuple(each for each in outgoing_in(connection, states) if each.kind == "chaser")


def _message(office: Office, due: Chaser, template: str, date: dt.datetime) -> bytes:
    marac = office.settings.marac
    text = partial(chaser, marac=marac.name, coordinator=marac.coordinator, email=marac.email, template=template)
    return composed(
        sender=marac.email,
        recipient=due.reader.email,
        subject=chaser_subject(due.meeting.date),
        text=text(due.cases, due.meeting.date, return_in_words(due.meeting)),
        message_id=due.message_id(office),
        date=date,
        headers=_HEADERS,
    )
