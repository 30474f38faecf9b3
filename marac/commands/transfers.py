"""`marac transfer …`: cases that go to another MARAC, and cases that come from one."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from marac.agency import Agency
from marac.case import Case, Decision
from marac.commands.working import count, day, office_for, reader_for
from marac.deciding import decide
from marac.document import Document
from marac.errors import NotFoundError, UsageError
from marac.fortnight import Transfer
from marac.intake.decisions import MessageDecisions
from marac.intake.opening.message import shown
from marac.intake.pipeline import Intake
from marac.mailbox.memory import MemoryInbox
from marac.meetings.transferring import OnItsWay, goes_to, receipt_missed
from marac.office import Office
from marac.one_pass import move_cases_on
from marac.papers.transfers import may_be_told
from marac.receipts import write_receipts
from marac.register.cases import case_named
from marac.register.deliveries import Delivery, delivery_of_item
from marac.register.documents import TRANSFERS, Paper, papers_of_kinds, release_command
from marac.register.trail import record
from marac.register.transfer_questions import transfers_on_their_way
from marac.register.transfers import every_transfer, note_receipt
from marac.register_workbook import write_workbook
from marac.settings.bank_holidays import closed_days
from marac.transferring import (
    ask_for_transfer,
    other_marac,
    prepare_transfers,
    world_now,
)
from marac.transfers.bundle import NAME, receipt_number

_BY_HAND = "by hand"
"""What the books call the place where a file came from that was named on the command line."""
_LARGEST = 60 * 1024 * 1024


def send(arguments: Namespace) -> int:
    """Hand a case over to another MARAC: the decision, and the sealed file that waits for release."""
    by = _said(arguments.by, "--by")
    with office_for(arguments, changes=True) as office:
        other = other_marac(office.settings, arguments.to)
        with office.store.changing() as connection:
            case = _handed_over(connection, office, case_named(connection, arguments.case), other, arguments.reason, by)
            transfer = ask_for_transfer(connection, office, case, other, by)
        move_cases_on(office)
        prepare_transfers(office)
        print("\n".join(_told(office, case, other, transfer)))
        _warn(office)
    return 0


def receive(arguments: Namespace) -> int:
    """Take in a transfer that came another way than by mail, on somebody's word."""
    by = _said(arguments.by, "--by")
    file = _file(arguments.file)
    with office_for(arguments, changes=True) as office, reader_for(office) as reader:
        intake = Intake(office.store, office.originals, reader, office.settings, office.today, office.now)
        inbox = MemoryInbox(_BY_HAND)
        item = inbox.deliver(file.content, office.now(), file.name)
        intake.sweep(inbox)
        with office.store.reading() as connection:
            delivery = delivery_of_item(connection, _BY_HAND, item.id, file.sha256)
        if delivery is not None and delivery.disposition == "transfer_waits":
            reason = "Received another way than by mail, and taken in by name."
            delivery = MessageDecisions(intake).decide(delivery.id, "release", by, reason)
        if delivery is None or delivery.disposition != "transfer":
            raise UsageError(_no_transfer(delivery))
        write_receipts(office)
        print("\n".join(map(shown, delivery.reasons)))
        _warn(office)
    return 0


def arrived(arguments: Namespace) -> int:
    """Note that the other MARAC said that it has a case."""
    by = _said(arguments.by, "--by")
    with office_for(arguments, changes=True) as office:
        with office.store.changing() as connection:
            found = _numbered(connection, office, arguments.number)
            note_receipt(connection, found.number, office.today)
            record(connection, office.entry("receipt noted", found.case, found.other, by))
        print(f"Noted: {found.other} has {found.case}.")
        _warn(office)
    return 0


def show(arguments: Namespace) -> int:
    """List the transfers, with what became of each."""
    with office_for(arguments) as office, office.store.reading() as connection:
        everything = every_transfer(connection)
        out = {each.transfer.number: each for each in transfers_on_their_way(connection, office.settings)}
        papers = papers_of_kinds(connection, TRANSFERS)
        for each in everything:
            print(_line(office, each, out.get(each.number), papers))
        if not everything:
            print("No case was handed over to another MARAC, and none came from one.")
    return 0


