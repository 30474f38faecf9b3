"""`marac message …`: what is known of a message, and what a person decides about it."""

import contextlib
import getpass
import sys
from argparse import Namespace
from collections.abc import Iterator

from sqlalchemy import Connection

from marac.answers import why_not_answered
from marac.commands.working import day, office_for, reader_for, signed_in
from marac.errors import NotFoundError, UsageError
from marac.intake.decisions import MessageDecisions
from marac.intake.findings import Registrable, referrals_in
from marac.intake.opening.mail import opened_mail
from marac.intake.opening.message import UnsafeMessageError, shown
from marac.intake.opening.words import words_of
from marac.intake.pipeline import Intake
from marac.intake.reading.reader import Reader
from marac.intake.replies.deciding import TOLD
from marac.office import Office
from marac.record import to_record
from marac.register import deliveries
from marac.register.cases import case_named, cases_of_delivery, versions_waiting
from marac.register.deliveries import Delivery, Part
from marac.register.message_decisions import decisions_about
from marac.register.outgoing import answer_to, change_outgoing
from marac.register.trail import record
from marac.register_workbook import write_workbook

_STATES = {"done": "done", "needs_person": "needs a person"}
_LOCKED = {"password": "locked with a password", "openpgp": "sealed with OpenPGP", "smime": "sealed with S/MIME"}
_FIRST_LINES = 12
_HELD = {"draft": "written, and waits for you to release it: marac message acknowledge {number} --by NAME"}


def show(arguments: Namespace) -> int:
    """Show what is known of a message; that somebody looked is noted with it, and nothing is changed."""
    with office_for(arguments) as office:
        with office.store.reading() as connection:
            print("\n".join(_lines(office, connection, _message(connection, arguments.number))))
        with office.store.changing() as connection:
            looked = office.entry("message looked at", f"message {arguments.number}", actor=signed_in())
            record(connection, looked)
    return 0


def decide(arguments: Namespace) -> int:
    """Keep a decision about a message, and let it take effect."""
    by, reason = _said(arguments.by, "--by"), _said(arguments.reason, "--reason")
    with office_for(arguments, changes=True) as office, reader_for(office) as reader:
        decided = MessageDecisions(_intake(office, reader)).decide(arguments.number, arguments.decision, by, reason)
        _tell(office, decided)
    return 0


def password(arguments: Namespace) -> int:
    """Try a password on what is locked in a message."""
    by = _said(arguments.by, "--by")
    with office_for(arguments) as office, office.store.reading() as connection:
        _message(connection, arguments.number)
    offered = _asked_for_password()
    with office_for(arguments, changes=True) as office, reader_for(office) as reader:
        opened = MessageDecisions(_intake(office, reader)).open_with(arguments.number, offered, by)
        _tell(office, opened)
    return 0


def acknowledge(arguments: Namespace) -> int:
    """Release written acknowledgements; they leave with the next pass."""
    by = _said(arguments.by, "--by")
    with office_for(arguments, changes=True) as office, office.store.changing() as connection:
        for number in dict.fromkeys(arguments.numbers):
            _message(connection, number)
            answer = answer_to(connection, number)
            if answer is None:
                raise NotFoundError(f"No acknowledgement was written for message {number}: marac message show {number}")
            if answer.state != "draft":
                raise UsageError(f"The acknowledgement of message {number} was released before. Nothing was changed.")
            if answer.kind == "acknowledgement" and (why := why_not_answered(connection, office, number)):
                raise UsageError(f"Message {number} is not answered. {why} Nothing was changed.")
            change_outgoing(connection, answer.id, state="approved", approved_by=by)
            record(connection, office.entry("acknowledgement released", f"message {number}", actor=by))
    print("Released. It leaves with the next pass: marac run")
    return 0


def _intake(office: Office, reader: Reader) -> Intake:
    return Intake(office.store, office.originals, reader, office.settings, office.today, office.now)


def _message(connection: Connection, number: int) -> Delivery:
    found = deliveries.delivery_or_none(connection, number)
    if found is None:
        raise NotFoundError(f"There is no message {number}. `marac status` lists those that need a person.")
    return found


def _said(text: str, option: str) -> str:
    if not text.strip():
        raise UsageError(f"{option} must not be empty: it is kept with the message.")
    return text.strip()


