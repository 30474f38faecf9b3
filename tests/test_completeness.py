"""What is missing, what is unclear, and what cannot wait: contact that is not safe, and people under age."""

import dataclasses
import datetime as dt

import pytest

from marac.case import Case
from marac.checklist import Checklist
from marac.referral import Consent, Criteria, Evidence, Perpetrator, Problem, Referrer, Safety, Victim
from marac.triage import flags
from marac.triage.completeness import missing_essentials, reading_flags
from marac.triage.rules import Rules
from marac.triage.urgent import contact_warnings, under_age
from tests.made_up_couples import OTHER_PERPETRATOR, PERPETRATOR, VICTIM, couple


def victim(**changes: object) -> Victim:
    return dataclasses.replace(VICTIM, **changes)  # type: ignore[arg-type]


def test_a_complete_referral_lacks_nothing_and_warns_only_of_what_its_checklist_says() -> None:
    found = [flag.code for flag in flags(couple(), [], Rules())]
    assert found == ["threats to kill", "threshold met", "children concerned"]  # questions 14 and 9 are answered yes


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (couple(victim=victim(name=None)), "the victim's name"),
        (couple(victim=victim(name="Not known")), "the victim's name"),
        (couple(victim=victim(date_of_birth=None)), "the victim's date of birth or age"),
        (
            couple(victim=victim(address=None, postcode=None, phone=None)),
            "the victim's address or any way to make contact",
        ),
        (couple(perpetrators=()), "the perpetrator's name"),
        (couple(perpetrators=[Perpetrator(name="Unknown male")]), "the perpetrator's name"),
        (couple(perpetrators=[PERPETRATOR, Perpetrator()]), "the name of 1 perpetrator of 2"),
        (couple(referrer=Referrer(), agency=None), "the referring agency"),
        (couple(reason=None), "the reason for the referral"),
        (couple(consent=Consent()), "whether the victim knows of the referral or agrees to it"),
    ],
)
def test_each_essential_that_the_form_lacks_is_named(case: Case, words: str) -> None:
    [flag] = missing_essentials(case)
    assert flag.code == "missing"
    assert flag.reason == f"Not on the form: {words}. Ask the referrer."


@pytest.mark.parametrize(
    "case",
    [
        couple(victim=victim(date_of_birth=None, age=41)),
        couple(victim=victim(address=None, postcode=None)),
        couple(victim=victim(address=None, postcode=None, phone=None, contact_notes="By way of her health visitor")),
        couple(referrer=Referrer(), agency="Housing, by its domain"),
        couple(consent=Consent(aware=False)),
        couple(checklist=Checklist(), criteria=Criteria(score=16)),
        couple(perpetrators=[Perpetrator(aliases=("Zee",))]),
    ],
)
def test_what_is_given_in_another_way_is_not_missing(case: Case) -> None:
    assert missing_essentials(case) == ()


def test_several_gaps_are_one_sentence_and_a_victim_without_a_name_needs_a_decision() -> None:
    [flag] = missing_essentials(couple(victim=victim(name=None), reason=None, perpetrators=()))
    assert flag.reason == (
        "Not on the form: the victim's name, the perpetrator's name and the reason for the referral. Ask the referrer."
    )
    assert flag.needs_decision
    assert not missing_essentials(couple(reason=None))[0].needs_decision


def test_the_readers_problems_reach_the_coordinator_in_their_own_words_and_with_their_place() -> None:
    problem = Problem("conflict", "victim.date_of_birth", "Two dates of birth stand on the form.")
    evidence = {"victim.date_of_birth": Evidence("3/4/85 or 4/3/85", "table 2, row 3", 0.4)}
    [flag] = reading_flags(couple(problems=[problem], evidence=evidence).reading)
    assert (flag.code, flag.reason) == ("unclear", "Two dates of birth stand on the form.")
    assert flag.evidence == 'table 2, row 3: "3/4/85 or 4/3/85"'


def test_a_gap_that_the_reader_and_the_rules_both_see_is_said_once() -> None:
    problem = Problem("missing", "victim.name", "No name for the victim was found.")
    found = flags(couple(victim=victim(name=None), problems=[problem]), [], Rules())
    assert [flag.reason for flag in found if flag.code == "missing"] == [
        "Not on the form: the victim's name. Ask the referrer."
    ]


def test_a_gap_that_only_the_reader_sees_is_kept() -> None:
    problem = Problem("missing", "perpetrators.0.date_of_birth", "No date of birth for the perpetrator was found.")
    [flag] = reading_flags(couple(problems=[problem]).reading)
    assert flag.code == "missing"


def test_values_that_the_reader_was_unsure_of_are_named_with_what_it_saw() -> None:
    evidence = {
        "victim.postcode": Evidence("ZZ99 6T8", "page 1", 0.6),
        "perpetrators.0.name": Evidence("Zee5han", "page 1", 0.7),
        "checklist.answers.7": Evidence("/", "page 3", 0.5),
        "victim.name": Evidence("Shabnam Hussain", "page 1", 0.99),
    }
    [flag] = reading_flags(couple(evidence=evidence).reading)
    assert flag.reason == (
        "Hard to read on the form: the victim's postcode, perpetrator 1's name and question 7 of the checklist. "
        "Compare with the form."
    )
    assert 'page 3: "/"' in flag.evidence


