"""The action letter: an agency's own actions as they stood at the meeting, and how they are answered."""

import dataclasses
import datetime as dt
import io
from typing import Any

import docx
import pytest

from marac.action import Action
from marac.agency import Agency, Contact
from marac.case import Case, MeetingDate
from marac.document import WORD, Document
from marac.fortnight import ActionReport
from marac.generators.addressed import Sender
from marac.generators.letters import actions_of, letter_fields, letter_of
from marac.meetings.items import Items
from marac.parsers import readings
from marac.referral import Victim
from marac.reply import Reply
from marac.settings.agencies import of_contact
from tests.answered_papers import filled_letter
from tests.invented_cases import (
    AGENCIES,
    CHILDREN,
    HOUSING,
    IDVA,
    MARAC,
    MEETING,
    actions,
    case,
    children,
    contact_details,
    fortnight,
    joined_pair,
    referral,
)
from tests.meeting_papers import shipped
from tests.word_templates import words_of

SENDER = Sender(MARAC, "Jo Marsh", "marac@northbridge.example")
DEADLINE = dataclasses.replace(MEETING, updates_due=dt.datetime(2026, 12, 15, 17))
KEEPS_FILES = dataclasses.replace(CHILDREN, child_files=True)
RUTH = Contact("Ruth Adeyemi", "r.adeyemi@homes.example")
EVERY_CONTACT = contact_details(fortnight())


def made(
    agency: Agency,
    cases: tuple[Case, ...] | None = None,
    acts: tuple[Action, ...] | None = None,
    meeting: MeetingDate = DEADLINE,
    reports: tuple[ActionReport, ...] = (),
) -> Document:
    """The letter, made from the shipped template."""
    items = Items(fortnight() if cases is None else cases)
    fields = letter_fields(meeting, items, actions() if acts is None else acts, agency, SENDER, reports)
    return letter_of(fields, agency, meeting, shipped("letter"))


def letter_words(*arguments: Any, **more: Any) -> str:
    return words_of(made(*arguments, **more).content)


def in_order(words: str, *pieces: str) -> bool:
    positions = [words.index(piece) for piece in pieces]
    return positions == sorted(positions)


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


def test_an_agency_that_keeps_files_on_children_is_told_to_record_the_action_on_the_file_of_each_by_name() -> None:
    words = letter_words(KEEPS_FILES)
    assert in_order(
        words,
        "Visit both children at school.",
        "Record this on the file of each child:",
        "Cerys Gwynfryn-Hughes, born 1 February 2026",
        "Ioan Gwynfryn-Hughes, born 15 June 2023",
        "Recorded on each child's file:",
    )
    assert "record the action on the file of each child too" in words
    assert not [words for words in ("Record this on", "each child", "Cerys") if words in letter_words(CHILDREN)]


def test_a_letter_says_what_risk_each_action_answers_to_and_who_carries_it_out() -> None:
    told = dataclasses.replace(actions()[0], owner="Tomasz Wiśniewski", risk="He still has a key.")
    words = letter_words(HOUSING, acts=(told,))
    assert "Risk: He still has a key.\nWho: Tomasz Wiśniewski" in words
    assert "Risk:" not in letter_words(HOUSING)


def test_a_letter_warns_where_contact_may_not_be_safe() -> None:
    (row,) = [line for line in rows(made(HOUSING)) if "Action 3" in line[0]]
    assert "NOT SAFE TO CONTACT. Do not call, write or visit without asking the referrer." in row[1]
    (safe,) = [line for line in rows(made(HOUSING)) if "Action 1" in line[0]]
    assert "contact" not in safe[1].casefold()


