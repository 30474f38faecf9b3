"""Messages that Outlook saved (.msg), opened up as any other."""

import contextlib
import datetime as dt

import compressed_rtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marac.document import HTML, TEXT
from marac.intake.opening.mail import opened_mail, parts_in
from marac.intake.opening.message import UnsafeMessageError
from marac.intake.opening.outlook.outlook import RTF, is_outlook_message, opened_outlook
from tests.outlook_messages import Tree, attached, attached_message, file_of_streams, linked, outlook_message

HEADERS = (
    "Received: from a by b; Tue, 03 Nov 2026 00:10:00 +0000\r\nFrom: PC Invented <PC@police.example>\r\n"
    "Message-ID: <1@police.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
)
LARGE = bytes(range(256)) * 40
PLAIN = file_of_streams(outlook_message(attachments=(attached("MARAC – Zażółć referral.docx", LARGE),)))


def message(**told: object) -> bytes:
    return file_of_streams(outlook_message(**told))  # type: ignore[arg-type]


def test_the_body_and_the_attachments_are_found_under_their_long_names() -> None:
    assert is_outlook_message(PLAIN)
    found = opened_mail(PLAIN)
    assert [(part.source, part.role) for part in found.parts] == [
        ("body", "body"),
        ("MARAC – Zażółć referral.docx", "form"),
    ]
    assert found.parts[0].document.content == b"Please find attached."
    assert found.parts[1].document.content == LARGE
    assert found.damage == ()


def test_the_headers_that_it_came_with_say_who_and_when() -> None:
    found = opened_outlook(message(texts={0x007D: HEADERS, 0x5D01: "another@police.example"}))
    assert (found.sender, found.message_id) == ("pc@police.example", "<1@police.example>")
    assert found.received == dt.datetime(2026, 11, 3, 0, 10, tzinfo=dt.UTC)
    assert found.damage == ()


def test_without_headers_what_outlook_noted_says_who_and_when() -> None:
    moment = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC)
    texts = {0x0C1F: "/O=POLICE/CN=PC", 0x5D01: "PC@police.example", 0x1035: "<2@police.example>"}
    found = opened_outlook(message(texts=texts, delivered=moment))
    assert (found.sender, found.message_id, found.received) == ("pc@police.example", "<2@police.example>", moment)


def test_without_headers_what_outlook_noted_says_what_it_answers_and_that_it_is_a_reply() -> None:
    texts = {
        0x0037: "Automatic reply: MARAC",
        0x1042: "<2@marac.example>",
        0x1039: "<1@marac.example> <2@marac.example>",
    }
    found = opened_outlook(message(texts=texts))
    assert found.refers_to == ("<2@marac.example>", "<1@marac.example>")
    assert found.replied


def test_text_of_eight_bits_is_read_by_its_code_page() -> None:
    tree = dict(outlook_message("", numbers={0x3FFD: 1250}))
    tree["__substg1.0_1000001E"] = "Zażółć, Mrs Kowalczyk".encode("cp1250")
    assert opened_outlook(file_of_streams(tree)).parts[0].document.content.decode() == "Zażółć, Mrs Kowalczyk"


def test_a_page_as_body_is_read_by_its_code_page_and_stands_beside_the_plain_text() -> None:
    page = "<p>Siân’s form</p>".encode("cp1252")
    found = opened_outlook(message(binaries={0x1013: page}, numbers={0x3FDE: 1252})).parts
    assert [part.document.media_type for part in found] == [TEXT, HTML]
    assert "Siân’s form" in found[1].document.content.decode()


@pytest.mark.parametrize(
    ("body", "rich", "found"),
    [
        ("", b"{\\rtf1 Please see below.}", [RTF]),
        ("Please see below.", b"{\\rtf1 Please see below.}", [TEXT]),
        ("Name Ann", b"{\\rtf1 \\trowd Name\\cell Ann\\cell\\row}", [TEXT, RTF]),
    ],
    ids=["alone", "same text", "table"],
)
def test_rich_text_is_taken_where_the_plain_text_lacks_what_it_holds(body: str, rich: bytes, found: list[str]) -> None:
    parts = opened_outlook(message(body=body, binaries={0x1009: compressed_rtf.compress(rich)})).parts
    assert [part.document.media_type for part in parts] == found
    assert parts[-1].document.content == (rich if found[-1] == RTF else body.encode())


