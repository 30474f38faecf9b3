import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from marac.case import Case
from marac.errors import WorkbookError
from marac.referral import Evidence, Perpetrator
from marac.register.workbook.synced import about_synced
from marac.register.workbook.theirs import TheirWorkbook
from tests import invented_cases
from tests.edited_workbooks import EditedRegister, edited_register, heading_of, saved_by_libreoffice
from tests.invented_register import fortnight

STORY = "She said that he waits outside. 🏠 \n" * 2_000
"""Longer than a cell of Excel holds."""


def odd_case() -> Case:
    """A case of what a spreadsheet program could take for something else."""
    first = fortnight()[0]
    victim = replace(
        first.referral.victim,
        name="=1+1",
        phone="+33612345678",
        contact_notes=" 'Quoted' at both ends ",
        disability="1-2",
        ethnicity="3/4",
        gp="_x0041_\tDr Invented",
        housing="TRUE",
        language="007",
    )
    form = replace(
        first.referral,
        victim=victim,
        perpetrators=(Perpetrator("Łukasz Żółć", ("Luke", "Lucky")), Perpetrator(None), Perpetrator("Jan Żółć")),
        reason=STORY,
    )
    evidence = {"victim.name": Evidence("=1+1", "table 1", 0.5)}
    return replace(first, reference="M26-0050", reading=replace(first.reading, referral=form, evidence=evidence))


@pytest.fixture
def register(tmp_path: Path) -> Iterator[EditedRegister]:
    with edited_register(tmp_path, *fortnight(), odd_case()) as made:
        yield made


def test_a_workbook_that_openpyxl_only_saved_holds_no_edit(register: EditedRegister) -> None:
    before = register.path.read_bytes()
    with register.opened():
        pass
    assert register.path.read_bytes() != before
    found = register.read()
    assert (found.taken, found.conflicts, found.drafts, found.reported) == (0, 0, (), ())
    register.write()
    assert register.names() == ["register.xlsx"]


def test_a_workbook_that_libreoffice_saved_holds_what_was_typed_and_no_false_edit(register: EditedRegister) -> None:
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    saved_by_libreoffice(register.path)
    found = register.read()
    assert (found.taken, found.conflicts, found.drafts, found.reported) == (1, 0, (), ())
    assert register.case("M26-0001").referral.victim.phone == "07700900777"


def test_a_copy_from_last_month_brings_its_edits_and_takes_nothing_back(
    register: EditedRegister, tmp_path: Path
) -> None:
    old = tmp_path / "copy.xlsx"
    shutil.copyfile(register.path, old)
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777", "Postcode": "ZZ99 4AX"})
    register.write()
    register.edit("Cases", "M26-0002", {"Contact notes": "After six."})
    register.write()
    register.edit("Cases", "M26-0001", {"Contact notes": "Mornings.", "Postcode": "ZZ99 4AY"}, old)
    shutil.copyfile(old, register.path)
    found = register.read()
    victim = register.case("M26-0001").referral.victim
    assert (found.taken, found.conflicts) == (1, 1)
    assert (victim.phone, victim.contact_notes, victim.postcode) == ("07700900777", "Mornings.", "ZZ99 4AX")
    assert register.case("M26-0002").referral.victim.contact_notes == "After six."


def test_a_text_too_long_for_its_cell_is_never_cut_by_an_edit(register: EditedRegister) -> None:
    register.edit("Cases", "M26-0050", {"Reason for referral": "Only this."})
    found = register.read()
    assert found.taken == 0
    assert "Reason for referral" in found.reported[0]
    assert register.case("M26-0050").referral.reason == STORY


