"""What layout hands on: one answer to one label, whose it is, and where it stands."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.layout.writing import Writing, typed_text
from marac.referral import ProblemCode

UNSURE = 0.6
"""How sure the reader is of what it inferred; below 0.8 a person is asked to look."""


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
    vocabulary: Vocabulary = field(kw_only=True, repr=False, compare=False)
    """The dictionary that the form is read by; printed choices and jobs are looked up in it."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value for one leaf of a person or of the form."""

    name: str
    value: object
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a leaf that a person must look at."""

    name: str
    code: ProblemCode
    message: str


Read = Iterator[Leaf | Doubt]


def with_text(answer: Answer, text: str) -> Answer:
    """The answer with other words in it."""
    return replace(answer, value=typed_text(text), typed=None)


def with_part(answer: Answer, start: int) -> Answer:
    """The answer from a place in its words on."""
    return replace(answer, value=answer.value.part(start, len(answer.value.text)), typed=None)
