import dataclasses
import datetime as dt
import io
import os
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from marac.case import Case, Decision
from marac.errors import StoreError
from marac.referral import Evidence, Reading, Referral, Victim
from marac.register.workbook.attention import matters
from marac.register.workbook.contents import Generation, RegisterContents, generation_id
from marac.register.workbook.place import WorkbookOutcome, workbook, written
from marac.register.workbook.tables import checked
from marac.register.workbook.text import clean, pieces
from tests import invented_cases
from tests.invented_register import STORY, contents, read

NOW = dt.datetime(2026, 12, 1, 14, 30)
Write = Callable[..., WorkbookOutcome]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.xlsx"


@pytest.fixture
def write(path: Path) -> Write:
    """Writes the register as a store would: every generation is remembered."""
    ours: list[Generation] = []

    def writing(register: RegisterContents, now: dt.datetime = NOW) -> WorkbookOutcome:
        return written(path, register, ours, now, ours.append)

    return writing


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def opened(register: RegisterContents) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(register)))


def cells(page: Any, heading: int = 1) -> list[dict[str, Any]]:
    """The rows of a sheet's table, each cell under its title."""
    titles = [cell.value for cell in page[heading]]
    return [dict(zip(titles, row, strict=True)) for row in page.iter_rows(min_row=heading + 1)]


def values(page: Any, heading: int = 1) -> list[dict[str, Any]]:
    return [{title: cell.value for title, cell in row.items()} for row in cells(page, heading)]


def told(*stories: str | None) -> RegisterContents:
    """A register whose cases tell these stories."""
    forms = [Referral(victim=Victim(name="Invented Person"), reason=story) for story in stories]
    cases = [
        Case(f"M26-{number:04}", "listed", dt.date(2026, 11, 20), Reading("referral", form))
        for number, form in enumerate(forms, 1)
    ]
    return contents(*cases)


def stories_in(file: bytes) -> list[str]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_name("Cases").to_python()
    place = rows[0].index("Reason for referral")
    return [str(row[place]) for row in rows[1:]]


def test_every_case_has_a_row_with_its_values_as_text_days_and_numbers() -> None:
    row = values(opened(contents())["Cases"])[0]
    assert row["Case"] == "M26-0001"
    assert row["State"] == "listed"
    assert row["Meeting"] == dt.datetime(2026, 12, 3)
    assert row["Victim"] == "Siân Gwynfryn-Hughes"
    assert row["Date of birth"] == dt.datetime(1991, 4, 3)
    assert row["Age when referred"] == 35
    assert row["Phone"] == "07700900123"
    assert row["Safe to call"] == "yes"
    assert row["Ticks"] == 16
    assert row["Threshold"] == "met"
    assert row["Why"] == "threshold met: The checklist has 16 ticks; 14 or more is high risk here. [table 3]"
    assert row["Children named"].startswith("Cerys Gwynfryn-Hughes, born 01/02/2026")
    assert row["Reason for referral"] == STORY


def test_no_leaf_of_a_form_is_missing_from_the_sheet_of_cases() -> None:
    form = invented_cases.repeat_case().referral
    row = values(opened(contents(invented_cases.repeat_case()))["Cases"])[0]
    shown = "\n".join(str(value) for value in row.values())
    assert str(form.victim.contact_notes) in shown
    assert all(str(person.name) in shown and str(person.relationship) in shown for person in form.perpetrators)
    assert all(str(child.name) in shown and str(child.school) in shown for child in form.children)
    assert str(form.safety.unsafe_to_talk_to) in shown
    assert row["Perpetrator"] == "Łukasz Żółć\nJan Żółć"
    assert row["Perpetrator's date of birth"] == "24/12/1988\n"


def test_flags_have_columns_that_can_be_filtered_and_a_decision_settles_its_question() -> None:
    rows = {row["Case"]: row for row in values(opened(contents())["Cases"])}
    assert rows["M26-0002"]["Repeat"] == "repeat"
    assert rows["M26-0002"]["Contact"] == "UNSAFE"
    assert rows["M26-0008"]["Duplicate"] == "possible"
    assert rows["M26-0008"]["Decision needed"] == "yes"
    assert rows["M26-0009"]["Decision needed"] == "yes"
    assert rows["M26-0003"]["Decision needed"] is None
    assert rows["M26-0003"]["Decision"] == "to be heard"


