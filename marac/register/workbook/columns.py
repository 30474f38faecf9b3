"""The columns of the sheet of cases: the title of each, and what it shows of a case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from marac.case import FlagCode
from marac.register.workbook.contents import RegisteredCase
from marac.register.workbook.flag_words import CONTACT, DUPLICATE, REPEAT, SAFETY, THRESHOLD, TO_LOOK_AT
from marac.register.workbook.sheet import Choices, Colour, Column, Group, Kind
from marac.register.workbook.words import (
    age_when_referred,
    child_in_words,
    decision_in_words,
    earlier_decisions,
    lines,
    other_cases,
    why,
    words_for_flags,
)

_UNSAFE = Colour("red", ("UNSAFE",), where="Contact")
"""Whoever reads the number also sees that it is not to be rung."""

_PROGRAMS_OWN = "checklist."
"""Leaves that follow from other leaves: ticks are counted, and a count is never typed."""

_OF_PERPETRATOR = "perpetrators.0."
"""Where an edit goes for a case that names one perpetrator; with several, the cell is the program's."""


@dataclass(frozen=True, slots=True)
class CaseColumn:
    """A column of the sheet: what it shows of a case, and which leaf of the referral record that is."""

    column: Column
    value: Callable[[RegisteredCase], Any]
    path: str | None = None
    """`victim.phone`; `perpetrators.*.name` where each entry of a list has a line."""
    key: bool = False
    """Its evidence is always noted while the case is live, however sure the reader is."""
    name: bool = False


def _of_form(
    title: str,
    width: float,
    path: str,
    group: Group,
    kind: Kind = "text",
    *,
    key: bool = False,
    colours: tuple[Colour, ...] = (),
    choices: Choices | None = None,
) -> CaseColumn:
    edits = None if path.startswith(_PROGRAMS_OWN) else path
    column = Column(title, width, kind, group, choices, colours, edits)
    return CaseColumn(column, _leaf(path), path, key, path.endswith(".name"))


def _tick(title: str, path: str, group: Group, width: float = 10, *, key: bool = False) -> CaseColumn:
    column = Column(title, width, "text", group, "yes or no", edits=path)
    return CaseColumn(column, _leaf(path), path, key)


def _leaf(path: str) -> Callable[[RegisteredCase], Any]:
    return attrgetter(f"case.reading.referral.{path}")


def _each(title: str, width: float, leaf: str, kind: Kind = "text", *, key: bool = False) -> CaseColumn:
    """One line for each perpetrator; what only one of them has stays as it is: a date, or several other names."""
    value = attrgetter(leaf)

    def shown(row: RegisteredCase) -> Any:
        people = row.case.reading.referral.perpetrators
        if len(people) == 1:
            return value(people[0])
        return lines(_in_a_line(value(person)) for person in people)

    column = Column(title, width, kind, "perpetrator", edits=_OF_PERPETRATOR + leaf)
    return CaseColumn(column, shown, f"perpetrators.*.{leaf}", key, leaf == "name")


def _in_a_line(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, tuple) else value


def _own(
    title: str,
    width: float,
    value: Callable[[RegisteredCase], Any],
    group: Group = "case",
    kind: Kind = "text",
    *,
    choices: Choices | None = None,
    colours: tuple[Colour, ...] = (),
    path: str | None = None,
    edits: str | None = None,
) -> CaseColumn:
    return CaseColumn(Column(title, width, kind, group, choices, colours, edits), value, path)


def _flagged(title: str, width: float, words: Mapping[FlagCode, str], *colours: Colour) -> CaseColumn:
    """A column that says in a word which of some flags the case has, so that the sheet can be filtered by it."""
    return _own(title, width, lambda row: words_for_flags(row.case, words), "risk", colours=colours)


def _latest_decision(part: str) -> Callable[[RegisteredCase], Any]:
    value = attrgetter(part)
    return lambda row: value(row.case.decisions[-1]) if row.case.decisions else None