def test_a_number_that_is_not_safe_to_call_is_a_warning_that_comes_first() -> None:
    case = couple(victim=victim(safe_to_call=False, name=None), checklist=Checklist())
    found = flags(case, [], Rules())
    assert found[0].code == "unsafe contact"
    assert found[0].reason == "Warning: do not call the victim: the form says that it is not safe to call."


def test_a_number_of_which_nobody_said_whether_it_is_safe_is_a_warning() -> None:
    [flag] = contact_warnings(couple(victim=victim(safe_to_call=None)))
    assert flag.code == "unsafe contact"
    assert "not known whether the victim's number is safe" in flag.reason


def test_without_a_number_there_is_no_question_of_calling_it() -> None:
    assert contact_warnings(couple(victim=victim(safe_to_call=None, phone=None))) == ()


@pytest.mark.parametrize(
    "notes",
    [
        "Text first, do not leave voicemail",
        "Only when children are at school",
        "Mornings best - perp at work 7am to 4pm",
        "NEVER BEFORE 9",
    ],
)
def test_notes_that_ask_for_care_are_a_warning_even_where_the_number_is_safe(notes: str) -> None:
    [flag] = contact_warnings(couple(victim=victim(contact_notes=notes)))
    assert flag.code == "contact with care"
    assert flag.reason.startswith("Warning: contact with care, the form says: \u201c")
    assert notes in flag.reason


@pytest.mark.parametrize(
    "notes", ["Don't ring the house", "Don\u2019t ring the house", "unsafe after 5", "NOT SAFE to call", "Never call"]
)
def test_notes_that_say_a_way_of_contact_is_dangerous_make_contact_unsafe(notes: str) -> None:
    [flag] = contact_warnings(couple(victim=victim(contact_notes=notes)))
    assert flag.code == "unsafe contact"
    assert notes in flag.reason


@pytest.mark.parametrize("notes", ["Any time", "Call after 6pm", "None", "No", "N/A", "Happy to be texted"])
def test_harmless_notes_are_no_warning(notes: str) -> None:
    assert contact_warnings(couple(victim=victim(contact_notes=notes))) == ()


def test_people_whom_it_is_not_safe_to_talk_to_are_a_warning() -> None:
    case = couple(safety=Safety(unsafe_to_talk_to="Her own mother - passes things on to him"))
    [flag] = contact_warnings(case)
    assert "do not talk to these people" in flag.reason
    assert contact_warnings(couple(safety=Safety(unsafe_to_talk_to="None"))) == ()


@pytest.mark.parametrize(
    ("born", "flagged"),
    [
        (dt.date(2010, 9, 1), False),
        (dt.date(2010, 9, 2), True),
        (dt.date(2012, 2, 29), True),
    ],
)
def test_sixteen_on_the_day_the_referral_came_is_old_enough(born: dt.date, flagged: bool) -> None:
    case = couple(received=dt.date(2026, 9, 1), victim=victim(date_of_birth=born))
    assert [flag.code for flag in under_age(case, 16)] == (["under age"] if flagged else [])


def test_victim_and_perpetrators_are_each_looked_at() -> None:
    young = dataclasses.replace(OTHER_PERPETRATOR, date_of_birth=dt.date(2011, 1, 5))
    case = couple(victim=victim(date_of_birth=None, age=15), perpetrators=[PERPETRATOR, young])
    first, second = under_age(case, 16)
    assert first.reason.startswith("The victim was 15 by the age stated on the form on the day the referral came")
    assert second.reason.startswith("Perpetrator 2 was 15 (born 5 January 2011)")
    assert first.needs_decision
    assert second.needs_decision


def test_an_age_and_a_date_of_birth_that_differ_are_unclear_and_the_younger_one_counts() -> None:
    case = couple(victim=victim(age=15))
    assert [flag.code for flag in under_age(case, 16)] == ["unclear", "under age"]


def test_a_stated_age_is_that_of_the_day_the_form_was_written() -> None:
    written_earlier = couple(victim=victim(age=37), date=dt.date(2023, 5, 26))
    assert under_age(written_earlier, 16) == ()


@pytest.mark.parametrize("born", [dt.date(2030, 1, 2), dt.date(1885, 5, 5)])
def test_a_date_of_birth_that_cannot_be_right_is_no_age(born: dt.date) -> None:
    [flag] = under_age(couple(victim=victim(date_of_birth=born)), 16)
    assert flag.code == "unclear"
    assert "cannot be right" in flag.reason


def test_what_cannot_wait_comes_first_then_the_threshold_then_the_gaps() -> None:
    case = couple(
        victim=victim(safe_to_call=False, date_of_birth=dt.date(2012, 5, 5)),
        reason=None,
        problems=[Problem("unclear", "police.reference", "The crime number cannot be read.")],
    )
    assert [flag.code for flag in flags(case, [], Rules())] == [
        "threats to kill",
        "unsafe contact",
        "under age",
        "threshold met",
        "children concerned",
        "missing",
        "unclear",
    ]
