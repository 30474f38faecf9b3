"""The store: whole transactions, migrations that match the tables, an unbroken trail."""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from marac.audit import Entry, broken_link
from marac.case import Case, Decision, Flag
from marac.checklist import Checklist
from marac.errors import NotFoundError, StoreError
from marac.referral import Evidence, Perpetrator, Problem, Reading, Referral, Victim
from marac.register import cases, deliveries
from marac.register.schema import HEAD, metadata
from marac.register.store import Store
from marac.register.trail import record, trail
from marac.register.upgrade import MIGRATIONS
from marac.settings.shape import Database
from tests.register_databases import new_database

MOMENT = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
READING = Reading(
    "referral",
    Referral(
        date=dt.date(2026, 11, 18),
        victim=Victim(
            name="Siân O'Connor-Blake", aliases=("Jan",), date_of_birth=dt.date(1990, 2, 1), safe_to_call=False
        ),
        perpetrators=(Perpetrator(name="Tom Blake"),),
        checklist=Checklist("dash", {"1": "yes", "2": "no"}, 1),
    ),
    {"victim.name": Evidence("O'CONNOR-BLAKE, Siân", "table 1, row 2", 0.95)},
    (Problem("missing", "victim.phone", "No telephone number for the victim was found."),),
)
CASE = Case(
    reference="M26-0001",
    state="listed",
    received=dt.date(2026, 11, 19),
    reading=READING,
    agency="Carrowdale Police",
    meeting=dt.date(2026, 12, 3),
    flags=(Flag("duplicate", "The same couple.", "names and dates of birth", "M26-0000", needs_decision=True),),
)


pytestmark = pytest.mark.both_databases


@pytest.fixture
def database() -> Database | None:
    """An empty one; None for a file in the store folder."""
    return new_database()


@pytest.fixture
def store(tmp_path: Path, database: Database | None) -> Iterator[Store]:
    made = Store(tmp_path / "store", database)
    yield made
    made.close()


def test_a_case_comes_back_as_it_was_entered(store: Store) -> None:
    with store.changing() as connection:
        cases.add_case(connection, CASE)
        cases.add_case(connection, replace(CASE, reference="M26-0002", flags=()))
        cases.add_decision(
            connection,
            Decision("M26-0001", "not-same-as", "Two people.", "A Person", dt.date(2026, 11, 20), "M26-0002"),
        )
    with store.reading() as connection:
        found = cases.case_named(connection, "m26-0001 ")
    assert replace(found, decisions=()) == CASE
    assert found.decisions[0].other_case == "M26-0002"


def test_references_count_by_the_year_of_arrival(store: Store) -> None:
    with store.changing() as connection:
        assert cases.next_reference(connection, dt.date(2026, 1, 1)) == "M26-0001"
        cases.add_case(connection, replace(CASE, reference="M26-0009"))
        assert cases.next_reference(connection, dt.date(2026, 5, 1)) == "M26-0010"
        assert cases.next_reference(connection, dt.date(2027, 5, 1)) == "M27-0001"


def test_a_case_that_is_not_there_is_said(store: Store) -> None:
    with store.reading() as connection, pytest.raises(NotFoundError):
        cases.case_named(connection, "M26-9999")


def test_a_change_that_fails_leaves_nothing(store: Store) -> None:
    def half_done() -> None:
        with store.changing() as connection:
            cases.add_case(connection, CASE)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half_done()
    with store.reading() as connection:
        assert cases.every_case(connection) == ()


def test_the_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == HEAD


def test_the_folder_is_read_by_its_owner_only(store: Store) -> None:
    assert store.folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in store.folder.iterdir())


def test_one_writer_at_a_time_and_the_second_sees_what_the_first_did(
    store: Store, tmp_path: Path, database: Database | None
) -> None:
    second = Store(tmp_path / "store", database)
    begun, references = Event(), list[str]()

    def write(own: Store, *, first: bool) -> None:
        with own.changing() as connection:
            begun.set()
            reference = cases.next_reference(connection, CASE.received)
            if first:
                time.sleep(0.3)  # the other one has begun to wait by now; where it has not, this test is merely easier
            cases.add_case(connection, replace(CASE, reference=reference))
            references.append(reference)

    thread = Thread(target=write, args=(store,), kwargs={"first": True})
    thread.start()
    begun.wait()
    write(second, first=False)
    thread.join()
    second.close()
    assert references == ["M26-0001", "M26-0002"]


def test_a_locked_database_stops_loudly_and_changes_nothing(
    store: Store, tmp_path: Path, database: Database | None
) -> None:
    impatient = Store(tmp_path / "store", database, wait_seconds=0.1)
    with store.changing(), pytest.raises(StoreError, match="locked"), impatient.changing() as connection:
        cases.add_case(connection, CASE)
    with impatient.changing() as connection:
        cases.add_case(connection, CASE)
    impatient.close()


def test_an_error_of_the_database_says_no_value(store: Store) -> None:
    with store.changing() as connection:
        cases.add_case(connection, CASE)
    with pytest.raises(StoreError) as caught, store.changing() as connection:
        cases.add_case(connection, CASE)
    assert "Siân" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_trail_shows_where_it_was_changed(store: Store) -> None:
    for number in range(3):
        with store.changing() as connection:
            record(connection, Entry(MOMENT, "marac", "case entered", f"M26-000{number}"))
    with store.reading() as connection:
        entries = list(trail(connection))
    assert broken_link(entries) is None
    entries[1] = (replace(entries[1][0], subject="M26-0007"), entries[1][1])
    assert broken_link(entries) == 2


def test_the_same_item_is_one_delivery_until_it_is_filed(store: Store) -> None:
    values = {
        "mailbox": "folder inbox",
        "item": "a.eml",
        "sha256": "0" * 64,
        "received": dt.date(2026, 11, 19),
        "stored_at": MOMENT,
    }
    with store.changing() as connection:
        first = deliveries.add_delivery(connection, values)
        assert deliveries.delivery_of_item(connection, "folder inbox", "a.eml", "0" * 64) == first
        deliveries.mark_filed(connection, first.id)
        assert deliveries.unfiled_deliveries(connection, "folder inbox") == ()
        again = deliveries.add_delivery(connection, values)
    assert again.id != first.id
