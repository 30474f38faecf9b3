"""A meeting's documents: made once for what they rest on, sealed or held, and released one by one."""

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Self

import pytest

from marac.delivery.openpgp import Keyring
from marac.demo.correspondents import Correspondent, correspondents
from marac.dispatch import rehearsal, release
from marac.errors import MailboxError, NotFoundError, UnknownOutcomeError
from marac.intake.reading.reader import Reader
from marac.mailbox.folder import FolderInbox
from marac.mailbox.memory import MemoryOutbox
from marac.mailbox.protocol import Letter
from marac.meeting import prepare
from marac.office import Office, open_office
from marac.one_pass import one_pass
from marac.register.actions import add_action
from marac.register.documents import Paper, change_paper, papers_for
from marac.settings.agencies import with_fingerprint
from tests.register_databases import DatabaseKind
from tests.working_folder import AFTER_CUT_OFF, MEETING, WorkingFolder, copied, some_mail, working_folder

pytestmark = pytest.mark.both_databases

NOON = dt.datetime.combine(AFTER_CUT_OFF, dt.time(12), dt.UTC)
BOTH = [("agency-agenda", "police"), ("research", "police")]
"""What is prepared for the one agency whose key is pinned."""


@pytest.fixture(scope="module")
def police(tmp_path_factory: pytest.TempPathFactory) -> tuple[Correspondent, str]:
    agency = correspondents(tmp_path_factory.mktemp("agencies"))[0]
    return agency, agency.make_key()


@pytest.fixture(scope="module")
def original(
    tmp_path_factory: pytest.TempPathFactory,
    police: tuple[Correspondent, str],
    register_database: DatabaseKind,  # noqa: ARG001 - made for each
) -> WorkingFolder:
    """A folder with one case listed, and a pinned key for the police alone."""
    made = working_folder(tmp_path_factory.mktemp("original"))
    agency, fingerprint = police
    Keyring(made.path / "keyring").add(agency.public_key.read_bytes(), fingerprint)
    agencies = made.path / "agencies.toml"
    agencies.write_text(with_fingerprint(agencies.read_text(encoding="utf-8"), "police", fingerprint), encoding="utf-8")
    made.post(some_mail("07-school-referral"))
    with opened(made) as office, FolderInbox(made.path / "inbox") as inbox, Reader() as reader:
        one_pass(office, inbox, reader)
    return made


