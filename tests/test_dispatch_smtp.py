"""What was released leaves by a real mail server: what it says decides what becomes of a letter."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.dispatch import release, send_approved
from marac.office import Office
from tests.mailbox_places import SmtpPlace
from tests.prepared_meetings import opened, prepared_folder, sealed, states
from tests.register_databases import DatabaseKind
from tests.smtp_server import SmtpServer
from tests.wire import Wire
from tests.working_folder import MEETING, WorkingFolder, copied

pytestmark = pytest.mark.both_databases


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, register_database: DatabaseKind) -> WorkingFolder:  # noqa: ARG001 - made for each
    return prepared_folder(tmp_path_factory.mktemp("original"))


@pytest.fixture
def office(original: WorkingFolder, tmp_path: Path) -> Iterator[Office]:
    with opened(copied(original, tmp_path / "marac")) as made:
        yield made


@pytest.fixture
def place(tmp_path: Path) -> Iterator[SmtpPlace]:
    with SmtpServer("tls") as server:
        yield SmtpPlace(server, tmp_path)


def test_each_letter_goes_to_its_one_agency(office: Office, place: SmtpPlace) -> None:
    with place.outbox() as outbox:
        release(office, MEETING, outbox, "A Person")
    agencies = office.settings.agencies
    assert [taken.recipients for taken in place.server.taken] == [
        (agencies[paper.agency].email,) for paper in sealed(office)
    ]
    for taken in place.server.taken:
        assert re.findall(rb"(?mi)^(?:to|cc|bcc): (.*?)\r?$", taken.content) == [taken.recipients[0].encode()]


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_what_the_server_puts_off_is_tried_again_by_the_next_run(
    office: Office, place: SmtpPlace, command: str
) -> None:
    place.server.refusals[command] = "451 come back later"
    with place.outbox() as outbox:
        stopped = release(office, MEETING, outbox, "A Person").stopped
    assert stopped is not None
    assert "(451)" in str(stopped)
    assert states(office) == ["retry", "approved"]
    place.server.refusals.clear()
    with place.outbox() as outbox:
        assert send_approved(office, outbox).sent == 1
    assert states(office) == ["sent", "approved"]
    assert len(place.server.taken) == 1


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_what_the_server_refuses_for_good_has_failed_and_the_rest_goes_on(
    office: Office, place: SmtpPlace, command: str
) -> None:
    place.server.refusals[command] = "550 no such user"
    with place.outbox() as outbox:
        result = release(office, MEETING, outbox, "A Person")
        assert len(result.failed) == 2
        assert result.stopped is None
        assert send_approved(office, outbox).sent == 0
    assert states(office) == ["failed", "failed"]
    assert place.server.taken == []


def test_a_line_that_is_cut_after_the_end_leaves_a_doubt_and_no_second_letter(office: Office, place: SmtpPlace) -> None:
    def lost(said: bytes) -> bytes | None:
        return None if b"250 taken" in said else said

    with Wire(place.server.port, place.server.files, to_client=lost) as line, place.outbox(line.port) as outbox:
        release(office, MEETING, outbox, "A Person")
    assert states(office) == ["unknown", "approved"]
    with place.outbox() as outbox:
        assert send_approved(office, outbox).sent == 0
        release(office, MEETING, outbox, "A Person")
    assert states(office) == ["unknown", "sent"]
    ids = [re.findall(rb"(?mi)^message-id: (.*?)\r?$", taken.content) for taken in place.server.taken]
    assert len(ids) == 2
    assert ids[0] != ids[1]
