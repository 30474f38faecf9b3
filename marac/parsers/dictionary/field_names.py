"""What a person can say a label asks for: each field of the record with a plain name, grouped by whose it is. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

NOTHING_TO_READ = "-"
"""What a person says of a label whose answers the register has no place for."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the record, as the dictionary calls it (`victim.gp`), in plain words, and whose it is."""

    path: str
    words: str
    group: str


_OF_A_PERSON = {
    "name": "name", "surname": "surname", "forename": "first names", "aliases": "other names", "date_of_birth": "date of birth",
    "gender": "gender", "address": "address", "postcode": "postcode", "phone": "telephone", "ethnicity": "ethnicity",
    "occupation": "occupation",
}  # fmt: skip
_BY_PERSON: Mapping[str, Mapping[str, str]] = {
    "victim": {
        **_OF_A_PERSON, "age": "age", "safe_phone": "safe telephone", "safe_to_call": "is it safe to call",
        "contact_notes": "how and when to contact them safely", "nationality": "nationality", "religion": "religion",
        "language": "language", "interpreter": "interpreter needed", "disability": "disability", "disabled": "is disabled (yes or no)",
        "bme": "black or minority ethnic (yes or no)", "lgbt": "LGBT (yes or no)", "pregnant": "pregnant", "gp": "GP", "housing": "housing",
    },
    "perpetrator": {**_OF_A_PERSON, "relationship": "relationship to the victim"},
    "child": {
        "name": "name", "surname": "surname", "forename": "first names", "name_dob": "name and date of birth together",
        "date_of_birth": "date of birth", "address": "address", "living_with": "whom they live with", "school": "school or nursery",
        "relationship_to_victim": "relationship to the victim", "relationship_to_perpetrator": "relationship to the perpetrator",
    },
    "referrer": {"name": "name", "role": "job", "agency": "agency", "phone": "telephone", "email": "email"},
}  # fmt: skip
_OF_THE_FORM = {
    "date": "date of the referral", "criteria.professional_judgement": "professional judgement", "criteria.visible_high_risk": "visible high risk",
    "criteria.escalation": "escalation", "criteria.repeat": "repeat", "criteria.score": "score or number of ticks",
    "criteria.previous": "date of the last MARAC", "criteria.previous_reference": "case number at the last MARAC",
    "criteria.other_marac": "which other MARAC heard it", "consent.aware": "victim aware of the referral", "consent.given": "consent given",
    "consent.reason": "why there is no consent", "safety.afraid_of": "whom the victim is afraid of",
    "safety.safe_to_talk_to": "who is safe to talk to", "safety.unsafe_to_talk_to": "who is not safe to talk to",
    "police.reference": "crime or incident number", "police.officer": "officer in the case", "reason": "reason for the referral",
}  # fmt: skip
_HEADS = {
    "victim": "the victim's part begins here", "perpetrator": "the perpetrator's part begins here",
    "child": "the children's part begins here", "referrer": "the referrer's part begins here",
    "other": "a part begins here about people whom the register does not keep",
}  # fmt: skip

FIELDS: tuple[Field, ...] = (
    *(Field(f"{who}.{key}", words, who) for who, fields in _BY_PERSON.items() for key, words in fields.items()),
    *(Field(path, words, "form") for path, words in _OF_THE_FORM.items()),
    *(Field(path, words, "heading") for path, words in _HEADS.items()),
)
"""In the order in which they are listed and numbered for a person."""


def field_called(said: str) -> Field | None:
    """The field that a person means: by its number in the list (from 1), its path (`victim.gp`), or its plain words."""
    words = " ".join(said.split()).casefold()
    if words.isdecimal():
        return FIELDS[int(words) - 1] if 0 < int(words) <= len(FIELDS) else None
    named = [field for field in FIELDS if words in (field.path, f"{field.group} {field.words}".casefold())]
    return named[0] if named else None


def listed_fields() -> str:
    """The numbered list of all fields, a line for each group."""
    lines: list[str] = []
    group = ""
    for number, field in enumerate(FIELDS, 1):
        if field.group != group:
            group = field.group
            lines.append(f"{group.capitalize()}:")
        lines.append(f"  {number:3} {field.words}")
    return "\n".join(lines)
