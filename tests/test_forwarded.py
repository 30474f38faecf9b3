"""A referral typed into a mail that somebody passes on is read; one that an answer quotes is not."""

from email.message import EmailMessage

import pytest

from marac.document import HTML, MESSAGE, TEXT
from marac.intake.findings import referrals_in
from marac.intake.opening.mail import opened_mail, parts_in
from marac.intake.opening.message import FORWARDED, Found
from marac.parsers import readings
from marac.register.deliveries import Part
from tests.outlook_messages import file_of_streams, outlook_message

MARAC = "marac@carrowdale.example"
DESK = "Duty Desk <duty@carrowdale-police.example>"
FORM = """Date: 01/06/2024
Victim name: Ann Moss
Victim DOB: 3/4/91
Victim telephone: 07700 900111
Perpetrator name: Ben Moss
Has consent been given?: Yes
Reason for referral: He took her keys.
"""
ROWS = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in (each.split(":", 1) for each in FORM.splitlines()))
TABLE = f"<table border=1>{ROWS}</table>"
ABOVE = "This came to us, I think it is for you.\n\n"
HEAD = "From: Sally Orr <sally@surgery.example>\nSent: 3 June 2024 10:00\nTo: Duty Desk\nSubject: Referral for Ann Moss\n\n"
OUTLOOK_HEAD = (
    "<p class=MsoNormal><b>From:</b> Sally Orr &lt;sally@surgery.example&gt;<br><b>Sent:</b> 3 June 2024 10:00<br>"
    "<b>To:</b> Duty Desk<br><b>Subject:</b> Referral for Ann Moss</p>"
)


def forwarded(
    text: str, kind: str = "plain", subject: str = "FW: Referral", sender: str = DESK, to: str = MARAC
) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = sender, to, subject, "<1@police.example>"
    made.set_content(text, subtype=kind)
    return made.as_bytes()


def passed_on(raw: bytes) -> list[Found]:
    return [part for part in opened_mail(raw).parts if part.source == FORWARDED]


def victims(raw: bytes) -> list[str | None]:
    """Whose referrals would be registered."""
    parts = [
        Part(
            number, number, found.document.sha256, found.source, found.document.media_type, found.role, 1, reading, form
        )
        for number, found in enumerate(parts_in(raw))
        for form, reading in enumerate(readings(found.document), 1)
    ]
    return [entry.reading.referral.victim.name for entry in referrals_in(parts)]


PLAIN = {
    "headers alone": HEAD + FORM,
    "Outlook": f"-----Original Message-----\n{HEAD}{FORM}",
    "a line": f"{'_' * 32}\n{HEAD}{FORM}",
    "Gmail": f"---------- Forwarded message ---------\n{HEAD.replace('Sent', 'Date')}{FORM}",
    "Apple": f"Begin forwarded message:\n\n{HEAD}{FORM}",
    "quoted": "".join(f"> {line}\n" for line in (HEAD + FORM).splitlines()),
    "Apple, quoted": "Begin forwarded message:\n\n" + "".join(f"> {line}\n" for line in (HEAD + FORM).splitlines()),
    "wrote": f"On Mon, 3 Jun 2024 at 10:00, Sally Orr <sally@surgery.example>\nwrote:\n\n{FORM}",
}
PAGES = {
    "Outlook": f"<div>{OUTLOOK_HEAD}{TABLE}</div>",
    "Outlook on the web": f'<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{OUTLOOK_HEAD}</div><div>{TABLE}</div>',
    "Gmail": f'<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>{OUTLOOK_HEAD}</div>{TABLE}</div>',
    "Apple": f'<div>Begin forwarded message:</div><blockquote type="cite">{OUTLOOK_HEAD}{TABLE}</blockquote>',
    "Thunderbird": '<div class="moz-forward-container">-------- Forwarded Message --------<table class="moz-email-headers-table">'
    "<tr><th>Subject: </th><td>Referral</td></tr><tr><th>Date: </th><td>3 June 2024</td></tr><tr><th>From: </th>"
    f"<td>Sally Orr</td></tr></table>{TABLE}</div>",
}


@pytest.mark.parametrize("below", PLAIN.values(), ids=PLAIN.keys())
def test_a_referral_passed_on_in_plain_text_is_read(below: str) -> None:
    assert victims(forwarded(ABOVE + below)) == ["Ann Moss"]


