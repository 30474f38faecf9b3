"""Whether a form and a checklist that came apart speak of one victim, by what both say of her."""

from typing import Literal

from marac.matching.comparison import compare
from marac.matching.frequencies import CountedPeople
from marac.matching.of_cases import person_of
from marac.referral import Victim

Agreement = Literal["agree", "open", "differ"]
"""`open`: too little is stated on one of them to say."""

_UNCOUNTED = CountedPeople()
_ANOTHER_DAY = frozenset({"differs", "close", "year", "two parts"})
_ANOTHER_NAME = frozenset({"different", "near"})
_HALF = frozenset({"initial", "unknown"})


def agreement(one: Victim, other: Victim) -> Agreement:
    """Whether names, and dates of birth where both are stated, speak for one person; twins are two people."""
    found = compare(person_of(one), person_of(other), _UNCOUNTED)
    placed = bool(found.phone) or found.place in {"same postcode", "same address"}
    another_day, first, surname = found.born in _ANOTHER_DAY, found.names.first, found.names.surname
    if another_day and not placed:
        return "differ"
    if not found.stated:
        return "open"
    if first in _ANOTHER_NAME or (another_day and {first, surname} & (_HALF | _ANOTHER_NAME)):
        return "differ"
    if {first, surname}.isdisjoint(_HALF | _ANOTHER_NAME) or found.born == "same" or placed:
        # a surname that changed, or half a name, needs the day or the place beside it
        return "differ" if {first, surname} & _HALF and surname in _ANOTHER_NAME else "agree"
    return "differ" if surname in _ANOTHER_NAME else "open"
