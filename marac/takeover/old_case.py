"""A row of an old register as a case: what it says, whence, and what a person must look at. Pure."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from marac.case import Case
from marac.parsers.dictionary.wordings import plain
from marac.referral import Problem, Reading
from marac.takeover.cells import day_in
from marac.takeover.columns import Column
from marac.takeover.gathering import Gathering
from marac.takeover.people import gather_people
from marac.takeover.register_words import (
    ACTIONS,
    MEETING,
    NOTES,
    NUMBER_OF_CHILDREN,
    OUTCOME,
    OWN_NUMBER,
    TRANSFERRED_TO,
    OldState,
)
from marac.takeover.rows import SortedRow
from marac.takeover.sheets import words_of
from marac.takeover.standing import Standing, standing_of

NO_NAME = "No name of a victim can be read in this row."
NO_DATE = "No date of a referral or of a meeting can be read in this row, so it is not known when the case was."
_LONGEST_NUMBER = 100
_IN_WORDS = {OWN_NUMBER: "Its number there", OUTCOME: "Outcome", NUMBER_OF_CHILDREN: "Number of children", ACTIONS: "Actions agreed", NOTES: "Notes"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OldCase:
    """A case of the old register, ready to be entered under a new reference."""

    sheet: int
    row: int
    case: Case
    words: str = field(repr=False)
    """What the old register says of it that has no place of its own here: outcome, actions, notes, its number there."""
    own_number: str = field(repr=False)
    contents: str
    """The identity of all that stands in the row, wherever it stands: the same row is never taken twice."""
    subject: str
    """The identity of whom and when it is about; a row with the same one and other contents was changed since."""


class NotReadError(Exception):
    """A row cannot be read as a case; the text says why, for the coordinator."""


def old_case(
    sheet: int,
    found: SortedRow,
    columns: Mapping[str, list[Column]],
    today: dt.date,
    meanings: Mapping[str, OldState],
) -> OldCase:
    """The case of one row.

    Args:
        sheet: the number of its sheet.
        found: the row.
        columns: those of the sheet that are taken, by field.
        today: the day.
        meanings: what a person said that outcomes mean.

    Raises:
        NotReadError: it names no victim, or no date.
    """
    row = found.row
    where = f"the old register, sheet {sheet}, row {row.number}"
    gathering = Gathering(row, columns, where)
    meeting, referred = _day(gathering, MEETING, today) or found.meeting, _day(gathering, "date", today)
    received = _received(gathering, referred, meeting, today)
    gather_people(gathering, received or today)
    if "victim.name" not in gathering.leaves:
        raise NotReadError(NO_NAME)
    if received is None:
        raise NotReadError(NO_DATE)
    standing = standing_of(gathering.text(OUTCOME), gathering.text(TRANSFERRED_TO), meeting, today, meanings)
    own = gathering.text(OWN_NUMBER)
    case = replace(_case(gathering, standing, received), former_reference=own[:_LONGEST_NUMBER] or None)
    return OldCase(
        sheet, row.number, case, _words(gathering, columns), own,
        contents=_identity(_contents(found)), subject=_identity([own, *_subject(case)]),
    )  # fmt: skip


def _day(gathering: Gathering, path: str, today: dt.date) -> dt.date | None:
    """The date in a column, kept as evidence where the record has a place for it."""
    value = gathering.value(path)
    if value is None:
        return None
    found = day_in(value, today)
    if path == "date":
        gathering.put(path, found, words_of(value))
    elif found.doubt:
        gathering.doubt("unclear", "", f"Date of the meeting: {found.doubt}")
    return found.value if isinstance(found.value, dt.date) else None


def _received(
    gathering: Gathering, referred: dt.date | None, meeting: dt.date | None, today: dt.date
) -> dt.date | None:
    """The day from which rules count: that of the referral, else that of the meeting; never one that is still to come."""
    if referred is not None and referred > today:
        gathering.doubt("invalid", "date", "The date of the referral is still to come; it was not gone by.")
        referred = None
    if referred is not None:
        return referred
    if meeting is not None:
        if "date" in gathering.columns:  # a register without such a column is told of once, not in every case
            gathering.doubt(
                "missing", "date", "When it was referred is not known; the day of the meeting was taken for it."
            )
        return min(meeting, today)
    return None


def _case(gathering: Gathering, standing: Standing, received: dt.date) -> Case:
    """The case with no reference yet."""
    for doubt in standing.doubts:
        gathering.doubt("unclear", "", doubt)
    reading = Reading("referral", gathering.referral(), gathering.evidence, tuple(gathering.problems))
    return Case(
        reference="",
        state=standing.state,
        received=received,
        reading=reading,
        agency=reading.referral.referrer.agency,
        meeting=standing.meeting,
        origin="import",
        transferred_to=standing.transferred_to,
    )


def with_words(found: OldCase) -> Case:
    """The case, where it is a draft, with a question that tells all that the old register says of it besides."""
    if found.case.state != "draft":
        return found.case
    message = f"From the old register (sheet {found.sheet}, row {found.row}). {found.words}".strip()
    reading = found.case.reading
    told = replace(reading, problems=(Problem("unclear", "", message), *reading.problems))
    return replace(found.case, reading=told)


def _words(gathering: Gathering, columns: Mapping[str, list[Column]]) -> str:
    said = [
        f"{title}: {text}." if text[-1] not in ".!?" else f"{title}: {text}"
        for path, title in _IN_WORDS.items()
        if path in columns and (text := gathering.text(path))
    ]
    return " ".join([*said, *gathering.words])


def _contents(found: SortedRow) -> list[str]:
    row = found.row
    meeting = [found.meeting.isoformat()] if found.meeting else []
    return [*meeting, *(plain(" ".join(row.text(place).split())) for place in sorted(row.cells))]


def _subject(case: Case) -> list[str]:
    victim = case.reading.referral.victim
    born = victim.date_of_birth.isoformat() if victim.date_of_birth else ""
    others = [plain(each.name or "") for each in case.reading.referral.perpetrators]
    return [plain(victim.name or ""), born, case.received.isoformat(), *others]


def _identity(texts: list[str]) -> str:
    return hashlib.sha256("\x1f".join(texts).encode("utf-8")).hexdigest()[:32]
