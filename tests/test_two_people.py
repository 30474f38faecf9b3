"""Two people who change one case at once: the second is told in words, and nothing of their change is there."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from marac.case import Case, Decision
from marac.deciding import decide
from marac.errors import ConflictError
from marac.office import Office
from marac.register.cases import add_case, case_named, set_reading
from marac.register.trail import trail
from tests.made_up_couples import couple
from tests.prepared_meetings import opened
from tests.working_folder import AFTER_CUT_OFF, working_folder

pytestmark = pytest.mark.both_databases

CASE = "M26-0001"
HEAR = Decision(CASE, "hear", "He was released.", "J. Odell", AFTER_CUT_OFF)
NOT_HEARD = Decision(CASE, "not-heard", "She has moved away.", "H. Pemberton-Shah", AFTER_CUT_OFF)
WITHDRAW = Decision(CASE, "withdraw", "Sent by mistake.", "J. Odell", AFTER_CUT_OFF)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """Two people's computers, and one case."""
    folder = working_folder(tmp_path)
    with ExitStack() as both:
        one, other = (both.enter_context(opened(folder)) for _ in range(2))
        with one.store.changing() as connection:
            add_case(connection, replace(couple(CASE), state="received", meeting=None, received=dt.date(2026, 11, 10)))
        yield one, other


def looked_up(office: Office) -> Case:
    with office.store.reading() as connection:
        return case_named(connection, CASE)


def decided(office: Office, seen: Case, decision: Decision) -> Case:
    with office.store.changing() as connection:
        return decide(
            connection, office, seen, decision, office.entry("case decided", CASE, decision.kind, decision.by)
        )


def said_in_the_trail(office: Office) -> list[str]:
    with office.store.reading() as connection:
        return [entry.detail for entry, _ in trail(connection) if entry.event == "case decided"]


def test_of_two_decisions_on_what_both_saw_the_second_is_refused_whole(offices: tuple[Office, Office]) -> None:
    one, other = offices
    seen_by_one, seen_by_other = looked_up(one), looked_up(other)
    decided(one, seen_by_one, NOT_HEARD)
    with pytest.raises(ConflictError, match=f"Somebody else changed {CASE} .* Look at the case again"):
        decided(other, seen_by_other, WITHDRAW)
    for office in offices:
        now = looked_up(office)
        assert (now.state, now.decisions) == ("not heard", (NOT_HEARD,))
        assert said_in_the_trail(office) == ["not-heard"]


def test_whoever_was_refused_looks_again_and_may_decide_then(offices: tuple[Office, Office]) -> None:
    one, other = offices
    seen_by_other = looked_up(other)
    decided(one, looked_up(one), NOT_HEARD)
    with pytest.raises(ConflictError):
        decided(other, seen_by_other, HEAR)
    decided(other, looked_up(other), HEAR)
    assert looked_up(one).decisions == (NOT_HEARD, HEAR)


def test_a_correction_does_not_undo_what_was_decided_meanwhile(offices: tuple[Office, Office]) -> None:
    one, other = offices
    seen = looked_up(other)
    decided(one, looked_up(one), NOT_HEARD)
    victim = replace(seen.reading.referral.victim, phone="07700900999")
    reading = replace(seen.reading, referral=replace(seen.reading.referral, victim=victim))
    with pytest.raises(ConflictError), other.store.changing() as connection:
        set_reading(connection, replace(seen, reading=reading))
    now = looked_up(one)
    assert now.state == "not heard"
    assert now.reading.referral.victim.phone != "07700900999"


def test_of_two_who_decide_at_the_very_same_moment_one_is_told(offices: tuple[Office, Office]) -> None:
    ready, told = threading.Barrier(2), list[str]()

    def decide_at_once(office: Office, decision: Decision) -> None:
        seen = looked_up(office)
        ready.wait(30)
        try:
            decided(office, seen, decision)
        except ConflictError as error:
            told.append(str(error))

    both = [
        threading.Thread(target=decide_at_once, args=each) for each in zip(offices, (NOT_HEARD, WITHDRAW), strict=True)
    ]
    for each in both:
        each.start()
    for each in both:
        each.join(60)
    assert len(told) == 1
    assert len(looked_up(offices[0]).decisions) == len(said_in_the_trail(offices[0])) == 1
