"""The forms that `marac demo` fills in: each opens in its own library and says what it was made from."""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pikepdf
import pytest
from docx import Document as WordDocument
from openpyxl import load_workbook
from pdfplumber import open as open_pdf

from marac.checklist import Checklist
from marac.demo.body_form import body_form
from marac.demo.checklist_questions import QUESTIONS
from marac.demo.excel_form import excel_form
from marac.demo.messages import MAKERS
from marac.demo.pdf_form import fillable_pdf_form, flattened_pdf_form
from marac.demo.referrals import referral
from marac.demo.word_controls_form import EMPTY_LIST, EMPTY_TEXT, word_controls_form
from marac.demo.word_form import word_checklist, word_form
from marac.document import EXCEL, PDF, TEXT, WORD, Document
from marac.parsers import read
from marac.record import to_record
from marac.referral import Reading, Referral

DAY = dt.date(2026, 3, 2)
LONE_BOXES = {"victim.bme", "victim.disabled", "victim.lgbt"}
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def rows_of(form: bytes) -> list[list[str]]:
    tables = WordDocument(io.BytesIO(form)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def answer_to(label: str, rows: list[list[str]]) -> str:
    return next(row[place + 1] for row in rows for place in range(len(row) - 1) if row[place] == label)


def test_a_typed_word_form_says_what_it_was_made_from() -> None:
    rows = rows_of(word_form(referral("kowalczyk-police", DAY)))
    assert answer_to("Victim name", rows) == "Aleksandra Kowalczyk"
    assert answer_to("Victim DOB", rows) == "04/07/1989"
    assert answer_to("Is this number safe to call?", rows) == "Yes"
    assert answer_to("Address", rows) == "22 Fennel Court, Carrowdale, CD2 4RT"
    assert answer_to("Dash score", rows) == "16"


def test_a_bold_word_form_chooses_by_bold_alone() -> None:
    tables = WordDocument(io.BytesIO(word_form(referral("mahmood-police", DAY), "bold"))).tables
    bold = {
        row.cells[place].text: [run.text for run in row.cells[place + 1].paragraphs[0].runs if run.bold]
        for table in tables
        for row in table.rows
        for place in range(len(row.cells) - 1)
    }
    assert bold["Professional judgement"] == ["Yes"]
    assert bold["Is the victim pregnant?"] == []
    assert bold["Gender"] == ["Female"]


def test_a_ticked_word_form_has_one_ticked_box_a_question() -> None:
    rows = rows_of(word_form(referral("yusuf-idva", DAY), "ticks"))
    assert answer_to("Is this number safe to call?", rows) == "☐ Yes     ☒ No"
    questions = [row[1:] for row in rows if re.match(r"\d+\. ", row[0])]
    assert len(questions) == len(QUESTIONS) == 24
    assert all(sorted(boxes) == ["☐", "☐", "☒"] for boxes in questions)
    assert sum(boxes[0] == "☒" for boxes in questions) == 17


def test_a_form_with_controls_has_every_kind_of_control_in_its_state() -> None:
    told = referral("raghunathan-idva", DAY)
    body = WordDocument(io.BytesIO(word_controls_form(told))).element.body
    controls = list(body.iter(f"{W}sdt"))
    dates = [date.get(f"{W}fullDate") for date in body.iter(f"{W}date")]
    assert dates == ["2026-03-02T00:00:00Z", "1994-02-17T00:00:00Z", "1990-06-09T00:00:00Z"]
    states = [checked.get(f"{W14}val") for checked in body.iter(f"{W14}checked")]
    ticked = ["☒" in "".join(text.text or "" for text in box.iter(f"{W}t")) for box in controls if _is_box(box)]
    assert [state == "1" for state in states] == ticked
    assert len(list(body.iter(f"{W}dropDownList"))) == 1
    ids = [number.get(f"{W}val") for number in body.iter(f"{W}id")]
    assert len(set(ids)) == len(ids)


def _is_box(control: object) -> bool:
    return any(True for _ in control.iter(f"{W14}checkbox"))  # type: ignore[attr-defined]


def test_an_empty_control_shows_its_prompt() -> None:
    body = WordDocument(io.BytesIO(word_controls_form(Referral()))).element.body
    prompting = [control for control in body.iter(f"{W}sdt") if any(True for _ in control.iter(f"{W}showingPlcHdr"))]
    shown = {"".join(text.text or "" for text in control.iter(f"{W}t")) for control in prompting}
    assert shown == {EMPTY_TEXT, EMPTY_LIST}


def test_a_flattened_pdf_has_its_words_its_drawn_ticks_and_no_fields() -> None:
    told = referral("osei-health", DAY)
    with open_pdf(io.BytesIO(flattened_pdf_form(told))) as pdf:
        text = "\n".join(page.extract_text() for page in pdf.pages)
        assert not pdf.doc.catalog.get("AcroForm")
        boxes = [box for page in pdf.pages for box in page.rects if 8 < box["width"] < 10 and 8 < box["height"] < 10]
        strokes = [
            line for page in pdf.pages for line in page.lines if 5 < line["width"] < 7 and 5 < line["height"] < 7
        ]
    assert "Chantelle Osei-Bonsu" in text
    assert "26.10.1998" in text
    assert "□" not in text
    questions, gender, yes_or_no, diversity = 24, 1, 10, 1
    left_open = 1
    assert len(strokes) == 2 * (questions + gender + yes_or_no - left_open + diversity)
    assert len(boxes) == 3 * questions + 3 * gender + 2 * yes_or_no + 3 * diversity


def test_a_fillable_pdf_keeps_its_answers_in_its_fields() -> None:
    told = referral("llewellyn-childrens", DAY)
    with pikepdf.open(io.BytesIO(fillable_pdf_form(told))) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        texts = [str(field.V) for field in fields if field.FT == "/Tx"]
        radios = [str(field.get("/V")) for field in fields if field.FT == "/Btn" and "/Kids" in field]
        boxes = [str(field.V) for field in fields if field.FT == "/Btn" and "/Kids" not in field]
        names = [str(field.T) for field in fields]
    assert {"Siân Llewellyn", "21.09.1991", "Carrowdale Children's Social Care", told.reason} <= set(texts)
    assert radios.count("/Yes") == 7
    assert "None" in radios
    assert sum(state == "/Yes" for state in boxes) == 24
    assert len(set(names)) == len(names)


def test_an_excel_form_keeps_dates_as_dates_and_telephones_as_text() -> None:
    workbook = load_workbook(io.BytesIO(excel_form(referral("prickett-housing", DAY))))
    sheet = workbook["Referral"]
    cells = {str(row[0].value): row[1].value for row in sheet.iter_rows()} | {
        str(row[3].value): row[4].value for row in sheet.iter_rows() if row[3].value
    }
    assert cells["Date of referral"] == dt.datetime(2026, 3, 2)
    assert cells["Victim DOB"] == dt.datetime(1979, 12, 8)
    assert cells["Dash score"] == 14
    assert sum(row[1].value == "x" for row in workbook["Checklist"].iter_rows()) == 14
    phones = [cell.value for row in sheet.iter_rows() for cell in row if re.fullmatch(r"0[\d ]+", str(cell.value))]
    assert phones == ["01632 960507", "07700 900255"]


def test_a_checklist_alone_has_24_questions_and_the_victims_name() -> None:
    rows = rows_of(word_checklist(referral("odowd-mental-health", DAY)))
    assert answer_to("Victim name", rows) == "Niamh O'Dowd"
    assert sum(bool(re.match(r"\d+\. ", row[0])) for row in rows) == 24
    assert rows[-1][:2] == ["Total number of 'yes' answers", "19"]


def test_a_blank_form_holds_nothing_but_its_labels() -> None:
    rows = rows_of(word_form(Referral()))
    answers = {row[place] for row in rows for place in (1, 3) if len(row) == 4 and row[0] != row[1]}
    assert answers <= {"", "Yes / No", "Female / Male / Other", "☐ B&ME     ☐ Disabled     ☐ LGBT"}


@pytest.mark.parametrize(
    "made",
    [
        word_form,
        word_controls_form,
        flattened_pdf_form,
        fillable_pdf_form,
        excel_form,
        word_checklist,
    ],
)
def test_a_form_has_the_same_bytes_every_time(made: Callable[[Referral], bytes]) -> None:
    told = replace(referral("cheung-housing", DAY), checklist=Checklist(kind="dash", answers={"1": "yes"}, ticks=1))
    assert made(told) == made(told)


def leaves(part: object, path: str = "") -> Iterator[tuple[str, object]]:
    """The leaves of a referral record; nothing and unticked lone boxes are the same."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(part, list) and part and isinstance(part[0], dict):
        for number, value in enumerate(part):
            yield from leaves(value, f"{path}.{number}")
    elif part not in (None, []) and (part or path not in LONE_BOXES):
        yield path, part


def record(told: Referral) -> dict[str, object]:
    return dict(leaves(to_record(Reading("referral", told))["referral"]))


def differences(told: Referral, read_as: Referral) -> dict[str, tuple[object, object]]:
    written, found = record(told), record(read_as)
    paths = sorted(written.keys() | found.keys())
    return {path: (written.get(path), found.get(path)) for path in paths if written.get(path) != found.get(path)}


@pytest.mark.parametrize(
    ("maker", "name"),
    [
        ("word", "kowalczyk-police"),
        ("word", "bostock-housing"),
        ("word bold", "mahmood-police"),
        ("word ticks", "yusuf-idva"),
        ("word ticks", "garside-childrens"),
        ("controls", "raghunathan-idva"),
        ("controls", "popescu-health"),
        ("flattened", "osei-health"),
        ("flattened", "kowalczyk-childrens"),
        ("flattened", "ashdown-health"),
        ("fillable", "llewellyn-childrens"),
        ("excel", "prickett-housing"),
    ],
)
def test_what_is_read_from_a_form_is_what_was_written_leaf_by_leaf(maker: str, name: str) -> None:
    told = referral(name, DAY)
    media_type, make = MAKERS[maker]
    reading = read(Document("form", media_type, make(told)))
    assert reading.kind == "referral"
    assert differences(told, reading.referral) == {}


def test_a_checklist_alone_is_read_as_one() -> None:
    told = referral("odowd-mental-health", DAY)
    reading = read(Document("form.docx", WORD, word_checklist(told)))
    assert reading.kind == "checklist"
    assert reading.referral.checklist == told.checklist
    assert reading.referral.victim.name == told.victim.name


def test_a_blank_form_is_read_as_blank() -> None:
    for media_type, form in (
        (WORD, word_form(Referral())),
        (WORD, word_controls_form(Referral())),
        (PDF, flattened_pdf_form(Referral())),
        (PDF, fillable_pdf_form(Referral())),
        (EXCEL, excel_form(Referral())),
    ):
        assert read(Document("form", media_type, form)).blank


def test_a_referral_in_the_body_is_read() -> None:
    told = referral("diallo-school", DAY)
    reading = read(Document("body", TEXT, body_form(told).encode("utf-8")))
    assert differences(told, reading.referral) == {}


def test_a_locked_form_is_unreadable_and_says_why() -> None:
    locked = flattened_pdf_form(referral("amery-mental-health", DAY), "a password")
    reading = read(Document("form.pdf", PDF, locked))
    assert reading.kind == "unreadable"
    assert "password" in reading.problems[0].message
