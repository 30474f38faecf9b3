"""A register on a PostgreSQL server: who is let in, what is encrypted, what fails and how that is said."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from marac.errors import BusyError, SettingsError, StoreError
from marac.register import cases
from marac.register.store import Store, register_begun
from marac.settings.shape import Database
from tests.certificates import server_files
from tests.postgresql_server import HOST, PASSWORD, PostgresqlServer
from tests.prepared_meetings import opened
from tests.register_databases import RegistersOnServer, registers_in
from tests.test_store import CASE
from tests.working_folder import WorkingFolder, working_folder


def writes(store: Store, reference: str = "M26-0001") -> None:
    with store.changing() as connection:
        cases.add_case(connection, replace(CASE, reference=reference))


@pytest.fixture
def database(registers_on_server: RegistersOnServer) -> Iterator[Database]:
    with registers_on_server.removed_again():
        yield registers_on_server.new()


@pytest.fixture
def store(tmp_path: Path, database: Database) -> Iterator[Store]:
    made = Store(tmp_path / "store", database)
    yield made
    made.close()


def guarded(url: str, password: Path) -> Database:
    """The settings of a database whose user needs a password, which stands in a file."""
    return Database.model_validate({"url": url, "password": {"file": str(password)}})


def named(database: Database) -> str:
    """The database's name on the server."""
    return str(database.url).partition("@/")[2].partition("?")[0]


def test_the_database_says_which_it_is_without_its_user(store: Store) -> None:
    assert store.name.startswith("the database register")
    assert "PostgreSQL 1" in store.name
    assert "marac" not in store.name