def test_the_cases_are_a_real_table_that_stays_in_sight_and_prints_on_one_page_width() -> None:
    page = opened(contents())["Cases"]
    table = page.tables["Cases"]
    assert table.ref.startswith("A1:")
    assert table.ref.endswith(str(len(contents().cases) + 1))
    assert table.autoFilter is not None
    assert page.freeze_panes == "B2"
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$1"


def test_drop_downs_offer_the_states_the_agencies_and_yes_or_no() -> None:
    book = opened(contents())
    offered = {
        tuple(cell.value for (cell,) in book["Lists"][rule.formula1.split("!")[1].replace("$", "")])
        for rule in book["Cases"].data_validations.dataValidation
        if ":" in rule.formula1
    }
    assert ("yes", "no") in offered
    assert tuple(agency.name for agency in invented_cases.AGENCIES) in offered
    assert any("not heard" in words for words in offered)
    assert book["Lists"].sheet_state == "hidden"


def test_colours_are_rules_that_a_changed_word_changes() -> None:
    page = opened(contents())["Cases"]
    rules = {rule.formula[0] for ranges in page.conditional_formatting for rule in ranges.rules}
    for word in ("met", "below", "repeat", "possible", "UNSAFE", "yes"):
        assert any(f"; {word};" in rule for rule in rules)


def test_a_note_says_where_on_the_form_a_value_stands_and_a_doubtful_one_is_coloured() -> None:
    row = cells(opened(contents(read(invented_cases.case())))["Cases"])[0]
    assert row["Date of birth"].comment.text == "Form: table 2, row 3; sure 0.98.\nWords: “3/4/91”"
    assert row["Date of birth"].fill.fgColor.rgb == "00000000"
    assert "sure 0.61" in row["Perpetrator's date of birth"].comment.text
    assert row["Perpetrator's date of birth"].fill.fgColor.rgb == "FFFFF4CC"
    assert row["Safe to call"].comment.text == "Both boxes are ticked at “Safe to call”."
    assert row["Safe to call"].fill.fgColor.rgb == "FFFFF4CC"
    assert row["Victim"].comment is None


def test_a_case_that_was_heard_needs_no_second_look() -> None:
    heard = dataclasses.replace(read(invented_cases.case()), state="heard")
    row = cells(opened(contents(heard))["Cases"])[0]
    assert row["Date of birth"].comment is None
    assert row["Safe to call"].fill.fgColor.rgb == "00000000"


def test_what_needs_a_person_stands_on_the_first_sheet_safety_first() -> None:
    book = opened(contents())
    assert book.sheetnames[0] == "Needs attention"
    assert book.active.title == "Needs attention"
    rows = values(book["Needs attention"], heading=5)
    assert rows[0]["Urgent"] == "urgent"
    assert rows[0]["What"] == "Case M26-0002"
    assert rows[1]["What"] == "Message 3"
    assert rows[1]["Why"] == "The attachment is encrypted; ask the sender for it in another way."
    assert {row["What"] for row in rows} >= {"Case M26-0008", "Case M26-0009", "Agency idva"}
    assert "3 messages in, 3 accounted for." in book["Needs attention"]["A2"].value


def test_a_duplicate_asks_for_a_comparison_until_a_person_has_said_which_it_is() -> None:
    possible = next(each.case for each in contents().cases if each.case.reference == "M26-0008")
    asked = next(each for each in matters(contents(possible)) if "Names sound alike" in each.why)
    assert "marac case decide M26-0008 same-as M26-0001" in asked.to_do
    answer = Decision("M26-0008", "not-same-as", "Sisters.", "J. Marsh", dt.date(2026, 11, 27), "M26-0001")
    answered = dataclasses.replace(possible, decisions=(answer,))
    assert not any("Names sound alike" in each.why for each in matters(contents(answered)))