def _handed_over(
    connection: Connection, office: Office, case: Case, other: Agency, reason: str | None, by: str
) -> Case:
    """The case, with the decision that hands it over: the one that was made before, or one that is made now.

    Raises:
        UsageError: it was handed over to another one, somebody barred would receive it, or no reason was given.
    """
    world = world_now(office, connection)
    hearing = world.items.of(case.reference)
    if hearing is None or not may_be_told(world, other, hearing):
        raise UsageError(
            f"Somebody who must not receive anything about {case.reference} may receive it at {other.name}, by its name or "
            f"its mailbox. Nothing was made. See: marac case barred {case.reference}"
        )
    if goes_to(case, other):
        return case
    if case.state == "transferred":
        raise UsageError(
            f"{case.reference} was handed over to another MARAC than {other.name}. If that was wrong: marac case decide "
            f"{case.reference} reopen --reason ... --by ... Then say this again."
        )
    if not (reason or "").strip():
        raise UsageError("Say why, with --reason TEXT: the other MARAC reads it, and it is kept with the case.")
    decision = Decision(case.reference, "transfer", (reason or "").strip(), by, office.today)
    entry = office.entry("case decided", case.reference, "transfer", actor=by)
    return decide(connection, office, replace(case, transferred_to=other.name), decision, entry)


def _told(office: Office, case: Case, other: Agency, transfer: Transfer) -> Iterator[str]:
    """What was made, and what is to be done now."""
    with office.store.reading() as connection:
        papers = papers_of_kinds(connection, TRANSFERS)
        now = next(
            each
            for each in transfers_on_their_way(connection, office.settings)
            if each.transfer.number == transfer.number
        )
    mine = [each for each in papers if (each.subject, each.agency) == (case.reference, other.id)]
    paper = mine[-1] if mine else None
    yield f"{case.reference} is heard by {other.name} now."
    if paper is None or now.left_on is not None:
        yield "Nothing was made. To see why: marac run"
    elif paper.state == "held":
        yield f"Its papers are held back. {paper.reason}"
        yield "Then: marac run"
    elif paper.state in {"prepared", "approved", "retry"}:
        yield "The letter and the machine part are sealed in one file. Nothing was sent: look at it, then release it:"
        yield f"  {release_command(paper)} --rehearse"
        yield "Ring its coordinator as well, and have the IDVAs hand over to one another: paper does not make a safe contact."
    else:
        yield (
            f"{other.name} has the very same already. If it says that it has not, ring it and look at its mailbox in config.toml; "
            "what came back is sent once more with --resend: marac release --help"
        )


def _line(office: Office, transfer: Transfer, out: OnItsWay | None, papers: tuple[Paper, ...]) -> str:
    """One transfer as the list shows it."""
    if out is None:
        return f"{transfer.number}. {transfer.case} came from {shown(transfer.other)}, on {day(transfer.on)}."
    line = f"{transfer.number}. {transfer.case} to {shown(transfer.other)}, asked for on {day(transfer.on)}: "
    if out.left_on is None:
        state = next((each.state for each in reversed(papers) if each.subject == transfer.case), "not made")
        words = {"prepared": f"waits for release: marac release --case {transfer.case} --rehearse", "held": "held back"}
        return line + words.get(state, f"not sent ({state})") + "."
    line += f"sent on {day(out.left_on)}, "
    if transfer.receipt_on:
        return f"{line}receipt on {day(transfer.receipt_on)}."
    days = (office.today - out.left_on).days
    late = receipt_missed(out, office.today, closed_days(office.settings.closed))
    number = f" (receipt number {receipt_number(transfer.bundle)})"
    return (
        f"{line}no receipt for {count(days, 'day')}. Ring them{number}." if late else f"{line}no receipt yet{number}."
    )


def _numbered(connection: Connection, office: Office, number: int) -> Transfer:
    """The transfer to another MARAC with this number.

    Raises:
        NotFoundError: there is none.
        UsageError: it has not left.
    """
    found = {each.transfer.number: each for each in transfers_on_their_way(connection, office.settings)}.get(number)
    if found is None:
        raise NotFoundError(f"No case was handed over under the number {number}: marac transfer list")
    if found.waits:
        raise UsageError(f"Transfer {number} has not left yet, so nobody can have it: marac transfer list")
    return found.transfer


def _file(path: Path) -> Document:
    """The file, under the name by which its kind is known.

    Raises:
        UsageError: it cannot be read, or is larger than any transfer.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError("This file is larger than any transfer. Nothing was taken in.")
        content = path.read_bytes()
    except OSError:
        raise UsageError(f"{path} cannot be opened. Is the path right, and is it closed elsewhere?") from None
    return Document(NAME if path.suffix.lower() == ".json" else path.name, "application/octet-stream", content)


def _no_transfer(delivery: Delivery | None) -> str:
    """Why nothing was taken over, and where the file is."""
    if delivery is None:
        return "Nothing was taken in. Run this again."
    why = " ".join(map(shown, delivery.reasons))
    return f"This is no transfer that can be taken over. {why} It is kept as message {delivery.id}: marac message show {delivery.id}"


def _said(text: str, option: str) -> str:
    if not text.strip():
        raise UsageError(f"{option} must not be empty: it is kept with the case.")
    return text.strip()


def _warn(office: Office) -> None:
    if warning := write_workbook(office).message:
        print(f"! {warning}")
