"""What a person sees of a workbook that was read back: `marac run` and `marac conflict`."""

from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from marac.case import Case
from tests.edited_workbooks import TODAY, edited_register
from tests.working_folder import WorkingFolder


def rung_elsewhere(case: Case) -> Case:
    """The case with another number, as a newer form brings it."""
    form = replace(case.referral, victim=replace(case.referral.victim, phone="07700900555"))
    return replace(case, reading=replace(case.reading, referral=form))


def test_a_run_says_what_it_took_and_a_conflict_is_shown_and_settled(tmp_path: Path) -> None:
    with edited_register(tmp_path) as register:
        register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
        register.change("M26-0001", rung_elsewhere)
        register.edit("Cases", "M26-0002", {"Contact notes": "After six.", "State": "heard"})
        folder = WorkingFolder(register.path.parent)
        ran = folder.marac("run", on=TODAY)
        assert ran.returncode == 0, ran.stderr
        assert "1 change taken from the workbook into the register." in ran.stdout
        assert "1 cell changed in the workbook and in the register at once" in ran.stdout
        assert "07700" not in ran.stdout
        shown = folder.marac("conflict", "show", on=TODAY)
        assert "1  M26-0001  Cases, Phone" in shown.stdout
        assert "07700 900777" in shown.stdout
        settled = folder.marac("conflict", "settle", "1", "typed", "--by", "A. Coordinator", on=TODAY)
        assert settled.returncode == 0, settled.stderr
        assert register.case("M26-0001").referral.victim.phone == "07700900777"
        assert register.shown("Cases", "M26-0001", "Phone") == "07700900777"
        entry = next(each for each in register.trail() if each.event == "conflict settled")
        assert (entry.actor, entry.origin) == ("A. Coordinator", "command")
        again = folder.marac("conflict", "settle", "1", "register", "--by", "A. Coordinator", on=TODAY)
        assert again.returncode == 8
        assert "No conflict waits" in folder.marac("conflict", "show", on=TODAY).stdout


def test_what_could_not_be_taken_stays_in_sight_until_somebody_has_moved_the_copy_away(tmp_path: Path) -> None:
    with edited_register(tmp_path) as register:
        register.edit("Cases", "M26-0001", {"Decision": "not heard", "Reason for decision": "Below."})
        folder = WorkingFolder(register.path.parent)
        assert "a decision needs three things" in folder.marac("run", on=TODAY).stdout
        [copy] = register.path.parent.glob("register (your changes, *.xlsx")
        assert "a decision needs three things" in copy.with_suffix(".txt").read_text(encoding="utf-8-sig")
        said = folder.marac("status", on=TODAY).stdout
        assert "Copies of the register from which not all could be taken (1):" in said
        assert copy.name in said
        copy.unlink()
        assert "Copies of the register" not in folder.marac("status", on=TODAY).stdout


def test_a_case_is_not_deferred_off_the_last_meeting_of_the_calendar(tmp_path: Path) -> None:
    with edited_register(tmp_path) as register:
        last = max(each.date for each in register.office.meetings)
        reference = next(each.reference for each in register.cases() if each.state in {"listed", "deferred"})
        folder = WorkingFolder(register.path.parent)
        why = ("--reason", "The IDVA is ill.", "--by", "A. Coordinator")
        while register.case(reference).meeting != last:
            assert folder.marac("case", "decide", reference, "defer", *why, on=TODAY).returncode == 0
        refused = folder.marac("case", "decide", reference, "defer", *why, on=TODAY)
        assert refused.returncode == 2
        assert "there is no meeting after its own in the calendar" in refused.stderr
        assert register.case(reference).meeting == last


def test_a_pending_copy_in_which_somebody_typed_is_kept_with_a_note_of_what_was_not_taken(tmp_path: Path) -> None:
    with edited_register(tmp_path) as register:
        folder, lock = WorkingFolder(register.path.parent), register.path.with_name(f"~${register.path.name}")
        lock.write_bytes(b"\x05Priya")
        register.change("M26-0001", rung_elsewhere)
        assert "Priya has register.xlsx open" in folder.marac("run", on=TODAY).stdout
        [pending] = register.path.parent.glob("register (pending *.xlsx")
        register.edit("Cases", "M26-0002", {"Date of birth": "soon"}, pending)
        lock.unlink()
        assert "what stands there is no date" in folder.marac("run", on=TODAY).stdout
        [copy] = register.path.parent.glob("register (your changes, *.xlsx")
        assert "what stands there is no date" in copy.with_suffix(".txt").read_text(encoding="utf-8-sig")
        assert "Your changes" in [row[1].value for row in load_workbook(register.path)["Needs attention"].iter_rows()]
