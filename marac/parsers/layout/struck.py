"""Words struck out in an answer, as changes that somebody tracked are printed: they are no part of what it says. Pure."""

from marac.parsers.layout.owners import NAMES
from marac.parsers.layout.sides import is_in_two_tongues, printed_choice
from marac.parsers.layout.writing import Writing

_WRITTEN = frozenset(
    (*NAMES, "address", "postcode", "address_phone", "phone", "phone_email", "safe_phone", "contact", "email", "date", "date_of_birth", "reason")
)  # fmt: skip
"""What is written in words and never chosen of a list, whatever strokes stand in it."""


def without_struck(key: str, value: Writing) -> Writing:
    """An answer less its struck words; printed choices keep theirs, because what is not struck is what was chosen."""
    if not value.struck or _is_choice(key, value):
        return value
    return value.kept()


def _is_choice(key: str, value: Writing) -> bool:
    if value.boxed or printed_choice(value.text) is not None or is_in_two_tongues(value.text):
        return True
    return "/" in value.text and key not in _WRITTEN