def test_the_other_sheets_show_actions_meetings_messages_and_agencies_without_their_secrets() -> None:
    book = opened(contents())
    action = values(book["Actions"])[0]
    assert (action["Agency"], action["Due"]) == ("Northbridge Homes & Tenancies", dt.datetime(2026, 12, 10))
    meeting = values(book["Meetings"])[0]
    assert (meeting["Cut-off"], meeting["Cases"], meeting["Decision needed"]) == (dt.datetime(2026, 11, 24), 7, 2)
    message = values(book["Messages"], heading=4)[0]
    assert (message["State"], message["Accounted for"], message["Cases"]) == ("processed", "yes", "M26-0001")
    agencies = {row["Agency"]: row["Letters can be sealed"] for row in values(book["Agencies"])}
    assert agencies == {"police": "yes", "housing": "yes", "children": "yes", "idva": "no"}


def test_an_empty_register_is_a_workbook_too() -> None:
    book = opened(RegisterContents("Northbridge MARAC"))
    assert values(book["Cases"]) == []
    assert book["Cases"].tables["Cases"].ref.endswith("2")
    assert "0 things to look at" in book["Needs attention"]["A2"].value


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", '=HYPERLINK("http://a.example")', "+1+1", "-1", "@SUM(1)", "\t=1"]
)
def test_text_is_never_a_formula_and_never_a_link(name: str) -> None:
    form = invented_cases.referral(victim=Victim(name=name), reason="http://a.example/x")
    file = workbook(contents(invented_cases.case(form=form)))
    book = openpyxl.load_workbook(io.BytesIO(file))
    row = cells(book["Cases"])[0]
    assert row["Victim"].value == name
    assert row["Victim"].data_type == "s"
    assert row["Victim"].style is not None
    assert row["Victim"].quotePrefix
    assert row["Reason for referral"].hyperlink is None
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        pages = [each for each in package.namelist() if each.startswith("xl/worksheets/sheet")]
        assert all(b"<f>" not in package.read(page) for page in pages)


def test_a_name_that_begins_like_a_formula_is_pointed_out_and_a_foreign_phone_number_is_not() -> None:
    form = invented_cases.referral(victim=Victim(name="=1+1", phone="+447700900123"))
    row = cells(opened(contents(invented_cases.case(form=form)))["Cases"])[0]
    assert "A name does not begin like this" in row["Victim"].comment.text
    assert row["Phone"].comment is None
    assert row["Phone"].value == "+447700900123"
    assert row["Phone"].number_format == "@"


def test_a_text_too_long_for_its_cell_is_cut_visibly_and_stands_whole_on_a_sheet_of_its_own() -> None:
    story = "She said 🏠 no. " * 5_000
    book = opened(told("short", story))
    shown = values(book["Cases"])[1]["Reason for referral"]
    assert shown.endswith("All of it is on the sheet Long texts, row M26-0002, column Reason for referral.]")
    assert len(shown.encode("utf-16-le")) // 2 < 32_767
    parts = values(book["Long texts"])
    assert {(part["Row"], part["Column"], part["Of"]) for part in parts} == {
        ("M26-0002", "Reason for referral", len(parts))
    }
    assert "".join(part["Text"] for part in parts) == story


def test_a_register_without_long_texts_has_no_sheet_for_them() -> None:
    assert "Long texts" not in opened(told("short")).sheetnames


def test_characters_that_a_workbook_cannot_hold_are_marked_and_the_text_around_them_stays() -> None:
    story = "before\x00\x0b\ud83d\ufffe\u202eafter\r\nnext\rline"
    assert stories_in(workbook(told(story))) == [
        "before\N{REPLACEMENT CHARACTER}" + "\N{REPLACEMENT CHARACTER}" * 4 + "after\nnext\nline"
    ]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(st.characters(codec=None), min_size=1), min_size=1, max_size=25))
