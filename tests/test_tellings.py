"""Agencies answer outcome notes with a line for each case: what is noted as told, and what waits for a person."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from marac.fortnight import Interest, VictimTold
from marac.intake.reading.reader import Reader
from marac.office import Office
from marac.parsers.answers.tellings import telling
from marac.register.deliveries import Delivery, every_delivery
from marac.register.documents import change_paper, every_paper
from marac.register.interests import add_interest
from marac.register.trail import trail
from marac.register.victims_told import add_told, every_told
from tests.asked_agencies import HOUSING, POLICE, answer, called, deliver, intake_of
from tests.heard_meetings import DAY_AFTER, heard_folder, made_on, opened_on
from tests.working_folder import MEETING, WorkingFolder, copied

TODAY = dt.date(2026, 12, 2)


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    """The outcome notes for housing (M26-0001) and the police (M26-0002) have left."""
    folder = heard_folder(tmp_path_factory.mktemp("noted"))
    config = folder.path / "config.toml"
    config.write_text(config.read_text(encoding="utf-8").replace('# gateway = "', 'gateway = "'), encoding="utf-8")
    made_on(folder, DAY_AFTER)
    with opened_on(folder, DAY_AFTER) as office, office.store.changing() as connection:
        for paper in every_paper(connection):
            if paper.kind in {"outcome", "letter"}:
                change_paper(connection, paper.id, state="sent", message_id=called(paper.kind, paper.agency))
    return folder


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


@pytest.fixture
def folder(noted: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(noted, tmp_path / "marac")


def reply(text: str, *, agency: str = "housing", to: str = "outcome", **more: Any) -> bytes:
    told = {"sender": HOUSING if agency == "housing" else POLICE, "agency": agency, **more}
    return answer(text, to=to, **told).replace(b"Fri, 20 Nov 2026", b"Mon, 30 Nov 2026")


def told_in(office: Office) -> list[VictimTold]:
    with office.store.reading() as connection:
        return list(every_told(connection))


def after(folder: WorkingFolder, reader: Reader, *messages: bytes) -> tuple[Delivery, list[VictimTold]]:
    """The last message, and what is noted."""
    with intake_of(folder, reader, TODAY) as (intake, office):
        return deliver(intake, *messages), told_in(office)


def test_a_line_that_says_when_and_how_is_noted_and_the_message_is_done(folder: WorkingFolder, reader: Reader) -> None:
    text = "Hi Jo,\n\nM26-0001: told on 28/11 by telephone\n\nKind regards\nHelen Farrow\n\n> our note\n> M26-0002"
    with intake_of(folder, reader, TODAY) as (intake, office):
        delivery = deliver(intake, reply(text))
        (word,) = told_in(office)
        with office.store.reading() as connection:
            entries = [each for each, _ in trail(connection) if each.event == "victim told"]
    assert (delivery.state, delivery.disposition) == ("done", "victim_told")
    assert delivery.reasons == ("Taken: the victim of M26-0001 was told on 2026-11-28.",)
    assert (word.case, word.meeting, word.on, word.how) == (
        "M26-0001", MEETING, dt.date(2026, 11, 28), "by telephone",
    )  # fmt: skip
    assert HOUSING in word.by
    assert [each.subject for each in entries] == ["M26-0001"]
    assert not any("telephone" in each.detail for each in entries)


def test_telling_twice_is_noted_once(folder: WorkingFolder, reader: Reader) -> None:
    line = "M26-0001: told on 28/11 by telephone"
    delivery, told = after(folder, reader, reply(line), reply(f"{line}\n\nThanks", number=2))
    assert (delivery.state, len(told)) == ("done", 1)


def test_what_a_person_noted_of_the_same_day_is_not_noted_again(folder: WorkingFolder, reader: Reader) -> None:
    with opened_on(folder, DAY_AFTER) as office, office.store.changing() as connection:
        add_told(connection, VictimTold("M26-0001", MEETING, "Helen Farrow", dt.date(2026, 11, 28), "rang her"))
    delivery, told = after(folder, reader, reply("M26-0001: told on 28/11 in person"))
    assert (delivery.state, [each.how for each in told]) == ("done", ["rang her"])


def test_another_day_than_they_said_before_waits(folder: WorkingFolder, reader: Reader) -> None:
    again = reply("M26-0001: told on 29/11 by telephone", number=2)
    delivery, told = after(folder, reader, reply("M26-0001: told on 28/11 by telephone"), again)
    assert (delivery.state, len(told)) == ("needs_person", 1)
    assert "They said before that it was on 2026-11-28." in delivery.reasons[0]


IN_DOUBT = (
    "not told yet",
    "could not reach her, will try again on 3/12",
    "told on 28/11 by letter",
    "told on 28/11",
    "told by telephone",
    "told on 5/12 by telephone",
    "told on 25/11 by telephone",
    "told on … by telephone",
    "he was told on 28/11 by telephone",
    "told on 28/11 by telephone, but he was listening",
    "will be told on 28/11 by telephone",
    "nothing known",
    "she rang us, he has been round again with a knife",
)
"""What may stand behind a case's number, and is no clear word that the victim was told."""