@pytest.fixture
def folder(original: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    """A copy of it that a test can change."""
    return copied(original, tmp_path / "marac")


def opened(folder: WorkingFolder) -> AbstractContextManager[Office]:
    return open_office(folder.path / "config.toml", AFTER_CUT_OFF, lambda: NOON)


@pytest.fixture
def office(folder: WorkingFolder) -> Iterator[Office]:
    with open_office(folder.path / "config.toml", AFTER_CUT_OFF, lambda: NOON) as made:
        yield made


def papers(office: Office) -> tuple[Paper, ...]:
    with office.store.reading() as connection:
        return papers_for(connection, MEETING)


def states(office: Office) -> dict[tuple[str, str], str]:
    return {(paper.kind, paper.agency): paper.state for paper in papers(office) if paper.state != "superseded"}


def test_the_pass_after_the_cut_off_made_what_was_due(office: Office) -> None:
    found = states(office)
    assert found["agenda", ""] == "made"
    assert found["research", "police"] == "prepared"
    assert found["agency-agenda", "police"] == "prepared"
    assert found["research", "housing"] == "held"
    assert not [kind for kind, _ in found if kind == "letter"]


def test_preparing_again_makes_nothing(office: Office) -> None:
    assert prepare(office, MEETING) == ()


def test_without_a_key_nothing_is_sealed_and_it_says_what_to_do(office: Office) -> None:
    held = next(paper for paper in papers(office) if paper.agency == "housing")
    assert "marac keys import housing FILE" in held.reason
    assert held.sealed_sha256 is None


def test_an_action_makes_a_letter_for_its_agency_alone(office: Office) -> None:
    with office.store.changing() as connection:
        add_action(connection, "M26-0001", "police", MEETING, "Place a marker.", AFTER_CUT_OFF)
    new = prepare(office, MEETING)
    assert ("letter", "police") in {(paper.kind, paper.agency) for paper in new}
    assert ("letter", "idva") not in {(paper.kind, paper.agency) for paper in new}


def test_a_changed_letter_is_a_new_version_and_the_old_one_is_put_away(office: Office) -> None:
    for text in ("Place a marker.", "Visit."):
        with office.store.changing() as connection:
            add_action(connection, "M26-0001", "police", MEETING, text, AFTER_CUT_OFF)
        prepare(office, MEETING)
    first, second = [paper for paper in papers(office) if paper.kind == "letter"]
    assert (first.state, second.state) == ("superseded", "prepared")
    assert Path(first.path).parent.name == "superseded"
    assert "version 2" in Path(second.path).name


def test_a_letter_that_says_the_same_after_the_meeting_is_not_made_again(folder: WorkingFolder, office: Office) -> None:
    with office.store.changing() as connection:
        add_action(connection, "M26-0001", "police", MEETING, "Place a marker.", AFTER_CUT_OFF)
    prepare(office, MEETING)
    release(office, MEETING, MemoryOutbox(), "A Person")
    after = replace(office, today=MEETING + dt.timedelta(days=1))
    with FolderInbox(folder.path / "inbox") as inbox, Reader() as reader:
        passed = one_pass(after, inbox, reader)
    assert passed.moved == 1  # the case was heard
    assert "letter" not in {paper.kind for paper in passed.papers}
    assert states(after)["letter", "police"] == "sent"


def test_release_sends_what_is_prepared_once_each_to_its_one_address(office: Office) -> None:
    outbox = MemoryOutbox()
    result = release(office, MEETING, outbox, "A Person")
    assert [(paper.kind, paper.agency) for paper in result.sent] == BOTH
    assert [letter.recipient for letter in outbox.letters] == ["marac.desk@carrowdale-police.example"] * 2
    assert release(office, MEETING, outbox, "A Person").sent == ()
    assert len(outbox.letters) == 2


def test_a_rehearsal_sends_and_changes_nothing(office: Office) -> None:
    before = papers(office)
    result = rehearsal(office, MEETING)
    assert [(paper.kind, paper.agency) for paper in result.sent] == BOTH
    assert papers(office) == before


class BrokenOutbox(MemoryOutbox):
    """An outbox that fails in a chosen way."""

    def __init__(self, error: MailboxError) -> None:
        super().__init__()
        self.error = error

    def send(self, letter: Letter) -> None:
        raise self.error if letter.content else AssertionError


def test_a_letter_that_does_not_leave_waits_for_another_attempt_and_the_release_stops(office: Office) -> None:
    result = release(office, MEETING, BrokenOutbox(MailboxError("Busy.")), "A Person")
    assert result.stopped is not None
    assert states(office)["agency-agenda", "police"] == "retry"


def test_a_letter_of_unknown_fate_is_never_sent_again_by_itself(office: Office) -> None:
    release(office, MEETING, BrokenOutbox(UnknownOutcomeError()), "A Person")
    assert states(office)["agency-agenda", "police"] == "unknown"
    outbox = MemoryOutbox()
    assert [paper.kind for paper in release(office, MEETING, outbox, "A Person").sent] == ["research"]
    assert len(outbox.letters) == 1


class KnowingOutbox:
    """An outbox that says the same of every letter that it is asked about."""

    def __init__(self, left: bool | None) -> None:
        self.left = left
        self.letters: list[Letter] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        pass

    def send(self, letter: Letter) -> None:
        self.letters.append(letter)

    def was_sent(self, message_id: str) -> bool | None:
        return self.left if message_id else None


@pytest.mark.parametrize(("left", "sent"), [(True, 0), (False, 1), (None, 0)])
def test_after_a_kill_the_outbox_is_asked_what_left(office: Office, left: bool | None, sent: int) -> None:
    with office.store.changing() as connection:
        for paper in papers(office):
            if paper.state == "prepared":
                state = "sending" if paper.kind == "research" else "sent"
                change_paper(connection, paper.id, state=state)
    outbox = KnowingOutbox(left)
    release(office, MEETING, outbox, "A Person")
    assert len(outbox.letters) == sent
    assert states(office)["research", "police"] == {True: "sent", False: "sent", None: "unknown"}[left]


def changed(folder: WorkingFolder, old: str, new: str) -> None:
    path = folder.path / "agencies.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_address_that_changed_since_is_a_doubt(folder: WorkingFolder) -> None:
    changed(folder, "marac.desk@carrowdale-police.example", "other@carrowdale-police.example")
    with open_office(folder.path / "config.toml", AFTER_CUT_OFF, lambda: NOON) as office:
        result = release(office, MEETING, MemoryOutbox(), "A Person")
        assert result.sent == ()
        assert "was changed since" in result.held[0][1]
        assert [(paper.kind, paper.version) for paper in prepare(office, MEETING)] == [
            ("agency-agenda", 2),
            ("research", 2),
        ]
        assert len(release(office, MEETING, MemoryOutbox(), "A Person").sent) == 2


def test_a_sealed_file_that_was_tampered_with_is_a_doubt(office: Office) -> None:
    sealed = next((office.store.folder / "sealed").iterdir())
    sealed.write_bytes(sealed.read_bytes()[:-1] + b"x")
    result = release(office, MEETING, MemoryOutbox(), "A Person")
    assert "changed after it was prepared" in result.held[0][1]


def test_a_key_that_is_gone_from_the_keyring_is_a_doubt(folder: WorkingFolder, office: Office) -> None:
    for path in (folder.path / "keyring").glob("pubring.kbx*"):
        path.unlink()
    result = release(office, MEETING, MemoryOutbox(), "A Person")
    assert result.sent == ()
    assert "no key with this fingerprint" in result.held[0][1]


def test_what_leaves_is_sealed_and_neutral(office: Office) -> None:
    outbox = MemoryOutbox()
    release(office, MEETING, outbox, "A Person")
    _, letter = outbox.letters
    told = letter.content.decode("ascii")
    (message,) = some_mail("07-school-referral")
    assert message.referral is not None
    assert str(message.referral.victim.name).split()[-1] not in told
    assert re.search(r"^Subject: Sealed papers for the meeting on 26 November 2026\r?$", told, re.MULTILINE)
    assert 'filename="research.docx.pgp"' in told


def test_a_meeting_that_is_not_in_the_calendar_is_refused(office: Office) -> None:
    with pytest.raises(NotFoundError, match="The nearest in the calendar: 2026-11-26"):
        prepare(office, dt.date(2026, 12, 25))
