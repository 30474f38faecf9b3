import pytest

from marac.parsers import read
from marac.parsers.filling.names import name_in
from marac.parsers.filling.said import yes_of
from marac.parsers.layout.writing import typed_text
from marac.referral import Reading
from tests.word_forms import word_form

VICTIM = ("# MARAC referral", [["Victim name", "Ann Moss"]])
PERPETRATOR = [["Perpetrator name", "Ben Moss"]]


@pytest.mark.parametrize(
    "text",
    [
        "☐ Ie / Yes   ☒ Na / No", "☐ Yes - safe  ☒ No - not safe", "☐ Yes/aware ☒ No/unaware", "☐ Safe ☒ Not safe", "☒ Not safe ☐ Safe", "Yes ☐ No ☒",
        "☒ No ☐ Yes", "By text: ☐ Yes ☒ No", "Yes __ No _X_", "Yes _ No ✓", "Yes No X", "Yes / No X", "Yes …… No ..X..", "Y / (N)", "Y/[N]", "( ) Yes (•) No",
        "○ Yes ● No", "Yes [ ] No [*]", "__ Yes _x_ No", "Yes ☐ No ☒ If yes, when: Monday", "No - but yes to text",
    ],
)  # fmt: skip
def test_an_answer_is_the_side_that_its_mark_stands_beside(text: str) -> None:
    assert _safe(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "☒ Ie / Yes   ☐ Na / No",
        "☐ Not safe ☒ Safe",
        "Yes _X_ No __",
        "X Yes No",
        "Yes X / No",
        "(Y) / N",
        "(•) Yes ( ) No",
        "Yes ✓ No _",
        "_x_ Yes __ No",
    ],
)
def test_a_mark_beside_yes_is_yes(text: str) -> None:
    assert _safe(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "Yes X No",
        "Yes 0 No 1",
        "Yes\tX\tNo\t",
        "☒ Yes ☒ No",
        "☐ Yes ☐ No ☒ By post",
        "Yes ✓ No ✗",
        "[Y] [x N]",
    ],
)
def test_a_mark_that_may_belong_to_either_side_is_for_a_person(text: str) -> None:
    reading = _called(text)
    assert reading.referral.victim.safe_to_call is None
    assert ("unclear", "victim.safe_to_call") in _told(reading)
    assert reading.referral.victim.contact_notes is None


@pytest.mark.parametrize(
    "text", ["Yes or No", "Yes / No", "Y / N / NK", "Yes ..... No .....", "☐ Yes ☐ No", "Safe / Not safe"]
)
def test_a_choice_left_as_printed_is_open(text: str) -> None:
    assert _safe(text) is None


@pytest.mark.parametrize("text", ["No, yes to text", "Yes. No concerns", "Yes, no injuries", "No X-rays taken"])
def test_a_sentence_is_no_printed_choice(text: str) -> None:
    assert yes_of(typed_text(text)).yes is text.startswith("Yes")


def test_a_yes_below_a_question_about_safety_is_no_contact_note() -> None:
    reading = read(word_form(*VICTIM, [["**Safe to phone or text?**"], ["☐ Yes ☒ No"]], PERPETRATOR))
    assert (reading.referral.victim.safe_to_call, reading.referral.victim.contact_notes) == (False, None)


def test_a_question_that_asks_for_danger_is_never_turned_into_safety() -> None:
    reading = read(word_form(*VICTIM, [["Is it UNSAFE to ring this number?", "No"]], PERPETRATOR))
    assert reading.referral.victim.safe_to_call is None


def test_the_perpetrators_number_is_never_the_victims() -> None:
    reading = read(word_form(*VICTIM, [["Tel", "Do not call - 07700 900482 is perpetrator's"]], PERPETRATOR))
    assert reading.referral.victim.phone is None
    assert ("unclear", "victim.phone") in _told(reading)


def test_a_warning_beside_a_number_says_that_it_is_not_safe() -> None:
    victim = read(
        word_form(*VICTIM, [["Tel", "07700 900482 - NOT safe to call, text first"]], PERPETRATOR)
    ).referral.victim
    assert (victim.phone, victim.safe_to_call) == ("07700900482", False)
    assert victim.contact_notes == "text first"


