from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from marac.parsers.blocks import Block, Cell, Line, Span, Table
from marac.parsers.dictionary.dictionary import vocabulary
from marac.parsers.filling.answers import Answer
from marac.parsers.layout.layout import answers, page_of
from marac.parsers.layout.writing import Writing

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


def test_a_column_headed_guidance_answers_nothing() -> None:
    rows = table(
        ["**Item**", "**Response**", "**Guidance**"],
        ["**Victim name**", "Ann Moss", "As on the record, with surname"],
        ["**Victim address**", "4 Mill Lane", "Not the refuge"],
        ["**Child's name**", "**DOB**", "**School**"],
        ["Tom Moss", "5/6/18", "Park Primary"],
    )
    assert laid_out(rows) == [
        ("victim", "name", "Ann Moss"),
        ("victim", "address", "4 Mill Lane"),
        ("child", "name", "Tom Moss"),
        ("child", "date_of_birth", "5/6/18"),
        ("child", "school", "Park Primary"),
    ]


def test_a_bold_line_of_two_parts_is_one_label() -> None:
    lines = [
        Line((Span(text, bold=not number % 2),), "page 1")
        for number, text in enumerate(["Victim: First name", "Ann", "Criteria: Repeat", "No"])
    ]
    said = [each for each in laid_out(*lines) if each[2]]
    assert said == [("victim", "forename", "Ann"), ("", "criteria.repeat", "No")]


def test_rows_about_one_child_are_about_the_same_child() -> None:
    rows = table(
        ["**Perpetrator: name**", "Carl Moss"],
        ["**Child 1: name**", "Tom Moss"],
        ["**Child 1: date of birth**", "5/6/18"],
        ["**Child 2: name**", "Amy Moss"],
        ["**Child 2: date of birth**", "7/8/20"],
    )
    groups = [each.group for each in found(rows) if each.person == "child"]
    assert groups[0] == groups[1] != groups[2] == groups[3]


def test_labels_in_unknown_words_over_answers_are_told_with_them() -> None:
    rows = table(["**Is the victim aware?**", "**Do they go along with it?**"], ["Yes", "Reluctantly so"])
    page = page_of([Line((Span("Victim's name: Ann Moss"),), "page 1"), rows], vocabulary())
    assert ("", "consent.aware", "Yes") in [(each.person, each.key, each.value.words) for each in page.answers]
    assert [(each.label, each.words) for each in page.unread] == [("Do they go along with it?", "Reluctantly so")]


def test_an_agency_under_another_word_at_the_head_of_a_form_is_likely_the_referrers() -> None:
    head = table(["Referrer's name", "Jo Platt"], ["Landlord / agency", "Northmoor Homes"])
    agency = next(each for each in found(head, table(["Victim name", "Ann Moss"])) if each.key == "agency")
    assert (agency.person, agency.value.words) == ("referrer", "Northmoor Homes")
    assert agency.confidence < 0.8


def left(*blocks: Block) -> list[tuple[str, str, str | None]]:
    return [(each.label, each.words, each.section) for each in page_of(blocks, vocabulary()).unread]


def test_an_open_choice_printed_in_a_label_leaves_the_answer_to_the_cell_beside_it() -> None:
    assert ("victim", "safe_to_call", "Y") in laid_out(table(["Victim name", "Ann Moss"], ["Safe to call Y/N", "Y"]))


def test_what_is_left_belongs_to_the_part_of_the_answers_around_it() -> None:
    assert left(table(["Zuglip", "Four"], ["Agency", "Women's Aid"], ["Job title", "IDVA"])) == [
        ("Zuglip", "Four", "referrer")
    ]


def test_what_is_left_belongs_to_the_part_that_its_label_speaks_of() -> None:
    blocks = (table(["Victim name", "Ann Moss"]), Line((Span("Other matters"),), "paragraph 1", heading=True))
    assert left(*blocks, table(["Zuglip police Vorlau", "Four"])) == [("Zuglip police Vorlau", "Four", "police")]


def test_a_name_under_an_unknown_label_is_the_referrers_where_only_they_lack_one() -> None:
    named = [each for each in found(table(["Zuglip worker", "Jo Platt"], ["Agency", "Refuge"])) if each.key == "name"]
    assert [(each.person, each.value.words) for each in named] == [("referrer", "Jo Platt")]
    assert named[0].confidence < 0.8


def test_a_cell_with_a_label_of_its_own_is_never_dropped_beside_others() -> None:
    row = ["Agency\nWomen's Aid", "Zuglip\nFour", "Telephone\n01632 960123"]
    assert ("Zuglip", "Four", "referrer") in left(table(row))


def test_boxes_stand_before_their_words_where_a_label_stands_before_the_first() -> None:
    cell = (
        Span("Diversity: "),
        Span(ticked=False),
        Span(" B&ME "),
        Span(ticked=True),
        Span(" Disabled "),
        Span(ticked=False),
        Span(" LGBT+"),
    )
    assert ("victim", "disabled") in [each[:2] for each in laid_out(table(["Victim name", "Ann Moss"], [cell]))]


