import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from marac.case import Case
from marac.referral import Problem
from marac.register.actions import every_action
from marac.register.face import register_contents
from marac.register.workbook.attention import matters
from tests.edited_workbooks import EditedRegister, column_of, edited_register, row_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def register(tmp_path: Path) -> Iterator[EditedRegister]:
    with edited_register(tmp_path) as made:
        yield made


def with_phone(phone: str) -> Any:
    def changed(case: Case) -> Case:
        form = replace(case.referral, victim=replace(case.referral.victim, phone=phone))
        return replace(case, reading=replace(case.reading, referral=form))

    return changed


def test_what_a_person_typed_is_in_the_register_with_its_evidence_and_in_the_audit_trail(
    register: EditedRegister,
) -> None:
    register.edit(
        "Cases", "M26-0001", {"Phone": "07700 900 777", "Safe to call": "no", "Date of birth": dt.date(1992, 5, 6)}
    )
    found = register.read()
    case = register.case("M26-0001")
    assert (found.taken, found.conflicts, found.reported) == (3, 0, ())
    assert (case.referral.victim.phone, case.referral.victim.safe_to_call) == ("07700900777", False)
    assert case.referral.victim.date_of_birth == dt.date(1992, 5, 6)
    assert case.reading.evidence["victim.phone"].where == "register workbook"
    entry = next(each for each in register.trail() if each.event == "case edited")
    assert (entry.actor, entry.origin, entry.subject) == ("register workbook", "workbook", "M26-0001")
    assert entry.detail == "victim.date_of_birth, victim.phone, victim.safe_to_call"
    assert "07700" not in " ".join((*found.words, *(each.detail for each in register.trail())))


def test_an_edit_settles_what_was_asked_about_its_cell_and_flags_are_worked_out_anew(register: EditedRegister) -> None:
    assert any(problem.path == "victim.safe_to_call" for problem in register.case("M26-0001").reading.problems)
    register.edit("Cases", "M26-0001", {"Safe to call": "no"})
    register.read()
    case = register.case("M26-0001")
    assert not any(problem.path == "victim.safe_to_call" for problem in case.reading.problems)
    assert "unsafe contact" in {flag.code for flag in case.flags}


def test_a_workbook_that_was_read_whole_is_replaced_and_shows_what_was_typed(register: EditedRegister) -> None:
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    outcome = register.write()
    assert outcome.state == "written"
    assert "1 change taken" in outcome.message
    assert register.names() == ["register.xlsx"]
    assert register.shown("Cases", "M26-0001", "Phone") == "07700900777"
    assert register.shown("People", "M26-0001 victim", "Phone") == "07700900777"
    assert register.write().state == "unchanged"


def test_nothing_is_taken_twice_from_a_workbook_that_stays_open(register: EditedRegister) -> None:
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    assert register.read().taken == 1
    version = register.case("M26-0001").version
    assert register.read() == replace(register.read(), taken=0, conflicts=0, drafts=())
    assert register.case("M26-0001").version == version


def test_what_was_taken_and_then_changed_elsewhere_is_not_taken_again(register: EditedRegister) -> None:
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    register.read()
    register.change("M26-0001", with_phone("07700900123"))
    assert register.read().taken == 0
    assert register.case("M26-0001").referral.victim.phone == "07700900123"


def test_an_edit_taken_back_in_a_workbook_that_is_still_open_is_taken_back_in_the_register(
    register: EditedRegister,
) -> None:
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    register.read()
    register.edit("Cases", "M26-0001", {"Phone": "07700900123"})
    assert register.read().taken == 1
    assert register.case("M26-0001").referral.victim.phone == "07700900123"


def test_people_children_and_actions_can_be_edited_on_their_own_sheets(register: EditedRegister) -> None:
    register.edit("People", "M26-0001 perpetrator 1", {"Phone": "07700 900888", "Other names": "Luke\nLucky"})
    register.edit("Children", "M26-0001 child 2", {"School": "Hill Road Primary School"})
    register.edit("Actions", "1", {"Done": "27/11/2026", "What is to be done": "Ring the school again."})
    found = register.read()
    form = register.case("M26-0001").referral
    assert (found.taken, found.reported) == (5, ())
    assert (form.perpetrators[0].phone, form.perpetrators[0].aliases) == ("07700900888", ("Luke", "Lucky"))
    assert form.children[1].school == "Hill Road Primary School"
    with register.office.store.reading() as connection:
        action = every_action(connection)[0]
    assert (action.done, action.text) == (dt.date(2026, 11, 27), "Ring the school again.")


