"""A message put together from its pieces reads as what it was, and is the same every time."""

import email
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.mailbox.reassembly import Attachment, reassembled

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADERS = [
    ("Received", "from a by b;\r\n\tMon, 2 Mar 2026 09:30:00 +0000"),
    ("From", '"Ärztin, A" <a@health.example>'),
    ("Subject", "=?utf-8?q?=C3=9Cberweisung?="),
    ("Message-ID", "<1@health.example>"),
]


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=default)


def parts(raw: bytes) -> list[EmailMessage]:
    return cast("list[EmailMessage]", list(read(raw).iter_parts()))


def in_pieces(content: bytes, length: int) -> Iterator[bytes]:
    for start in range(0, len(content), length):
        yield content[start : start + length]


def test_the_first_line_says_that_it_was_put_together() -> None:
    assert reassembled(HEADERS, "text", "Text", []).startswith(
        b"X-MARAC-Reassembled: yes\r\nReceived: from a by b; Mon"
    )


def test_no_sender_can_claim_it_twice_or_keep_the_old_structure() -> None:
    sent = [("x-marac-reassembled", "no"), ("Content-Type", "text/plain"), ("MIME-Version", "9"), *HEADERS]
    raw = read(reassembled(sent, "text", "Text", []))
    assert raw.get_all("X-MARAC-Reassembled") == ["yes"]
    assert raw.get_content_type() == "multipart/mixed"
    assert raw.get_all("MIME-Version") == ["1.0"]


def test_headers_keep_their_order_and_their_words() -> None:
    raw = read(reassembled(HEADERS, "text", "Text", []))
    assert raw.keys()[1:5] == ["Received", "From", "Subject", "Message-ID"]
    assert raw["Subject"] == "Überweisung"
    assert raw["From"].addresses[0].addr_spec == "a@health.example"


def test_a_header_cannot_smuggle_in_another_one_or_a_body() -> None:
    raw = read(
        reassembled([("Subject", "a\r\nBcc: x@else.example\r\n\r\nbody"), ("To\r\nX", "y"), ("", "z")], "", "Text", [])
    )
    assert raw.keys() == ["X-MARAC-Reassembled", "Subject", "MIME-Version", "Content-Type"]


@pytest.mark.parametrize(("told", "found"), [("HTML", "text/html"), ("html", "text/html"), ("Text", "text/plain")])
def test_the_body_keeps_its_kind_and_its_letters(told: str, found: str) -> None:
    [body] = parts(reassembled(HEADERS, "<p>Łódź £10</p>\r\n", told, []))
    assert body.get_content_type() == found
    assert body.get_payload(decode=True) == "<p>Łódź £10</p>\r\n".encode()


@given(st.binary(max_size=2000), st.integers(1, 400))
def test_a_file_comes_out_as_it_went_in_whatever_its_pieces(content: bytes, length: int) -> None:
    raw = reassembled(HEADERS, "text", "Text", [Attachment("form.docx", WORD, in_pieces(content, length))])
    assert parts(raw)[1].get_payload(decode=True) == content
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert raw == reassembled(HEADERS, "text", "Text", [Attachment("form.docx", WORD, [content])])


@given(st.text(max_size=60))
def test_any_name_of_a_file_is_harmless_and_a_plain_one_is_kept(name: str) -> None:
    raw = reassembled(HEADERS, "text", "Text", [Attachment(name, WORD, [b"x"]), Attachment("b.docx", WORD, [b"y"])])
    assert [part.get_payload(decode=True) for part in parts(raw)[1:]] == [b"x", b"y"]


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=80)), max_size=5), st.text(max_size=80))
def test_any_headers_and_any_body_leave_the_attachments_readable(headers: list[tuple[str, str]], body: str) -> None:
    raw = reassembled(headers, body, "Text", [Attachment("b.docx", WORD, [b"y"])])
    assert [part.get_payload(decode=True) for part in parts(raw)[1:]] == [b"y"]


@pytest.mark.parametrize(
    "name", ["Überweisung für 'A' & B.docx", 'quoted "name".docx', "plain name (1).docx", "指示.docx"]
)
def test_names_in_any_alphabet_are_kept(name: str) -> None:
    raw = reassembled(HEADERS, "text", "Text", [Attachment(name, WORD, [b"x"])])
    assert parts(raw)[1].get_filename() == name


def test_an_attached_message_is_a_message_and_its_boundaries_cannot_be_mistaken_for_ours() -> None:
    inner = b"Subject: inner\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\ninside\r\n--x--\r\n"
    first = reassembled(HEADERS, "text", "Text", [Attachment("m", "", [inner], message=True)])
    boundary = cast("str", read(first).get_boundary())
    hostile = inner + f"\r\n--{boundary}--\r\n".encode()
    raw = reassembled(
        HEADERS, "text", "Text", [Attachment("m", "", [hostile], message=True), Attachment("b", WORD, [b"y"])]
    )
    _, message, file = parts(raw)
    assert message.get_content_type() == "message/rfc822"
    assert message.get_content()["Subject"] == "inner"
    assert file.get_payload(decode=True) == b"y"


@pytest.mark.parametrize(
    "told", ["message/rfc822", "multipart/mixed", "nonsense", "", "text/html\r\nBcc: x@else.example"]
)
def test_a_file_is_not_taken_for_mime_whatever_its_sender_says(told: str) -> None:
    raw = reassembled(HEADERS, "text", "Text", [Attachment("form.docx", told, [b"PK\x03\x04\n--x\n"])])
    [_, file] = parts(raw)
    assert file.get_payload(decode=True) == b"PK\x03\x04\n--x\n"
    assert file["Bcc"] is None


def test_a_picture_in_the_text_is_marked_as_such() -> None:
    picture = Attachment("logo.png", "image/png", [b"x"], content_id="<logo@a>", inline=True)
    [_, part] = parts(reassembled(HEADERS, "text", "HTML", [picture]))
    assert (part.get_content_disposition(), part["Content-ID"]) == ("inline", "<logo@a>")


def test_a_piece_that_cannot_be_had_gives_no_half_message() -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        reassembled(HEADERS, "text", "Text", [Attachment("form.docx", WORD, broken())])
