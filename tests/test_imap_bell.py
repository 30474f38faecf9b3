"""The doorbell of an IMAP mailbox, on a real Dovecot and over lines that break: it rings late rather than never."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from marac.mailbox.imap.bell import ImapBell
from marac.mailbox.protocol import Doorbell
from tests.dovecot import TOKEN, Dovecot
from tests.mailbox_contract import message
from tests.mailbox_places import ImapPlace, by_token
from tests.wire import Wire

LONG = 30.0
"""Seconds that no test waits for; they only end a test that would otherwise hang."""


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture
def place(server: Dovecot, tmp_path: Path) -> ImapPlace:
    return ImapPlace(server, tmp_path)


@pytest.fixture
def bells() -> Iterator[list[ImapBell]]:
    """Bells to be closed at the end."""
    bells: list[ImapBell] = []
    yield bells
    for bell in bells:
        bell.close()


@pytest.fixture
def bell(place: ImapPlace, bells: list[ImapBell]) -> ImapBell:
    bells.append(ImapBell(place.settings()))
    assert bells[0].wait(LONG)
    quiet(bells[0])
    return bells[0]


def quiet(bell: Doorbell) -> None:
    """Let what has happened so far ring out."""
    while bell.wait(0.2):
        pass


def test_it_is_a_doorbell(place: ImapPlace) -> None:
    assert isinstance(ImapBell(place.settings()), Doorbell)


def test_a_message_that_arrives_rings(bell: ImapBell, place: ImapPlace) -> None:
    for _ in range(2):
        place.put(message())
        assert bell.wait(LONG)
        quiet(bell)


def test_nothing_rings_when_nothing_comes(bell: ImapBell) -> None:
    assert not bell.wait(0.3)


def test_a_look_into_the_mailbox_that_finds_nothing_does_not_ring(bell: ImapBell, place: ImapPlace) -> None:
    place.put(message())
    with place.inbox() as inbox:
        for item in inbox.waiting():
            inbox.raw(item)
            inbox.file(item, "processed")
    quiet(bell)
    with place.inbox() as inbox:
        assert list(inbox.waiting()) == []
    assert not bell.wait(0.3)


def test_nothing_is_asked_of_a_server_before_somebody_waits(place: ImapPlace) -> None:
    heard: list[bytes] = []
    with Wire(place.server.port, place.server.files, to_server=_hearing(heard)) as tapped:
        ImapBell(place.settings(tapped.port)).close()
    assert heard == []


def test_the_server_is_asked_anew_after_a_while_and_tells_what_comes_then(
    place: ImapPlace, bells: list[ImapBell]
) -> None:
    heard: list[bytes] = []
    with Wire(place.server.port, place.server.files, to_server=_hearing(heard)) as tapped:
        bell = ImapBell(place.settings(tapped.port), renew_seconds=0.1)
        bells.append(bell)
        for _ in range(3):
            assert bell.wait(LONG)
        bell.close()
    assert b"".join(heard).count(b"DONE") >= 2


def test_a_line_that_is_cut_is_built_up_again_and_rings_for_what_came_meanwhile(
    place: ImapPlace, bells: list[ImapBell]
) -> None:
    broken = threading.Event()
    with Wire(place.server.port, place.server.files, lambda said: None if broken.is_set() else said) as cut:
        bell = ImapBell(place.settings(cut.port), back_off_seconds=0.05)
        bells.append(bell)
        quiet(bell)
        broken.set()
        place.put(message())  # told over a line that breaks upon it
        assert not bell.wait(0.3)
        broken.clear()
        assert bell.wait(LONG)
        bell.close()


def test_a_server_that_comes_back_is_listened_to_again(place: ImapPlace, bells: list[ImapBell]) -> None:
    with Wire(place.server.port, place.server.files) as first:
        port = first.port
        bell = ImapBell(place.settings(port), back_off_seconds=0.05)
        bells.append(bell)
        quiet(bell)
    assert not bell.wait(0.3)
    with Wire(place.server.port, place.server.files, port=port):
        assert bell.wait(LONG)
        quiet(bell)
        place.put(message())
        assert bell.wait(LONG)
        bell.close()


def test_a_server_that_falls_silent_is_given_up_and_listened_to_anew(place: ImapPlace, bells: list[ImapBell]) -> None:
    silent = threading.Event()
    with Wire(place.server.port, place.server.files, to_server=lambda said: b"" if silent.is_set() else said) as line:
        bell = ImapBell(place.settings(line.port, timeout=0.3), renew_seconds=0.2, back_off_seconds=0.05)
        bells.append(bell)
        assert bell.wait(LONG)
        silent.set()
        quiet(bell)
        silent.clear()
        assert bell.wait(LONG)
        bell.close()


def test_where_the_server_cannot_tell_the_bell_stays_silent(tmp_path: Path) -> None:
    with Dovecot(capability="IMAP4rev1 UIDPLUS MOVE AUTH=PLAIN") as server:
        place = ImapPlace(server, tmp_path)
        bell = ImapBell(place.settings(), back_off_seconds=0.05)
        assert not bell.wait(0.3)
        place.put(message())
        assert not bell.wait(0.3)
        bell.close()


def test_a_password_that_is_wrong_or_gone_is_no_error_of_the_bell(place: ImapPlace, bells: list[ImapBell]) -> None:
    settings = place.settings(password="guess")
    bells.append(ImapBell(settings, back_off_seconds=0.05))
    assert not bells[0].wait(0.3)
    place.settings()  # writes the right password into the file
    assert bells[0].wait(LONG)


def test_a_token_opens_it_and_a_new_one_is_asked_for_at_each_connection(
    place: ImapPlace, bells: list[ImapBell]
) -> None:
    given = iter(["expired.token", "expired.token", TOKEN])
    bells.append(ImapBell(by_token(place.settings()), lambda: next(given), back_off_seconds=0.05))
    assert bells[0].wait(LONG)


def test_closing_wakes_whoever_waits_and_ends_the_thread(bell: ImapBell) -> None:
    timer = threading.Timer(0.05, bell.close)
    timer.start()
    assert bell.wait(LONG)
    timer.join()
    assert bell._thread is not None
    assert not bell._thread.is_alive()


def _hearing(heard: list[bytes]) -> Callable[[bytes], bytes]:
    def hear(said: bytes) -> bytes:
        heard.append(said)
        return said

    return hear
