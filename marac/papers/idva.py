"""Which cases are referred to the IDVA service on receipt: documents of their cases, whatever meeting hears them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from marac.agency import Agency
from marac.document import Document
from marac.generators.fields.idva import IdvaReferralFields
from marac.generators.idva import idva_referral_fields, idva_referral_of
from marac.meetings.changes import MEETING
from marac.meetings.hearing import Hearing
from marac.meetings.idva_referral import referred_on_receipt
from marac.papers.visible import may_see, sender_of, shown_of
from marac.papers.wanted import Wanted, template_for
from marac.papers.world import World


@dataclass(frozen=True, slots=True)
class IdvaReferral:
    """A case that is referred to the IDVA service."""

    received: dt.date
    """The day on which it came: the ledger keeps it by that."""
    want: Wanted


def idva_referrals(world: World) -> Iterator[IdvaReferral]:
    """The referrals of newly registered cases, and those made before, as they would read now."""
    if not world.office.settings.idva.referral_on_receipt:
        return
    made = {paper.subject for paper in world.made_before if paper.kind == "idva-referral"}
    for hearing in referred_on_receipt(world.items, made):
        reader = idva_reader(world, hearing)
        if reader is not None:
            yield IdvaReferral(hearing.case.received, _wanted(world, reader, hearing))


def idva_reader(world: World, hearing: Hearing) -> Agency | None:
    """Who at the IDVA service is sent an item: the service, or its senior contact where it is held back from the rest."""
    idva = world.office.settings.idva.agency
    theirs = (each for each in world.readers if each.id in {idva, f"{idva}.senior"})
    return next((each for each in theirs if may_see(world, each, hearing)), None)


def _wanted(world: World, reader: Agency, hearing: Hearing) -> Wanted:
    fields = idva_referral_fields(hearing, reader, sender_of(world))

    def made(noted: IdvaReferralFields) -> Document:
        return idva_referral_of(noted, reader, template_for(world.office, "idva-referral"))

    reference = hearing.case.reference
    shows = shown_of(world, reader, "idva-referral", hearing, reason=fields.reasons, **{MEETING: fields.meeting})
    return replace(world.want_versioned("idva-referral", reader, fields, made, shows), subject=reference)
