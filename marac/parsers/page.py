"""What has been read of a form so far: its answers, the part it is in, and a label that still waits for its words. Pure."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from marac.parsers.answers import Answer
from marac.parsers.blocks import Cell
from marac.parsers.vocabulary import Vocabulary
from marac.parsers.wordings import Meaning
from marac.parsers.writing import Writing, joined

PEOPLE = ("victim", "perpetrator", "child", "referrer", "other")
_SWITCHING = ("victim", "perpetrator", "referrer")
_NAMES = ("name", "surname", "forename", "name_dob", "name_dob_address")
_REFERRERS_OWN = frozenset(("agency", "name_agency", "name_role", "name_role_agency"))
_VICTIMS_OWN = frozenset(("safe_to_call", "safe_phone", "call_notes", "contact_notes", "pregnant"))
"""What nobody asks about the other person, so that a heading above it says nothing."""
_SURE, _LIKELY = 0.95, 0.75
_IMPLIED = {
    **dict.fromkeys(
        ("diversity", "bme", "disabled", "lgbt", "interpreter", "safe_to_call", "safe_phone", "call_notes", "contact_notes", "pregnant"),
        "victim",
    ),
    **dict.fromkeys(("agency", "role", "name_agency", "name_role", "name_role_agency"), "referrer"),
    "relationship": "perpetrator",
}  # fmt: skip
"""Whose a bare label is where no heading says so: only this person is asked for it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the form that something stands in; `firm` where a heading said so, not just a label."""

    section: str | None = None
    group: int = 0
    firm: bool = False


@dataclass(slots=True)
class Page:
    """What has been read so far: the answers, the part of the form, and a label that still waits for its words."""

    vocabulary: Vocabulary
    answers: list[Answer] = field(default_factory=list)
    scope: Scope = Scope()
    waiting: tuple[Meaning, str, Scope] | None = None
    _groups: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def begun(self, section: str | None, *, firm: bool = True) -> Scope:
        """A new part of the form."""
        return Scope(section, next(self._groups), firm)

    def enter(self, section: str | None) -> None:
        """A heading begins a new part of the form."""
        self.scope = self.begun(section)
        self.waiting = None

    def answer(
        self, meaning: Meaning, label: str, value: Writing, where: str, scope: Scope, cell: Cell | None = None
    ) -> None:
        """Records an answer, if it is clear whose it is."""
        person, group = self._whose(meaning, scope)
        if person is None or meaning.key == "ignored":
            return
        confidence = _SURE if meaning.certain else _LIKELY
        typed = cell.value if cell is not None else None
        self.answers.append(Answer(meaning.key, person, group, value, label, where, confidence, typed))

    def add(self, meaning: Meaning, label: str, value: Writing, where: str, scope: Scope) -> None:
        """Records an answer, or goes on with it where the last one was to the same label."""
        last = self.answers[-1] if self.answers else None
        if last is not None and last.key == meaning.key and last.label == label and meaning.key == "address":
            self.answers[-1] = replace(last, value=joined((last.value, value)))
        else:
            self.answer(meaning, label, value, where, scope)

    def _whose(self, meaning: Meaning, scope: Scope) -> tuple[str | None, int]:
        if meaning.person == "":
            return "", 0
        if meaning.person is None:
            return _bare(meaning.key, scope)
        if meaning.person == scope.section:
            return meaning.person, scope.group
        if meaning.person in _SWITCHING and (not scope.firm or scope.section is None or meaning.key in _NAMES):
            self.scope = self.begun(meaning.person, firm=False)
            return meaning.person, self.scope.group
        return meaning.person, -PEOPLE.index(meaning.person) - 1


def _bare(key: str, scope: Scope) -> tuple[str | None, int]:
    """Whose a label is that names nobody: the heading's, but for what only one person is ever asked."""
    if key in _REFERRERS_OWN and scope.section in ("victim", "perpetrator", "child"):
        return "referrer", 0
    if key in _VICTIMS_OWN and scope.section == "perpetrator":
        return "victim", 0
    return (scope.section if scope.section in PEOPLE else _IMPLIED.get(key)), scope.group
