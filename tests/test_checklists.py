import pytest

from marac.parsers import read
from marac.parsers.checklists.questions import question_in
from tests.word_forms import word_form

QUESTIONS = {
    1: "Has the current incident resulted in injury?",
    2: "Are you very frightened?",
    4: "Do you feel isolated from family / friends?",
    5: "Are you feeling depressed or having suicidal thoughts?",
    8: "Does he constantly text, call, contact, follow, stalk or harass you?",
    15: "Has he ever attempted to strangle / choke / suffocate / drown you?",
    19: "Has he ever mistreated an animal or the family pet?",
    22: "Has he ever threatened or attempted suicide?",
}
PEOPLE = [["Victim name", "Ann Moss"], ["Perpetrator name", "Ben Moss"]]


def checklist(*answers: str, heads: tuple[str, ...] = ("Yes", "No", "Don't know")) -> list[list[str]]:
    """A checklist of eight questions; an answer is what stands in each column, parted by `|`."""
    rows = [
        [f"{number}. {words}", *answer.split("|")]
        for (number, words), answer in zip(QUESTIONS.items(), answers, strict=True)
    ]
    return [["Please tick the box if the factor is present", *heads], *rows]


@pytest.mark.parametrize(
    ("text", "dash", "police"),
    [
        ("1. Has the current incident resulted in injury? (please state what)", 1, 1),
        ("3. What are you afraid of? Is it further injury or violence?", 3, 3),
        ("10. Are there any children, step-children in the household?", None, 10),
        ("11. Has (…..) ever hurt the children/dependants?", None, 11),
        ("12. Has (…..) ever threatened to hurt or kill the children/dependants?", None, 12),
        ("14. Has he ever threatened to kill you or someone else and you believed them?", 14, 17),
        ("16. Does he do or say things of a sexual nature that physically hurt you or someone else?", 16, 19),
        ("17. Is there any other person who has threatened you or who you are afraid of?", 17, 20),
        ("18. Do you know if he has hurt anyone else?", 18, 21),
        ("22. Has he ever threatened or attempted suicide?", 22, 25),
        ("5. Are you feeling depressed or having suicidal thoughts?", 5, 5),
    ],
)
def test_a_question_is_known_by_its_words(text: str, dash: int | None, police: int | None) -> None:
    found = question_in(text)
    assert found is not None
    assert found[1:] == (dash, police)


def test_a_narrative_is_no_question() -> None:
    assert (
        question_in("He has strangled her twice and threatened to kill the children if she leaves the house.") is None
    )


@pytest.mark.parametrize(
    ("marks", "heads"),
    [
        (("X||", "|X|", "||X"), ("Yes", "No", "Don't know")),
        (("☒|☐|☐", "☐|☒|☐", "☐|☐|☒"), ("YES (tick)", "NO", "Not known")),
        (("✓||", "|✓|", "||✓"), ("Y", "N", "DK")),
        (("Yes|", "No|", "Don't know|"), ("Answer", "Comments")),
        (("☒ Yes ☐ No ☐ DK|", "☐ Yes ☒ No ☐ DK|", "☐ Yes ☐ No ☒ DK|"), ("Answer", "Comments")),
        (("**Yes** / No / DK|", "Yes / **No** / DK|", "?|"), ("Answer", "Comments")),
    ],
)
def test_every_way_to_answer_is_read(marks: tuple[str, str, str], heads: tuple[str, ...]) -> None:
    yes, no, unknown = marks
    blank = "|" * yes.count("|")
    rows = checklist(yes, no, unknown, yes, yes, no, blank, yes, heads=heads)
    found = read(word_form(PEOPLE, rows)).referral.checklist
    assert dict(found.answers) == {
        "1": "yes",
        "2": "no",
        "4": "unknown",
        "5": "yes",
        "8": "yes",
        "15": "no",
        "22": "yes",
    }
    assert found.ticks == 4


def test_a_comment_that_begins_with_yes_is_no_answer() -> None:
    rows = checklist(*["No|Yes, but long ago"] * 8, heads=("Answer", "Comments"))
    assert set(read(word_form(PEOPLE, rows)).referral.checklist.answers.values()) == {"no"}


def test_two_marks_on_one_question_are_a_conflict_and_no_answer() -> None:
    reading = read(word_form(PEOPLE, checklist("X|X|", *["X||"] * 7)))
    assert "1" not in reading.referral.checklist.answers
    assert ("conflict", "checklist.answers.1") in {(problem.code, problem.path) for problem in reading.problems}


