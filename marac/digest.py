"""The daily digest to the coordinator's own mailbox: counts and case references, so that silence means something."""

import datetime as dt
import hashlib
import string
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from marac.delivery.composing import composed
from marac.intake.balance import books
from marac.meetings.listing import cut_off_passed, next_meeting
from marac.office import Office
from marac.papers.templates import text_for
from marac.register.cases import every_case
from marac.register.deliveries import every_delivery
from marac.register.documents import DocumentState, every_paper
from marac.register.face import register_contents
from marac.register.outgoing import add_outgoing, outgoing_called
from marac.register.schema import deliveries, outgoing, passes, sources
from marac.register.scope import own
from marac.register.trail import record
from marac.register.workbook.attention import Matter, matters
from marac.triage.urgent import NEVER_THE_ALARM

_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
_PAPERS: dict[DocumentState, tuple[str, str]] = {
    "failed": ("was refused or came back", "were refused or came back"),
    "unknown": ("is in doubt: it may or may not have been sent", "are in doubt: they may or may not have been sent"),
    "sending": ("was being sent when marac was stopped", "were being sent when marac was stopped"),
    "retry": ("was released and has not left yet", "were released and have not left yet"),
    "approved": ("was released and not tried yet", "were released and not tried yet"),
    "held": ("is held back", "are held back"),
    "prepared": ("waits for release", "wait for release"),
}


@dataclass(frozen=True, slots=True)
class _Day:
    """What one digest tells of."""

    office: Office
    connection: Connection
    now: dt.datetime
    """By this computer's clock, with its time zone."""
    since: dt.datetime | None
    """The digest before this one, in UTC without a zone, as the store has it; None where this is the first."""


def write_digest(office: Office) -> bool:
    """Write today's digest, if it is time and it is not written yet; whether it was.

    It leaves by the standing release that the settings name. Its Message-ID follows from the day, so
    that a run that was killed leaves no second one.

    Raises:
        SealingError: the MARAC's own address in config.toml is not one plain address.
        StoreError: the digest cannot be kept.
    """
    settings, now = office.settings.digest, office.now().astimezone()
    message_id = _message_id(office, now.date())
    if not settings.write or now.hour < settings.hour:
        return False
    with office.store.reading() as connection:
        if outgoing_called(connection, message_id) is not None:
            return False
        text = _text(_Day(office, connection, now, _digest_before(connection, now)))
    own = office.settings.marac.email
    subject = f"MARAC digest for {_day(now)}"
    content = composed(
        sender=own, recipient=own, subject=subject, text=text, message_id=message_id, date=now, headers=_HEADERS
    )
    values = {
        "kind": "digest",
        "recipient": own,
        "message_id": message_id,
        "sha256": office.originals.keep(content, ".eml"),
        "state": "approved",
        "approved_by": settings.released_by,
        "written_at": office.now(),
    }
    with office.store.changing() as connection:
        add_outgoing(connection, values)
        record(connection, office.entry(f"digest {values['state']}", message_id))
    return True


def _message_id(office: Office, day: dt.date) -> str:
    address = office.settings.marac.email
    mark = hashlib.sha256(address.lower().encode()).hexdigest()[:12]
    return f"<digest-{day:%Y%m%d}.{mark}@{address.rpartition('@')[2]}>"


def _digest_before(connection: Connection, now: dt.datetime) -> dt.datetime | None:
    """When the digest before was written. One that is dated after now was written while a clock was wrong."""
    query = select(func.max(outgoing.c.written_at)).where(
        outgoing.c.kind == "digest", outgoing.c.written_at < _stored(now)
    )
    return connection.execute(own(connection, query, outgoing)).scalar()


def _text(told: _Day) -> str:
    template = text_for(told.office, "digest")
    return string.Template(template).substitute(
        today=f"{told.now:%A} {_day(told.now)}",
        mailbox="\n".join(_mailbox(told)),
        cases="\n".join(_cases(told)),
        letters="\n".join(_letters(told)),
        meeting="\n".join(_meeting(told)),
        alarm=NEVER_THE_ALARM,
        marac=told.office.settings.marac.name,
    )


