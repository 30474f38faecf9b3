"""Labels with their words inside one cell, people side by side, and what neighbouring rows and headings tell."""

import datetime as dt

import pytest

from marac.parsers.blocks import Cell, Line, Span, Table
from marac.parsers.checklists.rows import table_questions
from marac.parsers.dictionary.dictionary import vocabulary
from marac.parsers.filling.values import dates_in
from marac.parsers.layout.layout import page_of
from marac.parsers.paper import reading
from marac.referral import Referral
from tests.test_layout import found, laid_out, table

TODAY = dt.date(2026, 2, 3)


def inside(*parts: tuple[str, str]) -> tuple[Span, ...]:
    """A cell of bold labels, each with its words in plain print."""
    return tuple(span for label, words in parts for span in (Span(label, bold=True), Span(words)) if span.text)


def read(*rows: list[str | tuple[Span, ...]]) -> Referral:
    title = Line((Span("MARAC referral"),), "paragraph 1", heading=True)
    others = table(["Victim name", "Ann Moss"], ["Suspect name", "Ben Moss"], ["Victim consents?", "Yes"])
    return reading((title, table(*rows), others), TODAY, vocabulary()).referral


@pytest.mark.parametrize(
    "heading", ["CONTACT DETAILS (Partner/Victim)", "Details (Victim)", "Section 2: Person (Victim)"]
)
def test_a_general_heading_names_its_person_in_brackets(heading: str) -> None:
    assert vocabulary().section(heading) == "victim"
    assert vocabulary().section(heading.replace("Victim", "Victim/Perpetrator")) is None


def test_what_a_label_asks_in_brackets_is_no_heading() -> None:
    assert vocabulary().section("Name (victim)") is None


def test_a_part_is_the_persons_whatever_of_theirs_it_asks() -> None:
    assert vocabulary().section("SECTION FIVE: Victim's Health Information") == "victim"


def test_the_same_asked_twice_in_a_row_is_asked_of_both() -> None:
    rows = table(
        [inside(("D.O.B: ", "6 January 1985")), inside(("Perpetrator's DOB: ", "18 November 2004"))],
        [inside(("Ethnicity: ", "White Polish")), inside(("Ethnicity: ", "Indian"))],
    )
    assert laid_out(rows) == [
        ("victim", "date_of_birth", "6 January 1985"),
        ("perpetrator", "date_of_birth", "18 November 2004"),
        ("victim", "ethnicity", "White Polish"),
        ("perpetrator", "ethnicity", "Indian"),
    ]


def test_a_second_question_in_the_same_bold_print_is_no_answer() -> None:
    cell = inside(("What does he/she do? Where does he/she work? ", "Student"))
    assert [each.value.words for each in found(table(["**Details of suspect**"], [cell]))] == ["Student"]


def test_what_a_question_tells_to_write_is_no_answer() -> None:
    rows = table(["**About the victim**", ""], ["Do they have a disability? Tell us more", "Fibromyalgia"])
    assert laid_out(rows) == [("victim", "disability", "Fibromyalgia")]


def test_plain_words_after_a_bold_label_are_no_part_of_it() -> None:
    cell = inside(("Surname / Forename ", "MUNTEANU / Ana"))
    assert laid_out(table(["**Victim**", ""], [cell, inside(("DOB ", "25/4/78"))])) == [
        ("victim", "name", "MUNTEANU / Ana"),
        ("victim", "date_of_birth", "25/4/78"),
    ]


def test_nobody_asks_a_referrer_for_a_date_of_birth() -> None:
    page = page_of((table(["**Referrer**", ""], ["Name", "Jo Smith"], ["Date of birth", "1/2/90"]),), vocabulary())
    assert [(each.person, each.key) for each in page.answers] == [("referrer", "name")]
    assert [each.words for each in page.unread] == ["1/2/90"]


def test_an_interpreter_is_asked_for_the_victim_below_the_referrers_heading() -> None:
    rows = table(["**Referrer**", ""], ["Name", "Jo Smith"], ["Interpreter required", "Yes"])
    assert ("victim", "interpreter", "Yes") in laid_out(rows)


