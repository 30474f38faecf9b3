"""A table inside a cell is about the person whose column, or row, the cell stands in."""

import datetime as dt
from io import BytesIO

import docx

from marac.document import WORD, Document
from marac.parsers import read
from marac.referral import Reading

TODAY = dt.date(2026, 3, 12)
ANN = [("Name", "Ann Moss"), ("DOB", "01/02/1990"), ("Address", "4 Mill Lane, Northmoor"), ("Tel", "07700 900123")]
CARL = [("Name", "Carl Moss"), ("DOB", "03/04/1988"), ("Relationship to victim", "Husband")]
CRITERIA = [("Professional judgement", "Yes"), ("Escalation", "No"), ("Victim aware", "Yes"), ("Consent given", "No")]


def reading_of(rows: list[list[str | list[tuple[str, str]]]], *, headed: tuple[str, ...] = ()) -> Reading:
    """What a form says whose outer table has these cells: words, or the rows of a table of their own.

    `headed` are words that stand over the tables, in the same cells.
    """
    made = docx.Document()
    made.add_paragraph("Northmoor MARAC referral form")
    outer = made.add_table(len(rows), max(len(row) for row in rows))
    for number, row in enumerate(rows):
        for column, content in enumerate(row):
            cell = outer.cell(number, column)
            if isinstance(content, str):
                cell.paragraphs[0].add_run(content).bold = True
                continue
            if headed:
                cell.paragraphs[0].add_run(headed[column]).bold = True
            inner = cell.add_table(len(content), 2)
            for place, (label, words) in enumerate(content):
                inner.cell(place, 0).text, inner.cell(place, 1).text = label, words
    last = made.add_table(len(CRITERIA), 2)
    for place, (label, words) in enumerate(CRITERIA):
        last.cell(place, 0).text, last.cell(place, 1).text = label, words
    content_of_file = BytesIO()
    made.save(content_of_file)
    return read(Document("form.docx", WORD, content_of_file.getvalue()), TODAY)


def names(reading: Reading) -> tuple[str | None, list[str | None]]:
    return reading.referral.victim.name, [each.name for each in reading.referral.perpetrators]


def test_a_table_in_a_cell_is_about_the_person_its_column_is_headed_by() -> None:
    reading = reading_of([["Victim", "Alleged perpetrator"], [ANN, CARL]])
    assert names(reading) == ("Ann Moss", ["Carl Moss"])
    assert reading.referral.victim.date_of_birth == dt.date(1990, 2, 1)
    assert reading.referral.perpetrators[0].relationship == "Husband"
    assert reading.referral.consent.given is False


def test_two_tables_in_one_column_are_about_the_same_person() -> None:
    reading = reading_of([["Victim", "Perpetrator"], [ANN[:2], CARL], [ANN[2:], ""]])
    assert names(reading) == ("Ann Moss", ["Carl Moss"])
    assert reading.referral.victim.phone == "07700900123"


def test_a_table_beside_a_heading_is_about_the_person_of_the_heading() -> None:
    reading = reading_of([["Victim", ANN], ["Perpetrator", CARL]])
    assert names(reading) == ("Ann Moss", ["Carl Moss"])


def test_a_table_under_a_heading_across_is_about_the_person_of_the_heading() -> None:
    reading = reading_of([["Victim"], [ANN], ["Perpetrator"], [CARL]])
    assert names(reading) == ("Ann Moss", ["Carl Moss"])


def test_a_table_below_words_in_its_own_cell_is_about_the_person_they_name() -> None:
    reading = reading_of([[ANN, CARL]], headed=("Victim", "Perpetrator"))
    assert names(reading) == ("Ann Moss", ["Carl Moss"])


def test_tables_beside_headings_in_one_row_are_about_the_person_at_their_left() -> None:
    reading = reading_of([["Victim", ANN, "Perpetrator", CARL]])
    assert names(reading) == ("Ann Moss", ["Carl Moss"])
