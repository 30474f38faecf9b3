"""Research that is not back is chased: by counts and references, only for what was sent, at most once a day."""

import datetime as dt
import email
import email.policy
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.case import MeetingDate
from marac.chasers import write_chasers
from marac.dispatch import release, send_approved
from marac.errors import TemplateError
from marac.fortnight import Interest, ResearchReturn
from marac.generators.chaser import chaser
from marac.generators.text_templates import own_text
from marac.mailbox.memory import MemoryOutbox
from marac.meeting import prepare
from marac.meetings.chasing import chase_due, unanswered
from marac.meetings.closed_days import ListedClosedDays
from marac.meetings.hearing import order_of_hearing
from marac.office import Office
from marac.register.cases import add_case
from marac.register.interests import add_interest
from marac.register.outgoing import Outgoing, outgoing_in
from marac.register.research_returns import add_return
from tests.invented_cases import MEETING as INVENTED
from tests.invented_cases import fortnight, people_named
from tests.two_agency_meetings import listed, on, opened, set_research, two_agency_folder
from tests.working_folder import MEETING, WorkingFolder, copied

OPEN = ListedClosedDays()
FIRST_DAY, LAST_DAY = dt.date(2026, 11, 23), dt.date(2026, 11, 25)
"""Two working days before the answers are due, and the day itself."""
EVERY_STATE = ("draft", "approved", "sending", "sent", "retry", "failed", "unknown")


def due(day: dt.date, hour: int = 9, days: tuple[int, ...] = (2, 0), at: dt.time | None = None) -> int | None:
    meeting = MeetingDate(MEETING, MEETING, at=at)
    return chase_due(meeting, LAST_DAY, days, dt.datetime.combine(day, dt.time(hour)), OPEN)


# When


def test_research_is_chased_so_many_working_days_before_it_is_due() -> None:
    monday = dt.date(2026, 11, 23)
    assert [due(monday + dt.timedelta(days=number)) for number in range(-1, 3)] == [None, 1, 1, 2]
    closed = ListedClosedDays({dt.date(2026, 11, 24): "closed"})
    meeting, friday = MeetingDate(MEETING, MEETING), dt.datetime(2026, 11, 20, 9)
    assert chase_due(meeting, LAST_DAY, (2, 0), friday, closed) == 1


def test_once_the_meeting_has_begun_nobody_is_chased() -> None:
    assert due(MEETING) is None
    assert due(MEETING, hour=9, at=dt.time(10)) == 2
    assert due(MEETING, hour=10, at=dt.time(10)) is None
    assert due(MEETING + dt.timedelta(days=1)) is None


def test_where_no_day_is_named_nobody_is_chased() -> None:
    assert due(LAST_DAY, days=()) is None


def back(case: str, agency: str = "housing", **changes: object) -> ResearchReturn:
    told: dict[str, object] = {"nothing_known": True, **changes}
    return ResearchReturn(1, INVENTED.date, case, agency, INVENTED.cut_off, **told)  # type: ignore[arg-type]


def test_what_was_sent_and_not_answered_is_open_in_the_order_of_hearing() -> None:
    asked = order_of_hearing(fortnight(), INVENTED.date)
    sent = {"M26-0001", "M26-0002", "M26-0004", "M26-0077"}
    assert unanswered("housing", sent, asked, [back("M26-0002")]) == ("M26-0004", "M26-0001")
    assert unanswered("housing", sent, asked, [back("M26-0002", "police")]) == ("M26-0002", "M26-0004", "M26-0001")


@pytest.mark.parametrize(("state", "is_open"), [("taken", False), ("waiting", False), ("set aside", True)])
def test_what_a_person_still_looks_at_has_come_back(state: str, *, is_open: bool) -> None:
    asked = order_of_hearing(fortnight(), INVENTED.date)
    assert bool(unanswered("housing", {"M26-0001"}, asked, [back("M26-0001", state=state)])) == is_open


def test_an_answer_for_a_joined_case_answers_the_one_that_carries_on() -> None:
    asked = order_of_hearing(fortnight(), INVENTED.date)
    assert unanswered("housing", {"M26-0004"}, asked, [back("M26-0005")]) == ()


# The words


def test_the_words_are_counts_references_and_dates() -> None:
    told = words()
    assert "We have not had your research on 2 cases for the MARAC meeting on 3 December 2026." in told
    assert "- M26-0001\n- M26-0004" in told
    assert not [name for name in people_named(fortnight()) if name in told]


def words(template: str | None = None) -> str:
    return chaser(
        ("M26-0001", "M26-0004"),
        INVENTED.date,
        "1 December 2026",
        marac="Northbridge MARAC",
        coordinator="Jo Marsh",
        email="marac@northbridge.example",
        template=own_text("chaser") if template is None else template,
    )


@pytest.mark.parametrize("template", ["$asked $cases $how $emergency", "$asked $cases $how $emergency $program $name"])
def test_a_template_that_lacks_or_invents_a_field_is_refused(template: str) -> None:
    with pytest.raises(TemplateError, match=r"chaser\.txt"):
        words(template)


# In a working folder


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    """The police were sent a pack with two cases; what is for housing is held, and one case came after that."""
    made = two_agency_folder(tmp_path_factory.mktemp("original"))
    with opened(made) as office:
        with office.store.changing() as connection:
            add_case(connection, listed("M26-0002"))
        prepare(office, MEETING)
        release(office, MEETING, MemoryOutbox(), "A Person")
        with office.store.changing() as connection:
            add_case(connection, listed("M26-0003"))
    return made


