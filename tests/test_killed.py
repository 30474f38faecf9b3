"""Killed anywhere (SIGKILL), a rerun neither loses nor repeats anything. `benchmarks/killed.py` tries every moment."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.fortnight_days import after_the_meeting, before_the_first_pass, when_answers_are_in, when_answers_come
from tests.given_by_hand import minutes_confirmed
from tests.killed_runs import (
    WITH_KEYS,
    Outcome,
    Words,
    faults_after_a_kill,
    faults_after_a_killed_deed,
    faults_after_kills,
    outcome_of,
    several_kills,
    undisturbed,
    undisturbed_deed,
    waiting_folder,
)
from tests.working_folder import AFTER_CUT_OFF, ENVIRONMENT, MEETING, WorkingFolder, copied

MAIL = (
    "01-police-referral",
    "07-school-referral",
    "08-childrens-referral",
    "11-surgery-form",
    "12-probation-reply",
    "03-health-referral",
    "23-health-referral-again",
)
POINTS = 6
RUN: Words = ("run",)
RELEASE: Words = ("release", MEETING.isoformat())


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    return waiting_folder(tmp_path_factory.mktemp("waiting"), *MAIL)


@pytest.fixture(scope="module")
def passed(waiting: WorkingFolder, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, Outcome, WorkingFolder]:
    """How many moments a pass has, what it comes to where nothing disturbs it, and the folder in which it was made."""
    folder = copied(waiting, tmp_path_factory.mktemp("undisturbed") / "marac")
    return *undisturbed(folder, "run"), folder


@pytest.mark.parametrize("part", range(POINTS))
def test_a_pass_that_was_killed_is_finished_by_the_next(
    part: int, waiting: WorkingFolder, passed: tuple[int, Outcome, WorkingFolder], tmp_path: Path
) -> None:
    moments, expected, _ = passed
    folder = copied(waiting, tmp_path / "marac")
    assert not faults_after_a_kill(folder, 1 + part * (moments - 1) // (POINTS - 1), expected, "run")


def test_a_release_that_was_killed_sends_each_letter_once(
    passed: tuple[int, Outcome, WorkingFolder], tmp_path: Path
) -> None:
    prepared = passed[2]
    moments, expected = undisturbed(copied(prepared, tmp_path / "undisturbed"), *RELEASE)
    assert len(expected.letters) == 2 * WITH_KEYS  # a research pack and an agenda each
    for point in range(1, moments + 1, moments // 3):
        folder = copied(prepared, tmp_path / f"killed {point}")
        assert not faults_after_a_kill(folder, point, expected, *RELEASE)


@pytest.mark.parametrize("seed", range(2))
def test_a_pass_that_was_killed_again_and_again_is_finished_by_the_next(
    seed: int, waiting: WorkingFolder, passed: tuple[int, Outcome, WorkingFolder], tmp_path: Path
) -> None:
    moments, expected, _ = passed
    kills = several_kills(seed, {RUN: moments})
    folder = copied(waiting, tmp_path / "marac")
    assert not faults_after_kills(folder, kills, expected, RUN), [str(kill) for kill in kills]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[WorkingFolder, WorkingFolder]:
    """The day on which answers come, and the day after the meeting, with its minutes filled in and shown."""
    place = tmp_path_factory.mktemp("fortnight")
    asked = when_answers_come(before_the_first_pass(place / "first"), place / "asked")
    return asked, after_the_meeting(when_answers_are_in(asked, place / "answered"), place / "minuted")


def test_a_pass_that_was_killed_over_answers_enters_each_of_them_once(
    answered: tuple[WorkingFolder, WorkingFolder], tmp_path: Path
) -> None:
    moments, expected = undisturbed(copied(answered[0], tmp_path / "undisturbed"), *RUN)
    assert len(expected.books["returns"]) == 3
    folder = copied(answered[0], tmp_path / "marac")
    assert not faults_after_a_kill(folder, moments // 2, expected, *RUN)


def test_minutes_that_were_killed_while_they_were_taken_are_taken_once(
    answered: tuple[WorkingFolder, WorkingFolder], tmp_path: Path
) -> None:
    deed = minutes_confirmed(answered[1])
    moments, expected = undisturbed_deed(deed, tmp_path / "undisturbed")
    assert len(expected.books["actions"]) == 5
    assert not faults_after_a_killed_deed(deed, tmp_path / "killed", moments // 2, expected)


def test_two_passes_at_once_do_not_disturb_each_other(
    waiting: WorkingFolder, passed: tuple[int, Outcome, WorkingFolder], tmp_path: Path
) -> None:
    folder = copied(waiting, tmp_path / "marac")
    command = [sys.executable, "-m", "marac", "run", "--today", AFTER_CUT_OFF.isoformat()]
    both = [
        subprocess.Popen(
            command, cwd=folder.path, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(2)
    ]
    assert {process.wait() for process in both} <= {0, 4}
    assert outcome_of(folder) == passed[1]
