"""`marac schedule install`, `show` and `remove`: the computer itself runs marac, each half hour of a working day."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from marac.errors import NotFoundError, StoreError, UsageError
from marac.files import write_whole
from marac.schedule import Plan, service_unit, task_xml, timer_unit

_SECONDS = 60
_MIDNIGHT = 24


def install(arguments: Namespace) -> int:
    """Write what Task Scheduler or systemd needs, and say how it is started."""
    plan = _plan(arguments)
    folder = _folder_of(arguments)
    files = _files(plan, folder, arguments.today or dt.date.today())
    _refuse_another_folder(plan, files)
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        write_whole(path, content)
    print(f"marac runs in {plan.folder}, {plan.in_words}. Written:")
    print("\n".join(f"  {path}" for path in files))
    if arguments.folder is not None:
        print(_by_hand(plan, folder))
    elif _windows():
        _import_task(plan, folder)
    else:
        print(_start_timer(plan))
    return 0


def show(arguments: Namespace) -> int:
    """Show what was written."""
    plan, folder = _plan(arguments), _folder_of(arguments)
    found = [path for path in _files(plan, folder, dt.date.today()) if path.is_file()]
    if not found:
        print(f"marac is not scheduled under the name {plan.name}: {folder} has no file of it.")
        print("To schedule it: marac schedule install")
        return 0
    for path in found:
        encoding = "utf-16" if path.suffix == ".xml" else "utf-8"
        print(f"{path}:\n{path.read_text(encoding=encoding)}")
    if arguments.folder is None:
        print(
            _asked(
                ["schtasks", "/Query", "/TN", plan.name]
                if _windows()
                else _systemctl("list-timers", f"{plan.name}.timer")
            )
        )
    return 0


def remove(arguments: Namespace) -> int:
    """Stop it, and remove the files."""
    plan, folder = _plan(arguments), _folder_of(arguments)
    found = [path for path in _files(plan, folder, dt.date.today()) if path.is_file()]
    if not found:
        raise NotFoundError(f"marac is not scheduled under the name {plan.name}: {folder} has no file of it.")
    if arguments.folder is None:
        stop = (
            ["schtasks", "/Delete", "/F", "/TN", plan.name]
            if _windows()
            else _systemctl("disable", "--now", f"{plan.name}.timer")
        )
        if _ran(stop) is None:
            print(f"! It could not be stopped from here. Stop it by hand: {subprocess.list2cmdline(stop)}")
    for path in found:
        path.unlink()
    print(f"marac is not run by itself any more in {plan.folder}. Removed:")
    print("\n".join(f"  {path}" for path in found))
    return 0


def _plan(arguments: Namespace) -> Plan:
    """What is to be run, from what was typed."""
    settings = arguments.config.absolute()
    if not settings.is_file():
        raise NotFoundError(f"{settings.name} is not in {settings.parent}. Run this in marac's working folder.")
    first, last = getattr(arguments, "first_hour", 8), getattr(arguments, "last_hour", 17)
    if not 0 <= first <= last < _MIDNIGHT:
        raise UsageError("The hours go from 0 to 23, and --from is not later than --to: marac schedule install --help")
    every = getattr(arguments, "every", 30)
    return Plan(arguments.name, Path(sys.executable), settings.parent, settings.name, first, last, every)


def _folder_of(arguments: Namespace) -> Path:
    """Where the files stand: the folder that was named, else systemd's own, or on Windows the working folder."""
    if arguments.folder is not None:
        return Path(arguments.folder).absolute()
    if _windows():
        return Path(arguments.config).absolute().parent
    configured = os.environ.get("XDG_CONFIG_HOME")
    return (Path(configured) if configured else Path.home() / ".config") / "systemd" / "user"


def _files(plan: Plan, folder: Path, today: dt.date) -> Mapping[Path, bytes]:
    """Each file with its contents: Task Scheduler's on Windows, systemd's elsewhere."""
    task = {folder / f"{plan.name}.xml": task_xml(plan, today, _user())}
    units = {
        folder / f"{plan.name}.service": service_unit(plan).encode(),
        folder / f"{plan.name}.timer": timer_unit(plan).encode(),
    }
    return task if _windows() else units


def _refuse_another_folder(plan: Plan, files: Mapping[Path, bytes]) -> None:
    """Two working folders need two names: otherwise the first would silently not be run any more."""
    for path in files:
        if path.suffix != ".service" or not path.is_file():
            continue
        mine = next(line for line in service_unit(plan).splitlines() if line.startswith("WorkingDirectory="))
        if mine not in path.read_text(encoding="utf-8").splitlines():
            raise UsageError(
                f"{path.name} runs marac in another folder already. Give this one a name of its own: --name marac-town"
            )


def _import_task(plan: Plan, folder: Path) -> None:
    """Let Task Scheduler take the file in, where it can be asked."""
    command = ["schtasks", "/Create", "/F", "/TN", plan.name, "/XML", str(folder / f"{plan.name}.xml")]
    if _ran(command) is None:
        print(f"! Task Scheduler did not take it in. Ask IT, or type: {subprocess.list2cmdline(command)}")
        return
    print(f"Task Scheduler has it under the name {plan.name}. It runs while you are signed in; no password is stored.")


def _start_timer(plan: Plan) -> str:
    return (
        "Start it once:\n"
        "  systemctl --user daemon-reload\n"
        f"  systemctl --user enable --now {plan.name}.timer\n"
        "It runs while you are signed in; to let it run without that: loginctl enable-linger"
    )


def _by_hand(plan: Plan, folder: Path) -> str:
    """How files in a folder of one's own are taken in."""
    if _windows():
        xml = folder / f"{plan.name}.xml"
        return "Nothing was started. To take it in: " + subprocess.list2cmdline(
            ["schtasks", "/Create", "/TN", plan.name, "/XML", str(xml)]
        )
    return f"Nothing was started. Copy both to ~/.config/systemd/user. {_start_timer(plan)}"


def _asked(command: Sequence[str]) -> str:
    return _ran(command) or "Whether it is started cannot be asked from here."


def _ran(command: Sequence[str]) -> str | None:
    """What a program of the system says; None where it is not there, or refuses."""
    program = shutil.which(command[0])
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, *command[1:]],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreError(f"{command[0]} could not be run. Ask IT.") from error
    return done.stdout if done.returncode == 0 else None


def _systemctl(*words: str) -> list[str]:
    return ["systemctl", "--user", *words]


def _user() -> str | None:
    """Whose task it is, as Windows names people; None elsewhere."""
    domain, name = os.environ.get("USERDOMAIN"), os.environ.get("USERNAME")
    return f"{domain}\\{name}" if _windows() and domain and name else None


def _windows() -> bool:
    return sys.platform == "win32"
