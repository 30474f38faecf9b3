import dataclasses
import datetime as dt
from importlib.resources import files

import pytest

from marac.case import Case, MeetingDate
from marac.document import WORD, Document
from marac.fortnight import Presenter
from marac.generators.minutes import minutes
from marac.meetings.hearing import order_of_hearing
from marac.meetings.withholding import Held
from marac.parsers.minutes import minutes_in
from tests.filled_minutes import CONSIDER, EARLIER, blank, meeting_cases
from tests.invented_cases import AGENCIES, IDVA, MARAC, MEETING, PERPETRATOR, VICTIM, empty_case, repeat_case
from tests.word_templates import words_of


def made(
    *cases: Case, presenters: tuple[Presenter, ...] = (), held: tuple[Held, ...] = (), meeting: MeetingDate = MEETING
) -> Document:
    return minutes(
        meeting,
        order_of_hearing(cases, MEETING.date),
        EARLIER,
        AGENCIES,
        marac=MARAC,
        marac_id="marac",
        chair="DCI Rosa Whitlam",
        template=(files("marac") / "templates" / "minutes.docx").read_bytes(),
        consider=CONSIDER,
        presenters=presenters,
        held=held,
    )


@pytest.fixture(scope="module")
def words() -> str:
    return words_of(blank())


def test_the_minutes_follow_the_order_of_the_meeting(words: str) -> None:
    pieces = (
        "RESTRICTED WHEN COMPLETED",
        "1. Who is here",
        "2. Confidentiality statement",
        "3. Actions from earlier meetings",
        "Case M26-0002",
        "Case M26-0001",
        "5. Cases last heard twelve months ago",
        "6. Any other business",
    )
    places = [words.index(piece) for piece in pieces]
    assert places == sorted(places)


def test_the_minutes_say_when_and_where_the_meeting_is() -> None:
    meeting = dataclasses.replace(MEETING, at=dt.time(9, 30), venue="The First Step")
    assert "Meeting\n3 December 2026 at 09:30, The First Step" in words_of(made(meeting=meeting).content)


def test_a_section_says_who_leaves_the_room_and_is_read_back_all_the_same() -> None:
    document = made(repeat_case(), held=(Held("M26-0002", "idva", "", decided=True),))
    assert "Before this item: Safe Haven IDVA Service leaves the room." in words_of(document.content)
    assert [section.reference for section in minutes_in(document).sections] == ["M26-0002"]


def test_each_agency_has_a_row_with_its_representative_and_deputy(words: str) -> None:
    assert "Northbridge Police\nDS Gwen Pritchard or Sgt Rhys Lloyd\n" in words
    assert all(agency.name in words for agency in AGENCIES)


def test_open_actions_of_earlier_meetings_stand_there_with_the_last_word_on_them() -> None:
    reported = dataclasses.replace(EARLIER[0], outcome="not done", note="No tradesman came.")
    document = minutes(
        MEETING,
        (),
        (reported, *EARLIER[1:]),
        AGENCIES,
        marac=MARAC,
        marac_id="marac",
        chair="the chair",
        template=(files("marac") / "templates" / "minutes.docx").read_bytes(),
    )
    words = words_of(document.content)
    assert "Repair the gate.\n26 November 2026\nreported as not done: No tradesman came." in words
    assert "Visit the school.\n27 November 2026\nnothing reported" in words
    assert "No case is on the list." in words


def test_what_the_area_has_the_meeting_consider_is_asked_of_every_case(words: str) -> None:
    assert words.count("MAPPA") == len(meeting_cases()) - 1
    assert words.count("Safeguarding children procedures") == len(meeting_cases()) - 1


def test_the_minutes_show_no_address_and_no_telephone_number(words: str) -> None:
    contacts = (VICTIM.address, VICTIM.postcode, VICTIM.phone, PERPETRATOR.address, PERPETRATOR.phone, "07700")
    assert not [each for each in contacts if each and each in words]


def test_a_named_substitute_presents_instead_of_the_referrer() -> None:
    substitute = Presenter("M26-0002", MEETING.date, "Amara Okafor", IDVA.id, "J. Marsh", MEETING.cut_off)
    words = words_of(made(repeat_case(), presenters=(substitute,)).content)
    assert "Amara Okafor (Safe Haven IDVA Service), instead of the referrer" in words
    assert "PC Alun Reese" not in words


def test_minutes_that_nobody_has_filled_in_say_nothing_at_all() -> None:
    said = minutes_in(Document("minutes.docx", WORD, blank()))
    assert said.marks == (("marac", MEETING.date),)
    assert not said.faults
    assert [section.reference for section in said.sections] == ["M26-0002", "M26-0001", "M26-0003"]
    assert all(section.noted and not section.noted.ending and not section.agreed for section in said.sections)
    assert {each.present for each in said.attended} == {""}
    assert {each.outcome for each in said.told} == {""}


def test_a_case_of_which_the_form_says_nothing_has_a_section_all_the_same() -> None:
    said = minutes_in(made(empty_case()))
    assert [section.reference for section in said.sections] == ["M26-0099"]
    assert not said.faults
