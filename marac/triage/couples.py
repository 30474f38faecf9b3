"""The people of a case made ready to be compared, each form's only once: nothing on a form changes."""

from functools import lru_cache

from marac.case import Case
from marac.matching.couples import Couple
from marac.matching.of_cases import child_of, person_of
from marac.matching.people import KnownPerson
from marac.referral import Child, Perpetrator, Victim

_FORMS = 4096
"""Forms whose people are kept ready: more than one new referral is compared with."""


def couple_in(case: Case) -> Couple:
    """The victim of a case and the perpetrators who are named; "not known" is no name."""
    return _couple(case.referral.victim, case.referral.perpetrators)


def couples_singly(case: Case) -> tuple[Couple, ...]:
    """The couple with one perpetrator at a time, in the order of the form; without one where the form gives none."""
    victim, perpetrators = case.referral.victim, case.referral.perpetrators
    return tuple(_couple(victim, (each,)) for each in perpetrators) or (_couple(victim, ()),)


def children_in(case: Case) -> tuple[KnownPerson, ...]:
    """The children on a form, in its order, also those without a name."""
    return _children(case.referral.children)


@lru_cache(maxsize=_FORMS)
def _couple(victim: Victim, perpetrators: tuple[Perpetrator, ...]) -> Couple:
    known = tuple(person_of(perpetrator) for perpetrator in perpetrators)
    return Couple(person_of(victim), tuple(perpetrator for perpetrator in known if perpetrator.named))


@lru_cache(maxsize=_FORMS)
def _children(children: tuple[Child, ...]) -> tuple[KnownPerson, ...]:
    return tuple(child_of(child) for child in children)
