"""What a person sees of a workbook that was read back: `marac run` and `marac conflict`."""

from dataclasses import replace
from pathlib import Path

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