def test_a_stated_score_that_is_not_the_count_is_a_conflict() -> None:
    reading = read(word_form(PEOPLE, checklist(*["X||"] * 8), [["Total number of yes ticks", "14"]]))
    assert (reading.referral.criteria.score, reading.referral.checklist.ticks) == (14, 8)
    assert ("conflict", "criteria.score") in {(problem.code, problem.path) for problem in reading.problems}


def test_a_checklist_with_no_answer_is_never_a_score_of_nought() -> None:
    reading = read(word_form(PEOPLE, checklist(*["☐|☐|☐"] * 8)))
    assert reading.referral.checklist.ticks is None
    assert ("missing", "checklist") in {(problem.code, problem.path) for problem in reading.problems}


def test_a_checklist_with_no_yes_is_reported() -> None:
    reading = read(word_form(PEOPLE, checklist(*["|X|"] * 8)))
    assert reading.referral.checklist.ticks == 0
    assert ("unclear", "checklist.ticks") in {(problem.code, problem.path) for problem in reading.problems}


def test_boxes_inside_a_question_are_not_counted() -> None:
    rows = checklist(*["|X|"] * 8)
    rows[1][0] += "\nChildren ☒  Another family member ☒"
    assert read(word_form(PEOPLE, rows)).referral.checklist.ticks == 0


def test_the_question_on_pregnancy_does_not_answer_the_form() -> None:
    rows = [*checklist(*["X||"] * 8), ["9. Are you pregnant or have you recently had a baby?", "X", "", ""]]
    assert read(word_form(PEOPLE, rows)).referral.victim.pregnant is None


SHORT = [
    "Injury in current incident", "Victim very frightened", "Isolated from family", "Depressed or suicidal", "Controlling or jealous", "Abuse getting worse",
    "Abuser: drugs, alcohol or mental health", "Abuser: threatened or attempted suicide",
]  # fmt: skip


def test_a_short_worded_list_with_boxes_in_one_cell_is_read_and_names_nobody() -> None:
    rows = [[f"Q{number}", words, "☐ Yes ☒ No ☐ Don't know"] for number, words in enumerate(SHORT, 1)]
    reading = read(word_form([["Victim", "Ann Moss"]], rows))
    assert reading.kind == "checklist"
    assert set(reading.referral.checklist.answers.values()) == {"no"}
    assert len(reading.referral.checklist.answers) == len(SHORT)
    assert reading.referral.perpetrators == ()


def test_both_halves_of_a_list_in_two_columns_are_read() -> None:
    asked = [f"{number}. {words}" for number, words in QUESTIONS.items()]
    rows = [[left, "Y", right, "N"] for left, right in zip(asked[:4], asked[4:], strict=True)]
    found = read(word_form(PEOPLE, rows)).referral.checklist
    assert dict(found.answers) == dict.fromkeys(("1", "2", "4", "5"), "yes") | dict.fromkeys(
        ("8", "15", "19", "22"), "no"
    )


@pytest.mark.parametrize("odd", ["see over", "[Y] [x N]"])
def test_a_question_that_was_not_understood_makes_the_count_a_matter_for_a_person(odd: str) -> None:
    reading = read(word_form(PEOPLE, checklist(odd, *["X"] * 7, heads=("Yes",))))
    assert ("unclear", "checklist.ticks") in {(problem.code, problem.path) for problem in reading.problems}


def test_a_list_of_fewer_questions_than_its_kind_has_is_told() -> None:
    reading = read(word_form(PEOPLE, checklist(*["X||"] * 8)))
    assert reading.referral.checklist.kind == "dash"
    assert ("unclear", "checklist.ticks") in {(problem.code, problem.path) for problem in reading.problems}


def test_an_item_in_unknown_words_between_questions_stays_a_question() -> None:
    rows = checklist(*["X||"] * 8)
    rows.insert(4, ["6. Abuser: rides a motor cycle", "X", "", ""])
    reading = read(word_form(PEOPLE, rows))
    assert [each.name for each in reading.referral.perpetrators] == ["Ben Moss"]


def test_marks_in_two_columns_without_headings_mean_neither_yes_nor_no() -> None:
    rows = checklist(*["X|"] * 4, *["|X"] * 4, heads=("", ""))
    reading = read(word_form(PEOPLE, rows))
    assert dict(reading.referral.checklist.answers) == {}
    assert ("missing", "checklist") in {(problem.code, problem.path) for problem in reading.problems}
