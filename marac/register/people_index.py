"""The people of every case, kept so that they are found again: entered, changed and forgotten with their case."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from marac.case import Case
from marac.matching.of_cases import child_of, person_of
from marac.matching.people import KnownPerson
from marac.register.people_index_counts import COUPLES, NUMBERS, PEOPLE, Recount, register_frequencies
from marac.register.people_index_search import ROOM, Candidate, Resemblance, candidates, resemblances, terms_of
from marac.register.people_index_statements import ADD_KEYS, TAKE_NUMBER, run
from marac.register.schema import known_people, match_counts, match_keys

__all__ = [
    "Candidate",
    "Resemblance",
    "candidates",
    "forget_case",
    "index_case",
    "rebuild_index",
    "register_frequencies",
    "resemblances",
    "terms_of",
]


def index_case(connection: Connection, case: Case) -> None:
    """Enter the people of a case, in the place of what was entered of it before.

    Whoever else enters people waits until this transaction has ended, so it should be short. Of a case with more people
    than fit, those named last are left out; there is room for 64.
    """
    number = _forgotten(connection, case.reference)
    if number is None:
        number = run(connection, TAKE_NUMBER, term=NUMBERS, by=1).scalar_one() * ROOM
    recount = Recount(connection)
    for person, (role, place, known) in enumerate(_places(case), number):
        _enter(connection, person, case.reference, role, place, known)
        recount.entered(person, known)
    recount.keep()
    run(connection, TAKE_NUMBER, term=COUPLES, by=1)


def forget_case(connection: Connection, reference: str) -> None:
    """Forget the people of a case, their keys and what they added to the counts. A case that is not there is no fault."""
    _forgotten(connection, reference)


def rebuild_index(connection: Connection, cases: Iterable[Case]) -> None:
    """Forget everybody, then enter the people of these cases: after a change of what people are found by.

    The counts are written once, at the end: PostgreSQL keeps every version of a row that one transaction changes.
    """
    for table in (match_keys, known_people, match_counts):
        connection.execute(delete(table))
    counted, counts = set[int](), Counter[int]()
    for number, case in enumerate(cases, 1):
        for person, (role, place, known) in enumerate(_places(case), number * ROOM):
            _enter(connection, person, case.reference, role, place, known)
            if known.identity() not in counted:
                counted.add(known.identity())
                counts.update((*known.terms(), PEOPLE))
        counts.update((COUPLES, NUMBERS))
    if counts:
        rows = [{"term": term, "count": count} for term, count in counts.items()]
        connection.execute(insert(match_counts), rows)


def _places(case: Case) -> list[tuple[str, int, KnownPerson]]:
    """The people of a case who are named, with their role and their place in the form's list of it."""
    referral = case.referral
    perpetrators = enumerate(map(person_of, referral.perpetrators))
    children = enumerate(map(child_of, referral.children))
    return [
        ("victim", 0, person_of(referral.victim)),
        *(("perpetrator", place, known) for place, known in perpetrators if known.named),
        *(("child", place, known) for place, known in children if known.named),
    ][:ROOM]


def _enter(connection: Connection, person: int, case: str, role: str, place: int, known: KnownPerson) -> None:
    values = {"id": person, "case": case, "role": role, "place": place, "facts": known.as_text()}
    connection.execute(insert(known_people).values(values))
    run(connection, ADD_KEYS, sorted({*known.keys(), known.identity()}), person=person)


def _forgotten(connection: Connection, reference: str) -> int | None:
    """The first number of a case that is forgotten; None where it was not there."""
    run(connection, TAKE_NUMBER, term=NUMBERS, by=0)
    query = select(known_people.c.id, known_people.c.facts).where(known_people.c.case == reference)
    people = connection.execute(query.order_by(known_people.c.id)).all()
    recount = Recount(connection)
    for person, facts in people:
        recount.forgotten(person, KnownPerson.from_text(facts))
        connection.execute(delete(match_keys).where(match_keys.c.person == person))
        connection.execute(delete(known_people).where(known_people.c.id == person))
    recount.keep()
    if people:
        run(connection, TAKE_NUMBER, term=COUPLES, by=-1)
    return people[0].id if people else None
