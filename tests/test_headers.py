"""What the headers of a message say: who wrote it, what it answers, and whether a program did."""

import contextlib
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marac.intake.opening.message import Opened, UnsafeMessageError
from marac.intake.opening.mime import envelope, opened


def told(*headers: str, body: str = "Please find attached.") -> Opened:
    raw = "\n".join(headers) + f"\n\n{body}\n"
    found = opened(raw.encode("utf-8", errors="surrogateescape"))
    assert envelope(raw.encode("utf-8", errors="surrogateescape")).authors == found.authors
    return found


def test_every_address_of_every_from_header_is_told() -> None:
    found = told("From: PC <PC@Police.example>, dc@police.example", "From: evil@elsewhere.example")
    assert found.authors == ("pc@police.example", "dc@police.example", "evil@elsewhere.example")
    assert found.sender == "pc@police.example"


def test_an_address_in_an_encoded_name_is_no_sender() -> None:
    found = told(
        "From: =?utf-8?q?chief=40police=2Eexample_=3Cchief=40police=2Eexample=3E=2C?= <evil@elsewhere.example>"
    )
    assert found.sender == "evil@elsewhere.example"
    assert found.authors == ("evil@elsewhere.example",)


def test_an_address_in_a_quoted_name_is_no_sender() -> None:
    assert told('From: "chief@police.example" <evil@elsewhere.example>').authors == ("evil@elsewhere.example",)


@pytest.mark.parametrize("header", ["From: her sister", "From:", "From: <>", "X-Nothing: a"])
def test_a_message_without_an_address_has_no_sender(header: str) -> None:
    assert told(header).sender is None


@pytest.mark.parametrize(
    ("header", "reply_to"),
    [
        ("Reply-To: desk@police.example", "desk@police.example"),
        ("Reply-To: PC <PC@police.example>", None),
        ("Reply-To: pc@police.example, evil@elsewhere.example", "evil@elsewhere.example"),
        ("X-Nothing: a", None),
    ],
)
def test_an_answer_wanted_elsewhere_is_told(header: str, reply_to: str | None) -> None:
    assert told("From: pc@police.example", header).reply_to == reply_to


def test_what_it_answers_is_told_the_nearest_first_and_each_once() -> None:
    found = told(
        "In-Reply-To: Your message of Monday <3@marac.example>",
        "References: <1@marac.example>\n <2@marac.example> <<bad>> <> <with space@marac.example>\n <3@marac.example>",
    )
    assert found.refers_to[:3] == ("<3@marac.example>", "<bad>", "<2@marac.example>")
    assert found.refers_to[-1] == "<1@marac.example>"
    assert len(found.refers_to) == 4


def test_a_flood_of_references_is_cut_to_the_nearest() -> None:
    found = told("References: " + " ".join(f"<{number}@marac.example>" for number in range(300)))
    assert len(found.refers_to) == 50
    assert found.refers_to[0] == "<299@marac.example>"


def test_the_results_of_authentication_are_told_topmost_first_without_those_of_arc() -> None:
    found = told(
        "Authentication-Results: gateway.example;\n dkim=pass header.d=police.example;\n dmarc=pass",
        "ARC-Authentication-Results: i=1; other.example; dmarc=pass",
        "Authentication-Results: evil.example; dmarc=pass",
    )
    assert found.authentication == (
        "gateway.example; dkim=pass header.d=police.example; dmarc=pass",
        "evil.example; dmarc=pass",
    )


