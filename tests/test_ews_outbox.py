"""Letters through Exchange: each leaves at most once, and an unknown outcome is called unknown."""

from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest

from marac.errors import MailboxError, RefusedError, UnknownOutcomeError
from marac.mailbox.protocol import Letter
from tests.ews_places import EwsOutboxPlace
from tests.ews_server import TOKEN, EwsServer
from tests.ews_server_faults import (
    Reply,
    cut_short,
    cut_short_unnoticed,
    lost,
    refused,
    refused_whole,
    status,
    throttled,
)
from tests.mailbox_contract import letter

Answered = Callable[[Reply], Reply]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[EwsOutboxPlace]:
    with EwsServer(rewords=True) as server:
        yield EwsOutboxPlace(server, tmp_path)


def sealed(text: str = "The letter is attached.", attached: bytes = b"-----BEGIN PGP MESSAGE-----") -> Letter:
    """A letter with an attachment, as it is made for an agency."""
    made = EmailMessage()
    made["From"] = "marac@council.example"
    made["To"] = "inbox@housing.example"
    made["Message-ID"] = "<1.a1b2@council.example>"
    made.set_content(text)
    made.add_attachment(attached, maintype="application", subtype="pgp-encrypted", filename="letter.docx.pgp")
    made.set_boundary("our-own-boundary")
    return Letter("<1.a1b2@council.example>", "marac@council.example", "inbox@housing.example", made.as_bytes())


def failed(place: EwsOutboxPlace, one: Letter) -> MailboxError:
    """Why a letter was not sent. The server's own words are not in it."""
    with place.outbox() as outbox, pytest.raises(MailboxError) as caught:
        outbox.send(one)
    for private in ("Jane", "housing"):
        assert private not in str(caught.value)
    return caught.value


def test_an_attachment_leaves_as_it_is_and_a_copy_stays_in_sent_items(place: EwsOutboxPlace) -> None:
    with place.outbox() as outbox:
        outbox.send(sealed())
        assert outbox.was_sent(sealed().message_id) is True
    [left] = place.left()
    assert left == sealed().content
    assert place.server.store.lying_in("Sent Items") == [left]
    *_, attached = message_from_bytes(left).walk()
    assert attached.get_payload(decode=True) == b"-----BEGIN PGP MESSAGE-----"


def test_the_same_letter_leaves_once_though_exchange_words_its_copy_anew(place: EwsOutboxPlace) -> None:
    for _ in range(2):
        with place.outbox() as outbox:
            outbox.send(sealed())
            outbox.send(sealed())
    assert len(place.left()) == 1


def test_another_attachment_under_the_same_id_is_another_letter(place: EwsOutboxPlace) -> None:
    with place.outbox() as outbox:
        outbox.send(sealed())
        with pytest.raises(MailboxError, match="same message id"):
            outbox.send(sealed(attached=b"another"))
    assert len(place.left()) == 1


def test_a_text_that_exchange_words_anew_makes_no_other_letter_where_the_attachment_is_the_same(
    place: EwsOutboxPlace,
) -> None:
    with place.outbox() as outbox:
        outbox.send(sealed("The letter is attached."))
        outbox.send(sealed("The  letter is attached.\n\n"))
    assert len(place.left()) == 1


@pytest.mark.parametrize(
    "answered", [status(503), status(500, "Server Error"), status(502), status(504), lost, cut_short, cut_short_unnoticed,
                 refused("CreateItem", "ErrorInternalServerError"), refused("CreateItem", "ErrorTimeoutExpired"),
                 status(503, connection="close")]
)  # fmt: skip
def test_a_letter_that_left_before_the_answer_failed_is_unknown_and_sent_once(
    place: EwsOutboxPlace, answered: Answered
) -> None:
    # a library that tries again after a 503 has sent such a letter twice
    place.server.fault("CreateItem", answered, done_first=True)
    with place.outbox() as outbox:
        with pytest.raises(UnknownOutcomeError, match=r"<1\.a1b2@council\.example> in Sent Items"):
            outbox.send(letter())
        assert outbox.was_sent(letter().message_id) is not False
    assert len(place.left()) == 1
    assert place.server.asked.count("CreateItem") == 1
    with place.outbox() as outbox:
        outbox.send(letter(2))
    assert len(place.left()) == 2


def test_a_letter_of_unknown_outcome_is_found_in_sent_items_by_its_message_id(place: EwsOutboxPlace) -> None:
    place.server.fault("CreateItem", lost, done_first=True)
    with place.outbox() as outbox:
        with pytest.raises(UnknownOutcomeError):
            outbox.send(sealed())
        assert outbox.was_sent(sealed().message_id) is True
        outbox.send(sealed())
    assert len(place.left()) == 1


def test_a_letter_that_is_not_in_sent_items_may_have_left_all_the_same(place: EwsOutboxPlace) -> None:
    with place.outbox() as outbox:
        outbox.send(sealed())
    for item in list(place.server.store.items):
        place.server.store.remove(item)
    with place.outbox() as outbox:
        assert outbox.was_sent(sealed().message_id) is None


