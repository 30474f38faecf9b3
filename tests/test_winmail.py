"""winmail.dat: what Outlook hides in it arrives, byte for byte, and a broken one is refused in words."""

import contextlib
import struct
from email.message import EmailMessage

import compressed_rtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tnefparse import TNEF

from marac.document import HTML, TEXT
from marac.intake.opening.mail import parts_in
from marac.intake.opening.message import Found, UnsafeMessageError
from marac.intake.opening.outlook.outlook import RTF
from marac.intake.opening.outlook.winmail import is_winmail, parts_of_winmail
from tests.tnef_messages import MESSAGE_INTERFACE, attribute, packed_file, packed_object, winmail
from tests.word_forms import word_form

FORM = word_form("Name of victim: Zephyrine Quill").content
PACKED = winmail(
    "Please find Siân’s form.".encode("cp1252"),
    attachments=(packed_file("Zgłoszenie.docx".encode("cp1252", "replace"), FORM, "Zażółć – Siân’s referral.docx"),),
)


def forms(parts: tuple[Found, ...] | list[Found]) -> list[tuple[str, bytes]]:
    return [(part.source, part.document.content) for part in parts if part.role == "form"]


def mail(content: bytes, name: str = "winmail.dat", subtype: str = "ms-tnef") -> bytes:
    made = EmailMessage()
    made["From"], made["Message-ID"] = "pc@police.example", "<1@police.example>"
    made.set_content("\n")
    made.add_attachment(content, maintype="application", subtype=subtype, filename=name)
    return made.as_bytes()


def test_a_form_in_winmail_dat_arrives_byte_for_byte_under_its_long_name() -> None:
    found = parts_in(mail(PACKED))
    assert forms(found) == [("Zażółć – Siân’s referral.docx", FORM)]
    assert "Please find Siân’s form." in [part.document.content.decode() for part in found if part.role == "body"]


def test_winmail_dat_is_known_by_its_bytes_whatever_it_is_called() -> None:
    assert is_winmail(PACKED)
    assert forms(parts_in(mail(PACKED, "ATT00001.bin", "octet-stream"))) == forms(parts_in(mail(PACKED)))
    assert forms(parts_in(PACKED, "winmail.dat")) == forms(parts_in(mail(PACKED)))


def test_another_reader_of_winmail_dat_finds_the_same_files() -> None:
    other = TNEF(PACKED)
    assert [(a.long_filename(), a.data) for a in other.attachments] == forms(parts_of_winmail(PACKED))


def test_a_short_name_is_read_by_the_senders_code_page() -> None:
    packed = winmail(attachments=(packed_file("Zgłoszenie.docx".encode("cp1250"), FORM),), code_page=1250)
    assert forms(parts_of_winmail(packed)) == [("Zgłoszenie.docx", FORM)]


def test_the_text_is_taken_in_every_form_that_outlook_keeps() -> None:
    wide = winmail(properties={(0x1F, 0x1000): "Zażółć".encode("utf-16-le")})
    page = winmail(
        properties={(0x102, 0x1013): "<p>Siân’s form</p>".encode(), (0x03, 0x3FDE): struct.pack("<I", 65001)}
    )
    rich = winmail(properties={(0x102, 0x1009): compressed_rtf.compress(b"{\\rtf1 Please see below.}")})
    found = [parts_of_winmail(packed)[0].document for packed in (wide, page, rich)]
    assert [(each.media_type, each.content.decode()) for each in found] == [
        (TEXT, "Zażółć"),
        (HTML, "<p>Siân’s form</p>"),
        (RTF, "{\\rtf1 Please see below.}"),
    ]


def test_properties_of_any_kind_before_the_text_do_not_hide_it() -> None:
    before = {
        (0x02, 0x0001): b"\1\0",
        (0x0B, 0x0002): b"\1\0",
        (0x40, 0x0003): bytes(8),
        (0x48, 0x0004): bytes(16),
        (0x1F, 0x8001): b"a\0b\0",
        (0x101F, 0x0005): b"x\0y\0z\0",
    }
    packed = winmail(properties={**before, (0x1E, 0x1000): b"Please see attached."})
    assert [part.document.content for part in parts_of_winmail(packed)] == [b"Please see attached."]


def test_a_message_within_is_opened_and_an_object_is_left_for_a_person() -> None:
    inner = MESSAGE_INTERFACE + PACKED
    packed = winmail(attachments=(packed_object(inner), packed_object(bytes(16) + b"OLE", "Chart")))
    *_, form, chart = parts_of_winmail(packed)
    assert form.document.content == FORM
    assert chart.source == "Chart"
    assert "does not open" in chart.refused


def test_the_form_in_a_bounce_within_is_not_opened() -> None:
    bounce = winmail(properties={(0x1E, 0x001A): b"REPORT.IPM.Note.NDR\0"}, attachments=(packed_file(b"a.docx", FORM),))
    found = parts_of_winmail(winmail(attachments=(packed_object(MESSAGE_INTERFACE + bounce),)))
    assert all(part.refused for part in found if part.role == "form")
    assert "came back" in found[-1].refused


@pytest.mark.parametrize(
    "content",
    [
        PACKED[:-40],
        PACKED[:200],
        PACKED + b"\7 and more that is none",
        winmail() + struct.pack("<BII", 1, 0x00069003, 4) + b"\xff\xff\xff\xff" + b"\0\0",
        winmail() + attribute(1, 0x00069003, struct.pack("<IHHI", 1, 0x1F, 0x1000, 0xFFFFFFFF)),
        winmail() + attribute(1, 0x00069003, struct.pack("<IHH", 1, 0x77, 0x1000)),
        winmail() + attribute(1, 0x00069003, struct.pack("<IHHII", 1, 0x1E, 0x1000, 1, 0xFFFFFF)),
        winmail() + attribute(1, 0x00010001, b"") * 6_000,
    ],
    ids=["cut", "cut early", "rubbish", "properties", "values", "kind", "size", "attributes"],
)
def test_a_broken_or_hostile_winmail_dat_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnsafeMessageError, match="winmail"):
        parts_of_winmail(content)
    (part,) = parts_in(content, "winmail.dat")
    assert "Ask the sender" in part.refused


def test_messages_in_one_another_without_end_are_refused() -> None:
    packed = winmail(b"inmost")
    for _ in range(20):
        packed = winmail(attachments=(packed_object(MESSAGE_INTERFACE + packed),))
    with pytest.raises(UnsafeMessageError, match="nested"):
        parts_of_winmail(packed)


def test_zeros_at_the_end_are_no_damage() -> None:
    assert forms(parts_of_winmail(PACKED + bytes(40))) == forms(parts_of_winmail(PACKED))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(4, len(PACKED) - 1), st.integers(0, 255)), max_size=20), st.data())
def test_a_damaged_winmail_dat_is_refused_or_opened(changes: list[tuple[int, int]], data: st.DataObject) -> None:
    broken = bytearray(PACKED)
    for place, value in changes:
        broken[place] = value
    cut = bytes(broken[: data.draw(st.integers(4, len(PACKED)))])
    with contextlib.suppress(UnsafeMessageError):
        parts_of_winmail(cut)
    assert parts_in(cut, "winmail.dat")
