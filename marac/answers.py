"""Answers to referrers: one acknowledgement for each message that brought a case or joined one, and never to a program.

An answer waits for a person to release it, unless the area has given a standing release.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from sqlalchemy import Connection, func, select

from marac.case import Case
from marac.delivery.composing import answering, composed, plain_address
from marac.errors import SealingError
from marac.generators.acknowledgement import Received, Role, acknowledgement, subject
from marac.intake.registration import agency_of
from marac.meetings.withholding import Withholding
from marac.office import Office
from marac.papers.templates import text_for
from marac.record import identity_of
from marac.register.cases import cases_named, cases_of_delivery
from marac.register.deliveries import Delivery, delivery_numbered
from marac.register.near import with_joined, with_tied
from marac.register.outgoing import Outgoing, add_outgoing, change_outgoing, outgoing_in
from marac.register.schema import deliveries, outgoing, sources
from marac.register.scope import own
from marac.register.trail import record
from marac.register.who_sees_what import withheld_now
from marac.settings import Settings
from marac.triage.professionals import ASK_FIRST, HELD_FOR_A_PARTY, party_flagged, party_in_question

_ANSWERED = (
    *("new_referral", "new_referrals", "duplicate_referral"),
    *("possible_match", "joined", "revision"),
)
"""What a message must have been, to be answered."""
_NOT_OLDER_THAN = dt.timedelta(days=14)
"""So that the first run over a mailbox that has been in use for years writes to nobody."""
_NOBODY = frozenset(
    ("mailer-daemon", "postmaster", "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "do_not_reply")
)
"""Mailboxes that no person reads; an answer to them comes back, or goes round in a circle (RFC 3834, section 2)."""
_HELD_BACK = (
    "The case is held back from the agency that wrote, or until you decide whether it is: marac status. No answer is sent "
    "there; speak to the referrer yourself, if nobody there may know."
)
"""Why an answer is not written, or is taken back."""
_FROM_A_PROGRAM = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
"""RFC 3834, section 5, and what Exchange goes by: no program answers this answer."""


def write_answers(office: Office) -> int:
    """Write the acknowledgements that are due; how many were written.

    Each is on the disk and in the ledger before the next is begun; killed between the two, the next run writes the one
    that is missing. Nothing is sent here.

    Raises:
        StoreError: the store cannot be written; the next run goes on from here.
    """
    if not office.settings.acknowledgements.write:
        return 0
    with office.store.reading() as connection:
        due, unsent = tuple(_due(connection, office)), outgoing_in(connection, ("draft", "approved", "retry"))
        cases = _cases_spoken_of(connection, {*(each.id for each in due), *(each.delivery for each in unsent)})
        held = _held_of(connection, office, cases)
    template = text_for(office, "acknowledgement") if cases else ""
    for answer in unsent:
        _bring_up_to_date(office, answer, cases, held, template)
    return sum(_answered(office, delivery, cases, held, template) for delivery in due)


def why_not_answered(connection: Connection, office: Office, message: int) -> str:
    """Why no answer to a message may leave, whoever releases it; empty where nothing speaks against one."""
    delivery, cases = delivery_numbered(connection, message), _cases_spoken_of(connection, {message})
    held = _held_of(connection, office, cases)
    return _why_not(office, delivery, tuple(_received(connection, delivery, cases)), held)


def _cases_spoken_of(connection: Connection, messages: Collection[int | None]) -> Mapping[str, Case]:
    """The cases that these messages speak of, with those that carry on for them."""
    spoken_of = {case for number in messages if number for case in cases_of_delivery(connection, number)}
    return {case.reference: case for case in cases_named(connection, with_joined(connection, spoken_of))}


def _held_of(connection: Connection, office: Office, cases: Collection[str]) -> Withholding:
    """From whom these cases are held back: what holds one may be in another case of the same people."""
    return withheld_now(connection, office.settings, cases_named(connection, with_tied(connection, cases)))


def _bring_up_to_date(
    office: Office, answer: Outgoing, cases: Mapping[str, Case], held: Withholding, template: str
) -> None:
    """Word an answer anew that has not left, where its case has moved on; take it back where it may reach a party."""
    if answer.kind != "acknowledgement" or answer.delivery is None:
        return
    with office.store.reading() as connection:
        delivery = delivery_numbered(connection, answer.delivery)
        received = tuple(_received(connection, delivery, cases))
    if why_not := _why_not(office, delivery, received, held):
        _take_back(office, answer, why_not)
        return
    if answer.state == "retry":  # it has been handed over once: another wording would be another message
        return
    message = _message(office, delivery, received, template, answer.written_at.replace(tzinfo=dt.UTC))[1]
    sha256 = office.originals.keep(message, ".eml")
    if sha256 != answer.sha256:
        with office.store.changing() as connection:
            change_outgoing(connection, answer.id, sha256=sha256)
            record(connection, office.entry("answer worded anew", f"message {delivery.id}"))


def _take_back(office: Office, answer: Outgoing, why: str) -> None:
    """Note that an answer waits for a person after all, whoever released it."""
    if (answer.state, answer.reason) == ("draft", why):
        return
    with office.store.changing() as connection:
        change_outgoing(connection, answer.id, state="draft", approved_by=None, reason=why)
        record(connection, office.entry("answer taken back", f"message {answer.delivery}"))


def _why_not(office: Office, delivery: Delivery, received: Sequence[Received], held: Withholding) -> str:
    """Why a message is not answered: somebody who may read the answer may be a party; empty where nothing is known."""
    cases = [case for each in received for case in (each.case, each.carried_by)]
    if any(map(party_in_question, cases)):
        return HELD_FOR_A_PARTY
    agency = agency_of(delivery.sender or "", office.settings.agencies)
    seen = agency is None or held.may_see(agency.id, [case.reference for case in cases])
    return "" if seen else _HELD_BACK


def _due(connection: Connection, office: Office) -> Iterator[Delivery]:
    """The messages to answer, oldest first."""
    answered = select(outgoing.c.delivery).where(outgoing.c.kind == "acknowledgement", outgoing.c.delivery.is_not(None))
    query = select(deliveries.c.id).where(
        deliveries.c.state.in_(("done", "needs_person")),
        deliveries.c.disposition.in_(_ANSWERED),
        deliveries.c.sender_check.in_(("confirmed", "not checked")),
        ~deliveries.c.automatic,
        deliveries.c.bare_name.is_(None),
        deliveries.c.received >= office.today - _NOT_OLDER_THAN,
        deliveries.c.id.not_in(answered),
    )
    query = own(connection, query, deliveries).order_by(deliveries.c.id)
    for number in connection.execute(query).scalars().all():
        delivery = delivery_numbered(connection, number)
        if may_be_answered(delivery, office.settings):
            yield delivery


def may_be_answered(delivery: Delivery, settings: Settings) -> bool:
    """Whether the sender is one plain address of a listed agency, that a person reads and that wants its answers there."""
    sender = (delivery.sender or "").lower()
    try:
        plain_address(sender)
    except SealingError:
        return False
    agency = agency_of(sender, settings.agencies)
    if agency is None or sender == settings.marac.email.lower() or sender.partition("@")[0] in _NOBODY:
        return False
    return delivery.reply_to is None or agency_of(delivery.reply_to.lower(), {agency.id: agency}) is not None


def _answered(office: Office, delivery: Delivery, cases: Mapping[str, Case], held: Withholding, template: str) -> bool:
    """Whether an answer to this message was written; it never is a second time."""
    with office.store.reading() as connection:
        received = tuple(_received(connection, delivery, cases))
    if not received or _why_not(office, delivery, received, held):
        return False
    now = office.now().astimezone(dt.UTC)
    message_id, message = _message(office, delivery, received, template, now)
    sha256 = office.originals.keep(message, ".eml")
    with office.store.changing() as connection:
        if _answered_before(connection, delivery):
            return False
        values = {
            "kind": "acknowledgement",
            "delivery": delivery.id,
            "recipient": delivery.sender,
            "message_id": message_id,
            "sha256": sha256,
            "written_at": now,
            **_release(connection, office, delivery, received),
        }
        answer = add_outgoing(connection, values)
        told = ", ".join(each.case.reference for each in received)
        record(connection, office.entry("answer written", f"message {delivery.id}", f"{told}: {answer.state}"))
    return True


def _received(connection: Connection, delivery: Delivery, cases: Mapping[str, Case]) -> Iterator[Received]:
    """The cases that the message speaks of, in its order, each once."""
    query = select(sources.c.case, sources.c.role).where(sources.c.delivery == delivery.id).order_by(sources.c.id)
    roles: defaultdict[str, set[str]] = defaultdict(set)
    for reference, role in connection.execute(query):
        roles[reference].add(role)
    for reference, found in roles.items():
        case = cases[reference]
        yield Received(case, _role(found), _carrying(case, cases))


def _role(roles: Collection[str]) -> Role:
    """What the message is to a case, of which it may have brought several parts."""
    if "referral" in roles:
        return "referral"
    if not {"version", "accepted", "refused"}.isdisjoint(roles):
        return "version"
    return "again" if "again" in roles else "reply"


def _carrying(case: Case, cases: Mapping[str, Case]) -> Case:
    """The case that goes to the meeting for this one."""
    seen = {case.reference}
    while case.joined_to is not None and case.joined_to not in seen:
        case = cases[case.joined_to]
        seen.add(case.reference)
    return case


def _message(
    office: Office, delivery: Delivery, received: Sequence[Received], template: str, date: dt.datetime
) -> tuple[str, bytes]:
    """The answer's Message-ID, which is always the same for this message, and the answer."""
    marac = office.settings.marac
    identity = identity_of("acknowledgement", delivery.id, delivery.sha256)
    message_id = f"<{identity[:32]}@{marac.email.rpartition('@')[2]}>"
    text = partial(acknowledgement, marac=marac.name, coordinator=marac.coordinator, email=marac.email)
    return message_id, composed(
        sender=marac.email,
        recipient=delivery.sender or "",
        subject=subject(received),
        text=text(received, office.today, template=template),
        message_id=message_id,
        date=date,
        headers={**answering(delivery.message_id), **_FROM_A_PROGRAM},
    )


