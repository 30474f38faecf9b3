"""Answers in the ways in which people give them: odd yeses and noes, withheld addresses, unborn children, other names."""

import pytest

from tests.plain_form import plain_reading


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("Never", False), ("Definitely not", False), ("Not yet", False), ("Not at all.", False), ("Absolutely", True), ("Permission given", True),
        ("Not applicable", None), ("Not yet known", None),
    ],
)  # fmt: skip
def test_a_yes_or_no_in_other_words_is_understood(said: str, given: bool | None) -> None:
    assert plain_reading(("Consent given?", said)).referral.consent.given is given


@pytest.mark.parametrize("said", ["Never before nine", "Not yet at the new flat", "Definitely not after six"])
def test_a_no_that_goes_on_is_left_to_a_person(said: str) -> None:
    reading = plain_reading(victim=(("Safe to call?", said),))
    assert reading.referral.victim.safe_to_call is None
    assert "victim.safe_to_call" in {problem.path for problem in reading.problems}


@pytest.mark.parametrize(
    ("said", "given"), [("yes/NO", False), ("YES / no", True), ("No / YES", None), ("Yes / No", None)]
)
def test_a_side_in_capitals_is_taken_and_shown_to_a_person(said: str, given: bool | None) -> None:
    reading = plain_reading(("Consent given?", said))
    assert reading.referral.consent.given is given
    if given is not None:
        assert reading.evidence["consent.given"].confidence < 0.8
        assert "consent.given" in {problem.path for problem in reading.problems}


@pytest.mark.parametrize("bold", [True, False])
def test_a_ground_chosen_of_a_list_is_taken_though_it_has_a_labels_words(bold: bool) -> None:
    criteria = plain_reading(("Criteria for referral", "Repeat"), bold=bold).referral.criteria
    assert criteria.repeat is True
    assert plain_reading(("Repeat referral?", "Repeat"), bold=bold).referral.criteria.repeat is True


def test_a_yes_with_a_date_keeps_both() -> None:
    criteria = plain_reading(("Repeat referral?", "Y 05/06/2022")).referral.criteria
    assert (criteria.repeat, str(criteria.previous_date)) == (True, "2022-06-05")


@pytest.mark.parametrize(
    "words",
    [
        "Withheld",
        "Confidential",
        "not to be disclosed",
        "In refuge - do not disclose",
        "4 Alma Rise (must not be shared)",
    ],
)
def test_a_withheld_address_is_kept_as_written_and_shown_to_a_person(words: str) -> None:
    reading = plain_reading(victim=(("Address", words),))
    assert reading.referral.victim.address == words
    assert "victim.address" in {problem.path for problem in reading.problems}


def test_a_postcode_alone_is_no_address() -> None:
    victim = plain_reading(victim=(("Address", "cr45ab"),)).referral.victim
    assert (victim.address, victim.postcode) == (None, "CR4 5AB")


@pytest.mark.parametrize(
    ("words", "age"), [("approx 35", 35), ("35ish", 35), ("about 40 yrs", 40), ("in her 40s", None), ("1985", None)]
)
def test_an_age_for_a_date_of_birth_is_an_age_and_shown_to_a_person(words: str, age: int | None) -> None:
    reading = plain_reading(victim=(("Date of birth", words),))
    assert (reading.referral.victim.date_of_birth, reading.referral.victim.age) == (None, age)
    assert "victim.date_of_birth" in {problem.path for problem in reading.problems}


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Unborn", "Unborn"),
        ("Baby (unborn)", "Baby (unborn)"),
        ("Unborn child EDD 01/06/2024", "Unborn child"),
        ("unborn, due June", "unborn"),
    ],
)
def test_an_unborn_child_has_its_name_as_written_and_no_date_of_birth(words: str, name: str) -> None:
    child = plain_reading(children=(("Child 1 name", words), ("Date of birth", "EDD 01/06/2024"))).referral.children[0]
    assert (child.name, child.date_of_birth) == (name, None)


@pytest.mark.parametrize("words", ["née Begum", "nee Begum", "formerly Begum", "aka Begum"])
def test_a_name_before_marriage_alone_is_another_name(words: str) -> None:
    assert plain_reading(victim=(("Aliases", words),)).referral.victim.aliases == ("Begum",)