@pytest.mark.parametrize("below", PAGES.values(), ids=PAGES.keys())
def test_a_referral_passed_on_in_html_is_read(below: str) -> None:
    assert victims(forwarded(f"<html><body><p>{ABOVE}</p>{below}</body></html>", "html")) == ["Ann Moss"]


@pytest.mark.parametrize("below", [*PLAIN.values()], ids=PLAIN.keys())
def test_a_referral_that_an_answer_quotes_is_not_read(below: str) -> None:
    head = below.replace("Forwarded message", "Original message").replace("Begin forwarded message:", "")
    assert victims(forwarded(ABOVE + head, subject="RE: Referral")) == []


@pytest.mark.parametrize(
    "subject", ["FW: Referral", "[EXTERNAL] Fwd: Referral", "OFFICIAL: FW: RE: Referral", "TR: Referral"]
)
def test_the_subject_says_that_a_message_is_a_forward(subject: str) -> None:
    assert passed_on(forwarded(ABOVE + HEAD + FORM, subject=subject))


@pytest.mark.parametrize(
    "subject", ["RE: FW: Referral", "Referral", "Re: [SECURE] Fwd: Referral", "Software: a question"]
)
def test_an_answer_to_a_forward_is_an_answer(subject: str) -> None:
    assert not passed_on(forwarded(ABOVE + HEAD + FORM, subject=subject))


def test_the_marker_of_a_forward_says_so_too() -> None:
    assert passed_on(forwarded(ABOVE + PLAIN["Gmail"], subject="Referral"))


@pytest.mark.parametrize("sender", ["Sally Orr <s.orr@surgery.example>", '"Orr, Sally" <s.orr@surgery.example>'])
def test_what_its_own_sender_sends_again_is_read(sender: str) -> None:
    text = f"Did you get it?\n\n{HEAD.replace(' <sally@surgery.example>', '')}{FORM}"
    assert passed_on(forwarded(text, subject="Referral again", sender=sender))


@pytest.mark.parametrize("writer", ["MARAC", "MARAC Coordinator", f"Carrowdale <{MARAC}>", f"'{MARAC}'"])
def test_nothing_is_read_from_a_mail_of_the_marac_on(writer: str) -> None:
    answer = f"From: {writer}\nSent: 4 June 2024\nTo: us\nSubject: RE: Referral\n\nReceived, thank you.\n\n{HEAD}{FORM}"
    assert not passed_on(forwarded(ABOVE + answer))
    (part,) = passed_on(forwarded(f"{ABOVE}{HEAD}See below.\n\n{answer}"))
    assert part.document.media_type == f"{TEXT}; forwarded=1"


def test_what_the_sender_writes_now_counts_before_what_is_passed_on() -> None:
    now = FORM.replace("Ann Moss", "Zephyrine Quill")
    assert victims(forwarded(f"{now}\n{HEAD}{FORM}Victim address: 4 Alma Rise\n")) == ["Zephyrine Quill"]


def test_a_forward_attached_to_a_message_or_saved_by_outlook_is_read() -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = DESK, MARAC, "Referral", "<2@police.example>"
    made.set_content("See attached.")
    made.add_attachment(forwarded(ABOVE + HEAD + FORM), *MESSAGE.split("/"), filename="a.eml")
    assert victims(made.as_bytes()) == ["Ann Moss"]
    saved = file_of_streams(outlook_message(ABOVE + HEAD + FORM, texts={0x0037: "FW: Referral"}))
    assert victims(saved) == ["Ann Moss"]


def test_the_parts_passed_on_are_those_of_both_texts() -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = DESK, MARAC, "FW: Referral"
    made.set_content(ABOVE + HEAD + FORM)
    made.add_alternative(f"<p>{ABOVE}</p>{PAGES['Outlook']}", subtype="html")
    assert [part.document.media_type for part in passed_on(made.as_bytes())] == [
        f"{TEXT}; forwarded=1",
        f"{HTML}; forwarded=1",
    ]
    assert victims(made.as_bytes()) == ["Ann Moss"]


@pytest.mark.parametrize(
    "words", ["<tr>" * 40_000, "<!--" * 40_000, "From: a\n" * 20_000, "> " * 90_000, "<td>a</td>" * 20_000]
)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_text_built_to_choke_is_opened(kind: str, words: str) -> None:
    assert len(passed_on(forwarded(words, kind))) <= 1
