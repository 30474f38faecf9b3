"""A pass that finds everything standing does nothing; whatever a pass's work follows from, a change of it is noticed."""

import datetime as dt
import errno
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from marac.cli import main
from marac.commands.working import now
from marac.errors import TemplateError
from marac.office import Office, open_office
from marac.register.cases import add_case, case_named, set_standing
from marac.settled import all_stands, mark_of
from tests.made_up_couples import couple
from tests.working_folder import AFTER_CUT_OFF, FIRST_DAY, MEETING, WorkingFolder, working_folder

pytestmark = pytest.mark.both_databases


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    """A folder in which a pass made everything that is due."""
    found = working_folder(tmp_path)
    with opened(found) as office, office.store.changing() as connection:
        add_case(connection, couple("M26-0001", FIRST_DAY, state="listed", meeting=MEETING))
    assert passed(found) == 0
    return found


def passed(folder: WorkingFolder) -> int:
    return main(["run", "--config", str(folder.path / "config.toml"), "--today", AFTER_CUT_OFF.isoformat()])


def opened(folder: WorkingFolder, on: dt.date = AFTER_CUT_OFF) -> AbstractContextManager[Office]:
    return open_office(folder.path / "config.toml", on, now)


def stands(folder: WorkingFolder, on: dt.date = AFTER_CUT_OFF) -> bool:
    with opened(folder, on) as office:
        return all_stands(office)


def test_after_a_pass_everything_stands_and_another_pass_leaves_it_so(folder: WorkingFolder) -> None:
    assert stands(folder)
    before = {path: path.stat().st_mtime_ns for path in (folder.path / "meetings").rglob("*.docx")}
    assert passed(folder) == 0
    assert stands(folder)
    assert {path: path.stat().st_mtime_ns for path in (folder.path / "meetings").rglob("*.docx")} == before


def a_case_changed(folder: WorkingFolder) -> None:
    with opened(folder) as office, office.store.changing() as connection:
        set_standing(connection, case_named(connection, "M26-0001"))


def the_workbook_saved(folder: WorkingFolder) -> None:
    with (folder.path / "register.xlsx").open("ab") as file:
        file.write(b"\0")


def the_workbook_removed(folder: WorkingFolder) -> None:
    (folder.path / "register.xlsx").unlink()


def an_agenda_removed(folder: WorkingFolder) -> None:
    next((folder.path / "meetings").rglob("agenda*.docx")).unlink()


def an_agency_named_otherwise(folder: WorkingFolder) -> None:
    path = folder.path / "agencies.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('\nname = "', '\nname = "New ', 1), encoding="utf-8")


def a_setting_changed(folder: WorkingFolder) -> None:
    path = folder.path / "config.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("# minimum_age = 16", "minimum_age = 18"), encoding="utf-8"
    )


def a_template_of_their_own(folder: WorkingFolder) -> None:
    (folder.path / "templates").mkdir(exist_ok=True)
    (folder.path / "templates" / "agenda.docx").write_bytes(b"not a template")


@pytest.mark.parametrize(
    "happens",
    [
        a_case_changed,
        the_workbook_saved,
        the_workbook_removed,
        an_agenda_removed,
        an_agency_named_otherwise,
        a_setting_changed,
        a_template_of_their_own,
    ],
)
def test_whatever_changes_is_noticed(folder: WorkingFolder, happens: Callable[[WorkingFolder], None]) -> None:
    happens(folder)
    assert not stands(folder)


def test_another_day_is_another_pass(folder: WorkingFolder) -> None:
    assert not stands(folder, AFTER_CUT_OFF + dt.timedelta(days=1))


def test_a_document_that_was_removed_is_made_again_by_the_next_pass(folder: WorkingFolder) -> None:
    an_agenda_removed(folder)
    assert passed(folder) == 0
    assert list((folder.path / "meetings").rglob("agenda*.docx"))


def test_a_pass_that_left_something_undone_leaves_no_mark(
    folder: WorkingFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced = Path.replace

    def held(path: Path, target: Path) -> Path:
        if target.name == "register.xlsx":
            raise PermissionError(errno.EACCES, "somebody has it open")
        return replaced(path, target)

    an_agency_named_otherwise(folder)
    monkeypatch.setattr(Path, "replace", held)
    passed(folder)
    monkeypatch.undo()
    for copy in folder.path.glob("register (pending *"):
        copy.unlink()
    assert not stands(folder)


def test_a_pass_with_a_template_that_is_not_used_says_so_each_time(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    a_template_of_their_own(folder)
    for _ in range(2):
        capsys.readouterr()
        assert passed(folder) == TemplateError.exit_code
        assert "! Your template agenda.docx: It is not used" in capsys.readouterr().out
    assert stands(folder)


def test_the_mark_says_nothing_of_what_it_was_made_from(folder: WorkingFolder) -> None:
    def mark(office: Office) -> str:
        with office.store.reading() as connection:
            return mark_of(office, connection)

    with opened(folder) as office:
        assert len(mark(office)) == 64
        assert mark(office) == mark(office)
