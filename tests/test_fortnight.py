"""A whole fortnight, from an empty folder to an overdue action, with the register on a PostgreSQL server."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from marac.audit import broken_link
from marac.cli import Clock, main
from marac.demo.days import calendar_around
from marac.demo.fortnight import play
from marac.demo.messages import MAKES_A_CASE, earlier_messages, fortnight_messages
from marac.demo.stage import Stage
from marac.register.documents import every_paper
from marac.register.research_returns import every_return
from marac.register.store import Store
from marac.register.trail import trail
from marac.settings import settings_from
from tests.register_databases import RegistersOnServer, name_database, registers_in
from tests.working_folder import AFTER_CUT_OFF


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory: pytest.TempPathFactory, registers_on_server: RegistersOnServer) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("fortnight") / "marac"

    def run(words: Sequence[str], clock: Clock) -> int:
        code = main(list(words), clock)
        if "init" in words:
            name_database(folder)
        return code

    with registers_on_server.removed_again(), registers_in(registers_on_server):
        stage = Stage(folder, calendar_around(AFTER_CUT_OFF), run)
        play(stage)
        yield stage


def test_nothing_of_the_register_is_in_a_file(fortnight: Stage) -> None:
    assert not list((fortnight.folder / "store").glob("marac.db*"))
    assert (fortnight.folder / "register.xlsx").is_file()


def test_every_message_is_accounted_for_and_every_referral_is_a_case(fortnight: Stage) -> None:
    days = fortnight.days
    posted = [*earlier_messages(days.heard_on), *fortnight_messages(days.first_day, days.heard_on)]
    told = fortnight.books()
    assert told["arrived"] == told["accounted_for"] > len(posted)
    cases = {entry["sha256"]: entry["cases"] for entry in told["messages"]}
    for message in fortnight_messages(days.first_day, days.heard_on):
        assert bool(cases[message.sha256]) == (message.expectation in MAKES_A_CASE | {"same message"}), message.name


def test_every_agency_got_its_papers_and_answered_and_the_ledger_says_so(fortnight: Stage) -> None:
    settings = settings_from(fortnight.folder / "config.toml")
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    with store.reading() as connection:
        papers = [paper for paper in every_paper(connection) if paper.meeting == fortnight.days.meeting]
        answered = {each.agency for each in every_return(connection) if each.state == "taken"}
    store.close()
    sent = Counter(paper.kind for paper in papers if paper.state == "sent")
    assert (sent["letter"], sent["research"], sent["reminder"]) == (len(fortnight.readers), len(fortnight.readers), 1)
    assert len(answered) == len(fortnight.readers) - 1


def test_the_audit_trail_is_whole(fortnight: Stage) -> None:
    settings = settings_from(fortnight.folder / "config.toml")
    store = Store(settings.folders.store, settings.database, settings.marac.id)
    with store.reading() as connection:
        entries = trail(connection)
    store.close()
    assert len(entries) > 100
    assert broken_link(entries) is None