def test_rich_text_that_cannot_be_unpacked_is_said() -> None:
    (part,) = opened_outlook(message(body="", binaries={0x1009: b"LZFu and nothing of the kind"})).parts
    assert "cannot be unpacked" in part.refused


def test_attached_messages_are_opened_to_any_depth_that_mail_has() -> None:
    inner: Tree = outlook_message("inmost", attachments=(attached("referral.docx", b"form"),), within=True)
    for _ in range(5):
        inner = outlook_message("between", attachments=(attached_message(inner),), within=True)
    found = opened_outlook(message(attachments=(attached_message(inner), attached("other.pdf", b"%PDF-")))).parts
    assert [part.source for part in found if part.role == "form"] == ["referral.docx", "other.pdf"]
    for _ in range(6):
        inner = outlook_message("between", attachments=(attached_message(inner),), within=True)
    with pytest.raises(UnsafeMessageError, match="nested"):
        opened_outlook(message(attachments=(attached_message(inner),)))


def test_an_attached_message_with_nothing_in_it_is_said() -> None:
    empty = attached_message(outlook_message("", within=True))
    (_, part) = opened_outlook(message(attachments=(empty,))).parts
    assert part.role == "form"
    assert "neither text nor files" in part.refused


def test_a_picture_in_the_text_is_a_picture_and_an_attached_one_is_a_form() -> None:
    logo = attached("image001.png", b"\x89PNG", texts={0x370E: "image/png", 0x3712: "image001.png@01"})
    scan = attached("scan.png", b"\x89PNG", texts={0x370E: "image/png"})
    form = attached("referral.pdf", b"%PDF-1.7", texts={0x3712: "referral.pdf@01"})
    found = opened_outlook(message(attachments=(logo, scan, form))).parts
    assert [part.role for part in found] == ["body", "picture", "form", "form"]


def test_an_attachment_that_is_only_a_link_is_said() -> None:
    (_, part) = opened_outlook(message(attachments=(linked("referral.docx"),))).parts
    assert part.source == "referral.docx"
    assert "only a link" in part.refused


@pytest.mark.parametrize(
    ("kind", "bounce", "automatic"),
    [
        ("IPM.Note", False, False),
        ("REPORT.IPM.Note.NDR", True, False),
        ("REPORT.IPM.Note.IPNRN", False, True),
        ("IPM.Note.Rules.OofTemplate.Microsoft", False, True),
    ],
)
def test_bounces_receipts_and_absences_are_told_by_their_class(kind: str, bounce: bool, automatic: bool) -> None:
    found = opened_outlook(message(texts={0x001A: kind}, attachments=(attached("referral.docx", b"form"),)))
    assert (found.bounce, found.automatic, found.replied) == (bounce, automatic, automatic)
    assert ("referral.docx" in [part.source for part in found.parts]) is not bounce


def test_hundreds_of_attachments_are_not_opened() -> None:
    with pytest.raises(UnsafeMessageError, match="hundreds"):
        opened_outlook(message(attachments=tuple(attached(f"{number}.txt", b"x") for number in range(250))))


def test_a_stream_that_all_attachments_share_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marac.intake.opening.outlook.streams._LARGEST", 5_000)
    with pytest.raises(UnsafeMessageError, match="far more"):
        opened_outlook(PLAIN)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PLAIN) - 1), st.integers(0, 255)), min_size=1, max_size=40), st.data())
def test_a_broken_message_is_refused_in_words_or_opened(changes: list[tuple[int, int]], data: st.DataObject) -> None:
    broken = bytearray(PLAIN)
    for place, value in changes:
        broken[place] = value
    cut = bytes(broken[: data.draw(st.integers(8, len(PLAIN)))])
    with contextlib.suppress(UnsafeMessageError):
        opened_outlook(cut)
    assert parts_in(cut, "message.msg")