@example(["_x0041_", " ", "\n", "'=1", "<b>&amp;</b>", "#N/A", "TRUE", "1-2", "0161", "1e5"])
def test_any_text_survives_in_both_readers(stories: list[str]) -> None:
    file = workbook(told(*stories))
    expected = [clean(story) for story in stories]
    assert stories_in(file) == expected
    read_back = values(openpyxl.load_workbook(io.BytesIO(file))["Cases"])
    assert [row["Reason for referral"] for row in read_back] == expected


@given(st.text(), st.integers(2, 20))
def test_the_pieces_of_a_text_join_to_the_text_and_are_none_too_long(text: str, limit: int) -> None:
    cut = pieces(text, limit)
    assert "".join(cut) == text
    assert all(len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= limit for piece in cut)


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_is_xml_and_stays_as_it_is_when_cleaned_again(text: str) -> None:
    page = etree.Element("t")
    page.text = clean(text)
    assert etree.fromstring(etree.tostring(page)).text in {clean(text), None}
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("day", [dt.date(1, 1, 1), dt.date(1899, 12, 31), dt.date(1900, 2, 28)])
def test_a_day_that_excel_does_not_know_is_written_in_words(day: dt.date) -> None:
    form = invented_cases.referral(victim=Victim(name="Invented Person", date_of_birth=day))
    row = values(opened(contents(invented_cases.case(form=form)))["Cases"])[0]
    assert row["Date of birth"] == f"{day.day:02}/{day.month:02}/{day.year:04}"


def test_a_value_that_was_not_written_stops_the_workbook() -> None:
    with pytest.raises(StoreError, match="no workbook was written"):
        checked(-2)


def test_the_same_contents_are_the_same_bytes_and_any_change_is_another_generation() -> None:
    assert workbook(contents()) == workbook(contents())
    assert generation_id(contents()) == generation_id(contents())
    changed = dataclasses.replace(invented_cases.case(), state="heard")
    assert generation_id(contents(changed)) != generation_id(contents(invented_cases.case()))
    sure = dataclasses.replace(read(changed).reading, evidence={"victim.name": Evidence("x", "y", 0.5)})
    assert generation_id(contents(dataclasses.replace(changed, reading=sure))) != generation_id(contents(read(changed)))


def test_the_workbook_names_no_author_and_carries_its_generation_out_of_sight() -> None:
    book = opened(contents())
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy
    assert book["_sync"].sheet_state == "veryHidden"
    assert book["_sync"]["B1"].value == generation_id(contents())


def test_the_workbook_is_written_once_and_then_left_alone(path: Path, write: Write) -> None:
    first = write(contents())
    assert (first.state, first.path, first.message) == ("written", path, "")
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.stat()
    again = write(contents(), NOW + dt.timedelta(days=1))
    assert (again.state, again.generation) == ("unchanged", first.generation)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert names_in(path.parent) == ["register.xlsx"]


def test_a_deleted_workbook_is_written_again(path: Path, write: Write) -> None:
    write(contents())
    path.unlink()
    assert write(contents()).state == "written"


def test_a_generation_is_remembered_before_a_byte_is_written(path: Path) -> None:
    def killed(_generation: Generation) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        written(path, contents(), [], NOW, killed)
    assert not path.exists()


def test_a_workbook_that_a_person_changed_is_kept_aside(path: Path, write: Write) -> None:
    write(contents())
    book = openpyxl.load_workbook(path)
    book["Cases"]["B2"] = "heard"
    book.save(path)
    edited = path.read_bytes()
    outcome = write(contents())
    aside = path.with_name("register (your changes, 2026-12-01 1430).xlsx")
    assert (outcome.state, outcome.kept_aside) == ("written", aside)
    assert aside.read_bytes() == edited
    assert aside.name in outcome.message
    assert path.read_bytes() == workbook(contents())
    assert write(contents()).state == "unchanged"