def test_the_same_edit_on_two_sheets_counts_once_and_two_different_ones_are_a_conflict(
    register: EditedRegister,
) -> None:
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777", "Postcode": "ZZ99 4AX"})
    register.edit("People", "M26-0001 victim", {"Phone": "07700900777", "Postcode": "ZZ99 4AY"})
    before = register.case("M26-0001").referral.victim.postcode
    found = register.read()
    assert (found.taken, found.conflicts) == (1, 2)
    assert register.case("M26-0001").referral.victim.phone == "07700900777"
    assert register.case("M26-0001").referral.victim.postcode == before
    assert {(each.sheet, each.typed) for each in register.conflicts()} == {
        ("Cases", "ZZ99 4AX"),
        ("People", "ZZ99 4AY"),
    }


def test_an_emptied_cell_is_an_edit_and_an_emptied_row_is_none(register: EditedRegister) -> None:
    register.edit("Cases", "M26-0001", {"Phone": None})
    with register.opened() as book:
        page = book["Cases"]
        row = row_of(page, "M26-0002")
        for cell in page[row]:
            cell.value = None
    found = register.read()
    assert found.taken == 1
    assert register.case("M26-0001").referral.victim.phone is None
    assert register.case("M26-0002").referral.victim.name
    assert "Cases: 1 row deleted or emptied (M26-0002)." in " ".join(found.reported)


def test_what_changed_here_and_there_is_a_conflict_kept_once_and_neither_side_is_overwritten(
    register: EditedRegister,
) -> None:
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    register.change("M26-0001", with_phone("07700900555"))
    assert register.read().conflicts == 1
    assert register.read().conflicts == 0
    (conflict,) = register.conflicts()
    assert (conflict.was, conflict.typed, conflict.holds) == ("07700900123", "07700 900777", "07700900555")
    assert register.case("M26-0001").referral.victim.phone == "07700900555"
    register.write()
    assert register.shown("Conflicts", str(conflict.number), "What was typed") == "07700 900777"
    with register.office.store.reading() as connection:
        waiting = matters(register_contents(connection, register.office.settings, Path(), register.office.moment))
    assert any(f"marac conflict settle {conflict.number}" in each.to_do for each in waiting)


@pytest.mark.parametrize(("side", "phone"), [("typed", "07700900777"), ("register", "07700900555")])
def test_a_conflict_is_settled_on_its_sheet(register: EditedRegister, side: str, phone: str) -> None:
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    register.change("M26-0001", with_phone("07700900555"))
    register.write()
    (conflict,) = register.conflicts()
    register.edit("Conflicts", str(conflict.number), {"Which is right": side})
    assert register.write().state == "written"
    assert register.conflicts() == ()
    assert register.case("M26-0001").referral.victim.phone == phone
    assert "conflict settled" in {entry.event for entry in register.trail()}
    assert register.write().state == "unchanged"


def test_another_cell_of_the_same_row_that_changed_meanwhile_is_no_conflict(register: EditedRegister) -> None:
    register.edit("Cases", "M26-0001", {"Contact notes": "After six only."})
    register.change("M26-0001", with_phone("07700900555"))
    found = register.read()
    victim = register.case("M26-0001").referral.victim
    assert (found.taken, found.conflicts) == (1, 0)
    assert (victim.contact_notes, victim.phone) == ("After six only.", "07700900555")


def test_a_decision_is_made_where_what_who_and_why_are_typed_together(register: EditedRegister) -> None:
    typed = {"Decision": "not heard", "Decided by": "A. Coordinator", "Reason for decision": "Both have moved away."}
    register.edit("Cases", "M26-0009", typed)
    assert register.read().taken == 1
    case = register.case("M26-0009")
    assert (case.state, case.decisions[-1].by, case.decisions[-1].reason) == (
        "not heard",
        "A. Coordinator",
        "Both have moved away.",
    )
    entry = next(each for each in register.trail() if each.event == "case decided")
    assert (entry.actor, entry.origin, entry.detail) == ("A. Coordinator", "workbook", "not-heard")
    assert register.read().taken == 0
    assert len(register.case("M26-0009").decisions) == 1