def test_cells_that_begin_with_labels_are_parted_where_their_neighbours_do_so_too() -> None:
    rows = table(["**Victim**", ""], ["First name Carys", "DOB 18/10/1992"], ["Last name Moss", "Ethnicity Pakistani"])
    assert laid_out(rows) == [
        ("victim", "forename", "Carys"),
        ("victim", "date_of_birth", "18/10/1992"),
        ("victim", "surname", "Moss"),
        ("victim", "ethnicity", "Pakistani"),
    ]


def test_one_cell_that_begins_with_a_labels_word_is_words() -> None:
    rows = table(["**Victim**", ""], ["Occupation", "School Cook"], ["Religion", "Church Warden"])
    assert laid_out(rows) == [("victim", "occupation", "School Cook"), ("victim", "religion", "Church Warden")]


def test_a_town_goes_behind_its_street() -> None:
    victim = read(["**Victim**", ""], ["Name", "Ann Moss"], ["Street", "3 Mill Lane"], ["Town", "Leeds"]).victim
    assert victim.address == "3 Mill Lane, Leeds"


def test_a_relationship_below_the_children_is_the_couples_and_shown_to_a_person() -> None:
    rows = (
        ["**Details of suspect**", ""],
        ["Name", "Ben Moss"],
        ["**Children**", ""],
        ["Name", "DOB"],
        ["Tom Moss", "3/4/15"],
        ["Relationship with perpetrator:", "Ex-partner"],
    )
    answers = [each for each in found(*(table(*rows[:2]), table(*rows[2:5]), table(rows[5]))) if "relation" in each.key]
    assert [(each.person, each.key, each.value.words) for each in answers] == [
        ("perpetrator", "relationship", "Ex-partner")
    ]
    assert answers[0].confidence < 0.8


def test_the_officer_stands_under_a_question_about_the_police() -> None:
    cell = inside(("Police Involvement? ", "Y\n"), ("Contact name and details: ", "DC Helen Marsh"))
    rows = table([cell, inside(("Crime reference number: ", "06C/1/25"))])
    assert ("", "police.officer", "DC Helen Marsh") in laid_out(rows)


def test_an_agency_asked_for_first_is_read_first() -> None:
    referrer = read(["Referring Agency / Officer", "Victim Support / Yeadon, Aoife"]).referrer
    assert (referrer.agency, referrer.name) == ("Victim Support", "Aoife Yeadon")


def test_columns_headed_in_two_languages_are_yes_and_no() -> None:
    questions = (
        "1. Are you very frightened?",
        "2. Is the abuse getting worse?",
        "3. Is the abuse happening more often?",
        "4. Has the abuser ever threatened or attempted suicide?",
    )
    rows = table(
        ["Question", "Yes / Ydw", "No / Na"], *([each, "X", ""] for each in questions[:3]), [questions[3], "", "X"]
    )
    assert [given.answer for given in table_questions(rows, {}, begun=False)[2]] == ["yes", "yes", "yes", "no"]


def test_a_job_under_the_question_for_it_begins_no_part_of_its_own() -> None:
    rows = table(
        ["**Your name**"], ["Leila Farouk"], ["**What is your job?**"], ["GP"], ["**Your email**"], ["l@a.example"]
    )
    assert [(person, words) for person, key, words in laid_out(rows) if key == "role"] == [("referrer", "GP")]


def test_six_digits_alone_are_a_date_that_a_person_looks_at() -> None:
    (date,) = dates_in("251285", TODAY)
    assert (date.date, date.certain) == (dt.date(1985, 12, 25), False)
    assert dates_in("log 251285", TODAY) == []


def test_words_over_a_narrative_are_its_title() -> None:
    story = (
        "He took her phone and her keys on Monday. She went to her sister. He came there twice and shouted at the door."
    )
    referral = reading(
        (
            Line((Span("MARAC referral"),), "paragraph 1", heading=True),
            table(["Victim name", "Ann Moss"], ["Suspect name", "Ben Moss"], ["Victim consents?", "Yes"]),
            Table(
                (
                    Cell(0, 0, (Span("Nature of abuse, extent, recent incidents, how long it has been occurring"),)),
                    Cell(1, 0, (Span(story),)),
                ),
                "table 2",
            ),
        ),
        TODAY,
        vocabulary(),
    ).referral
    assert referral.reason == story
