"""What was released leaves one by one; what becomes of each letter, and what is done about it."""

import datetime as dt
import email
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from marac.dispatch import anything_to_send, rehearsal, release, resend, send_approved
from marac.dispatch.handing_over import MOST_ATTEMPTS
from marac.dispatch.told import note_sent
from marac.errors import MailboxError, NotFoundError, RefusedError, UnknownOutcomeError
from marac.mailbox.folder import FolderOutbox
from marac.mailbox.memory import MemoryOutbox
from marac.meeting import place_of, prepare
from marac.office import Office
from marac.register.documents import Paper, add_paper, change_paper
from marac.register.outgoing import Outgoing, OutgoingState, add_outgoing, change_outgoing, outgoing_called
from marac.register.trail import trail
from tests.prepared_meetings import (
    NOON,
    FaultyOutbox,
    give_an_action,
    opened,
    papers,
    prepared_folder,
    sealed,
    states,
)
from tests.register_databases import DatabaseKind
from tests.working_folder import MEETING, WorkingFolder, copied

pytestmark = pytest.mark.both_databases

BUSY = MailboxError("The mail server is busy (451). The letter did not leave.")
REFUSED = RefusedError("The mail server refuses the recipient's address (550).")
ANSWER = b"From: %b\r\nTo: officer@housing.example\r\nMessage-ID: %b\r\nSubject: Thank you\r\n\r\nIt has arrived.\r\n"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, register_database: DatabaseKind) -> WorkingFolder:  # noqa: ARG001 - made for each
    return prepared_folder(tmp_path_factory.mktemp("original"))


