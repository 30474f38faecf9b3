"""What has been read of a form so far: its answers, the part it is in, and a label that still waits for its words. Pure."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from marac.parsers.blocks import Cell
from marac.parsers.dictionary.people_words import WORKER
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.wordings import NO_PLACE, Meaning
from marac.parsers.filling.answers import UNSURE, Answer
from marac.parsers.filling.answers_apart import couples_own, with_towns
from marac.parsers.layout.leftovers import placed, referrers_name
from marac.parsers.layout.owners import IMPLIED, LIKELY, NAMES, SUBJECTS, asked_of, owners_of, strangers, to_referrer
from marac.parsers.layout.struck import without_struck
from marac.parsers.layout.unread import Unread, is_filled_in, shown
from marac.parsers.layout.writing import Writing, joined, typed_text

PEOPLE = ("victim", "perpetrator", "child", "referrer", "other")
_SWITCHING = ("victim", "perpetrator", "referrer")
_REFERRERS_NAMES = frozenset((*NAMES, "name_agency", "name_role", "name_role_agency"))
_REFERRERS_OWN = frozenset(("agency", "name_agency", "name_role", "name_role_agency"))
_VICTIMS_OWN = frozenset(("safe_to_call", "safe_phone", "call_notes", "contact_notes", "pregnant"))
"""What nobody asks about the other person, so that a heading above it says nothing."""
_NOT_REFERRERS = frozenset(
    ("date_of_birth", "name_dob", "ethnicity", "religion", "nationality", "disability", "gp", "housing", "relationship")
)
"""What nobody asks about the referrer; below the referrer's heading it is another's, and it is not known whose."""
_ASKED_OF_VICTIMS = frozenset(("language", "interpreter", "disabled", "bme", "lgbt", "diversity", "pregnant"))
"""What a form asks of the victim where it asks it below the referrer's heading."""
_NAMES_VICTIM = re.compile(r"\b(?:victim|client|survivor|service user|patient)s?\b", re.IGNORECASE)
_SURE, _LIKELY_STORY = 0.95, 0.85
_TELLS = re.compile(
    r"\b(?:circumstances|summary|nature of (?:the )?abuse|abuse|concerns?|background|reasons?|happened|incidents?|narrative|account|grounds|why)\b",
    re.IGNORECASE,
)
"""What the heading over a narrative says where it asks for one."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the form that something stands in; `firm` where a heading said so, not just a label."""

    section: str | None = None
    group: int = 0
    firm: bool = False


