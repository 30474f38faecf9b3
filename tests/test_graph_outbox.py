"""The outbox by Microsoft Graph: a letter leaves once, to one recipient, whatever becomes of the answers."""

from collections.abc import Iterator
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest

from marac.errors import MailboxError, RefusedError, UnknownOutcomeError
from marac.mailbox.graph.outbox import GraphOutbox
from marac.mailbox.protocol import Letter
from tests.graph_places import GraphPlace
from tests.graph_server import GraphServer
from tests.graph_server_mailbox import ADDRESS, parsed
from tests.mailbox_contract import MONDAY, letter

SEND = "POST /messages/[^ ]*/send"
LOOK = "GET /messages/AAk[^$]*="


@pytest.fixture(scope="module")
def server() -> Iterator[GraphServer]:
    with GraphServer() as server:
        yield server


@pytest.fixture
def place(server: GraphServer, tmp_path: Path) -> GraphPlace:
    return GraphPlace(server, tmp_path)


@cache
def composed(*sizes: int, to: str = "inbox@housing.example", subtype: str = "mixed", **headers: str) -> Letter:
    """A letter with files of these sizes; the same bytes each time."""
    made = EmailMessage()
    message_id = "<7.c3d4@council.example>"
    made["From"], made["To"], made["Subject"], made["Message-ID"] = ADDRESS, to, "Case M26-0007", message_id
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content("The sealed letter is attached.")
    for number, size in enumerate(sizes):
        made.add_attachment(
            bytes([65 + number]) * size, "application", "pgp-encrypted", filename=f"letter {number}.pgp"
        )
    if subtype != "mixed":
        made.replace_header("Content-Type", f'multipart/{subtype}; boundary="{made.get_boundary()}"')
    return Letter(message_id, ADDRESS, "inbox@housing.example", made.as_bytes())


def drafts(place: GraphPlace) -> int:
    return len(place.server.mailbox.lying_in("f-drafts"))


# --- what becomes of a letter whose answer is not what it should be --------------------------------------------------


def test_a_letter_that_was_sent_although_503_was_answered_counts_as_sent_and_is_sent_once(place: GraphPlace) -> None:
    place.server.fail(SEND, status=503, after=True)
    with place.outbox() as outbox:
        outbox.send(letter())
    assert place.left() == [letter().content]
    assert place.server.lines()["POST /messages/ID/send"] == 1


def test_a_letter_whose_sending_was_refused_with_503_did_not_leave_and_leaves_at_the_next_attempt(
    place: GraphPlace,
) -> None:
    place.server.fail(SEND, status=503)
    with place.outbox() as outbox:
        with pytest.raises(MailboxError, match="did not leave") as caught:
            outbox.send(letter())
        assert not isinstance(caught.value, UnknownOutcomeError | RefusedError)
        assert outbox.was_sent(letter().message_id) is False
        outbox.send(letter())
    assert place.left() == [letter().content]
    assert drafts(place) == 0


def test_a_letter_whose_answer_was_lost_after_it_left_counts_as_sent(place: GraphPlace) -> None:
    place.server.fail(SEND, lost=True)
    with place.outbox() as outbox:
        outbox.send(letter())
    assert place.left() == [letter().content]


def test_a_letter_whose_answer_was_lost_and_that_cannot_be_looked_up_has_an_unknown_outcome(place: GraphPlace) -> None:
    place.server.fail(SEND, lost=True)
    place.server.fail(LOOK, lost=True, skip=1)
    with place.outbox() as outbox, pytest.raises(UnknownOutcomeError, match=letter().message_id):
        outbox.send(letter())
    with place.outbox() as outbox:
        assert outbox.was_sent(letter().message_id) is True
    assert place.left() == [letter().content]


def test_a_letter_that_is_still_being_sent_is_looked_at_more_than_once(place: GraphPlace) -> None:
    with place.outbox() as outbox:
        place.server.fail(SEND, status=504)
        seen = place.paused
        real = outbox._pause

        def sent_meanwhile(seconds: float) -> object:
            if seconds == 1.0:
                [draft] = place.server.mailbox.lying_in("f-drafts")
                place.server.mailbox.send(draft)
            return real(seconds)

        outbox._pause = sent_meanwhile
        outbox.send(letter())
    assert place.left() == [letter().content]
    assert 1.0 in seen


def test_a_draft_that_vanished_while_it_was_sent_is_looked_up_by_its_message_id(place: GraphPlace) -> None:
    place.server.fail(SEND, status=500, after=True)
    place.server.fail(LOOK, status=404, code="ErrorItemNotFound", skip=1)
    with place.outbox() as outbox:
        outbox.send(letter())
    assert place.left() == [letter().content]


