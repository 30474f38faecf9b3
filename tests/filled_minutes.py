"""Minutes of an invented meeting, made by the program and filled in as with Word."""

import dataclasses
import datetime as dt
import io
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import docx

from marac.action import Action
from marac.case import Case, MeetingDate
from marac.document import WORD, Document
from marac.generators.minutes import minutes
from marac.meetings.hearing import order_of_hearing
from marac.taking_minutes.known import Known
from tests.invented_cases import AGENCIES, HOUSING, MARAC, MEETING, case, heard_a_year_ago, repeat_case, undecided_case

CONSIDER = ("Safeguarding children procedures", "MAPPA")
FOLLOWING = MeetingDate(dt.date(2026, 12, 17), dt.date(2026, 12, 8))
AFTER = dt.date(2026, 12, 4)
UPDATES = dt.datetime(2026, 12, 15, 17, 0)
EARLIER = (
    Action(3, "M25-0107", "housing", dt.date(2026, 11, 26), "Repair the gate.", dt.date(2026, 11, 19)),
    Action(5, "M25-0107", "police", dt.date(2026, 11, 27), "Visit the school.", dt.date(2026, 11, 19)),
)
_TICK = "{http://schemas.microsoft.com/office/word/2010/wordml}checked"
_VALUE = "{http://schemas.microsoft.com/office/word/2010/wordml}val"


def meeting_cases() -> tuple[Case, ...]:
    """A repeat with children, an ordinary case, one that nobody has decided about, and one of a year ago."""
    return (case(), repeat_case(), undecided_case(), heard_a_year_ago())


def known(**changes: Any) -> Known:
    """The register when the minutes come back on the day after the meeting."""
    found = Known(
        "marac",
        dataclasses.replace(MEETING, updates_due=UPDATES),
        (MEETING, FOLLOWING),
        AFTER,
        AGENCIES,
        CONSIDER,
        meeting_cases(),
        EARLIER,
    )
    return dataclasses.replace(found, **changes)


@cache
def blank() -> bytes:
    """The minutes as the program makes them."""
    made = minutes(
        MEETING,
        order_of_hearing(meeting_cases(), MEETING.date),
        EARLIER,
        (dataclasses.replace(AGENCIES[0], deputy="Sgt Rhys Lloyd"), *AGENCIES[1:]),
        marac=MARAC,
        marac_id="marac",
        chair="DCI Rosa Whitlam",
        template=(files("marac") / "templates" / "minutes.docx").read_bytes(),
        consider=CONSIDER,
        twelve_months=(heard_a_year_ago(),),
    )
    return made.content


@dataclass(slots=True)
class Minutes:
    """A minutes file open in a word processor."""

    content: bytes = field(default_factory=blank)
    document: Any = field(init=False)

    def __post_init__(self) -> None:
        self.document = docx.Document(io.BytesIO(self.content))

    def table(self, head: str) -> Any:
        """The first table whose first cell begins with these words."""
        return next(table for table in self.document.tables if _beginning(table).startswith(head))

    def row(self, head: str, key: str) -> list[Any]:
        """The cells of the row whose first cell has these words."""
        table = self.table(head)
        return next(cells for place in range(len(table.rows)) if (cells := cells_of(table, place))[0].text == key)

    def attend(self, agency: str, *ticks: str, name: str | None = None) -> None:
        """Tick `present`, `apologies`, `signed`, `sent` for an agency."""
        cells = self.row("Agency", agency)
        places = {"present": (2, 0), "apologies": (3, 0), "signed": (4, 0), "not signed": (4, 1), "sent": (5, 0)}
        for each in ticks:
            column, box = places[each]
            tick(cells[column], box)
        if name is not None:
            write(cells[1], name)

    def came_to(self, number: int, outcome: int, reason: str = "") -> None:
        """Tick what became of an earlier action: 0 done, 1 could not be done, 2 not done."""
        cells = self.row("No.", str(number))
        tick(cells[4], outcome)
        write(cells[5], reason)

    def note(self, case: str, **said: str) -> None:
        """Write into the rows Risks and Notes, and tick heard, deferred or not_heard with its reason."""
        noted = f"{case}: what"
        for label in ("Risks", "Notes"):
            if label.lower() in said:
                write(self.row(noted, label)[-1], said[label.lower()])
        for place, ending in enumerate(("heard", "deferred", "not_heard")):
            if ending in said:
                table = self.table(noted)
                cells = cells_of(table, len(table.rows) - 1)
                tick(cells[1], place)
                write(cells[2], said[ending])

    def consider(self, case: str, what: str, *, yes: bool, words: str = "") -> None:
        """Tick yes or no, and write what was said."""
        cells = self.row(f"{case}: what", what)
        tick(cells[1], 0 if yes else 1)
        write(cells[2], words)

    def agree(self, case: str, row: int, *cells: str) -> None:
        """Fill in an action's row: risk, action, agency, owner, date."""
        for cell, words in zip(cells_of(self.table(f"{case}: actions"), row + 1)[1:], cells, strict=True):
            write(cell, words)

    def add_action(self, case: str, *cells: str) -> None:
        """Add a row below and fill it in."""
        for cell, words in zip(self.table(f"{case}: actions").add_row().cells[1:], cells, strict=True):
            write(cell, words)

    def saved(self) -> bytes:
        """The file."""
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    @property
    def as_document(self) -> Document:
        """The file as it is read."""
        return Document("minutes.docx", WORD, self.saved())


def filled_in() -> Minutes:
    """A meeting written down as a careful coordinator does it."""
    return Minutes(_filled_in())


@cache
def _filled_in() -> bytes:
    made = Minutes()
    made.attend("Northbridge Police", "present", "signed", name="DS Gwen Pritchard")
    made.attend(HOUSING.name, "apologies", "sent")
    made.attend("Children's Social Care", "present", "signed", name="Leah Moss")
    made.attend("Safe Haven IDVA Service", "present", "not signed")
    made.came_to(3, 0)
    made.came_to(5, 1, "The family moved away.")
    for reference in ("M26-0001", "M26-0002"):
        made.note(reference, risks=f"He knows her new work. {reference}", heard="")
        made.consider(reference, "Safeguarding children procedures", yes=True, words="strategy meeting")
        made.consider(reference, "MAPPA", yes=False)
    made.note("M26-0003", deferred="The referrer was ill.")
    made.agree(
        "M26-0002", 1, "Contact through school", "Place a marker.", "Northbridge Police", "PC Reese", "10/12/2026"
    )
    made.agree("M26-0002", 2, "", "Visit the mother.", "children", "", "3 Jan")
    made.agree("M26-0001", 1, "Homelessness", "Fit new locks.", "housing", "T. W.", "next meeting")
    return made.saved()


def _beginning(table: Any) -> str:
    """The words of its first cell."""
    first = next(each for each in table._tbl.iter() if each.tag.endswith("}tc"))
    return "".join(each.text or "" for each in first.iter() if each.tag.endswith("}t"))


def cells_of(table: Any, row: int) -> list[Any]:
    """The cells of a row, each once however many columns it covers."""
    return list({cell._tc: cell for cell in table.rows[row].cells}.values())


def tick(cell: Any, place: int) -> None:
    """Click on a box."""
    box = list(cell._tc.iter(_TICK))[place]
    box.set(_VALUE, "1")
    control = box.getparent().getparent().getparent()
    glyph = next(each for each in control.iter() if each.tag.endswith("}t"))
    glyph.text = "\u2612"


def write(cell: Any, words: str) -> None:
    """Write into a cell in place of what stands there."""
    cell.text = words