def _answered_before(connection: Connection, delivery: Delivery) -> bool:
    """Whether this message was answered, in whichever copy it came: copies that took two ways share a Message-ID."""
    same = deliveries.c.id == delivery.id
    if delivery.message_id is not None:
        same |= deliveries.c.message_id == delivery.message_id
    query = (
        select(func.count())
        .select_from(outgoing)
        .join(deliveries, deliveries.c.id == outgoing.c.delivery)
        .where(outgoing.c.kind == "acknowledgement", same)
    )
    return connection.execute(query).scalar_one() > 0


def _release(
    connection: Connection, office: Office, delivery: Delivery, received: Sequence[Received]
) -> dict[str, str | None]:
    """Whether the answer waits for a person: always without a standing release; with one, in a flood or for a party."""
    rules = office.settings.acknowledgements
    if any(party_flagged(case) for each in received for case in (each.case, each.carried_by)):
        return {"state": "draft", "approved_by": None, "reason": ASK_FIRST}
    if rules.released_by is None:
        return {"state": "draft", "approved_by": None}
    since = office.now().astimezone(dt.UTC) - dt.timedelta(days=1)
    query = (
        select(func.count())
        .select_from(outgoing)
        .where(
            outgoing.c.kind == "acknowledgement",
            outgoing.c.recipient == delivery.sender,
            outgoing.c.state != "draft",
            outgoing.c.written_at > since,
        )
    )
    if connection.execute(query).scalar_one() < rules.most_a_day:
        return {"state": "approved", "approved_by": rules.released_by}
    reason = f"{rules.most_a_day} answers went to this address within a day, so this one waits for you to release it."
    return {"state": "draft", "approved_by": None, "reason": reason}
