"""From the meeting to the next one: what is made for whom, what is held back, and what is owed."""

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy import delete

from marac.dispatch import rehearsal
from marac.meeting import prepare
from marac.one_pass import move_cases_on
from marac.register.actions import action_numbered, add_action, set_action
from marac.register.cases import add_case
from marac.register.deadlines import progress_of, untouched_meetings
from marac.register.schema import actions
from tests.area_settings import set_in
from tests.heard_meetings import (
    AGENCIES,
    DAY_AFTER,
    NEXT_MEETING,
    asked,
    heard_cases,
    heard_folder,
    hold_back_from_housing,
    made_on,
    opened_on,
    released_on,
    words,
)
from tests.working_folder import MEETING, WorkingFolder, copied


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    return heard_folder(tmp_path_factory.mktemp("original"))


@pytest.fixture
def folder(original: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(original, tmp_path / "marac")


def test_after_the_meeting_each_referrer_is_asked_to_tell_and_each_agency_to_flag(folder: WorkingFolder) -> None:
    made_on(folder, DAY_AFTER)
    with opened_on(folder, DAY_AFTER) as office:
        assert "Fit new locks." in words(office, "outcome", "housing")
        assert "M26-0002" not in words(office, "outcome", "housing")
        assert "M26-0002" in words(office, "outcome", "police")
        assert not words(office, "outcome", "idva")
        for reader in AGENCIES:
            assert "M26-0001" in words(office, "flags", reader)
            assert "M26-0002" in words(office, "flags", reader)


def test_before_the_meeting_nobody_is_told_anything_of_its_outcome(folder: WorkingFolder) -> None:
    kinds = {paper.kind for paper in made_on(folder, MEETING)}
    assert "letter" in kinds
    assert not kinds & {"outcome", "flags", "reminder"}


def test_what_is_held_back_goes_to_the_senior_contact_alone_in_every_document(folder: WorkingFolder) -> None:
    with opened_on(folder, DAY_AFTER) as office:
        hold_back_from_housing(office)
    made_on(folder, DAY_AFTER)
    with opened_on(folder, DAY_AFTER) as office:
        for kind in ("letter", "outcome", "flags"):
            told_to_all = words(office, kind, "housing")
            assert "M26-0001" not in told_to_all
            assert "Siân" not in told_to_all
            assert "locks" not in told_to_all
            assert "M26-0001" in words(office, kind, "housing.senior")
            assert "For you alone." in words(office, kind, "housing.senior")
        assert "M26-0002" in words(office, "flags", "housing")
        assert "M26-0002" not in words(office, "flags", "housing.senior")


def test_the_idva_service_tells_where_the_area_says_so_and_no_note_names_a_senior_contact(
    folder: WorkingFolder,
) -> None:
    set_in(folder.path, "outcome", 'to = "referrer and idva"')
    with opened_on(folder, DAY_AFTER) as office:
        hold_back_from_housing(office)
    made_on(folder, DAY_AFTER)
    with opened_on(folder, DAY_AFTER) as office:
        of_idva = words(office, "outcome", "idva")
        assert "Carrowdale Police has this note too." in of_idva
        assert of_idva.count("has this note too") == 1
        assert "has this note too" in words(office, "outcome", "housing.senior")


def test_a_heard_case_whose_referrer_is_unknown_is_told_of_at_once(folder: WorkingFolder) -> None:
    with opened_on(folder, DAY_AFTER) as office:
        nobody = dataclasses.replace(heard_cases()[0], reference="M26-0003", agency="A neighbour")
        with office.store.changing() as connection:
            add_case(connection, nobody)
        move_cases_on(office)
        assert (
            "No outcome note goes out for it: the agency that referred it is not in agencies.toml."
            in asked(office)["Case M26-0003"]
        )
        assert "No outcome note" not in asked(office).get("Case M26-0001", "")


def test_where_it_is_owed_each_heard_case_asks_until_the_victim_was_told(folder: WorkingFolder) -> None:
    set_in(folder.path, "outcome", "owed = true", 'days = { days = 5, unit = "calendar days" }')
    with opened_on(folder, DAY_AFTER) as office:
        move_cases_on(office)
        owed = "the victim was told what the meeting of 26 November 2026 came to. It is due by 1 December 2026."
        assert owed in asked(office)["Case M26-0001"]
        assert owed in asked(office)["Case M26-0002"]
    said = ("--on", "2026-11-27", "--by", "Helen Farrow", "--how", "by telephone")
    done = folder.marac("case", "told", "M26-0001", *said, on=DAY_AFTER)
    assert done.returncode == 0, done.stderr
    assert "Noted: the victim of M26-0001 was told on Friday 27 November 2026" in done.stdout
    with opened_on(folder, DAY_AFTER) as office:
        assert "was told" not in asked(office).get("Case M26-0001", "")
        assert owed in asked(office)["Case M26-0002"]


@pytest.mark.parametrize(
    ("day", "case_", "why"),
    [
        ("2026-11-25", "M26-0001", "must lie between the meeting"),
        ("2026-11-28", "M26-0001", "must lie between the meeting"),
        ("2026-11-27", "M26-0009", "There is no case M26-0009"),
    ],
)
def test_what_cannot_be_right_about_telling_is_refused(folder: WorkingFolder, day: str, case_: str, why: str) -> None:
    with opened_on(folder, DAY_AFTER) as office:
        move_cases_on(office)
    done = folder.marac("case", "told", case_, "--on", day, "--by", "H. F.", "--how", "by telephone", on=DAY_AFTER)
    assert done.returncode != 0
    assert why in done.stderr


def test_nothing_about_an_answer_makes_a_letter_or_a_note_anew(folder: WorkingFolder) -> None:
    made_on(folder, DAY_AFTER)
    released_on(folder, DAY_AFTER)
    with opened_on(folder, DAY_AFTER) as office, office.store.changing() as connection:
        action = action_numbered(connection, 1)
        set_action(connection, dataclasses.replace(action, done=DAY_AFTER, outcome="done"))
    assert [paper.kind for paper in made_on(folder, DAY_AFTER) if paper.agency == "housing"] == []


def test_what_turns_out_to_be_impossible_is_taken_out_of_the_note_in_a_visible_new_version(
    folder: WorkingFolder,
) -> None:
    made_on(folder, DAY_AFTER)
    released_on(folder, DAY_AFTER)
    with opened_on(folder, DAY_AFTER) as office, office.store.changing() as connection:
        action = action_numbered(connection, 1)
        set_action(connection, dataclasses.replace(action, done=DAY_AFTER, outcome="could not be done"))
    assert ("outcome", "housing", 2) in {(each.kind, each.agency, each.version) for each in made_on(folder, DAY_AFTER)}
    with opened_on(folder, DAY_AFTER) as office:
        anew = words(office, "outcome", "housing")
        assert "replaces version 1" in anew
        assert "Fit new locks" not in anew
        assert "What was agreed could not be done. Ask the coordinator" in anew


def test_a_note_made_anew_after_its_deadline_is_told_to_wait_and_not_as_missed(folder: WorkingFolder) -> None:
    made_on(folder, DAY_AFTER)
    released_on(folder, DAY_AFTER)
    with opened_on(folder, DAY_AFTER) as office, office.store.changing() as connection:
        action = action_numbered(connection, 1)
        set_action(connection, dataclasses.replace(action, done=DAY_AFTER, outcome="could not be done"))
    later = MEETING + dt.timedelta(days=10)
    anew = [each for each in made_on(folder, later) if each.kind in {"letter", "outcome", "flags"}]
    with opened_on(folder, later) as office, office.store.reading() as connection:
        found = progress_of(connection)[MEETING]
    assert found.letters_newer == tuple(each.prepared_on for each in anew if each.state != "held")
    assert later in found.letters_newer


def test_flags_that_end_go_out_with_the_first_meeting_of_their_month(folder: WorkingFolder) -> None:
    ended = dataclasses.replace(
        heard_cases()[0],
        reference="M25-0107",
        state="heard",
        received=dt.date(2025, 11, 20),
        meeting=dt.date(2025, 11, 27),
    )
    with opened_on(folder, MEETING) as office:
        with office.store.changing() as connection:
            add_case(connection, ended)
        made = [each for each in prepare(office, MEETING) if each.kind == "flags-ending"]
        assert {each.subject for each in made} == {"2026-11"}
        assert "M25-0107" in words(office, "flags-ending", "police")
        assert "20 November 2026" in words(office, "flags-ending", "police")
        following = [each for each in prepare(office, NEXT_MEETING) if each.kind == "flags-ending"]
        assert following == []


def test_notices_and_lists_can_be_switched_off(folder: WorkingFolder) -> None:
    set_in(folder.path, "flagging", "notices = false", "ending = false")
    assert not {"flags", "flags-ending"} & {each.kind for each in made_on(folder, DAY_AFTER)}


def test_a_version_whose_forerunner_never_left_is_told_with_the_number_that_stands_on_it(folder: WorkingFolder) -> None:
    made_on(folder, DAY_AFTER)
    with opened_on(folder, DAY_AFTER) as office, office.store.changing() as connection:
        add_action(connection, "M26-0001", "housing", DAY_AFTER, "Mend the gate.", MEETING, meeting=MEETING)
    made_on(folder, DAY_AFTER)
    done = folder.marac("release", MEETING.isoformat(), "--rehearse", on=DAY_AFTER)
    assert "  The letter of actions (1 case), version 2 (version 1 for its reader), would go to" in done.stdout
    with opened_on(folder, DAY_AFTER) as office:
        assert "Version 1, " in words(office, "letter", "housing")
    released_on(folder, DAY_AFTER)
    shown = folder.marac("meeting", "show", MEETING.isoformat(), on=DAY_AFTER).stdout
    assert "letter of actions for Weir Bank Homes, version 2 (version 1 for its reader): sent." in shown
    assert "notice of files to flag for 2 readers, version 1: sent.\n      police, housing" in shown


def test_a_rehearsal_says_each_document_by_its_words_with_its_reader_and_its_cases(folder: WorkingFolder) -> None:
    made_on(folder, DAY_AFTER)
    done = folder.marac("release", MEETING.isoformat(), "--rehearse", on=DAY_AFTER)
    assert "  The notice of files to flag (2 cases), version 1, would go to Carrowdale Police <" in done.stdout
    assert "  The outcome note (1 case), version 1, would go to Carrowdale Police <" in done.stdout
    assert "  The letter of actions (1 case), version 1, would go to" in done.stdout
    with opened_on(folder, DAY_AFTER) as office:
        assert len(rehearsal(office, MEETING).sent) == done.stdout.count("would go to")


def test_a_meeting_is_shown_with_its_documents_by_their_words(folder: WorkingFolder) -> None:
    made_on(folder, DAY_AFTER)
    shown = folder.marac("meeting", "show", MEETING.isoformat(), on=DAY_AFTER).stdout
    for title in ("notice of files to flag for ", "outcome note for ", "letter of actions for "):
        assert title in shown
    assert "outcome for" not in shown
    assert "flags for" not in shown


def _without_actions(folder: WorkingFolder) -> None:
    with opened_on(folder, DAY_AFTER) as office:
        move_cases_on(office)
        with office.store.changing() as connection:
            connection.execute(delete(actions))


def test_a_meeting_whose_minutes_were_not_read_back_stands_in_status_until_something_of_it_was_entered(
    folder: WorkingFolder,
) -> None:
    _without_actions(folder)
    late = MEETING + dt.timedelta(days=10)
    unread = "The minutes of 26 November 2026 were not read back, and no action was entered for it: it heard 2 cases"
    assert unread not in folder.marac("status", on=DAY_AFTER).stdout
    assert unread in folder.marac("status", on=late).stdout
    added = ("action", "add", "M26-0001", "--agency", "police", "--due", "2026-12-10", "Place a marker.")
    assert folder.marac(*added, on=late).returncode == 0
    assert unread not in folder.marac("status", on=late).stdout


def test_letters_of_the_meetings_own_day_do_not_hide_that_its_notes_are_still_to_be_made(folder: WorkingFolder) -> None:
    assert "letter" in {paper.kind for paper in made_on(folder, MEETING)}
    with opened_on(folder, DAY_AFTER) as office:
        move_cases_on(office)
        with office.store.reading() as connection:
            assert untouched_meetings(connection) == {MEETING}
    made_on(folder, DAY_AFTER)
    with opened_on(folder, DAY_AFTER) as office, office.store.reading() as connection:
        assert untouched_meetings(connection) == set()
