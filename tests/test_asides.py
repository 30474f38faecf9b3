"""What mailers leave in mail is kept and asks for nobody; what may be a form stays one, whatever it is called."""

import struct
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from marac.intake.opening.mail import envelope_of, opened_mail, parts_in
from marac.intake.pipeline import Intake
from tests.invented_mail import an_intake, cases_in, deliveries_in, mail, taken_in
from tests.outlook_messages import attached, file_of_streams, outlook_message
from tests.test_opening import zipped

pytestmark = pytest.mark.both_databases

FORM = (Path(__file__).parent / "forms" / "d06-redbridge.docx").read_bytes()
CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:%s\r\nBEGIN:VEVENT\r\nSUMMARY:MARAC meeting\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n"
INVITATION, ACCEPTED = CALENDAR % (b"REQUEST", b""), CALENDAR % (b"REPLY", b"")
CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Sam Holroyd\r\nEND:VCARD\r\n"
PIXEL = b"GIF89a" + struct.pack("<HH", 1, 1) + b"\x80\x00\x00\x00\x00\x00\xff\xff\xff;"
LINE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 600, 2) + b"\x08\x02"
SIGNATURE = b"-----BEGIN PGP SIGNATURE-----\n\niQE=\n-----END PGP SIGNATURE-----\n"

LEFT = [
    ("invite.ics", "application/ics", INVITATION),
    ("invite.ics", "application/octet-stream", b"\xef\xbb\xbf" + INVITATION),
    (None, "text/calendar", INVITATION),
    ("Holroyd.vcf", "text/x-vcard", CARD),
    ("Holroyd.vcf", "application/octet-stream", CARD),
    ("signature.asc", "application/octet-stream", SIGNATURE),
    ("smime.p7s", "application/octet-stream", b"\x30\x82\x01\x00"),
    ("open.gif", "image/gif", PIXEL),
    ("line.png", "application/octet-stream", LINE),
    (
        None,
        "text/x-amp-html",
        "<!doctype html><html \N{HIGH VOLTAGE SIGN}4email><body>Read more</body></html>".encode(),
    ),
    ("oledata.mso", "application/x-mso", b"ActiveMime\x00\x00\x01\xf0"),
    ("ATT00001.txt", "text/plain", b"\r\n"),
    ("ATT00002.htm", "text/html", b"<html><head><style>p {color: red}</style></head><body><br>&nbsp;</body></html>"),
    ("ATT00003.htm", "text/html", b"<p>Sent from my iPhone</p>"),
    (None, "application/applefile", b"\x00\x05\x16\x07\x00\x02\x00\x00"),
    (None, "text/rfc822-headers", b"From: marac@carrowdale.example\r\nSubject: Papers\r\n"),
]

SENT = [
    ("referral.ics", "text/calendar", FORM),
    ("referral.vcf", "text/vcard", b"%PDF-1.7"),
    ("invite.ics", "text/calendar", CALENDAR % (b"REQUEST", b"ATTACH;ENCODING=BASE64;VALUE=BIN\r\n ARY:UEsD\r\n")),
    ("invite.ics", "text/calendar", CALENDAR % (b"REQUEST", b"ATTACH:https://files.example/referral.docx\r\n")),
    ("invite.ics", "text/calendar", INVITATION + b"He said that he would kill her."),
    ("note.txt", "application/octet-stream", INVITATION),
    ("signature.asc", "application/octet-stream", b"Referral: " + SIGNATURE),
    ("oledata.mso", "application/x-mso", FORM),
    ("scan.png", "image/png", LINE.replace(struct.pack(">II", 600, 2), struct.pack(">II", 1200, 1700))),
    ("broken.png", "image/png", b"\x89PNG\r\n\x1a\n"),
    ("ATT00001.txt", "text/plain", b"She rang and said that he is back."),
    ("ATT00001.htm", "text/html", b'<img src="data:image/png;base64,iVBORw0KGgo=">'),
    ("ATT00001.bin", "application/octet-stream", FORM),
    ("empty.txt", "text/plain", b""),
]


def with_part(name: str | None, media_type: str, content: bytes, text: str = "Please see below.") -> bytes:
    made = EmailMessage()
    made["From"], made["Message-ID"] = "pc@police.example", "<1@police.example>"
    made.set_content(text)
    main, sub = media_type.split("/")
    made.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()


@pytest.mark.parametrize(("name", "media_type", "content"), LEFT)
def test_what_a_mailer_left_is_kept_and_is_no_form(name: str | None, media_type: str, content: bytes) -> None:
    body, left = parts_in(with_part(name, media_type, content))
    assert (body.role, left.role, left.refused) == ("body", "aside", "")
    assert left.document.content == content


@pytest.mark.parametrize(("name", "media_type", "content"), SENT)
def test_what_may_be_a_form_is_one_whatever_it_is_called(name: str, media_type: str, content: bytes) -> None:
    _, sent = parts_in(with_part(name, media_type, content))
    assert sent.role == "form"


