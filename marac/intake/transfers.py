"""Cases that another MARAC hands over: known by the machine part in the message, registered like a referral, once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from marac.agency import Agency
from marac.case import Case, Decision
from marac.errors import UsageError
from marac.intake.findings import Registrable, reading_of
from marac.intake.originals import Originals
from marac.intake.outcome import Outcome
from marac.intake.registration import SAME, Registration
from marac.meetings.transferring import marac_at
from marac.register.cases import add_decision, case_named
from marac.register.deliveries import Delivery, Part, parts_of
from marac.register.flagging import flag_anew
from marac.register.merges import join
from marac.register.schema import sources
from marac.register.trail import record
from marac.register.transfers import add_transfer, transfers_of_bundle
from marac.settings import Settings
from marac.transfers.bundle import Bundle, bundle_from, is_machine_part
from marac.transfers.handed_over import flag_of
from marac.transfers.parcel import LETTER

_RELEASE = (
    "Nothing was registered. Ring that MARAC's coordinator on a number that you know. If it is so: marac message decide "
    "{number} release --reason ... --by ..."
)
_UNNAMED = (
    "It says that {sender} hands over a case, and config.toml names no MARAC with this mailbox under [other_maracs]."
)
_OTHER_MAILBOX = "It says that {sender} hands over a case, and names another mailbox than the one it came from."
_OTHER_NAME = "It came from the mailbox of {known}, and says that {sender} hands over a case."
_NOT_CONFIRMED = "It says that {sender} hands over a case, and nothing confirms the sender. {why}"
_TAKEN = "{sender} handed over {case} (there {theirs}). The letter is kept with it."
_AGAIN = "{sender} handed over the same once more. It is {case} here, and nothing was entered twice."
_WITHOUT_CASE = "{sender} handed over a case, which waits for you."


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A case in a message that another MARAC hands over."""

    part: Part
    """The machine part, with the form of the case itself."""
    bundle: Bundle
    joined: tuple[Part, ...] = ()
    """The forms of the cases that were joined to it there."""


def is_transfer(part: Part) -> bool:
    """Whether a part is the machine part of a transfer, by its name."""
    return part.role == "form" and is_machine_part(part.source)


def without_letters(parts: Sequence[Part]) -> list[Part]:
    """The parts without what a transfer says twice: the letter beside the machine part, which is kept and not registered.

    Forms that were joined to the case are left out too: they are entered with it.
    """
    letters = {f"{part.source.rpartition('/')[0]}/{LETTER}".lstrip("/") for part in parts if is_transfer(part)}
    return [part for part in parts if part.source not in letters and not (is_transfer(part) and part.form > 1)]


def handed_over_in(parts: Sequence[Part], originals: Originals) -> tuple[HandedOver, ...]:
    """What a message hands over; a machine part that is damaged is none, and stands there as a file that nobody can read."""
    return tuple(_handed_over(parts, originals))


def registered(
    registration: Registration, verdict: Outcome, parts: Sequence[Part], handed: Sequence[HandedOver]
) -> Outcome:
    """The verdict on a message after its referrals were entered, those that another MARAC hands over among them.

    Args:
        registration: the message's way into the register.
        verdict: what it is otherwise.
        parts: its parts, without letters.
        handed: what it hands over.
    """
    if not handed:
        return registration.of(verdict, parts)
    if waits := _why_it_waits(registration, handed):
        return Outcome("needs_person", "transfer_waits", waits)
    entered = registration.of(verdict, parts)
    said = tuple(_entered(registration, each) for each in handed)
    reasons = tuple(reason for reason in entered.reasons if reason != SAME)
    return replace(entered, disposition="transfer", reasons=(*reasons, *said))


def sender_of_transfer(
    connection: Connection, delivery: Delivery, settings: Settings, originals: Originals
) -> Agency | None:
    """The MARAC that a message hands cases over from: by its mailbox, or as the machine part names it; None where none is known."""
    handed = handed_over_in(parts_of(connection, delivery.id), originals)
    mailboxes = (delivery.sender or "", *(each.bundle.email for each in handed))
    return next((known for each in mailboxes if (known := marac_at(each, settings.readers))), None)


