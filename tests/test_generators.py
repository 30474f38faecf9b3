import dataclasses
import datetime as dt
import io
from importlib.resources import files
from typing import Any

import docx
import pytest

from marac.case import Action, Agency, Case, Decision, Flag, MeetingDate
from marac.document import WORD, Document
from marac.generators.agenda import agenda, agenda_fields
from marac.generators.letters import actions_of, letter
from marac.generators.people import age_in_words
from marac.generators.research import research
from marac.referral import Child, Perpetrator, Referrer, Victim
from tests.invented_cases import (
    AGENCIES,
    CHILDREN,
    HOUSING,
    IDVA,
    LAST_MEETING,
    MARAC,
    MEETING,
    POLICE,
    THRESHOLD_MET,
    VICTIM,
    actions,
    case,
    children,
    contact_details,
    empty_case,
    fortnight,
    heard_a_year_ago,
    joined_pair,
    referral,
    repeat_case,
    undecided_case,
)
from tests.word_templates import words_of

RETURN_BY = dt.date(2026, 12, 1)
EVERY_CONTACT = contact_details(fortnight())


def shipped(kind: str) -> bytes:
    return (files("marac") / "templates" / f"{kind}.docx").read_bytes()


def agenda_words(cases: tuple[Case, ...], acts: tuple[Action, ...] = ()) -> str:
    made = agenda(MEETING, cases, acts, AGENCIES, marac=MARAC, template=shipped("agenda"), previous=LAST_MEETING)
    return words_of(made.content)


def research_pack(cases: tuple[Case, ...], agency: Agency = HOUSING, *, addresses: bool = False) -> Document:
    return research(
        MEETING,
        cases,
        agency,
        marac=MARAC,
        coordinator="Jo Marsh",
        email="marac@northbridge.example",
        return_by=RETURN_BY,
        template=shipped("research"),
        addresses=addresses,
    )


def letter_words(agency: Agency, cases: tuple[Case, ...] | None = None, acts: tuple[Action, ...] | None = None) -> str:
    made = letter(
        MEETING,
        fortnight() if cases is None else cases,
        actions() if acts is None else acts,
        agency,
        marac=MARAC,
        coordinator="Jo Marsh",
        email="marac@northbridge.example",
        template=shipped("letter"),
    )
    return words_of(made.content)


def one_agenda_case(*cases: Case) -> Any:
    fields = agenda_fields(MEETING, cases, (), AGENCIES, marac=MARAC)
    (only,) = (*fields.cases_with_children, *fields.cases_with_adults_only)
    return only


def in_order(words: str, *pieces: str) -> bool:
    positions = [words.index(piece) for piece in pieces]
    return positions == sorted(positions)


# The agenda


def test_the_agenda_follows_the_order_that_safelives_suggests() -> None:
    words = agenda_words(fortnight(), actions())
    assert in_order(
        words,
        "1. Introductions",
        "2. The chair reads the confidentiality statement",
        "3. Everyone signs",
        "4. Actions from earlier meetings",
        "Repair the gate.",
        "5. Cases with children",
        "M26-0002   Nia Ap Dafydd",
        "Agencies that work with children only may leave",
        "6. Cases with adults only",
        "M26-0003   Bronwen <Bee> O'Neill",
        "7. Cases last heard twelve months ago",
        "Eluned Price\nCarl Vance",
        "8. Any other business",
    )


def test_every_agency_has_a_line_to_sign_on() -> None:
    words = agenda_words(())
    assert "Northbridge Homes & Tenancies\nTomasz Wiśniewski" in words
    assert all(agency.name in words for agency in AGENCIES)


def test_the_agenda_shows_no_address_and_no_telephone_number() -> None:
    words = agenda_words(fortnight(), actions())
    assert not [text for text in EVERY_CONTACT if text in words]


def test_a_case_shows_who_is_named_and_why_it_is_listed() -> None:
    words = agenda_words((repeat_case(),))
    assert "Łukasz Żółć (also: Luke)\nBorn: 24 December 1988\nRelationship to the victim: ex-partner" in words
    assert "Ioan Gwynfryn-Hughes, born: 15 June 2023 (3 years)" in words
    assert "PC Alun Reese, Constable (Northbridge Police)" in words
    assert "The checklist has 16 ticks; 14 or more is high risk here.\nPotential escalation" in words
    assert "Repeat: The same two people were heard as M26-0000 on 30 April 2026." in words


def test_a_victim_whom_it_is_not_safe_to_call_is_marked() -> None:
    warning = one_agenda_case(repeat_case()).contact_warning
    assert warning.startswith("NOT SAFE TO CONTACT. The form says that it is not safe to call.")
    assert "“He checks her phone. Text the sister only.”" in warning
    assert "Do not talk to: “Her mother-in-law”" in warning
    assert f"Contact: {warning}" in agenda_words((repeat_case(),))