@pytest.mark.parametrize("found", [b"", b"PK\x03\x04 half a file", b"somebody's notes", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_no_register_of_ours_is_kept_aside(path: Path, write: Write, found: bytes) -> None:
    path.write_bytes(found)
    outcome = write(contents())
    assert outcome.kept_aside == path.with_name("register (found here, 2026-12-01 1430).xlsx")
    assert outcome.kept_aside.read_bytes() == found
    assert "not a register that marac wrote" in outcome.message
    assert path.read_bytes() == workbook(contents())


def test_an_older_copy_of_ours_is_no_change_of_a_persons(path: Path, write: Write) -> None:
    write(contents())
    older = path.read_bytes()
    write(told("newer"))
    path.write_bytes(older)
    outcome = write(told("newer"))
    assert (outcome.state, outcome.kept_aside) == ("written", None)


@pytest.mark.parametrize(
    ("lock", "content"),
    [
        (".~lock.register.xlsx#", b",J. Marsh,pc1,01.12.2026 09:12,file:///x;"),
        ("~$register.xlsx", b"\x08J. Marsh" + b" " * 46 + b"\x08\0J\0.\0 \0M\0a\0r\0s\0h\0"),
    ],
)
def test_a_workbook_that_somebody_has_open_stays_and_the_new_one_waits_beside_it(
    path: Path, write: Write, lock: str, content: bytes
) -> None:
    write(contents())
    before = path.read_bytes()
    path.with_name(lock).write_bytes(content)
    pending = path.with_name("register (pending 2026-12-01 1430).xlsx")
    outcome = write(told("newer"))
    assert (outcome.state, outcome.path) == ("pending", pending)
    assert outcome.message.startswith("J. Marsh has register.xlsx open")
    assert path.read_bytes() == before
    assert pending.read_bytes() == workbook(told("newer"))

    assert write(told("newer"), NOW + dt.timedelta(hours=1)).path == pending
    newest = write(told("newest"), NOW + dt.timedelta(hours=2))
    assert newest.path.name == "register (pending 2026-12-01 1630).xlsx"
    assert not pending.exists()

    path.with_name(lock).unlink()
    assert write(told("newest")).state == "written"
    assert names_in(path.parent) == ["register.xlsx"]


def test_a_lock_that_a_crash_left_behind_does_not_block_for_ever(path: Path, write: Write) -> None:
    write(contents())
    lock = path.with_name(".~lock.register.xlsx#")
    lock.write_bytes(b",,pc1,01.12.2026 09:12,file:///x;")
    two_days_ago = lock.stat().st_mtime - 2 * 24 * 60 * 60
    os.utime(lock, (two_days_ago, two_days_ago))
    assert write(told("newer")).state == "written"


def test_a_pending_copy_that_a_person_changed_is_never_removed(path: Path, write: Write) -> None:
    write(contents())
    lock = path.with_name("~$register.xlsx")
    lock.write_bytes(b"")
    pending = write(told("newer")).path
    pending.write_bytes(pending.read_bytes() + b"changed")
    lock.unlink()
    outcome = write(told("newer"))
    assert outcome.state == "written"
    assert pending.name in outcome.message
    assert names_in(path.parent) == [pending.name, "register.xlsx"]


def test_a_replacement_that_the_system_refuses_is_a_pending_copy_too(
    path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(contents())
    replace = Path.replace

    class HeldByExcelError(PermissionError):
        winerror = 32

    def held(self: Path, target: Path) -> Path:
        if target == path:
            raise HeldByExcelError
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    outcome = write(told("newer"))
    assert outcome.state == "pending"
    assert outcome.message.startswith("Somebody has register.xlsx open")
    monkeypatch.undo()
    assert write(told("newer")).state == "written"
    assert names_in(path.parent) == ["register.xlsx"]


def test_libreoffice_opens_the_workbook_and_what_it_saves_is_still_known_as_a_changed_register(
    path: Path, write: Write, tmp_path: Path
) -> None:
    write(told("=1+1", "a story"))
    saved = tmp_path / "saved"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(saved), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    path.write_bytes((saved / "register.xlsx").read_bytes())
    book = openpyxl.load_workbook(path)
    assert values(book["Cases"])[0]["Reason for referral"] == "=1+1"
    assert book["_sync"]["B1"].value == generation_id(told("=1+1", "a story"))
    outcome = write(told("=1+1", "a story"))
    assert outcome.kept_aside == path.with_name("register (your changes, 2026-12-01 1430).xlsx")
