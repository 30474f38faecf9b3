"""The watcher's sign of life, and what is said of its silence."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.heartbeat import Heartbeat, read_heartbeat, silence, write_heartbeat

BENT = '{"at": "2026-11-20T12:00:00+00:00", "process": 1, "state": [], "passes": 1, "last_pass": null, "reason": ""}'
OLD = BENT.replace("[]", '"watching"').replace("2026", "0001")
NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


def before(**ago: float) -> dt.datetime:
    return NOW - dt.timedelta(**ago)


def said(heartbeat: Heartbeat | None) -> str | None:
    return silence(heartbeat, NOW, 30)


@pytest.mark.parametrize(
    "heartbeat",
    [
        Heartbeat(NOW, 4711, "watching"),
        Heartbeat(NOW, 4711, "backing off", 3, before(minutes=5), "The mail server cannot be reached."),
        Heartbeat(before(days=2).astimezone(dt.timezone(dt.timedelta(hours=1))), 1, "stopped", 12, before(days=2)),
    ],
)
def test_what_was_written_is_read(heartbeat: Heartbeat, tmp_path: Path) -> None:
    write_heartbeat(tmp_path / "heartbeat.json", heartbeat)
    assert read_heartbeat(tmp_path / "heartbeat.json") == heartbeat


def test_a_watcher_at_work_is_no_news() -> None:
    assert said(Heartbeat(before(seconds=50), 1, "watching", 1, before(minutes=29))) is None
    assert said(Heartbeat(NOW, 1, "watching")) is None


def test_a_watcher_that_never_was_is_told_from_one_that_died_and_one_that_was_stopped() -> None:
    assert said(None) == (
        "No watcher was ever started here: mail is taken in only when somebody runs marac run. To watch: marac watch"
    )
    dead = Heartbeat(before(hours=3, minutes=10), 1, "watching", 9, before(hours=4))
    assert said(dead) == "The watcher has not been heard of for 3 hours. Start it again: marac watch"
    stopped = Heartbeat(before(minutes=1), 1, "stopped", 9)
    assert said(stopped) == "The watcher was stopped 1 minute ago. Start it again: marac watch"


def test_a_watcher_that_backs_off_says_why_until_it_dies() -> None:
    reason = "The mail server imap.council.example cannot be reached."
    assert (said(Heartbeat(before(minutes=2), 1, "backing off", reason=reason)) or "").endswith(reason)
    assert "not been heard of for 45 minutes" in (said(Heartbeat(before(minutes=45), 1, "backing off")) or "")


def test_a_watcher_that_lives_and_finishes_nothing_is_not_silent() -> None:
    stuck = Heartbeat(NOW, 1, "watching", 9, before(hours=1))
    assert "has not finished a pass for 1 hour" in (said(stuck) or "")


def test_a_sign_of_life_from_the_future_says_so() -> None:
    ahead = Heartbeat(before(days=-2), 1, "watching")
    assert "which is still to come" in (said(ahead) or "")
    assert said(Heartbeat(before(seconds=-30), 1, "watching")) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"at": "yesterday"}',
        "\x00",
        '{"at": "2026-11-20T12:00:00"}',
        "\N{BULLET}",
        BENT,
        OLD,
    ],
)
def test_a_file_that_somebody_changed_tells_nothing_and_stops_nothing(text: str, tmp_path: Path) -> None:
    path = tmp_path / "heartbeat.json"
    path.write_text(text, encoding="utf-16" if text == "\N{BULLET}" else "utf-8")
    assert "cannot be read" in (said(read_heartbeat(path)) or "")


def test_where_there_is_no_file_there_was_no_watcher(tmp_path: Path) -> None:
    assert read_heartbeat(tmp_path / "heartbeat.json") is None


@given(
    st.datetimes(timezones=st.just(dt.UTC), min_value=dt.datetime(1971, 1, 1), max_value=dt.datetime(2999, 1, 1)),
    st.sampled_from(["watching", "backing off", "stopped"]),
)
def test_whatever_the_clocks_say_nothing_is_raised_and_no_length_is_below_nothing(at: dt.datetime, state: str) -> None:
    told = silence(Heartbeat(at, 1, state, 1, at), NOW, 30)  # type: ignore[arg-type]
    assert told is None or "-" not in told.replace(f"{at.astimezone():%Y-%m-%d}", "")
