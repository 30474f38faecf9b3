"""The people of a case in the words of a document."""

import datetime as dt
from collections.abc import Sequence

from marac.generators.fields.people import NamedChild, Person
from marac.meetings.people_shown import ChildShown, PersonShown
from marac.triage.days import age_on, months_after


def named(person: PersonShown) -> Person:
    """A victim or perpetrator; whatever the document may not show is already missing."""
    return Person(
        name=person.name,
        also_known_as=person.also_known_as,
        born=person.date_of_birth,
        also_born=person.other_dates_of_birth,
        relationship=person.relationship,
        address=person.address,
        phone=person.phone,
    )


def children_on(day: dt.date, children: Sequence[ChildShown] | None) -> tuple[NamedChild, ...]:
    """The children, with the age of each on a day."""
    return tuple(
        NamedChild(child.name, child.also_known_as, child.date_of_birth, age_in_words(child.date_of_birth, day))
        for child in children or ()
    )


def age_in_words(born: dt.date | None, on: dt.date) -> str | None:
    """`7 years`, `10 months`, `under 1 month`; None where the date of birth is not known."""
    if born is None:
        return None
    if born > on:
        return "date of birth is after the meeting: check it"
    years = age_on(on, born)
    if years:
        return f"{years} year" + ("s" if years > 1 else "")
    months = next(count for count in range(12) if months_after(born, count + 1) > on)
    return f"{months} month" + ("s" if months > 1 else "") if months else "under 1 month"
