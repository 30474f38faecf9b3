"""Who holds an address or a telephone number that is not the present one, by the ledger of what left."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from marac.case import LIVE, Case, PersonVerdict
from marac.meetings.audience import AudienceRules, case_view
from marac.meetings.hearing import with_joined
from marac.meetings.shown_digest import CONTACT_FIELDS, digests_of
from marac.register.documents import Paper
from marac.register.holdings import Holder, holders_of
from marac.register.verdicts import every_verdict
from marac.triage.history import carrier

_EVERYTHING = AudienceRules(addresses=True, child_files=True)
_RECENT_DAYS = 60
"""A case that was heard so long ago is looked into by `marac case holders` alone."""


@dataclass(frozen=True, slots=True)
class OldHolding:
    """A reader whose newest document about a case shows contact details that are not the present ones."""

    case: str
    paper: Paper
    fields: tuple[str, ...] = field(repr=False)
    """What is old in it, in words, the most dangerous first."""


def old_contact_details(connection: Connection, cases: Sequence[Case]) -> tuple[OldHolding, ...]:
    """Of the cases to be heard or heard lately, whoever holds an old address and was sent no newer one since.

    Args:
        connection: to the register.
        cases: every case that the register knows.
    """
    newest = max((case.meeting for case in cases if case.meeting), default=dt.date.min)
    since = newest.toordinal() - _RECENT_DAYS
    looked_at = [
        case for case in cases if case.state in LIVE or (case.meeting is not None and case.meeting.toordinal() > since)
    ]
    holders = holders_of(connection, {case.reference for case in looked_at})
    said = every_verdict(connection)
    showing = {each.case for each in holders if any(name in each.shown for name in CONTACT_FIELDS)}
    return tuple(
        old for case in looked_at if case.reference in showing for old in old_holdings(case, cases, holders, said)
    )


def old_holdings(
    case: Case, cases: Sequence[Case], holders: Sequence[Holder], verdicts: Sequence[PersonVerdict]
) -> Iterator[OldHolding]:
    """The readers who hold old contact details of one case, each by the newest document that showed them any."""
    present = present_digests(case, cases, verdicts)
    newest: dict[tuple[str, str], Holder] = {}
    for holder in holders:
        if holder.case == case.reference:
            newest |= {(holder.paper.agency, name): holder for name in CONTACT_FIELDS if name in holder.shown}
    found: dict[int, OldHolding] = {}
    for (_, name), holder in sorted(newest.items(), key=lambda each: list(CONTACT_FIELDS).index(each[0][1])):  # type: ignore[arg-type]
        if holder.shown[name] != present.get(name):
            earlier = found.get(holder.paper.id)
            words = (*(earlier.fields if earlier else ()), CONTACT_FIELDS[name])  # type: ignore[index]
            found[holder.paper.id] = OldHolding(case.reference, holder.paper, words)
    yield from found.values()


def present_digests(case: Case, cases: Sequence[Case], verdicts: Sequence[PersonVerdict]) -> Mapping[str, str]:
    """What a document that shows everything would show of the case now, field to digest."""
    known = {each.reference: each for each in cases}
    return digests_of(case_view(with_joined(carrier(case, known), cases, verdicts), "transfer", _EVERYTHING))
