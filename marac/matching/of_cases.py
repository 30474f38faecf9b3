"""The people of a case, as far as its form helps to know them again."""

from marac.case import Case
from marac.matching.couples import Couple
from marac.matching.people import KnownPerson, PersonFacts, known_person
from marac.referral import Child, Perpetrator, Victim


def couple_of(case: Case) -> Couple:
    """The victim, the perpetrators who are named ("not known" is no name), and the children of a case."""
    referral = case.referral
    perpetrators = tuple(person_of(perpetrator) for perpetrator in referral.perpetrators)
    children = tuple(child_of(child) for child in referral.children)
    return Couple(
        person_of(referral.victim),
        tuple(perpetrator for perpetrator in perpetrators if perpetrator.named),
        tuple(child for child in children if child.named),
    )


def person_of(somebody: Victim | Perpetrator) -> KnownPerson:
    """A victim or a perpetrator, ready to be compared."""
    return known_person(
        PersonFacts(
            names=((somebody.name,) if somebody.name else ()) + somebody.aliases,
            born=(somebody.date_of_birth,) if somebody.date_of_birth else (),
            postcodes=(somebody.postcode,) if somebody.postcode else (),
            phones=(somebody.phone,) if somebody.phone else (),
            gender=somebody.gender,
            address=somebody.address,
        )
    )


def child_of(child: Child) -> KnownPerson:
    """A child, ready to be compared."""
    return known_person(
        PersonFacts(
            names=(child.name,) if child.name else (),
            born=(child.date_of_birth,) if child.date_of_birth else (),
            address=child.address,
        )
    )
