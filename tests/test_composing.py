"""What leaves, byte for byte: one sender, one recipient, plain headers, the same bytes each time."""

import datetime as dt
import email
import email.policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.delivery.composing import answering, composed
from marac.document import Document
from marac.errors import SealingError

WRITTEN = dt.datetime(2026, 12, 4, 9, 30, tzinfo=dt.UTC)
OUTLOOK_ID = "<DB9PR05MB11223344556677889900AABBCCDDEEFF00@DB9PR05MB1122334455.eurprd05.prod.outlook.com>"


def mail(**changes: Any) -> bytes:
    arguments: dict[str, Any] = {
        "sender": "marac@northbridge.example",
        "recipient": "officer@homes.example",
        "subject": "Thank you",
        "text": "It has arrived.\n",
        "message_id": "<a1b2c3@northbridge.example>",
        "date": WRITTEN,
    }
    return composed(**{**arguments, **changes})


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_any_text_arrives_as_it_was_written(text: str) -> None:
    lines = "".join(f"{line}\n" for line in (text + "\n.\nFrom here").splitlines())
    content = mail(text=lines)
    assert content.isascii()
    assert read(content).get_content().replace("\r\n", "\n") == lines
    assert all(len(line) <= 78 for line in content.partition(b"\r\n\r\n")[2].split(b"\r\n"))


def test_a_long_message_id_stays_whole_so_that_the_answer_finds_its_message() -> None:
    content = mail(headers={**answering(OUTLOOK_ID), "Auto-Submitted": "auto-replied"})
    assert f"\r\nIn-Reply-To: {OUTLOOK_ID}\r\n".encode() in content
    assert f"\r\nReferences: {OUTLOOK_ID}\r\n".encode() in content


@pytest.mark.parametrize(
    "strange", [None, "", "no id", "<a b@c.example>", "<é@c.example>", "<a@b>\r\nBcc: x@y.example"]
)
def test_what_cannot_be_answered_by_its_id_is_answered_without(strange: str | None) -> None:
    assert answering(strange) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"headers": {"Bcc": "other@else.example"}},
        {"headers": {"Reply-To": "other@else.example"}},
        {"headers": {"References": "<a@b.example>\r\nBcc: other@else.example"}},
        {"headers": {"In-Reply-To": "<é@b.example>"}},
        {"subject": "Two\nlines"},
        {"subject": "Two\r\nBcc: other@else.example"},
        {"message_id": "a1b2c3@northbridge.example"},
        {"message_id": "<a1b2c3@northbridge.example>\n"},
        {"date": WRITTEN.replace(tzinfo=None)},
    ],
)
def test_a_header_that_is_not_known_and_plain_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a message"):
        mail(**changes)


@pytest.mark.parametrize("which", ["sender", "recipient"])
@pytest.mark.parametrize(
    "address", ["", "a@b.example, c@d.example", "Name <a@b.example>", "a@b.example\r\nBcc: c@d.example", "a@b.example "]
)
def test_an_address_that_is_not_one_plain_address_is_refused(which: str, address: str) -> None:
    with pytest.raises(SealingError, match="not one plain address"):
        mail(**{which: address})


def test_a_subject_that_is_not_ascii_is_told_in_ascii() -> None:
    content = mail(subject="Pwyllgor Ŵyl Fair")
    assert content.isascii()
    assert read(content)["Subject"] == "Pwyllgor Ŵyl Fair"


def test_an_attachment_comes_whole_and_the_same_arguments_give_the_same_bytes() -> None:
    sealed = Document("letter.docx.pgp", "application/octet-stream", bytes(range(256)) * 40)
    content = mail(attachment=sealed)
    assert content == mail(attachment=sealed)
    (attachment,) = read(content).iter_attachments()
    assert (attachment.get_filename(), attachment.get_content()) == (sealed.name, sealed.content)


def test_there_is_one_of_each_header_and_no_other_recipient() -> None:
    headers = read(mail(headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"})).keys()
    assert len(headers) == len({name.lower() for name in headers})
    assert not {"cc", "bcc", "reply-to", "sender"} & {name.lower() for name in headers}
