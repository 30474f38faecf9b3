"""Mail that came back: which message it was, and that nothing in it becomes a referral."""

from email.message import EmailMessage

import pytest

from marac.intake.opening.mail import envelope_of, parts_in
from marac.intake.opening.message import Opened
from marac.intake.opening.mime import opened
from tests.outlook_messages import attached, attached_message, file_of_streams, outlook_message

SENT = "<letter-7@marac.example>"
LETTER = f"From: marac@carrowdale.example\nMessage-ID: {SENT}\nSubject: MARAC\n"
FORM = "Content-Type: application/pdf; name=form.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0x\n"


def report(
    action: str = "failed", *, returned: str = "message/rfc822", head: str = "", text: str = "It failed."
) -> bytes:
    letter = LETTER + "MIME-Version: 1.0\n" + FORM if returned == "message/rfc822" else LETTER
    return (
        f"From: MAILER-DAEMON@police.example\n{head}"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        f"--b\nContent-Type: text/plain\n\n{text}\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; police.example\n\n"
        f"Final-Recipient: rfc822; dc@police.example\nAction: {action}\nStatus: 5.1.1\n\n"
        f"--b\nContent-Type: {returned}\n\n{letter}\n--b--\n"
    ).encode()


def plain(*headers: str, body: str = "Not delivered.") -> bytes:
    return ("\n".join(headers) + "\n\n" + body + "\n").encode()


def both(raw: bytes) -> Opened:
    found = opened(raw)
    light = envelope_of(raw)
    assert (light.bounce, light.delayed, light.returned) == (found.bounce, found.delayed, found.returned)
    return found


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_bounce_names_the_message_that_came_back(returned: str) -> None:
    found = both(report(returned=returned))
    assert found.bounce
    assert not found.delayed
    assert found.returned == (SENT,)
    assert [part.role for part in found.parts if part.role == "form"] == []


def test_a_bounce_that_only_quotes_the_headers_names_the_message_too() -> None:
    text = (
        f"Your message could not be delivered.\n\nOriginal message headers:\n\n> Message-ID: {SENT}\n> Subject: MARAC"
    )
    assert both(plain("From: MAILER-DAEMON@police.example", body=text)).returned == (SENT,)
    page = f"<p>Original message headers:</p><pre>X: a<br>Message-ID: &lt;{SENT[1:-1]}&gt;<br></pre>"
    html = plain("From: postmaster@police.example", "Content-Type: text/html", body=page)
    assert both(html).returned == (SENT,)


def test_a_bounce_that_returns_nothing_is_told_by_what_it_answers() -> None:
    raw = plain("From: MAILER-DAEMON@police.example", f"In-Reply-To: {SENT}")
    assert both(raw).returned == (SENT,)


def test_a_message_that_is_late_is_not_one_that_failed() -> None:
    assert both(report("delayed")).delayed
    assert not both(report("failed")).delayed
    warning = plain("From: MAILER-DAEMON@police.example", "Subject: Warning: could not send message for past 4 hours")
    assert both(warning).delayed
    assert both(warning).bounce


def test_a_message_that_is_late_for_one_and_failed_for_another_failed() -> None:
    second = (
        b"Action: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; pc@police.example\nAction: delayed\nStatus: 4.4.1\n"
    )
    assert both(report().replace(b"Action: failed\nStatus: 5.1.1\n", second)).bounce
    assert not both(report().replace(b"Action: failed\nStatus: 5.1.1\n", second)).delayed


@pytest.mark.parametrize("action", ["delivered", "relayed"])
def test_a_receipt_of_delivery_is_no_bounce(action: str) -> None:
    found = both(report(action))
    assert not found.bounce
    assert found.replied
    assert found.automatic


