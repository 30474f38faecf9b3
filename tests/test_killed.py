"""Killed anywhere (SIGKILL), a rerun neither loses nor repeats anything."""

import hashlib
import re
import signal
from pathlib import Path
from typing import Any

import pytest

from marac.demo.correspondents import correspondents
from tests.working_folder import AFTER_CUT_OFF, MEETING, WorkingFolder, some_mail, working_folder

MAIL = (
    "01-police-referral",
    "07-school-referral",
    "08-childrens-referral",
    "11-surgery-form",
    "12-probation-reply",
    "03-health-referral",
    "23-health-referral-again",
)
POINTS = 8
"""How many of the moments are tried in every run of the tests; `benchmarks/killed.py` tries them all."""


def tree(folder: Path) -> dict[str, str]:
    """Every file that a person looks at, by what is in it."""
    shown = [
        path
        for name in ("inbox", "processed", "needs-a-person", "sent", "meetings")
        for path in sorted((folder / name).rglob("*"))
        if path.is_file()
    ]
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in [*shown, folder / "register.xlsx"]
    }


def outcome_of(folder: WorkingFolder) -> tuple[list[tuple[Any, ...]], list[str]]:
    """What became of each message, and where it lies."""
    entries = [
        (entry["sha256"], entry["state"], entry["disposition"], len(entry["cases"]))
        for entry in folder.status()["messages"]
    ]
    return sorted(entries), sorted(name for name in tree(folder.path) if name.endswith(".eml"))


def moments_of(run: "Any") -> int:
    found = re.search(r"POINTS (\d+)", run.stderr)
    assert found, run.stderr
    return int(found[1])


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, tuple[list[tuple[Any, ...]], list[str]]]:
    """How many moments a pass has, and what it comes to where nothing disturbs it."""
    folder = working_folder(tmp_path_factory.mktemp("undisturbed"))
    folder.post(some_mail(*MAIL))
    run = folder.killed(0, "run")
    assert run.returncode == 0, run.stderr
    return moments_of(run), outcome_of(folder)


@pytest.mark.parametrize("part", range(POINTS))
def test_a_pass_that_was_killed_is_finished_by_the_next(
    part: int, undisturbed: tuple[int, Any], tmp_path: Path
) -> None:
    moments, expected = undisturbed
    folder = working_folder(tmp_path)
    folder.post(some_mail(*MAIL))
    killed = folder.killed(1 + part * (moments - 1) // (POINTS - 1), "run")
    assert killed.returncode in {-signal.SIGKILL, 0}
    again = folder.marac("run")
    assert again.returncode == 0, again.stderr
    assert outcome_of(folder) == expected
    before = tree(folder.path)
    assert folder.marac("run").returncode == 0
    assert tree(folder.path) == before
    assert not list(folder.path.rglob(".marac-*.part"))


def prepared_folder(place: Path) -> WorkingFolder:
    """A folder with one case, two agencies that have keys, and their sealed research packs waiting for release."""
    folder = working_folder(place)
    folder.post(some_mail("01-police-referral"))
    for agency in correspondents(folder.path / "agencies")[:2]:
        fingerprint = agency.make_key()
        pinned = folder.marac("keys", "import", agency.agency.id, str(agency.public_key), "--fingerprint", fingerprint)
        assert pinned.returncode == 0, pinned.stderr
    assert folder.marac("run").returncode == 0
    return folder


def test_a_release_that_was_killed_sends_each_letter_once(tmp_path: Path) -> None:
    place = tmp_path / "first"
    place.mkdir()
    moments = moments_of(prepared_folder(place).killed(0, "release", MEETING.isoformat()))
    for part in range(4):
        place = tmp_path / f"killed {part}"
        place.mkdir()
        folder = prepared_folder(place)
        folder.killed(1 + part * (moments - 1) // 4, "release", MEETING.isoformat())
        again = folder.marac("release", MEETING.isoformat())
        assert again.returncode == 0, again.stderr
        sent = [path.read_bytes() for path in (folder.path / "sent").glob("*.eml")]
        recipients = [re.search(rb"^To: (.*)$", message, re.MULTILINE) for message in sent]
        assert sorted(found[1] for found in recipients if found) == [
            b"marac.desk@carrowdale-police.example\r",
            b"marac@lantern-idva.example\r",
        ]


def test_two_passes_at_once_do_not_disturb_each_other(tmp_path: Path, undisturbed: tuple[int, Any]) -> None:
    import subprocess
    import sys

    folder = working_folder(tmp_path)
    folder.post(some_mail(*MAIL))
    command = [sys.executable, "-m", "marac", "run", "--today", AFTER_CUT_OFF.isoformat()]
    both = [
        subprocess.Popen(command, cwd=folder.path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert {process.wait() for process in both} <= {0, 4}
    assert outcome_of(folder) == undisturbed[1]
