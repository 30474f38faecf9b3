"""Labels made of words that nobody listed together: questions, other words for people, wrong spelling, two things at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.parsers.blocks import Cell, Line, Span, Table
from marac.parsers.dictionary.asking import asked_nouns
from marac.parsers.dictionary.dictionary import shipped_rows, vocabulary
from marac.parsers.dictionary.spelling import Spelling
from marac.parsers.dictionary.wordings import plain
from marac.parsers.layout.layout import page_of
from tests.plain_form import plain_reading


@pytest.mark.parametrize(
    ("label", "key", "person"),
    [
        ("Which dental or GP practice are they registered with?", None, None),
        ("Which GP practice is she registered with?", "gp", None),
        ("How would he describe his ethnicity?", "ethnicity", None),
        ("What telephone number can we reach you on?", "phone", None),
        ("What is that person's occupation?", "occupation", None),
        ("Where does that person live now?", "address", None),
        ("When was she born?", "date_of_birth", None),
        ("Has he been known by any other names?", "aliases", None),
        ("Their job title", "role", None),
        ("Which number is not safe to call?", None, None),
    ],
)
def test_a_question_is_known_by_the_label_among_its_words(label: str, key: str | None, person: str | None) -> None:
    meaning = vocabulary().meaning(label)
    assert (meaning and meaning.key, meaning and meaning.person) == (key, person)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Applicant has agreed to the request", "consent.given"),
        ("Does the person at risk know you are making this request?", "consent.aware"),
        ("Is the complainant aware of the notification?", "consent.aware"),
        ("Does the alleged abuser know about this referral?", "ignored"),
        ("Relationship of the accused to the patient", "relationship"),
    ],
)
def test_every_word_for_a_person_stands_for_the_one_in_the_dictionary(label: str, key: str) -> None:
    found = vocabulary().meaning(label) or vocabulary().question(label)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "label",
    [
        "Has the victim consented to IDVA contact?",
        "Has the victim's consent been sought?",
        "Does the offender consent to this?",
    ],
)
def test_agreeing_to_something_else_or_being_asked_is_no_consent_to_the_referral(label: str) -> None:
    found = vocabulary().meaning(label) or vocabulary().question(label)
    assert found is None or found.key != "consent.given"


@pytest.mark.parametrize(
    ("label", "key", "person"),
    [
        ("Victims adress", "address", "victim"),
        ("Perpertrators date of brith", "date_of_birth", "perpetrator"),
        ("Perpertrator's occupaton", "occupation", "perpetrator"),
        ("Relatonship to victim", "relationship", None),
        ("Has concent been given?", "consent.given", ""),
    ],
)
def test_a_label_with_a_word_spelt_wrongly_is_known(label: str, key: str, person: str | None) -> None:
    meaning = vocabulary().meaning(label)
    assert meaning is not None
    assert (meaning.key, meaning.person) == (key, person)


@pytest.mark.parametrize("name", ["Titley", "Gander", "Marie Doctorr Smith", "Names Forman", "Allis Fone"])
def test_a_name_that_is_nearly_a_label_is_none(name: str) -> None:
    assert vocabulary().meaning(name) is None


def test_words_that_are_right_are_not_mended() -> None:
    assert Spelling(["date of birth", "address"]).mended("date of birth") is None


@given(st.lists(st.sampled_from(["adress", "victims", "birth", "referal", "of", "zzzzzz"]), max_size=12).map(" ".join))
def test_mending_changes_no_word_that_the_dictionary_has(words: str) -> None:
    known = Spelling(["victims address", "date of birth", "referral"])
    mended = known.mended(words)
    if mended is not None:
        pairs = zip(words.split(), mended.split(), strict=True)
        assert all(before == after for before, after in pairs if before in {"victims", "birth", "of"})


@given(st.text(alphabet="abcdefghij wht?", max_size=120))
def test_what_a_text_asks_for_is_part_of_it(text: str) -> None:
    words = plain(text)
    assert all(noun and noun in words for noun in asked_nouns(words))


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Children of patient or perpetrator", "child"),
        ("Details of all children under 18", "child"),
        ("Subject 1 (Victim)", "victim"),
        ("Subject 2 (Perpetrator)", "perpetrator"),
        ("Other agencies involved with the family", "other"),
        ("For MARAC office use only", "other"),
        ("Support for the victim", None),
        ("Client services", None),
    ],
)
def test_a_heading_is_known_by_whom_it_speaks_of(heading: str, section: str | None) -> None:
    assert vocabulary().section(heading) == section


def test_an_officers_telephone_is_never_the_victims() -> None:
    read = plain_reading(victim=(("Officer's telephone", "07700 900456"),))
    assert read.referral.victim.phone == "07700900123"


def test_an_officers_telephone_is_the_referrers_under_the_referrers_heading() -> None:
    rows = (("Officer's telephone", "07700 900456"), ("Practitioner", "Jo Whitlock"))
    cells = [
        Cell(number, place, (Span(text, bold=not place),))
        for number, row in enumerate(rows)
        for place, text in enumerate(row)
    ]
    page = page_of(
        [Line((Span("Referrer", bold=True),), "line 1", heading=True), Table(tuple(cells), "table 1")], vocabulary()
    )
    assert [(each.person, each.key) for each in page.answers] == [("referrer", "phone"), ("referrer", "name")]


def test_a_job_asked_of_the_referrer_is_a_role_and_of_the_victim_an_occupation() -> None:
    read = plain_reading(victim=(("Occupation", "Baker"),))
    assert read.referral.victim.occupation == "Baker"


def test_school_or_employment_is_an_adults_occupation() -> None:
    read = plain_reading(victim=(("School / employment", "Retired"),))
    assert read.referral.victim.occupation == "Retired"


def test_every_word_for_a_person_is_renamed_to_one() -> None:
    people = vocabulary().people
    words = shipped_rows()["people"]
    for person in ("victim", "perpetrator"):
        assert {people.renamed(plain(word)) for word in words[person]} == {person}
