"""What Task Scheduler and systemd are given: it parses, it says what was asked for, and what it names can be run."""

import datetime as dt
import shlex
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree as ET

import pytest

from marac.cli import main
from marac.commands.setup import made_folder
from marac.schedule import Plan, service_unit, task_xml, timer_unit

SPACE = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
PLAN = Plan(
    "marac", PureWindowsPath(r"C:\Program Files\Python311\python.exe"), PureWindowsPath(r"C:\MARAC & more\week")
)


def task(plan: Plan = PLAN) -> ET.Element:
    content = task_xml(plan, dt.date(2026, 11, 23), r"CARROWDALE\coordinator")
    assert content.startswith(b"\xff\xfe")  # UTF-16 with its mark, as schtasks wants it
    return ET.fromstring(content)  # noqa: S314 - it is our own


def text(root: ET.Element, path: str) -> str | None:
    return root.findtext("/".join(f"t:{name}" for name in path.split("/")), namespaces=SPACE)


def test_the_task_starts_what_was_missed_never_twice_and_stores_no_password() -> None:
    root = task()
    assert text(root, "Settings/StartWhenAvailable") == "true"
    assert text(root, "Settings/MultipleInstancesPolicy") == "IgnoreNew"
    assert text(root, "Settings/DisallowStartIfOnBatteries") == "false"
    assert text(root, "Settings/StopIfGoingOnBatteries") == "false"
    assert text(root, "Principals/Principal/LogonType") == "InteractiveToken"
    assert text(root, "Principals/Principal/RunLevel") == "LeastPrivilege"
    assert text(root, "Principals/Principal/UserId") == r"CARROWDALE\coordinator"
    assert "Password" not in ET.tostring(root, encoding="unicode")


def test_the_task_runs_marac_in_the_folder_at_the_times_that_were_asked_for() -> None:
    root = task(Plan("marac", PLAN.python, PLAN.folder, "north town.toml", 9, 16, 15))
    assert text(root, "Actions/Exec/Command") == r"C:\Program Files\Python311\python.exe"
    assert text(root, "Actions/Exec/Arguments") == '-m marac run --config "north town.toml"'
    assert text(root, "Actions/Exec/WorkingDirectory") == r"C:\MARAC & more\week"
    assert text(root, "Triggers/CalendarTrigger/StartBoundary") == "2026-11-23T09:00:00"
    assert text(root, "Triggers/CalendarTrigger/Repetition/Interval") == "PT15M"
    assert text(root, "Triggers/CalendarTrigger/Repetition/Duration") == "PT479M"
    days = root.find("t:Triggers/t:CalendarTrigger/t:ScheduleByWeek/t:DaysOfWeek", SPACE)
    assert days is not None
    assert [day.tag.rpartition("}")[2] for day in days] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def test_the_timer_catches_up_and_keeps_to_working_hours() -> None:
    timer = timer_unit(PLAN).splitlines()
    assert "OnCalendar=Mon..Fri *-*-* 08..17:00/30" in timer
    assert "Persistent=true" in timer
    assert "OnCalendar=Mon..Fri *-*-* 07..18:00" in timer_unit(Plan("m", PLAN.python, PLAN.folder, "c", 7, 18, 60))


def test_nothing_in_a_path_is_taken_for_systemds_own() -> None:
    odd = service_unit(Plan("marac", Path("/opt/my $py%/python"), Path("/srv/100% marac")))
    assert 'ExecStart="/opt/my $$py%%/python" -m marac run' in odd
    assert "WorkingDirectory=/srv/100%% marac" in odd


def written(folder: Path, place: Path, *words: str) -> int:
    return main(["schedule", *words, "--config", str(folder / "config.toml"), "--folder", str(place)])


@pytest.mark.skipif(sys.platform == "win32", reason="the units of systemd")
def test_what_the_service_names_runs_one_pass_in_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, place = made_folder(tmp_path / "a working folder"), tmp_path / "units"
    assert written(folder, place, "install", "--from", "9") == 0
    said = capsys.readouterr().out
    assert "every 30 minutes from 09:00 to 17:59, Monday to Friday" in said
    assert "systemctl --user enable --now marac.timer" in said
    unit = dict(
        line.split("=", 1) for line in (place / "marac.service").read_text(encoding="utf-8").splitlines() if "=" in line
    )
    done = subprocess.run(
        shlex.split(unit["ExecStart"]), cwd=unit["WorkingDirectory"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert "0 messages taken in" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the units of systemd")
def test_a_schedule_is_shown_kept_apart_from_another_folders_and_removed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other, place = made_folder(tmp_path / "one"), made_folder(tmp_path / "other"), tmp_path / "units"
    assert written(one, place, "install") == 0
    assert written(one, place, "install") == 0
    assert written(other, place, "install") == 2
    assert "--name" in capsys.readouterr().err
    assert written(other, place, "install", "--name", "marac-other") == 0
    assert written(one, place, "show") == 0
    assert "Persistent=true" in capsys.readouterr().out
    assert written(one, place, "remove") == 0
    assert sorted(path.name for path in place.iterdir()) == ["marac-other.service", "marac-other.timer"]
    assert written(one, place, "remove") == 8
    assert written(one, place, "install", "--from", "18") == 2
