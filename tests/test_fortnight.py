"""A whole fortnight, from an empty folder to sealed letters, with the register on a PostgreSQL server."""

import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from marac.audit import broken_link
from marac.cli import main
from marac.demo.fortnight import Fortnight, calendar_around
from marac.demo.messages import MAKES_A_CASE, earlier_messages, fortnight_messages
from marac.register.documents import every_paper
from marac.register.store import Store
from marac.register.trail import trail
from marac.settings import settings_from
from tests.register_databases import RegistersOnServer, name_database, registers_in
from tests.working_folder import AFTER_CUT_OFF


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory: pytest.TempPathFactory, registers_on_server: RegistersOnServer) -> Iterator[Fortnight]:
    folder = tmp_path_factory.mktemp("fortnight") / "marac"

    def run(words: Sequence[str]) -> int:
        code = main(list(words))
        if "init" in words:
            name_database(folder)
        return code

    with registers_on_server.removed_again(), registers_in(registers_on_server):
        played = Fortnight(folder, calendar_around(AFTER_CUT_OFF), run)
        played.play()
        yield played
    for agency in played.agencies:
        subprocess.run(["gpgconf", "--homedir", str(agency.home), "--kill", "all"], check=False)


def test_nothing_of_the_register_is_in_a_file(fortnight: Fortnight) -> None:
    assert not list((fortnight.folder / "store").glob("marac.db*"))
    assert (fortnight.folder / "register.xlsx").is_file()


def test_every_message_is_accounted_for_and_every_referral_is_a_case(fortnight: Fortnight) -> None:
    days = fortnight.days
    posted = [*earlier_messages(days.heard_on), *fortnight_messages(days.first_day, days.heard_on)]
    told = fortnight.books()
    assert told["arrived"] == told["accounted_for"] == len(posted)
    cases = {entry["sha256"]: entry["cases"] for entry in told["messages"]}
    for message in fortnight_messages(days.first_day, days.heard_on):
        assert bool(cases[message.sha256]) == (message.expectation in MAKES_A_CASE | {"same message"}), message.name


def test_every_agency_got_its_letter_once_and_the_ledger_says_so(fortnight: Fortnight) -> None:
    settings = settings_from(fortnight.folder / "config.toml")
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    with store.reading() as connection:
        states = Counter((paper.kind, paper.state) for paper in every_paper(connection) if paper.agency)
    store.close()
    assert states["letter", "sent"] == len(fortnight.agencies)
    assert all((agency.folder / "letter.docx.pgp").is_file() for agency in fortnight.agencies)


def test_the_audit_trail_is_whole(fortnight: Fortnight) -> None:
    settings = settings_from(fortnight.folder / "config.toml")
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    with store.reading() as connection:
        entries = trail(connection)
    store.close()
    assert len(entries) > 100
    assert broken_link(entries) is None
