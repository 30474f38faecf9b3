"""Whose the answers are that no heading gave to anybody, told from all the others, and what is asked of whom. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from marac.parsers.dictionary.wordings import Meaning
from marac.parsers.filling.answers import Answer

NAMES = ("name", "surname", "forename", "name_dob", "name_dob_address")
SUBJECTS = frozenset(("victim", "perpetrator", "child"))
LIKELY = 0.75
IMPLIED = {
    **dict.fromkeys(
        ("diversity", "bme", "disabled", "lgbt", "interpreter", "safe_to_call", "safe_phone", "call_notes", "contact_notes", "pregnant"),
        "victim",
    ),
    **dict.fromkeys(("agency", "role", "name_agency", "name_role", "name_role_agency"), "referrer"),
    "relationship": "perpetrator",
}  # fmt: skip
"""Whose a bare label is where no heading says so: only this person is asked for it."""
_WORKERS = frozenset(("name", "agency", "role", "phone", "email", "contact", "phone_email"))
"""What is asked of anybody at work."""
_NEVER_REFERRERS = frozenset(
    [
        "date_of_birth",
        "age",
        "gender",
        "ethnicity",
        "relationship",
        "religion",
        "language",
        "disability",
        "housing",
        "gp",
        "school",
        "name_dob",
        "name_dob_address",
    ]
)
"""What shows that a part is not the referrer's, and that a heading before it was not read."""
_ASKED_OF = {
    ("referrer", "occupation"): "role",
    ("referrer", "employer"): "agency",
    ("perpetrator", "relationship_to_victim"): "relationship",
}


def asked_of(person: str | None, meaning: Meaning) -> str:
    """What a label asks of this person: the second of two things, or a job, where the record has no place for the first."""
    if person in ("victim", "perpetrator") and meaning.key == "school" and meaning.second == "occupation":
        return meaning.second
    return _ASKED_OF.get((person or "", meaning.key), meaning.key)


def to_referrer(answers: Sequence[Answer], first: int) -> list[Answer]:
    """The answers before the first about anybody, with those to the referrer that stand under another's word.

    `Landlord / agency` at the head of a form is the referrer's agency where no label asks for it; never certain.
    """
    asked = {each.key for each in answers if each.person == "referrer"}
    given = [each.person == "other" and each.key in _WORKERS - asked for each in answers[:first]]
    return [
        replace(each, person="referrer", group=0, confidence=min(each.confidence, LIKELY)) if is_given else each
        for each, is_given in zip(answers[:first], given, strict=True)
    ]


def strangers(answers: Sequence[Answer]) -> list[tuple[Answer, str]]:
    """What stands in the referrer's part and is asked of no referrer, each with the person whose heading was missed.

    The first of a kind is most likely the victim's, and the second the perpetrator's.
    """
    seen = {(each.person, each.key) for each in answers if each.value}
    found: list[tuple[Answer, str]] = []
    for each in answers:
        if each.person == "referrer" and each.key in _NEVER_REFERRERS and each.value:
            person = "perpetrator" if ("victim", each.key) in seen else "victim"
            seen.add((person, each.key))
            found.append((each, person))
    return found


def owners_of(answers: Sequence[Answer]) -> dict[int, str]:
    """Whose a part is under a heading that the dictionary lacks, where a label in it is asked of one person alone.

    Only where the form names that person nowhere else; it is likely, and never certain.
    """
    named = {each.person for each in answers if each.key in NAMES and each.value}
    told: dict[int, set[str]] = {}
    for each in answers:
        if each.group > 0 and each.person in SUBJECTS - named and IMPLIED.get(each.key) == each.person:
            told.setdefault(each.group, set()).add(each.person)
    return {group: next(iter(people)) for group, people in told.items() if len(people) == 1}
