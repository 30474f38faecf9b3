"""The doorbell of Exchange: it rings for what arrives, and its silence or its troubles harm nobody."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.mailbox import doorbell
from marac.mailbox.ews.bell import EwsBell
from marac.mailbox.protocol import Doorbell
from tests.ews_places import EwsPlace
from tests.ews_server import EwsServer
from tests.ews_server_faults import refused, status
from tests.mailbox_contract import message

LONG = 30.0


@pytest.fixture
def place(tmp_path: Path) -> Iterator[EwsPlace]:
    with EwsServer() as server:
        yield EwsPlace(server, tmp_path)


@pytest.fixture
def bell(place: EwsPlace) -> Iterator[EwsBell]:
    bell = EwsBell(place.settings(), first_pause_seconds=0.05)
    yield bell
    bell.close()
    assert not bell._thread.is_alive()


def listening(place: EwsPlace) -> bool:
    """Waits until the server has somebody on the line."""
    with place.server.store.news:
        return place.server.store.news.wait_for(lambda: bool(place.server.lines), LONG)


def test_it_is_a_doorbell(bell: EwsBell) -> None:
    assert isinstance(bell, Doorbell)


def test_it_rings_when_it_begins_to_listen_and_when_something_arrives(place: EwsPlace, bell: EwsBell) -> None:
    assert bell.wait(LONG)
    assert listening(place)
    assert not bell.wait(0.2)
    place.put(message())
    assert bell.wait(LONG)


def test_it_does_not_ring_for_what_is_moved_away(place: EwsPlace, bell: EwsBell) -> None:
    item = place.delivered(message())
    assert bell.wait(LONG)
    assert listening(place)
    place.server.store.move(item, place.server.store.well_known("sentitems").id)
    assert not bell.wait(0.3)


def test_it_listens_again_after_the_line_was_ended(place: EwsPlace, bell: EwsBell) -> None:
    assert bell.wait(LONG)
    assert listening(place)
    place.server.hang_up()
    assert bell.wait(LONG)
    assert listening(place)
    place.put(message())
    assert bell.wait(LONG)


def test_trouble_is_silent_and_passes(place: EwsPlace) -> None:
    place.server.fault("Subscribe", refused("Subscribe", "ErrorInvalidSubscription"))
    place.server.fault("Subscribe", status(503))
    bell = EwsBell(place.settings(), first_pause_seconds=0.05)
    assert bell.wait(LONG)
    assert place.server.asked.count("Subscribe") == 3
    bell.close()


def test_a_refused_password_is_not_told_again_and_again(place: EwsPlace) -> None:
    bell = EwsBell(place.settings(password="guess"), first_pause_seconds=0.01)
    assert not bell.wait(0.5)
    assert place.server.refusals <= 1
    bell.close()


def test_closing_wakes_whoever_waits_and_ends_the_thread(place: EwsPlace, bell: EwsBell) -> None:
    assert bell.wait(LONG)
    assert listening(place)
    threading.Timer(0.1, bell.close).start()
    bell.wait(LONG)
    bell._thread.join(LONG)
    assert not bell._thread.is_alive()


def test_the_settings_choose_the_bell(place: EwsPlace, tmp_path: Path) -> None:
    bells = [doorbell(place.settings(streaming=streaming), tmp_path) for streaming in (True, False)]
    assert [type(bell).__name__ for bell in bells] == ["EwsBell", "SilentBell"]
    for bell in bells:
        bell.close()
