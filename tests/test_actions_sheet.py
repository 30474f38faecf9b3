import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.action import Action
from marac.register.actions import every_action, set_action
from marac.register.workbook.actions import actions_sheet
from tests.edited_workbooks import TODAY, EditedRegister, edited_register
from tests.invented_cases import MEETING, case
from tests.invented_register import contents
from tests.working_folder import MEETING as IN_CALENDAR

NEW = {
    "Case": "M26-0001",
    "Agency": "police",
    "What is to be done": "Visit her workplace.",
    "Due": dt.date(2026, 12, 10),
}


@pytest.fixture
def register(tmp_path: Path) -> Iterator[EditedRegister]:
    with edited_register(tmp_path, case("M26-0001"), case("M26-0002")) as found:
        yield found


def actions(register: EditedRegister) -> tuple[Action, ...]:
    with register.office.store.reading() as connection:
        return every_action(connection)


@pytest.mark.parametrize(
    ("typed", "outcome", "done"),
    [
        ({"Outcome": "done"}, "done", TODAY),
        ({"Outcome": "Could not be done", "Note": "She moved."}, "could not be done", TODAY),
        ({"Outcome": "not done"}, "not done", None),
        ({"Done": "25/11/2026"}, "done", dt.date(2026, 11, 25)),
        ({"Done": "25/11/2026", "Outcome": "could not be done"}, "could not be done", dt.date(2026, 11, 25)),
    ],
)
def test_an_outcome_closes_an_action_or_leaves_it_open(
    register: EditedRegister, typed: dict[str, str], outcome: str, done: dt.date | None
) -> None:
    register.edit("Actions", "1", typed)
    assert register.read().reported == ()
    (action,) = actions(register)
    assert (action.outcome, action.done, action.note) == (outcome, done, typed.get("Note", ""))


def test_an_outcome_that_does_not_fit_the_day_or_is_none_of_the_list_is_not_taken(register: EditedRegister) -> None:
    register.edit("Actions", "1", {"Done": "25/11/2026", "Outcome": "not done"})
    assert "at odds with the day under Done" in register.read().reported[0]
    register.edit("Actions", "1", {"Done": "", "Outcome": "nearly"})
    assert "not on the list of that column" in " ".join(register.read().reported)
    assert actions(register)[0].outcome is None


def test_an_outcome_that_is_taken_back_opens_the_action_again(register: EditedRegister) -> None:
    with register.office.store.changing() as connection:
        (action,) = every_action(connection)
        set_action(connection, dataclasses.replace(action, outcome="done", done=TODAY))
    register.write()
    register.edit("Actions", "1", {"Outcome": None})
    assert register.read().reported == ()
    assert actions(register)[0].is_open


def test_owner_and_risk_can_be_edited_and_the_agency_cannot(register: EditedRegister) -> None:
    register.edit("Actions", "1", {"Owner": "PC Reese", "Risk": "Contact at school", "Agency": "Somebody else"})
    found = register.read()
    (action,) = actions(register)
    assert (action.owner, action.risk, action.agency) == ("PC Reese", "Contact at school", "police")
    assert "columns that are the program's (Agency)" in found.reported[0]


def test_a_new_row_becomes_an_action_once_and_can_be_typed_in_further(register: EditedRegister) -> None:
    more = {"Owner": "PC Reese", "Risk": "Contact at work", "Meeting": IN_CALENDAR}
    row = register.add_row("Actions", {**NEW, **more})
    assert register.read().reported == ()
    assert register.read().taken == 0
    action = actions(register)[-1]
    assert (action.case, action.agency, action.text, action.due) == (
        "M26-0001", "police", "Visit her workplace.", dt.date(2026, 12, 10),
    )  # fmt: skip
    assert (action.owner, action.risk, action.meeting, action.added) == (*list(more.values())[:2], IN_CALENDAR, TODAY)
    with register.opened() as book:
        page = book["Actions"]
        titles = {cell.value: cell.column for cell in page[2]}
        page.cell(row, titles["Note"]).value = "She works nights."
    register.read()
    assert [each.note for each in actions(register)] == ["", "She works nights."]


def test_the_agency_of_a_new_row_is_taken_by_its_name_too(register: EditedRegister) -> None:
    name = register.office.settings.agencies["police"].name
    register.add_row("Actions", {**NEW, "Agency": name, "Victim": case().referral.victim.name})
    assert register.read().reported == ()
    assert actions(register)[-1].agency == "police"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"Agency": "polise"}, "there is no agency “polise”: did you mean police"),
        ({"Agency": None}, "Agency is empty."),
        ({"Case": "M26-0999"}, "Case: the register has no case with this reference."),
        ({"Case": None}, "Case is empty."),
        ({"Due": "soon"}, "Due: what stands there is no date."),
        ({"Due": None}, "Due is empty."),
        ({"What is to be done": None}, "What is to be done is empty."),
        ({"Victim": "Somebody Else"}, "Victim: another name than that of M26-0001."),
        ({"Meeting": dt.date(2026, 12, 5)}, "Meeting: the calendar has none on that day."),
        ({"Outcome": "perhaps"}, "Outcome: what stands there is not on the list of that column."),
        ({"Outcome": "not done", "Done": dt.date(2026, 11, 25)}, "Outcome: what stands there is at odds"),
    ],
)
def test_a_new_row_that_is_not_sure_is_kept_and_shown_and_not_taken(
    register: EditedRegister, typed: dict[str, object], why: str
) -> None:
    row = register.add_row("Actions", {key: value for key, value in {**NEW, **typed}.items() if value is not None})
    found = register.read()
    (told,) = found.reported
    assert told.startswith(f"Actions, row {row}: the new action was not taken. ")
    assert why in told
    assert found.kept_aside
    assert len(actions(register)) == 1


def test_what_is_carried_over_stands_first_and_what_is_closed_last() -> None:
    old = Action(3, "M26-0001", "police", dt.date(2026, 12, 20), "Old.", dt.date(2026, 11, 5))
    new = Action(1, "M26-0001", "police", dt.date(2026, 12, 1), "New.", dt.date(2026, 12, 3), meeting=MEETING.date)
    closed = Action(2, "M26-0001", "police", dt.date(2026, 11, 1), "Done.", dt.date(2026, 10, 5), done=TODAY)
    shown = actions_sheet(dataclasses.replace(contents(), actions=(new, closed, old)))
    assert [row[0] for row in shown.rows] == [3, 1, 2]