@pytest.mark.parametrize(
    "headers",
    [
        ("From: MAILER-DAEMON@police.example",),
        ("From: Mail Delivery System <Mailer-Daemon@police.example>", "X-Failed-Recipients: dc@police.example"),
        ("From: noreply@police.example", "X-Failed-Recipients: dc@police.example"),
        ("From: MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@police.example", "Subject: Undeliverable: MARAC"),
        ("From: mail@police.example", "Return-Path: <>", "Subject: Undeliverable: MARAC"),
        ("From: mail@police.example", "Auto-Submitted: auto-generated", "Subject: Mail delivery failed: returning"),
        ("Subject: failure notice", "Return-Path: <>"),
        ("From: mail@police.example", "X-MS-Exchange-Message-Is-Ndr: true"),
    ],
)
def test_bounces_that_keep_to_no_standard_are_bounces(headers: tuple[str, ...]) -> None:
    assert both(plain(*headers)).bounce


@pytest.mark.parametrize(
    "headers",
    [
        ("From: pc@police.example", "Return-Path: <>"),
        ("From: pc@police.example", "Subject: Undeliverable: MARAC"),
        ("From: pc@police.example", "Return-Path: <>", "Subject: FW: Undeliverable: MARAC"),
        ("From: pc@police.example", "Subject: Delivery of the MARAC referral"),
    ],
)
def test_mail_that_only_speaks_of_bounces_is_none(headers: tuple[str, ...]) -> None:
    assert not both(plain(*headers)).bounce


def test_a_persons_mail_with_a_form_is_no_bounce_whatever_its_subject() -> None:
    made = EmailMessage()
    made["From"], made["Subject"], made["Return-Path"] = "pc@police.example", "Undeliverable: referral", "<>"
    made.set_content("Once more.")
    made.add_attachment(b"form", maintype="application", subtype="pdf", filename="referral.pdf")
    assert not opened(made.as_bytes()).bounce


def test_the_form_in_a_forwarded_bounce_is_not_opened_and_that_is_said() -> None:
    forwarded = (
        b"From: pc@police.example\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nIt came back.\n"
        b"--o\nContent-Type: message/rfc822\n\n" + report() + b"\n--o--\n"
    )
    as_a_file = EmailMessage()
    as_a_file["From"] = "pc@police.example"
    as_a_file.set_content("It came back.")
    as_a_file.add_attachment(report(), maintype="application", subtype="octet-stream", filename="bounce.eml")
    for raw in (forwarded, as_a_file.as_bytes()):
        assert not opened(raw).bounce
        (note,) = [part for part in parts_in(raw) if part.role == "form"]
        assert "came back" in note.refused
        assert note.document.content == b""


def test_the_files_of_a_forwarded_automatic_reply_are_not_opened_and_that_is_said() -> None:
    inner = EmailMessage()
    inner["From"], inner["Auto-Submitted"] = "dc@police.example", "auto-replied"
    inner.set_content("I am away.")
    quiet = bytes(inner)
    inner.add_attachment(b"form", maintype="application", subtype="pdf", filename="form.pdf")
    for content, notes in ((bytes(inner), 1), (quiet, 0)):
        outer = EmailMessage()
        outer["From"] = "pc@police.example"
        outer.set_content("She is away.")
        outer.add_attachment(content, maintype="application", subtype="octet-stream", filename="reply.eml")
        forms = [part for part in parts_in(outer.as_bytes()) if part.role == "form"]
        assert [bool(part.refused) for part in forms] == [True] * notes


def test_the_form_in_a_bounce_that_outlook_saved_within_a_message_is_not_opened() -> None:
    form = attached("referral.docx", b"form")
    bounce = outlook_message(texts={0x001A: "REPORT.IPM.Note.NDR"}, attachments=(form,), within=True)
    raw = file_of_streams(outlook_message(attachments=(attached_message(bounce),)))
    (note,) = [part for part in parts_in(raw) if part.role == "form"]
    assert "came back" in note.refused


def test_a_bounce_that_outlook_saved_is_told_by_what_it_answers() -> None:
    found = envelope_of(file_of_streams(outlook_message(texts={0x001A: "REPORT.IPM.Note.NDR", 0x1042: SENT})))
    assert found.bounce
    assert found.returned == (SENT,)
