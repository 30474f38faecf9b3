"""Outcome notes, notices of files to flag, lists of ending flags, reminders and IDVA referrals: each opened again."""

import dataclasses
import datetime as dt

import pytest

from marac.action import Action
from marac.agency import Agency, Contact
from marac.case import Case
from marac.document import Document
from marac.generators.addressed import Sender
from marac.generators.flagging import ending_fields, ending_of, flag_fields, flagged_case, flags_of
from marac.generators.idva import idva_referral_fields, idva_referral_of
from marac.generators.outcomes import outcome_case, outcome_fields, outcome_of
from marac.generators.reminders import reminder_fields, reminder_of
from marac.meetings.flag_ends import EndedFlag
from marac.meetings.hearing import Hearing
from marac.meetings.items import Items
from marac.meetings.overdue import overdue_actions
from marac.settings.agencies import of_contact
from tests.invented_cases import (
    AGENCIES,
    CHILDREN,
    HOUSING,
    IDVA,
    MARAC,
    MEETING,
    VICTIM,
    actions,
    case,
    contact_details,
    fortnight,
    referral,
    repeat_case,
    undecided_case,
)
from tests.meeting_papers import shipped
from tests.word_templates import words_of

SENDER = Sender(MARAC, "Jo Marsh", "marac@northbridge.example")
NAMES = {agency.id: agency.name for agency in AGENCIES}
UNTIL, REFERRED = dt.date(2027, 11, 20), dt.date(2026, 11, 20)
ITEMS = Items(fortnight())
KEEPS_FILES = dataclasses.replace(CHILDREN, child_files=True)


def item(reference: str) -> Hearing:
    found = ITEMS.of(reference)
    assert found is not None
    return found


def outcome_words(*hearings: Hearing, told_with: tuple[str, ...] = (), reader: Agency = IDVA) -> str:
    cases = [outcome_case(each, reader, actions(), NAMES, told_with) for each in hearings]
    made = outcome_of(
        outcome_fields(MEETING, reader, cases, SENDER, "10 December 2026"), reader, MEETING, shipped("outcome")
    )
    return words_of(made.content)


def flag_words(reader: Agency, *hearings: Hearing, any_abuse: bool = True) -> str:
    cases = [flagged_case(EndedFlag(each, UNTIL, REFERRED), reader, "flags") for each in hearings]
    fields = flag_fields(MEETING, reader, cases, SENDER, months=12, any_abuse=any_abuse)
    return words_of(flags_of(fields, reader, MEETING, shipped("flags")).content)


def idva_referral(referred: Case) -> Document:
    return idva_referral_of(idva_referral_fields(Hearing(referred), IDVA, SENDER), IDVA, shipped("idva-referral"))


def in_order(words: str, *pieces: str) -> bool:
    positions = [words.index(piece) for piece in pieces]
    return positions == sorted(positions)


def test_an_outcome_note_warns_first_then_names_the_victim_and_what_every_agency_does() -> None:
    words = outcome_words(item("M26-0002"))
    assert in_order(
        words,
        "Case M26-0002",
        "NOT SAFE TO CONTACT. Do not call, write or visit without asking the referrer.",
        "The form says: “He checks her phone. Text the sister only.”",
        "Do not talk to: “Her mother-in-law”",
        "Nia Ap Dafydd",
        "Children's Social Care",
        "Visit both children at school.",
        "Northbridge Homes & Tenancies",
        "Offer a management transfer <urgent>.",
    )


def test_an_outcome_note_says_by_when_and_never_by_letter_and_how_to_report() -> None:
    words = outcome_words(item("M26-0001"))
    assert "Please tell each victim named below by 10 December 2026" in words
    assert "Never write to the home" in words


def test_the_line_to_reply_with_leaves_the_day_open() -> None:
    words = outcome_words(item("M26-0001"))
    assert "M26-0001: told on … by telephone" in words
    assert "Write the day on which you told in place of the dots." in words
    assert "told on 3" not in words


def test_an_outcome_note_holds_no_address_number_or_word_of_the_perpetrator() -> None:
    words = outcome_words(*(item(each.reference) for each in fortnight() if each.state != "joined"))
    assert not [text for text in contact_details(fortnight()) if text in words]
    assert "Łukasz" not in words
    assert "Cerys" not in words


@pytest.mark.parametrize(
    ("safe", "notes", "warning"),
    [
        (True, None, None),
        (True, "Ring only while he is at work.", "Contact with care:"),
        (True, "Do not call the landline.", "NOT SAFE TO CONTACT."),
        (None, None, "Not known to be safe."),
        (False, None, "NOT SAFE TO CONTACT."),
    ],
)
def test_whether_contact_is_safe_is_said_as_the_form_says_it(
    safe: bool | None, notes: str | None, warning: str | None
) -> None:
    form = referral(victim=dataclasses.replace(VICTIM, safe_to_call=safe, contact_notes=notes))
    words = outcome_words(Hearing(case(form=form)))
    starts = ("NOT SAFE TO CONTACT.", "Not known to be safe.", "Contact with care:")
    assert [start for start in starts if start in words] == ([warning] if warning else [])
    assert ("The form says that it is safe to call." in words) == (warning is None)
    assert notes is None or notes in words


def test_who_else_has_an_outcome_note_is_named_only_where_the_caller_says_so() -> None:
    assert "has this note too" not in outcome_words(item("M26-0001"))
    words = outcome_words(item("M26-0001"), told_with=("Northbridge Homes & Tenancies",))
    assert "Northbridge Homes & Tenancies has this note too. Agree between you" in words


