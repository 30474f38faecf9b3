"""Risk checklists in every layout: the same answers, wherever the marks stand and whatever they look like."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marac.checklist import ChecklistAnswer
from marac.demo.checklist_questions import QUESTIONS
from marac.parsers.blocks import Block, Cell, Table
from marac.parsers.checklists.again import answers_again
from marac.parsers.dictionary.dictionary import vocabulary_of
from marac.parsers.paper import reading
from marac.record import from_record, to_record
from marac.referral import Reading
from tests.invented_papers import paper, written

TRUTH: tuple[ChecklistAnswer, ...] = ("yes", "yes", "no", "yes", "unknown", "no") * 4
ASKED = [f"{number}. {words}" for number, words in enumerate(QUESTIONS, 1)]
POLICE = [
    *QUESTIONS[:9],
    "Are there any children or step-children in the household?",
    "Has (....) ever hurt the children/dependants?",
    "Has (....) ever threatened to hurt or kill the children/dependants?",
    *QUESTIONS[9:],
]
PEOPLE = [["Victim name", "Ann Moss"], ["Perpetrator name", "Ben Moss"]]
PLACES = ("yes", "no", "unknown")


def read_blocks(blocks: Sequence[Block]) -> Reading:
    return reading([*paper("# MARAC referral form", PEOPLE), *blocks], dt.date(2026, 11, 20), vocabulary_of(None))


def read_paper(*parts: str | Sequence[Sequence[str]]) -> Reading:
    return read_blocks(paper(*parts))


def answers(found: Reading) -> list[ChecklistAnswer | None]:
    return [found.referral.checklist.answers.get(str(number)) for number in range(1, 25)]


def doubts(found: Reading) -> set[str]:
    return {problem.path for problem in found.problems if problem.path.startswith("checklist")}


def across(answer: str, mark: str, blank: str = "") -> list[str]:
    return [mark if answer == place else blank for place in PLACES]


@pytest.mark.parametrize(
    ("mark", "blank"), [("X", ""), ("✓", ""), ("/", ""), ("1", ""), ("1", "0"), ("TRUE", "FALSE"), ("☒", "☐")]
)
def test_a_mark_in_one_of_three_columns_is_read_by_its_column(mark: str, blank: str) -> None:
    rows = [[asked, *across(answer, mark, blank)] for asked, answer in zip(ASKED, TRUTH, strict=True)]
    found = read_paper([["Question", "Yes", "No", "Don't know"], *rows])
    assert answers(found) == list(TRUTH)
    assert doubts(found) == set()


@pytest.mark.parametrize(
    ("yes", "no", "unknown"),
    [
        ("Yes", "No", "Don't know"),
        ("Y", "N", "U"),
        ("y", "n", "N/K"),
        ("YES - see above", "No never", "not known"),
        ("Yes (twice)", "N - none", "?"),
        ("Yes, see below", "No, never", "unsure"),
    ],
)
@pytest.mark.parametrize("heads", [[["Question", "Answer"]], []])
def test_a_typed_answer_is_read_with_and_without_a_heading(
    yes: str, no: str, unknown: str, heads: list[list[str]]
) -> None:
    words = {"yes": yes, "no": no, "unknown": unknown}
    found = read_paper([*heads, *([asked, words[answer]] for asked, answer in zip(ASKED, TRUTH, strict=True))])
    assert answers(found) == list(TRUTH)


CHOICES = [
    ("**Y** / N", "Y / **N**", "Y / N"),
    ("Y / ~~N~~", "~~Y~~ / N", "Y / N"),
    ("(Y) / N", "Y / (N)", "Y / N"),
    ("☒ Yes ☐ No", "☐ Yes ☒ No", "☐ Yes ☐ No"),
    ("Yes ☒ No ☐", "Yes ☐ No ☒", "Yes ☐ No ☐"),
    ("☒Yes\n☐No", "☐Yes\n☒No", "☐Yes\n☐No"),
]


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("place", ["beside", "in the same line", "in the next line", "in the row below"])
def test_a_printed_choice_is_read_wherever_it_stands(choice: tuple[str, str, str], place: str) -> None:
    marked = [(asked, choice[PLACES.index(answer)]) for asked, answer in zip(ASKED, TRUTH, strict=True)]
    layouts: dict[str, list[Block]] = {
        "beside": paper([[asked, mark] for asked, mark in marked]),
        "in the same line": paper(*(f"{asked} {mark}" for asked, mark in marked)),
        "in the next line": paper(*(words for pair in marked for words in pair)),
        "in the row below": paper([[words] for pair in marked for words in pair]),
    }
    assert answers(read_blocks(layouts[place])) == [None if answer == "unknown" else answer for answer in TRUTH]


@pytest.mark.parametrize(
    ("heads", "ticked", "left"),
    [
        (["Question", "Yes (tick)"], "☒", "☐"),
        (["Question", "Yes"], "X", ""),
        (["", ""], "✓", ""),
        (["", ""], "Yes ☒", "Yes ☐"),
    ],
)
def test_a_lone_box_is_a_yes_when_ticked_and_unanswered_when_not(heads: list[str], ticked: str, left: str) -> None:
    rows = [[asked, ticked if answer == "yes" else left] for asked, answer in zip(ASKED, TRUTH, strict=True)]
    assert answers(read_paper([heads, *rows])) == [answer if answer == "yes" else None for answer in TRUTH]


def test_a_cross_beside_ticks_is_left_to_a_person() -> None:
    rows = [[asked, "✓" if answer == "yes" else "x"] for asked, answer in zip(ASKED, TRUTH, strict=True)]
    found = read_paper(rows)
    assert answers(found) == [answer if answer == "yes" else None for answer in TRUTH]
    assert "checklist.ticks" in doubts(found)


def test_a_column_of_scores_is_read_as_yes_and_no() -> None:
    score = {"yes": "1", "no": "0", "unknown": ""}
    rows = [
        [str(number), words, score[answer]]
        for number, (words, answer) in enumerate(zip(QUESTIONS, TRUTH, strict=True), 1)
    ]
    found = read_paper([["No.", "Question", "Score"], *rows])
    assert answers(found) == [None if answer == "unknown" else answer for answer in TRUTH]


@pytest.mark.parametrize("values", [(True, False), (1.0, 0.0)])
def test_the_truth_values_of_a_spreadsheet_are_answers(values: tuple[bool | float, bool | float]) -> None:
    cells = [
        cell
        for row, (asked, answer) in enumerate(zip(ASKED, TRUTH, strict=True))
        for cell in (Cell(row, 0, written(asked)), Cell(row, 1, value=values[answer != "yes"]))
    ]
    assert answers(read_blocks([Table(tuple(cells), "sheet 1")])) == [
        answer if answer == "yes" else "no" for answer in TRUTH
    ]


def test_a_yes_in_the_column_for_no_is_left_to_a_person() -> None:
    rows = [[asked, *(["", "Y"] if number == 3 else ["Y", ""])] for number, asked in enumerate(ASKED)]
    found = read_paper([["Question", "Yes", "No"], *rows])
    assert answers(found)[3] is None
    assert "checklist.ticks" in doubts(found)


def test_a_mark_beside_the_headed_columns_is_left_to_a_person() -> None:
    rows = [[asked, *(["", "", "X"] if number == 3 else ["X", "", ""])] for number, asked in enumerate(ASKED)]
    found = read_paper([["Question", "Yes", "No", ""], *rows])
    assert answers(found)[3] is None
    assert "checklist.ticks" in doubts(found)


def test_a_heading_over_two_columns_heads_both() -> None:
    heads = [Cell(0, 0, written("Question")), Cell(0, 1, written("Yes"), columns=2), Cell(0, 3, written("No"))]
    marks = [
        cell
        for row, (asked, answer) in enumerate(zip(ASKED, TRUTH, strict=True), 1)
        for cell in (Cell(row, 0, written(asked)), Cell(row, 2 if answer == "yes" else 3, written("X")))
    ]
    found = read_blocks([Table((*heads, *marks), "table 1")])
    assert answers(found) == [answer if answer == "yes" else "no" for answer in TRUTH]


def test_marks_under_two_headings_that_are_not_known_mean_neither_yes_nor_no() -> None:
    rows = [[asked, *across(answer, "X")[:2]] for asked, answer in zip(ASKED, TRUTH, strict=True)]
    found = read_paper([["Risk factor", "Applies", "Does not apply"], *rows])
    assert set(answers(found)) == {None}
    assert "checklist" in doubts(found)


@pytest.mark.parametrize(
    "choices",
    [
        ("**Yes** No DK", "Yes **No** DK", "Yes No **DK**"),
        ("Yes ~~/ No / DK~~", "~~Yes /~~ No ~~/ DK~~", "~~Yes / No /~~ DK"),
        ("**Y**/N/NK", "Y/**N**/NK", "Y/N/**NK**"),
    ],
)
def test_the_third_choice_is_read_as_the_first_two_are(choices: tuple[str, str, str]) -> None:
    rows = [[asked, choices[PLACES.index(answer)]] for asked, answer in zip(ASKED, TRUTH, strict=True)]
    assert answers(read_paper([["Question", "Response"], *rows])) == list(TRUTH)


@pytest.mark.parametrize("in_cells", [True, False])
def test_a_box_before_the_question_is_a_yes_when_ticked(*, in_cells: bool) -> None:
    boxes = ["☒" if answer == "yes" else "☐" for answer in TRUTH]
    cells = [[box, asked] for box, asked in zip(boxes, ASKED, strict=True)]
    found = read_paper(cells) if in_cells else read_paper(*(" ".join(pair) for pair in cells))
    assert answers(found) == [answer if answer == "yes" else None for answer in TRUTH]


def test_boxes_after_a_question_without_its_mark_are_read() -> None:
    boxes = {"yes": "☒ Yes ☐ No", "no": "☐ Yes ☒ No", "unknown": "☐ Yes ☐ No"}
    found = read_paper([[f"{asked.rstrip('?')}: {boxes[answer]}"] for asked, answer in zip(ASKED, TRUTH, strict=True)])
    assert answers(found)[2:] == [None if answer == "unknown" else answer for answer in TRUTH[2:]]


def test_not_applicable_is_neither_yes_nor_no() -> None:
    found = read_paper(
        [
            ["Question", "Answer"],
            *([asked, "N/A" if number == 6 else "Y - often"] for number, asked in enumerate(ASKED)),
        ]
    )
    assert answers(found)[6] == "unknown"


def test_questions_that_head_the_columns_are_read() -> None:
    words = {"yes": "Yes", "no": "No", "unknown": "DK"}
    assert answers(read_paper([ASKED, [words[answer] for answer in TRUTH]])) == list(TRUTH)
    marks = [
        [head, *("X" if answer == place else "" for answer in TRUTH)]
        for head, place in zip(("Yes", "No", "DK"), PLACES, strict=True)
    ]
    found = read_paper([["", *ASKED], *marks])
    assert answers(found) == list(TRUTH)
    assert doubts(found) == set()


def test_answers_that_stand_before_the_question_are_read() -> None:
    rows = [[*across(answer, "X")[:2], asked] for asked, answer in zip(ASKED, TRUTH, strict=True)]
    found = read_paper([["Yes", "No", "Question"], *rows])
    assert answers(found) == [None if answer == "unknown" else answer for answer in TRUTH]


def test_two_questions_side_by_side_with_boxes_are_read() -> None:
    rows = [
        [ASKED[at], *across(TRUTH[at], "☒", "☐"), ASKED[at + 12], *across(TRUTH[at + 12], "☒", "☐")] for at in range(12)
    ]
    found = read_paper([["Question", "Yes", "No", "DK", "Question", "Yes", "No", "DK"], *rows])
    assert answers(found) == list(TRUTH)
    assert doubts(found) == set()


@pytest.mark.parametrize("marks_in", ["first", "second"])
def test_a_question_split_over_two_rows_is_one_question(marks_in: str) -> None:
    rows = [["Question", "Yes", "No", "DK"]]
    for asked, answer in zip(ASKED[3:], TRUTH[3:], strict=True):
        cut = asked.rindex(" ", 0, len(asked) * 2 // 3)
        marks, none = across(answer, "X"), ["", "", ""]
        rows += [
            [asked[:cut], *(marks if marks_in == "first" else none)],
            [asked[cut:], *(none if marks_in == "first" else marks)],
        ]
    assert answers(read_paper(rows))[3:] == list(TRUTH[3:])


def test_ticks_beside_the_parts_of_a_question_are_not_answers() -> None:
    rows = [[asked, *across(answer, "X")] for asked, answer in zip(ASKED, TRUTH, strict=True)]
    rows[14:14] = [["   You", "X", "", ""], ["   Children", "", "X", ""], ["Other (please specify)", "☒", "", ""]]
    found = read_paper([["Question", "Yes", "No", "DK"], *rows])
    assert answers(found) == list(TRUTH)
    assert doubts(found) == set()


def test_a_list_on_three_pages_is_read_with_and_without_its_headings_repeated() -> None:
    rows = [[asked, *across(answer, "X")] for asked, answer in zip(ASKED, TRUTH, strict=True)]
    head = ["Question", "Yes", "No", "DK"]
    assert answers(read_paper([head, *rows[:8]], "Page 2", [head, *rows[8:16]], "Page 3", [head, *rows[16:]])) == list(
        TRUTH
    )
    assert answers(read_paper([head, *rows[:8]], "Page 2", rows[8:16], "Page 3", rows[16:])) == list(TRUTH)


@given(order=st.permutations(range(24)), numbered=st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_order_on_the_page_proves_nothing(order: list[int], *, numbered: bool) -> None:
    rows = [
        [f"{at}. {QUESTIONS[each]}" if numbered else QUESTIONS[each], *across(TRUTH[each], "☒", "☐")]
        for at, each in enumerate(order, 1)
    ]
    found = read_paper([["Question", "Yes", "No", "DK"], *rows])
    assert answers(found) == list(TRUTH)


def test_the_police_list_of_27_is_known_by_its_questions_on_children() -> None:
    rows = [[words, "☒", "☐"] for words in POLICE]
    found = read_paper([["Question", "Yes", "No"], *rows]).referral.checklist
    assert (found.kind, found.ticks, len(found.answers)) == ("dash-police", 27, 27)


def test_a_question_in_unknown_words_is_taken_by_its_number_and_told() -> None:
    rows = [[asked, "☒", "☐"] for asked in ASKED]
    rows[14][0] = "15. Put hands where breath stops"
    found = read_paper([["Question", "Yes", "No"], *rows])
    assert found.referral.checklist.ticks == 24
    assert "checklist.answers.15" in doubts(found)
    assert found.evidence["checklist.answers.15"].confidence < 0.8


def test_the_areas_own_questions_at_the_end_make_the_count_a_matter_for_a_person() -> None:
    rows = [[asked, "☒", "☐"] for asked in [*ASKED, "25. Does he ride a motor cycle?"]]
    assert "checklist.ticks" in doubts(read_paper([["Question", "Yes", "No"], *rows]))


def test_a_row_without_number_that_is_answered_and_not_known_is_told() -> None:
    rows = [[words, "☒", "☐"] for words in QUESTIONS]
    rows.insert(9, ["He owns a fast motor cycle these days", "☒", "☐"])
    assert "checklist.ticks" in doubts(read_paper([["Question", "Yes", "No"], *rows]))


def test_a_few_questions_of_a_list_are_never_a_silent_none() -> None:
    found = read_paper([["Question", "Yes", "No"], *([asked, "☒", "☐"] for asked in ASKED[:4])])
    assert found.referral.checklist.ticks is None
    assert "checklist" in doubts(found)


def second_way(*parts: str | Sequence[Sequence[str]]) -> list[str | None]:
    again = {dash: answer for (dash, _), answer in answers_again(paper(*parts)).items()}
    return [again.get(number) for number in range(1, 25)]


def test_the_second_way_reads_the_order_of_boxes_under_their_headings() -> None:
    rows = [[asked, *across(answer, "☒", "☐"), "her sister, 2019"] for asked, answer in zip(ASKED, TRUTH, strict=True)]
    assert second_way([["Question", "Yes", "No", "DK", "Comments"], *rows]) == list(TRUTH)


def test_the_second_way_says_nothing_where_the_order_proves_nothing() -> None:
    rows = [[asked, *across(answer, "X")] for asked, answer in zip(ASKED, TRUTH, strict=True)]
    assert second_way([["Question", "Yes", "No", "DK"], *rows]) == [None] * 24
    assert second_way([ASKED, ["Yes"] * 24]) == [None] * 24


def test_columns_that_slipped_are_told_by_the_second_way() -> None:
    rows = [[asked, *across(answer, "☒", "☐")] for asked, answer in zip(ASKED, TRUTH, strict=True)]
    slipped = Table(
        tuple(
            Cell(row, column + (row == 6 and column > 0), written(text))
            for row, texts in enumerate([["Question", "Yes", "No", "DK"], *rows])
            for column, text in enumerate(texts)
        ),
        "page 2, table 1",
    )
    found = read_blocks([slipped])
    [told] = [problem for problem in found.problems if problem.code == "conflict"]
    assert told.path == "checklist.ticks"
    assert "question 6 " in told.message


DARA = [
    ["In the last year", "Never", "Occasionally", "Often", "All the time"],
    *([f"{number}. {words}?", "X", "", "", ""] for number, words in enumerate(
        ("Are you frightened", "Are you isolated from your family", "Is there jealousy", "Have they used weapons", "Have they threatened to kill you",
         "Have they tried to strangle you", "Have they hurt a pet", "Do they control your money"), 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("grade", "parts"),
    [
        ("high", (DARA, [["Risk grade", "High"]])),
        ("medium", (DARA, [["Risk grade", "☐ Standard ☒ Medium ☐ High"]])),
        ("high", (DARA, [["Level of risk", "Standard ☐", "Medium ☐", "High ☒"]])),
        ("standard", (DARA, [["Grading by officer", "**Standard** / Medium / High"]])),
        ("high", (DARA, "Overall risk grading: HIGH")),
        ("high", ([["DARA grade", "High risk"]],)),
    ],
)
def test_a_dara_has_a_grade_and_no_ticks(grade: str, parts: tuple[str | list[list[str]], ...]) -> None:
    found = read_paper("# Domestic Abuse Risk Assessment (DARA)", *parts)
    checklist = found.referral.checklist
    assert (checklist.dara, checklist.grade, checklist.ticks, dict(checklist.answers)) == (True, grade, None, {})
    assert "checklist.grade" in found.evidence
    assert doubts(found) == set()


def test_the_officers_judgement_is_kept_and_survives_the_record() -> None:
    found = read_paper(
        "# DARA",
        DARA,
        [["Risk grade", "Medium"], ["Officer's professional judgement", "She makes little of it; his control grows."]],
    )
    assert found.referral.checklist.judgement == "She makes little of it; his control grows."
    assert from_record(to_record(found)) == found


def test_a_dara_without_a_grade_is_told() -> None:
    assert "checklist.grade" in doubts(read_paper("# DARA", DARA))


def test_a_record_from_before_grades_were_kept_is_still_one() -> None:
    record = to_record(read_paper([["Question", "Yes", "No"], *([asked, "☒", "☐"] for asked in ASKED)]))
    for leaf in ("grade", "judgement", "merit_total"):
        del record["referral"]["checklist"][leaf]
    assert from_record(record).referral.checklist.ticks == 24


def test_a_dara_that_a_story_tells_of_is_no_dara_of_the_form() -> None:
    found = read_paper(
        [["Reason for referral", "Police did a DARA last week, which was graded high; she was frightened."]]
    )
    assert found.referral.checklist.dara is None
    assert read_paper([["Checklist attached (DASH / DARA)", "Yes"]]).referral.checklist.dara is None


@pytest.mark.parametrize(
    ("rows", "score", "grade"),
    [
        ([["MeRIT score", "84"]], 84, None),
        ([["MeRIT score and grade", "84 Gold"]], 84, "gold"),
        ([["MeRIT total", "20"], ["Grade", "☒ Bronze ☐ Silver ☐ Gold"]], 20, "bronze"),
        ([["Merseyside Risk Identification Tool", ""], ["Total score", "56"], ["Risk level", "Silver"]], 56, "silver"),
    ],
)
def test_a_merit_total_goes_to_the_score_and_is_called_one(
    rows: list[list[str]], score: int, grade: str | None
) -> None:
    found = read_paper(rows)
    checklist = found.referral.checklist
    assert (found.referral.criteria.score, checklist.kind, checklist.grade, checklist.merit_total) == (
        score,
        None,  # the kind is that of a list with answers
        grade,
        True,
    )
    assert "criteria.score" not in {problem.path for problem in found.problems}


def test_a_merit_total_beside_a_dash_list_is_not_held_against_its_ticks() -> None:
    found = read_paper([["Question", "Yes", "No"], *([asked, "☒", "☐"] for asked in ASKED)], [["MeRIT score", "74"]])
    assert (found.referral.checklist.kind, found.referral.checklist.ticks, found.referral.criteria.score) == (
        "dash",
        24,
        74,
    )
    assert "criteria.score" not in {problem.path for problem in found.problems}


def test_a_merit_label_left_blank_makes_no_dash_score_a_merit_total() -> None:
    found = read_paper([["MeRIT score", ""], ["DASH score", "16"]])
    assert (found.referral.criteria.score, found.referral.checklist.merit_total) == (16, None)


def test_yes_is_the_tick_of_a_list_that_has_it_in_every_column() -> None:
    rows = [[words, *across(answer, "Yes")] for words, answer in zip(ASKED, TRUTH, strict=True)]
    assert answers(read_paper([["Question", "Yes", "No", "Don't know"], *rows])) == list(TRUTH)


def test_a_numbered_list_of_fewer_questions_in_another_order_is_not_the_dash() -> None:
    asked = [f"{number}. {words}" for number, words in enumerate(reversed(QUESTIONS[:21]), 1)]
    found = read_paper([["Question", "Yes", "No"], *([words, "X", ""] for words in asked)])
    assert found.referral.checklist.kind is None
    assert found.referral.checklist.ticks == 21


def test_a_yes_in_a_wide_cell_heads_no_columns() -> None:
    wide = [Cell(0, 0, written("Victim aware?"), columns=4), Cell(0, 4, written("Yes"), columns=8)]
    rows = [
        Cell(2 + row, column, written(text))
        for row, words in enumerate(ASKED)
        for column, text in ((0, words), (10, "X"), (11, ""))
    ]
    heads = [Cell(1, 0, written("Question")), Cell(1, 10, written("Yes")), Cell(1, 11, written("No"))]
    found = read_blocks([Table((*wide, *heads, *rows), "table 1")])
    assert found.referral.consent.aware is True
    assert found.referral.checklist.ticks == 24
