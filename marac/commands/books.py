"""`marac status`: the books, what needs a person, and what comes next."""

import datetime as dt
import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from marac.case import LIVE, Case, MeetingDate
from marac.commands.working import count, day, office_for
from marac.heartbeat import every_heartbeat, silence
from marac.intake.balance import Books, books, books_by_mailbox
from marac.intake.opening.message import shown
from marac.meetings.asked import who_gets_it
from marac.meetings.listing import cut_off_passed, next_meeting
from marac.office import Office
from marac.papers.templates import refused_templates
from marac.register.calendar import meetings
from marac.register.cases import cases_of_delivery
from marac.register.deliveries import every_delivery
from marac.register.documents import every_paper, look_command, release_command
from marac.register.face import register_contents
from marac.register.outgoing import outgoing_in
from marac.register.schema import passes
from marac.register.scope import own
from marac.register.who_sees_what import reader_in_words, withheld_now
from marac.register.workbook.advice import SEEN
from marac.register.workbook.attention import Matter, MatterKind, matters
from marac.triage.urgent import NEVER_THE_ALARM

_HEADINGS: dict[MatterKind, str] = {
    "urgent": "What cannot wait for the meeting",
    "deadline": "Deadlines",
    "message": "Messages to look at",
    "decision": "Decisions to make",
    "copy": "Copies of the register from which not all could be taken",
    "template": "Your Word templates that are not used as they are",
    "agency": "Agencies that nothing can be prepared for or sent to",
}

_READ_TODAY = "Read each on the first sheet of the register, and its form. " + SEEN.format(case="CASE")
"""Said once for all of them, so that the list itself is read."""


def status(arguments: Namespace) -> int:
    """Show how things stand; nothing is changed."""
    with office_for(arguments) as office, office.store.reading() as connection:
        if arguments.json:
            print(json.dumps(_plain(connection), ensure_ascii=True, indent=1))
        else:
            print("\n".join(_lines(office, connection)))
    return 0


def _lines(office: Office, connection: Connection) -> Iterator[str]:
    delivered = every_delivery(connection)
    ledger, last = books(delivered), _last_pass(connection)
    yield f"{office.settings.marac.name}, {day(office.today)}"
    yield from _ledgers(ledger, books_by_mailbox(delivered))
    yield f"Last pass: {last:%Y-%m-%d %H:%M} UTC." if last else "No pass has been made yet: run marac run."
    yield from _watcher(office)
    yield from _unsent(connection)
    yield from _next_meeting(office, connection)
    contents = register_contents(
        connection, office.settings, office.settings.folders.store / "originals", office.moment
    )
    contents = replace(contents, templates=tuple(found.told for found in refused_templates(office)))
    yield from _held_back(office, connection, [registered.case for registered in contents.cases])
    yield from _waiting(matters(contents, office.today))


def _held_back(office: Office, connection: Connection, cases: Sequence[Case]) -> Iterator[str]:
    """From whom the cases to be heard are held back; what nobody has decided about is asked below."""
    live = {case.reference for case in cases if case.state in LIVE}
    for held in withheld_now(connection, office.settings, cases).held:
        if held.case in live:
            name = reader_in_words(held.agency, office.settings)
            yield f"{held.case} is held back from {name}. {who_gets_it(held)}"


def _ledgers(ledger: Books, by_mailbox: Mapping[str, Books]) -> Iterator[str]:
    """The books of the mailbox, or of each where there were several."""
    if len(by_mailbox) < 2:
        yield f"The books of the mailbox: {ledger}."
        return
    for name, theirs in by_mailbox.items():
        yield f"The books of {name}: {theirs}."
    yield f"Together: {ledger}."


def _last_pass(connection: Connection) -> dt.datetime | None:
    """When the last pass that came to its end did so, in UTC."""
    query = own(connection, select(passes.c.finished).where(passes.c.finished.is_not(None)), passes)
    query = query.order_by(passes.c.id.desc()).limit(1)
    finished: dt.datetime | None = connection.execute(query).scalar()
    return finished.replace(tzinfo=dt.UTC) if finished else None  # SQLite forgets the zone


def _watcher(office: Office) -> Iterator[str]:
    """Whether a watcher is alive, where one was ever started; of several, one that is well is enough."""
    watching = office.settings.watching
    beats = every_heartbeat(watching.heartbeat)
    told = [silence(beat, office.now(), watching.alarm_minutes) for beat in beats]
    if told:
        yield "The watcher is at work." if None in told else told[0] or ""


