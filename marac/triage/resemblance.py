"""How likely it is that the people of two cases are the same, with what people said about them counted in.

A person's word about two people outranks what the forms look like, also after scoring anew: what contradicts it is ruled
out, and the rest is weighed without it.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from marac.case import Case, PersonInCase, PersonRole, PersonVerdict
from marac.matching.couples import Couple, CoupleLikeness, Relation, likeness
from marac.matching.frequencies import Frequencies
from marac.matching.people import PersonFacts, known_person
from marac.triage.couples import couple_in, couples_singly

Tie = tuple[PersonRole, PersonRole]
"""Two people taken for one: the role in the new case, and the role in the earlier one."""

CLAIMS: Mapping[Relation, frozenset[Tie]] = {
    "same couple": frozenset({("victim", "victim"), ("perpetrator", "perpetrator")}),
    "same victim": frozenset({("victim", "victim")}),
    "same perpetrator": frozenset({("perpetrator", "perpetrator")}),
    "roles reversed": frozenset({("victim", "perpetrator"), ("perpetrator", "victim")}),
    "victim was perpetrator": frozenset({("victim", "perpetrator")}),
    "perpetrator was victim": frozenset({("perpetrator", "victim")}),
}
"""Whom each relation takes for one person; all others it takes for two."""

_ELSEWHERE = frozenset({"one sign", "district", "differs"})
_NOBODY = known_person(PersonFacts())


@dataclass(frozen=True, slots=True)
class Said:
    """What a person last said about somebody in the new case and somebody in an earlier one."""

    here: PersonInCase
    there: PersonInCase
    verdict: PersonVerdict

    @property
    def tie(self) -> Tie:
        """The two roles."""
        return self.here.role, self.there.role

    @property
    def in_words(self) -> str:
        """What was said, in words that name nobody."""
        whom = (
            f"the two {self.here.role}s"
            if self.here.role == self.there.role
            else f"{self.here.role} here and {self.there.role} there"
        )
        return f"{whom} are {'one person' if self.verdict.same else 'two people'}"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How likely each relation between two couples is."""

    probability: Mapping[Relation, float]
    alike: CoupleLikeness = field(repr=False)
    there: Couple = field(repr=False)
    """The people on the earlier form."""
    said: tuple[Said, ...] = field(default=(), repr=False)

    @property
    def anything(self) -> float:
        """How likely it is that the two have anybody in common."""
        return sum(self.probability.values())

    def tied(self, tie: Tie) -> float:
        """How likely it is that these two are one person, whatever else holds.

        A name that others bear too, at another address and without a date of birth, ties nobody to anybody.
        """
        if _only_a_name(self.alike, tie) and not any(said.verdict.same and said.tie == tie for said in self.said):
            return 0.0
        return sum(likely for relation, likely in self.probability.items() if tie in CLAIMS[relation])

    def reasons(self, relation: Relation) -> tuple[str, ...]:
        """Why, in words that name nobody and give no address; first what people said."""
        words = [
            f"{said.verdict.by} said that {said.in_words}"
            for said in self.said
            if said.verdict.same == (said.tie in CLAIMS[relation])
        ]
        return (*dict.fromkeys(words), *self.alike.reasons.get(relation, ()))


