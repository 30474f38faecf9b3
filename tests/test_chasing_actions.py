"""Overdue actions are chased once an interval, and what is long overdue reaches somebody who can act."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from marac.register.actions import action_numbered, set_action
from tests.area_settings import name_contact, set_in
from tests.heard_meetings import (
    DAY_AFTER,
    NEXT_MEETING,
    UPDATES_DUE,
    asked,
    heard_folder,
    hold_back_from_housing,
    made_on,
    opened_on,
    released_on,
    reminders,
    words,
)
from tests.working_folder import MEETING, WorkingFolder, copied


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    return heard_folder(tmp_path_factory.mktemp("original"))


@pytest.fixture
def folder(original: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(original, tmp_path / "marac")


def test_overdue_actions_are_chased_once_an_interval_whichever_meeting_is_the_last(folder: WorkingFolder) -> None:
    both = ["police", "housing"]
    assert reminders(made_on(folder, UPDATES_DUE)) == []
    first = UPDATES_DUE + dt.timedelta(days=1)
    assert reminders(made_on(folder, first)) == [(agency, "2026-12-09") for agency in both]
    assert [each.kind for each in released_on(folder, first)].count("reminder") == 2
    assert reminders(made_on(folder, first)) == []
    assert reminders(made_on(folder, NEXT_MEETING + dt.timedelta(days=1), NEXT_MEETING)) == []
    later = NEXT_MEETING + dt.timedelta(days=8)
    assert reminders(made_on(folder, later, NEXT_MEETING)) == [(agency, "2026-12-16") for agency in both]
    with opened_on(folder, later) as office:
        assert "Second reminder" in words(office, "reminder", "housing")


def test_whoever_was_away_for_weeks_sends_one_reminder_and_calls_it_the_first(folder: WorkingFolder) -> None:
    back = dt.date(2026, 12, 25)
    assert reminders(made_on(folder, back, NEXT_MEETING)) == [("police", "2026-12-23"), ("housing", "2026-12-23")]
    assert reminders(made_on(folder, back, MEETING)) == []
    with opened_on(folder, back) as office:
        assert "First reminder" in words(office, "reminder", "housing")


def test_a_closed_action_is_not_chased(folder: WorkingFolder) -> None:
    with opened_on(folder, DAY_AFTER) as office, office.store.changing() as connection:
        action = action_numbered(connection, 1)
        set_action(connection, dataclasses.replace(action, done=DAY_AFTER, outcome="could not be done"))
    assert reminders(made_on(folder, UPDATES_DUE + dt.timedelta(days=1))) == [("police", "2026-12-09")]


def test_what_is_long_overdue_goes_to_the_manager_or_where_none_is_named_to_the_chair(folder: WorkingFolder) -> None:
    name_contact(folder.path, "housing", "manager", "Ama Boateng", "a.boateng@weirbankhomes.example")
    set_in(folder.path, "actions", "escalate_after_days = 5")
    day = UPDATES_DUE + dt.timedelta(days=10)
    papers = made_on(folder, day, NEXT_MEETING)
    assert {agency for agency, _ in reminders(papers)} == {"housing", "housing.manager", "police"}
    with opened_on(folder, day) as office:
        assert "Dear Ama Boateng" in words(office, "reminder", "housing.manager")
        assert "Your agency's manager is told" in words(office, "reminder", "housing")
        why = asked(office)["Case M26-0002"]
        assert "Action 2 of Carrowdale Police is overdue since 9 December 2026" in why
        assert "names no manager to be written to" in why
        assert "Action 1 of" not in asked(office).get("Case M26-0001", "")


def test_the_chair_finds_on_the_agenda_what_is_long_overdue_and_how_often_the_agency_was_reminded(
    folder: WorkingFolder,
) -> None:
    name_contact(folder.path, "housing", "manager", "Ama Boateng", "a.boateng@weirbankhomes.example")
    set_in(folder.path, "actions", "escalate_after_days = 2")
    made_on(folder, UPDATES_DUE, NEXT_MEETING)
    with opened_on(folder, UPDATES_DUE) as office:
        assert "Overdue since" not in words(office, "agenda", "")
        before = words(office, "agency-agenda", "police")
    first = UPDATES_DUE + dt.timedelta(days=1)
    made_on(folder, first)
    released_on(folder, first)
    made_on(folder, first, NEXT_MEETING)
    with opened_on(folder, first) as office:
        said = words(office, "agenda", "")
        assert (
            "Nothing reported. Overdue since 9 December 2026, the agency was reminded 1 time, and no manager of it is told."
            in said
        )
        assert "Overdue since 9 December 2026, the agency was reminded 1 time." in said
        assert words(office, "agency-agenda", "police") == before


def test_a_manager_hears_nothing_of_a_case_that_is_held_back_and_the_coordinator_is_told(folder: WorkingFolder) -> None:
    name_contact(folder.path, "housing", "manager", "Ama Boateng", "a.boateng@weirbankhomes.example")
    set_in(folder.path, "actions", "escalate_after_days = 5")
    day = UPDATES_DUE + dt.timedelta(days=10)
    with opened_on(folder, day) as office:
        hold_back_from_housing(office)
    assert {agency for agency, _ in reminders(made_on(folder, day, NEXT_MEETING))} == {"housing.senior", "police"}
    with opened_on(folder, day) as office:
        assert "the case is held back from its manager. Tell the chair." in asked(office)["Case M26-0001"]
        assert "manager is told" not in words(office, "reminder", "housing.senior")
