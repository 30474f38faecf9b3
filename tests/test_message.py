"""Raw messages opened up: real ones, odd ones, and hostile ones."""

import datetime as dt
import io
import zipfile
from email.message import EmailMessage

import pytest

from marac.document import TEXT, WORD, Document
from marac.intake.opening.archives import UnsafeArchiveError, is_archive, members
from marac.intake.opening.message import Found, UnsafeMessageError
from marac.intake.opening.mime import opened


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in {
        "From": "PC Invented <pc@police.example>",
        "Message-ID": "<1@police.example>",
        **headers,
    }.items():
        made[name.replace("_", "-")] = value
    made.set_content("Please find attached.\n")
    return made


def test_attachments_and_body_are_found_in_their_order() -> None:
    made = message()
    made.add_attachment(
        b"form", maintype="application", subtype="octet-stream", filename="MARAC – Zażółć referral.docx"
    )
    found = opened(made.as_bytes())
    assert [(part.source, part.role) for part in found.parts] == [
        ("body", "body"),
        ("MARAC – Zażółć referral.docx", "form"),
    ]
    assert found.parts[1].document.content == b"form"
    assert found.sender == "pc@police.example"
    assert found.message_id == "<1@police.example>"


def test_a_forwarded_message_is_opened() -> None:
    inner = message()
    inner.add_attachment(b"form", maintype="application", subtype="octet-stream", filename="referral.docx")
    outer = message()
    outer.add_attachment(inner)
    assert [part.source for part in opened(outer.as_bytes()).parts if part.role == "form"] == ["referral.docx"]


def test_the_form_that_a_bounce_returns_is_not_opened() -> None:
    inner = message()
    inner.add_attachment(b"form", maintype="application", subtype="octet-stream", filename="referral.docx")
    raw = (
        b"From: MAILER-DAEMON@police.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nNot delivered.\n--b\nContent-Type: message/rfc822\n\n"
        + inner.as_bytes()
        + b"\n--b--\n"
    )
    found = opened(raw)
    assert found.bounce
    assert [part.role for part in found.parts] == ["body"]


def test_a_read_receipt_is_automatic_and_no_bounce() -> None:
    raw = (
        b"From: pc@police.example\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nYour message was read.\n--b--\n"
    )
    found = opened(raw)
    assert found.automatic
    assert not found.bounce


def test_an_empty_return_path_alone_makes_no_bounce() -> None:
    assert not opened(message(Return_Path="<>").as_bytes()).bounce


def test_an_inline_picture_is_a_picture_and_an_inline_form_is_a_form() -> None:
    made = message()
    made.add_attachment(
        b"logo", maintype="image", subtype="png", filename="image001.png", disposition="inline", cid="<logo>"
    )
    made.add_attachment(
        b"%PDF-1.7", maintype="application", subtype="pdf", filename="referral.pdf", disposition="inline"
    )
    assert [part.role for part in opened(made.as_bytes()).parts] == ["body", "picture", "form"]


@pytest.mark.parametrize(
    ("headers", "automatic"),
    [
        ({}, False),
        ({"Auto_Submitted": "no"}, False),
        ({"Auto_Submitted": "auto-replied"}, True),
        ({"X_Autoreply": "yes"}, True),
        ({"Precedence": "bulk"}, True),
    ],
)
def test_what_a_program_wrote_is_told_by_its_headers(headers: dict[str, str], automatic: bool) -> None:
    assert opened(message(**headers).as_bytes()).automatic is automatic


def test_the_last_server_says_when_it_arrived() -> None:
    made = message(Date="Mon, 02 Nov 2026 23:50:00 +0000", Received="from a by b; Tue, 03 Nov 2026 00:10:00 +0000")
    assert opened(made.as_bytes()).received == dt.datetime(2026, 11, 3, 0, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "header",
    [
        b"Message-ID: <>",
        b"Message-ID: <<bad id>>",
        b"From: a@[",
        b"From: =?bad?q?x",
        b"Subject: \xff\xfe",
        b"Date: never",
    ],
)
def test_headers_that_break_readers_break_nothing(header: bytes) -> None:
    found = opened(header + b"\nContent-Type: text/plain; charset=x-unknown\n\nhello \xff\n")
    assert found.parts[0].document.media_type == TEXT


@pytest.mark.parametrize(
    "raw",
    [
        b"".join(b"X-%d: a\n" % number for number in range(40_000)) + b"\nbody",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5_000,
        b"Content-Type: message/rfc822\n\n" * 500 + b"end",
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 900 + b"--b--\n",
    ],
    ids=["headers", "parts", "depth", "attachments"],
)
def test_a_message_built_to_choke_is_not_opened(raw: bytes) -> None:
    with pytest.raises(UnsafeMessageError, match="not opened"):
        opened(raw)


def test_a_message_that_was_cut_off_shows_its_damage() -> None:
    made = message()
    made.add_attachment(b"form" * 1000, maintype="application", subtype="octet-stream", filename="referral.docx")
    raw = made.as_bytes()
    assert opened(raw).damage == ()
    assert opened(raw[:-2000]).damage


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_an_archive_gives_its_files_and_an_office_document_is_none() -> None:
    archive = zipped({"referral/form.docx": b"form", "__MACOSX/x": b"", ".DS_Store": b""})
    assert is_archive(archive)
    assert not is_archive(zipped({"[Content_Types].xml": b"", "word/document.xml": b""}))
    found = list(members(Found(Document("documents.zip", WORD, archive), "documents.zip", "form")))
    assert [part.source for part in found] == ["documents.zip/referral/form.docx"]


@pytest.mark.parametrize(
    "content",
    [zipped({f"{number}.txt": b"" for number in range(60)}), zipped({"a": b"\0" * 50_000_000}), b"PK\x03\x04 broken"],
    ids=["many", "bomb", "broken"],
)
def test_an_unsafe_archive_is_not_opened(content: bytes) -> None:
    with pytest.raises(UnsafeArchiveError):
        list(members(Found(Document("documents.zip", WORD, content), "documents.zip", "form")))
