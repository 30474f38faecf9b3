"""From the meeting to the next one: what is made for whom, what is held back, what is owed, and who is reminded."""

import dataclasses
import datetime as dt
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from marac.case import Case
from marac.delivery.openpgp import Keyring
from marac.demo.correspondents import correspondents
from marac.dispatch import rehearsal, release
from marac.fortnight import Interest
from marac.mailbox.memory import MemoryOutbox
from marac.meeting import place_of, prepare
from marac.office import Office, open_office
from marac.one_pass import move_cases_on
from marac.register.cases import action_numbered, add_action, add_case, set_action
from marac.register.documents import Paper, every_paper
from marac.register.face import register_contents
from marac.register.interests import add_interest
from marac.register.workbook.attention import matters
from marac.settings.agencies import with_fingerprint
from tests.area_settings import name_contact, set_in
from tests.invented_cases import case, repeat_case
from tests.word_templates import words_of
from tests.working_folder import CUT_OFF, MEETING, WorkingFolder, copied, working_folder

DAY_AFTER = MEETING + dt.timedelta(days=1)
NEXT_MEETING = MEETING + dt.timedelta(days=14)
UPDATES_DUE = dt.date(2026, 12, 8)
AGENCIES = ("police", "idva", "housing")
WITH_A_KEY = ("police", "housing")


def heard_cases() -> tuple[Case, Case]:
    """One case that housing referred, and one with children that the police referred."""
    listed = {"received": CUT_OFF, "meeting": MEETING}
    first = dataclasses.replace(case(), agency="housing", **listed)  # type: ignore[arg-type]
    second = dataclasses.replace(repeat_case(), agency="Carrowdale Police", flags=(), **listed)  # type: ignore[arg-type]
    return first, second


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    """A folder with two cases listed; two agencies have a key."""
    made = working_folder(tmp_path_factory.mktemp("original"))
    police = correspondents(tmp_path_factory.mktemp("agencies"))[0]
    fingerprint = police.make_key()
    Keyring(made.path / "keyring").add(police.public_key.read_bytes(), fingerprint)
    agencies = made.path / "agencies.toml"
    text = agencies.read_text(encoding="utf-8")
    for agency in WITH_A_KEY:
        text = with_fingerprint(text, agency, fingerprint)
    agencies.write_text(text, encoding="utf-8")
    name_contact(made.path, "housing", "senior", "Ruth Adeyemi", "r.adeyemi@weirbankhomes.example")
    set_in(made.path, "idva", 'agency = "idva"')
    with opened_on(made, DAY_AFTER) as office, office.store.changing() as connection:
        for each in heard_cases():
            add_case(connection, each)
        add_action(connection, "M26-0001", "housing", MEETING, "Fit new locks.", MEETING, meeting=MEETING)
        due = MEETING + dt.timedelta(days=7)
        add_action(connection, "M26-0002", "police", due, "Place a marker.", MEETING, meeting=MEETING)
    return made