def test_notes_that_ask_for_care_are_on_the_agenda_even_where_it_is_safe_to_call() -> None:
    victim = dataclasses.replace(VICTIM, contact_notes="Only between 9 and 11, never at weekends.")
    warning = one_agenda_case(case(form=referral(victim=victim))).contact_warning
    assert warning == "Take care. The form says: “Only between 9 and 11, never at weekends.”"


@pytest.mark.parametrize(("safe", "warned"), [(True, False), (False, True), (None, True)])
def test_only_a_form_that_says_that_it_is_safe_to_call_gives_no_warning(safe: bool | None, *, warned: bool) -> None:
    shown = one_agenda_case(case(form=referral(victim=dataclasses.replace(VICTIM, safe_to_call=safe))))
    assert (shown.contact_warning is not None) == warned


def test_an_undecided_case_is_listed_and_clearly_marked() -> None:
    words = agenda_words((undecided_case(),))
    assert "NOT DECIDED YET whether this case is heard. The checklist has 9 ticks; 14 is the threshold here." in words
    decided = dataclasses.replace(
        undecided_case(),
        decisions=(Decision("M26-0003", "hear", "Pattern of control.", "J. Marsh", dt.date(2026, 11, 25)),),
    )
    assert "NOT DECIDED YET" not in agenda_words((decided,))


def test_a_case_that_a_person_decided_not_to_hear_is_not_listed() -> None:
    against = Decision("M26-0003", "not-heard", "No recent incident.", "J. Marsh", dt.date(2026, 11, 25))
    assert "M26-0003" not in agenda_words((dataclasses.replace(undecided_case(), decisions=(against,)),))


def test_cases_of_other_meetings_are_not_listed() -> None:
    elsewhen = case("M26-0050", meeting=dt.date(2026, 12, 17))
    waiting = case("M26-0051", state="received", meeting=None)
    assert "M26-005" not in agenda_words((elsewhen, waiting))


def test_a_joined_duplicate_is_one_case_with_both_agencies_and_everything_that_either_form_says() -> None:
    words = agenda_words(joined_pair())
    assert words.count("M26-0004   ") == 1
    assert "M26-0005   " not in words
    assert "Northbridge Homes & Tenancies; Northbridge Police" in words
    assert "Siân Gwynfryn-Hughes (also: Sian Gwynfrin Hughes, Siân Hughes)" in words
    assert "Cerys Gwynfryn-Hughes" in words
    assert "NOT SAFE TO CONTACT" in words
    assert "PC Alun Reese" in words
    assert in_order(words, "5. Cases with children", "M26-0004   ", "6. Cases with adults only")


def test_a_person_named_alike_on_both_forms_stands_once() -> None:
    assert agenda_words(joined_pair()).count("Łukasz Żółć") == 1


def test_another_date_of_birth_on_the_second_form_is_shown() -> None:
    first, second = joined_pair()
    younger = dataclasses.replace(VICTIM, date_of_birth=dt.date(1992, 4, 3))
    second = dataclasses.replace(second, reading=dataclasses.replace(second.reading, referral=referral(victim=younger)))
    assert "Born: 3 April 1991 or 3 April 1992" in agenda_words((first, second))


def test_a_case_joined_to_one_that_the_register_does_not_know_is_heard_itself() -> None:
    _, second = joined_pair()
    assert one_agenda_case(second).reference == "M26-0005"


def test_cases_joined_in_a_chain_are_one() -> None:
    first, second = joined_pair()
    third = case("M26-0006", state="joined", joined_to="M26-0005", agency="Safe Haven IDVA Service")
    shown = one_agenda_case(first, second, third)
    assert shown.referred_by == "Northbridge Homes & Tenancies; Northbridge Police; Safe Haven IDVA Service"


def test_a_possible_duplicate_is_marked_until_a_person_compared_the_two() -> None:
    flag = Flag("possible duplicate", "It may be the same case as M26-0009.", "", "M26-0009", needs_decision=True)
    waiting = case(flags=(THRESHOLD_MET, flag))
    told_apart = dataclasses.replace(
        waiting, decisions=(Decision("M26-0001", "not-same-as", "r", "J. M.", MEETING.date, "M26-0009"),)
    )
    assert one_agenda_case(waiting).undecided == flag.reason
    assert one_agenda_case(told_apart).undecided is None


