"""What the register already holds about the people of a new referral, with people's decisions taken into account."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from marac.case import Case, Decision, PersonVerdict
from marac.matching.couples import Relation
from marac.matching.frequencies import CountedPeople, Frequencies
from marac.triage.couples import couple_in
from marac.triage.resemblance import CLAIMS, Comparing, Resemblance, Said, Tie
from marac.triage.rules import MatchingRules
from marac.triage.wording import in_words

Degree = Literal["certain", "possible"]


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier case beside a new one."""

    case: Case
    """The case that carries on, where others were joined to it."""
    referrals: tuple[Case, ...]
    """It and the cases joined to it that came before the new referral, in the order they came."""
    resemblances: tuple[Resemblance, ...] = field(repr=False)
    """How likely each of these forms makes each relation."""
    rules: MatchingRules = field(repr=False)
    decision: Decision | None = None
    """The person's word on whether it is the same couple."""
    strangers: bool = False
    """Whether nobody in either couple is, or may be, somebody in the other."""
    children: tuple[Said, ...] = field(default=(), repr=False)
    """What people last said about children of both cases."""

    def degree(self, relation: Relation) -> Degree | None:
        """Whether the relation is certain, or possible so that a person is asked; None where it is neither."""
        if relation == "same couple" and self.decision:
            return "certain" if self.decision.kind == "same-as" else None
        if self.strangers:
            return None
        return self._degree(max(each.probability.get(relation, 0.0) for each in self.resemblances))

    def reasons(self, relation: Relation) -> tuple[str, ...]:
        """Why, in words that name nobody and give no address."""
        if relation == "same couple" and self.decision:
            day = f" on {in_words(self.decision.on)}" if self.decision.on > dt.date.min else ""
            return (f"{self.decision.by} said{day} that they are the same",)
        likeliest = max(self.resemblances, key=lambda each: each.probability.get(relation, 0.0))
        return likeliest.reasons(relation)

    def tied(self, tie: Tie) -> Degree | None:
        """Whether somebody in the new case is somebody in this one, whatever else holds."""
        return self._degree(max(each.tied(tie) for each in self.resemblances))

    def said_of_children(self, form: str) -> tuple[Said, ...]:
        """What people last said about a child of the new case and one on a form of this case."""
        return tuple(said for said in self.children if said.there.case == form)

    def _degree(self, likely: float) -> Degree | None:
        if likely >= self.rules.certain:
            return "certain"
        return "possible" if likely >= self.rules.ask else None

    @property
    def certain(self) -> bool:
        """Whether the couple is the same, rather than possibly so."""
        return self.degree("same couple") == "certain"

    @property
    def in_words(self) -> str:
        """Why it is, or may be, the same couple, as one phrase."""
        return "; ".join(self.reasons("same couple"))

    @property
    def last_referred(self) -> dt.date:
        """The day on which the latest of its referrals came."""
        return max(case.received for case in self.referrals)

    @property
    def referred(self) -> str:
        """When it was last referred, and by whom, in words."""
        agencies = dict.fromkeys(case.agency for case in (self.case, *self.referrals) if case.agency)
        by = f" by {' and '.join(agencies)}" if agencies else ""
        return f"last referred {in_words(self.last_referred)}{by}"

    @property
    def heard(self) -> str:
        """When it was heard, in words."""
        return f"heard {in_words(self.case.meeting)}" if self.case.meeting else "heard, day not recorded"


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


def numbers_of(cases: Collection[Case]) -> Mapping[str, str]:
    """The numbers by which a form may name these cases, ours and those of a register that was kept before, in capitals."""
    named = {case.former_reference.strip().upper(): case.reference for case in cases if case.former_reference}
    return named | {case.reference.upper(): case.reference for case in cases}


def carrier(case: Case, by_reference: Mapping[str, Case]) -> Case:
    """The case that this one was joined to, through any number of joins; itself where that one is not known."""
    seen = {case.reference}
    while case.joined_to is not None and case.joined_to in by_reference and case.joined_to not in seen:
        case = by_reference[case.joined_to]
        seen.add(case.reference)
    return case