@pytest.mark.parametrize(
    "headers",
    [
        ("Auto-Submitted: auto-replied",),
        ("Auto-Submitted: auto-generated", "Subject: Sue Invented is out of the office (returning 30/06/2025)"),
        ("Auto-Submitted: auto-replied; owner-email=pc@police.example",),
        ("X-Autoreply: yes",),
        ("X-Autorespond: out of office",),
        ("Precedence: auto_reply",),
        ("Subject: Automatic reply: MARAC agenda",),
        ("Subject: Out of Office: MARAC agenda", "X-Auto-Response-Suppress: All"),
        ("Subject: =?utf-8?q?R=C3=A9ponse_automatique=3A_ordre_du_jour?=",),
        ("Subject: Automatische Antwort: MARAC",),
        ("Subject: Abwesenheitsnotiz: MARAC",),
        ("Subject: AUTO: Pat Vale is out of the office (returning 12/11/2026)",),
    ],
)
def test_an_answer_that_a_program_wrote_is_told(headers: tuple[str, ...]) -> None:
    found = told("From: pc@police.example", *headers)
    assert found.replied
    assert found.automatic


@pytest.mark.parametrize(
    "headers",
    [
        ("Auto-Submitted: auto-generated",),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply",),
        ("Precedence: bulk",),
        ("Subject: Referral", "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent"),
    ],
)
def test_what_a_portal_sends_is_automatic_and_answers_nothing(headers: tuple[str, ...]) -> None:
    found = told("From: portal@police.example", *headers)
    assert found.automatic
    assert not found.replied


@pytest.mark.parametrize(
    "headers",
    [
        ("Auto-Submitted: no",),
        ("X-Auto-Response-Suppress: None",),
        ("Subject: RE: Automatic reply: MARAC agenda",),
        ("Subject: PC Smith is out of the office, referral attached",),
        ("Subject: Automatic door broken: referral",),
        ("X-Autoreply: no",),
    ],
)
def test_what_a_person_wrote_is_not_taken_for_a_programs(headers: tuple[str, ...]) -> None:
    found = told("From: pc@police.example", *headers)
    assert not found.replied
    assert not found.automatic


def test_a_form_under_an_absence_as_subject_is_a_persons_mail() -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "pc@police.example", "Automatic reply: MARAC agenda"
    made.set_content("Here is the form that you asked for.")
    made.add_attachment(b"form", maintype="application", subtype="pdf", filename="referral.pdf")
    assert not opened(made.as_bytes()).replied


@pytest.mark.parametrize(
    ("headers", "from_list"),
    [
        (("List-Id: <news.charity.example>",), True),
        (("List-Unsubscribe: <mailto:off@charity.example>", "Precedence: bulk"), True),
        (("List-Post: <mailto:news@charity.example>", "Precedence: list"), True),
        (("List-Unsubscribe: <mailto:off@charity.example>",), False),
        (("Precedence: bulk",), False),
        ((), False),
    ],
)
def test_mail_of_a_list_is_told(headers: tuple[str, ...], from_list: bool) -> None:
    assert told("From: news@charity.example", *headers).list_mail is from_list


NAMES = st.sampled_from(
    [
        *("From", "Reply-To", "Message-ID", "In-Reply-To", "References", "Date", "Received", "Subject", "Precedence"),
        *("Authentication-Results", "Auto-Submitted", "List-Id", "Content-Type", "Content-Transfer-Encoding"),
        *("X-Auto-Response-Suppress", "Return-Path", "X-Failed-Recipients", "Content-Disposition"),
    ]
)
VALUES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            *(
                b"<<bad id>>",
                b"<>",
                b"a@[",
                b"=?bad?q?x",
                b"=?utf-8?b?////?=",
                b"(((",
                b'"\\',
                b"\xff\xfe",
                b"multipart/report",
            ),
            *(b"multipart/mixed; boundary=", b"message/rfc822", b"base64", b"text/plain; charset*=x''%ff", b"," * 500),
        ]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(NAMES, VALUES), max_size=12), st.binary(max_size=100))
def test_no_header_stops_the_reader(headers: list[tuple[str, bytes]], body: bytes) -> None:
    raw = b"\n".join(name.encode() + b": " + value for name, value in headers) + b"\n\n" + body
    with contextlib.suppress(UnsafeMessageError):
        found = opened(raw)
        assert all("@" in author for author in found.authors)
        assert envelope(raw).message_id == found.message_id