def _mailbox(told: _Day) -> Iterator[str]:
    """What arrived, and whether anybody looked: no message and nobody looking are two things."""
    query = own(told.connection, select(deliveries.c.state), deliveries)
    finished = select(func.count(), func.max(passes.c.finished)).where(passes.c.finished.is_not(None))
    finished = own(told.connection, finished, passes)
    if told.since is not None:
        query = query.where(deliveries.c.stored_at > told.since)
        finished = finished.where(passes.c.finished > told.since)
    states = Counter(told.connection.execute(query).scalars())
    looked, last = told.connection.execute(finished).one()
    if states:
        done, waiting = states["done"], states["needs_person"]
        unfinished = states.total() - done - waiting
        rest = f", {unfinished} not finished" if unfinished else ""
        yield f"{_count(states.total(), 'message')} arrived {_since(told)}: {done} done, {waiting} for a person{rest}."
    elif looked:
        yield f"Nothing arrived {_since(told)}. The mailbox was looked into {_count(looked, 'time')}, so it is really empty."
    else:
        yield f"Nobody can say whether anything arrived {_since(told)}: the mailbox was not looked into. See marac status."
    if looked:
        yield f"The last look into it was finished on {_moment(last.replace(tzinfo=dt.UTC).astimezone())}."
    yield f"The books of the mailbox: {books(every_delivery(told.connection))}."


def _cases(told: _Day) -> Iterator[str]:
    query = select(sources.c.case).join(deliveries, deliveries.c.id == sources.c.delivery)
    query = own(told.connection, query, deliveries)
    if told.since is not None:
        query = query.where(deliveries.c.stored_at > told.since)
    new = set(told.connection.execute(query.where(sources.c.role == "referral")).scalars())
    yield f"New {_since(told)}: {_listed(new)}."
    contents = register_contents(
        told.connection,
        told.office.settings,
        told.office.settings.folders.store / "originals",
        told.office.moment,
    )
    waiting = matters(contents)
    for kind, words in (("urgent", "Cannot wait for the meeting"), ("decision", "Waits for your decision")):
        found = dict.fromkeys(matter.case.reference for matter in waiting if matter.kind == kind and matter.case)
        urgent = [matter.subject.lower() for matter in waiting if matter.kind == kind and _is_message(matter)]
        found.update(dict.fromkeys(urgent))
        if found:
            yield f"{words}: {', '.join(found)}."
    if messages := sum(matter.kind == "message" or _is_message(matter) for matter in waiting):
        yield f"{_count(messages, 'message waits', 'messages wait')} for a person; a referral may be among them."


def _is_message(matter: Matter) -> bool:
    """Whether it is a message that says what may not wait."""
    return matter.urgent and matter.case is None


def _letters(told: _Day) -> Iterator[str]:
    papers = [paper for paper in every_paper(told.connection) if paper.state in _PAPERS]
    for state, words in _PAPERS.items():
        theirs = [paper for paper in papers if paper.state == state]
        if theirs:
            shown = " and ".join(sorted({f"marac meeting show {paper.meeting.isoformat()}" for paper in theirs}))
            yield f"{_count(len(theirs), 'document')} {words[len(theirs) > 1]}: {shown}"
    query = select(outgoing.c.state).where(outgoing.c.kind == "acknowledgement")
    answers = Counter(told.connection.execute(own(told.connection, query, outgoing)).scalars())
    for answered, what in (
        ("draft", "waiting for release"),
        ("failed", "refused or come back"),
        ("unknown", "in doubt"),
    ):
        if answers[answered]:
            yield f"{_count(answers[answered], 'acknowledgement')} {what}."
    if not papers and not (answers["draft"] or answers["failed"] or answers["unknown"]):
        yield "Nothing waits, and nothing failed."


def _meeting(told: _Day) -> Iterator[str]:
    meeting = next_meeting(told.office.today, told.office.meetings)
    if meeting is None:
        yield "No meeting is to come: write the next ones into config.toml, or call one: marac meeting call."
        return
    listed = sum(
        case.meeting == meeting.date and case.state in {"listed", "deferred"} for case in every_case(told.connection)
    )
    yield f"{meeting.date:%A} {_day(meeting.date)}, with {_count(listed, 'case')} listed."
    over = cut_off_passed(meeting, told.office.moment)
    at = f" at {meeting.cut_off_at:%H:%M}" if meeting.cut_off_at else ""
    cut_off = f"{meeting.cut_off:%A} {_day(meeting.cut_off)}{at}"
    yield f"Its cut-off was {cut_off}." if over else f"Referrals until {cut_off} are listed for it."


def _since(told: _Day) -> str:
    if told.since is None:
        return "so far"
    return f"since {_moment(told.since.replace(tzinfo=dt.UTC).astimezone())}"


def _listed(references: Iterable[str]) -> str:
    return ", ".join(sorted(references)) or "none"


def _moment(at: dt.datetime) -> str:
    return f"{_day(at)} at {at:%H:%M}"


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"


def _stored(at: dt.datetime) -> dt.datetime:
    """A moment as the store has it."""
    return at.astimezone(dt.UTC).replace(tzinfo=None)


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
