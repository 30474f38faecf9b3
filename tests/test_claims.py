"""Several watchers on one mailbox, seen from close by: who reads what, and what another one did in between."""

import datetime as dt
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from marac.intake.originals import Originals
from marac.intake.pipeline import Intake
from marac.mailbox.memory import MemoryInbox
from marac.register import deliveries
from marac.register.claims import claimed, holder, let_go, to_be_read
from marac.register.deliveries import Part, parts_of
from tests.invented_mail import NOON, an_intake, cases_in, deliveries_in, mail, typed
from tests.old_forms import old_form
from tests.register_databases import DatabaseKind
from tests.working_folder import some_mail

pytestmark = pytest.mark.both_databases

LATER = NOON + dt.timedelta(hours=1)
MESSAGES = [each.raw for each in some_mail("01-police-referral", "07-school-referral", "12-probation-reply")]


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    with an_intake(tmp_path) as made:
        yield made


@pytest.fixture
def beside(intake: Intake) -> Iterator[Intake]:
    """Another program at work on the same store, with a reading process of its own."""
    with intake.reader.second() as reader:
        yield replace(intake, reader=reader)


def inbox_with(*messages: bytes) -> MemoryInbox:
    inbox = MemoryInbox()
    for message in messages:
        inbox.deliver(message, NOON)
    return inbox


def entered(intake: Intake, *messages: bytes) -> MemoryInbox:
    """A mailbox whose messages were entered by a watcher that stopped before it read the first."""
    inbox, asked = inbox_with(*messages), iter([False] * len(messages))
    replace(intake, watcher="the first").sweep(inbox, lambda: next(asked, True))
    return inbox


def parts_in(intake: Intake) -> list[Part]:
    with intake.store.reading() as connection:
        numbers = [delivery.id for delivery in deliveries.every_delivery(connection)]
        return [part for number in numbers for part in parts_of(connection, number)]


def unread(intake: Intake) -> int:
    return sum(part.reading is None and part.role in {"form", "body"} for part in parts_in(intake))


def test_a_claim_is_one_watchers_until_it_lets_go_or_its_time_is_over(intake: Intake) -> None:
    entered(intake, MESSAGES[1])
    with intake.store.changing() as connection:
        assert claimed(connection, 1, "one", NOON, LATER)
        assert claimed(connection, 1, "one", NOON, LATER)
        assert not claimed(connection, 1, "another", NOON, LATER)
        assert to_be_read(connection, NOON, lambda _: False) == ()
        assert [found.id for found in to_be_read(connection, NOON, lambda name: name == "one")] == [1]
        let_go(connection, 1, "another")
        assert holder(connection, 1) == "one"
        assert claimed(connection, 1, "another", LATER + dt.timedelta(seconds=1), LATER)
        let_go(connection, 1, "another")
        assert claimed(connection, 1, "one", NOON, LATER)


def test_what_was_read_ahead_is_not_read_again(intake: Intake, beside: Intake) -> None:
    inbox = entered(intake, *MESSAGES)
    helping = replace(beside, watcher="the second")
    assert unread(intake) > 2
    assert [helping.read_ahead() for _ in range(4)] == [True, True, True, False]
    assert unread(intake) == 0
    assert not cases_in(intake)
    replace(intake, watcher="the first").sweep(inbox)
    assert {part.attempts for part in parts_in(intake) if part.reading} == {1}
    assert len(cases_in(intake)) == 2
    assert not list(inbox.waiting())


def test_files_that_are_in_another_computers_store_are_left_to_it(intake: Intake, tmp_path: Path) -> None:
    entered(intake, *MESSAGES)
    elsewhere = replace(intake, watcher="the second", originals=Originals(tmp_path / "another store"))
    before = unread(intake)
    assert not elsewhere.read_ahead()
    assert unread(intake) == before


def test_while_another_watcher_reads_a_message_it_is_waited_for(intake: Intake, beside: Intake) -> None:
    inbox = entered(intake, *MESSAGES)
    with intake.store.changing() as connection:
        claimed(connection, 1, "the second", NOON, LATER)
    seen = list[int]()

    def read_in_the_end() -> bool:
        seen.append(len(cases_in(intake)))
        if len(seen) == 2 * len(MESSAGES) + 1:
            with intake.store.changing() as connection:
                let_go(connection, 1, "the second")
            replace(beside, watcher="the second").read_ahead()
        return False

    replace(intake, watcher="the first").sweep(inbox, step_aside=read_in_the_end)
    assert seen[-1] == 2
    assert {part.attempts for part in parts_in(intake) if part.reading} == {1}
    assert not list(inbox.waiting())


def test_the_claim_of_a_watcher_that_ended_is_taken_over_at_once(
    intake: Intake, register_database: DatabaseKind
) -> None:
    if register_database == "sqlite":
        with intake.store.present() as name:
            assert name == ""
        return
    inbox = entered(intake, *MESSAGES)
    with ExitStack() as first, ExitStack() as second:
        dead, alive = (each.enter_context(intake.store.present()) for each in (first, second))
        with intake.store.changing() as connection:
            assert claimed(connection, 1, dead, NOON, LATER)
            assert not intake.store.absent(connection, dead)
        helping = replace(intake, watcher=alive)
        assert [helping.read_ahead() for _ in range(3)] == [True, True, False]
        first.close()
        assert helping.read_ahead()
        helping.sweep(inbox)
    assert len(cases_in(intake)) == 2


@pytest.mark.parametrize("watcher", ["", "the first"])
def test_what_another_run_took_in_meanwhile_is_neither_stuck_nor_doubled(
    watcher: str, intake: Intake, beside: Intake
) -> None:
    inbox, calls = inbox_with(*MESSAGES), list[int]()

    def let_another_run_go_first() -> bool:
        calls.append(1)
        if len(calls) == 1:
            beside.sweep(inbox)
        return len(calls) == 1

    swept = replace(intake, watcher=watcher).sweep(inbox, step_aside=let_another_run_go_first)
    assert swept.stuck == ()
    assert len(deliveries_in(intake)) == 3
    assert len(cases_in(intake)) == 2
    assert all(delivery.filed for delivery in deliveries_in(intake))


def test_a_slow_file_that_somebody_else_finished_meanwhile_is_not_entered_twice(intake: Intake, beside: Intake) -> None:
    slow = mail(files={"referral.rtf": old_form("rtf")}, message_id="<slow@carrowdale-school.example>")
    inbox, calls = inbox_with(slow, mail(typed())), list[int]()

    def let_somebody_finish_it() -> bool:
        calls.append(1)
        if len(calls) == 1:
            beside.finish(deliveries_in(intake)[0])
        return len(calls) == 1

    swept = intake.sweep(inbox, step_aside=let_somebody_finish_it)
    assert swept.stuck == ()
    assert len(cases_in(intake)) == 2
    assert [part.attempts for part in parts_in(intake) if part.source == "referral.rtf"] == [1]
    assert not list(inbox.waiting())


def test_what_was_read_first_stands_and_its_further_forms_are_not_doubled(intake: Intake) -> None:
    entered(intake, MESSAGES[1])
    (part,) = [part for part in parts_in(intake) if part.role == "body"]
    readings = intake.reader.readings(intake.originals.path(part.sha256), part.source, part.media_type)
    for _ in range(2):
        with intake.store.changing() as connection:
            deliveries.keep_readings(connection, part, [*readings, *readings])
    assert len([each for each in parts_in(intake) if each.role == "body"]) == 2 * len(readings)