def test_an_empty_form_is_listed_and_says_what_is_not_recorded() -> None:
    words = agenda_words((empty_case(),))
    assert "M26-0099   not recorded" in words
    assert "Referred by\nnot recorded" in words
    assert "Why it is listed\nnot recorded" in words


def test_an_action_that_is_done_or_new_is_not_among_the_unfinished() -> None:
    words = agenda_words(fortnight(), actions())
    assert "Repair the gate." in words
    assert "Remove the marker." not in words
    assert "Fit new locks" not in words


def test_a_case_heard_a_year_ago_is_listed_once_and_not_if_the_same_people_came_back() -> None:
    past = heard_a_year_ago()
    back = case(state="heard", flags=(Flag("repeat", "The same two people.", "", past.reference),))

    def told(*cases: Case, previous: dt.date | None, on: dt.date = MEETING.date) -> bool:
        fields = agenda_fields(MeetingDate(on, on), cases, (), (), marac=MARAC, previous=previous)
        return bool(fields.twelve_months)

    assert told(past, previous=LAST_MEETING)
    assert told(past, previous=None)
    assert not told(past, previous=MEETING.date, on=dt.date(2026, 12, 17))
    assert not told(past, previous=None, on=LAST_MEETING)
    assert not told(past, back, previous=LAST_MEETING)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (dt.date(2019, 12, 3), "7 years"),
        (dt.date(2019, 12, 4), "6 years"),
        (dt.date(2025, 12, 3), "1 year"),
        (dt.date(2025, 12, 4), "11 months"),
        (dt.date(2026, 11, 3), "1 month"),
        (dt.date(2026, 11, 4), "under 1 month"),
        (dt.date(2026, 12, 4), "date of birth is after the meeting: check it"),
        (None, None),
    ],
)
def test_a_childs_age_is_told_in_words(born: dt.date | None, age: str | None) -> None:
    assert age_in_words(born, dt.date(2026, 12, 3)) == age


# The research pack


def test_a_research_pack_asks_in_plain_words() -> None:
    words = words_of(research_pack(fortnight()).content)
    for asked in (
        "Please send this file back by 1 December 2026",
        "to marac@northbridge.example",
        "Do not contact the victim",
        "go through the IDVA or the agency that referred the case",
        "relevant, necessary and proportionate",
        "1. Factors that significantly affect the risk",
        "2. Your assessment of the risk",
        "3. How you manage the risk",
        "Facts, with date and source:\nProfessional opinion:",
    ):
        assert asked in words


def test_a_research_pack_has_a_section_for_every_case_on_the_list() -> None:
    words = words_of(research_pack(fortnight()).content)
    references = ("M26-0002", "M26-0004", "M26-0001", "M26-0003", "M26-0099")
    assert in_order(words, *(f"Case {reference}" for reference in references))
    assert words.count("Nothing known.") == len(references)
    assert "M26-0005" not in words
    assert "M25-0107" not in words


def test_the_boxes_of_a_research_pack_can_be_ticked() -> None:
    document = docx.Document(io.BytesIO(research_pack((case(),)).content))
    boxes = document.element.body.findall(".//{http://schemas.microsoft.com/office/word/2010/wordml}checkbox")
    assert len(boxes) == 2


def test_addresses_are_in_a_research_pack_only_where_the_area_says_so() -> None:
    without = words_of(research_pack(fortnight()).content)
    assert not [text for text in EVERY_CONTACT if text in without]
    shown = words_of(research_pack(fortnight(), addresses=True).content)
    assert "14 Larch Rise, Northbridge, ZZ99 4AB" in shown
    assert "2 Mill Row, Northbridge, ZZ99 4AC" in shown
    phones = {case_.referral.victim.phone for case_ in fortnight()} - {None}
    assert not [phone for phone in phones if str(phone) in shown]


def test_the_narrative_and_contact_notes_of_a_form_are_not_in_a_research_pack() -> None:
    words = words_of(research_pack(fortnight()).content)
    assert "waited outside her work" not in words
    assert "Text the sister" not in words
    assert words.count("Not safe to contact the victim") == 4


def test_the_referring_agency_is_asked_why_the_case_is_high_risk() -> None:
    question = "Your agency referred this case: why is it high risk?"
    assert question in words_of(research_pack((case(),), HOUSING).content)
    assert question not in words_of(research_pack((case(),), POLICE).content)
    by_domain = case(agency="Tenancies Team", form=referral(referrer=Referrer(email="x@HOMES.example")))
    assert question in words_of(research_pack((by_domain,), HOUSING).content)


# The action letter


