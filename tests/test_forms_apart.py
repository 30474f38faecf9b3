"""Several referral forms in one file are several referrals, and nothing of any of them is lost."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest

from marac.document import EXCEL, Document
from marac.parsers import read, readings
from tests.word_forms import word_form

TODAY = dt.date(2026, 3, 12)
_TITLE = "# Northmoor MARAC referral form"


def form_of(name: str, born: str, perpetrator: str) -> list[list[str]]:
    """A filled-in form as rows of labels and answers."""
    return [
        ["Date of referral", "04/03/2026"],
        ["Referring agency", "Northmoor Housing"],
        ["Victim's name", name],
        ["Victim's date of birth", born],
        ["Victim's address", "4 Mill Lane, Northmoor"],
        ["Victim's telephone", "07700 900123"],
        ["Perpetrator's name", perpetrator],
        ["Relationship to victim", "Husband"],
        ["Is the victim aware of the referral?", "Yes"],
        ["Reason for referral", f"He has threatened {name} again and she is afraid to go home."],
    ]


MOSS = form_of("Ann Moss", "01/02/1990", "Carl Moss")
SHAW = form_of("Eve Shaw", "03/04/1985", "Dean Shaw")


def test_two_forms_under_the_same_title_are_two_referrals() -> None:
    first, second = readings(word_form(_TITLE, MOSS, _TITLE, SHAW), TODAY)
    assert [each.referral.victim.name for each in (first, second)] == ["Ann Moss", "Eve Shaw"]
    assert [each.referral.perpetrators[0].name for each in (first, second)] == ["Carl Moss", "Dean Shaw"]


def test_each_of_two_forms_says_that_it_was_not_alone() -> None:
    for each in readings(word_form(_TITLE, MOSS, _TITLE, SHAW), TODAY):
        assert "holds 2 referral forms" in " ".join(problem.message for problem in each.problems)


def test_what_stands_before_the_first_title_belongs_to_the_first_form() -> None:
    letter = "Please find two referrals below. Sent by Joan Platt of Northmoor Housing."
    first, second = readings(word_form(letter, _TITLE, MOSS, _TITLE, SHAW), TODAY)
    assert (first.referral.victim.name, second.referral.victim.name) == ("Ann Moss", "Eve Shaw")


def test_a_second_form_that_nobody_filled_in_is_no_second_referral() -> None:
    blank = [[label, ""] for label, _ in SHAW]
    (only,) = readings(word_form(_TITLE, MOSS, _TITLE, blank), TODAY)
    assert only.referral.victim.name == "Ann Moss"


def test_the_title_of_a_form_on_its_second_page_begins_no_other_form() -> None:
    (only,) = readings(word_form(_TITLE, MOSS[:6], _TITLE, MOSS[6:]), TODAY)
    assert only.referral.victim.name == "Ann Moss"
    assert only.referral.perpetrators[0].name == "Carl Moss"


def test_a_form_on_each_sheet_of_a_workbook_is_a_referral_of_its_own() -> None:
    workbook = openpyxl.Workbook(write_only=True)
    for number, rows in enumerate((MOSS, SHAW), 1):
        sheet = workbook.create_sheet(f"Referral {number}")
        for row in [["Northmoor MARAC referral form"], *rows]:
            sheet.append(row)
    content = BytesIO()
    workbook.save(content)
    found = readings(Document("forms.xlsx", EXCEL, content.getvalue()), TODAY)
    assert [each.referral.victim.name for each in found] == ["Ann Moss", "Eve Shaw"]


@pytest.mark.parametrize("number", [1, 2, 5])
def test_no_form_is_lost_however_many_there_are(number: int) -> None:
    names = ["Ann Moss", "Eve Shaw", "Ivy Dunn", "May Cole", "Una Pike"][:number]
    parts: list[str | list[list[str]]] = []
    for name in names:
        parts += [_TITLE, form_of(name, "01/02/1990", "Carl Moss")]
    document = word_form(*parts)
    assert [each.referral.victim.name for each in readings(document, TODAY)] == names
    assert read(document, TODAY).referral.victim.name == "Ann Moss"


LABELS = [
    "Date of referral",
    "Referrer: Full name",
    "Referrer: Organisation",
    "Victim: First name",
    "Victim: Last name",
    "Victim: Date of birth",
    "Victim: Address",
    "Perpetrator: First name",
    "Perpetrator: Last name",
    "Child 1: Full name",
    "Child 1: Date of birth",
    "Criteria: Professional judgement",
    "Criteria: Repeat",
    "Has the victim given consent?",
    "Reason for referral",
]
ROWS = [
    [
        "04/03/2026",
        "Jo Platt",
        "Northmoor Housing",
        "Ann",
        "Moss",
        "01/02/1990",
        "4 Mill Lane",
        "Carl",
        "Moss",
        "Tom Moss",
        "05/06/2018",
        "No",
        "Yes",
        "Yes",
        "He threatened Ann again.",
    ],
    [
        "05/03/2026",
        "Jo Platt",
        "Northmoor Housing",
        "Eve",
        "Shaw",
        "03/04/1985",
        "9 Mill Lane",
        "Dean",
        "Shaw",
        "",
        "",
        "Yes",
        "No",
        "No",
        "He followed Eve to work.",
    ],
]


def exported(*rows: list[str]) -> Document:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Export")
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    workbook.save(content)
    return Document("export.xlsx", EXCEL, content.getvalue())


def test_a_sheet_with_one_referral_in_a_row_is_read_like_a_form() -> None:
    (only,) = readings(exported(LABELS, ROWS[0]), TODAY)
    referral = only.referral
    assert only.kind == "referral"
    assert (referral.victim.name, referral.perpetrators[0].name) == ("Ann Moss", "Carl Moss")
    assert [(child.name, child.date_of_birth) for child in referral.children] == [("Tom Moss", dt.date(2018, 6, 5))]
    assert (referral.criteria.professional_judgement, referral.criteria.repeat) == (False, True)


def test_every_filled_row_of_an_export_is_a_referral_of_its_own() -> None:
    found = readings(exported(["Northmoor MARAC referrals"], LABELS, ROWS[0], [], ROWS[1]), TODAY)
    assert [each.referral.victim.name for each in found] == ["Ann Moss", "Eve Shaw"]
    assert [each.referral.consent.given for each in found] == [True, False]
    assert all("holds 2 referral forms" in " ".join(each.message for each in one.problems) for one in found)


def test_headings_above_the_labels_of_an_export_say_whose_they_are() -> None:
    heads = ["", "Victim", "", "", "Perpetrator", "", "", "", ""]
    labels = ["Date of referral", "Name", "Date of birth", "Address", "Name", "Date of birth", "Address"]
    labels += ["Has the victim given consent?", "Reason for referral"]
    row = ["04/03/2026", "Ann Moss", "01/02/1990", "4 Mill Lane", "Carl Moss", "03/04/1988", "4 Mill Lane", "No"]
    document = word_form("# Northmoor MARAC referral", [_merged(heads), labels, [*row, "He threatened Ann again."]])
    (only,) = readings(document, TODAY)
    assert (only.referral.victim.name, only.referral.perpetrators[0].name) == ("Ann Moss", "Carl Moss")
    assert only.referral.perpetrators[0].date_of_birth == dt.date(1988, 4, 3)


def _merged(heads: list[str]) -> list[str]:
    return [head or ("<" if 0 < place < 7 else "") for place, head in enumerate(heads)]
