"""Agendas: what the chair reads, and what an agency may."""

import dataclasses
import datetime as dt
import re

import pytest

from marac.agency import Contact
from marac.case import Case, Decision, Flag, MeetingDate
from marac.document import WORD
from marac.fortnight import Presenter, Transfer
from marac.generators.agenda import agenda_fields
from marac.generators.meeting_words import when
from marac.generators.people import age_in_words
from marac.meetings.hearing import order_of_hearing
from marac.meetings.leaves_the_room import leaves_the_room
from marac.meetings.presenting import asked_about, presents
from marac.meetings.withholding import Held
from marac.referral import Child, Perpetrator, Referrer, Victim
from tests.invented_cases import (
    AGENCIES,
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
    contact_details,
    empty_case,
    fortnight,
    heard_a_year_ago,
    joined_pair,
    referral,
    repeat_case,
    undecided_case,
)
from tests.meeting_papers import agency_agenda_of, agency_agenda_words, agenda_of, agenda_words, one_agenda_case

EVERY_CONTACT = contact_details(fortnight())
LATE = dt.date(2026, 11, 26)


def in_order(words: str, *pieces: str) -> bool:
    positions = [words.index(piece) for piece in pieces]
    return positions == sorted(positions)


# The chair's agenda


def test_the_agenda_follows_the_order_that_safelives_suggests() -> None:
    words = agenda_words(fortnight(), actions())
    assert in_order(
        words,
        "1. Introductions",
        "2. The chair reads the confidentiality statement",
        "3. Everyone signs",
        "4. Outstanding actions from earlier meetings",
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
    shown = one_agenda_case(repeat_case())
    assert shown.contact_warning == "NOT SAFE TO CONTACT. Do not call, write or visit without asking the referrer."
    assert shown.contact_notes == (
        "The form says: “He checks her phone. Text the sister only.”",
        "Do not talk to: “Her mother-in-law”",
    )
    assert "\n".join((shown.contact_warning, *shown.contact_notes)) in agenda_words((repeat_case(),))


def test_notes_that_ask_for_care_are_on_the_agenda_even_where_it_is_safe_to_call() -> None:
    victim = dataclasses.replace(VICTIM, contact_notes="Only between 9 and 11, never at weekends.")
    shown = one_agenda_case(case(form=referral(victim=victim)))
    assert shown.contact_warning == "Contact with care: safe only as the form has it."
    assert shown.contact_notes == ("The form says: “Only between 9 and 11, never at weekends.”",)


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


def test_an_unfinished_action_says_how_it_stands_and_who_carries_it_out() -> None:
    stands = dataclasses.replace(actions()[3], outcome="not done", note="The firm cancelled.", owner="Pat Rowe")
    words = agenda_words(fortnight(), (stands,))
    assert "Northbridge Homes & Tenancies, Pat Rowe\nRepair the gate.\n26 November 2026\nReported as not done" in words
    assert "The firm cancelled." in words


def test_what_could_not_be_done_since_the_last_meeting_is_looked_at_once_more() -> None:
    closed = dataclasses.replace(
        actions()[3], outcome="could not be done", done=dt.date(2026, 11, 25), note="She moved."
    )
    assert "Reported as could not be done: She moved." in agenda_words(fortnight(), (closed,))
    long_ago = dataclasses.replace(closed, done=dt.date(2026, 11, 1))
    assert "She moved." not in agenda_words(fortnight(), (long_ago,))


def test_a_case_that_nobody_presents_stands_out_on_the_first_page_and_in_its_place() -> None:
    words = agenda_words(fortnight())
    assert "Nobody presents yet: M26-0099. Name somebody before the meeting." in words
    assert words.count("NOBODY PRESENTS IT YET") == 1
    assert one_agenda_case(empty_case()).presented_by is None


def test_the_last_substitute_named_for_the_meeting_presents() -> None:
    elsewhen = Presenter("M26-0001", LAST_MEETING, "Somebody Else", "police", "J. Marsh", LATE)
    first = Presenter("M26-0001", MEETING.date, "Sgt Ada Wynne", "police", "J. Marsh", LATE)
    last = Presenter("M26-0001", MEETING.date, "DI Mair Cole", "police", "J. Marsh", LATE)
    shown = one_agenda_case(case(), presenters=(first, last, elsewhen))
    assert shown.presented_by == "DI Mair Cole (Northbridge Police), instead of the referrer"
    assert one_agenda_case(case(), presenters=(elsewhen,)).presented_by.startswith("Helen Farrow")


def test_a_referrer_whose_name_is_missing_presents_nothing() -> None:
    nameless = case(form=referral(referrer=Referrer(role="Tenancy officer", agency="Northbridge Homes & Tenancies")))
    assert one_agenda_case(nameless).presented_by is None


def test_a_late_addition_says_who_put_it_there_and_why() -> None:
    put_on = Decision("M26-0001", "list", "Strangulation last night.", "J. Marsh", LATE, None, MEETING.date)
    late = case(received=LATE, decisions=(put_on,))
    assert "Added late. Put on this agenda by J. Marsh: Strangulation last night." in agenda_words((late,))
    assert "Added late. It came after the cut-off." in agenda_words((case(received=LATE),))
    assert "Added late" not in agenda_words((case(received=MEETING.cut_off),))


def test_the_chair_reads_from_whom_a_case_is_held_back_and_why() -> None:
    held = (Held("M26-0001", "housing", "An employee is the perpetrator.", decided=True), Held("M26-0001", "idva", ""))
    words = agenda_words((case(),), held=held)
    reason = "conflict of interest (An employee is the perpetrator)."
    assert f"Not shown to Northbridge Homes & Tenancies: {reason}" in words
    assert "Not shown to Safe Haven IDVA Service: conflict of interest. A person must decide" in words


def test_the_chairs_papers_say_who_leaves_the_room_and_no_agencys_does() -> None:
    housing = dataclasses.replace(HOUSING, senior=Contact("Mair Beynon", "mair@council.example"))
    held = (
        Held("M26-0001", "housing", "", decided=True, person="Dai Rees"),
        Held("M26-0001", "idva", "", to_senior=False),
        Held("M26-0002", "police", "", decided=True),
    )
    (hearing,) = order_of_hearing((case(),), MEETING.date)
    assert leaves_the_room(hearing, held, (POLICE, housing, IDVA)) == (
        f"Before this item: Dai Rees, and everybody else of {HOUSING.name}, leave the room. Mair Beynon alone may stay.",
        "Before this item: Safe Haven IDVA Service leaves the room.",
    )
    words = agenda_words((case(),), held=held)
    assert "Before this item: Safe Haven IDVA Service leaves the room." in words
    assert "leaves the room" not in agenda_words((case("M26-0005"),), held=held)
    assert "the room" not in agency_agenda_words(agency_agenda_of((case(),), held=held))


def test_a_transferred_case_shows_where_it_came_from() -> None:
    brought = Transfer(1, "M26-0001", "in", "Southtown MARAC", "0" * 64, LATE, "J. Marsh")
    assert "Transferred from\nSouthtown MARAC" in agenda_words((case(),), transfers=(brought,))
    assert "Transferred from\nSouthtown MARAC" in agency_agenda_words(agency_agenda_of((case(),), transfers=(brought,)))
    assert "Transferred from" not in agenda_words((case(),))


def test_the_agenda_says_when_and_where_and_why_not_on_its_day() -> None:
    moved = dataclasses.replace(
        MEETING,
        at=dt.time(9, 30),
        venue="The First Step",
        moved_from=dt.date(2026, 12, 2),
        why="moved from 2 December 2026: the council is closed",
    )
    expected = "3 December 2026 at 09:30, The First Step. Moved from 2 December 2026: the council is closed."
    assert when(moved) == expected
    assert expected in agenda_words((case(),), meeting=moved)


def test_only_the_chair_reads_why_a_person_called_a_meeting() -> None:
    called = dataclasses.replace(MEETING, urgent=True, why="called on 1 December 2026: threats to kill Nia Ap Dafydd")
    assert when(called) == "3 December 2026. An urgent meeting"
    assert "threats to kill" in when(called, for_the_chair=True)


def test_the_chairs_agenda_is_numbered_in_the_order_of_hearing() -> None:
    words = agenda_words(fortnight())
    assert in_order(words, "1.   M26-0002", "2.   M26-0004", "3.   M26-0001", "4.   M26-0003", "5.   M26-0099")


# An agency's agenda


def test_an_agency_reads_at_the_top_what_it_presents_itself() -> None:
    fields = agency_agenda_of(fortnight())
    assert [shown.reference for shown in fields.to_present] == ["M26-0004", "M26-0001"]
    words = agency_agenda_words(fields)
    assert in_order(words, "What you present", "M26-0004\n", "Your outstanding actions", "Cases with children")


def test_who_presents_instead_of_the_referrer_has_the_case_on_their_own_list() -> None:
    substitute = (Presenter("M26-0001", MEETING.date, "DI Mair Cole", "police", "J. Marsh", LATE),)
    (hearing,) = order_of_hearing((case(),), MEETING.date)
    assert presents(POLICE, hearing, substitute, MEETING.date)
    assert not presents(HOUSING, hearing, substitute, MEETING.date)
    unnamed = (dataclasses.replace(substitute[0], agency=None),)
    assert presents(HOUSING, hearing, unnamed, MEETING.date)


def test_an_agency_reads_neither_addresses_nor_why_a_case_is_listed_nor_what_others_do() -> None:
    held = (Held("M26-0001", "police", "An officer is the perpetrator.", decided=True),)
    words = agency_agenda_words(agency_agenda_of(fortnight(), held=held, own=actions()[:1], past=(heard_a_year_ago(),)))
    assert not [text for text in EVERY_CONTACT if text in words]
    for kept in (
        "16 ticks",
        "Text the sister",
        "An officer is",
        "Not shown to",
        "Visit both children",
        "waited outside",
    ):
        assert kept not in words
    assert "Fit new locks & a spy hole." in words
    assert "Eluned Price" in words


def test_an_agencys_agenda_has_no_numbers_that_could_be_held_against_the_chairs() -> None:
    seen = [each for each in fortnight() if each.reference != "M26-0001"]
    fields = agency_agenda_of(seen)
    shown = (*fields.cases_with_children, *fields.cases_with_adults_only)
    assert [each.reference for each in shown] == ["M26-0002", "M26-0004", "M26-0003", "M26-0099"]
    assert fields.number_of_cases == 4
    words = agency_agenda_words(fields)
    assert not [line for line in words.splitlines() if re.match(r"\d+\.? *(?:M26-|$)", line)]
    assert "Please call each case by its reference" in agenda_words(fortnight())


def test_an_agency_that_is_no_core_one_is_asked_about_what_it_brings_alone() -> None:
    hearings = order_of_hearing(fortnight(), MEETING.date)
    allied = dataclasses.replace(IDVA, core=False)
    assert [each.case.reference for each in asked_about(allied, hearings, (), MEETING.date)] == ["M26-0003"]
    assert asked_about(IDVA, hearings, (), MEETING.date) == hearings


def test_a_late_case_is_marked_for_agencies_without_the_reason() -> None:
    put_on = Decision("M26-0001", "list", "Strangulation last night.", "J. Marsh", LATE, None, MEETING.date)
    words = agency_agenda_words(agency_agenda_of((case(received=LATE, decisions=(put_on,)),)))
    assert "Added late" in words
    assert "Strangulation" not in words


# Both


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
    assert printed in agency_agenda_words(agency_agenda_of(hostile))


def test_the_chairs_file_is_named_for_the_day_alone() -> None:
    made = agenda_of(fortnight())
    assert (made.name, made.media_type) == ("agenda 2026-12-03.docx", WORD)
