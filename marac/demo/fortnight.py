"""A coordinator's fortnight, run with the commands that a real one uses, on the invented town of Carrowdale."""

import contextlib
import datetime as dt
import io
import json
import os
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marac.demo.actions import ACTIONS, DECISIONS
from marac.demo.agencies import COORDINATOR
from marac.demo.correspondents import Correspondent, correspondents
from marac.demo.messages import Invented, earlier_messages, fortnight_messages
from marac.demo.setting import write_setting
from marac.errors import MaracError
from marac.files import write_whole

RunCommand = Callable[[Sequence[str]], int]
"""What the command line does with the words of one command; the exit code."""

_THURSDAY = 3


class DemoError(MaracError):
    """A step of the demo did not go as it should. What stands above says which one."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the demo: a meeting on the next Thursday, and one that was held thirty weeks before it."""

    meeting: dt.date

    @property
    def cut_off(self) -> dt.date:
        """The last day for referrals, a week before the meeting."""
        return self.meeting - dt.timedelta(days=7)

    @property
    def first_day(self) -> dt.date:
        """The Monday on which the fortnight's mail begins."""
        return self.meeting - dt.timedelta(days=17)

    @property
    def heard_on(self) -> dt.date:
        """The day of the earlier meeting, seven months ago."""
        return self.meeting - dt.timedelta(weeks=30)

    @property
    def after_the_cut_off(self) -> dt.date:
        """The day on which the meeting is prepared."""
        return self.cut_off + dt.timedelta(days=1)

    @property
    def meetings(self) -> tuple[tuple[dt.date, dt.date], ...]:
        """The date and cut-off of the earlier meeting, of the demo's and of the one after it."""
        dates = (self.heard_on, self.meeting, self.meeting + dt.timedelta(days=14))
        return tuple((date, date - dt.timedelta(days=7)) for date in dates)


def calendar_around(today: dt.date) -> Calendar:
    """The calendar in which the next Thursday, or today if it is one, is the day of the meeting."""
    return Calendar(today + dt.timedelta(days=(_THURSDAY - today.weekday()) % 7))


@dataclass(slots=True)
class Fortnight:
    """The demo's folder, its days, and the command line that does the work."""

    folder: Path
    days: Calendar
    run_command: RunCommand
    _cases: dict[str, str] = field(default_factory=dict)
    """The case that each invented message became, by the message's sha256."""

    def play(self) -> None:
        """The whole story, from an empty folder to letters that the agencies can open.

        Raises:
            DemoError: a command failed that should not.
        """
        self._set_up()
        self._hear_the_earlier_case()
        self._take_in_the_mail()
        self._decide()
        self._ask_for_research()
        self._hold_the_meeting()

    @property
    def agencies(self) -> tuple[Correspondent, ...]:
        """The agencies, each with its folder."""
        return correspondents(self.folder / "agencies")

    @property
    def documents(self) -> Path:
        """Where the meeting's documents are."""
        return self.folder / "meetings" / self.days.meeting.isoformat()

    def books(self) -> dict[str, Any]:
        """What `marac status --json` says."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            self._run(["status", "--json"], self.days.meeting)
        told: dict[str, Any] = json.loads(said.getvalue())
        return told

    def _set_up(self) -> None:
        _heading("A folder with its settings, and eight agencies with a key each")
        self._marac("init", str(self.folder), on=None)
        write_setting(self.folder, self.days.meetings)
        for agency in self.agencies:
            fingerprint = agency.make_key()
            words = (
                "keys",
                "import",
                agency.agency.id,
                str(agency.public_key),
                "--fingerprint",
                fingerprint,
                "--by",
                COORDINATOR,
            )
            self._marac(*words, on=self.days.heard_on)

    def _hear_the_earlier_case(self) -> None:
        _heading("Seven months ago: a case was referred, listed and heard")
        self._post(earlier_messages(self.days.heard_on))
        self._marac("run", on=self.days.heard_on)
        self._marac("release", self.days.heard_on.isoformat(), "--by", COORDINATOR, on=self.days.heard_on)

    def _take_in_the_mail(self) -> None:
        _heading("This fortnight's mail")
        self._post(fortnight_messages(self.days.first_day, self.days.heard_on))
        self._marac("run", on=self.days.after_the_cut_off)
        self._marac("status", on=self.days.after_the_cut_off)

    def _decide(self) -> None:
        _heading("What people decide about the cases that ask for it")
        for decision in DECISIONS:
            other = [self._case_of(decision.other)] if decision.other else []
            words = ("case", "decide", self._case_of(decision.message), decision.kind, *other)
            self._marac(*words, "--reason", decision.reason, "--by", decision.by, on=self.days.after_the_cut_off)

    def _ask_for_research(self) -> None:
        _heading("Before the meeting: the agenda, and a research pack for each agency")
        meeting, on = self.days.meeting.isoformat(), self.days.after_the_cut_off
        self._marac("meeting", "prepare", meeting, on=on)
        self._marac("release", meeting, "--rehearse", on=on)
        self._marac("release", meeting, "--by", COORDINATOR, on=on)

    def _hold_the_meeting(self) -> None:
        _heading("The meeting: what each agency undertakes, and its sealed letter")
        meeting, on = self.days.meeting.isoformat(), self.days.meeting
        for action in ACTIONS:
            due = action.due(self.days.meeting).isoformat()
            words = (
                "action",
                "add",
                self._case_of(action.message),
                "--agency",
                action.agency,
                "--due",
                due,
                action.text,
            )
            self._marac(*words, on=on)
        self._marac("meeting", "prepare", meeting, on=on)
        self._marac("meeting", "show", meeting, on=on)
        self._marac("release", meeting, "--by", COORDINATOR, on=on)
        self._marac("run", on=on)
        for agency in self.agencies:
            agency.received(self.folder / "sent")

    def _post(self, messages: Sequence[Invented]) -> None:
        """Put messages into the inbox, as the mail system would."""
        for message in messages:
            path = self.folder / "inbox" / f"{message.name}.eml"
            write_whole(path, message.raw)
            moment = message.received.timestamp()
            os.utime(path, (moment, moment))

    def _case_of(self, name: str) -> str:
        """The case that an invented message became."""
        if name not in self._cases:
            by_bytes = {entry["sha256"]: entry["cases"] for entry in self.books()["messages"]}
            invented = fortnight_messages(self.days.first_day, self.days.heard_on)
            self._cases = {message.name: cases[0] for message in invented if (cases := by_bytes[message.sha256])}
        return self._cases[name]

    def _marac(self, *words: str, on: dt.date | None) -> None:
        """Show a command as a person would type it in the folder, and run it."""
        typed = [*words, *(["--today", on.isoformat()] if on else [])]
        print(f"\n$ marac {shlex.join(typed)}", flush=True)
        self._run(words, on)

    def _run(self, words: Sequence[str], on: dt.date | None) -> None:
        where = ["--config", str(self.folder / "config.toml"), "--today", on.isoformat()] if on else []
        if self.run_command([*where, *words]) != 0:
            raise DemoError


def _heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}", flush=True)