def test_a_letter_holds_the_agencys_own_actions_only() -> None:
    words = letter_words(HOUSING)
    assert "Fit new locks & a spy hole." in words
    assert "Offer a management transfer <urgent>." in words
    assert "Visit both children at school." not in words
    assert "Remove the marker." not in words
    assert "10 December 2026" in words
    assert in_order(words, "Fit new locks", "Still open from earlier meetings", "Repair the gate.")


def test_a_letter_holds_no_address_telephone_number_or_childs_name() -> None:
    for agency in AGENCIES:
        words = letter_words(agency)
        assert not [text for text in EVERY_CONTACT if text in words]
        assert not [child.name for child in children(6) if str(child.name) in words]
        assert "Łukasz" not in words


def test_a_letter_tells_to_record_an_action_on_each_childs_file_where_children_are_named() -> None:
    words = letter_words(CHILDREN)
    assert "Visit both children at school.\nChildren are named: record this on each child's file." in words
    alone = letter_words(HOUSING, acts=actions()[:1])
    assert "Children are named: record this" not in alone
    assert "record the action on each child's file too" in alone


def test_a_letter_says_how_to_report_and_that_it_is_confidential() -> None:
    words = letter_words(HOUSING)
    assert "send this file back to marac@northbridge.example" in words
    assert "not done yet\n" in words
    assert "could not be done\n" in words
    assert "Nothing in these papers may reach the person who causes the harm" in words


def test_a_letter_greets_the_representative_or_else_a_colleague() -> None:
    assert "Dear Tomasz Wiśniewski" in letter_words(HOUSING)
    assert "Dear colleague" in letter_words(CHILDREN)


def test_a_letter_without_actions_says_so() -> None:
    words = letter_words(IDVA)
    assert "No new action was agreed for your agency at this meeting." in words
    assert "Still open" not in words


def test_an_action_for_a_joined_case_names_the_victim_of_the_case_that_carries_on() -> None:
    acts = (Action(9, "M26-0005", "housing", MEETING.date, "Fit a light.", MEETING.date),)
    words = letter_words(HOUSING, joined_pair(), acts)
    assert "M26-0005\nAction 9\nSiân Gwynfryn-Hughes\nFit a light.\nChildren are named" in words


def test_every_open_action_of_an_agency_is_in_the_letter_of_exactly_one_meeting() -> None:
    later = MeetingDate(dt.date(2026, 12, 17), dt.date(2026, 12, 8))
    cases = (*fortnight(), case("M26-0060", meeting=later.date))
    acts = (
        *actions(),
        Action(6, "M26-0060", "housing", later.date, "Later.", later.date),
        Action(7, "?", "housing", later.date, "Unknown case.", MEETING.date),
    )
    agreed, open_before = actions_of(HOUSING, MEETING, cases, acts)
    assert [action.number for action in agreed] == [1, 3, 7]
    assert [action.number for action in open_before] == [4]
    agreed, open_before = actions_of(HOUSING, later, cases, acts)
    assert [action.number for action in agreed] == [6]
    assert {action.number for action in open_before} == {1, 3, 4, 7}


# All of them


@pytest.mark.parametrize(
    "text", ['<b>"I will kill you"</b> & left', "{{ 7*7 }}", "a\nb", "\ud83d\x00\u202eX", "x" * 5000, "Żółć ŵŷ 王"]
)
def test_hostile_words_on_a_form_stay_words(text: str) -> None:
    form = referral(
        victim=Victim(name=text, aliases=(text,), contact_notes=text),
        perpetrators=(Perpetrator(name=text, relationship=text),),
        children=(Child(name=text),),
        referrer=Referrer(name=text, role=text, agency=text),
    )
    hostile = (case(form=form, agency=text, flags=(Flag("threshold met", text),)),)
    printed = text.replace("\ud83d", "\ufffd").replace("\x00", "\ufffd").replace("\u202e", "\ufffd")
    assert printed in agenda_words(hostile)
    assert "Any other business" in agenda_words(hostile)
    assert printed in words_of(research_pack(hostile, addresses=True).content)
    acts = (Action(1, "M26-0001", "housing", MEETING.date, text, MEETING.date),)
    assert printed in letter_words(HOUSING, hostile, acts)
    assert "Yours sincerely" in letter_words(HOUSING, hostile, acts)


def test_file_names_hold_the_kind_the_agency_and_the_day_only() -> None:
    made = agenda(MEETING, fortnight(), (), AGENCIES, marac=MARAC, template=shipped("agenda"))
    assert (made.name, made.media_type) == ("agenda 2026-12-03.docx", WORD)
    assert research_pack(fortnight()).name == "research housing 2026-12-03.docx"


def test_the_same_register_gives_the_same_bytes() -> None:
    assert research_pack(fortnight()).sha256 == research_pack(fortnight()).sha256
