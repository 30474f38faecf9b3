"""How often names, dates and districts stand in the register, counted by distinct person.

Ten referrals of one Khan are one Khan: who bears the same name and was born on the same day counts as one (`KnownPerson.identity`).
"""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, select

from marac.matching.people import KnownPerson
from marac.register.people_index_statements import COUNT_UP, COUNTS, LET_GO, run
from marac.register.schema import known_people, match_keys

PEOPLE, COUPLES, NUMBERS = -1, -2, -3
"""Terms that stand for no name: how many distinct people, how many cases, and how many numbers were given to cases."""


class CountsInRegister:
    """The register's counts: those that were asked for at once, and any other as soon as a comparison needs it."""

    def __init__(self, connection: Connection, terms: Iterable[int] = ()) -> None:
        """Read the counts of these terms, and how many people and cases there are, in one query."""
        self._connection = connection
        self._counts: dict[int, int] = {}
        self._read({*terms, PEOPLE, COUPLES})
        self.people = self._counts[PEOPLE]
        """How many distinct people were counted."""
        self.couples = self._counts[COUPLES]
        """How many cases the index holds."""

    def count(self, term: int) -> int:
        """How many distinct people bear this name, date or district; 0 for what nobody bears."""
        found = self._counts.get(term)
        if found is None:
            self._read({term})
            found = self._counts[term]
        return found

    def _read(self, terms: set[int]) -> None:
        self._counts.update(dict.fromkeys(terms, 0))
        self._counts.update(run(self._connection, COUNTS, terms).all())


def register_frequencies(connection: Connection, terms: Iterable[int]) -> CountsInRegister:
    """How often each of these terms, and the people themselves, are counted in the register."""
    return CountsInRegister(connection, terms)


class Recount:
    """The changes that entering or forgetting people makes to the counts, made all at once by `keep`.

    Of those who bear the same name and were born on the same day, the one with the lowest number is counted.
    """

    def __init__(self, connection: Connection) -> None:
        """Nothing is counted yet."""
        self._connection = connection
        self._changes: Counter[int] = Counter()

    def entered(self, number: int, known: KnownPerson) -> None:
        """Count a person who has a number now."""
        self._counted(number, known, by=1)

    def forgotten(self, number: int, known: KnownPerson) -> None:
        """Count a person off whose number is free again; whoever else is called so then stands for the person."""
        self._counted(number, known, by=-1)

    def _counted(self, number: int, known: KnownPerson, by: int) -> None:
        others = self._others(number, known)
        if others and others[0] < number:
            return
        self._add(known, by)
        if others:
            self._add(self._read_back(others[0]), -by)

    def _add(self, known: KnownPerson, by: int) -> None:
        for term in (*known.terms(), PEOPLE):
            self._changes[term] += by

    def _others(self, number: int, known: KnownPerson) -> list[int]:
        same = select(match_keys.c.person).where(match_keys.c.key == known.identity(), match_keys.c.person != number)
        return list(self._connection.execute(same.order_by(match_keys.c.person).limit(1)).scalars())

    def _read_back(self, number: int) -> KnownPerson:
        return KnownPerson.from_text(
            self._connection.execute(select(known_people.c.facts).where(known_people.c.id == number)).scalar_one()
        )

    def keep(self) -> None:
        """Change the counts in the register; a term that nobody bears any more is forgotten with its count."""
        for by in (1, -1):
            terms = [term for term, change in self._changes.items() for _each in range(change * by)]
            if terms:
                run(self._connection, COUNT_UP, terms, by=by)
                if by < 0:
                    run(self._connection, LET_GO, terms)
        self._changes.clear()
