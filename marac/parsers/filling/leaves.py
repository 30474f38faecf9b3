"""One answer to the leaves of the record that it fills: which reader reads which kind of label. Pure."""

import datetime as dt
import re
from collections.abc import Callable, Iterable

from marac.parsers.filling import circumstances, contact, identity, referrers
from marac.parsers.filling.answers import UNSURE, Answer, Doubt, Leaf, Read
from marac.parsers.filling.said import said, text_of, yes_of
from marac.parsers.filling.values import is_unknown
from marac.parsers.layout.unread import is_filled_in
from marac.parsers.layout.writing import folded

_GENDER = re.compile(r"\w \((m|f|male|female)\)\s*$", re.IGNORECASE)
_NAMES = ("name", "forename", "surname")
_GENDERED = ("victim", "perpetrator")
_CASE_WORDS = re.compile(
    r"^(?:(?:marac\s*)?case|ref(?:erence)?)?\s*(?:no|number|ref(?:erence)?|#)?\b\s*[.:]?\s*|\bheard (?:on|at)\b",
    re.IGNORECASE,
)


def leaves(answer: Answer, latest: dt.date | None) -> list[Leaf | Doubt]:
    """What an answer fills in. `latest` is the day no birth can be after."""
    reader = _READERS.get(answer.key)
    if reader is None:
        return []
    if len(answer.value.text) > _LONGEST and answer.key not in _TEXTS:
        return [Doubt(answer.key, "unclear", "What stands here is far longer than an answer. Open the form and look.")]
    return [*reader(answer, latest), *_gender_beside(answer)] or _nothing(answer)


def _gender_beside(answer: Answer) -> list[Leaf | Doubt]:
    """The gender where it stands in brackets behind a name (`Ann (F)`)."""
    found = _GENDER.search(answer.value.words) if answer.key in _NAMES and answer.person in _GENDERED else None
    return [Leaf("gender", "female" if found[1][0] in "fF" else "male")] if found else []


def _nothing(answer: Answer) -> list[Leaf | Doubt]:
    """The doubt about words that were filled in and say nothing that can be read."""
    leaf = _DOUBTED.get(answer.key)
    if leaf is None or not is_filled_in(answer.label, answer.value) or not any(map(str.isalnum, answer.value.words)):
        return []
    return [Doubt(leaf, "unclear", f"“{answer.value.words[:60]}” was not understood here. Open the form and look.")]


def _text(leaf: str) -> Callable[[Answer, dt.date | None], Read]:
    def read(answer: Answer, _latest: dt.date | None) -> Read:
        words = text_of(answer.value)
        if words:
            yield Leaf(leaf, words)

    return read


def _yes(leaf: str) -> Callable[[Answer, dt.date | None], Read]:
    def read(answer: Answer, _latest: dt.date | None) -> Read:
        yield from said(leaf, yes_of(answer.value), answer)

    return read


def _school(answer: Answer, latest: dt.date | None) -> Read:
    """A child's school; what adults answer to `School / employment` is their occupation."""
    leaf = "occupation" if answer.person in ("victim", "perpetrator") and _WORK.search(answer.label) else "school"
    yield from _text(leaf)(answer, latest)


def _diversity(answer: Answer, _latest: dt.date | None) -> Read:
    """The groups whose boxes are ticked under `Diversity`."""
    for option in answer.value.options():
        meaning = answer.vocabulary.option(option.text) if option.ticked else None
        if meaning is not None and meaning.key in _TRUTHS:
            yield Leaf(meaning.key, value=True)


_WORK = re.compile(r"\b(?:employ|work|occupation|job|profession)", re.IGNORECASE)
_LONGEST = 1_500  # characters; beyond it a field holds a story, or an attack on the patterns that read it
_TEXTS = (
    "surname", "forename", "middle_name", "ethnicity", "occupation", "religion", "nationality", "gp", "school",
    "relationship_to_victim", "relationship_to_perpetrator", "role", "agency",
)  # fmt: skip
_TRUTHS = ("interpreter", "disabled", "bme", "lgbt", "pregnant")
_READERS: dict[str, Callable[[Answer, dt.date | None], Read]] = {
    **{leaf: _text(leaf) for leaf in _TEXTS},
    **{leaf: _yes(leaf) for leaf in _TRUTHS},
    "school": _school,
    "diversity": _diversity,
    "name": identity.name,
    "name_dob": identity.name_and_birth,
    "aliases": identity.aliases,
    "date_of_birth": identity.birth,
    "age": identity.age,
    "gender": identity.gender,
    "address": contact.address,
    "postcode": contact.postcode,
    "address_phone": contact.address_and_phone,
    "name_dob_address": contact.name_birth_address,
    "phone": contact.phone,
    "phone_email": contact.phone,
    "contact": contact.phone,
    "email": contact.email,
    "safe_to_call": contact.safe_to_call,
    "safe_phone": contact.safe_phone,
    "call_notes": contact.call_notes,
    "contact_notes": contact.contact_notes,
    "relationship": circumstances.relationship,
    "parent": circumstances.parent,
    "housing": circumstances.housing,
    "language": circumstances.language,
    "disability": circumstances.disability,
    "referrer_name": referrers.referrer_name,
    "name_agency": referrers.name_and("agency"),
    "name_role": referrers.name_and("role"),
    "name_role_agency": referrers.name_and("role_agency"),
}


_DOUBTED = {
    "name": "name", "name_dob": "name", "address": "address", "phone": "phone", "phone_email": "phone",
    "contact": "phone", "email": "email", "safe_phone": "phone", "name_agency": "name", "name_role": "name", "referrer_name": "name",
}  # fmt: skip
"""The leaf that nothing was read for, by label; other labels may be answered with what the record has no place for."""


def both_relationships(answer: Answer) -> Iterable[Leaf]:
    """`Son / Step-son` in one column: to the victim, then to the perpetrator."""
    words = text_of(answer.value)
    if not words:
        return
    first, mark, second = words.partition("/")
    if first.strip() and not is_unknown(first):
        yield Leaf("relationship_to_victim", first.strip(), 1.0 if mark else UNSURE)
    if mark and not is_unknown(second):
        yield Leaf("relationship_to_perpetrator", second.strip())


def case_reference(text: str) -> str | None:
    """The case number in what is left when the date is taken out."""
    rest = _CASE_WORDS.sub("", folded(text).strip(" ,;:–-/.()"), count=1).strip(" ,;:–-/.()")
    return rest if any(letter.isdigit() for letter in rest) and len(rest) <= 40 else None