def _asked_for_password() -> str:
    """The password, typed where nobody sees it, or handed over on standard input; never an argument, which others can see."""
    try:
        offered = getpass.getpass("The password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    except EOFError:
        offered = ""
    if not offered:
        raise UsageError("No password was given. Nothing was changed.")
    return offered


def _tell(office: Office, delivery: Delivery) -> None:
    """Say what became of the message, and bring the workbook up to date."""
    with office.store.reading() as connection:
        cases = cases_of_delivery(connection, delivery.id)
    about = f" Cases: {', '.join(cases)}." if cases else ""
    print(f"Message {delivery.id}: {_STATES.get(delivery.state, 'not finished yet: marac run')}.{about}")
    for reason in delivery.reasons:
        print(f"  {shown(reason)}")
    if warning := write_workbook(office).message:
        print(f"! {warning}")


def _lines(office: Office, connection: Connection, delivery: Delivery) -> Iterator[str]:
    """Everything about a message on one page."""
    yield f"Message {delivery.id}, received {day(delivery.received)}: {_STATES.get(delivery.state, 'not finished yet')}."
    yield f"What it was: {(delivery.disposition or 'not known yet').replace('_', ' ')}."
    if delivery.sender:
        yield f"From: {shown(delivery.sender)} ({delivery.sender_check})"
    yield from filter(None, [delivery.sender_reason])
    yield from (_reason(reason) for reason in delivery.reasons)
    yield from _as_it_came(office, delivery)
    for part in deliveries.parts_of(connection, delivery.id):
        if part.role == "form":
            yield _about_part(office, part)
    if cases := cases_of_delivery(connection, delivery.id):
        yield f"Cases: {', '.join(cases)}"
    yield from _versions(connection, delivery)
    if answer := answer_to(connection, delivery.id):
        words = _HELD.get(answer.state, answer.state).format(number=delivery.id)
        yield f"Acknowledgement: {words}"
        yield from (f"  | {line}" for line in _text_of(office, answer.sha256).splitlines())
    for decision in decisions_about(connection, delivery.id):
        yield f"{decision.at:%Y-%m-%d %H:%M} UTC: {decision.kind}, {decision.by}. {decision.reason}"


def _reason(reason: str) -> str:
    """Why a message needs a person, or, in a line of its own, what was done with it already."""
    return shown(reason) if reason.startswith(TOLD) else f"Why: {shown(reason)}"


def _as_it_came(office: Office, delivery: Delivery) -> Iterator[str]:
    """The subject of a message and its first words, and where the whole of it is."""
    try:
        place = office.originals.path(delivery.sha256)
    except OSError:
        yield "The message itself is no longer in the store: look in the mailbox."
        return
    opened = None
    with contextlib.suppress(UnsafeMessageError):  # why it was not opened stands above
        opened = None if delivery.bare_name else opened_mail(place.read_bytes())
    if opened is not None:
        yield f"Subject: {shown(opened.subject)}"
        bodies = (part for part in opened.parts if part.role == "body")
        text = next((words_of(part.document.content, part.document.media_type) for part in bodies), "")
        lines = [shown(line) for line in text.splitlines() if line.strip()]
        yield from (f"  | {line}" for line in lines[:_FIRST_LINES])
        if len(lines) > _FIRST_LINES:
            yield "  | ..."
    yield f"The whole message: {place}"


def _text_of(office: Office, sha256: str) -> str:
    """The text of a message that the program wrote."""
    try:
        opened = opened_mail(office.originals.path(sha256).read_bytes())
    except (OSError, UnsafeMessageError):
        return "Its text is missing from the store."
    return "\n".join(part.document.content.decode("utf-8") for part in opened.parts if part.role == "body")


def _about_part(office: Office, part: Part) -> str:
    kind = _LOCKED[part.lock] if part.lock else part.reading.kind if part.reading else part.role
    try:
        place = str(office.originals.path(part.sha256))
    except OSError:
        place = "no longer in the store"
    return f"  {part.number}. {shown(part.source)}: {kind}. {place}"


def _versions(connection: Connection, delivery: Delivery) -> Iterator[str]:
    """What differs between a case and the newer version of its form that waits."""
    forms = {found.part.id: found.reading for found in _forms(connection, delivery)}
    for _, reference, part in versions_waiting(connection, delivery.id):
        yield f"A newer version of the form of {reference}. What differs:"
        before = _leaves(to_record(case_named(connection, reference).reading)["referral"])
        after = _leaves(to_record(forms[part])["referral"])
        for path in sorted(before.keys() | after.keys()):
            if before.get(path) != after.get(path):
                yield f"  {path}: {_value(before.get(path))} -> {_value(after.get(path))}"
        yield f"To decide: marac message decide {delivery.id} use-version (or keep-earlier, or own-case) --reason ... --by ..."


def _forms(connection: Connection, delivery: Delivery) -> tuple[Registrable, ...]:
    return referrals_in([part for part in deliveries.parts_of(connection, delivery.id) if part.reading is not None])


def _leaves(value: object, path: str = "") -> dict[str, object]:
    """Each value of a record by its path: `victim.phone`, `children.0.name`."""
    if isinstance(value, dict):
        inner = [(str(key), each) for key, each in value.items()]
    elif isinstance(value, list):
        inner = [(str(place), each) for place, each in enumerate(value)]
    else:
        return {} if value is None else {path: value}
    return {leaf: each for key, found in inner for leaf, each in _leaves(found, f"{path}.{key}".strip(".")).items()}


def _value(value: object) -> str:
    return "nothing" if value is None else f"“{shown(str(value))}”"
