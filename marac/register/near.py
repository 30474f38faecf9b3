"""The cases that may have to do with one case: found by its people, by what people said, and by what its form names."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, or_, select

from marac.case import Case
from marac.matching.of_cases import couple_of
from marac.register.cases import cases_named
from marac.register.people_index import candidates
from marac.register.schema import cases, decisions, flags
from marac.register.verdicts import verdicts_about


def cases_near(connection: Connection, case: Case) -> tuple[Case, ...]:
    """The cases that one may be a repeat, a duplicate or a relation of, with those that they were joined to.

    They are few, however large the register is; the case itself is not among them.
    """
    found = {candidate.reference for candidate in candidates(connection, couple_of(case))}
    found |= _spoken_of(connection, case)
    return tuple(
        each for each in cases_named(connection, with_joined(connection, found)) if each.reference != case.reference
    )


def _spoken_of(connection: Connection, case: Case) -> set[str]:
    """The cases that people compared with this one, and the one that its form says came before."""
    query = select(decisions.c.case).where(decisions.c.other_case == case.reference)
    found = set(connection.execute(query).scalars())
    found |= {decision.other_case for decision in case.decisions if decision.other_case}
    for verdict in verdicts_about(connection, {case.reference}):
        found |= {verdict.one.case, verdict.other.case}
    return found | _named_on_the_form(connection, case)


def _named_on_the_form(connection: Connection, case: Case) -> set[str]:
    """The case whose number the form gives as the earlier one, by our number or by the one that it had before."""
    number = (case.referral.criteria.previous_reference or "").strip()
    if not number:
        return set()
    query = select(cases.c.reference).where(
        or_(cases.c.reference == number.upper(), func.upper(cases.c.former_reference) == number.upper())
    )
    return set(connection.execute(query).scalars())


def with_joined(connection: Connection, references: Iterable[str]) -> set[str]:
    """These references, with every case that was joined to one of them or that one of them was joined to."""
    found, new = set[str](), set(references)
    while new:
        found |= new
        query = select(cases.c.reference, cases.c.joined_to).where(
            cases.c.joined_to.is_not(None), or_(cases.c.reference.in_(new), cases.c.joined_to.in_(new))
        )
        new = {each for row in connection.execute(query) for each in (row.reference, row.joined_to)} - found
    return found


def with_tied(connection: Connection, references: Iterable[str]) -> set[str]:
    """These references, with every case that flags, people's words or joining tie to one of them, however many lie between.

    What is held back spreads along these ties: who asks about some cases must look at all of these.
    """
    found, new = set[str](), set(references)
    while new:
        found |= new
        tied = with_joined(connection, new)
        for table in (flags, decisions):
            query = select(table.c.case, table.c.other_case).where(
                table.c.other_case.is_not(None), or_(table.c.case.in_(new), table.c.other_case.in_(new))
            )
            tied |= {each for row in connection.execute(query) for each in (row.case, row.other_case)}
        new = tied - found
    return found