_REFERRERS_TOO = frozenset(("name", "surname", "forename", "phone", "email", "contact", "phone_email"))
"""What is asked of a referrer as of anybody; where no person has been spoken of yet, it is the referrer's."""
_HEADED = frozenset(PEOPLE) - {"referrer"}
_BORN = frozenset(("date_of_birth", "name_dob", "name_dob_address", "age", "address", "gender"))


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
    columns: list[tuple[range, Scope]] = field(default_factory=list)
    """Whose the columns of the last table were, for tables that stand inside its cells."""
    parted: tuple[str, list[tuple[range, Scope]]] = ("", [])
    """The last table's place, and whose its columns were by a heading; it goes on below the tables inside its cells."""
    inside: dict[int, Scope] = field(default_factory=dict)
    """Whose the cells of that table were that held a table, by column."""
    unread: list[Unread] = field(default_factory=list)
    """What was filled in and no label claimed."""
    loose: list[tuple[int, Answer, str | None]] = field(default_factory=list)
    """Answers that no heading gave to anybody, each after so many others, with its part of the form."""
    first_line: tuple[str, Writing, str] | None = None
    """An unknown label with its words before any answer: letterhead, unless answers follow on the next line."""
    answered_below: int = 0
    """How many labels had their words on the line below."""
    ignored: list[str] = field(default_factory=list)
    """What answers labels that the record has no place for."""
    _stories: list[tuple[int, str, Writing, str]] = field(default_factory=list)
    _groups: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def begun(self, section: str | None, *, firm: bool = True) -> Scope:
        """A new part of the form."""
        return Scope(section, next(self._groups), firm)

    def enter(self, section: str | None) -> None:
        """A heading begins a new part of the form."""
        self.scope = self.begun(section)
        self.waiting = self.first_line = None
        self.titled = ""

    def scope_inside(self, column: int) -> Scope | None:
        """Whose a table is that stands inside a cell of the last one; None where no heading there says so.

        Where the columns of two rows do not meet, a second cell with a table is the next person's.
        """
        if column not in self.inside:
            at = next((place for place, (spread, _) in enumerate(self.columns) if column in spread), len(self.columns))
            free = [scope for _, scope in self.columns[at:] if scope not in self.inside.values()]
            if not free:
                return None
            self.inside[column] = free[0]
        return self.inside[column]

    def answer(
        self, meaning: Meaning, label: str, value: Writing, where: str, scope: Scope, cell: Cell | None = None
    ) -> None:
        """Records an answer, if it is clear whose it is; one whose words are all struck out is none, and told."""
        kept = without_struck(meaning.key, value)
        if kept is not value:
            if not kept:
                self.leave(label, value, where, scope)
                return
            value, cell = kept, None
        if scope.section == "child" and meaning.key in _ASKED_OF_VICTIMS and _NAMES_VICTIM.search(label):
            meaning = replace(meaning, person="victim")
        person, group = self._whose(meaning, scope)
        if meaning.key == "ignored":
            self.ignored.append(value.text)
            return
        key = asked_of(person, meaning)
        confidence = min(_SURE if meaning.certain else LIKELY, value.sureness)
        typed = cell.value if cell is not None else None
        answer = Answer(key, person or "", group, value, label, where, confidence, typed, vocabulary=self.vocabulary)
        if person is not None:
            self.answers.append(answer)
            return
        self.nameless.append(meaning.key)
        if scope.section not in _HEADED and value and (self.answers or self.loose or cell is not None):
            self.loose.append((len(self.answers), answer, scope.section))

    def leave(
        self, label: str, value: Writing, where: str, scope: Scope | None = None, after: int | None = None
    ) -> None:
        """Notes words that nothing claimed, where they look filled in; `after` so many answers, or all so far."""
        section = (scope or self.scope).section
        if section != "other" and is_filled_in(label, value):
            place = len(self.answers) if after is None else after
            self.unread.append(Unread(label, shown(value), where, section, place))

    def tell(self, label: str, value: Writing, where: str) -> None:
        """Keeps a narrative under a heading that the dictionary lacks; it may prove to be the reason for the referral."""
        self._stories.append((len(self.answers), label, without_struck("reason", value) or value, where))

    def settle(self, *, lone: bool = False) -> None:
        """Decides what had to wait for the end: whose the answers are that no heading gave to anybody, and the story.

        `lone` says that a checklist stands on the paper; where it names nobody, the one name on it is the victim's.

        Facts that stand before anybody else's are the referrer's, unless they hold a date of birth.
        """
        first = next((place for place, each in enumerate(self.answers) if each.person in SUBJECTS), len(self.answers))
        if not any(each.person in SUBJECTS or each.person == "referrer" for each in self.answers) and lone:
            self._give_to_victim()
        born = {answer.group for _, answer, _ in self.loose if answer.key in _BORN}
        owners = owners_of(self.answers)
        self.answers[:first] = to_referrer(self.answers, first)
        for place, answer, section in self.loose:
            is_early = place <= first < len(self.answers)
            if is_early and answer.group not in born and answer.key in _REFERRERS_TOO:
                self.answers.append(replace(answer, person="referrer"))
            elif answer.group in owners:
                owner, likely = owners[answer.group], min(answer.confidence, LIKELY)
                self.answers.append(replace(answer, person=owner, confidence=likely))
            else:
                self._leave(answer, section, place)
        self.loose.clear()
        for answer, section in strangers(self.answers):
            self._leave(answer, section, None)
        self._settle_stories(first)
        self._settle_unread()
        self.answers = couples_own(with_towns(self.answers))

    def _settle_unread(self) -> None:
        """Says of what was left which part of the form it belongs to; a name that only the referrer lacks is theirs."""
        self.unread = [placed(each, self.answers) for each in self.unread]
        if not any(each.person == "referrer" and each.key in _REFERRERS_NAMES and each.value for each in self.answers):
            found = referrers_name(self.unread)
            if found is not None:
                self.unread.remove(found)
                value = typed_text(found.words)
                self.answers.append(
                    Answer("name", "referrer", 0, value, found.label, found.where, UNSURE, vocabulary=self.vocabulary)
                )

    def _give_to_victim(self) -> None:
        if sum(each.key in NAMES for _, each, _ in self.loose) == 1:
            self.answers.extend(
                replace(each, person="victim", confidence=min(each.confidence, LIKELY)) for _, each, _ in self.loose
            )
            self.loose.clear()

    def _settle_stories(self, first: int) -> None:
        """Takes the narratives for the reason where the form has no other; what stands before the form is print."""
        told = any(each.key == "reason" and each.value for each in self.answers)
        for place, label, value, where in self._stories:
            if place <= first and not value.entered:
                continue
            if told or not label:
                self.leave(label, value, where, Scope(), place)
            else:
                sureness = min(value.sureness, _LIKELY_STORY if _TELLS.search(label) else UNSURE)
                told_here = Answer("reason", "", 0, value, label, where, sureness, vocabulary=self.vocabulary)
                self.answers.append(told_here)
        self._stories.clear()

    def _leave(self, answer: Answer, section: str | None, place: int | None) -> None:
        if answer.key not in NO_PLACE:
            self.leave(answer.label, answer.value, answer.where, Scope(section), place)

    def add(self, meaning: Meaning, label: str, value: Writing, where: str, scope: Scope) -> None:
        """Records an answer, or goes on with it where the last one was to the same label."""
        last = self.answers[-1] if self.answers else None
        if last is not None and last.key == meaning.key and last.label == label and meaning.key == "address":
            whole = joined((last.value, without_struck(meaning.key, value)))
            self.answers[-1] = replace(last, value=whole, confidence=min(last.confidence, whole.sureness))
        else:
            self.answer(meaning, label, value, where, scope)

    def _whose(self, meaning: Meaning, scope: Scope) -> tuple[str | None, int]:
        if meaning.person == "":
            return "", 0
        if meaning.person is None or (meaning.person == WORKER and scope.section is None):
            return _bare(meaning.key, scope)
        if meaning.person == WORKER:
            meaning = replace(meaning, person="referrer" if scope.section == "referrer" else "other")
        if meaning.person == scope.section:
            return meaning.person, scope.group
        if meaning.person == "child" and scope.section in (None, "child") and meaning.key in NAMES:
            self.scope = self.begun("child", firm=False)
            return "child", self.scope.group
        if meaning.person in _SWITCHING and (not scope.firm or scope.section is None or meaning.key in NAMES):
            self.scope = self.begun(meaning.person, firm=False)
            return meaning.person, self.scope.group
        return meaning.person, -PEOPLE.index(meaning.person) - 1


def _bare(key: str, scope: Scope) -> tuple[str | None, int]:
    """Whose a label is that names nobody: the heading's, but for what only one person is ever asked."""
    if key in _REFERRERS_OWN and scope.section in ("victim", "perpetrator", "child"):
        return "referrer", 0
    if key in _VICTIMS_OWN and (scope.section == "perpetrator" or (scope.section == "child" and key == "pregnant")):
        return "victim", 0
    if key == "language" and scope.section is None:
        return "victim", 0
    if scope.section == "referrer" and (key in _NOT_REFERRERS or key in _ASKED_OF_VICTIMS):
        return ("victim" if key in _ASKED_OF_VICTIMS else None), 0
    return (scope.section if scope.section in PEOPLE else IMPLIED.get(key)), scope.group