def test_a_draft_that_vanished_and_is_nowhere_has_an_unknown_outcome(place: GraphPlace) -> None:
    place.server.fail(SEND, status=404, code="ErrorItemNotFound")
    place.server.fail(LOOK, status=404, code="ErrorItemNotFound", skip=1)
    with place.outbox() as outbox:
        place.server.fail("GET /messages", status=500, times=100, skip=1)
        with pytest.raises(UnknownOutcomeError):
            outbox.send(letter())
    assert place.left() == []


def test_only_202_is_the_answer_to_a_letter_that_left(place: GraphPlace) -> None:
    place.server.fail(SEND, status=200)
    with place.outbox() as outbox, pytest.raises(MailboxError, match="did not leave"):
        outbox.send(letter())
    assert place.left() == []


@pytest.mark.parametrize("code", ["ErrorInvalidRecipients", "ErrorMessageSizeExceeded"])
def test_a_letter_that_is_refused_for_what_it_is_is_refused_for_good(place: GraphPlace, code: str) -> None:
    place.server.fail(SEND, status=400, code=code)
    with place.outbox() as outbox, pytest.raises(RefusedError):
        outbox.send(letter())
    assert place.paused == [0.0]


def test_a_sender_that_the_mailbox_may_not_use_is_said_and_nothing_leaves(place: GraphPlace) -> None:
    place.server.fail(SEND, status=403, code="ErrorSendAsDenied")
    with place.outbox() as outbox, pytest.raises(MailboxError, match="ErrorSendAsDenied"):
        outbox.send(letter())
    assert place.left() == []


def test_a_token_that_expired_before_the_sending_is_replaced_and_the_letter_leaves_once(place: GraphPlace) -> None:
    place.server.fail(SEND, status=401)
    with place.outbox() as outbox:
        outbox.send(letter())
    assert place.left() == [letter().content]


def test_a_busy_graph_sends_after_as_long_as_it_says(place: GraphPlace) -> None:
    place.server.fail(SEND, status=429, headers={"Retry-After": "9"})
    with place.outbox() as outbox:
        outbox.send(letter())
    assert (place.left(), place.paused) == ([letter().content], [9])


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_a_draft_whose_answer_was_lost_is_not_made_a_second_time_and_the_letter_leaves_once(place: GraphPlace) -> None:
    place.server.fail("POST /messages", lost=True)
    with place.outbox() as outbox:
        with pytest.raises(MailboxError, match="was lost"):
            outbox.send(composed(100))
        assert drafts(place) == 1
        outbox.send(composed(100))
    assert len(place.left()) == 1
    assert drafts(place) == 0


def test_a_draft_that_a_killed_run_made_whole_is_used(place: GraphPlace) -> None:
    with place.outbox() as outbox:
        outbox._submit = lambda *_: None  # type: ignore[method-assign] # the run ends here
        outbox.send(composed(100))
    assert drafts(place) == 1
    with place.outbox() as outbox:
        outbox.send(composed(100))
    assert place.server.lines()["POST /messages"] == 1
    assert len(place.left()) == 1


def test_a_draft_whose_recipient_somebody_changed_is_removed_and_not_sent(place: GraphPlace) -> None:
    with place.outbox() as outbox:
        outbox._submit = lambda *_: None  # type: ignore[method-assign] # the run ends here
        outbox.send(composed(100))
    [draft] = place.server.mailbox.lying_in("f-drafts")
    draft.fields["toRecipients"] = [{"emailAddress": {"address": "somebody@else.example"}}]
    with place.outbox() as outbox, pytest.raises(RefusedError, match="one recipient alone"):
        outbox.send(composed(100))
    assert (place.left(), drafts(place)) == ([], 0)


@pytest.mark.parametrize("name", ["Cc", "Bcc"])
def test_a_letter_that_names_a_second_recipient_does_not_leave(place: GraphPlace, name: str) -> None:
    with place.outbox() as outbox, pytest.raises(RefusedError, match="one recipient alone"):
        outbox.send(composed(100, **{name: "somebody@else.example"}))
    assert (place.left(), drafts(place)) == ([], 0)


def test_a_letter_whose_text_is_addressed_to_another_does_not_leave(place: GraphPlace) -> None:
    with place.outbox() as outbox, pytest.raises(RefusedError, match="one recipient alone"):
        outbox.send(composed(100, to="somebody@else.example"))
    assert (place.left(), drafts(place)) == ([], 0)


def test_only_a_plain_address_is_written_to(place: GraphPlace) -> None:
    odd = Letter(letter().message_id, ADDRESS, "a@housing.example, b@else.example", letter().content)
    with place.outbox() as outbox, pytest.raises(RefusedError, match="one plain address"):
        outbox.send(odd)


