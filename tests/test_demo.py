"""`marac demo` as a new user runs it, once, and everything that it leaves behind."""

import re
import shlex
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from marac.case import LINKS, FlagCode
from marac.demo.actions import ACTIONS, ADDED_ACTION, CONFLICT, EARLIER_ACTION
from marac.demo.agencies import AGENCIES
from marac.demo.days import calendar_around
from marac.demo.messages import MAKES_A_CASE, earlier_messages, fortnight_messages
from marac.register.actions import every_action
from marac.register.cases import every_case
from marac.register.minutes import every_attendance
from marac.register.research_returns import every_return
from marac.register.store import Store
from tests.word_templates import words_of
from tests.working_folder import AFTER_CUT_OFF, MEETING, WorkingFolder

CALENDAR = calendar_around(AFTER_CUT_OFF)
SILENT = "probation"


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that was played, and what it said."""

    folder: Path
    said: str

    def opened(self, agency: str, kind: str = "") -> list[str]:
        """The words of the documents of the meeting that an agency opened."""
        found = sorted((self.folder / "agencies" / agency / "opened").glob(f"{kind}*{MEETING}*.docx"))
        return [words_of(path.read_bytes()) for path in found]

    @property
    def cases(self) -> dict[str, str]:
        """The case that each invented message became, by its name."""
        told = {entry["sha256"]: entry["cases"] for entry in WorkingFolder(self.folder).status()["messages"]}
        invented = fortnight_messages(CALENDAR.first_day, CALENDAR.heard_on)
        return {message.name: cases[0] for message in invented if (cases := told[message.sha256])}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    place = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "marac", "demo", "--today", AFTER_CUT_OFF.isoformat()]
    done = subprocess.run(
        command, cwd=place, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert done.stderr == ""
    return Demo(place / "marac-demo", done.stdout)


def test_the_meeting_is_on_the_next_thursday_of_an_ordinary_week() -> None:
    assert CALENDAR.meeting == MEETING
    assert calendar_around(MEETING).meeting == MEETING
    assert calendar_around(MEETING.replace(month=12, day=20)).meeting == MEETING.replace(year=2027, month=1, day=14)


def test_every_message_is_accounted_for(demo: Demo) -> None:
    posted = [*earlier_messages(CALENDAR.heard_on), *fortnight_messages(CALENDAR.first_day, CALENDAR.heard_on)]
    filed = [path for name in ("processed", "needs-a-person") for path in (demo.folder / name).glob("*.eml")]
    replies = [path for path in filed if path.name.startswith(("research-", "actions-"))]
    assert len(replies) == 8 + 8  # everybody but probation, the senior contact at the housing association too
    assert len(filed) == len(posted) + len(replies)
    assert f"{len(filed)} in, {len(filed)} accounted for" in demo.said
    assert not list((demo.folder / "inbox").iterdir())


def test_what_came_of_each_message_is_what_was_invented(demo: Demo) -> None:
    told = {entry["sha256"]: entry for entry in WorkingFolder(demo.folder).status()["messages"]}
    store = Store(demo.folder / "store")
    with store.reading() as connection:
        flags = {case.reference: {flag.code for flag in case.flags} for case in every_case(connection)}
    store.close()
    wanted: dict[str, set[FlagCode]] = {
        "duplicate": {"duplicate", "possible duplicate"},
        "repeat": {"repeat"},
        "linked": set(LINKS),
        "below threshold": {"below threshold"},
        "score disagrees": {"score and ticks disagree"},
        "unsafe to call": {"unsafe contact"},
        "under age": {"under age"},
    }
    for message in fortnight_messages(CALENDAR.first_day, CALENDAR.heard_on):
        entry = told[message.sha256]
        assert bool(entry["cases"]) == (message.expectation in MAKES_A_CASE | {"same message"}), message.name
        if message.expectation in wanted:
            assert flags[entry["cases"][0]] & wanted[message.expectation], message.name


def test_each_agency_can_open_its_own_letter_and_nobody_elses(demo: Demo, tmp_path: Path) -> None:
    command = next(line.strip() for line in demo.said.splitlines() if line.strip().startswith("gpg "))
    opened = subprocess.run(shlex.split(command), cwd=tmp_path, capture_output=True, check=False)
    assert opened.returncode == 0, opened.stderr
    assert zipfile.ZipFile(tmp_path / "letter.docx").testzip() is None
    stranger = shlex.split(command.replace("letter.docx ", "other.docx ", 1).replace("/police/gnupg", "/housing/gnupg"))
    assert subprocess.run(stranger, cwd=tmp_path, capture_output=True, check=False).returncode != 0
    for name in ("police", "housing"):
        subprocess.run(
            ["gpgconf", "--homedir", str(demo.folder / "agencies" / name / "gnupg"), "--kill", "all"], check=False
        )


def test_every_agency_opened_its_papers_of_the_whole_fortnight_once(demo: Demo) -> None:
    for agency in AGENCIES:
        found = {path.name for path in (demo.folder / "agencies" / agency.id / "opened").glob(f"*{MEETING}*")}
        kinds = Counter(name.partition(" ")[0] for name in found)
        wanted = Counter(("agency-agenda", "research", "letter", "flags", "outcome"))
        wanted += Counter({"idva": ("outcome",), SILENT: ("reminder",)}.get(agency.id, ()))
        assert kinds == wanted, agency.id


def test_what_is_held_back_from_an_agency_is_in_nothing_that_it_opened(demo: Demo) -> None:
    case = demo.cases[CONFLICT.message]
    told = next(
        message.referral
        for message in fortnight_messages(CALENDAR.first_day, CALENDAR.heard_on)
        if message.name == CONFLICT.message
    )
    assert told is not None
    names = [case, str(told.victim.name), *(str(person.name) for person in told.perpetrators)]
    assert all(any(name in words for words in demo.opened("health")) for name in names)
    papers = demo.opened(CONFLICT.agency)
    assert len(papers) >= 5
    assert not [name for name in names for words in papers if name in words]
    for words in demo.opened("housing-senior"):
        assert set(re.findall(r"M\d\d-\d{4}", words)) == {case}


def test_the_answers_of_agencies_are_in_the_register_and_one_was_chased(demo: Demo) -> None:
    store = Store(demo.folder / "store")
    with store.reading() as connection:
        returns = [each for each in every_return(connection) if each.meeting == MEETING]
        heard = {case.reference for case in every_case(connection) if case.meeting == MEETING and case.state == "heard"}
    store.close()
    assert {each.state for each in returns} == {"taken"}
    assert {each.agency for each in returns} == {a.id for a in AGENCIES if a.id != SILENT} | {"housing.senior"}
    answered = Counter(each.agency for each in returns)
    assert answered["police"] == answered["adults"] == len(heard)
    assert (answered["housing"], answered["housing.senior"]) == (len(heard) - 1, 1)
    chased = [path for path in (demo.folder / "sent").glob("*.eml") if b"not back yet" in path.read_bytes()]
    assert len(chased) == 1
    assert b"carrowdale-probation.example" in chased[0].read_bytes()


def test_the_minutes_are_in_the_register_and_all_but_one_agency_reported(demo: Demo) -> None:
    store = Store(demo.folder / "store")
    with store.reading() as connection:
        actions = {action.text: action for action in every_action(connection)}
        present = {each.agency for each in every_attendance(connection) if each.standing == "present"}
    store.close()
    assert present == {agency.id for agency in AGENCIES if agency.id != SILENT}
    assert set(actions) == {action.text for action in (EARLIER_ACTION, *ACTIONS, ADDED_ACTION)}
    for invented in ACTIONS:
        action = actions[invented.text]
        assert (action.case, action.agency) == (demo.cases[invented.message], invented.agency)
        assert (action.due, action.owner, action.risk) == (invented.due(MEETING), invented.owner, invented.risk)
        assert (action.outcome or "") == invented.done
    assert {action.agency for action in actions.values() if action.is_open} == {SILENT}


def test_nothing_that_left_names_anybody(demo: Demo) -> None:
    invented = fortnight_messages(CALENDAR.first_day, CALENDAR.heard_on)
    told_of = [message.referral for message in invented if message.referral]
    names = {str(referral.victim.name) for referral in told_of} | {
        str(one.name) for referral in told_of for one in referral.perpetrators
    }
    assert len(names) > 20
    for path in (demo.folder / "sent").glob("*.eml"):
        told = path.name + path.read_text(encoding="utf-8")
        assert not [name for name in names if name in told]


def test_the_demo_changes_nothing_that_is_there(demo: Demo) -> None:
    command = [sys.executable, "-m", "marac", "demo", str(demo.folder)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "there already" in done.stderr


def test_everything_is_read_by_its_owner_only(demo: Demo) -> None:
    shared = [path for path in demo.folder.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o077]
    assert shared == []