@pytest.fixture
def folder(original: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(original, tmp_path / "marac")


def opened_on(folder: WorkingFolder, day: dt.date) -> AbstractContextManager[Office]:
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    return open_office(folder.path / "config.toml", day, lambda: noon)


def made_on(folder: WorkingFolder, day: dt.date, meeting: dt.date = MEETING) -> list[Paper]:
    """What a day's preparing makes that is new."""
    with opened_on(folder, day) as office:
        move_cases_on(office)
        return list(prepare(office, meeting))


def released_on(folder: WorkingFolder, day: dt.date, meeting: dt.date = MEETING) -> list[Paper]:
    with opened_on(folder, day) as office:
        return list(release(office, meeting, MemoryOutbox(), "A Person").sent)


def words(office: Office, kind: str, reader: str) -> str:
    """All the words of the newest document of a kind for a reader; empty where there is none."""
    with office.store.reading() as connection:
        found = [each for each in every_paper(connection) if (each.kind, each.agency) == (kind, reader)]
    return words_of(place_of(office, found[-1]).read_bytes()) if found and found[-1].state != "superseded" else ""


def asked(office: Office) -> dict[str, str]:
    """What waits for a person, by its subject."""
    with office.store.reading() as connection:
        contents = register_contents(connection, office.settings, office.store.folder / "originals", office.moment)
    found = matters(contents, office.today)
    return {each.subject: "\n".join(other.why for other in found if other.subject == each.subject) for each in found}


def hold_back_from_housing(office: Office) -> None:
    word = Interest("M26-0001", "housing", "held", "J. Marsh", MEETING, "A cousin works there.")
    with office.store.changing() as connection:
        add_interest(connection, word)


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


def reminders(papers: list[Paper]) -> list[tuple[str, str]]:
    return [(each.agency, each.subject) for each in papers if each.kind == "reminder"]


def test_overdue_actions_are_chased_once_an_interval_whichever_meeting_is_the_last(folder: WorkingFolder) -> None:
    both = ["police", "housing"]
    assert reminders(made_on(folder, UPDATES_DUE)) == []
    first = UPDATES_DUE + dt.timedelta(days=1)
    assert reminders(made_on(folder, first)) == [(agency, "2026-12-09") for agency in both]
    assert [each.kind for each in released_on(folder, first)].count("reminder") == 2
    assert reminders(made_on(folder, first)) == []
    assert reminders(made_on(folder, NEXT_MEETING + dt.timedelta(days=1), NEXT_MEETING)) == []
    later = NEXT_MEETING + dt.timedelta(days=8)
    assert reminders(made_on(folder, later, NEXT_MEETING)) == [(agency, "2026-12-16") for agency in both]
    with opened_on(folder, later) as office:
        assert "Second reminder" in words(office, "reminder", "housing")


def test_whoever_was_away_for_weeks_sends_one_reminder_and_calls_it_the_first(folder: WorkingFolder) -> None:
    back = dt.date(2026, 12, 25)
    assert reminders(made_on(folder, back, NEXT_MEETING)) == [("police", "2026-12-23"), ("housing", "2026-12-23")]
    assert reminders(made_on(folder, back, MEETING)) == []
    with opened_on(folder, back) as office:
        assert "First reminder" in words(office, "reminder", "housing")


def test_a_closed_action_is_not_chased(folder: WorkingFolder) -> None:
    with opened_on(folder, DAY_AFTER) as office, office.store.changing() as connection:
        action = action_numbered(connection, 1)
        set_action(connection, dataclasses.replace(action, done=DAY_AFTER, outcome="could not be done"))
    assert reminders(made_on(folder, UPDATES_DUE + dt.timedelta(days=1))) == [("police", "2026-12-09")]


def test_what_is_long_overdue_goes_to_the_manager_or_where_none_is_named_to_the_chair(folder: WorkingFolder) -> None:
    name_contact(folder.path, "housing", "manager", "Ama Boateng", "a.boateng@weirbankhomes.example")
    set_in(folder.path, "actions", "escalate_after_days = 5")
    day = UPDATES_DUE + dt.timedelta(days=10)
    papers = made_on(folder, day, NEXT_MEETING)
    assert {agency for agency, _ in reminders(papers)} == {"housing", "housing.manager", "police"}
    with opened_on(folder, day) as office:
        assert "Dear Ama Boateng" in words(office, "reminder", "housing.manager")
        assert "Your agency's manager is told" in words(office, "reminder", "housing")
        why = asked(office)["Case M26-0002"]
        assert "Action 2 of Carrowdale Police is overdue since 9 December 2026" in why
        assert "names no manager" in why
        assert "Action 1 of" not in asked(office).get("Case M26-0001", "")


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


def test_a_rehearsal_says_each_document_by_its_words_with_its_reader_and_its_cases(folder: WorkingFolder) -> None:
    made_on(folder, DAY_AFTER)
    done = folder.marac("release", MEETING.isoformat(), "--rehearse", on=DAY_AFTER)
    assert "  The notice of files to flag (2 cases), version 1, would go to Carrowdale Police <" in done.stdout
    assert "  The outcome note (1 case), version 1, would go to Carrowdale Police <" in done.stdout
    assert "  The letter of actions (1 case), version 1, would go to" in done.stdout
    with opened_on(folder, DAY_AFTER) as office:
        assert len(rehearsal(office, MEETING).sent) == done.stdout.count("would go to")
