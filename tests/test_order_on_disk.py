"""The order in which things reach the disk, from the system calls: so a power cut loses nothing and sends nothing twice.

What was written is on the disk before its name is, the name before the register tells of it, and the register before
the mailbox, or the agency, notices anything.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dovecot import Dovecot
from tests.killed_runs import waiting_folder
from tests.smtp_server import SmtpServer
from tests.system_calls import Call, calls_of
from tests.what_must_hold import database_of
from tests.whole_mailbox_runs import served
from tests.wire import Wire
from tests.working_folder import MEETING, WorkingFolder, copied, some_mail

MAIL = some_mail("07-school-referral")
RELEASE = ("release", MEETING.isoformat())
JOURNAL = "marac.db-journal"
Step = Callable[[Call], bool]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    """A folder with keys, and without mail."""
    return waiting_folder(tmp_path_factory.mktemp("start"), "no mail")


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture(scope="module")
def taken_in(start: WorkingFolder, tmp_path_factory: pytest.TempPathFactory) -> tuple[WorkingFolder, list[Call]]:
    """A folder after a pass over one message, and the calls of that pass."""
    folder = copied(start, tmp_path_factory.mktemp("taken in") / "marac")
    folder.post(MAIL)
    return folder, calls_of(folder, "run")


def is_write(place: str) -> Step:
    return lambda call: call.name == "write" and place in call.path


def is_flush(of: str) -> Step:
    return lambda call: call.name == "flush" and call.path == of


def is_rename(source: str, target: str) -> Step:
    return lambda call: call.name == "rename" and source in call.path and target in call.target


def is_commit(call: Call) -> bool:
    """The moment at which a transaction holds: its journal is gone."""
    return call.name == "remove" and call.path.endswith(JOURNAL)


def places(calls: list[Call], *steps: tuple[str, Step]) -> list[int]:
    """Where each step is among the calls, each looked for after the one before it."""
    found, begin = list[int](), 0
    for name, step in steps:
        place = next((place for place in range(begin, len(calls)) if step(calls[place])), None)
        assert place is not None, f"{name} does not come where it should"
        found.append(place)
        begin = place + 1
    return found


def assert_register_is_on_the_disk(calls: list[Call], store: Path) -> None:
    """The last transaction among these calls is on the disk, so that a power cut cannot take it back.

    That a journal was removed is itself on the disk only when its folder was flushed (https://sqlite.org/pragma.html,
    synchronous=EXTRA); otherwise it may be there again after a power cut, and SQLite takes the transaction back.
    """
    last = max(place for place, call in enumerate(calls) if is_write("marac.db")(call))
    places(
        calls[last:], ("the flush of the register", is_flush(f"{store}/marac.db")), ("its commit", is_commit),
        ("the flush of the store folder", is_flush(str(store))),
    )  # fmt: skip


def test_a_message_is_on_the_disk_before_the_register_and_there_before_it_leaves_the_inbox(
    taken_in: tuple[WorkingFolder, list[Call]],
) -> None:
    folder, calls = taken_in
    message = MAIL[0]
    originals = folder.path / "store" / "originals" / message.sha256[:2]
    kept = originals / f"{message.sha256}.eml"
    *_, moved = places(
        calls, ("the bytes", is_write(f"{originals}/.marac-")),
        ("their flush", lambda call: call.name == "flush" and call.path.startswith(f"{originals}/.marac-")),
        ("their name", is_rename(f"{originals}/.marac-", str(kept))), ("the name's flush", is_flush(str(originals))),
        ("the register's commit", is_commit), ("the move", is_rename(f"/inbox/{message.name}.eml", "/processed/")),
    )  # fmt: skip
    assert_register_is_on_the_disk(calls[:moved], folder.path / "store")
    of_the_message = [call for call in calls if call.path.endswith(kept.name) or call.target.endswith(kept.name)]
    assert of_the_message[0].name == "rename"  # nothing was ever written under its name
    assert not kept.stat().st_size - len(message.raw)


def test_a_moved_message_is_on_the_disk_in_its_new_place(taken_in: tuple[WorkingFolder, list[Call]]) -> None:
    folder, calls = taken_in
    places(
        calls, ("the move", is_rename("/inbox/", "/processed/")),
        ("the flush of where it is", is_flush(str(folder.path / "processed"))),
        ("the flush of where it was", is_flush(str(folder.path / "inbox"))), ("the note that it is filed", is_commit),
    )  # fmt: skip


def test_a_letter_is_noted_as_being_sent_on_the_disk_before_it_is_written(
    taken_in: tuple[WorkingFolder, list[Call]], tmp_path: Path
) -> None:
    folder = copied(taken_in[0], tmp_path / "marac")
    calls, sent = calls_of(folder, *RELEASE), folder.path / "sent"
    [written, *_, named, _] = places(
        calls, ("the letter", lambda call: call.name == "open" and f"{sent}/.marac-" in call.path),
        ("its flush", lambda call: call.name == "flush" and call.path.startswith(f"{sent}/.marac-")),
        ("its name", is_rename(f"{sent}/.marac-", ".eml")), ("the name's flush", is_flush(str(sent))),
    )  # fmt: skip
    assert_register_is_on_the_disk(calls[:written], folder.path / "store")
    noted = [call for call in calls[:written] if is_write("marac.db")(call) and "sending" in call.content]
    assert noted, "the ledger does not say that the letter is being sent"
    assert any(map(is_commit, calls[named:]))


def test_a_message_on_a_server_is_moved_when_the_register_on_the_disk_tells_what_became_of_it(
    start: WorkingFolder, dovecot: Dovecot, tmp_path: Path
) -> None:
    states = list[object]()
    folder_path = tmp_path / "served"

    def to_server(said: bytes) -> bytes:
        if b"UID MOVE" in said:
            states.extend(rows(WorkingFolder(folder_path), "select state, filed from deliveries order by id desc"))
        return said

    with (
        Wire(dovecot.port, dovecot.files, to_server=to_server) as wire,
        served(start, folder_path, dovecot, imap_port=wire.port) as folder,
    ):
        folder.post(MAIL)
        calls = calls_of(folder, "run")
    assert states[0] == ("done", 0)
    kept = f"{MAIL[0].sha256}.eml"
    [stored, *_] = places(calls, ("the message's name", lambda call: call.target.endswith(kept)))
    after = [place for place, call in enumerate(calls) if is_line(call) and place > stored]
    assert after, "nothing was said to the server after the message was stored"
    assert_register_is_on_the_disk(calls[: after[0]], folder.path / "store")


def test_a_letter_is_noted_as_being_sent_on_the_disk_before_a_server_hears_of_it(
    taken_in: tuple[WorkingFolder, list[Call]], tmp_path: Path
) -> None:
    states = list[object]()
    folder_path = tmp_path / "served"

    def to_server(said: bytes) -> bytes:
        if said.lower().startswith(b"mail from"):
            states.extend(rows(WorkingFolder(folder_path), "select state from documents where state = 'sending'"))
        return said

    with (
        SmtpServer() as smtp,
        Wire(smtp.port, smtp.files, to_server=to_server) as wire,
        served(taken_in[0], folder_path, smtp_port=wire.port, smtp=smtp) as folder,
    ):
        assert folder.marac(*RELEASE).returncode == 0
        assert len(folder.letters()) == len(states) == 4


def rows(folder: WorkingFolder, question: str) -> list[object]:
    """What the register on the disk says now."""
    with database_of(folder) as database:
        return list(database.execute(question).fetchall())


def is_line(call: Call) -> bool:
    """Something said to a server."""
    return call.name in {"write", "sendto"} and call.path.startswith(("TCP:", "socket:", "TCPv6:"))