def test_a_ticked_line_is_a_criterion() -> None:
    lines = [
        Line((Span(ticked=on), Span(f" {words}")), "paragraph 1")
        for words, on in (("Repeat case", True), ("Professional judgement", False))
    ]
    assert [each[1] for each in laid_out(table(["Victim name", "Ann Moss"]), *lines)][1:] == ["criteria.repeat"]


def test_a_job_that_is_also_a_label_is_the_answer_beside_the_role() -> None:
    rows = table(["Referrer name", "Jo Platt"], ["Job title", "Housing Officer"], ["Agency", "Greensward"])
    assert ("referrer", "role", "Housing Officer") in laid_out(rows)


def test_guidance_for_the_narrative_is_no_narrative() -> None:
    told = "Grounds: (1) Visible high risk: 14 ticks or more. (2) Professional judgement: serious concerns."
    assert not any(key == "reason" for _, key, _ in laid_out(Line((Span(told),), "paragraph 1")))


def test_an_unknown_label_inside_a_cell_is_told_with_its_words_whatever_stands_beside_it() -> None:
    rows = table(
        ["Victim", "Perpetrator"], ["Name: Ann Moss", "Name: Bob Moss"], ["Tel: 07700900836", "Zuglip: 07700900011"]
    )
    assert ("Zuglip", "07700900011", "perpetrator") in left(rows)


def test_an_unknown_question_between_two_answers_is_no_part_of_the_first() -> None:
    row = table(["Repeat", "Yes", "Zuglip Vorlau", "No"])
    assert ("", "criteria.repeat", "Yes") in laid_out(row)
    assert "Zuglip Vorlau" in [label for label, _, _ in left(row)]


def test_a_heading_beside_several_rows_is_not_answered_by_an_unknown_label() -> None:
    heading = Cell(0, 0, (Span("Referrer", bold=True),), rows=2)
    words = [(0, "Zuglip"), (0, "Jo Platt"), (1, "Agency"), (1, "Refuge")]
    cells = [Cell(row, 1 + place % 2, (Span(word),)) for place, (row, word) in enumerate(words)]
    block = Table((heading, *cells), "table 1")
    assert "Zuglip" not in [words for _, _, words in laid_out(block)]


def test_a_line_with_an_unknown_label_does_not_answer_the_label_above_it() -> None:
    lines = [Line((Span(text),), "paragraph 1") for text in ("Victim name: Ann Moss", "Address:", "Zuglip: Partner")]
    assert "Zuglip: Partner" not in [words for _, _, words in laid_out(*lines)]
    assert ("Zuglip", "Partner", "victim") in left(*lines)


def test_a_telephone_number_at_the_left_of_a_list_is_no_number_of_a_row() -> None:
    rows = table(["**Agency", "Refuge"], ["**Zuglip", "**Email"], ["07700900421", "jo@refuge.example"])
    assert "07700900421" in [words for _, words, _ in left(rows)]


def test_what_may_belong_to_several_parts_is_told_of_each() -> None:
    lines = ["Victim consents: Yes", "Zuglip: Her mother", "Crime number: 14/88213/25"]
    found_here = page_of(
        [Line((Span(text),), "paragraph 1") for text in ("Victim name: Ann Moss", *lines)], vocabulary()
    )
    parts = [{each.section, *each.also} for each in found_here.unread if each.label == "Zuglip"]
    assert parts
    assert {"consent", "safety"} <= parts[0]


def struck(label: str, out: str, kept: str) -> Line:
    return Line((Span(label), Span(out, struck=True), Span(kept)), "paragraph 1")


def test_struck_words_are_no_part_of_an_answer_which_is_then_never_certain() -> None:
    lines = [
        struck("Victim name: ", "Anna Bell", " Ann Moss"),
        struck("Victim's phone: ", "07700 900111", " 07700 900222"),
    ]
    assert [(each.value.words, each.confidence < 0.8) for each in found(*lines)] == [
        ("Ann Moss", True), ("07700 900222", True)
    ]  # fmt: skip


def test_an_answer_that_is_struck_out_whole_is_told_and_no_answer() -> None:
    lines = (struck("Victim name: ", "", "Ann Moss"), struck("Victim's phone: ", "07700 900111", ""))
    assert [each.key for each in found(*lines)] == ["name"]
    assert left(*lines) == [("Victim's phone", "07700 900111", "victim")]


def test_a_side_struck_out_of_a_printed_choice_leaves_the_choice() -> None:
    line = Line((Span("Safe to call: "), Span("Yes", struck=True), Span(" / No")), "paragraph 1")
    assert ("victim", "safe_to_call", "Yes / No") in laid_out(struck("Victim name: ", "", "Ann Moss"), line)


def test_a_list_of_children_may_have_a_column_for_somebody_who_has_no_place_in_the_record() -> None:
    rows = table(
        ["Child's name", "DoB", "School", "Social worker"],
        ["Tom Moss", "09 09 2014", "Hill Primary", ""],
        ["Eve Moss", "01 02 2016", "Hill Primary", "Jo Platt"],
    )
    heading = Line((Span("Children", bold=True),), "paragraph 1", heading=True)
    told = answers([heading, rows], vocabulary())
    assert [each.value.words for each in told if each.key == "name"] == ["Tom Moss", "Eve Moss"]
    assert {each.person for each in told if each.key == "school"} == {"child"}