@pytest.mark.parametrize("text", ["see attached", "As per DASH attached", "Anonymous", "name withheld"])
def test_words_that_point_elsewhere_are_no_name(text: str) -> None:
    assert name_in(text) is None


def test_two_names_are_not_one_for_certain() -> None:
    found = name_in("J. Doe / Jane Smith")
    assert found is not None
    assert not found.certain


@pytest.mark.parametrize("text", ["03/07/2082", "12/03/2024", "01/01/1890"])
def test_a_birth_on_or_after_the_day_of_the_referral_is_invalid(text: str) -> None:
    reading = read(word_form(*VICTIM, [["DOB", text]], PERPETRATOR, [["Date of referral", "12/03/2024"]]))
    assert reading.referral.victim.date_of_birth is None
    assert ("invalid", "victim.date_of_birth") in _told(reading)


@pytest.mark.parametrize(("label", "told"), [("DASH score", True), ("MeRIT score", False)])
def test_a_score_of_more_than_all_questions_is_invalid_but_for_merit(label: str, told: bool) -> None:
    reading = read(word_form(*VICTIM, [[label, "31"]], PERPETRATOR))
    assert (("invalid", "criteria.score") in _told(reading)) is told


def test_a_score_with_a_later_one_beside_it_is_not_certain() -> None:
    reading = read(word_form(*VICTIM, [["DASH score", "15 on 3/4/24, now 17"]], PERPETRATOR))
    assert reading.evidence["criteria.score"].confidence < 0.8


def _called(answer: str) -> Reading:
    return read(word_form(*VICTIM, [["Is this number safe to call?", answer]], PERPETRATOR))


def _safe(answer: str) -> bool | None:
    return _called(answer).referral.victim.safe_to_call


def _told(reading: Reading) -> set[tuple[str, str]]:
    return {(problem.code, problem.path) for problem in reading.problems}


def test_strokes_before_yes_and_no_in_a_line_are_boxes() -> None:
    reading = read(word_form(*VICTIM, PERPETRATOR, "Professional judgement  _x_ Yes   ___ No"))
    assert reading.referral.criteria.professional_judgement is True


def test_a_label_with_boxes_for_yes_and_no_is_no_list_of_criteria() -> None:
    reading = read(word_form(*VICTIM, PERPETRATOR, [["Repeat: ☐ Yes ☒ No", "Professional judgement: ☒ Yes ☐ No"]]))
    criteria = reading.referral.criteria
    assert (criteria.repeat, criteria.professional_judgement) == (False, True)


@pytest.mark.parametrize("text", ["Given X Not given", "☒ Given ☒ Not given", "Given / Not given"])
def test_the_words_of_a_choice_are_no_answer_about_consent(text: str) -> None:
    reading = read(word_form(*VICTIM, [["Consent", text]], PERPETRATOR))
    assert reading.referral.consent.given is None


@pytest.mark.parametrize(
    "cells",
    [
        ["Yes", "☐", "No", "☒"], ["☐", "Yes", "☒", "No"], ["Yes ☐", "No ☒"], ["☐ Yes", "☒ No"], ["Yes", "No X"], ["Yes", "", "No", "X"],
        ["", "Yes", "X", "No"], ["Y", "(N)"], ["~~Yes~~", "No"], ["☒ No", "☐ Yes"], ["Yes☐", "No☒", "N/K☐"],
    ],
)  # fmt: skip
def test_sides_and_marks_in_cells_of_their_own_are_one_choice(cells: list[str]) -> None:
    blank = [""] * (len(cells) - 1)
    rows = [["Tel", "07700 900123", *blank], ["Is the victim aware of this referral?", *cells]]
    assert read(word_form(*VICTIM, rows, PERPETRATOR)).referral.consent.aware is False


@pytest.mark.parametrize(
    ("written", "gender"), [("Ann Moss (F)", "female"), ("Ann Moss (male)", "male"), ("Ann Moss", None)]
)
def test_a_gender_in_brackets_behind_a_name_is_the_gender(written: str, gender: str | None) -> None:
    found = read(word_form("# MARAC referral", [["Victim name", written]], PERPETRATOR)).referral.victim
    assert (found.name, found.gender) == ("Ann Moss", gender)