def _why_it_waits(registration: Registration, handed: Sequence[HandedOver]) -> tuple[str, ...]:
    """Why a person must look before a case is taken over, a sentence each; nothing where it was taken over before."""
    delivery = registration.delivery
    if delivery.released:
        return ()
    new = (each for each in handed if not _taken_before(registration.connection, each))
    found = tuple(words for each in new if (words := _doubt(each.bundle, delivery, registration.settings)))
    return (*found, _RELEASE.format(number=delivery.id)) if found else ()


def _handed_over(parts: Sequence[Part], originals: Originals) -> Iterator[HandedOver]:
    for part in parts:
        if is_transfer(part) and part.form == 1 and reading_of(part).kind == "referral":
            try:
                bundle = bundle_from(originals.path(part.sha256).read_bytes())
            except (OSError, UsageError):
                continue  # somebody took it out of the store; what was read of it is registered as a form
            joined = (other for other in parts if other.source == part.source and other.form > 1)
            yield HandedOver(part, bundle, tuple(joined))


def _doubt(bundle: Bundle, delivery: Delivery, settings: Settings) -> str:
    """Why it is not sure that a MARAC that config.toml names sent this; empty where it is."""
    known = marac_at(delivery.sender or "", settings.readers)
    if known is None:
        return _UNNAMED.format(sender=bundle.sender)
    if marac_at(bundle.email, settings.readers) != known:
        return _OTHER_MAILBOX.format(sender=bundle.sender)
    if bundle.sender.casefold() != known.name.casefold():
        return _OTHER_NAME.format(sender=bundle.sender, known=known.name)
    if delivery.sender_check != "confirmed":
        return _NOT_CONFIRMED.format(sender=bundle.sender, why=delivery.sender_reason)
    return ""


def _taken_before(connection: Connection, handed: HandedOver) -> str | None:
    """The case that this very machine part became; None where it is new."""
    known = transfers_of_bundle(connection, handed.part.sha256)
    return next((each.case for each in known if each.direction == "in"), None)


def _entered(registration: Registration, handed: HandedOver) -> str:
    """What became of one case that was handed over, in a sentence."""
    connection, bundle = registration.connection, handed.bundle
    if known := _taken_before(connection, handed):
        return _AGAIN.format(sender=bundle.sender, case=known)
    case = _case_of(connection, registration.delivery, handed.part)
    if case is None:
        return _WITHOUT_CASE.format(sender=bundle.sender)
    values = {
        "case": case.reference,
        "direction": "in",
        "other": bundle.sender,
        "bundle": handed.part.sha256,
        "on": registration.delivery.received,
        "by": bundle.sender,
    }
    add_transfer(connection, values)
    flag = flag_of(bundle, f"message {registration.delivery.id}, transfer")
    flag_anew(connection, case, registration.settings.rules, (flag,))
    record(connection, registration.entry("case taken over", case.reference, f"message {registration.delivery.id}"))
    for part in handed.joined:
        _join(registration, case, part, bundle)
    return _TAKEN.format(sender=bundle.sender, case=case.reference, theirs=bundle.case)


def _case_of(connection: Connection, delivery: Delivery, part: Part) -> Case | None:
    """The case that a part of this message was entered as, or is another version of."""
    query = select(sources.c.case).where(sources.c.delivery == delivery.id, sources.c.part == part.id)
    reference = connection.execute(query.order_by(sources.c.id).limit(1)).scalar()
    return case_named(connection, reference) if reference else None


def _join(registration: Registration, case: Case, part: Part, bundle: Bundle) -> None:
    """Enter a form of the same couple that the other MARAC had joined to this case; a case that stood before stays alone."""
    connection, reading = registration.connection, reading_of(part)
    if _case_of(connection, registration.delivery, part) is not None or case.decided:
        return
    other = registration.enter(Registrable(part, reading))
    join(connection, case_named(connection, other.reference), case.reference)
    reason = f"{bundle.sender} had joined the two."
    said = Decision(other.reference, "same-as", reason, bundle.sender, registration.delivery.received, case.reference)
    add_decision(connection, said)