@pytest.fixture
def folder(original: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(original, tmp_path / "marac")


@pytest.fixture
def office(folder: WorkingFolder) -> Iterator[Office]:
    with opened(folder) as made:
        yield made


def chasers(office: Office) -> list[Outgoing]:
    with office.store.reading() as connection:
        return [each for each in outgoing_in(connection, EVERY_STATE) if each.kind == "chaser"]  # type: ignore[arg-type]


def text(office: Office, message: Outgoing) -> str:
    content = office.originals.path(message.sha256).read_bytes()
    parsed = email.message_from_bytes(content, policy=email.policy.default)
    return f"{parsed['To']}\n{parsed['Subject']}\n{parsed.get_content()}".replace("\r\n", "\n")


def answered(office: Office, case: str) -> None:
    values = {"meeting": MEETING, "case": case, "agency": "police", "received": FIRST_DAY, "nothing_known": True}
    empty = dict.fromkeys(("factors", "assessment", "management", "why_high_risk", "not_shared", "reason"), "")
    with office.store.changing() as connection:
        add_return(connection, {**values, **empty, "state": "taken"})


def test_a_reminder_names_what_was_sent_and_waits_for_a_person(office: Office) -> None:
    assert write_chasers(on(office, FIRST_DAY - dt.timedelta(days=1))) == 0
    assert write_chasers(on(office, FIRST_DAY)) == 1
    (message,) = chasers(office)
    assert (message.state, message.recipient) == ("draft", "marac.desk@carrowdale-police.example")
    told = text(office, message)
    assert "MARAC research for the meeting on 26 November 2026: not back yet" in told
    assert "- M26-0001\n- M26-0002\n" in told
    assert "M26-0003" not in told  # it was never sent
    assert not [name for name in people_named([listed("M26-0001")]) if name in told]


def test_written_again_and_on_the_next_day_it_is_the_same_one(office: Office) -> None:
    write_chasers(on(office, FIRST_DAY))
    before = chasers(office)
    assert write_chasers(on(office, FIRST_DAY)) == 0
    assert write_chasers(on(office, FIRST_DAY + dt.timedelta(days=1))) == 0
    assert chasers(office) == before


def test_after_an_absence_one_reminder_is_written_and_not_two(office: Office) -> None:
    assert write_chasers(on(office, LAST_DAY)) == 1
    assert write_chasers(on(office, LAST_DAY)) == 0


def test_answers_take_cases_out_of_a_reminder_that_waits_and_the_last_one_takes_it_back(office: Office) -> None:
    write_chasers(on(office, FIRST_DAY))
    answered(office, "M26-0001")
    write_chasers(on(office, FIRST_DAY))
    (message,) = chasers(office)
    assert "1 case" in text(office, message)
    assert "M26-0001" not in text(office, message)
    answered(office, "M26-0002")
    assert write_chasers(on(office, FIRST_DAY)) == 0
    assert chasers(office) == []


def test_a_case_that_is_held_back_since_is_not_named(office: Office) -> None:
    with office.store.changing() as connection:
        add_interest(connection, Interest("M26-0001", "police", "held", "A Person", FIRST_DAY, "An officer."))
    write_chasers(on(office, FIRST_DAY))
    (message,) = chasers(office)
    assert "M26-0001" not in text(office, message)


def test_a_draft_that_nobody_released_gives_way_to_the_next_and_is_gone_once_the_meeting_begins(office: Office) -> None:
    write_chasers(on(office, FIRST_DAY))
    (first,) = chasers(office)
    assert write_chasers(on(office, LAST_DAY)) == 1
    (second,) = chasers(office)
    assert second.message_id != first.message_id
    write_chasers(on(office, MEETING))
    assert chasers(office) == []


def test_a_standing_release_lets_it_leave_once_each_time(folder: WorkingFolder) -> None:
    set_research(folder.path / "config.toml", 'released_by = "A Person"')
    outbox = MemoryOutbox()
    with opened(folder) as office:
        for day in (FIRST_DAY, FIRST_DAY, FIRST_DAY + dt.timedelta(days=1), LAST_DAY, LAST_DAY, MEETING):
            then = on(office, day)
            write_chasers(then)
            send_approved(then, outbox)
        assert [message.state for message in chasers(office)] == ["sent", "sent"]
    assert len(outbox.letters) == 2
    assert len({letter.message_id for letter in outbox.letters}) == 2


def test_where_research_stays_inside_the_agencies_nobody_is_chased(folder: WorkingFolder) -> None:
    set_research(folder.path / "config.toml", "returns = false")
    with opened(folder) as office:
        assert write_chasers(on(office, LAST_DAY)) == 0


def test_a_person_sees_what_is_not_back_and_releases_the_reminders(
    folder: WorkingFolder,
) -> None:
    with opened(folder) as office:
        write_chasers(on(office, FIRST_DAY))
    shown = folder.marac("meeting", "chase", MEETING.isoformat(), on=FIRST_DAY)
    assert "Carrowdale Police (police): 2 cases not back: M26-0001, M26-0002" in shown.stdout
    assert "1 reminder waits for release: marac meeting chase 2026-11-26 --by NAME" in shown.stdout
    assert "1 reminder of research waits for release" in folder.marac("status", on=FIRST_DAY).stdout
    waits = "1 reminder of research waits for release: marac meeting chase 2026-11-26 --by NAME"
    assert waits in folder.marac("run", on=FIRST_DAY).stdout
    done = folder.marac("meeting", "chase", MEETING.isoformat(), "--by", "A Person", on=FIRST_DAY)
    assert "1 reminder is released and leaves with the next pass" in done.stdout
    with opened(folder, FIRST_DAY) as office:
        assert [(each.state, each.approved_by) for each in chasers(office)] == [("approved", "A Person")]
        write_chasers(on(office, LAST_DAY))  # it has not left yet, and is not asked for twice
        assert len(chasers(office)) == 1