def emptied(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for page in book.worksheets:
        if page.title != "_sync":
            page.delete_rows(1, page.max_row)
    book.save(path)


def without_cases(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    page = book["Cases"]
    page.delete_rows(heading_of(page) + 1, page.max_row)
    book.save(path)


def without_a_sheet(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    del book["Cases"]
    book.save(path)


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5_000])


def no_workbook(path: Path) -> None:
    path.write_bytes(b"not a workbook")


def of_nothing(path: Path) -> None:
    path.write_bytes(b"")


def somebody_elses(path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Case"
    book.save(path)


def of_another_store(path: Path) -> None:
    with edited_register(path.parent / "other", invented_cases.case()) as other:
        shutil.copyfile(other.path, path)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        content = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in content.items():
            package.writestr(name, data)
        with package.open("xl/media/image1.png", "w", force_zip64=True) as part:
            for _ in range(510):
                part.write(bytes(1_000_000))


def far_away(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        xml = package.read("xl/worksheets/sheet2.xml")
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    repacked(path, {"xl/worksheets/sheet2.xml": xml.replace(b"</sheetData>", cell)})


def lying(path: Path) -> None:
    """Its directory states a size that the part has not."""
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        size = package.getinfo("xl/sharedStrings.xml").file_size
    directory = content.index(b"PK\x01\x02")
    lie = content[directory:].replace(size.to_bytes(4, "little"), (size - 9).to_bytes(4, "little"))
    path.write_bytes(content[:directory] + lie)


def repacked(path: Path, parts: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(path) as package:
        content = {name: package.read(name) for name in package.namelist()} | parts
    with zipfile.ZipFile(path, "w", method) as package:
        for name, data in content.items():
            package.writestr(name, data)


def locked_with_another_password(path: Path) -> None:
    from marac.register.workbook.encryption import encrypted

    path.write_bytes(encrypted(path.read_bytes(), "somebody else's"))


@pytest.mark.parametrize(
    ("spoilt", "words"),
    [
        (emptied, "The sheet of cases, or its headings, is gone"),
        (without_cases, "Many rows of the sheet Cases are gone"),
        (without_a_sheet, "The sheet of cases, or its headings, is gone"),
        (cut_off, "damaged"),
        (no_workbook, "damaged"),
        (of_nothing, "damaged"),
        (somebody_elses, "It is not a register that marac wrote"),
        (of_another_store, "It was not written from this register"),
        (bomb, "unpacks to far more than a register holds"),
        (far_away, "unpacks to far more than a register holds"),
        (lying, "damaged"),
        (locked_with_another_password, "locked with a password"),
    ],
)
def test_a_workbook_that_cannot_be_used_changes_nothing_and_is_kept_with_one_sentence(
    register: EditedRegister, spoilt: Callable[[Path], None], words: str
) -> None:
    before = register.cases()
    spoilt(register.path)
    content = register.path.read_bytes()
    found = register.read()
    assert (found.taken, found.conflicts, found.drafts, found.kept_aside) == (0, 0, (), True)
    (said,) = found.reported
    assert words in said
    assert register.cases() == before
    outcome = register.write()
    assert outcome.kept_aside is not None
    assert outcome.kept_aside.read_bytes() == content
    assert register.shown("Cases", "M26-0001", "Victim") == "Siân Gwynfryn-Hughes"


def test_a_locked_workbook_is_read_with_its_password(register: EditedRegister, monkeypatch: pytest.MonkeyPatch) -> None:
    from marac.register.workbook.encryption import encrypted
    from marac.settings.shape import RegisterWorkbook

    monkeypatch.setenv("REGISTER_PASSWORD", "three invented words")
    table = RegisterWorkbook.model_validate({"password": {"env": "REGISTER_PASSWORD"}})
    settings = register.office.settings.model_copy(update={"workbook": table})
    locked = EditedRegister(replace(register.office, settings=settings))
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    register.path.write_bytes(encrypted(register.path.read_bytes(), "three invented words"))
    assert locked.write().state == "written"
    assert register.case("M26-0001").referral.victim.phone == "07700900777"
    assert locked.path.read_bytes()[:4] == b"\xd0\xcf\x11\xe0"
    assert locked.write().state == "unchanged"


def test_edits_in_a_workbook_that_stays_open_are_taken_at_each_save_and_no_row_is_lost(
    register: EditedRegister,
) -> None:
    lock = register.path.with_name("~$register.xlsx")
    lock.write_bytes(b"\x05Hilar" + b"\0" * 50)
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    first = register.write()
    assert first.state == "pending"
    assert "1 change taken" in first.message
    register.edit("Cases", "M26-0001", {"Contact notes": "After six."})
    second = register.write()
    assert second.state == "pending"
    assert "1 change taken" in second.message
    lock.unlink()
    assert register.write().state == "written"
    victim = register.case("M26-0001").referral.victim
    assert (victim.phone, victim.contact_notes) == ("07700900777", "After six.")
    assert register.names() == ["register.xlsx"]


def test_what_is_typed_into_a_pending_copy_is_taken_too(register: EditedRegister) -> None:
    lock = register.path.with_name("~$register.xlsx")
    lock.write_bytes(b"\x05Hilar" + b"\0" * 50)
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    pending = register.write().path
    register.edit("Cases", "M26-0002", {"Contact notes": "After six."}, pending)
    lock.unlink()
    assert "1 change taken" in register.write().message
    assert register.case("M26-0002").referral.victim.contact_notes == "After six."
    assert register.names() == ["register.xlsx"]


def test_a_workbook_saved_after_it_was_read_is_left_as_it_is_until_the_next_run(register: EditedRegister) -> None:
    from marac.register_workbook import write_workbook

    found = register.read()
    register.edit("Cases", "M26-0001", {"Phone": "07700 900777"})
    outcome = write_workbook(register.office, found)
    assert outcome.state == "pending"
    assert "The next run reads it" in outcome.message
    assert register.write().state == "written"
    assert register.case("M26-0001").referral.victim.phone == "07700900777"


def test_a_folder_that_is_copied_to_and_fro_is_named() -> None:
    assert "OneDrive" in about_synced(Path("C:/Users/h/OneDrive - Council/marac/register.xlsx"))
    assert about_synced(Path("/srv/marac/register.xlsx")) == ""


def test_a_formula_is_not_mistaken_for_a_value_that_was_emptied(register: EditedRegister) -> None:
    row = register.edit("Cases", "M26-0001", {"Phone": "=1+1"})
    found = register.read()
    assert register.case("M26-0001").referral.victim.phone == "07700900123"
    assert found.reported[0].startswith(f"Cases, row {row}, Phone (M26-0001): a formula or an error stands there.")


def test_a_damaged_file_is_refused_without_a_word_of_its_contents() -> None:
    with pytest.raises(WorkbookError) as refused:
        TheirWorkbook(b"PK\x03\x04 Gwynfryn-Hughes")
    assert "Gwynfryn" not in str(refused.value)
