"""Which cases are handed over to another MARAC, each as one sealed file: documents of their cases, whatever meeting there is."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from marac.agency import Agency
from marac.document import Document
from marac.fortnight import Transfer
from marac.generators.fields.transfer import TransferFields
from marac.generators.transfer import transfer_fields, transfer_letter
from marac.meetings.hearing import Hearing
from marac.meetings.items import references_of
from marac.meetings.transferring import goes_to, marac_called
from marac.meetings.withholding import withholding
from marac.papers.templates import template_for
from marac.papers.visible import sender_of, shown_of
from marac.papers.wanted import Wanted
from marac.papers.world import World
from marac.record import identity_of
from marac.register.transfer_questions import departures
from marac.transfers.bundle import Bundle, bundle_file, bundle_of, receipt_number
from marac.transfers.parcel import parcel

_MAKING = 1
"""Counted up when the way in which transfers are made changes, so that unsent ones are made anew."""


@dataclass(frozen=True, slots=True)
class TransferOut:
    """A case that is handed over and has not left."""

    received: dt.date
    """The day on which it came: the ledger keeps it by that."""
    transfer: Transfer
    bundle: str
    """The sha256 of the machine part as it is now."""
    want: Wanted


def transfers_out(world: World) -> Iterator[TransferOut]:
    """The transfers that wait to leave, as they would read now. What left is not made again by itself."""
    readers = world.office.settings.readers
    for each in departures(world.transfers, world.made_before, readers):
        other, hearing = marac_called(each.transfer.other, readers), world.items.of(each.transfer.case)
        if not each.waits or other is None or hearing is None or not goes_to(hearing.case, other):
            continue
        if may_be_told(world, other, hearing):
            yield _transfer_out(world, each.transfer, other, hearing)


def may_be_told(world: World, other: Agency, hearing: Hearing) -> bool:
    """Whether nobody who is barred from the case would receive it there, by the name and the mailbox of that MARAC."""
    held = withholding(world.cases, (*world.agencies, other), world.interests, world.barred)
    return held.may_see(other.id, references_of(hearing))


def _transfer_out(world: World, transfer: Transfer, other: Agency, hearing: Hearing) -> TransferOut:
    bundle, fields = _contents(world, transfer, other, hearing)
    template, machine_part = template_for(world.office, "transfer"), bundle_file(bundle)
    contents = identity_of(
        _MAKING, other.id, other.name, fields, machine_part.sha256, Document("", "", template).sha256
    )
    made = partial(_packed, fields, template, machine_part)
    shows = shown_of(world, other, "transfer", hearing, reason=fields.reasons, minutes=fields.minutes)
    want = Wanted("transfer", other, contents, made, hearing.case.reference, shows)
    return TransferOut(hearing.case.received, transfer, machine_part.sha256, want)


def _packed(fields: TransferFields, template: bytes, machine_part: Document) -> Document:
    return parcel(f"transfer {fields.reference}.zip", transfer_letter(fields, template), machine_part)


def _contents(world: World, transfer: Transfer, other: Agency, hearing: Hearing) -> tuple[Bundle, TransferFields]:
    """The machine part, and what the letter prints."""
    references = references_of(hearing)
    actions = tuple(each for each in world.actions if each.case in references)
    minutes = tuple(each for each in world.case_minutes if each.case in references)
    marac = world.office.settings.marac
    bundle = bundle_of(
        hearing.cases,
        actions,
        minutes,
        {agency.id: agency.name for agency in world.agencies},
        sender=marac.name,
        email=marac.email,
        reason=_reason(hearing),
    )
    fields = transfer_fields(
        hearing,
        bundle,
        actions,
        minutes,
        sender_of(world),
        written=transfer.on,
        receiver=other.name,
        receipt=receipt_number(bundle_file(bundle).sha256),
        transfers=world.transfers,
    )
    return bundle, fields


def _reason(hearing: Hearing) -> str:
    """Why the case was handed over, as it was last decided."""
    words = (each.reason for each in reversed(hearing.case.decisions) if each.kind == "transfer")
    return next(words, "")
