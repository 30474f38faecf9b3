"""How common a name, a date of birth or a place is among the people there are: what makes an agreement weigh."""

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from marac.matching.people import KnownPerson

PEOPLE_IN_MIND = 200
"""How many people's worth of general knowledge stands beside what was counted, so that a new register can be used."""


class Frequencies(Protocol):
    """What was counted of people; each person once, however often they were referred."""

    @property
    def people(self) -> int:
        """How many people were counted."""

    def count(self, term: int) -> int:
        """How many of them have this (see `KnownPerson.terms`); 0 for what nobody has."""


class CountedPeople:
    """Frequencies counted in memory, from people who need not be kept."""

    def __init__(self, people: Iterable[KnownPerson] = ()) -> None:
        self._terms: Counter[int] = Counter()
        self._counted: set[int] = set()
        for person in people:
            self.add(person)

    def add(self, person: KnownPerson) -> None:
        """Count one more person, unless one of the same name and date of birth was counted."""
        identity = person.identity()
        if identity not in self._counted:
            self._counted.add(identity)
            self._terms.update(person.terms())

    @property
    def people(self) -> int:
        """How many people were counted."""
        return len(self._counted)

    def count(self, term: int) -> int:
        """How many of them have this."""
        return self._terms.get(term, 0)


def share(frequencies: Frequencies, term: int, usual: float) -> float:
    """The share of people who have this, from what was counted and, while that is little, what is usual (0 to 1)."""
    return (frequencies.count(term) + PEOPLE_IN_MIND * usual) / (frequencies.people + PEOPLE_IN_MIND)
