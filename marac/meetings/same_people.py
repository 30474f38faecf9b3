"""Who is one person on several forms of one case: by people's words, or by name and date of birth; in doubt, several.

Twins share a date of birth and may be named alike, so two people of one form are never taken for one by likeness.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Generic, TypeVar

from marac.case import PersonInCase, PersonVerdict
from marac.matching.frequencies import CountedPeople
from marac.matching.name_evidence import name_evidence
from marac.matching.names import stated
from marac.matching.of_cases import child_of, person_of
from marac.matching.people import KnownPerson
from marac.matching.spelling import folded
from marac.matching.weights import NameLevel
from marac.meetings.hearing import Hearing
from marac.referral import Child, Perpetrator

Somebody = TypeVar("Somebody", Child, Perpetrator)
_ALIKE: frozenset[NameLevel] = frozenset({"same", "form", "spelling", "sound"})
_SURNAME_ALIKE: frozenset[NameLevel] = _ALIKE | {"unknown", "part"}
"""A child is often given by its first name alone."""


@dataclass(frozen=True, slots=True)
class _Mention(Generic[Somebody]):
    """Somebody as one form names them."""

    at: PersonInCase
    somebody: Somebody = field(repr=False)
    known: KnownPerson

    @property
    def name(self) -> str:
        """Folded; empty where the form states none."""
        return folded(" ".join((self.somebody.name or "").split())) if stated(self.somebody.name) else ""

    @property
    def born(self) -> dt.date | None:
        return self.somebody.date_of_birth


_Group = tuple[_Mention[Somebody], ...]


def children_once(hearing: Hearing) -> tuple[tuple[Child, ...], ...]:
    """The children of a case, each once, as every form that names it has it; in the order of the forms.

    Two dates of birth are two children, whatever was said: records are kept by them.
    """
    mentions = [
        _Mention(PersonInCase(case.reference, "child", place), child, child_of(child))
        for case in hearing.cases
        for place, child in enumerate(case.referral.children)
    ]
    return _people_of(mentions, hearing.verdicts, born_once=True)


def perpetrators_once(hearing: Hearing) -> tuple[tuple[Perpetrator, ...], ...]:
    """Those named as perpetrators, each once, as every form that names them has them; in the order of the forms."""
    mentions = [
        _Mention(PersonInCase(case.reference, "perpetrator", place), person, person_of(person))
        for case in hearing.cases
        for place, person in enumerate(case.referral.perpetrators)
    ]
    return _people_of(mentions, hearing.verdicts)


def _people_of(
    mentions: Sequence[_Mention[Somebody]],
    verdicts: Sequence[PersonVerdict],
    *,
    born_once: bool = False,
) -> tuple[tuple[Somebody, ...], ...]:
    """First those who are surely one, then those who look like one, as far as nobody is like two others.

    `born_once`: whether nobody's word puts two dates of birth together.
    """
    said = _last_words(verdicts)

    def apart(one: _Mention[Somebody], other: _Mention[Somebody]) -> bool:
        word = said.get(frozenset((one.at, other.at)))
        return word is False or ((born_once or word is None) and _born_apart(one, other))

    def surely_one(one: _Mention[Somebody], other: _Mention[Somebody]) -> bool:
        return bool(said.get(frozenset((one.at, other.at)))) or _written_alike(one, other)

    surely = _put_together([(each,) for each in mentions], surely_one, apart, one_of_each_form=False)
    groups = _put_together(surely, _looks_like_one, apart, one_of_each_form=True)
    return tuple(tuple(mention.somebody for mention in group) for group in groups)


def _last_words(verdicts: Sequence[PersonVerdict]) -> dict[frozenset[PersonInCase], bool]:
    return {frozenset((verdict.one, verdict.other)): verdict.same for verdict in verdicts}


def _born_apart(one: _Mention[Somebody], other: _Mention[Somebody]) -> bool:
    return one.born is not None and other.born is not None and one.born != other.born


def _written_alike(one: _Mention[Somebody], other: _Mention[Somebody]) -> bool:
    """Whether name and date of birth are the same; without a name, on two forms alone."""
    if one.name or other.name:
        return one.name == other.name and one.born == other.born
    two_forms = one.at.case != other.at.case
    return two_forms and one.born == other.born and (one.born is not None or one.somebody == other.somebody)


def _looks_like_one(one: _Mention[Somebody], other: _Mention[Somebody]) -> bool:
    """Whether two forms give one name, or one date of birth with names that are alike."""
    if one.at.case == other.at.case or not one.name or not other.name:
        return False
    return one.name == other.name or (one.born is not None and one.born == other.born and _names_alike(one, other))


def _names_alike(one: _Mention[Somebody], other: _Mention[Somebody]) -> bool:
    found = name_evidence(one.known, other.known, CountedPeople())
    return found.first in _ALIKE and found.surname in _SURNAME_ALIKE


def _put_together(
    groups: Sequence[_Group[Somebody]],
    one_person: Callable[[_Mention[Somebody], _Mention[Somebody]], bool],
    apart: Callable[[_Mention[Somebody], _Mention[Somebody]], bool],
    *,
    one_of_each_form: bool,
) -> tuple[_Group[Somebody], ...]:
    """The groups that one person links, as one group each; where that cannot be, they stay as they are."""
    found: list[_Group[Somebody]] = []
    for linked in _linked(groups, one_person):
        together = tuple(mention for group in linked for mention in group)
        forms = [form for group in linked for form in {mention.at.case for mention in group}]
        doubtful = one_of_each_form and len(forms) != len(set(forms))
        whole = not doubtful and not any(apart(one, other) for one, other in combinations(together, 2))
        found += [together] if whole else linked
    order = {mention.at: number for number, mention in enumerate(each for group in groups for each in group)}
    return tuple(sorted(found, key=lambda group: order[group[0].at]))


def _linked(
    groups: Sequence[_Group[Somebody]], one_person: Callable[[_Mention[Somebody], _Mention[Somebody]], bool]
) -> Iterator[list[_Group[Somebody]]]:
    """The groups, those together of whom a chain of links says that they are one person."""
    waiting = list(groups)
    while waiting:
        linked = [waiting.pop(0)]
        for group in linked:
            near = [each for each in waiting if any(one_person(a, b) for a in group for b in each)]
            linked += near
            waiting = [each for each in waiting if each not in near]
        yield linked
