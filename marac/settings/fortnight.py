"""What config.toml may say about the fortnight: calendar, deadlines, documents, minutes, actions, figures."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from marac.meetings.calendar import ListedMeeting
from marac.meetings.deadlines import DeadlineRule, DeadlineRules
from marac.meetings.series import Series
from marac.settings.agencies import Fingerprint
from marac.settings.fields import Address, Table

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Nation = Literal["England", "Wales", "Scotland", "Northern Ireland"]


class CalendarRow(Table):
    """A series of meetings; an area that changes its rhythm ends one series and begins another."""

    first: dt.date
    """The first meeting, or a day from which on the series runs."""
    last: dt.date | None = None
    rhythm: Literal["daily", "weekly", "fortnightly", "every three weeks", "monthly"] = "fortnightly"
    weekdays: tuple[Weekday, ...] = ()
    """On which days; none for the weekday of `first`, or for every working day where the rhythm is daily."""
    which: tuple[Literal[1, 2, 3, 4, -1], ...] = ()
    """Of a monthly rhythm: the first to fourth of these weekdays in a month, -1 for the last."""
    at: dt.time | None = None
    venue: str = ""

    @model_validator(mode="after")
    def _its_parts_fit(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise ValueError("last must not be earlier than first")
        if self.which and self.rhythm != "monthly":
            raise ValueError(
                'which belongs to rhythm = "monthly"; the other rhythms fall on every one of their weekdays'
            )
        return self

    @property
    def series(self) -> Series:
        """The series, as the calendar counts it."""
        weekdays = frozenset(get_args(Weekday).index(each) for each in self.weekdays)
        return Series(self.first, self.last, self.rhythm, weekdays, frozenset(self.which), self.at, self.venue)


class ClosedDays(Table):
    """On which days the council is closed, and what becomes of a meeting that lands on one."""

    nation: Nation = "England"
    """Whose bank holidays."""
    bank_holidays: bool = True
    also: tuple[dt.date, ...] = ()
    """The council's own closed days, such as those between Christmas and New Year."""
    move: Literal["next working day", "working day before", "leave out"] = "next working day"


class Deadline(Table):
    """So many days before a meeting, or after it, and until when on that day."""

    days: int = Field(ge=0, le=90)
    unit: Literal["working days", "calendar days"] = "working days"
    at: dt.time | None = None
    """None for the end of the day."""

    @property
    def rule(self) -> DeadlineRule:
        """The deadline, as the calendar counts it."""
        return DeadlineRule(self.days, self.unit == "working days", self.at)


class Deadlines(Table):
    """What is due when: cut-off, agenda and research before the meeting; actions and updates after it."""

    cut_off: Deadline = Deadline(days=8)
    agenda_out: Deadline = Deadline(days=5)
    research_back: Deadline = Deadline(days=1)
    actions_out: Deadline = Deadline(days=2)
    updates_due: Deadline = Deadline(days=8)

    @property
    def rules(self) -> DeadlineRules:
        """All of them, as the calendar counts them."""
        return DeadlineRules(
            self.cut_off.rule,
            self.agenda_out.rule,
            self.research_back.rule,
            self.actions_out.rule,
            self.updates_due.rule,
        )


class Meeting(Table):
    """One meeting of the list, and the last day on which a referral for it can arrive."""

    date: dt.date
    cut_off: dt.date | None = None
    """None for the area's own deadline."""
    at: dt.time | None = None
    venue: str = ""
    urgent: bool = False

    @model_validator(mode="after")
    def _cut_off_comes_first(self) -> Self:
        if self.cut_off is not None and self.cut_off > self.date:
            raise ValueError("cut_off must not be later than date")
        return self

    @property
    def listed(self) -> ListedMeeting:
        """The meeting, as the calendar lists it."""
        return ListedMeeting(self.date, self.cut_off, self.at, self.venue, self.urgent)


class Research(Table):
    """What agencies are asked before a meeting, and whether they answer in writing."""

    addresses: bool = False
    """Whether requests show where the people live."""
    returns: bool = True
    """Whether answers are sent back; where not, research stays inside the agencies and only the list goes out."""
    chase_days: tuple[int, ...] = (2, 0)
    """How many working days before the answers are due those that are not back are chased; 0 for the day itself."""
    released_by: str | None = None
    """Who gave a standing release for chasing; without one each chaser waits for a person."""


class Actions(Table):
    """When overdue actions are chased."""

    remind_every_days: int = Field(default=7, ge=1, le=90)
    escalate_after_days: int = Field(default=14, ge=1, le=365)
    """From so many days overdue on, the agency's manager is written to as well."""


class Outcome(Table):
    """Who tells the victim what the meeting came to."""

    to: Literal["referrer", "idva", "referrer and idva"] = "referrer"
    days: Deadline = Deadline(days=5)
    """Until when, after the meeting."""
    owed: bool = False
    """Whether it is owed to the victim and tracked: each case asks until somebody notes that it was done."""


class Idva(Table):
    """The IDVA service, and whether a referral to the MARAC is one to it."""

    agency: str | None = None
    """Its id in agencies.toml."""
    referral_on_receipt: bool = False
    released_by: str | None = None
    """Who gave a standing release for these referrals; without one each waits for a person."""

    @model_validator(mode="after")
    def _somebody_is_referred_to(self) -> Self:
        if self.referral_on_receipt and self.agency is None:
            raise ValueError("must name in agency whom every case is referred to, by its id in agencies.toml")
        return self


class Flagging(Table):
    """How long agencies keep flags on their files."""

    months: int = Field(default=12, ge=1, le=60)
    notices: bool = True
    """Whether each agency is told after a meeting which files to flag."""
    ending: bool = True
    """Whether each agency is told once a month whose flags end."""


class Minutes(Table):
    """What the minutes ask the meeting to consider for each case, beside risks and actions."""

    consider: tuple[str, ...] = ()
    """Such as "safeguarding children procedures", "MAPPA" or "risk to the community"."""


class Figures(Table):
    """What the figures are held against, and what is kept back in public ones."""

    adult_women: int | None = Field(default=None, ge=1)
    """Women of 16 and over who live in the area: cases are counted for each 10,000 of them."""
    small: int = Field(default=5, ge=2, le=20)
    """Counts below this are not shown in anything public."""


class OtherMarac(Table):
    """A MARAC that cases are transferred to, or come from."""

    name: str = Field(min_length=1)
    email: Address
    fingerprint: Fingerprint = None


OtherMaracs = Mapping[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,59}$")], OtherMarac]
