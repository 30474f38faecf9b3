"""Labels that no dictionary lists: known by their shape, as a person's own, or several at once; and what is never one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.parsers.dictionary.dictionary import shipped_rows, vocabulary
from marac.parsers.dictionary.wordings import plain
from tests.plain_form import plain_reading

LISTED = {
    plain(wording)
    for table in ("person", "form")
    for wordings in shipped_rows()["labels"][table].values()
    for wording in wordings
}


@pytest.mark.parametrize(
    ("label", "key", "person"),
    [
        ("Evening telephone number(s)", "phone", None),
        ("Preferred mobile no.", "phone", None),
        ("Safe evening telephone", "safe_phone", None),
        ("Business e-mail address", "email", None),
        ("Usual home address with full postcode", "address", None),
        ("Birthdate or age", "date_of_birth", None),
        ("Self-identified ethnic background or heritage", "ethnicity", None),
        ("Registered GP's practice and telephone", "gp", None),
        ("Type of accommodation or tenure", "housing", None),
        ("Survivor's current address", "address", "victim"),
        ("Accused person's preferred mobile no.", "phone", "perpetrator"),
        ("Telephone of the person using violence", "phone", "perpetrator"),
        ("Name, post and organisation", "name_role_agency", None),
        ("Home address & evening telephone", "address_phone", None),
        ("Referrer (name, post, organisation)", "name_role_agency", "referrer"),
        ("Date of completing the assessment", "date", ""),
        ("Cad or crime reference", "police.reference", ""),
        ("Did the client agree to information being shared?", "consent.given", ""),
        ("Has she been told about this referral?", "consent.aware", ""),
        ("If consent was refused, why?", "consent.reason", ""),
        ("Total number of yes responses", "criteria.score", ""),
    ],
)
def test_a_label_that_is_not_listed_is_known_by_its_words(label: str, key: str, person: str | None) -> None:
    meaning = vocabulary().meaning(label) or vocabulary().question(label)
    assert meaning is not None
    assert (meaning.key, meaning.person) == (key, person)


@pytest.mark.parametrize(
    "words",
    [
        "Housing Officer", "Mobile home", "her mobile", "Team leader", "Previous address of the dog", "Safe at work", "Call her mother first",
        "Relationship to victim Ex-partner", "First language if not English Polish", "Consent given yes", "Yes", "No", "Repeat referral yes",
        "Verbal consent given", "She is not aware", "School nurse", "Police officer known to family", "Person", "Address of the previous tenant",
    ],
)  # fmt: skip
def test_words_that_go_beyond_a_label_are_none(words: str) -> None:
    assert vocabulary().labels.shaped(words) is None


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("Person alleged to have caused the harm", "perpetrator"),
        ("Individual using abusive behaviour", "perpetrator"),
        ("The adult experiencing abuse", "victim"),
        ("Professional submitting this form", "referrer"),
        ("Dependent children", "child"),
    ],
)
def test_a_heading_that_is_not_listed_is_known_by_its_words(words: str, person: str) -> None:
    assert vocabulary().section(words) == person


def test_a_form_whose_headings_and_labels_nobody_listed_is_read_whole() -> None:
    referral = plain_reading(
        ("Cad or crime reference", "CR/1234/24"),
        ("Has the survivor been told about the referral?", "Yes"),
        victim=(("Registered GP's practice", "Foxglove Surgery"), ("Evening telephone number(s)", "07700 900123")),
        people=("The adult experiencing abuse", "Individual using abusive behaviour"),
    ).referral
    assert referral.victim.name == "Elowen Penrose"
    assert referral.victim.gp == "Foxglove Surgery"
    assert [each.name for each in referral.perpetrators] == ["Jago Tregenza"]
    assert referral.police.reference == "CR/1234/24"
    assert referral.consent.aware is True


@given(st.lists(st.sampled_from(sorted({word for words in LISTED for word in words.split()})), min_size=1, max_size=16))
def test_any_heap_of_label_words_is_looked_up_without_harm(words: list[str]) -> None:
    text = " ".join(words)
    meaning = vocabulary().labels.shaped(text)
    assert meaning is None or meaning.key


@pytest.mark.parametrize(
    "start", ["tel ", "dash ", "yes ", "consent to ", "date of ", "name and ", "escalation of ", "who is the victim "]
)
def test_a_text_made_to_stall_a_shape_stalls_none(start: str) -> None:
    for words in (start * 15, start * 15 + "x", start.strip() * 40):
        vocabulary().labels.literal(words[:250])


def test_no_shape_has_a_group_of_its_own_that_would_put_out_the_count() -> None:
    rows = shipped_rows()
    assert len(rows["shapes"]["rows"]) == len({row["means"] for row in rows["shapes"]["rows"]})
    for row in rows["shapes"]["rows"]:
        assert "(?P" not in row["words"]
        assert re.search(r"(?<!\\)\((?!\?)", row["words"]) is None, row["means"]


def test_a_part_under_an_unknown_heading_is_likely_the_persons_whom_alone_its_labels_ask() -> None:
    related = (("Relationship to victim", "Husband"),)
    reading = plain_reading(people=("Victim", "The wrongdoer"), perpetrator=related)
    assert [each.name for each in reading.referral.perpetrators] == ["Jago Tregenza"]
    assert reading.evidence["perpetrators.0.name"].confidence < 0.8
    without = plain_reading(people=("Victim", "The wrongdoer"))
    assert not any(each.name for each in without.referral.perpetrators)
    assert any("Jago Tregenza" in problem.message for problem in without.problems)
