"""`marac demo` as a new user runs it, once, and everything that it leaves behind."""

import shlex
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from marac.case import LINKS, FlagCode
from marac.demo.fortnight import calendar_around
from marac.demo.messages import MAKES_A_CASE, earlier_messages, fortnight_messages
from marac.register.cases import every_case
from marac.register.store import Store
from tests.working_folder import AFTER_CUT_OFF, MEETING, WorkingFolder


class Demo:
    """A demo that was played, and what it said."""

    def __init__(self, folder: Path, said: str) -> None:
        self.folder = folder
        self.said = said


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


def test_the_meeting_is_on_the_next_thursday() -> None:
    assert calendar_around(AFTER_CUT_OFF).meeting == MEETING
    assert calendar_around(MEETING).meeting == MEETING


def test_every_message_is_accounted_for(demo: Demo) -> None:
    calendar = calendar_around(AFTER_CUT_OFF)
    posted = [*earlier_messages(calendar.heard_on), *fortnight_messages(calendar.first_day, calendar.heard_on)]
    assert f"{len(posted)} in, {len(posted)} accounted for" in demo.said
    filed = [path for name in ("processed", "needs-a-person") for path in (demo.folder / name).glob("*.eml")]
    assert len(filed) == len(posted)
    assert not list((demo.folder / "inbox").iterdir())


def test_what_came_of_each_message_is_what_was_invented(demo: Demo) -> None:
    calendar = calendar_around(AFTER_CUT_OFF)
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
    for message in fortnight_messages(calendar.first_day, calendar.heard_on):
        entry = told[message.sha256]
        assert bool(entry["cases"]) == (message.expectation in MAKES_A_CASE | {"same message"}), message.name
        if message.expectation in wanted:
            assert flags[entry["cases"][0]] & wanted[message.expectation], message.name


def test_each_agency_can_open_its_own_letter_and_nobody_elses(demo: Demo, tmp_path: Path) -> None:
    command = next(line.strip() for line in demo.said.splitlines() if line.strip().startswith("gpg "))
    opened = subprocess.run(shlex.split(command), cwd=tmp_path, capture_output=True, check=False)
    assert opened.returncode == 0, opened.stderr
    assert zipfile.ZipFile(tmp_path / "letter.docx").testzip() is None
    stranger = shlex.split(command.replace("letter.docx ", "other.docx ").replace("/police/gnupg", "/housing/gnupg"))
    assert subprocess.run(stranger, cwd=tmp_path, capture_output=True, check=False).returncode != 0
    for name in ("police", "housing"):
        subprocess.run(
            ["gpgconf", "--homedir", str(demo.folder / "agencies" / name / "gnupg"), "--kill", "all"], check=False
        )


def test_every_agency_got_one_research_pack_and_one_letter(demo: Demo) -> None:
    for agency in (demo.folder / "agencies").iterdir():
        assert {path.name for path in agency.iterdir()} >= {"letter.docx.pgp", "research.docx.pgp", "public-key.asc"}
    recipients = Counter(
        line
        for path in (demo.folder / "sent").glob("*.eml")
        for line in path.read_bytes().splitlines()
        if line.startswith(b"To: ")
    )
    assert len(recipients) == 8
    assert set(recipients.values()) == {5}  # an agenda and a research pack seven months ago, both now, and a letter


def test_nothing_that_left_names_anybody(demo: Demo) -> None:
    calendar = calendar_around(AFTER_CUT_OFF)
    invented = fortnight_messages(calendar.first_day, calendar.heard_on)
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