@dataclass(frozen=True)
class Comparing:
    """What a new case is compared by: its couple, how rare names and dates are, and what people said."""

    case: Case
    frequencies: Frequencies
    couples: int
    """How many couples the register holds."""
    verdicts: tuple[PersonVerdict, ...] = ()
    """What people said about the people of this case, in the order in which they said it."""

    def with_form(self, other: Case, family: Mapping[str, Case], *, excluded: frozenset[Relation]) -> Resemblance:
        """The new case beside one form of an earlier one.

        Args:
            other: the form.
            family: the cases that are one with it, by reference; what was said about their victim holds for its victim.
            excluded: relations that a person has ruled out.
        """
        said = (
            tuple({(each.here, each.there): each for each in self._said(other, family)}.values())
            if self._latest
            else ()
        )
        if not said:
            there = couple_in(other)
            alike = likeness(self.here, there, self.frequencies, self.couples)
            kept = alike.probability
            if excluded:
                kept = {relation: likely for relation, likely in kept.items() if relation not in excluded}
            return Resemblance(kept, alike, there)
        singly = product(enumerate(couples_singly(self.case)), enumerate(couples_singly(other)))
        return _best([self._single(one, two, said, excluded) for one, two in singly], couple_in(other), said)

    def said_of_children(self, family: Collection[str]) -> tuple[Said, ...]:
        """What people last said about children of the new case and of one of these."""
        return tuple(said for said in self._latest if said.there.case in family and said.tie == ("child", "child"))

    @cached_property
    def here(self) -> Couple:
        """The new case's couple."""
        return couple_in(self.case)

    @cached_property
    def _latest(self) -> tuple[Said, ...]:
        """The latest word about each two people, in the order in which it was said."""
        latest: dict[tuple[PersonInCase, PersonInCase], Said] = {}
        for verdict in self.verdicts:
            for here, there in ((verdict.one, verdict.other), (verdict.other, verdict.one)):
                if here.case == self.case.reference:
                    latest.pop((here, there), None)
                    latest[here, there] = Said(here, there, verdict)
        return tuple(latest.values())

    def _said(self, other: Case, family: Mapping[str, Case]) -> Iterator[Said]:
        for said in self._latest:
            there = said.there
            if "child" in said.tie or there.case not in family:
                continue
            if there.case == other.reference:
                yield said
            elif there.role == "victim" or _one_each(other, family[there.case]):
                yield replace(said, there=PersonInCase(other.reference, there.role))

    def _single(
        self,
        one: tuple[int, Couple],
        other: tuple[int, Couple],
        said: Sequence[Said],
        excluded: frozenset[Relation],
    ) -> Resemblance:
        """One perpetrator of each case beside the other, with what was said about them."""
        about = [each for each in said if _is(each.here, one[0]) and _is(each.there, other[0])]
        same = {each.tie for each in about if each.verdict.same}
        ruled_out = {each.tie for each in about if not each.verdict.same}
        allowed = {
            relation
            for relation, claims in CLAIMS.items()
            if relation not in excluded and same <= claims and not ruled_out & claims
        }
        alike = likeness(one[1], other[1], self.frequencies, self.couples)
        if same:
            found = _among(alike, allowed, same) or {each: 1.0 for each, claims in CLAIMS.items() if claims <= same}
            return Resemblance(found, alike, other[1], tuple(about))
        found = {
            relation: self._without(one[1], other[1], relation, allowed) if ruled_out else alike.probability[relation]
            for relation in allowed
        }
        return Resemblance(found, alike, other[1], tuple(about))

    def _without(self, one: Couple, other: Couple, relation: Relation, allowed: set[Relation]) -> float:
        """How likely a relation is by the people it speaks of alone, of what is still allowed."""
        reduced = (
            _only(one, {here for here, _ in CLAIMS[relation]}),
            _only(other, {there for _, there in CLAIMS[relation]}),
        )
        found = likeness(*reduced, self.frequencies, self.couples).probability
        nothing = max(0.0, 1 - sum(found.values()))
        possible = sum(found[each] for each in allowed) + nothing
        return found[relation] / possible if possible else 0.0


def _only_a_name(alike: CoupleLikeness, tie: Tie) -> bool:
    found = {
        ("victim", "victim"): alike.victim,
        ("perpetrator", "perpetrator"): alike.perpetrator,
        ("victim", "perpetrator"): alike.victim_was,
        ("perpetrator", "victim"): alike.perpetrator_was,
    }[tie]
    return not found.beyond_the_name and found.born in {"unknown", "vague"} and found.place in _ELSEWHERE


def _best(found: Sequence[Resemblance], there: Couple, said: tuple[Said, ...]) -> Resemblance:
    """For each relation the pairing that makes it likeliest."""
    likeliest = max(found, key=lambda each: max(each.probability.values(), default=0.0))
    probability = {
        relation: max((each.probability.get(relation, 0.0) for each in found), default=0.0) for relation in CLAIMS
    }
    return Resemblance(probability, likeliest.alike, there, said)


def _among(alike: CoupleLikeness, allowed: set[Relation], same: set[Tie]) -> dict[Relation, float]:
    """The relations that agree with the people said to be one: one of them holds, whatever the forms look like."""
    total = sum(alike.probability[relation] for relation in allowed)
    if total:
        return {relation: alike.probability[relation] / total for relation in allowed}
    fewest = min(allowed, key=lambda relation: (len(CLAIMS[relation] - same), relation), default=None)
    return {fewest: 1.0} if fewest else {}


def _only(couple: Couple, roles: set[PersonRole]) -> Couple:
    victim = couple.victim if "victim" in roles else _NOBODY
    return Couple(victim, couple.perpetrators if "perpetrator" in roles else ())


def _is(somebody: PersonInCase, place: int) -> bool:
    """Whether this is the victim, or the perpetrator in this place."""
    return somebody.role == "victim" or somebody.place == place


def _one_each(one: Case, other: Case) -> bool:
    return len(one.referral.perpetrators) == 1 == len(other.referral.perpetrators)
