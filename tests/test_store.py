"""The store: whole transactions, migrations that match the tables, an unbroken trail."""

import datetime as dt
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

import marac.register
from marac.audit import Entry, broken_link
from marac.case import Case, Decision, Flag
from marac.checklist import Checklist
from marac.errors import NotFoundError, StoreError
from marac.referral import Evidence, Perpetrator, Problem, Reading, Referral, Victim
from marac.register import cases, deliveries
from marac.register.schema import HEAD, metadata
from marac.register.store import Store
from marac.register.trail import record, trail

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


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


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
    engine = create_engine(f"sqlite:///{store.path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    folder = Path(marac.register.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == HEAD


def test_the_database_is_read_by_its_owner_only(store: Store) -> None:
    assert store.path.stat().st_mode & 0o077 == 0
    assert store.folder.stat().st_mode & 0o077 == 0


def test_a_locked_database_stops_loudly_and_changes_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("marac.register.store._WAIT_SECONDS", 0.1)
    impatient = Store(tmp_path / "store")
    holder = sqlite3.connect(store.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked"), impatient.changing() as connection:
        cases.add_case(connection, CASE)
    holder.execute("ROLLBACK")
    holder.close()
    with impatient.changing() as connection:
        cases.add_case(connection, CASE)


def test_a_full_disk_stops_loudly_and_changes_nothing(store: Store) -> None:
    long_form = replace(READING, referral=replace(READING.referral, reason="word " * 100_000))

    def write() -> None:
        with store.changing() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 60")  # SQLite's own way of having no room
            cases.add_case(connection, replace(CASE, reading=long_form))

    with pytest.raises(StoreError, match="disk is full"):
        write()
    with store.reading() as connection:
        assert cases.every_case(connection) == ()


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir(mode=0o700)
    (folder / "marac.db").write_bytes(b"a letter, not a database " * 100)
    with pytest.raises(StoreError, match="from the backup"):
        Store(folder)


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
