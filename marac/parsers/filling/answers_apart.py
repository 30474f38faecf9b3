"""Answers that belong to others of the form: towns to their streets, a couple's relationship among the children's. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from marac.parsers.dictionary.wordings import plain
from marac.parsers.filling.answers import Answer
from marac.parsers.layout.writing import joined

_LIKELY = 0.75
_NAMED = frozenset(("name", "surname", "forename", "name_dob", "name_dob_address", "date_of_birth"))
_OF_COUPLE = frozenset(("relationship", "relationship_to_perpetrator", "relationship_to_victim"))


def with_towns(answers: Sequence[Answer]) -> list[Answer]:
    """The answers, with each town that has a label of its own behind the street of the same person."""
    found: list[Answer] = []
    streets: dict[tuple[str, int], int] = {}
    for each in answers:
        place = streets.get((each.person, each.group))
        if each.key == "town" and place is not None:
            if each.value and plain(each.value.words) not in plain(found[place].value.words):
                value = joined((found[place].value, each.value), ", ")
                found[place] = replace(found[place], value=value, typed=None)
            continue
        if each.key == "address" and each.value:
            streets.setdefault((each.person, each.group), len(found))
        found.append(each)
    return found


def couples_own(answers: Sequence[Answer]) -> list[Answer]:
    """The answers, with a relationship asked below the list of children, of no child, given to the couple.

    Only where no other label asks for the couple's; it is likely, and never certain.
    """
    told = {"relationship", "parent"}
    if any(each.person != "child" and each.key in told and each.value for each in answers):
        return list(answers)
    named = {each.group for each in answers if each.person == "child" and each.key in _NAMED and each.value}
    first = next((each.group for each in answers if each.person == "perpetrator" and each.value), 0)
    loose = [
        each
        for each in answers
        if each.person == "child" and each.key in _OF_COUPLE and each.value and each.group not in named
    ]
    if not named or len(loose) != 1:
        return list(answers)
    mine = replace(
        loose[0],
        key="relationship",
        person="perpetrator",
        group=first,
        confidence=min(loose[0].confidence, _LIKELY),
        typed=None,
    )
    return [mine if each is loose[0] else each for each in answers]