@pytest.mark.parametrize(
    "answered", [throttled(100), refused("CreateItem", "ErrorAccessDenied"), refused("CreateItem", "ErrorQuotaExceeded"),
                 refused("CreateItem", "ErrorSendAsDenied"), status(401), status(403), status(429)]
)  # fmt: skip
def test_a_letter_that_was_not_taken_did_not_leave_and_may_be_sent_later(
    place: EwsOutboxPlace, answered: Answered
) -> None:
    place.server.fault("CreateItem", answered)
    with place.outbox() as outbox:
        with pytest.raises(MailboxError, match="did not leave") as caught:
            outbox.send(letter())
        assert type(caught.value) is MailboxError
        assert "Jane" not in str(caught.value)
        assert place.left() == []
        assert place.server.asked.count("CreateItem") == 1
        assert outbox.was_sent(letter().message_id) is False
        outbox.send(letter())
        assert len(place.left()) == 1
    with place.outbox() as outbox:
        assert outbox.was_sent(letter(2).message_id) is None


@pytest.mark.parametrize("code", ["ErrorInvalidRecipients", "ErrorMessageSizeExceeded", "ErrorMimeContentInvalid"])
def test_a_letter_that_exchange_will_never_take_is_refused(place: EwsOutboxPlace, code: str) -> None:
    place.server.fault("CreateItem", refused("CreateItem", code))
    assert isinstance(failed(place, letter()), RefusedError)
    assert place.left() == []


def test_a_letter_that_is_too_large_for_the_gateway_is_refused(place: EwsOutboxPlace) -> None:
    place.server.fault("CreateItem", status(413))
    assert isinstance(failed(place, letter()), RefusedError)


def test_a_version_that_the_server_refuses_is_not_tried_in_others(place: EwsOutboxPlace) -> None:
    place.server.fault("CreateItem", refused_whole("ErrorInvalidServerVersion"), times=9)
    failed(place, letter())
    assert place.server.asked.count("CreateItem") == 1


def test_a_letter_is_not_handed_over_where_sent_items_cannot_be_looked_into(place: EwsOutboxPlace) -> None:
    place.server.fault("FindItem", status(503))
    assert not isinstance(failed(place, letter()), UnknownOutcomeError)
    assert "CreateItem" not in place.server.asked


def test_a_copy_that_cannot_be_fetched_stops_the_letter(place: EwsOutboxPlace) -> None:
    with place.outbox() as outbox:
        outbox.send(sealed())
    place.server.fault("GetItem", cut_short_unnoticed)
    failed(place, sealed())
    assert len(place.left()) == 1


@pytest.mark.parametrize("header", ["Cc", "Bcc", "Resent-To"])
def test_a_letter_to_anybody_else_is_refused_before_it_leaves(place: EwsOutboxPlace, header: str) -> None:
    content = f"{header}: somebody@else.example\n".encode() + sealed().content
    copied = Letter("<3@council.example>", "marac@council.example", "inbox@housing.example", content)
    assert isinstance(failed(place, copied), RefusedError)
    assert place.left() == []


def test_a_letter_whose_headers_name_another_recipient_is_refused(place: EwsOutboxPlace) -> None:
    other = Letter("<3@council.example>", "marac@council.example", "police@force.example", sealed().content)
    assert isinstance(failed(place, other), RefusedError)
    two = sealed().content.replace(b"To: inbox@housing.example", b"To: inbox@housing.example, second@housing.example")
    assert isinstance(
        failed(place, Letter("<3@council.example>", "a@council.example", "inbox@housing.example", two)), RefusedError
    )
    assert place.left() == []


def test_a_connection_that_was_never_made_sent_nothing(place: EwsOutboxPlace) -> None:
    with place.outbox() as outbox:
        outbox._exchange._account.protocol.close()
        place.server.fault("CreateItem", lost)
        with EwsServer("Stranger") as stranger:
            outbox._exchange._account.protocol.config.service_endpoint = stranger.url
            with pytest.raises(MailboxError, match="not signed by anybody") as caught:
                outbox._exchange.ask_once(lambda account: outbox._hand_over(account, letter()))
            assert "did not leave" in str(caught.value)
            assert not isinstance(caught.value, UnknownOutcomeError)


def test_an_expired_token_is_replaced_before_a_letter_is_handed_over(place: EwsOutboxPlace) -> None:
    tokens = iter([TOKEN, "token-2", "token-3"])
    with place.outbox(lambda: next(tokens), authentication="oauth") as outbox:
        place.server.tokens = {"token-2"}
        outbox.send(letter())
    assert len(place.left()) == 1
    assert place.server.asked.count("CreateItem") == 1


def test_letters_leave_from_the_shared_mailbox_that_the_user_impersonates(place: EwsOutboxPlace) -> None:
    place.server.may_enter.clear()
    place.server.may_impersonate = {"svc-marac@council.example"}
    with place.outbox(access="impersonation") as outbox:
        outbox.send(letter())
    assert len(place.left()) == 1