def earlier_cases(
    case: Case,
    others: Sequence[Case],
    rules: MatchingRules,
    frequencies: Frequencies | None = None,
    verdicts: Sequence[PersonVerdict] = (),
) -> tuple[Before, ...]:
    """The earlier cases beside this one, those joined together as one, the latest first.

    A person's `same-as` or `not-same-as`, on either of the two cases, outranks what the forms look like; so does what
    was said about two people in them.

    Args:
        case: the new case.
        others: the register, or what of it may have to do with the case; of it, those count that came before.
        rules: from where on a relation is certain, or a person is asked.
        frequencies: how rare names and dates are in the register; counted over `others` where they are not given.
        verdicts: what people said about two people, in the order in which they said it.
    """
    by_reference = {other.reference: other for other in (*others, case)}
    groups: dict[str, list[Case]] = {}
    for other in came_before(case, others):
        carried = carrier(other, by_reference)
        if carried.reference != case.reference:
            groups.setdefault(carried.reference, []).append(other)
    if not groups:
        return ()
    counted = frequencies or counted_over((*others, case))
    mine = tuple(each for each in verdicts if case.reference in {each.one.case, each.other.case})
    comparing = Comparing(case, counted, max(len(others), counted.people // 2), mine)
    found = (_before(comparing, by_reference[carried], members, rules) for carried, members in groups.items())
    return tuple(sorted(found, key=lambda before: (before.last_referred, arrival(before.case)), reverse=True))


def counted_over(cases: Iterable[Case]) -> CountedPeople:
    """How rare names and dates are among the people of these cases, each case counted once."""
    each_once = {case.reference: case for case in cases}.values()
    couples = [couple_in(case) for case in sorted(each_once, key=arrival)]  # so that their order changes nothing
    return CountedPeople(somebody for couple in couples for somebody in (couple.victim, *couple.perpetrators))


def likely_same_couple(case: Case, other: Case, verdicts: Sequence[PersonVerdict] = ()) -> float:
    """How likely two forms alone, and what people said about their people, make it that they are of one couple (0 to 1)."""
    comparing = Comparing(case, counted_over((case, other)), 2, tuple(verdicts))
    found = comparing.with_form(other, {other.reference: other}, excluded=frozenset())
    return found.probability.get("same couple", 0.0)


def _before(comparing: Comparing, carried: Case, members: Sequence[Case], rules: MatchingRules) -> Before:
    decision = verdict(comparing.case, (carried, *members))
    apart = decision is not None and decision.kind == "not-same-as"
    family = {each.reference: each for each in (carried, *members)}
    excluded: frozenset[Relation] = frozenset({"same couple"}) if apart else frozenset()
    resemblances = tuple(comparing.with_form(member, family, excluded=excluded) for member in members)
    if apart:
        resemblances = tuple(_unless_taken_apart(each, rules) for each in resemblances)
    children = comparing.said_of_children(family)
    strangers = all(each.anything < rules.ask for each in resemblances)
    return Before(carried, tuple(members), resemblances, rules, decision, strangers, children)


def _unless_taken_apart(found: Resemblance, rules: MatchingRules) -> Resemblance:
    """What is left after a person took apart a couple that the forms put together.

    The forms are not argued from again; what was said about single people in them still holds.
    """
    if found.alike.probability["same couple"] < rules.ask:
        return found
    said = {each.tie for each in found.said if each.verdict.same}
    kept = {relation: likely for relation, likely in found.probability.items() if CLAIMS[relation] & said}
    return Resemblance(kept, found.alike, found.there, found.said)


def verdict(case: Case, others: Sequence[Case]) -> Decision | None:
    """What a person last said about whether this case and any of the others are the same; None where nobody did."""
    said = [decision for other in others for decision in _said(case, other)]
    return max(said, key=lambda decision: decision.on, default=None)


def _said(case: Case, other: Case) -> Iterator[Decision]:
    for here, there in ((case, other), (other, case)):
        for decision in reversed(here.decisions):
            if decision.kind in {"same-as", "not-same-as"} and decision.other_case == there.reference:
                yield decision
