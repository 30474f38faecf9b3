import datetime as dt
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from marac.document import Document
from marac.parsers import read
from marac.parsers.blocks import Block, Cell, Line, Table, UnreadableDocument
from marac.parsers.sheets.xls import OLE, Xls
from tests.test_ods import Boxed, spreadsheet


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`form.xls` and `boxes.xls`, written by LibreOffice: nothing in Python writes such files."""
    folder = tmp_path_factory.mktemp("xls")
    (folder / "form.xlsx").write_bytes(filled_form())
    rows = (
        ("Is it safe to call?", Boxed("Yes", ticked=False), Boxed("No", ticked=True)),
        ("Repeat case?", Boxed("Yes", ticked=True)),
    )
    (folder / "boxes.ods").write_bytes(spreadsheet(rows).content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = [str(folder / name) for name in ("form.xlsx", "boxes.ods")]
    command = ["soffice", profile, "--headless", "--convert-to", "xls", "--outdir", str(folder), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder


def filled_form() -> bytes:
    saved = BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True, "date_1904": True})
    sheet = book.add_worksheet("Form")
    sheet.merge_range("A1:B1", "Victim")
    sheet.write_row("A2", ["Victim name", "Ann Moss"])
    sheet.write("A3", "Date of birth")
    sheet.write_datetime("B3", dt.datetime(1991, 4, 3), book.add_format({"num_format": "d mmm yyyy"}))
    sheet.write("A4", "Telephone")
    sheet.write_number("B4", 7700900123, book.add_format({"num_format": "00000000000"}))
    sheet.write("A5", "Repeat case?")
    sheet.write_rich_string("B5", "Yes / ", book.add_format({"bold": True}), "No")
    sheet.write("A6", "Consent given?")
    sheet.write_rich_string("B6", book.add_format({"font_strikeout": True}), "Yes", " / No")
    sheet.write_row("A10", ["Perpetrator name", "Ben Moss"])
    sheet.write("A7", "unseen")
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.write_boolean("B8", True)
    sheet.write_comment("B2", "Known as Annie")
    sheet.write_formula("B9", "=NA()", None, "#N/A")
    sheet.insert_textbox("A13", "He has a key to her house")
    lists = book.add_worksheet("Lists")
    lists.write("A1", "Yes")
    lists.hide()
    book.close()
    return saved.getvalue()


def document(path: Path) -> Document:
    return Document(path.name, "", path.read_bytes())


def cells(blocks: list[Block]) -> dict[tuple[int, int], Cell]:
    (table,) = [block for block in blocks if isinstance(block, Table)]
    return {(cell.row, cell.column): cell for cell in table.cells}


def test_an_old_workbook_is_known_by_its_stream_and_other_old_files_are_not(forms: Path) -> None:
    assert Xls().recognises(document(forms / "form.xls"))
    assert not Xls().recognises(Document("form.xls", "", OLE + bytes(2000)))
    assert not Xls().recognises(document(forms / "form.xlsx"))


def test_values_keep_their_type_in_a_workbook_that_counts_from_1904(forms: Path) -> None:
    found = cells(list(Xls().blocks(document(forms / "form.xls"))))
    assert (found[2, 1].text, found[2, 1].value) == ("03/04/1991", dt.date(1991, 4, 3))
    assert (found[3, 1].text, found[3, 1].value) == ("07700900123", 7700900123.0)
    assert (found[7, 1].text, found[7, 1].value) == ("Yes", True)


def test_a_part_of_a_cell_keeps_its_bold_and_its_strike(forms: Path) -> None:
    found = cells(list(Xls().blocks(document(forms / "form.xls"))))
    assert [(span.text, span.bold) for span in found[4, 1].spans] == [("Yes / ", False), ("No", True)]
    assert [(span.text, span.struck) for span in found[5, 1].spans] == [("Yes", True), (" / No", False)]


def test_merged_hidden_and_floating_things_are_told(forms: Path) -> None:
    blocks = list(Xls().blocks(document(forms / "form.xls")))
    found = cells(blocks)
    assert found[0, 0].columns == 2
    assert found[6, 0].spans[0].hidden
    assert found[12, 0].text == "He has a key to her house"
    unread = " ".join(block.unread for block in blocks if isinstance(block, Line))
    assert "A note on a cell was not read (sheet “Form”, B2)" in unread
    assert "B9" in unread


def test_boxes_over_the_cells_are_read_with_their_captions(forms: Path) -> None:
    found = cells(list(Xls().blocks(document(forms / "boxes.xls"))))
    assert [(span.text, span.ticked) for span in found[0, 1].spans] == [
        ("", False),
        (" Yes ", None),
        ("", True),
        (" No ", None),
    ]
    assert found[1, 1].spans[0].ticked is True


def test_calamine_reads_the_same_values(forms: Path) -> None:
    for name in ("form.xls", "boxes.xls"):
        again = Xls().blocks_again(document(forms / name))
        assert again is not None
        assert list(again) == list(Xls().blocks(document(forms / name)))


def test_the_record_of_an_old_workbook_is_read(forms: Path) -> None:
    referral = read(document(forms / "form.xls")).referral
    assert (referral.victim.name, referral.victim.date_of_birth) == ("Ann Moss", dt.date(1991, 4, 3))
    assert (referral.criteria.repeat, referral.consent.given) == (False, False)


def test_a_damaged_workbook_gives_one_sentence(forms: Path) -> None:
    content = (forms / "form.xls").read_bytes()
    broken = Document("form.xls", "", content[:1536] + bytes(512) + content[2048:])
    if Xls().recognises(broken):
        with pytest.raises(UnreadableDocument):
            list(Xls().blocks(broken))
    reading = read(broken)
    assert (reading.kind, len(reading.problems)) == ("unreadable", 1)