def test_what_was_sent_is_known_by_the_letters_own_message_id_wherever_the_copy_lies(place: GraphPlace) -> None:
    with place.outbox() as outbox:
        assert outbox.was_sent(composed().message_id) is None
        outbox.send(composed())
        [copy] = place.server.mailbox.lying_in("f-sentitems")
        place.server.mailbox.move(copy, "f-inbox")
        assert outbox.was_sent(composed().message_id) is True


def test_a_draft_alone_means_that_a_letter_did_not_leave(place: GraphPlace) -> None:
    place.server.mailbox.put(composed().content, MONDAY, "f-drafts", draft=True, message_id=composed().message_id)
    with place.outbox() as outbox:
        assert outbox.was_sent(composed().message_id) is False


def test_a_mailbox_that_cannot_be_asked_does_not_say_that_nothing_was_sent(place: GraphPlace) -> None:
    place.server.fail("GET /messages", lost=True)
    with place.outbox() as outbox, pytest.raises(MailboxError):
        outbox.was_sent(letter().message_id)


# --- large letters ---------------------------------------------------------------------------------------------------


def whole(content: bytes) -> list[tuple[str | None, object]]:
    return [(part.get_filename(), part.get_payload(decode=True)) for part in parsed(content).iter_attachments()]


def test_a_letter_too_large_for_mime_leaves_with_all_its_files_and_its_own_id(place: GraphPlace) -> None:
    large = composed(1_000_000, 7_000_000, X_Marac="yes", Reply_To="marac@council.example", Auto_Submitted="no")
    with place.outbox() as outbox:
        outbox.send(large)
        assert outbox.was_sent(large.message_id) is True
    [left] = place.left()
    assert whole(left) == whole(large.content)
    message = parsed(left)
    assert (message["Message-ID"], message["To"]) == (large.message_id, large.recipient)
    assert (message["X-Marac"], message["Reply-To"]) == ("yes", "marac@council.example")
    body = message.get_body()
    assert body is not None
    assert body.get_content().strip() == "The sealed letter is attached."
    assert [line for line in place.server.lines() if line.startswith("PUT")] == ["PUT /upload/0"]
    assert place.server.lines()["PUT /upload/0"] == 3


def test_a_range_that_came_to_nothing_leaves_no_letter_without_its_file(place: GraphPlace) -> None:
    large = composed(7_000_000)
    place.server.fail("PUT /upload/0", lost=True, skip=1)
    with place.outbox() as outbox:
        with pytest.raises(MailboxError, match="was lost"):
            outbox.send(large)
        assert outbox.was_sent(large.message_id) is False
        outbox.send(large)
    [left] = place.left()
    assert whole(left) == whole(large.content)
    assert drafts(place) == 0


def test_a_draft_in_mime_that_is_answered_with_200_is_made_in_fields(place: GraphPlace) -> None:
    place.server.fail("POST /messages", status=200)
    with place.outbox() as outbox:
        outbox.send(composed(1_000_000))
    [left] = place.left()
    assert whole(left) == whole(composed(1_000_000).content)


def test_a_large_letter_that_is_sealed_as_a_whole_is_refused_rather_than_taken_apart(place: GraphPlace) -> None:
    with place.outbox() as outbox, pytest.raises(RefusedError, match="signed or sealed as a whole"):
        outbox.send(composed(1_000_000, 1_500_000, subtype="encrypted"))
    assert (place.left(), drafts(place)) == ([], 0)


def test_a_letter_larger_than_the_mailbox_may_send_is_refused_for_good(place: GraphPlace) -> None:
    place.server.fail(".*/createUploadSession", status=400, code="ErrorMessageSizeExceeded")
    with place.outbox() as outbox, pytest.raises(RefusedError, match="larger than the mailbox may send"):
        outbox.send(composed(7_000_000))
    assert place.left() == []


def test_an_outbox_that_may_not_be_opened_says_so_at_once(place: GraphPlace) -> None:
    place.server.fail("GET /mailFolders/drafts", status=403, code="ErrorAccessDenied")
    with pytest.raises(MailboxError, match="admin consent"), place.outbox():
        pass


def test_no_error_tells_an_address_or_graphs_own_words(place: GraphPlace) -> None:
    def told(outbox: GraphOutbox) -> str:
        with outbox, pytest.raises(MailboxError) as caught:
            outbox.send(letter())
        return str(caught.value)

    for status in (400, 403, 404, 409, 413, 429, 500):
        place.server.fail("POST /messages", status=status, times=50)
        words = told(place.outbox())
        assert "must not be shown" not in words
        assert "housing.example" not in words
        place.server.faults.clear()
