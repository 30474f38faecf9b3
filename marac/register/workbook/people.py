"""The sheet of people: a row for each victim and each perpetrator, with every leaf that the form has for them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from marac.case import Case
from marac.referral import Perpetrator, Victim
from marac.register.workbook.contents import RegisteredCase
from marac.register.workbook.flag_words import CONTACT
from marac.register.workbook.sheet import Choices, Colour, Column, Kind, Sheet, Value
from marac.register.workbook.text import too_long
from marac.register.workbook.words import lines, words_for_flags

_ADVICE = (
    "White cells can be changed: save, and the next run takes your changes into the register and says so; grey ones are the"
    " program's, and an edit there is undone. A deleted row deletes nobody."
)
_UNSAFE = Colour("red", ("UNSAFE",), where="Contact")


@dataclass(frozen=True, slots=True)
class _Person:
    case: Case
    key: str
    role: str
    person: Victim | Perpetrator


def _leaf(
    leaf: str,
    title: str,
    width: float,
    kind: Kind = "text",
    choices: Choices | None = None,
    colours: tuple[Colour, ...] = (),
) -> Column:
    return Column(title, width, kind, "victim", choices, colours, edits=leaf)


_OWN: tuple[tuple[Column, Callable[[_Person], Value]], ...] = (
    (Column("Person", 26, "code"), attrgetter("key")),
    (Column("Case", 12, "code"), attrgetter("case.reference")),
    (Column("Role", 14), attrgetter("role")),
    (
        Column("Contact", 9, colours=(Colour("red", ("UNSAFE",)), Colour("amber", ("care",)))),
        lambda each: words_for_flags(each.case, CONTACT) if each.role == "victim" else None,
    ),
)
_LEAVES = (
    _leaf("name", "Name", 22),
    _leaf("aliases", "Other names", 20),
    _leaf("date_of_birth", "Date of birth", 12, "date"),
    _leaf("age", "Age on form", 8, "number"),
    _leaf("gender", "Gender", 9, "text", "genders"),
    _leaf("relationship", "Relationship to victim", 16),
    _leaf("address", "Address", 30),
    _leaf("postcode", "Postcode", 10, "code"),
    _leaf("phone", "Phone", 14, "code", colours=(_UNSAFE,)),
    _leaf("safe_to_call", "Safe to call", 8, choices="yes or no"),
    _leaf("contact_notes", "Contact notes", 30),
    _leaf("ethnicity", "Ethnicity", 16),
    _leaf("language", "Language", 12),
    _leaf("interpreter", "Interpreter", 11, choices="yes or no"),
    _leaf("disability", "Disability", 18),
    _leaf("religion", "Religion", 12),
    _leaf("nationality", "Nationality", 14),
    _leaf("occupation", "Occupation", 18),
    _leaf("gp", "GP", 22),
    _leaf("housing", "Housing", 18),
    _leaf("bme", "Black, Asian or minoritised", 12, choices="yes or no"),
    _leaf("disabled", "Disabled", 10, choices="yes or no"),
    _leaf("lgbt", "LGBT", 7, choices="yes or no"),
    _leaf("pregnant", "Pregnant", 10, choices="yes or no"),
)
COLUMNS = (*(column for column, _ in _OWN), *_LEAVES)
_PRINTED = 1 + next(place for place, column in enumerate(COLUMNS) if column.title == "Contact notes")
_TITLES = [str(column.edits) for column in _LEAVES]
_KNOWN = {kind: frozenset(each.name for each in fields(kind)) for kind in (Victim, Perpetrator)}
_MISSING = {
    kind: [place for place, leaf in enumerate(_TITLES, len(_OWN)) if leaf not in known]
    for kind, known in _KNOWN.items()
}
"""The cells of a person that no form has a leaf for: a perpetrator's GP, a victim's relationship to the victim."""


def people_sheet(cases: Iterable[RegisteredCase]) -> Sheet:
    """The victim of each case and then its perpetrators, in the order of the form."""
    everybody = [person for registered in cases for person in _people(registered.case)]
    rows = [_row(person) for person in everybody]
    without_leaf = ((number, place) for number, each in enumerate(everybody) for place in _MISSING[type(each.person)])
    return Sheet(
        "People",
        COLUMNS,
        rows,
        printed=_PRINTED,
        sized_by=_PRINTED,
        keyed=True,
        locked=frozenset(without_leaf).union(too_long(rows)),
        advice=_ADVICE,
    )


def _people(case: Case) -> Iterable[_Person]:
    yield _Person(case, f"{case.reference} victim", "victim", case.referral.victim)
    for number, person in enumerate(case.referral.perpetrators, 1):
        yield _Person(case, f"{case.reference} perpetrator {number}", "perpetrator", person)


def _row(each: _Person) -> tuple[Value, ...]:
    own = [value(each) for _, value in _OWN]
    return (*own, *(_shown(getattr(each.person, leaf, None)) for leaf in _TITLES))


def _shown(value: Any) -> Value:
    return lines(value) if type(value) is tuple else value