def _unsent(connection: Connection) -> Iterator[str]:
    """What the program wrote and what has not left, or may not have."""
    drafts = [answer for answer in outgoing_in(connection, {"draft"}) if answer.delivery is not None]
    if drafts:
        numbers = " ".join(str(answer.delivery) for answer in drafts)
        yield (
            f"{count(len(drafts), 'acknowledgement waits', 'acknowledgements wait')} for release: "
            f"marac message acknowledge {numbers} --by NAME"
        )
    if chasers := [each for each in outgoing_in(connection, {"draft"}) if each.kind == "chaser"]:
        waits = count(len(chasers), "reminder of research waits", "reminders of research wait")
        yield f"{waits} for release: marac meeting chase DATE --by NAME"
    doubtful = outgoing_in(connection, {"failed", "unknown"})
    papers = [paper for paper in every_paper(connection) if paper.state in {"failed", "unknown"}]
    left = {"approved", "sending", "retry"}
    waiting = [paper for paper in every_paper(connection) if paper.state in left]
    for release, mine in Counter(map(release_command, waiting)).items():
        yield f"{count(mine, 'document was', 'documents were')} released and have not left: {release}"
    for look, mine in Counter(map(look_command, papers)).items():
        yield f"{count(mine, 'letter')} did not arrive, or may not have left: {look}"
    if doubtful:
        yield f"{count(len(doubtful), 'answer or digest', 'answers or digests')} did not arrive, or may not have left."
    if retried := outgoing_in(connection, {"approved", "sending", "retry"}):
        yield f"{count(len(retried), 'answer or digest is', 'answers or digests are')} to leave with the next pass."


def _waiting(found: Sequence[Matter]) -> Iterator[str]:
    """What needs a person, what cannot wait first; questions to referrers are many, and are only counted."""
    if not found:
        yield "\nNothing needs a person."
    for kind, heading in _HEADINGS.items():
        theirs = [matter for matter in found if matter.kind == kind]
        if theirs:
            yield f"\n{heading} ({len(theirs)}){f'. {NEVER_THE_ALARM}' if kind == 'urgent' else ':'}"
        for matter in theirs:
            yield f"  {matter.subject}: {matter.in_short or shown(matter.why)}"
        to_do = [_READ_TODAY if kind == "urgent" and matter.case else matter.to_do for matter in theirs]
        yield from (f"    > {advice}" for advice in dict.fromkeys(to_do))
    questions = sum(matter.kind == "question" for matter in found)
    if questions:
        yield f"\n{count(questions, 'question')} to referrers, on the first sheet of the register."


def _next_meeting(office: Office, connection: Connection) -> Iterator[str]:
    meeting = next_meeting(office.today, meetings(connection, office.settings, office.today))
    if meeting is None:
        yield "No meeting is to come: write the next ones into config.toml, or call one: marac meeting call."
        return
    why = f" ({meeting.why})" if meeting.why else ""
    yield f"Next meeting: {day(meeting.date)}{why}. {_cut_off(meeting, office)}"
    papers = [paper for paper in every_paper(connection) if paper.meeting == meeting.date]
    waiting = sum(paper.state == "prepared" for paper in papers)
    if waiting:
        yield f"{count(waiting, 'sealed document waits', 'sealed documents wait')} for release: marac release {meeting.date} --rehearse"
    if held := sum(paper.state in {"held", "unknown"} for paper in papers):
        yield f"{count(held, 'document is', 'documents are')} held back: marac meeting show {meeting.date}"


def _cut_off(meeting: MeetingDate, office: Office) -> str:
    if meeting.urgent:
        return "It is urgent, and hears only what you put on it: marac case decide CASE list --meeting DATE"
    until = f"{day(meeting.cut_off)}{f' at {meeting.cut_off_at:%H:%M}' if meeting.cut_off_at else ''}"
    if cut_off_passed(meeting, office.moment):
        return f"Its cut-off was {until}."
    return f"Referrals until {until} are listed for it."


def _counts(ledger: Books) -> dict[str, int]:
    return {"arrived": ledger.arrived, "accounted_for": ledger.done + ledger.needs_person}


def _plain(connection: Connection) -> dict[str, Any]:
    """The books as data: one entry a delivery."""
    deliveries = every_delivery(connection)
    last = _last_pass(connection)
    return {
        **_counts(books(deliveries)),
        "last_pass": last.isoformat() if last else None,
        "mailboxes": {name: _counts(theirs) for name, theirs in books_by_mailbox(deliveries).items()},
        "messages": [
            {
                "number": delivery.id,
                "sha256": delivery.sha256,
                "message_id": delivery.message_id,
                "received": delivery.received.isoformat(),
                "state": delivery.state,
                "disposition": delivery.disposition,
                "cases": list(cases_of_delivery(connection, delivery.id)),
                "reasons": list(delivery.reasons),
            }
            for delivery in deliveries
        ],
    }