def test_what_a_mailer_left_is_known_in_archives_and_in_outlook_messages() -> None:
    files = parts_in(zipped("referral.docx", FORM, **{"Holroyd.vcf": CARD}), "documents.zip")
    assert [part.role for part in files] == ["form", "aside"]
    saved = file_of_streams(outlook_message(attachments=(attached("invite.ics", INVITATION),)))
    assert [part.role for part in parts_in(saved)] == ["body", "aside"]


def test_a_pointer_for_programs_is_no_form_and_a_link_to_a_file_is_for_a_person() -> None:
    for access, role in (("anon-ftp", "aside"), ("URL", "form")):
        raw = f"From: a@b.example\nContent-Type: message/external-body; access-type={access}\n\nContent-Type: text/plain\n\n"
        (part,) = parts_in(raw.encode())
        assert (part.role, bool(part.refused)) == (role, role == "form")


def answer(text: str, calendar: bytes = ACCEPTED, page: str = "") -> bytes:
    made = EmailMessage()
    made["From"], made["Message-ID"], made["Subject"] = "h@nhs.example", "<2@nhs.example>", "Accepted: MARAC meeting"
    made.set_content(text)
    if page:
        made.add_alternative(page, subtype="html")
    made.add_alternative(calendar.decode(), subtype="calendar", params={"method": "REPLY"})
    return made.as_bytes()


QUOTED = "________________________________________________________________\nMicrosoft Teams meeting\nPasscode: hT4vQz\n"


@pytest.mark.parametrize(
    "raw",
    [
        answer(""),
        answer("\n\N{NO-BREAK SPACE}\n", page="<html><body><p>&nbsp;</p></body></html>"),
        answer("Hana Rees has accepted this invitation.\n\nMARAC meeting\nInvitation from a calendar\n"),
        answer(QUOTED),
    ],
    ids=["empty", "blank page", "said by the calendar", "only the invitation"],
)
def test_an_answer_to_an_invitation_is_a_programs_answer(raw: bytes) -> None:
    assert opened_mail(raw).replied
    assert envelope_of(raw).replied
    assert envelope_of(raw).automatic


@pytest.mark.parametrize(
    "raw",
    [
        answer("I cannot come. She rang and said that he is back."),
        answer("", page="<p>She rang and said that he is back.</p>"),
        answer(f"She rang and said that he is back.\n{QUOTED}"),
        answer("Hana Rees has accepted this invitation with a note: he is back.\n"),
        answer("", CALENDAR % (b"REPLY", b"COMMENT:He is back.\r\n")),
        answer("", INVITATION),
        with_part("accepted.ics", "text/calendar", ACCEPTED),
    ],
    ids=["words", "words in the page", "words above", "a note", "a comment", "an invitation", "a sent one"],
)
def test_words_of_a_person_beside_an_answer_are_for_a_person(raw: bytes) -> None:
    assert not opened_mail(raw).replied
    assert not envelope_of(raw).replied


def test_an_answer_with_a_file_is_no_programs_answer() -> None:
    made = EmailMessage()
    made["From"], made["Message-ID"] = "h@nhs.example", "<2@nhs.example>"
    made.set_content("\n")
    made.add_attachment(ACCEPTED, maintype="text", subtype="calendar")
    assert opened_mail(made.as_bytes()).replied
    made.add_attachment(FORM, maintype="application", subtype="octet-stream", filename="referral.docx")
    assert not opened_mail(made.as_bytes()).replied


def test_an_answer_that_outlook_saved_is_a_programs_answer_unless_somebody_wrote_into_it() -> None:
    kind = {0x001A: "IPM.Schedule.Meeting.Resp.Pos"}
    assert opened_mail(file_of_streams(outlook_message("", texts=kind))).replied
    assert not opened_mail(file_of_streams(outlook_message("He is back.", texts=kind))).replied


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    with an_intake(tmp_path) as made:
        yield made


def test_an_invitation_tells_of_no_referral_and_its_passcode_is_no_password(intake: Intake) -> None:
    taken_in(intake, answer(f"The password for the meeting is hT4vQz9.\n{QUOTED}", INVITATION))
    (delivery,) = deliveries_in(intake)
    assert (delivery.disposition, delivery.state) == ("no_referral", "needs_person")


def test_an_accepted_invitation_is_done_without_a_person(intake: Intake) -> None:
    taken_in(intake, answer(""))
    (delivery,) = deliveries_in(intake)
    assert (delivery.disposition, delivery.state) == ("auto_reply", "done")


def test_a_form_with_a_visiting_card_beside_it_is_registered_without_a_doubt(intake: Intake) -> None:
    taken_in(intake, mail(files={"referral.docx": FORM, "Holroyd.vcf": CARD, "invite.ics": INVITATION}))
    (delivery,) = deliveries_in(intake)
    assert (delivery.disposition, delivery.state, len(cases_in(intake))) == ("new_referral", "done", 1)


def test_a_form_called_an_invitation_is_registered(intake: Intake) -> None:
    taken_in(intake, with_part("referral.ics", "text/calendar", FORM))
    assert deliveries_in(intake)[0].disposition == "new_referral"