@pytest.mark.parametrize("missing", ["Decision", "Decided by", "Reason for decision"])
def test_a_decision_that_lacks_one_of_the_three_is_said_and_not_made(register: EditedRegister, missing: str) -> None:
    typed = {"Decision": "not heard", "Decided by": "A. Coordinator", "Reason for decision": "Both have moved away."}
    register.edit("Cases", "M26-0009", {title: text for title, text in typed.items() if title != missing})
    found = register.read()
    assert register.case("M26-0009").decisions == ()
    assert "a decision needs three things" in found.reported[0]


def test_an_earlier_decision_is_never_turned_round_under_its_old_name_and_reason(register: EditedRegister) -> None:
    assert register.case("M26-0003").decisions[-1].kind == "hear"
    register.edit("Cases", "M26-0003", {"Decision": "not heard"})
    found = register.read()
    assert [each.kind for each in register.case("M26-0003").decisions] == ["hear"]
    assert found.taken == 0
    assert found.reported


def test_a_new_row_becomes_a_draft_once_and_what_is_typed_in_later_is_added_to_it(register: EditedRegister) -> None:
    row = register.add_row(
        "Cases", {"Victim": "Nia Invented", "Date of birth": "1/2/1990", "Perpetrator": "Owen Invented"}
    )
    found = register.read()
    (reference,) = found.drafts
    draft = register.case(reference)
    assert (draft.state, draft.origin) == ("draft", "workbook")
    assert draft.referral.victim.date_of_birth == dt.date(1990, 2, 1)
    assert draft.referral.perpetrators[0].name == "Owen Invented"
    assert draft.flags
    assert register.read().drafts == ()
    with register.opened() as book:
        page = book["Cases"]
        page.cell(row, column_of(page, "Phone")).value = "07700 900999"
    found = register.read()
    assert (found.drafts, found.taken) == ((), 1)
    assert register.case(reference).referral.victim.phone == "07700900999"
    outcome = register.write()
    assert outcome.state == "written"
    assert register.shown("Cases", reference, "Victim") == "Nia Invented"
    assert register.names() == ["register.xlsx"]
    assert len([case for case in register.cases() if case.state == "draft"]) == 1


def test_a_draft_stands_among_what_needs_a_person_with_what_to_do(register: EditedRegister) -> None:
    register.add_row("Cases", {"Victim": "Nia Invented"})
    (reference,) = register.read().drafts
    with register.office.store.reading() as connection:
        waiting = matters(register_contents(connection, register.office.settings, Path(), register.office.moment))
    assert any(f"marac case decide {reference} accept" in each.to_do for each in waiting)


def test_a_value_of_a_new_row_that_cannot_be_read_is_left_out_and_said(register: EditedRegister) -> None:
    row = register.add_row("Cases", {"Victim": "Nia Invented", "Phone": "none", "Received": dt.date(2026, 11, 1)})
    found = register.read()
    draft = register.case(found.drafts[0])
    assert draft.referral.victim.phone is None
    assert Problem("invalid", "victim.phone", "").path in {problem.path for problem in draft.reading.problems}
    assert any(said.startswith(f"Cases, row {row}, Phone: ") for said in found.reported)
    assert any("columns that are the program's" in said for said in found.reported)


def test_a_new_row_without_a_victim_or_with_an_unknown_key_is_said_and_not_taken(register: EditedRegister) -> None:
    first = register.add_row("Cases", {"Contact notes": "ring the sister"})
    second = register.add_row("Cases", {"Case": "M26-9999", "Victim": "Nia Invented"})
    before = len(register.cases())
    found = register.read()
    said = " ".join(found.reported)
    assert (found.drafts, len(register.cases())) == ((), before)
    assert f"Cases, row {first} holds nothing that makes a case" in said
    assert f"row {second} has a key that the register never gave" in said
