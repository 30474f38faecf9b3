"""What would become of every row of an old register: a case, an action of one, passed over, or not readable. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from marac.takeover.old_case import NotReadError, OldCase, old_case
from marac.takeover.register_words import OWN_NUMBER, OldState
from marac.takeover.rows import IN_WORDS, SortedRow, sorted_rows
from marac.takeover.sheets import Row
from marac.takeover.understanding import UnderstoodSheet

_NO_NUMBER = "This action names no case by a number that a row of cases has."
SHEETS_WITHOUT = "on sheets without cases"
TAKEN_BEFORE = "taken over before"


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row that was not taken, why, and what stands in it."""

    sheet: int
    row: int
    why: str
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows of the spreadsheet, each in one place."""

    rows: int
    cases: tuple[OldCase, ...] = ()
    actions: int = 0
    passed_over: Mapping[str, int] = field(default_factory=dict)
    """How many rows of each kind hold nothing to take: blank ones, headings, titles, totals, notes."""
    unread: tuple[UnreadRow, ...] = ()
    notes: tuple[UnreadRow, ...] = ()
    """Rows with words that are no case: passed over, and listed so that a person can look at them."""

    @property
    def balanced(self) -> bool:
        """Whether every row is accounted for once."""
        return self.rows == len(self.cases) + self.actions + sum(self.passed_over.values()) + len(self.unread)


def planned(sheets: Sequence[UnderstoodSheet], today: dt.date, meanings: Mapping[str, OldState]) -> Plan:
    """What becomes of every row.

    Args:
        sheets: as they are understood.
        today: the day.
        meanings: what a person said that outcomes mean, by their plain words.
    """
    cases: list[OldCase] = []
    unread: list[UnreadRow] = []
    notes: list[UnreadRow] = []
    actions: list[tuple[UnderstoodSheet, Row]] = []
    passed: Counter[str] = Counter()
    for sheet in sheets:
        if sheet.headings is None or not (sheet.headings.names_victims or sheet.headings.lists_actions):
            passed[SHEETS_WITHOUT] += len(sheet.sheet.rows)
            continue
        for found in sorted_rows(sheet.sheet, sheet.headings, today):
            if found.kind != "filled":
                passed[IN_WORDS[found.kind]] += 1
                notes += [_unread(sheet, found.row, "Words that are no case")] if found.kind == "note" else []
            elif sheet.headings.lists_actions:
                actions.append((sheet, found.row))
            else:
                _read(sheet, found, today, meanings, cases, unread)
    known = _told_apart(cases, unread)
    with_actions, lost = _with_actions(known, actions)
    rows = sum(len(sheet.sheet.rows) for sheet in sheets)
    return Plan(
        rows, with_actions, len(actions) - len(lost), dict(passed), (*unread, *lost), tuple(notes),
    )  # fmt: skip


def _read(
    sheet: UnderstoodSheet,
    found: SortedRow,
    today: dt.date,
    meanings: Mapping[str, OldState],
    cases: list[OldCase],
    unread: list[UnreadRow],
) -> None:
    try:
        cases.append(old_case(sheet.sheet.number, found, sheet.by_field, today, meanings))
    except NotReadError as error:
        unread.append(_unread(sheet, found.row, str(error)))


def _unread(sheet: UnderstoodSheet, row: Row, why: str) -> UnreadRow:
    return UnreadRow(sheet.sheet.number, row.number, why, tuple(row.text(place) for place in sorted(row.cells)))


def _told_apart(cases: Sequence[OldCase], unread: list[UnreadRow]) -> list[OldCase]:
    """The cases, each once: a row about the same people and day as an earlier one is not taken a second time."""
    first: dict[str, OldCase] = {}
    for case in cases:
        earlier = first.setdefault(case.subject, case)
        if earlier is not case:
            why = f"The same people and day as sheet {earlier.sheet}, row {earlier.row}: it was not taken twice."
            unread.append(UnreadRow(case.sheet, case.row, why, (case.case.referral.victim.name or "",)))
    return list(first.values())


def _with_actions(
    cases: Sequence[OldCase], actions: Sequence[tuple[UnderstoodSheet, Row]]
) -> tuple[tuple[OldCase, ...], list[UnreadRow]]:
    """The cases with the actions that a list of actions has for them, and the actions of no case.

    Of several cases with one number, as registers give it to repeats, the last one has the actions.
    """
    by_number = {case.own_number.casefold(): place for place, case in enumerate(cases) if case.own_number}
    told = list(cases)
    lost = []
    for sheet, row in actions:
        numbers = [row.text(column.place).casefold() for column in sheet.by_field.get(OWN_NUMBER, ())]
        place = next((by_number[number] for number in numbers if number in by_number), None)
        if place is None:
            lost.append(_unread(sheet, row, _NO_NUMBER))
        else:
            words = f"{told[place].words} {_action_in_words(sheet, row)}"
            told[place] = replace(told[place], words=words.strip())
    return tuple(told), lost


def _action_in_words(sheet: UnderstoodSheet, row: Row) -> str:
    numbered = {column.place for column in sheet.by_field.get(OWN_NUMBER, ())}
    said = [
        f"{column.title}: {' '.join(row.text(column.place).split())}"
        for column in sheet.columns
        if column.place in row.cells and column.place not in numbered
    ]
    return f"Action: {'; '.join(said)}."


@dataclass(frozen=True, slots=True)
class Known:
    """What was taken over before, by the identities of its rows."""

    contents: Collection[str] = frozenset()
    subjects: Collection[str] = frozenset()


def without_known(plan: Plan, known: Known) -> Plan:
    """The plan without the rows that were taken over before; one that was changed since is for a person to look at."""
    new, changed = [], []
    before = 0
    for case in plan.cases:
        if case.contents in known.contents:
            before += 1
        elif case.subject in known.subjects:
            changed.append(case)
        else:
            new.append(case)
    passed = {**plan.passed_over, **({TAKEN_BEFORE: before} if before else {})}
    return replace(plan, cases=tuple(new), passed_over=passed, unread=(*plan.unread, *_told_as_changed(changed)))


def _told_as_changed(cases: Sequence[OldCase]) -> Iterator[UnreadRow]:
    for case in cases:
        why = "Taken over before, and changed in the spreadsheet since. Change the case in the register instead."
        yield UnreadRow(case.sheet, case.row, why, (case.case.referral.victim.name or "",))
