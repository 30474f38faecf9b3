"""What has been read of a form so far: its answers, the part it is in, and a label that still waits for its words. Pure."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from marac.parsers.answers import UNSURE, Answer
from marac.parsers.blocks import Cell
from marac.parsers.unread import Unread, is_filled_in, shown
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


_REFERRERS_TOO = frozenset(("name", "surname", "forename", "phone", "email", "contact", "phone_email"))
"""What is asked of a referrer as of anybody; where no person has been spoken of yet, it is the referrer's."""
_BORN = frozenset(("date_of_birth", "name_dob", "name_dob_address", "age", "address", "gender"))
_NOWHERE = frozenset(("needs", "title", "present", "employer", "officer_ethnicity", "immigration", "orientation"))
"""What is asked on many forms and has no place in the record."""
_SUBJECTS = frozenset(("victim", "perpetrator", "child"))


@dataclass(slots=True)
class Page:
    """What has been read so far: the answers, the part of the form, and a label that still waits for its words."""

    vocabulary: Vocabulary
    answers: list[Answer] = field(default_factory=list)
    scope: Scope = Scope()
    waiting: tuple[Meaning, str, Scope] | None = None
    titled: str = ""
    """The last heading or question that the dictionary lacks, while nothing has answered it."""
    nameless: list[str] = field(default_factory=list)
    """The keys of labels that no heading gave to anybody, answered or not."""
    unread: list[Unread] = field(default_factory=list)
    """What was filled in and no label claimed."""
    _stories: list[tuple[int, str, Writing, str]] = field(default_factory=list)
    _loose: list[tuple[int, Answer, str | None]] = field(default_factory=list)
    _groups: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def begun(self, section: str | None, *, firm: bool = True) -> Scope:
        """A new part of the form."""
        return Scope(section, next(self._groups), firm)

    def enter(self, section: str | None) -> None:
        """A heading begins a new part of the form."""
        self.scope = self.begun(section)
        self.waiting = None
        self.titled = ""

    def answer(
        self, meaning: Meaning, label: str, value: Writing, where: str, scope: Scope, cell: Cell | None = None
    ) -> None:
        """Records an answer, if it is clear whose it is."""
        person, group = self._whose(meaning, scope)
        if meaning.key == "ignored":
            return
        confidence = _SURE if meaning.certain else _LIKELY
        typed = cell.value if cell is not None else None
        answer = Answer(meaning.key, person or "", group, value, label, where, confidence, typed)
        if person is not None:
            self.answers.append(answer)
            return
        self.nameless.append(meaning.key)
        if scope.section not in PEOPLE and value and (self.answers or self._loose or cell is not None):
            self._loose.append((len(self.answers), answer, scope.section))

    def leave(self, label: str, value: Writing, where: str, scope: Scope | None = None) -> None:
        """Notes words that nothing claimed, where they look filled in."""
        section = (scope or self.scope).section
        if section != "other" and is_filled_in(label, value):
            self.unread.append(Unread(label, shown(value), where, section))

    def tell(self, label: str, value: Writing, where: str) -> None:
        """Keeps a narrative under a heading that the dictionary lacks; it may prove to be the reason for the referral."""
        self._stories.append((len(self.answers), label, value, where))

    def settle(self, *, lone: bool = False) -> None:
        """Decides what had to wait for the end: whose the answers are that no heading gave to anybody, and the story.

        `lone` says that a checklist stands on the paper; where it names nobody, the one name on it is the victim's.

        Facts that stand before anybody else's are the referrer's, unless they hold a date of birth.
        """
        first = next((place for place, each in enumerate(self.answers) if each.person in _SUBJECTS), len(self.answers))
        if not any(each.person in _SUBJECTS or each.person == "referrer" for each in self.answers) and lone:
            self._give_to_victim()
        born = {answer.group for _, answer, _ in self._loose if answer.key in _BORN}
        for place, answer, section in self._loose:
            is_early = place <= first < len(self.answers)
            if is_early and answer.group not in born and answer.key in _REFERRERS_TOO:
                self.answers.append(replace(answer, person="referrer"))
            else:
                self._leave(answer, section)
        self._loose.clear()
        self._settle_stories(first)

    def _give_to_victim(self) -> None:
        if sum(each.key in _NAMES for _, each, _ in self._loose) == 1:
            self.answers.extend(
                replace(each, person="victim", confidence=min(each.confidence, _LIKELY)) for _, each, _ in self._loose
            )
            self._loose.clear()

    def _settle_stories(self, first: int) -> None:
        """Takes the narratives for the reason where the form has no other; what stands before the form is print."""
        told = any(each.key == "reason" and each.value for each in self.answers)
        for place, label, value, where in self._stories:
            if place <= first and not value.entered:
                continue
            if told or not label:
                self.leave(label, value, where, Scope())
            else:
                self.answers.append(Answer("reason", "", 0, value, label, where, UNSURE))
        self._stories.clear()

    def _leave(self, answer: Answer, section: str | None) -> None:
        if answer.key not in _NOWHERE:
            self.leave(answer.label, answer.value, answer.where, Scope(section))

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
        if meaning.person == "child" and scope.section in (None, "child") and meaning.key in _NAMES:
            self.scope = self.begun("child", firm=False)
            return "child", self.scope.group
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
