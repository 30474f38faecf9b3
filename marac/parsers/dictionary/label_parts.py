"""What a label of several parts asks for, from what each of its parts asks for. Pure."""

from collections.abc import Mapping, Sequence

from marac.parsers.dictionary.wordings import Meaning

_TAUGHT_OR_EMPLOYED = frozenset(("school", "occupation"))
"""What one label asks of children and of adults, each of the one of the two that they have."""


def combined(known: Sequence[Meaning], joint: Mapping[frozenset[str], str]) -> Meaning | None:
    """What the parts ask for together; None where no part asks for anything. `joint` has what several keys are read as."""
    if not known:
        return None
    if sorted(meaning.key for meaning in known) == ["interpreter", "language"]:
        return Meaning("language", known[0].person)
    return known[0] if len(set(known)) == 1 else _jointly(known, joint) or _of_two(known)


def of_person(person: str, meaning: Meaning | None) -> Meaning | None:
    """The same asked of this person, where the label itself names nobody."""
    return Meaning(meaning.key, person) if meaning is not None and meaning.person is None else None


def of_form(meaning: Meaning | None) -> Meaning | None:
    """What is asked of the form and of nobody on it."""
    return meaning if meaning is not None and meaning.person == "" else None


def _jointly(known: Sequence[Meaning], joint: Mapping[frozenset[str], str]) -> Meaning | None:
    """What is asked of one person and read as one (`Children: name / DOB`); an agency beside a name is read apart."""
    keys, persons = frozenset(each.key for each in known), {each.person for each in known} - {None}
    if keys == {"agency", "police.officer"} and "referrer" in persons:
        return Meaning("name_agency", "referrer")
    is_read_apart = "agency" in keys and len(keys) <= 2
    key = joint.get(keys) if len(persons) <= 1 and not is_read_apart else None
    return Meaning(key, persons.pop() if persons else None) if key else None


def _of_two(known: Sequence[Meaning]) -> Meaning:
    """Either of two things: an agency before all else; the second is for those of whom the first is not asked."""
    first = next((each for each in known if each.key == "agency"), known[0])
    second = next((each.key for each in known if each.key != first.key), "")
    return Meaning(first.key, first.person, certain={first.key, second} == _TAUGHT_OR_EMPLOYED, second=second)
