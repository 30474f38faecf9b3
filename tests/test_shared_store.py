"""Several MARACs in one store: each sees its own cases and messages, and people are found again in all of them."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from marac.case import Case
from marac.errors import NotFoundError, UsageError
from marac.register.cases import add_case, case_named, cases_of_every_marac, every_case
from marac.register.deliveries import add_delivery, every_delivery, first_delivery_of, unfinished_deliveries
from marac.register.documents import add_paper, every_paper
from marac.register.flagging import flags_of
from marac.register.members import add_member, maracs_seen_by, members_of, remove_member
from marac.register.near import cases_near
from marac.register.outgoing import add_outgoing, outgoing_in
from marac.register.store import Store
from marac.triage import Rules
from tests.made_up_couples import couple
from tests.register_databases import new_database

pytestmark = pytest.mark.both_databases

NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    database = new_database()
    with (
        closing(Store(tmp_path / "store", database, "hillford")) as one,
        closing(Store(tmp_path / "store", database, "brackley")) as other,
    ):
        yield one, other


def message(connection: Connection, sha256: str = "a" * 64) -> int:
    values = {"mailbox": "imap", "item": "1", "sha256": sha256, "received": TODAY, "stored_at": NOW}
    return add_delivery(connection, values).id


def entered(store: Store, case: Case) -> Case:
    with store.changing() as connection:
        add_case(connection, case)
        return case_named(connection, case.reference)


def test_a_marac_lists_its_own_cases_only(stores: tuple[Store, Store]) -> None:
    for store, reference in zip(stores, ("M26-0001", "M26-0002"), strict=True):
        assert entered(store, couple(reference)).marac == store.marac
    for store, reference in zip(stores, ("M26-0001", "M26-0002"), strict=True):
        with store.reading() as connection:
            assert [case.reference for case in every_case(connection)] == [reference]
            assert len(cases_of_every_marac(connection)) == 2


def test_the_books_of_one_mailbox_are_not_those_of_the_other(stores: tuple[Store, Store]) -> None:
    one, other = stores
    with one.changing() as connection:
        mine = message(connection)
    with other.changing() as connection:
        assert every_delivery(connection) == unfinished_deliveries(connection) == ()
        theirs = message(connection, "b" * 64)
    with one.reading() as connection:
        assert [delivery.id for delivery in every_delivery(connection)] == [mine]
    assert mine != theirs


def test_the_same_bytes_sent_to_two_maracs_are_a_first_arrival_at_each(stores: tuple[Store, Store]) -> None:
    one, other = stores
    for store, mailbox in ((one, "imap one"), (other, "imap other")):
        with store.changing() as connection:
            values = {"mailbox": mailbox, "item": "1", "sha256": "c" * 64, "received": TODAY, "stored_at": NOW}
            number = add_delivery(connection, values).id
            assert first_delivery_of(connection, "c" * 64).id == number


def test_what_is_to_leave_for_one_marac_never_leaves_for_the_other(stores: tuple[Store, Store]) -> None:
    one, other = stores
    paper = {
        "meeting": TODAY, "kind": "letter", "agency": "police", "version": 1, "contents": "x", "path": "x",
        "sha256": "x", "state": "approved", "reason": "", "prepared_on": TODAY,
    }  # fmt: skip
    answer = {
        "kind": "digest", "recipient": "marac@hillford.example", "message_id": "<1@x>", "sha256": "x",
        "state": "approved", "written_at": NOW,
    }  # fmt: skip
    with one.changing() as connection:
        add_paper(connection, paper)
        add_outgoing(connection, answer)
    with other.changing() as connection:
        assert every_paper(connection) == ()
        assert outgoing_in(connection, {"approved"}) == ()
        add_paper(connection, paper)  # the same meeting and agency, of another MARAC
    with one.reading() as connection:
        assert len(every_paper(connection)) == len(outgoing_in(connection, {"approved"})) == 1


def test_a_couple_heard_by_another_marac_is_found_again_and_said_to_be_from_there(
    stores: tuple[Store, Store],
) -> None:
    one, other = stores
    entered(one, couple("M26-0001", dt.date(2026, 9, 1), state="heard", meeting=dt.date(2026, 9, 10)))
    again = entered(other, couple("M26-0002", TODAY))
    with other.reading() as connection:
        assert [case.marac for case in cases_near(connection, again)] == ["hillford"]
        codes = {flag.code for flag in flags_of(connection, again, Rules())}
    assert "transferred in" in codes


def test_people_see_the_maracs_that_they_are_named_for(stores: tuple[Store, Store]) -> None:
    one, other = stores
    for store in stores:
        with store.changing() as connection:
            add_member(connection, "Ruth Okoro", "Ruth.Okoro@council.example", "A. Coordinator", TODAY)
    with one.changing() as connection:
        assert maracs_seen_by(connection, "ruth.okoro@council.example ") == {"hillford", "brackley"}
        with pytest.raises(UsageError):
            add_member(connection, "R. Okoro", "RUTH.OKORO@council.example", "A. Coordinator", TODAY)
        remove_member(connection, "ruth.okoro@council.example", TODAY)
        assert maracs_seen_by(connection, "ruth.okoro@council.example") == {"brackley"}
        assert [member.removed_on for member in members_of(connection)] == [TODAY]
        with pytest.raises(NotFoundError):
            remove_member(connection, "ruth.okoro@council.example", TODAY)
        assert maracs_seen_by(connection, "stranger@council.example") == frozenset()
    with other.reading() as connection:
        assert [member.removed_on for member in members_of(connection)] == [None]