COLUMNS: tuple[CaseColumn, ...] = (
    _own("Case", 12, lambda row: row.case.reference, kind="code"),
    _own("State", 11, lambda row: row.case.state, colours=(Colour("amber", ("draft",)),)),
    _own(
        "Decision needed",
        10,
        lambda row: bool(row.case.open_questions) or None,
        colours=(Colour("amber", ("yes",)),),
    ),
    _flagged(
        "Threshold",
        10,
        THRESHOLD,
        Colour("green", ("met",)),
        Colour("amber", ("below",)),
    ),
    _flagged("Repeat", 10, REPEAT, Colour("blue", ("repeat", "possible"))),
    _flagged(
        "Duplicate",
        10,
        DUPLICATE,
        Colour("violet", ("duplicate", "possible", "linked", "heard before")),
    ),
    _flagged(
        "Contact",
        9,
        CONTACT,
        Colour("red", ("UNSAFE",)),
        Colour("amber", ("care",)),
    ),
    _flagged("Safety", 12, SAFETY, Colour("red", ("threats to kill", "child at risk"))),
    _own("Received", 11, lambda row: row.case.received, kind="date"),
    _own("Meeting", 11, lambda row: row.case.meeting, kind="date"),
    _own(
        "Referring agency",
        18,
        lambda row: row.case.agency or row.case.reading.referral.referrer.agency,
        choices="agencies",
        path="referrer.agency",
        edits="agency",
    ),
    _of_form("Victim", 20, "victim.name", "victim"),
    _of_form("Date of birth", 11, "victim.date_of_birth", "victim", "date", key=True),
    _each("Perpetrator", 20, "name"),
    _each("Perpetrator's date of birth", 12, "date_of_birth", "date", key=True),
    _each("Relationship to victim", 14, "relationship"),
    _own("Children", 8, lambda row: len(row.case.reading.referral.children) or None, "children", "number"),
    _of_form("Ticks", 6, "checklist.ticks", "risk", "number", key=True),
    _own("Why", 60, lambda row: lines(map(why, row.case.flags)), "risk"),
    _own("Other cases", 12, lambda row: lines(other_cases(row.case)), "risk", "code"),
    _flagged("To look at", 14, TO_LOOK_AT, Colour("amber", ("under age", "lawful basis"))),
    _own("Questions about the form", 40, lambda row: lines(p.message for p in row.case.reading.problems), "risk"),
    _of_form("Stated score", 8, "criteria.score", "risk", "number", key=True),
    _of_form("Checklist", 12, "checklist.kind", "risk"),
    _of_form("Grade", 9, "checklist.grade", "risk"),
    _of_form("Officer's judgement", 30, "checklist.judgement", "risk"),
    _tick("Visible high risk", "criteria.visible_high_risk", "risk"),
    _tick("Professional judgement", "criteria.professional_judgement", "risk", 12, key=True),
    _tick("Escalation", "criteria.escalation", "risk", 11),
    _tick("Repeat ticked", "criteria.repeat", "risk"),
    _of_form("Last heard", 11, "criteria.previous_date", "risk", "date"),
    _of_form("Last case number", 12, "criteria.previous_reference", "risk", "code"),
    _of_form("Other MARAC", 16, "criteria.other_marac", "risk"),
    _own(
        "Decision",
        18,
        lambda row: decision_in_words(row.case),
        "decision",
        choices="decisions",
        edits="decision",
    ),
    _own("Decided by", 16, _latest_decision("by"), "decision", edits="decided by"),
    _own("Reason for decision", 40, _latest_decision("reason"), "decision", edits="reason for decision"),
    _own("Decided on", 11, _latest_decision("on"), "decision", "date"),
    _own(
        "Presented by",
        24,
        lambda row: row.presented_by or None,
        "decision",
        colours=(Colour("red", ("nobody yet",)),),
    ),
    _own("Earlier decisions", 30, lambda row: earlier_decisions(row.case), "decision"),
    _of_form("Victim's other names", 18, "victim.aliases", "victim"),
    _own("Age when referred", 9, lambda row: age_when_referred(row.case), "victim", "number", path="victim.age"),
    _of_form("Gender", 9, "victim.gender", "victim", choices="genders"),
    _of_form("Address", 30, "victim.address", "victim"),
    _of_form("Postcode", 10, "victim.postcode", "victim", "code"),
    _of_form("Phone", 14, "victim.phone", "victim", "code", key=True, colours=(_UNSAFE,)),
    _tick("Safe to call", "victim.safe_to_call", "victim", 8, key=True),
    _of_form("Contact notes", 30, "victim.contact_notes", "victim"),
    _of_form("Afraid of", 22, "safety.afraid_of", "victim"),
    _of_form("Safe to talk to", 22, "safety.safe_to_talk_to", "victim"),
    _of_form("Unsafe to talk to", 22, "safety.unsafe_to_talk_to", "victim"),
    _of_form("Ethnicity", 16, "victim.ethnicity", "victim"),
    _of_form("Language", 12, "victim.language", "victim"),
    _tick("Interpreter", "victim.interpreter", "victim", 11),
    _of_form("Disability", 18, "victim.disability", "victim"),
    _tick("Black, Asian or minoritised", "victim.bme", "victim", 12),
    _tick("Disabled", "victim.disabled", "victim"),
    _tick("LGBT", "victim.lgbt", "victim", 7),
    _tick("Pregnant", "victim.pregnant", "victim"),
    _each("Perpetrator's other names", 18, "aliases"),
    _each("Perpetrator's address", 30, "address"),
    _each("Perpetrator's postcode", 12, "postcode", "code"),
    _own(
        "Children named",
        34,
        lambda row: lines(child_in_words(child) for child in row.case.reading.referral.children),
        "children",
    ),
    _of_form("Reason for referral", 60, "reason", "form"),
    _tick("Victim knows", "consent.aware", "form"),
    _tick("Consent", "consent.given", "form"),
    _of_form("Why without consent", 30, "consent.reason", "form"),
    _of_form("Police reference", 16, "police.reference", "form", "code"),
    _of_form("Officer", 16, "police.officer", "form"),
    _of_form("Date on form", 11, "date", "form", "date"),
    _of_form("Referrer", 18, "referrer.name", "form"),
    _of_form("Referrer's role", 18, "referrer.role", "form"),
    _of_form("Referrer's phone", 14, "referrer.phone", "form", "code"),
    _of_form("Referrer's email", 28, "referrer.email", "form", "code"),
    _own("Form", 14, lambda row: row.source, "form", "link"),
)