@pytest.fixture
def folder(original: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(original, tmp_path / "marac")


@pytest.fixture
def office(folder: WorkingFolder) -> Iterator[Office]:
    with opened(folder) as made:
        yield made


def events(office: Office) -> list[str]:
    with office.store.reading() as connection:
        return [entry.event for entry, _ in trail(connection) if "letter" in entry.event]


def answer(office: Office, number: int = 1, state: OutgoingState = "approved", recipient: str = "") -> Outgoing:
    """An acknowledgement in the ledger, as it is kept before it leaves."""
    message_id = f"<answer-{number}@carrowdale.example>"
    content = ANSWER % (office.settings.marac.email.encode(), message_id.encode())
    values = {
        "kind": "acknowledgement",
        "recipient": recipient or "officer@housing.example",
        "message_id": message_id,
        "sha256": office.originals.keep(content, ".eml"),
        "state": state,
        "written_at": NOON,
    }
    with office.store.changing() as connection:
        return add_outgoing(connection, values)


def stands(office: Office, message: Outgoing) -> Outgoing:
    with office.store.reading() as connection:
        found = outgoing_called(connection, message.message_id)
    assert found is not None
    return found


def agency_row_changed(folder: WorkingFolder, old: str, new: str) -> None:
    path = folder.path / "agencies.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_everything_is_approved_by_name_before_anything_is_sent(office: Office) -> None:
    release(office, MEETING, FaultyOutbox(BUSY), "A Person")
    assert states(office) == ["retry", "approved"]
    assert {paper.approved_by for paper in sealed(office)} == {"A Person"}
    assert events(office) == ["letter approved", "letter approved", "letter sending", "letter retry"]


def test_a_letter_that_did_not_leave_goes_with_the_next_release_byte_for_byte_the_same(folder: WorkingFolder) -> None:
    first, second = FaultyOutbox(BUSY), FaultyOutbox()
    with opened(folder) as office:
        release(office, MEETING, first, "A Person")
    with opened(folder, NOON + dt.timedelta(hours=3)) as later:
        result = release(later, MEETING, second, "A Person")
        assert len(result.sent) == 2
        assert states(later) == ["sent", "sent"]
        assert [paper.attempts for paper in sealed(later)] == [2, 1]
    assert second.letters[0] == first.tried[0]
    assert email.message_from_bytes(second.letters[0].content)["Date"] == "Fri, 20 Nov 2026 12:00:00 +0000"


def test_a_refused_letter_concerns_itself_alone(office: Office) -> None:
    result = release(office, MEETING, FaultyOutbox(REFUSED), "A Person")
    assert states(office) == ["failed", "sent"]
    assert result.stopped is None
    [(_, reason)] = result.failed
    assert reason.startswith(f"It was refused. {REFUSED} Check the agency's address")
    assert sealed(office)[0].reason == reason


def test_a_letter_of_unknown_fate_stops_the_release_and_is_not_sent_again(office: Office) -> None:
    result = release(office, MEETING, FaultyOutbox(UnknownOutcomeError()), "A Person")
    assert isinstance(result.stopped, UnknownOutcomeError)
    assert states(office) == ["unknown", "approved"]
    again = FaultyOutbox(left=False)
    release(office, MEETING, again, "A Person")
    assert states(office) == ["unknown", "sent"]
    assert len(again.tried) == 1


def test_a_letter_of_unknown_fate_is_looked_up_by_every_later_run(office: Office) -> None:
    release(office, MEETING, FaultyOutbox(UnknownOutcomeError()), "A Person")
    assert anything_to_send(office)
    assert send_approved(office, FaultyOutbox(left=None)).sent == 0
    assert states(office)[0] == "unknown"
    send_approved(office, FaultyOutbox(left=True))
    assert states(office)[0] == "sent"


def test_where_the_sent_items_cannot_be_reached_nothing_is_sent(office: Office) -> None:
    class Unreachable(FaultyOutbox):
        def was_sent(self, message_id: str) -> bool:
            raise MailboxError("No connection." if message_id else None)

    paper, _ = sealed(office)
    with office.store.changing() as connection:
        change_paper(connection, paper.id, state="sending")
    outbox = Unreachable()
    assert str(release(office, MEETING, outbox, "A Person").stopped) == "No connection."
    assert str(send_approved(office, outbox).stopped) == "No connection."
    assert outbox.tried == []


def test_a_person_who_knows_that_it_did_not_arrive_has_that_one_sent_again_under_the_same_id(office: Office) -> None:
    first, second = FaultyOutbox(UnknownOutcomeError()), FaultyOutbox()
    release(office, MEETING, first, "A Person")
    result = resend(office, MEETING, sealed(office)[0].agency, second, "B Person")
    assert [paper.approved_by for paper in result.sent] == ["B Person"]
    assert second.tried == first.tried
    assert states(office) == ["sent", "approved"]


def test_an_older_version_in_doubt_is_not_sent_again_where_there_is_a_newer_one(office: Office) -> None:
    release(office, MEETING, FaultyOutbox(UnknownOutcomeError()), "A Person")
    paper = sealed(office)[0]
    with office.store.changing() as connection:
        add_paper(connection, newer_than(paper))
    outbox = FaultyOutbox()
    resend(office, MEETING, paper.agency, outbox, "B Person")
    assert outbox.tried == []
    assert next(each for each in papers(office) if each.id == paper.id).state == "superseded"


def newer_than(paper: Paper) -> dict[str, Any]:
    """The next version of a document, which is held back."""
    kept = ("meeting", "kind", "agency", "contents", "path", "sha256", "prepared_on")
    return {**{name: getattr(paper, name) for name in kept}, "version": 2, "state": "held", "reason": "No key."}


def test_a_person_who_knows_that_it_arrived_says_so(office: Office) -> None:
    release(office, MEETING, FaultyOutbox(UnknownOutcomeError()), "A Person")
    note_sent(office, MEETING, sealed(office)[0].agency, "B Person")
    assert states(office)[0] == "sent"


def test_what_is_not_in_doubt_is_not_sent_again_by_a_slip(office: Office) -> None:
    release(office, MEETING, MemoryOutbox(), "A Person")
    with pytest.raises(NotFoundError, match="Nothing for police is in doubt"):
        resend(office, MEETING, "police", MemoryOutbox(), "B Person")
    with pytest.raises(NotFoundError, match="no agency 'nobody'"):
        note_sent(office, MEETING, "nobody", "B Person")


def test_a_run_tries_again_what_was_released_and_did_not_leave_and_nothing_else(office: Office) -> None:
    assert not anything_to_send(office)
    release(office, MEETING, FaultyOutbox(BUSY), "A Person")
    assert anything_to_send(office)
    outbox = MemoryOutbox()
    assert send_approved(office, outbox).sent == 1
    assert states(office) == ["sent", "approved"]
    assert not anything_to_send(office)
    assert send_approved(office, outbox).sent == 0
    assert len(outbox.letters) == 1


def test_a_run_gives_up_after_ten_attempts_and_a_person_can_go_on(office: Office) -> None:
    release(office, MEETING, FaultyOutbox(BUSY), "A Person")
    for _ in range(MOST_ATTEMPTS + 3):
        if anything_to_send(office):
            send_approved(office, FaultyOutbox(BUSY))
    assert sealed(office)[0].attempts == MOST_ATTEMPTS
    assert sealed(office)[0].reason.endswith("It is not tried again by itself: marac release 2026-11-26")
    assert len(release(office, MEETING, MemoryOutbox(), "A Person").sent) == 2


@pytest.mark.parametrize("state", ["approved", "retry"])
def test_an_address_that_changed_since_the_release_takes_the_release_back(folder: WorkingFolder, state: str) -> None:
    with opened(folder) as office:
        for paper in sealed(office):
            with office.store.changing() as connection:
                change_paper(connection, paper.id, state=state, approved_by="A Person", attempts=1)
    agency_row_changed(folder, "marac.desk@carrowdale-police.example", "other@carrowdale-police.example")
    with opened(folder) as office:
        outbox = MemoryOutbox()
        send_approved(office, outbox)
        if state == "approved":
            release(office, MEETING, outbox, "A Person")
        assert "marac.desk@carrowdale-police.example" not in {letter.recipient for letter in outbox.letters}
        police = next(paper for paper in sealed(office) if paper.agency == "police")
        assert (police.state, police.approved_by) == ("prepared", None)
        assert "was changed since" in police.reason
        new = [paper for paper in prepare(office, MEETING) if paper.agency == "police"]
        assert [(paper.version, paper.state) for paper in new] == [(2, "prepared")]


def test_a_case_that_changed_since_the_release_takes_the_release_back(office: Office) -> None:
    release(office, MEETING, FaultyOutbox(BUSY), "A Person")
    other = replace(office, settings=office.settings.model_copy(update={"research": _with_addresses(office)}))
    outbox = MemoryOutbox()
    sent = send_approved(other, outbox)
    assert outbox.letters == []
    assert sent.failed[0].startswith("The research pack for ")
    assert "The register or a template was changed since" in sent.failed[0]
    assert states(office)[0] == "prepared"


def _with_addresses(office: Office) -> object:
    return office.settings.research.model_copy(update={"addresses": True})


def test_what_the_register_learned_since_and_the_document_does_not_say_is_no_doubt(office: Office) -> None:
    give_an_action(office)  # the research pack rests on it, and says the same
    assert rehearsal(office, MEETING).held == ()
    assert len(release(office, MEETING, MemoryOutbox(), "A Person").sent) == 2


def test_a_research_pack_is_not_sent_after_its_meeting(office: Office) -> None:
    late = replace(office, today=MEETING + dt.timedelta(days=1))
    result = release(late, MEETING, MemoryOutbox(), "A Person")
    assert result.sent == ()
    assert {reason.partition(":")[0] for _, reason in result.held} == {"It is not needed any more"}


def test_a_document_that_was_edited_after_it_was_sealed_is_not_sent_at_a_retry_either(office: Office) -> None:
    release(office, MEETING, FaultyOutbox(BUSY), "A Person")
    place_of(office, sealed(office)[0]).write_bytes(b"edited")
    outbox = MemoryOutbox()
    send_approved(office, outbox)
    assert outbox.letters == []
    assert "changed or moved away" in sealed(office)[0].reason


def test_an_older_version_that_never_left_gives_way_to_the_newer_one(office: Office) -> None:
    paper = next(paper for paper in sealed(office) if paper.agency == "police")
    with office.store.changing() as connection:
        change_paper(connection, paper.id, state="sending")
        add_paper(connection, newer_than(paper))
    outbox = FaultyOutbox(left=False)
    send_approved(office, outbox)
    assert outbox.tried == []
    assert next(each for each in papers(office) if each.id == paper.id).state == "superseded"


def test_a_letter_that_failed_is_made_anew_for_the_corrected_address(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        release(office, MEETING, FaultyOutbox(REFUSED), "A Person")
        first = sealed(office)[0]
        assert prepare(office, MEETING) == ()
        address = office.settings.agencies[first.agency].email
    agency_row_changed(folder, address, address.replace("@", ".new@"))
    with opened(folder) as office:
        (new,) = prepare(office, MEETING)
        assert (new.agency, new.version, new.state) == (first.agency, 2, "prepared")
        outbox = MemoryOutbox()
        assert [paper.agency for paper in release(office, MEETING, outbox, "A Person").sent] == [first.agency]
        assert outbox.letters[0].recipient == address.replace("@", ".new@")
        assert first.state == "failed"
        assert next(paper for paper in papers(office) if paper.id == first.id).state == "superseded"


def test_a_letter_whose_kept_bytes_were_damaged_is_composed_anew(office: Office) -> None:
    release(office, MEETING, FaultyOutbox(BUSY), "A Person")
    for kept in (office.store.folder / "letters").iterdir():
        kept.write_bytes(kept.read_bytes().replace(b"Dear", b"Deer"))
    outbox = MemoryOutbox()
    send_approved(office, outbox)
    assert b"Dear" in outbox.letters[0].content


def test_each_letter_has_one_sender_one_recipient_and_is_kept_as_it_left(office: Office, tmp_path: Path) -> None:
    with FolderOutbox(tmp_path / "sent") as outbox:
        release(office, MEETING, outbox, "A Person")
    left = {path.read_bytes() for path in (tmp_path / "sent").iterdir()}
    assert left == {path.read_bytes() for path in (office.store.folder / "letters").iterdir()}
    for content in left:
        message = email.message_from_bytes(content)
        assert [len(message.get_all(name, [])) for name in ("From", "To", "Cc", "Bcc")] == [1, 1, 0, 0]


def test_answers_that_were_let_go_leave_and_drafts_stay(office: Office) -> None:
    approved, draft = answer(office, 1), answer(office, 2, "draft")
    outbox = MemoryOutbox()
    assert anything_to_send(office)
    assert send_approved(office, outbox).sent == 1
    assert [letter.message_id for letter in outbox.letters] == [approved.message_id]
    assert (stands(office, approved).state, stands(office, draft).state) == ("sent", "draft")
    assert send_approved(office, outbox).sent == 0


def test_an_answer_whose_text_is_not_what_the_ledger_says_does_not_leave(office: Office) -> None:
    missing, readdressed = answer(office, 1), answer(office, 2, recipient="other@housing.example")
    with office.store.changing() as connection:
        change_outgoing(connection, missing.id, sha256="0" * 64)
    outbox = MemoryOutbox()
    sent = send_approved(office, outbox)
    assert outbox.letters == []
    assert len(sent.failed) == 2
    assert {stands(office, each).state for each in (missing, readdressed)} == {"failed"}


def test_what_was_tried_least_comes_first_so_that_one_letter_holds_up_none(office: Office) -> None:
    stuck = answer(office, 1)
    send_approved(office, FaultyOutbox(BUSY))
    fresh = answer(office, 2)
    send_approved(office, FaultyOutbox(None, BUSY))
    assert (stands(office, fresh).state, stands(office, stuck).state) == ("sent", "retry")
    for _ in range(MOST_ATTEMPTS):
        send_approved(office, FaultyOutbox(BUSY))
    assert stands(office, stuck).state == "failed"
    assert not anything_to_send(office)


@pytest.mark.parametrize(("left", "state", "tried"), [(True, "sent", 0), (False, "sent", 1), (None, "unknown", 0)])
def test_an_answer_that_a_killed_run_was_sending_is_looked_up(
    office: Office, left: bool | None, state: str, tried: int
) -> None:
    interrupted = answer(office, 1, "sending")
    outbox = FaultyOutbox(left=left)
    assert anything_to_send(office)
    send_approved(office, outbox)
    assert stands(office, interrupted).state == state
    assert len(outbox.tried) == tried


def test_no_entry_of_the_trail_names_an_address(office: Office) -> None:
    answer(office)
    release(office, MEETING, FaultyOutbox(REFUSED, BUSY), "A Person")
    send_approved(office, MemoryOutbox())
    with office.store.reading() as connection:
        told = " ".join(f"{entry.subject} {entry.detail}" for entry, _ in trail(connection))
    addresses = [agency.email for agency in office.settings.agencies.values()]
    assert not [address for address in (*addresses, "officer@housing.example") if address in told]
