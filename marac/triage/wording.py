"""How triage speaks: dates, lists and numbers in words, and the place on the form that a statement rests on."""

import datetime as dt
from collections.abc import Sequence

from marac.referral import Evidence, Reading

SURE = 0.8
"""Below this the reader asks for a second look at what it read."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def in_words(day: dt.date) -> str:
    """`3 March 2026`, in English whatever the machine's language is."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month_in_words(day: dt.date) -> str:
    """`March 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def ordinal(number: int) -> str:
    """`third`; beyond the tenth, `number 11`."""
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"number {number}"


def counted(number: int, singular: str, plural: str = "") -> str:
    """`1 tick`, `3 ticks`."""
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def sentence(text: str) -> str:
    """The words with a capital at the front and a full stop at the end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "”")) else ".")


def place(evidence: Evidence | None) -> str:
    """Where a value stands and as what words: `table 2, row 3: "Y"`; empty where nothing was recorded."""
    return f'{evidence.where}: "{evidence.text}"' if evidence else ""


def places(reading: Reading, *paths: str) -> str:
    """The places of several values, those without one left out, each named once."""
    found = [place(reading.evidence.get(path)) for path in paths]
    return "; ".join(dict.fromkeys(words for words in found if words))


def doubtful(reading: Reading, path: str) -> bool:
    """Whether the reader was unsure of this value."""
    evidence = reading.evidence.get(path)
    return evidence is not None and evidence.confidence < SURE