def test_what_is_read_is_the_register_at_one_moment_and_changes_nothing(store: Store) -> None:
    with store.reading() as connection:
        assert cases.every_case(connection) == ()
        writes(store)
        assert cases.every_case(connection) == ()
    with pytest.raises(StoreError, match="only lets itself be read"), store.reading() as connection:
        cases.add_case(connection, CASE)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://marac:secret@db.council.example/marac",
        "postgresql://marac@db.council.example/marac?sslmode=disable",
        "postgresql://marac@db.council.example/marac?options=-cfsync%3Doff",
        "postgresql://marac@db.council.example/",
        "postgresql://marac@db.council.example/marac?sslrootcert=/not/there.pem",
    ],
)
def test_a_url_with_a_password_or_with_less_than_a_checked_certificate_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        Store(tmp_path / "store", Database(url=url))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://marac@/postgres?host=/nowhere", "cannot be reached"),
        ("postgresql://marac@127.0.0.1:1/postgres", "cannot be reached"),
        ("postgresql://marac@no-such-host.example/postgres", "cannot be reached"),
        ("postgresql://marac@/no_such_database?host={home}", "There is no such database"),
        ("postgresql://nobody9@/postgres?host={home}", "did not let marac in"),
        ("postgresql://guarded@/postgres?host={home}", "did not let marac in"),
    ],
)
def test_a_server_that_cannot_be_used_is_told_in_words(
    url: str, said: str, postgresql: PostgresqlServer, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        Store(tmp_path / "store", Database(url=url.format(home=postgresql.home)))
    assert caught.value.__cause__ is None
    assert "nobody9" not in str(caught.value)


def test_the_password_is_read_from_where_the_settings_say(
    postgresql: PostgresqlServer, database: Database, tmp_path: Path
) -> None:
    name, file = named(database), tmp_path / "password.txt"
    postgresql.command("GRANT ALL ON ALL TABLES IN SCHEMA public TO guarded", database=name)
    settings = guarded(postgresql.url(name, "guarded"), file)
    file.write_text(PASSWORD + "\n", encoding="utf-8")
    store = Store(tmp_path / "store", settings)
    with store.reading() as connection:
        assert cases.every_case(connection) == ()
    store.close()
    file.write_text("another one", encoding="utf-8")
    with pytest.raises(StoreError, match="did not let marac in"):
        Store(tmp_path / "store", settings)


def test_a_user_without_rights_is_told_so(postgresql: PostgresqlServer, database: Database, tmp_path: Path) -> None:
    file = tmp_path / "password.txt"
    file.write_text(PASSWORD, encoding="utf-8")
    postgresql.command("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM guarded", database=named(database))
    with pytest.raises(StoreError, match="may not use the tables"):
        Store(
            tmp_path / "store",
            guarded(postgresql.url(named(database), "guarded"), file),
        )


def test_a_server_that_ends_a_connection_is_told_and_the_next_change_goes_through(
    store: Store, postgresql: PostgresqlServer, database: Database
) -> None:
    name = named(database)
    end = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - our own name

    def cut_off() -> None:
        with store.changing() as connection:
            cases.add_case(connection, CASE)
            postgresql.command(end)
            cases.add_case(connection, replace(CASE, reference="M26-0002"))

    with pytest.raises(StoreError, match="cannot be reached"):
        cut_off()
    writes(store)
    postgresql.command(end)  # while nothing is under way
    with store.reading() as connection:
        assert [case.reference for case in cases.every_case(connection)] == ["M26-0001"]


def test_a_table_that_somebody_else_locked_stops_loudly(
    postgresql: PostgresqlServer, database: Database, tmp_path: Path
) -> None:
    store = Store(tmp_path / "store", database, wait_seconds=0.1)
    with closing(postgresql.connected(named(database))) as other, other.transaction():
        other.execute("LOCK TABLE cases IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreError, match="locked"):
            writes(store)
    writes(store)
    store.close()


def test_a_database_that_cannot_hold_every_letter_is_refused(postgresql: PostgresqlServer, tmp_path: Path) -> None:
    postgresql.command("CREATE DATABASE western TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(StoreError, match="UTF8"):
        Store(tmp_path / "store", Database(url=postgresql.url("western")))
    postgresql.remove_database("western")


def test_one_program_at_a_time_works_for_a_marac_and_another_marac_goes_on(
    store: Store, database: Database, tmp_path: Path
) -> None:
    tidied: list[str] = []
    elsewhere = Store(tmp_path / "other computer", database)
    neighbour = Store(tmp_path / "store", database, "northmoor")
    with store.alone(1, lambda: tidied.append("first")):
        with pytest.raises(BusyError), elsewhere.alone(0.1, lambda: tidied.append("second")):
            pass
        with neighbour.alone(1, lambda: tidied.append("neighbour")):
            pass
    with elsewhere.alone(1, lambda: tidied.append("later")):
        pass
    for each in (elsewhere, neighbour):
        each.close()
    assert tidied == ["first", "later"]  # while somebody is at work, nothing is tidied up that may be theirs


def test_an_empty_database_is_known_before_anything_is_begun_in_it(
    postgresql: PostgresqlServer, database: Database, tmp_path: Path
) -> None:
    assert register_begun(tmp_path, database)
    name = postgresql.new_database()
    assert not register_begun(tmp_path, Database(url=postgresql.url(name)))
    postgresql.remove_database(name)


def test_where_a_workbook_stands_an_empty_database_is_not_begun_in_silence(
    registers_on_server: RegistersOnServer, tmp_path: Path
) -> None:
    with registers_on_server.removed_again(), registers_in(registers_on_server):
        folder = working_folder(tmp_path).path
    name = registers_on_server.server.new_database()
    config = folder / "config.toml"
    config.write_text(re.sub(r"@/\w+", f"@/{name}", config.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "register.xlsx").write_bytes(b"a workbook")
    with pytest.raises(StoreError, match="There is no register in the database"), opened(WorkingFolder(folder)):
        pass
    (folder / "register.xlsx").unlink()
    with opened(WorkingFolder(folder)) as office, office.alone():
        assert "PostgreSQL" in office.store.name
    registers_on_server.server.remove_database(name)


# ---- PostgreSQL by the network ----


@pytest.fixture(scope="module")
def encrypted() -> Iterator[PostgresqlServer]:
    with PostgresqlServer(encrypted=True) as server:
        server.command("ALTER ROLE guarded SUPERUSER")
        yield server


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password.txt"
    file.write_text(PASSWORD, encoding="utf-8")
    return file


def test_by_the_network_everything_is_encrypted_and_the_certificate_is_checked(
    encrypted: PostgresqlServer, password: Path, tmp_path: Path
) -> None:
    url = f"{encrypted.url_by_network('postgres')}&sslrootcert={encrypted.authority}"
    store = Store(tmp_path / "store", guarded(url, password))
    with store.reading() as connection:
        question = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert connection.exec_driver_sql(question).scalar() is True
    store.close()


@pytest.mark.parametrize("wrong", ["a stranger's authority", "another name", "no authority named"])
def test_a_server_that_cannot_show_that_it_is_the_right_one_gets_no_password(
    wrong: str, encrypted: PostgresqlServer, password: Path, tmp_path: Path
) -> None:
    stranger = server_files(tmp_path, HOST, authority="Somebody Else")
    authority = {"a stranger's authority": stranger.authority, "another name": encrypted.authority}.get(wrong)
    host = "other.carrowdale.example" if wrong == "another name" else HOST
    url = encrypted.url_by_network("postgres", host) + (f"&sslrootcert={authority}" if authority else "")
    with pytest.raises(StoreError, match="Nothing was sent to it"):
        Store(tmp_path / "store", guarded(url, password))


def test_a_server_that_does_not_encrypt_is_never_spoken_to_in_plain_text(
    encrypted: PostgresqlServer, password: Path, tmp_path: Path
) -> None:
    url = f"{encrypted.url_by_network('postgres')}&sslrootcert={encrypted.authority}"
    encrypted.command("ALTER SYSTEM SET ssl = off", "SELECT pg_reload_conf()")
    try:
        with pytest.raises(StoreError, match="Nothing was sent to it"):
            Store(tmp_path / "store", guarded(url, password))
    finally:
        encrypted.command("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()")
