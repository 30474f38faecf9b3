from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from marac.parsers.answers import Answer
from marac.parsers.blocks import Block, Cell, Line, Span, Table
from marac.parsers.layout import answers
from marac.parsers.vocabulary import vocabulary
from marac.parsers.writing import Writing

WORDS = st.text(st.characters(exclude_categories=("Cs", "Co", "Cn")), max_size=60)


def table(*rows: Sequence[str | tuple[Span, ...]]) -> Table:
    """A table of plain cells; `**` around a cell makes it bold."""
    cells = []
    for number, row in enumerate(rows):
        for column, content in enumerate(row):
            spans = (
                content if isinstance(content, tuple) else (Span(content.strip("*"), bold=content.startswith("**")),)
            )
            cells.append(Cell(number, column, spans if content else ()))
    return Table(tuple(cells), "table 1")


def laid_out(*blocks: Block) -> list[tuple[str, str, str]]:
    return [(answer.person, answer.key, answer.value.words) for answer in found(*blocks)]


def found(*blocks: Block) -> list[Answer]:
    return answers(blocks, vocabulary())


def test_words_stand_to_the_right_of_their_label() -> None:
    assert laid_out(table(["Victim name", "Ann Moss", "Victim DOB", "3/4/91"])) == [
        ("victim", "name", "Ann Moss"),
        ("victim", "date_of_birth", "3/4/91"),
    ]


def test_words_stand_below_their_label_in_one_cell_or_the_next() -> None:
    assert laid_out(table(["Victim name\nAnn Moss"])) == [("victim", "name", "Ann Moss")]
    assert laid_out(table(["**Victim name**"], ["Ann Moss"])) == [("victim", "name", "Ann Moss")]


def test_a_heading_says_whose_a_bare_label_is() -> None:
    blocks = (
        table(["**Details of suspect**", ""], ["Name", "Ben Moss"]),
        table(["**About the victim**", ""], ["Name", "Ann Moss"]),
    )
    assert laid_out(*blocks) == [("perpetrator", "name", "Ben Moss"), ("victim", "name", "Ann Moss")]


def test_a_heading_over_columns_says_so_for_those_columns() -> None:
    assert laid_out(table(["", "**Victim**", "**Perpetrator**"], ["Name", "Ann", "Ben"], ["DOB", "1/1/90", ""])) == [
        ("victim", "name", "Ann"),
        ("perpetrator", "name", "Ben"),
        ("victim", "date_of_birth", "1/1/90"),
        ("perpetrator", "date_of_birth", ""),
    ]


def test_an_unknown_heading_ends_the_part_before_it() -> None:
    blocks = table(["**Victim**", ""], ["**Name**", "Ann"]), table(["**Family solicitor**"], ["**Name**", "Eve"])
    assert ("victim", "name", "Eve") not in laid_out(*blocks)


def test_people_whom_the_record_has_no_place_for_go_nowhere() -> None:
    given = laid_out(
        table(["Victim name", "Ann", "Social worker's name", "Eve"], ["Name of line manager", "Joy", "", ""])
    )
    assert {answer for answer in given if answer[0] in ("victim", "perpetrator", "referrer")} == {
        ("victim", "name", "Ann")
    }


def test_each_row_of_a_list_is_a_person_of_its_own() -> None:
    given = found(
        table(
            ["**Children**", "", ""],
            ["**Name**", "**DOB**", "**School**"],
            ["Tom", "1/1/10", "A"],
            ["Amy", "2/2/12", "B"],
        )
    )
    assert [(answer.group, answer.value.words) for answer in given if answer.key == "name"] == [
        (given[0].group, "Tom"),
        (given[3].group, "Amy"),
    ]
    assert given[0].group != given[3].group
    assert {answer.person for answer in given} == {"child"}


def test_a_value_that_is_also_a_label_stays_a_value() -> None:
    rows = [
        ["**Who is the victim afraid of?**", "Perpetrator"],
        ["**Occupation**", "Nursery"],
        ["**Victim name**", "Ann"],
    ]
    assert ("", "safety.afraid_of", "Perpetrator") in laid_out(table(*rows))


def test_printed_criteria_are_no_answers() -> None:
    guidance = "1. Professional judgement: if a professional has serious concerns about a victim's situation they should refer."
    assert laid_out(Line((Span(guidance),), "paragraph 1")) == []


def test_words_typed_into_a_field_are_never_labels() -> None:
    narrative = (Span("DOB: 1/1/70. Name: Sandra. Telephone: 07700 900123.", entered=True),)
    assert laid_out(table(["Reason for referral", narrative])) == [
        ("", "reason", "DOB: 1/1/70. Name: Sandra. Telephone: 07700 900123.")
    ]


def test_prompts_are_no_values() -> None:
    prompt = (Span("Click here to enter text.", placeholder=True),)
    typed_over = (Span("Click here to enter text."),)
    assert laid_out(table(["Victim name", prompt], ["Victim DOB", typed_over])) == [
        ("victim", "name", ""),
        ("victim", "date_of_birth", ""),
    ]


def test_options_belong_to_the_side_their_first_line_shows() -> None:
    before = Writing((Span(ticked=True), Span(" Yes  "), Span(ticked=False), Span(" No")))
    after = Writing((Span("Yes "), Span(ticked=True), Span("  No "), Span(ticked=False)))
    assert [(option.text, option.ticked) for option in before.options()] == [("Yes", True), ("No", False)]
    assert [(option.text, option.ticked) for option in after.options()] == [("Yes", True), ("No", False)]


def test_of_printed_choices_the_one_that_stands_out_is_chosen() -> None:
    struck = Writing((Span("Yes", struck=True), Span(" / No")))
    untouched = Writing((Span("Yes / No"),))
    assert struck.chosen(("yes", "no")) == "no"
    assert untouched.chosen(("yes", "no")) is None


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_no_table_of_words_stops_the_reading(rows: list[list[str]]) -> None:
    for answer in found(table(*rows)):
        assert answer.where.startswith("table 1")


def test_an_explanation_behind_a_criterion_is_no_answer() -> None:
    assert laid_out(table(["Visible high risk: 14 or more ticks", "Yes"])) == [
        ("", "criteria.visible_high_risk", "Yes")
    ]


def test_dots_and_strokes_to_write_on_part_two_fields_of_a_line() -> None:
    line = Line(
        (Span("Victim name: ___Ann Moss_____ DOB: ....3/4/91....... Telephone: ........07700 900123"),), "paragraph 1"
    )
    assert laid_out(line) == [
        ("victim", "name", "Ann Moss"),
        ("victim", "date_of_birth", "3/4/91"),
        ("victim", "phone", "07700 900123"),
    ]


def test_a_label_in_two_languages_does_not_answer_itself() -> None:
    rows = table(["**Victim**", ""], ["Diogel i ffonio? / Safe to call?", "No"])
    assert ("victim", "safe_to_call", "No") in laid_out(rows)
