"""Blocks to answers: which words answer which label, and whose they are. Pure.

A heading says whose the labels under it are; a heading over some columns says so for those columns; a label that
names a person says so for itself and for the bare labels after it.
"""

import itertools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from marac.parsers.answers import Answer
from marac.parsers.blocks import Block, Cell, Line, Table
from marac.parsers.labels import pairs
from marac.parsers.vocabulary import Meaning, Vocabulary
from marac.parsers.writing import Writing, joined

PEOPLE = ("victim", "perpetrator", "child", "referrer", "other")
_SWITCHING = ("victim", "perpetrator", "referrer")
_NAMES = ("name", "surname", "forename", "name_dob", "name_dob_address")
_TITLE_WORDS = 10
_PROSE = 60  # characters; a criterion followed by more than this in running print is explained, not answered


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
    _groups: Iterable[int] = field(default_factory=lambda: itertools.count(1))

    def begun(self, section: str | None, *, firm: bool = True) -> Scope:
        """A new part of the form."""
        return Scope(section, next(iter(self._groups)), firm)

    def enter(self, section: str | None) -> None:
        """A heading begins a new part of the form."""
        self.scope = self.begun(section)
        self.waiting = None

    def answer(self, meaning: Meaning, label: str, value: Writing, where: str, scope: Scope, cell: Cell | None = None) -> None:
        """Records an answer, if it is clear whose it is."""
        person, group = self._whose(meaning, scope)
        if person is None or meaning.key == "ignored":
            return
        confidence = 0.95 if meaning.certain else 0.75
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
            return (scope.section if scope.section in PEOPLE else _implied(meaning.key)), scope.group
        if meaning.person == scope.section:
            return meaning.person, scope.group
        if meaning.person in _SWITCHING and (not scope.firm or scope.section is None or meaning.key in _NAMES):
            self.scope = self.begun(meaning.person, firm=False)
            return meaning.person, self.scope.group
        return meaning.person, -PEOPLE.index(meaning.person) - 1


def _implied(key: str) -> str | None:
    """Whose a bare label is where no heading says so: only the victim is asked these."""
    return "victim" if key in ("diversity", "bme", "disabled", "lgbt", "interpreter", "safe_to_call", "safe_phone", "call_notes", "contact_notes", "pregnant") else (
        "referrer" if key in ("agency", "role", "name_agency", "name_role", "name_role_agency") else "perpetrator" if key == "relationship" else None
    )


def answers(
    blocks: Iterable[Block], vocabulary: Vocabulary, taken: Mapping[int, Collection[int]] | None = None
) -> list[Answer]:
    """The answers on a form, in reading order. `taken` are rows read already (a checklist's), by number of block."""
    from marac.parsers.grid import read_table

    page = Page(vocabulary)
    for number, block in enumerate(blocks):
        rows = (taken or {}).get(number, ())
        if isinstance(block, Table):
            read_table(page, block, rows)
        elif 0 not in rows:
            _read_line(page, block)
    return page.answers


def _read_line(page: Page, line: Line) -> None:
    writing = Writing(line.spans)
    if not writing:
        return
    is_edge = line.where.startswith("page ") and ("header" in line.where or "footer" in line.where)
    words = writing.words
    short = len(words.split()) <= _TITLE_WORDS
    section = page.vocabulary.section(words) if short and not writing.boxed else None
    if is_edge:
        return
    found = pairs(writing, page.vocabulary, alone=short and (line.heading or writing.bold or _closed(words)))
    if section is not None and not any(pair.value for pair in found):
        page.enter(section)
        if section == "reason":
            page.waiting = (Meaning("reason", ""), words, page.scope)
        return
    if page.waiting is not None and page.waiting[0].key == "reason" and found and found[0].meaning.person is None:
        found = []  # a narrative may have lines that begin like a label; only one that names whose it is ends it
    if found:
        _read_pairs(page, line, found)
    elif page.waiting is not None and not (line.heading or (writing.bold and short)):
        meaning, label, scope = page.waiting
        page.add(meaning, label, writing, line.where, scope)
        if meaning.key not in ("reason", "address"):
            page.waiting = None
    elif line.heading or (writing.bold and short and not words.endswith(".")):
        page.enter(None)


def _read_pairs(page: Page, line: Line, found: list) -> None:  # type: ignore[type-arg]
    page.waiting = None
    for pair in found:
        if pair.meaning.key.startswith("criteria.") and len(pair.value.text) > _PROSE and not pair.value.boxed:
            continue
        page.answer(pair.meaning, pair.label, pair.value, line.where, page.scope)
    last = found[-1]
    if not last.value or last.meaning.key in ("reason", "address"):
        page.waiting = (last.meaning, last.label, page.scope)


def _closed(words: str) -> bool:
    return words.endswith((":", "?"))


__all__ = ["PEOPLE", "Page", "Scope", "Writing", "answers", "joined"]
