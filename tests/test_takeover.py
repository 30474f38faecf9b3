"""Taking over the old spreadsheet with `marac import`: looked at, confirmed, entered once, and found again by the mail."""

import csv
import datetime as dt
import hashlib
import io
import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection

from marac.audit import Entry
from marac.case import Case
from marac.cli import main
from marac.register.cases import every_case
from marac.register.store import Store
from marac.register.trail import trail
from marac.settings import settings_from
from tests.invented_mail import mail, typed
from tests.locked_files import locked_office
from tests.old_registers import ROWS, OldRow, as_csv, old_register, plain_register
from tests.register_databases import DatabaseKind
from tests.working_folder import AFTER_CUT_OFF, WorkingFolder, working_folder

if TYPE_CHECKING:
    from subprocess import CompletedProcess

HEARD = AFTER_CUT_OFF - dt.timedelta(weeks=20)
COUPLE = (
    HEARD,
    "26/044",
    "PENROSE, Elowen",
    "1/2/80",
    "Jago Tregenza",
    "4.5.90",
    HEARD - dt.timedelta(days=12),
    "Heard",
)
TITLES = ("MARAC date", "Ref", "Victim name", "Victim DOB", "Perp name", "Perp DOB", "Date referred", "Outcome")


def said_by(folder: WorkingFolder, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """The exit code of `marac import` run in this process, and all that it said."""
    done = main(["import", *words, "--config", str(folder.path / "config.toml"), "--today", AFTER_CUT_OFF.isoformat()])
    told = capsys.readouterr()
    return done, told.out + told.err


def imported(folder: WorkingFolder, name: str, content: bytes, *more: str) -> "CompletedProcess[str]":
    """The spreadsheet looked at, then taken over by its columns as they were understood."""
    (folder.path / name).write_bytes(content)
    columns = f"import-{Path(name).stem}.toml"
    looked = folder.marac("import", name, *more)
    assert looked.returncode == 0, looked.stderr
    return folder.marac("import", name, "--columns", columns, "--confirm", "--by", "Ada Coordinator")


@contextmanager
def register_of(folder: WorkingFolder) -> Iterator[Connection]:
    settings = settings_from(folder.path / "config.toml")
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    with store.reading() as connection:
        yield connection
    store.close()


def cases_in(folder: WorkingFolder) -> dict[str, Case]:
    with register_of(folder) as connection:
        return {case.reference: case for case in every_case(connection)}


def audited(folder: WorkingFolder) -> list[Entry]:
    with register_of(folder) as connection:
        return [entry for entry, _ in trail(connection)]


def put_in_the_inbox(folder: WorkingFolder, message: bytes) -> None:
    path = folder.path / "inbox" / "referral.eml"
    path.write_bytes(message)
    received = dt.datetime.combine(AFTER_CUT_OFF, dt.time(9), dt.UTC).timestamp()
    os.utime(path, (received, received))


def listed(folder: WorkingFolder, name: str) -> list[list[str]]:
    text = (folder.path / f"import-{name} unreadable.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def taken(
    tmp_path_factory: pytest.TempPathFactory,
    register_database: DatabaseKind,  # noqa: ARG001 - made before it
) -> tuple[WorkingFolder, "CompletedProcess[str]"]:
    """A folder into which a whole old register was taken over, and what was said."""
    folder = working_folder(tmp_path_factory.mktemp("taken"))
    return folder, imported(folder, "OLD.xlsx", old_register())


def test_looking_takes_nothing_and_accounts_for_every_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = working_folder(tmp_path)
    old = folder.path / "OLD.xlsx"
    old.write_bytes(old_register())
    code, said = said_by(folder, capsys, str(old))
    assert code == 0
    assert "The books: 17 rows = 6 cases + 0 actions + 10 passed over + 1 not taken." in said
    assert "Nothing is taken yet" in said
    assert "1 hidden row, 1 hidden column" in said
    assert not any(name in said for name in ("Marlowe", "MARLOWE", "Quayle", "Thorne"))
    assert cases_in(folder) == {}
    assert not list((folder.path / "store").glob("originals/*/*"))
    written = tomllib.loads((folder.path / "import-OLD.toml").read_text(encoding="utf-8"))
    assert written["spreadsheet"] == hashlib.sha256(old.read_bytes()).hexdigest()
    assert written["columns"]["DOB (2)"] == "perpetrator.date_of_birth"
    assert written["columns"]["Colour of folder"] == "-"
    assert written["outcomes"] == {"Deferred": "deferred", "Heard": "heard"}


def test_each_row_becomes_a_case_in_the_state_that_its_outcome_and_dates_say(
    taken: tuple[WorkingFolder, "CompletedProcess[str]"],
) -> None:
    folder, said = taken
    assert "6 cases taken over, M25-0001 to M25-0006" in said.stdout
    found = {case.referral.victim.name: case for case in cases_in(folder).values()}
    assert {name: case.state for name, case in found.items()} == {
        "J.P.": "not heard",
        "Kezia Marlowe": "heard",
        "Ottoline Quayle": "transferred",
        "Perpetua Vane": "draft",
        "Saffron Ludlow": "heard",
        "Rosalind Thorne": "heard",
    }
    assert {case.origin for case in found.values()} == {"import"}
    assert found["Ottoline Quayle"].transferred_to == "Westmoor MARAC"
    assert found["Rosalind Thorne"].meeting == dt.date(2025, 4, 9)  # only the sheet's title says so


def test_people_and_dates_are_read_in_the_ways_in_which_registers_write_them(
    taken: tuple[WorkingFolder, "CompletedProcess[str]"],
) -> None:
    found = {case.referral.victim.name: case for case in cases_in(taken[0]).values()}
    marlowe, quayle, initials = found["Kezia Marlowe"], found["Ottoline Quayle"].referral, found["J.P."]
    assert (marlowe.received, marlowe.meeting) == (dt.date(2025, 2, 27), dt.date(2025, 3, 12))
    assert [child.date_of_birth for child in marlowe.referral.children] == [dt.date(2014, 1, 4), dt.date(2016, 2, 3)]
    assert quayle.victim.date_of_birth == dt.date(1990, 12, 1)  # beside her name
    born = [(each.name, each.date_of_birth) for each in quayle.perpetrators]
    assert born == [("Barnaby Finch", dt.date(1980, 1, 1)), ("Silas Finch", dt.date(1982, 2, 2))]
    assert initials.received == dt.date(2025, 2, 22)  # as the number that Excel keeps
    assert initials.referral.victim.age == 34
    assert {problem.path for problem in initials.reading.problems} == {"victim.name", "victim.date_of_birth"}
    assert initials.reading.evidence["victim.name"].where == "the old register, sheet 1, row 9"
    assert found["Saffron Ludlow"].meeting == dt.date(2025, 3, 31)
    assert any("Only the month" in problem.message for problem in found["Saffron Ludlow"].reading.problems)


def test_what_has_no_place_here_is_kept_in_words(taken: tuple[WorkingFolder, "CompletedProcess[str]"]) -> None:
    found = {case.referral.victim.name: case for case in cases_in(taken[0]).values()}
    [decision] = found["Kezia Marlowe"].decisions
    assert decision.by == "Ada Coordinator"
    assert "Its number there: 25/001." in decision.reason
    assert "Actions agreed: Housing: fit new locks." in decision.reason
    draft = found["Perpetua Vane"]
    assert not draft.decisions
    assert "Outcome: Deferred." in draft.reading.problems[0].message
    assert any("30.2.91" in problem.message for problem in draft.reading.problems)


def test_the_spreadsheet_is_kept_and_the_trail_says_who_took_it(
    taken: tuple[WorkingFolder, "CompletedProcess[str]"],
) -> None:
    folder = taken[0]
    content = (folder.path / "OLD.xlsx").read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    assert (folder.path / "store" / "originals" / sha256[:2] / f"{sha256}.xlsx").read_bytes() == content
    entries = [entry for entry in audited(folder) if entry.origin == "import"]
    [whole] = [entry for entry in entries if entry.event == "spreadsheet taken over"]
    assert whole.actor == "Ada Coordinator"
    assert whole.detail.startswith("6 cases")
    assert sha256 in whole.detail
    assert sum(entry.event == "case taken over" for entry in entries) == 6


def test_the_rows_that_were_not_taken_are_listed_with_the_reason(
    taken: tuple[WorkingFolder, "CompletedProcess[str]"],
) -> None:
    rows = listed(taken[0], "OLD")
    assert [row[:2] for row in rows[1:]] == [["2", "4"], ["1", "8"]]
    assert "No name of a victim" in rows[1][2]
    assert "see other list" in rows[1]


@pytest.mark.both_databases
def test_the_same_file_changes_nothing_and_a_grown_copy_brings_its_new_row_alone(tmp_path: Path) -> None:
    folder = working_folder(tmp_path)
    imported(folder, "OLD.xlsx", old_register())
    before = cases_in(folder)
    again = folder.marac("import", "OLD.xlsx", "--columns", "import-OLD.toml", "--confirm", "--by", "Ada")
    assert "There is nothing new in this spreadsheet" in again.stdout
    assert cases_in(folder) == before
    corrected = replace(ROWS[0], outcome="Closed")
    grown = OldRow(dt.date(2026, 4, 1), "26/001", "Ysolde Marsh", referred=dt.date(2026, 3, 20))
    said = imported(folder, "OLD.xlsx", old_register((grown, corrected, *ROWS[1:])))
    assert "1 case taken over, M26-0001 to M26-0001" in said.stdout
    assert "changed in the spreadsheet since" in said.stdout
    assert {**before, "M26-0001": cases_in(folder)["M26-0001"]} == cases_in(folder)


def test_a_new_mail_about_a_couple_of_last_years_spreadsheet_is_a_repeat(tmp_path: Path) -> None:
    folder = working_folder(tmp_path)
    assert "1 case taken over" in imported(folder, "OLD.xlsx", plain_register(TITLES, [COUPLE])).stdout
    put_in_the_inbox(folder, mail(typed()))
    assert folder.marac("run").returncode == 0
    [old, new] = cases_in(folder).values()
    assert (old.origin, new.origin) == ("import", "mail")
    assert [flag.other_case for flag in new.flags if flag.code == "repeat"] == [old.reference]


@pytest.mark.both_databases
def test_a_case_from_the_mail_learns_of_its_past_and_a_row_that_looks_like_it_is_flagged_and_not_merged(
    tmp_path: Path,
) -> None:
    folder = working_folder(tmp_path)
    put_in_the_inbox(folder, mail(typed()))
    assert folder.marac("run").returncode == 0
    [new] = cases_in(folder)
    same = ("", "26/090", "Elowen Penrose", "01/02/1980", "J Tregenza", "", AFTER_CUT_OFF, "")
    said = imported(folder, "OLD.xlsx", plain_register(TITLES, [COUPLE, same])).stdout
    assert f"something new to know about them: {new}" in said
    assert "1 case looks like one that the register has already" in said
    past, again = [case for case in cases_in(folder).values() if case.origin == "import"]
    assert (past.state, again.state) == ("heard", "draft")
    assert [(flag.code, flag.other_case) for flag in again.flags] == [("possible duplicate", new)]
    flags = cases_in(folder)[new].flags
    assert past.reference in [flag.other_case for flag in flags if flag.code == "repeat"]


def test_a_person_says_what_a_column_and_an_outcome_mean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = working_folder(tmp_path)
    rows = [("3/2/26", "Nerys Holt", "Osian Holt", "5/6/91", "Sorted"), ("3/2/26", "=cmd()", "", "", "Sorted")]
    old, columns = folder.path / "OLD.csv", folder.path / "import-OLD.toml"
    old.write_bytes(as_csv([("Meeting date", "Vic", "Perp", "DOB", "Outcome"), *rows]))
    _, looked = said_by(folder, capsys, str(old))
    assert "WHOSE IS IT?" in looked
    assert '"DOB" = "-"' in columns.read_text(encoding="utf-8")
    _, looked = said_by(folder, capsys, str(old), "--say", "DOB=perpetrator.date_of_birth")
    assert "as a draft, for you to accept" in looked
    text = columns.read_text(encoding="utf-8")
    assert '"DOB" = "perpetrator.date_of_birth"' in text
    columns.write_text(text.replace('"Sorted" = "?"', '"Sorted" = "heard"'), encoding="utf-8")
    assert said_by(folder, capsys, str(old), "--columns", str(columns), "--confirm", "--by", "Ada")[0] == 0
    [case] = cases_in(folder).values()
    assert (case.state, case.referral.perpetrators[0].date_of_birth) == ("heard", dt.date(1991, 6, 5))
    assert [row[4:] for row in listed(folder, "OLD")[1:]] == [["'=cmd()", "Sorted"]]


def refused(folder: WorkingFolder, capsys: pytest.CaptureFixture[str], name: str, content: bytes, *more: str) -> str:
    (folder.path / name).write_bytes(content)
    code, said = said_by(folder, capsys, str(folder.path / name), *more)
    assert code == 10
    assert cases_in(folder) == {}
    return said


@pytest.mark.parametrize("name", ["d46-safelives.xlsx", "d54-safelives.docx"])
def test_a_form_is_told_from_a_register(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    form = (Path(__file__).parent / "forms" / name).read_bytes()
    said = refused(working_folder(tmp_path), capsys, f"OLD{Path(name).suffix}", form)
    assert "looks like a referral form" in said
    assert "marac parse" in said


def test_a_list_without_a_column_for_the_victims_name_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = plain_register(("MARAC date", "Outcome", "Agency"), [("3/2/26", "Heard", "Police")])
    assert "no sheet has headings" in refused(working_folder(tmp_path), capsys, "OLD.xlsx", content).lower()


def test_the_register_that_marac_writes_is_not_taken_over(
    taken: tuple[WorkingFolder, "CompletedProcess[str]"], capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = said_by(taken[0], capsys, str(taken[0].path / "register.xlsx"))
    assert code == 10
    assert "a register that marac wrote" in said


def test_a_locked_spreadsheet_is_opened_by_a_password_that_nobody_types_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = working_folder(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    locked = locked_office(plain_register(TITLES, [COUPLE]), "sea-glass-22")
    assert "locked with a password" in refused(folder, capsys, "OLD.xlsx", locked)
    monkeypatch.setenv("OLD_PASSWORD", "wrong")
    assert "does not open" in refused(folder, capsys, "OLD.xlsx", locked, "--password-env", "OLD_PASSWORD")
    monkeypatch.setenv("OLD_PASSWORD", "sea-glass-22")
    code, said = said_by(folder, capsys, str(folder.path / "OLD.xlsx"), "--password-env", "OLD_PASSWORD")
    assert code == 0
    assert "The books: 2 rows = 1 cases" in said


def test_nothing_is_taken_without_a_name_and_columns_that_were_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = working_folder(tmp_path)
    old, columns = folder.path / "OLD.xlsx", folder.path / "columns.toml"
    old.write_bytes(plain_register(TITLES, [COUPLE]))
    columns.write_text('[columns]\n"MARAC date" = "register.meeting"\n', encoding="utf-8")
    assert said_by(folder, capsys, str(old), "--confirm", "--by", "Ada")[0] == 2
    assert said_by(folder, capsys, str(old), "--confirm", "--columns", str(columns))[0] == 2
    code, said = said_by(folder, capsys, str(old), "--confirm", "--columns", str(columns), "--by", "Ada")
    assert code == 2
    assert "says nothing of the column “Ref”" in said
    assert cases_in(folder) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[columns]\n"Ref" = "victim.nam"\n', "is no field"),
        ('[columns]\n"Reference" = "-"\n', "has no column"),
        ('[outcomes]\n"Heard" = "done"\n', "is no outcome"),
        ("[columns]\nRef = victim\n", "straight quotes"),
    ],
)
def test_mistakes_in_the_file_of_columns_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    folder = working_folder(tmp_path)
    old, columns = folder.path / "OLD.xlsx", folder.path / "columns.toml"
    old.write_bytes(plain_register(TITLES, [COUPLE]))
    columns.write_text(text, encoding="utf-8")
    code, said = said_by(folder, capsys, str(old), "--columns", str(columns))
    assert code == 2
    assert words in said


def test_what_is_said_of_a_column_beside_its_file_is_written_into_it_and_the_next_command_can_be_typed_as_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = working_folder(tmp_path)
    old = folder.path / "OLD cases.csv"
    old.write_bytes(as_csv([("Meeting date", "Vic", "Perp", "DOB"), ("3/2/26", "Nerys Holt", "Osian Holt", "5/6/91")]))
    columns = folder.path / "import-OLD cases.toml"
    said_by(folder, capsys, str(old))
    _, looked = said_by(folder, capsys, str(old), "--columns", str(columns), "--say", "DOB=victim.date_of_birth")
    assert f'Then: marac import "{old}" --columns "{columns}" --confirm' in looked
    assert '"DOB" = "victim.date_of_birth"' in columns.read_text(encoding="utf-8")
    assert said_by(folder, capsys, str(old), "--columns", str(columns), "--confirm", "--by", "Ada")[0] == 0
    [case] = cases_in(folder).values()
    assert case.referral.victim.date_of_birth == dt.date(1991, 6, 5)