def test_a_case_without_actions_says_so() -> None:
    assert "No action is recorded for this case." in outcome_words(item("M26-0003"))


def test_what_was_agreed_and_could_not_be_done_is_not_said_to_be_nothing() -> None:
    undone = tuple(dataclasses.replace(each, outcome="could not be done") for each in actions())
    noted = outcome_case(item("M26-0002"), IDVA, undone, NAMES, ())
    fields = outcome_fields(MEETING, IDVA, [noted], SENDER, "10 December 2026")
    words = words_of(outcome_of(fields, IDVA, MEETING, shipped("outcome")).content)
    assert "What was agreed could not be done. Ask the coordinator what to tell." in words
    assert "No action is recorded" not in words
    assert "Visit both children at school." not in words


def test_a_notice_of_files_to_flag_names_everybody_with_every_name_and_the_last_day() -> None:
    words = flag_words(KEEPS_FILES, item("M26-0002"), item("M26-0004"))
    assert in_order(
        words, "M26-0002", "Nia Ap Dafydd", "born 3 April 1991", "Łukasz Żółć (also: Luke)", "20 November 2027"
    )
    assert "20 November 2027\ncounted from the referral of 20 November 2026" in words
    assert "Cerys Gwynfryn-Hughes\nborn 1 February 2026" in words
    assert "Siân Gwynfryn-Hughes (also: Sian Gwynfrin Hughes, Siân Hughes)" in words
    assert not [text for text in contact_details(fortnight()) if text in words]


def test_children_are_named_to_agencies_that_keep_files_on_children_alone() -> None:
    words = flag_words(HOUSING, item("M26-0002"))
    assert "Cerys" not in words
    assert "children are named" in words
    assert "Flag the file of each child too" not in words
    assert "Flag the file of each child too" in flag_words(KEEPS_FILES, item("M26-0002"))


def test_what_makes_a_repeat_is_said_as_the_area_counts_it() -> None:
    assert "any abuse, threat or unwanted contact" in flag_words(HOUSING, item("M26-0001"))
    older = flag_words(HOUSING, item("M26-0001"), any_abuse=False)
    assert "What would be a crime between the same people counts" in older
    assert "any abuse, threat" not in older


def test_a_list_of_ending_flags_names_the_month_and_the_last_days() -> None:
    ended = EndedFlag(item("M25-0107"), dt.date(2026, 12, 20), dt.date(2025, 12, 20), by_referral=False)
    cases = [flagged_case(ended, HOUSING, "flags-ending")]
    made = ending_of(
        ending_fields(dt.date(2026, 12, 1), HOUSING, cases, SENDER),
        HOUSING,
        dt.date(2026, 12, 1),
        shipped("flags-ending"),
    )
    words = words_of(made.content)
    assert made.name == "flags-ending housing 2026-12.docx"
    assert in_order(
        words, "Flags that end in December 2026", "M25-0107", "Eluned Price", "Carl Vance", "20 December 2026"
    )
    assert "20 December 2026\ncounted from the meeting of 20 December 2025" in words


def reminder_words(reader: Agency, acts: tuple[Action, ...], reminded: tuple[dt.date, ...] = (), **more: bool) -> str:
    day = dt.date(2026, 12, 25)
    fields = reminder_fields(reader, MEETING.date, day, overdue_actions(acts, {}, day), ITEMS, reminded, SENDER, **more)
    return words_of(reminder_of(fields, reader, shipped("reminder")).content)


def test_a_reminder_counts_for_each_action_and_is_answered_as_a_letter_is() -> None:
    own = tuple(each for each in actions() if each.agency == "housing")
    words = reminder_words(HOUSING, own, (dt.date(2026, 12, 4),))
    assert "Second reminder: overdue actions" in words
    assert in_order(words, "Action 4", "Repair the gate.", "second reminder", "Action 1", "first reminder")
    assert "26 November 2026\noverdue since 27 November 2026" in words
    assert "Action 4: done / could not be done, because … / not done, because …   (M25-0107)" in words
    assert "manager" not in words


def test_a_managers_reminder_says_why_it_comes_to_the_manager() -> None:
    named = dataclasses.replace(HOUSING, manager=Contact("Ama Boateng", "a.boateng@homes.example"))
    manager = of_contact(named, "manager")
    assert manager is not None
    words = reminder_words(manager, actions()[:1])
    assert "Dear Ama Boateng" in words
    assert "We write to you as the manager whom the agency named for this." in words
    assert "Your agency's manager is told" in reminder_words(HOUSING, actions()[:1], copied_to_manager=True)


def test_a_referral_to_the_idva_service_holds_what_it_needs_to_make_safe_contact() -> None:
    made = idva_referral(repeat_case())
    words = words_of(made.content)
    assert made.name == "idva referral M26-0002.docx"
    assert in_order(
        words,
        "case M26-0002, received 20 November 2026, listed for the meeting on 3 December 2026",
        "NOT SAFE TO CONTACT.",
        "Text the sister only.",
        "Nia Ap Dafydd",
        "07700900777",
        "14 Larch Rise, Northbridge, ZZ99 4AB",
        "Łukasz Żółć",
        "Ioan Gwynfryn-Hughes",
        "PC Alun Reese, Constable (Northbridge Police)",
        "potential escalation",
        "He waited outside her work twice last week",
    )
    assert "07700900456" not in words


def test_a_referral_with_next_to_nothing_on_its_form_is_made_all_the_same() -> None:
    words = words_of(idva_referral(undecided_case()).content)
    assert "Bronwen <Bee> O'Neill" in words
    assert "Not known to be safe." in words
    assert "Telephone\nnot recorded" in words
