"""How safe it is to contact a victim: four levels, and one wording of each in every document."""

import dataclasses
import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.case import Case
from marac.generators.agency_agenda import agency_agenda
from marac.generators.contact import contact_warning
from marac.meetings.audience import AudienceRules, Stage, case_view
from marac.meetings.contact import contact_level
from marac.meetings.hearing import Hearing
from marac.referral import Safety
from tests.invented_cases import HOUSING, VICTIM, case, referral
from tests.meeting_papers import agency_agenda_of, agency_agenda_words, agenda_words, list_words, research_pack, shipped
from tests.word_templates import words_of

RED, AMBER = "FBE5E1", "FFF2CC"
UNSAFE = "NOT SAFE TO CONTACT. Do not call, write or visit without asking the referrer."
UNKNOWN = "Not known to be safe. Do not contact without asking the referrer."
CARE = "Contact with care: safe only as the form has it."
ANSWERS = st.sampled_from([True, False, None])
NOTES = st.sampled_from([None, "Any time", "Call after 6pm", "Only by text", "Do not ring the landline"])


def told(safe: bool | None, notes: str | None = None, *, unsafe_people: str | None = None) -> Case:
    victim = dataclasses.replace(VICTIM, safe_to_call=safe, contact_notes=notes)
    return case(form=referral(victim=victim, safety=Safety(unsafe_to_talk_to=unsafe_people)))


@pytest.mark.parametrize(
    ("safe", "notes", "level"),
    [
        (False, None, "unsafe"),
        (True, "Do not ring the landline", "unsafe"),
        (None, "Do not ring the landline", "unsafe"),
        (None, None, "not known"),
        (None, "Call after 6pm", "not known"),
        (True, "Call after 6pm", "care"),
        (True, "Safe weekdays 9.30 to 2.30", "care"),
        (True, "Any time", "safe"),
        (True, "None", "safe"),
        (True, None, "safe"),
    ],
)
def test_the_level_follows_from_what_the_form_says(safe: bool | None, notes: str | None, level: str) -> None:
    assert contact_level(Hearing(told(safe, notes))) == level


def test_people_whom_it_is_unsafe_to_talk_to_are_a_condition() -> None:
    assert contact_level(Hearing(told(True, unsafe_people="Her mother-in-law"))) == "care"


def test_a_form_that_leaves_it_open_is_not_outweighed_by_one_that_says_safe() -> None:
    assert contact_level(Hearing(told(True), (told(None),))) == "not known"


@given(st.lists(st.tuples(ANSWERS, NOTES), min_size=1, max_size=3), st.tuples(ANSWERS, NOTES))
def test_another_form_never_makes_contact_safer(
    forms: list[tuple[bool | None, str | None]], more: tuple[bool | None, str | None]
) -> None:
    worse = ["safe", "care", "not known", "unsafe"]
    first, *rest = [told(*form) for form in forms]
    before = contact_level(Hearing(first, tuple(rest)))
    assert worse.index(contact_level(Hearing(first, (*rest, told(*more))))) >= worse.index(before)


@pytest.mark.parametrize(
    ("one", "words"), [(told(False), UNSAFE), (told(None), UNKNOWN), (told(True, "By text"), CARE)]
)
def test_every_document_has_the_same_words(one: Case, words: str) -> None:
    stages: tuple[Stage, ...] = (
        *("agenda", "agency-agenda", "list", "research", "returns", "minutes", "letter", "reminder"),
        *("outcome", "idva-referral", "transfer"),
    )
    for stage in stages:
        view = case_view(Hearing(one), stage, AudienceRules())
        said = contact_warning(view)
        assert said is not None
        assert said.startswith(words), stage
        assert said.endswith("Ask the referrer how.") == (words == CARE and view.contact_notes is None), stage
    assert words in agenda_words((one,))
    assert words in agency_agenda_words(agency_agenda_of((one,)))
    assert words in list_words((one,))
    assert words in words_of(research_pack((one,), HOUSING).content)


def test_of_a_case_that_nothing_is_known_about_contact_is_not_known_to_be_safe() -> None:
    assert contact_warning(None) == UNKNOWN


def test_nothing_is_said_where_every_form_says_that_it_is_safe() -> None:
    assert contact_warning(case_view(Hearing(told(True)), "letter", AudienceRules())) is None
    assert "contact with care" not in agenda_words((told(True),)).casefold()


def test_only_what_is_known_to_be_unsafe_is_red() -> None:
    colours = {}
    for level, one in {"unsafe": told(False), "not known": told(None), "care": told(True, "By text")}.items():
        made = agency_agenda(agency_agenda_of((one,)), "housing", shipped("agency-agenda"))
        rows = [row for table in docx.Document(io.BytesIO(made.content)).tables for row in table.rows]
        starts = ("NOT SAFE", "Not known", "Contact with care")
        (found,) = [row for row in rows if row.cells[0].text.startswith(starts)]
        colours[level] = found._tr.xml
    assert [RED in colours[level] for level in colours] == [True, False, False]
    assert [AMBER in colours[level] for level in colours] == [False, True, False]
