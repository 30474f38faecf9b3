"""A bounce finds the letter that it brings back, and says so without naming anybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.dispatch import release
from marac.dispatch.told import send_again
from marac.mailbox.memory import MemoryOutbox
from marac.office import Office
from marac.register.outgoing import OutgoingKind, add_outgoing, outgoing_called
from marac.register.returned import returned_letters
from marac.register.trail import trail
from tests.prepared_meetings import NOON, opened, prepared_folder, sealed, states
from tests.register_databases import DatabaseKind
from tests.working_folder import MEETING, WorkingFolder, copied

pytestmark = pytest.mark.both_databases


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, register_database: DatabaseKind) -> WorkingFolder:  # noqa: ARG001 - made for each
    """A folder whose two research packs were sent."""
    folder = prepared_folder(tmp_path_factory.mktemp("original"))
    with opened(folder) as office:
        release(office, MEETING, MemoryOutbox(), "A Person")
    return folder


@pytest.fixture
def office(original: WorkingFolder, tmp_path: Path) -> Iterator[Office]:
    with opened(copied(original, tmp_path / "marac")) as made:
        yield made


def came_back(office: Office, *message_ids: str, delayed: bool = False) -> tuple[str, ...]:
    with office.store.changing() as connection:
        return returned_letters(connection, message_ids, delayed=delayed, at=NOON)


def police(office: Office) -> str:
    return next(paper.message_id or "" for paper in sealed(office) if paper.agency == "police")


def entries(office: Office) -> int:
    with office.store.reading() as connection:
        return len(trail(connection))


def own(office: Office, kind: OutgoingKind) -> str:
    message_id = f"<{kind}@carrowdale.example>"
    values = {
        "kind": kind,
        "recipient": "officer@housing.example",
        "message_id": message_id,
        "sha256": "0" * 64,
        "state": "sent",
        "written_at": NOON,
    }
    with office.store.changing() as connection:
        add_outgoing(connection, values)
    return message_id


def test_a_letter_that_came_back_has_failed_and_it_says_what_to_do(office: Office) -> None:
    (said,) = came_back(office, police(office))
    assert said.startswith(
        "The research pack for police (meeting of 26 November 2026) came back: nobody there has received it. Check "
        "the agency's address in agencies.toml with the agency, on the telephone."
    )
    assert sorted(states(office)) == ["failed", "sent"]
    assert "@" not in said


def test_it_is_noted_once_however_often_it_comes_back(office: Office) -> None:
    first = came_back(office, police(office))
    noted = entries(office)
    assert came_back(office, police(office), police(office).strip("<>")) == first
    assert entries(office) == noted


def test_a_letter_that_is_only_late_is_said_and_not_noted(office: Office) -> None:
    noted = entries(office)
    (said,) = came_back(office, police(office), delayed=True)
    assert "is late" in said
    assert states(office) == ["sent", "sent"]
    assert entries(office) == noted


def test_a_bounce_of_something_else_finds_nothing(office: Office) -> None:
    assert came_back(office, "<other@else.example>", "", "<>") == ()
    assert states(office) == ["sent", "sent"]


def test_a_letter_that_came_back_can_be_sent_again_by_a_person(office: Office) -> None:
    came_back(office, police(office))
    send_again(office, MEETING, "police", "A Person")
    outbox = MemoryOutbox()
    assert [paper.agency for paper in release(office, MEETING, outbox, "A Person").sent] == ["police"]


def test_answers_and_digests_that_came_back_have_failed_too(office: Office) -> None:
    ids = own(office, "acknowledgement"), own(office, "digest")
    said = came_back(office, *ids)
    assert [sentence.partition(" came back")[0] for sentence in said] == [
        "The acknowledgement of a message",
        "The daily digest",
    ]
    with office.store.reading() as connection:
        found = [outgoing_called(connection, each) for each in ids]
    assert {each.state for each in found if each} == {"failed"}
