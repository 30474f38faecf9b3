"""Migrations on a register that holds something: every row is kept, and one that fails leaves all of it as it was."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from marac.errors import StoreError
from marac.register.cases import every_case
from marac.register.databases import RegisterDatabase
from marac.register.deliveries import every_delivery
from marac.register.schema import HEAD
from marac.register.store import Store, _database
from marac.register.upgrade import MIGRATIONS, bring_up_to_date, version_of
from marac.settings.shape import Database
from tests.register_databases import server_in_use

pytestmark = pytest.mark.both_databases

BEFORE = "0003"
_BROKEN = '''
"""A migration that stops in its middle."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.create_table("half_made", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("DELETE FROM flags")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("half", sa.Text()))
    op.execute("INSERT INTO no_such_table VALUES (1)")
'''
_ROWS = (
    """INSERT INTO deliveries (id, mailbox, item, sha256, message_id, received, stored_at, state, reasons)
       VALUES (7, 'inbox', 'a.eml', 'ab12', '<a@b.example>', '2026-03-02', '2026-03-02 09:30:00', 'done', '[]')""",
    """INSERT INTO parts (id, delivery, number, sha256, source, media_type, role, attempts)
       VALUES (3, 7, 1, 'cd34', 'form.docx', 'application/x', 'form', 1)""",
    """INSERT INTO parts (id, delivery, number, sha256, source, media_type, role, attempts, unlocks)
       VALUES (4, 7, 2, 'ef56', 'inner.docx', 'application/x', 'form', 1, 3)""",
    """INSERT INTO cases (reference, state, received, agency, reading)
       VALUES ('M26-0001', 'listed', '2026-03-02', 'Police', '{"kind": "referral"}')""",
    """INSERT INTO cases (reference, state, received, joined_to, reading)
       VALUES ('M26-0002', 'joined', '2026-03-03', 'M26-0001', '{"kind": "referral"}')""",
    "INSERT INTO sources (\"case\", delivery, part, role) VALUES ('M26-0001', 7, 3, 'referral')",
    """INSERT INTO flags ("case", code, reason, evidence, needs_decision)
       VALUES ('M26-0001', 'missing', 'No telephone number.', '', :yes)""",
    """INSERT INTO documents (meeting, kind, agency, version, contents, path, sha256, state, reason, prepared_on)
       VALUES ('2026-03-19', 'research', 'police', 1, 'c', 'p', 's', 'sent', '', '2026-03-12')""",
)
_TABLES = ("cases", "deliveries", "documents", "flags", "parts", "sources")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[RegisterDatabase]:
    """An empty one."""
    server, folder = server_in_use(), tmp_path / "store"
    folder.mkdir()
    name = server.server.new_database() if server else ""
    made = _database(folder, Database(url=server.server.url(name)) if server else None, 10)
    yield made
    made.engine.dispose()
    if server:
        server.server.remove_database(name)


@pytest.fixture
def old(database: RegisterDatabase) -> RegisterDatabase:
    """A register as the version before left it, with rows that speak of one another."""
    upgraded(database, BEFORE)
    with database.engine.begin() as connection:
        for row in _ROWS:
            connection.execute(text(row), {"yes": True} if ":yes" in row else {})
    return database


def upgraded(database: RegisterDatabase, to: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.connect().execution_options(purpose="migrating") as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def contents(connection: Connection) -> dict[str, list[Any]]:
    """Every row of the tables, with the columns that the old version had."""
    columns = {
        "cases": "reference, state, received, joined_to",
        "deliveries": "id, item, filed, state",
        "documents": "meeting, kind, agency, version, state",
        "flags": "id, code, reason, needs_decision",
        "parts": "id, delivery, sha256, unlocks",
        "sources": "id, delivery, part, role",
    }
    assert set(columns) == set(_TABLES)
    return {
        table: [tuple(row) for row in connection.execute(text(f"SELECT {named} FROM {table} ORDER BY 1"))]  # noqa: S608 - our own names
        for table, named in columns.items()
    }


def all_of(database: RegisterDatabase) -> dict[str, list[Any]]:
    with database.engine.connect().execution_options(**database.reading) as connection:
        return {**contents(connection), "tables": sorted(inspect(connection).get_table_names())}


def broken_migrations(place: Path) -> Path:
    folder = place / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_broken.py").write_text(_BROKEN.format(head=HEAD), encoding="utf-8")
    return folder


def test_a_register_of_the_version_before_is_brought_up_to_date_with_every_row(old: RegisterDatabase) -> None:
    before = all_of(old)
    bring_up_to_date(old)
    after = all_of(old)
    assert version_of(old) == HEAD
    assert {table: after[table] for table in _TABLES} == {table: before[table] for table in _TABLES}
    assert all(len(after[table]) for table in _TABLES)


def test_the_very_first_register_is_brought_up_to_date_with_every_row(database: RegisterDatabase) -> None:
    upgraded(database, "0001")
    with database.engine.begin() as connection:
        for row in _ROWS:
            if "unlocks" not in row:
                connection.execute(text(row), {"yes": True} if ":yes" in row else {})
    bring_up_to_date(database)
    assert {table: len(rows) for table, rows in all_of(database).items() if table in _TABLES} == {
        "cases": 2, "deliveries": 1, "documents": 1, "flags": 1, "parts": 1, "sources": 1,
    }  # fmt: skip


def test_a_migration_that_breaks_in_its_middle_leaves_the_old_register_and_the_next_one_goes_on(
    old: RegisterDatabase, tmp_path: Path
) -> None:
    before = all_of(old)
    with pytest.raises(Exception, match="no_such_table"):
        bring_up_to_date(old, broken_migrations(tmp_path))
    assert version_of(old) == BEFORE
    assert all_of(old) == before
    bring_up_to_date(old)
    assert {table: all_of(old)[table] for table in _TABLES} == {table: before[table] for table in _TABLES}


def test_a_store_whose_migration_fails_says_so_in_words_and_nothing_was_changed(
    old: RegisterDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, settings = all_of(old), None
    server = server_in_use()
    if server is not None:
        with old.engine.connect() as connection:
            settings = Database(
                url=server.server.url(str(connection.exec_driver_sql("SELECT current_database()").scalar()))
            )
    broken = broken_migrations(tmp_path)
    monkeypatch.setattr("marac.register.upgrade.MIGRATIONS", broken)
    with pytest.raises(StoreError) as caught:
        Store(tmp_path / "store", settings)
    assert "no_such_table" not in str(caught.value)
    assert all_of(old) == before
    monkeypatch.undo()
    store = Store(tmp_path / "store", settings)
    with store.reading() as connection:
        assert [case.reference for case in every_case(connection)] == ["M26-0001", "M26-0002"]
        assert [delivery.filed for delivery in every_delivery(connection)] == [False]
    store.close()


def test_a_register_that_a_newer_marac_has_used_is_left_alone(database: RegisterDatabase) -> None:
    bring_up_to_date(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer marac"):
        bring_up_to_date(database)
    assert version_of(database) == "9999"