def test_whatever_is_no_clear_telling_waits_with_its_words(folder: WorkingFolder, reader: Reader) -> None:
    lines = [f"M26-0001: {words}" for words in IN_DOUBT]
    with intake_of(folder, reader, TODAY) as (intake, office):
        deliver(intake, *(reply(line, number=number) for number, line in enumerate(lines)))
        with office.store.reading() as connection:
            messages = every_delivery(connection)
            events = {each.event for each, _ in trail(connection)}
        assert told_in(office) == []
    assert {(each.state, each.disposition) for each in messages} == {("needs_person", "victim_told")}
    assert all(line in each.reasons[0] for line, each in zip(lines, messages, strict=True))
    assert not events & {"victim told", "research answered"}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"confirmed": False}, "did not come from"),
        ({"sender": POLICE}, "came from"),
    ],
)
def test_a_sender_who_is_not_sure_is_not_believed(
    folder: WorkingFolder, reader: Reader, more: dict[str, Any], reason: str
) -> None:
    delivery, told = after(folder, reader, reply("M26-0001: told on 28/11 by telephone", **more))
    assert (delivery.state, told) == ("needs_person", [])
    assert reason in " ".join(delivery.reasons)


def test_words_beside_the_line_make_it_wait(folder: WorkingFolder, reader: Reader) -> None:
    text = "M26-0001: told on 28/11 by telephone\n\nI left a voicemail with her partner first."
    delivery, told = after(folder, reader, reply(text))
    assert (delivery.state, told) == ("needs_person", [])


def test_one_case_that_waits_does_not_hold_up_the_other_and_a_victim_they_were_not_asked_to_tell_waits(
    folder: WorkingFolder, reader: Reader
) -> None:
    text = "M26-0001: told on 28/11 by telephone\nM26-0002: told on 28/11 by telephone"
    delivery, told = after(folder, reader, reply(text))
    assert (delivery.state, [each.case for each in told]) == ("needs_person", ["M26-0001"])
    assert "has not asked them to tell this victim" in delivery.reasons[0]


def test_a_case_held_back_from_them_since_waits(folder: WorkingFolder, reader: Reader) -> None:
    with opened_on(folder, DAY_AFTER) as office, office.store.changing() as connection:
        add_interest(
            connection, Interest("M26-0001", "housing", "held", "J. Marsh", DAY_AFTER, "A cousin works there.")
        )
    delivery, told = after(folder, reader, reply("M26-0001: told on 28/11 by telephone"))
    assert (delivery.state, told) == ("needs_person", [])
    assert "held back from them" in delivery.reasons[0]


@pytest.mark.parametrize("to", ["", "letter"])
def test_who_was_asked_may_say_so_in_another_message_too(folder: WorkingFolder, reader: Reader, to: str) -> None:
    delivery, told = after(folder, reader, reply("M26-0001: told on 28/11 by telephone", to=to))
    assert (delivery.state, [each.case for each in told]) == ("done", ["M26-0001"])


def test_a_message_of_an_agency_that_was_not_asked_notes_nothing(folder: WorkingFolder, reader: Reader) -> None:
    delivery, told = after(folder, reader, reply("M26-0001: told on 28/11 by telephone", to="", agency="police"))
    assert (delivery.state, told) == ("needs_person", [])


@pytest.mark.parametrize(
    ("words", "day", "how"),
    [
        ("told on 5/12 by telephone", "5/12", "by telephone"),
        ("The victim was told on Saturday 5th December, in person.", "5th December", "in person"),
        ("informed of the outcome by phone on 2026-12-05", "2026-12-05", "by phone"),
        ("told 5 Dec 2026 (face to face)", "5 Dec 2026", "face to face"),
    ],
)
def test_the_day_and_the_way_are_read_in_the_words_people_use(words: str, day: str, how: str) -> None:
    found = telling(words)
    assert found is not None
    assert (found.told, found.day, found.how) == (True, day, how)


def test_words_that_speak_of_something_else_are_no_telling() -> None:
    assert telling("arrested on 3 May for assault") is None
    assert telling("nothing known") is None
