"""What the register knows of a meeting when its minutes come back."""

import datetime as dt
from dataclasses import dataclass, field

from marac.action import Action
from marac.agency import Agency
from marac.case import Case, MeetingDate
from marac.fortnight import Attendance, CaseMinutes
from marac.meetings.withholding import Withholding


@dataclass(frozen=True, slots=True)
class Known:
    """The register and the settings of one moment, as far as minutes speak of them."""

    marac: str
    """The id of this MARAC."""
    meeting: MeetingDate
    meetings: tuple[MeetingDate, ...]
    today: dt.date
    agencies: tuple[Agency, ...]
    consider: tuple[str, ...] = ()
    cases: tuple[Case, ...] = field(default=(), repr=False)
    actions: tuple[Action, ...] = field(default=(), repr=False)
    attendances: tuple[Attendance, ...] = field(default=(), repr=False)
    """Those of this meeting that were noted before."""
    case_minutes: tuple[CaseMinutes, ...] = field(default=(), repr=False)
    """Those of this meeting that were noted before."""

    withheld: Withholding = field(default=Withholding(), repr=False)
    """What is held back from which agency."""

    @property
    def following(self) -> dt.date | None:
        """The day of the meeting after this one; None where the calendar has none."""
        return min((each.date for each in self.meetings if each.date > self.meeting.date), default=None)

    def agency_name(self, agency: str) -> str:
        """The agency's name by its id; what is no agency's id is its own name."""
        return next((each.name for each in self.agencies if each.id == agency), agency)

    def case(self, reference: str) -> Case | None:
        """The case with this reference."""
        return next((each for each in self.cases if each.reference == reference), None)
