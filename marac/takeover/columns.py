"""Which column of an old register holds what: its title looked up in the register's words, then in those of forms. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from marac.parsers.dictionary.field_names import FIELDS
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.wordings import NO_PLACE, Meaning
from marac.takeover.register_words import (
    CHILDREN,
    COUPLE,
    COUPLE_REVERSED,
    NOT_TAKEN,
    REGISTER_FIELDS,
    field_titled,
)

Sureness = Literal["sure", "likely", "whose?", "unknown", "said"]
"""`sure`: the title is a usual one. `likely`: it is very like one, or its place says whose it is. `whose?`: known, but not
whether the victim's or the perpetrator's. `unknown`: not understood. `said`: a person said it. The last two but one are
not taken until a person says what they are."""

_NAMES: Mapping[str, str] = {
    "victim.name": "victim", "victim.surname": "victim", "victim.forename": "victim", "perpetrator.name": "perpetrator",
    "perpetrator.surname": "perpetrator", "perpetrator.forename": "perpetrator", CHILDREN: "child", "child.name": "child",
}  # fmt: skip
"""The fields after which untitled ones such as `DOB` are this person's."""
_OF_CHILDREN = frozenset(("child.name", "child.name_dob"))
_NO_COLUMN = frozenset(("victim.safe_phone",))

KNOWN_FIELDS: Mapping[str, str] = {
    **REGISTER_FIELDS,
    **{
        each.path: each.words if each.group == "form" else f"{each.group}: {each.words}"
        for each in FIELDS
        if each.group not in {"heading", "child"} and each.path not in _NO_COLUMN
    },
}
"""Every field that a column can be said to hold, in plain words."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: where it is (from 0), its title, and the field that it was taken for."""

    place: int
    title: str = field(repr=False)
    field: str = NOT_TAKEN
    sureness: Sureness = "unknown"

    @property
    def taken(self) -> bool:
        """Whether anything of it is taken over."""
        return self.field != NOT_TAKEN


def columns_of(titles: Sequence[tuple[int, str, str]], vocabulary: Vocabulary) -> tuple[Column, ...]:
    """The columns under these titles: each with its place, its own words, and the heading that several share above it.

    A title that does not say whose it is (`DOB`) is that of the person whose name is in the last column before it with a
    name; where two people's names stand side by side before it, a person must say.
    """
    found: list[Column] = []
    owner, unclear, last_name = "", False, -2
    for place, title, above in titles:
        column = _column(place, title, above, owner, vocabulary)
        if column.sureness == "likely" and unclear and _person_of(column.field) in {"victim", "perpetrator"}:
            column = Column(place, column.title, NOT_TAKEN, "whose?")
        if column.sureness == "likely" and _may_be_the_victims(column, found):
            column = Column(place, column.title, NOT_TAKEN, "whose?")
        if column.sureness == "likely" and any(each.field == column.field for each in found) and _is_once(column):
            column = Column(place, column.title, NOT_TAKEN, "whose?")
        if column.field in {COUPLE, COUPLE_REVERSED}:
            owner, unclear = "victim", True
        elif (person := _NAMES.get(column.field)) is not None:
            unclear = person != owner and bool(owner) and place == last_name + 1 and "child" not in {person, owner}
            owner, last_name = person, place
        elif column.taken and _person_of(column.field) != owner and owner != "victim":
            unclear = bool(owner)  # what stands beyond the perpetrator's own columns may be anybody's
        found.append(column)
    return tuple(_numbered(found))


def _may_be_the_victims(column: Column, before: Sequence[Column]) -> bool:
    """Whether it says where the perpetrator can be found, by its place alone, and nothing has said it of the victim."""
    person, _, leaf = column.field.partition(".")
    where = person == "perpetrator" and leaf in {"address", "postcode", "phone"}
    return where and not any(each.field == f"victim.{leaf}" for each in before)


def _column(place: int, title: str, above: str, owner: str, vocabulary: Vocabulary) -> Column:
    """The column under a title; a word for a person above it says whose it is, other words there begin the title."""
    person = vocabulary.person_word(above) if above and title else None
    if person in {"victim", "perpetrator", "child"}:
        meaning = _meaning(title, vocabulary)
        path = _path(meaning, person) if meaning is not None and meaning.person != "" else None
        if path is not None and _person_of(path) in {"victim", "perpetrator", "register", "child"}:
            return Column(place, f"{above}: {title}", path, "sure")
        return _alone(place, title, owner, vocabulary)
    if not above or not title:
        return _alone(place, title or above, owner, vocabulary)
    joined, alone = f"{above} {title}", _alone(place, title, owner, vocabulary)
    if (named := field_titled(joined)) is not None:
        return Column(place, joined, named, "sure")
    return alone if alone.taken else _alone(place, joined, owner, vocabulary)


def _alone(place: int, title: str, owner: str, vocabulary: Vocabulary) -> Column:
    """The column under a title that says all there is: by the words of registers, then by those of forms."""
    named, bare = field_titled(title), _is_bare(title, vocabulary)
    if named is not None and not (owner and bare):
        return Column(place, title, named, "likely" if bare else "sure")
    meaning = _meaning(title, vocabulary)
    path = None if meaning is None else _path(meaning, owner or "victim")
    if meaning is None or path is None or path == NOT_TAKEN:
        return Column(place, title, named, "likely") if named else Column(place, title)
    return Column(place, title, path, "sure" if meaning.certain and meaning.person is not None else "likely")


def _is_bare(words: str, vocabulary: Vocabulary) -> bool:
    """Whether a title asks for something of a person, and does not say of whom."""
    meaning = _meaning(words, vocabulary)
    return meaning is not None and meaning.person is None and meaning.key not in {"name", "agency", "relationship"}


def _meaning(title: str, vocabulary: Vocabulary) -> Meaning | None:
    found = vocabulary.meaning(title)
    if found is None:
        person = vocabulary.person_word(title)
        if person in {"victim", "perpetrator", "child"}:
            return Meaning("name", person)
        found = vocabulary.alike(title)
    return found if found is not None and found.key != "ignored" and found.key not in NO_PLACE else None


def _path(meaning: Meaning, owner: str) -> str | None:
    """The field that a meaning is here; None where a register has no place for it."""
    if meaning.person == "":
        path = meaning.key
    elif meaning.key in {"agency", "role", "email"} and meaning.person in {None, "referrer"}:
        path = f"referrer.{meaning.key}"
    elif meaning.key == "relationship":
        path = "perpetrator.relationship"
    else:
        path = f"{meaning.person or owner}.{meaning.key}"
    if path in _OF_CHILDREN:
        return CHILDREN
    if path.endswith((".name_dob", ".name_dob_address")):
        path = path.partition(".")[0] + ".name"
    return path if path in KNOWN_FIELDS else None


def _is_once(column: Column) -> bool:
    """Whether a person has only one of these, so that a second column is hardly theirs."""
    return _person_of(column.field) in {"victim", "perpetrator"}


def _person_of(path: str) -> str:
    return path.partition(".")[0]


def _numbered(columns: Sequence[Column]) -> list[Column]:
    """The columns, a title that stands twice told apart by a number: `DOB`, `DOB (2)`."""
    seen: dict[str, int] = {}
    found = []
    for column in columns:
        count = seen[column.title] = seen.get(column.title, 0) + 1
        title = column.title if count == 1 else f"{column.title} ({count})"
        found.append(Column(column.place, title, column.field, column.sureness))
    return found
