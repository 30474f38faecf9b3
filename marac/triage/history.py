"""What the register already holds about the couple of a new referral, with people's decisions taken into account."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from marac.case import Case, Decision
from marac.triage.matching import Likeness, couple_likeness
from marac.triage.wording import in_words


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier case of what is, or may be, the same couple."""

    case: Case
    """The case that carries on, where others were joined to it."""
    referrals: tuple[Case, ...]
    """It and the cases joined to it that came before the new referral, in the order they came."""
    likeness: Likeness
    """The best that any of these forms has in common with the new one; `same` where a person said so."""
    decision: Decision | None = None
    """The person's word that it is the same couple."""

    @property
    def certain(self) -> bool:
        """Whether the couple is the same, rather than possibly so."""
        return self.likeness.level == "same"

    @property
    def last_referred(self) -> dt.date:
        """The day on which the latest of its referrals came."""
        return max(case.received for case in self.referrals)


def arrival(case: Case) -> tuple[dt.date, tuple[tuple[int, str], ...], str]:
    """Sorts cases as they came: by day, then by reference with its numbers read as numbers."""
    return case.received, _numbered(case.reference), case.reference


@lru_cache(maxsize=8192)
def _numbered(reference: str) -> tuple[tuple[int, str], ...]:
    pieces = re.findall(r"\d+|\D+", reference)
    return tuple((int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces)


def came_before(case: Case, others: Iterable[Case]) -> tuple[Case, ...]:
    """The others that were received before this case, or on the same day with a lower reference, as they came."""
    earlier = {other.reference: other for other in others if arrival(other) < arrival(case)}
    return tuple(sorted(earlier.values(), key=arrival))


def carrier(case: Case, by_reference: Mapping[str, Case]) -> Case:
    """The case that this one was joined to, through any number of joins; itself where that one is not known."""
    seen = {case.reference}
    while case.joined_to is not None and case.joined_to in by_reference and case.joined_to not in seen:
        case = by_reference[case.joined_to]
        seen.add(case.reference)
    return case


def same_couple_before(case: Case, others: Sequence[Case]) -> tuple[Before, ...]:
    """Earlier cases of the same couple, and of what may be the same couple, the latest first.

    A person's `same-as` or `not-same-as`, on either of the two cases, outranks what the forms look like.
    """
    by_reference = {other.reference: other for other in (*others, case)}
    groups: dict[str, list[Case]] = {}
    for other in came_before(case, others):
        carried = carrier(other, by_reference)
        if carried.reference != case.reference:
            groups.setdefault(carried.reference, []).append(other)
    found = (_before(case, by_reference[carried], members) for carried, members in groups.items())
    return tuple(sorted((before for before in found if before), key=lambda before: before.last_referred, reverse=True))


def _before(case: Case, carried: Case, members: Sequence[Case]) -> Before | None:
    decision = verdict(case, (carried, *members))
    if decision and decision.kind == "not-same-as":
        return None
    if decision:
        day = f" on {in_words(decision.on)}" if decision.on > dt.date.min else ""
        likeness = Likeness("same", (f"{decision.by} said{day} that they are the same",))
    else:
        likeness = max((couple_likeness(case, member) for member in members), key=_how_far)
    if likeness.level not in {"same", "possible"}:
        return None
    return Before(carried, tuple(members), likeness, decision)


def _how_far(likeness: Likeness) -> tuple[bool, bool]:
    return likeness.level == "same", likeness.level == "possible"


def verdict(case: Case, others: Sequence[Case]) -> Decision | None:
    """What a person last said about whether this case and any of the others are the same; None where nobody did."""
    said = [decision for other in others for decision in _said(case, other)]
    return max(said, key=lambda decision: decision.on, default=None)


def _said(case: Case, other: Case) -> Iterator[Decision]:
    for here, there in ((case, other), (other, case)):
        for decision in reversed(here.decisions):
            if decision.kind in {"same-as", "not-same-as"} and decision.other_case == there.reference:
                yield decision
