"""What layout hands on: one answer to one label, whose it is, and where it stands."""

import datetime as dt
from dataclasses import dataclass

from marac.parsers.writing import Writing


@dataclass(frozen=True, slots=True)
class Answer:
    """The words that answer a label.

    `person` is `victim`, `perpetrator`, `child`, `referrer`, `other` (someone the record has no place for) or empty.
    Answers of one person share a `group`; a new heading, column, or row of a list begins another.
    """

    key: str
    person: str
    group: int
    value: Writing
    label: str
    where: str
    confidence: float = 0.95
    typed: dt.date | float | bool | None = None
