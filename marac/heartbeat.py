"""The watcher's sign of life: a small file that it writes again and again, and what its silence means."""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from marac.files import write_whole

HeartbeatState = Literal["watching", "backing off", "stopped", "unreadable"]
"""`backing off`: the mailbox cannot be reached, and is tried again less often. `unreadable`: the file is not as it was
written, so nothing is known."""

MOST_WATCHERS = 9
"""How many may share a store folder."""

_STATES: dict[str, HeartbeatState] = {"watching": "watching", "backing off": "backing off", "stopped": "stopped"}
_PLAUSIBLE_YEARS = range(2000, 9000)
_CLOCKS_DIFFER = dt.timedelta(minutes=2)
_START = "Start it again: marac watch"


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """One sign of life. Times have a time zone."""

    at: dt.datetime
    process: int
    state: HeartbeatState
    passes: int = 0
    """Finished since the watcher was started."""
    last_pass: dt.datetime | None = None
    """When the last of them was finished."""
    reason: str = ""
    """Why it backs off, in a sentence without personal data."""


def write_heartbeat(path: Path, heartbeat: Heartbeat) -> None:
    """Write the sign of life; whoever reads the file finds this one or the one before it, whole.

    Raises:
        StoreError: the file cannot be written.
    """
    write_whole(path, json.dumps(asdict(heartbeat), default=dt.datetime.isoformat, indent=1).encode("ascii") + b"\n")


def read_heartbeat(path: Path) -> Heartbeat | None:
    """The last sign of life; None where there never was one."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        last = told["last_pass"]
        heartbeat = Heartbeat(
            at=_moment(told["at"]),
            process=int(told["process"]),
            state=_STATES[told["state"]],
            passes=int(told["passes"]),
            last_pass=_moment(last) if last is not None else None,
            reason=str(told["reason"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        return _UNREADABLE
    return heartbeat


def heartbeat_path(path: Path, watcher: int) -> Path:
    """Where a watcher writes: the first one where the settings say, each further one beside it with its number."""
    return path if watcher == 1 else path.with_stem(f"{path.stem}-{watcher}")


def every_heartbeat(path: Path) -> tuple[Heartbeat, ...]:
    """The last sign of life of each watcher that shares these settings, the newest first; none where there never was one.

    Args:
        path: where the settings say that the first one writes.
    """
    found = (read_heartbeat(heartbeat_path(path, watcher)) for watcher in range(1, MOST_WATCHERS + 1))
    return tuple(sorted((beat for beat in found if beat is not None), key=lambda beat: beat.at, reverse=True))


def silence(heartbeat: Heartbeat | None, now: dt.datetime, alarm_minutes: int) -> str | None:
    """What is wrong with the watcher, in a sentence; None where it is at work.

    Args:
        heartbeat: what `read_heartbeat` found.
        now: the moment, with its time zone.
        alarm_minutes: from this silence on, the watcher counts as dead.
    """
    if heartbeat is None:
        return "No watcher was ever started here: mail is taken in only when somebody runs marac run. To watch: marac watch"
    if heartbeat.state == "unreadable":
        return f"Nobody can tell whether the watcher is at work: its heartbeat file cannot be read. {_START}"
    if heartbeat.at - now > _CLOCKS_DIFFER:
        ahead = f"{heartbeat.at.astimezone():%Y-%m-%d %H:%M}"
        return (
            f"Nobody can tell whether the watcher is at work: its last sign of life is dated {ahead}, which is still to come."
            " Check this computer's clock."
        )
    if heartbeat.state == "stopped":
        return f"The watcher was stopped {_ago(now - heartbeat.at)}. {_START}"
    if now - heartbeat.at >= dt.timedelta(minutes=alarm_minutes):
        return f"The watcher has not been heard of for {_long(now - heartbeat.at)}. {_START}"
    return _at_work_without_result(heartbeat, now, alarm_minutes)


def _at_work_without_result(heartbeat: Heartbeat, now: dt.datetime, alarm_minutes: int) -> str | None:
    """What is wrong with a watcher that lives."""
    if heartbeat.state == "backing off":
        return f"The watcher is at work, and tries again by itself, but nothing is taken in: {heartbeat.reason}"
    if heartbeat.last_pass and now - heartbeat.last_pass >= dt.timedelta(minutes=alarm_minutes):
        waited = _long(now - heartbeat.last_pass)
        return (
            f"The watcher is at work, but has not finished a pass for {waited}. If that goes on, ask IT to look at it."
        )
    return None


def _moment(text: str) -> dt.datetime:
    """A time with its time zone.

    Raises:
        ValueError: it is none, or none that a clock of ours shows.
    """
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None or moment.year not in _PLAUSIBLE_YEARS:
        raise ValueError(text)
    return moment


def _ago(passed: dt.timedelta) -> str:
    return "just now" if passed < dt.timedelta(minutes=1) else f"{_long(passed)} ago"


def _long(passed: dt.timedelta) -> str:
    """A length of time as people say it: `45 minutes`, `3 hours`, `2 days`."""
    minutes = max(int(passed.total_seconds() // 60), 0)
    for number, unit in ((minutes // 2880 and minutes // 1440, "day"), (minutes // 60, "hour"), (minutes, "minute")):
        if number:
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "less than a minute"


_UNREADABLE = Heartbeat(dt.datetime.min.replace(tzinfo=dt.UTC), 0, "unreadable")
