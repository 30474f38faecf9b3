"""Receipts of other MARACs for cases that were handed over to them: known by the number that only the sealed letter tells.

A message that answers ours without the number is read by a person: it may say that the letter cannot be opened.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from marac.audit import Entry
from marac.fortnight import Transfer
from marac.intake.circumstances import Circumstances
from marac.intake.opening.words import words_of
from marac.intake.originals import Originals
from marac.intake.outcome import Outcome
from marac.meetings.transferring import marac_called
from marac.register.deliveries import Delivery, Part
from marac.register.documents import papers_called
from marac.register.trail import record
from marac.register.transfers import every_transfer, note_receipt
from marac.settings import Settings
from marac.transfers.bundle import receipt_number, receipt_numbers_in

_SHORT = 40
"""Words of a person's message that says no more than that the case has arrived."""
_HAS_IT = "{other} says that it has {case}."
_MORE = "It says more than that. Read it."
_ELSEWHERE = (
    "It quotes the receipt number of {case}, and comes from elsewhere than {other}, or its sender is not confirmed. Ring "
    "that MARAC. If it has the case: marac transfer arrived {number} --by NAME"
)
_WITHOUT_NUMBER = (
    "It answers the transfer of {case}, and does not quote the receipt number. If it says that {other} has the case: marac "
    "transfer arrived {number} --by NAME"
)


def receipted(
    connection: Connection,
    delivery: Delivery,
    verdict: Outcome,
    parts: Sequence[Part],
    about: Circumstances,
    settings: Settings,
    originals: Originals,
    entry: Callable[..., Entry],
) -> Outcome:
    """The verdict on a message after the receipts in it were noted.

    Args:
        connection: a transaction that changes the register.
        delivery: the message.
        verdict: what it is otherwise.
        parts: its parts.
        about: its circumstances.
        settings: which other MARACs there are.
        originals: where its text is.
        entry: makes entries for the audit trail.
    """
    sent = [each for each in every_transfer(connection) if each.direction == "out" and each.bundle]
    if not sent or about.ours or about.bounce or about.from_ourselves:
        return verdict
    words = _words_in(parts, originals)
    quoted = set(receipt_numbers_in(words))
    found = [each for each in sent if receipt_number(each.bundle) in quoted]
    if not found:
        return _answering(connection, delivery, verdict, about, sent)
    if doubts := [_ELSEWHERE.format(**_named(each)) for each in found if not _is_from(delivery, each, settings)]:
        return replace(verdict, state="needs_person", reasons=(*doubts, *verdict.reasons))
    for each in found:
        if each.receipt_on is None:
            note_receipt(connection, each.number, delivery.received)
            record(connection, entry("receipt noted", each.case, f"message {delivery.id}"))
    return _with_receipts(verdict, found, parts, words, by_program=about.replied or about.automatic)


def _with_receipts(
    verdict: Outcome, found: Sequence[Transfer], parts: Sequence[Part], words: str, *, by_program: bool
) -> Outcome:
    """What the message is: closed where nothing else is in it."""
    said = tuple(_HAS_IT.format(other=each.other, case=each.case) for each in found)
    if verdict.referrals or any(part.role == "form" for part in parts):
        return replace(verdict, reasons=(*said, *verdict.reasons))
    if by_program or len(_own(words).split()) <= _SHORT:
        return Outcome("done", "receipt", said)
    return Outcome("needs_person", "receipt", (*said, _MORE))


def _own(words: str) -> str:
    """What somebody wrote, without the lines of the message that it answers."""
    return "\n".join(line for line in words.splitlines() if not line.lstrip().startswith(">"))


def _answering(
    connection: Connection, delivery: Delivery, verdict: Outcome, about: Circumstances, sent: Sequence[Transfer]
) -> Outcome:
    """The verdict on a message that may answer a transfer without its number."""
    if about.replied or verdict.disposition != "no_referral":
        return verdict
    papers = [paper for message in delivery.refers_to for paper in papers_called(connection, message)]
    cases = {paper.subject for paper in papers if paper.kind == "transfer"}
    said = [_WITHOUT_NUMBER.format(**_named(each)) for each in sent if each.case in cases and each.receipt_on is None]
    return replace(verdict, reasons=(*said, *verdict.reasons)) if said else verdict


def _is_from(delivery: Delivery, transfer: Transfer, settings: Settings) -> bool:
    """Whether a message comes from the domain of the MARAC that the case was handed over to, as far as is known."""
    other = marac_called(transfer.other, settings.readers)
    domain = (delivery.sender or "").rpartition("@")[2].lower()
    return other is not None and domain in other.domains and delivery.sender_check in {"confirmed", "not checked"}


def _words_in(parts: Sequence[Part], originals: Originals) -> str:
    """The text of a message."""
    return "\n".join(_text(part, originals) for part in parts if part.role == "body" and part.form == 1)


def _text(part: Part, originals: Originals) -> str:
    try:
        return words_of(originals.path(part.sha256).read_bytes(), part.media_type)
    except OSError:
        return ""


def _named(transfer: Transfer) -> dict[str, object]:
    return {"case": transfer.case, "other": transfer.other, "number": transfer.number}
