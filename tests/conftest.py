"""What every test leaves as it found it, and which database its register is in."""

import os
from collections.abc import Iterator

import pytest

from tests.postgresql_server import PostgresqlServer
from tests.register_databases import DatabaseKind, RegistersOnServer, registers_in, server_in_use


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "both_databases: runs once with SQLite and once with PostgreSQL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("register_database", ["sqlite", "postgresql"], indirect=True, scope="module")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """The umask of an ordinary machine; commands make it stricter for their process, which here is the tests' own."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """A server for the whole run, started by the first test that needs it."""
    with PostgresqlServer() as server:
        yield server


@pytest.fixture(scope="session")
def registers_on_server(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> RegistersOnServer:
    return RegistersOnServer(postgresql, tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="module", autouse=True)
def register_database(request: pytest.FixtureRequest) -> Iterator[DatabaseKind]:
    """Where the registers of this module's tests are.

    A fixture of the whole module that makes a register must ask for this one: then it is made anew for each database.
    """
    kind: DatabaseKind = getattr(request, "param", "sqlite")
    if kind == "sqlite":
        yield kind
        return
    server: RegistersOnServer = request.getfixturevalue("registers_on_server")
    with server.removed_again(), registers_in(server):
        yield kind


@pytest.fixture(autouse=True)
def databases_of_a_test(register_database: DatabaseKind) -> Iterator[None]:  # noqa: ARG001 - made before it
    """Nothing stays on the server that a test made there."""
    server = server_in_use()
    if server is None:
        yield
        return
    with server.removed_again():
        yield