def rows(document: Document) -> list[list[str]]:
    tables = docx.Document(io.BytesIO(document.content)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def test_a_letter_says_until_when_to_report_and_that_it_is_confidential() -> None:
    words = letter_words(HOUSING)
    assert "Send this back by 15 December 2026 17:00 to marac@northbridge.example" in words
    assert "Nothing in these papers may reach the person who causes the harm" in words
    assert "Send this back before the next meeting to" in letter_words(HOUSING, meeting=MEETING)


def test_each_action_has_its_number_and_its_case_in_its_row_and_in_the_block_to_reply_with() -> None:
    words = letter_words(HOUSING)
    assert "M26-0001\nAction 1\n" in words
    for number, reference in ((1, "M26-0001"), (3, "M26-0002"), (4, "M25-0107")):
        line = f"Action {number}: done / could not be done, because … / not done, because …   ({reference})"
        assert words.count(line) == 1
    assert words.count("R-2026-12-03-housing") == 2


def answer(content: bytes) -> Reply:
    """What is read from a file that comes back."""
    (found,) = readings(Document("letter.docx", WORD, content))
    assert found.reply is not None
    return found.reply


def test_a_letter_that_comes_back_filled_in_says_what_was_ticked() -> None:
    answers = {1: ("done", "On which day: 8/12"), 3: ("could not be done", "Why: she has moved"), 4: ("not done", "")}
    reply = answer(filled_letter(made(HOUSING).content, answers))
    assert {(each.action, each.outcome, each.case) for each in reply.actions} == {
        (1, "done", "M26-0001"),
        (3, "could not be done", "M26-0002"),
        (4, "not done", "M25-0107"),
    }
    assert [(mark.meeting, mark.reader) for mark in reply.marks] == [(MEETING.date, "housing")]


def test_a_letter_that_nobody_filled_in_says_nothing() -> None:
    assert answer(made(HOUSING).content).actions == ()


def test_a_letter_greets_the_representative_or_else_a_colleague() -> None:
    assert "Dear Tomasz Wiśniewski" in letter_words(HOUSING)
    assert "Dear colleague" in letter_words(CHILDREN)


def test_a_letter_without_actions_says_so() -> None:
    words = letter_words(IDVA)
    assert "No new action was agreed for your agency at this meeting." in words
    assert "Still open" not in words


def test_a_senior_contact_reads_that_the_letter_is_for_one_person_alone() -> None:
    named = dataclasses.replace(HOUSING, senior=RUTH)
    senior = of_contact(named, "senior")
    assert senior is not None
    words = letter_words(senior)
    assert "For you alone. What stands here is held back from the rest of your agency" in words
    assert "Fit new locks" in words
    assert "For you alone" not in letter_words(HOUSING)


def test_an_action_for_a_joined_case_names_the_victim_of_the_case_that_carries_on() -> None:
    acts = (Action(9, "M26-0005", "housing", MEETING.date, "Fit a light.", MEETING.date),)
    (row,) = [line for line in rows(made(HOUSING, joined_pair(), acts)) if "Action 9" in line[0]]
    assert row[0] == "M26-0005\nAction 9"
    assert row[1].startswith("Siân Gwynfryn-Hughes")


def test_every_open_action_of_an_agency_is_in_the_letter_of_exactly_one_meeting() -> None:
    later = MeetingDate(dt.date(2026, 12, 17), dt.date(2026, 12, 8))
    cases = (*fortnight(), case("M26-0060", meeting=later.date))
    acts = (
        *actions(),
        Action(6, "M26-0060", "housing", later.date, "Later.", later.date),
        Action(7, "?", "housing", later.date, "Unknown case.", MEETING.date),
        Action(8, "M26-0060", "housing", later.date, "Agreed early.", later.date, meeting=MEETING.date),
    )
    agreed, open_before = actions_of(HOUSING, MEETING, Items(cases), acts)
    assert [action.number for action in agreed] == [1, 3, 7, 8]
    assert [action.number for action in open_before] == [4]
    agreed, open_before = actions_of(HOUSING, later, Items(cases), acts)
    assert [action.number for action in agreed] == [6]
    assert {action.number for action in open_before} == {1, 3, 4, 7, 8}


def test_an_answer_that_comes_after_the_meeting_does_not_make_another_letter() -> None:
    after = dt.date(2026, 12, 8)
    answered = tuple(dataclasses.replace(each, done=after, outcome="done") for each in actions())
    report = ActionReport(1, 4, "not done", after, "T. W.", "The tenant was away.")
    assert made(HOUSING, acts=answered, reports=(report,)).sha256 == made(HOUSING).sha256


def test_what_was_reported_before_the_meeting_stands_beside_an_open_action() -> None:
    report = ActionReport(1, 4, "not done", dt.date(2026, 12, 1), "T. W.", "The tenant was away.")
    assert "Reported so far: not done: The tenant was away." in letter_words(HOUSING, reports=(report,))
    minuted = tuple(dataclasses.replace(each, outcome="not done") if each.number == 4 else each for each in actions())
    assert "Reported so far: not done" in letter_words(HOUSING, acts=minuted)


@pytest.mark.parametrize(
    "text", ['<b>"I will kill you"</b> & left', "{{ 7*7 }}", "a\nb", "\ud83d\x00\u202eX", "Żółć ŵŷ"]
)
def test_hostile_words_in_an_action_stay_words(text: str) -> None:
    hostile = (case(form=referral(victim=Victim(name=text))),)
    printed = text.replace("\ud83d", "\ufffd").replace("\x00", "\ufffd").replace("\u202e", "\ufffd")
    acts = (Action(1, "M26-0001", "housing", MEETING.date, text, MEETING.date, owner=text, risk=text),)
    words = letter_words(HOUSING, hostile, acts)
    assert words.count(printed) >= 4
    assert "Yours sincerely" in words
