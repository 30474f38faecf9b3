"""What is known of a message beside its parts decides before they do: bounces, answers, lists, our own mail, links."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from marac.agency import Agency
from marac.intake.decisions import MessageDecisions
from marac.intake.pipeline import Intake
from marac.register.deliveries import Delivery
from marac.register.documents import papers_for
from marac.register.outgoing import add_outgoing
from marac.register.schema import audit, documents
from marac.settings.shape import Senders
from tests.invented_mail import NOON, SCHOOL, an_intake, cases_in, deliveries_in, mail, taken_in, typed
from tests.working_folder import MEETING

pytestmark = pytest.mark.both_databases

OURS = "<3f2a@carrowdale.example>"
FORM = (Path(__file__).parent / "forms" / "d06-redbridge.docx").read_bytes()


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    with an_intake(tmp_path) as made:
        yield made


def last_of(intake: Intake, *messages: bytes) -> Delivery:
    """The last of these messages, after all were taken in."""
    taken_in(intake, *messages)
    return deliveries_in(intake)[-1]


def sent_paper(intake: Intake, kind: str) -> None:
    """Enter a document that was sent to the school."""
    values = {
        "meeting": MEETING,
        "kind": kind,
        "agency": "school",
        "version": 1,
        "contents": "0" * 64,
        "path": "x.docx",
    }
    values |= {"sha256": "0" * 64, "state": "sent", "reason": "", "message_id": OURS, "prepared_on": MEETING}
    with intake.store.changing() as connection:
        connection.execute(insert(documents).values(**values))


BOUNCE = """\
From: MAILER-DAEMON@mx.example
To: marac@carrowdale.example
Subject: Undeliverable: Sealed papers
Message-ID: <bounce@mx.example>
Date: Fri, 20 Nov 2026 09:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_report"

--=_report
Content-Type: text/plain

Your message could not be delivered.
--=_report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; marac@school.example
Action: {action}

--=_report
Content-Type: message/rfc822

{original}
--=_report--
"""


def bounce(returned: bytes, action: str = "failed") -> bytes:
    original = mail("The sealed letter is attached.", {"form.docx": returned}, "marac@carrowdale.example", OURS)
    return BOUNCE.format(action=action, original=original.decode("ascii")).encode("ascii")


def test_a_bounce_finds_its_letter_and_a_person_is_told(intake: Intake) -> None:
    sent_paper(intake, "letter")
    delivery = last_of(intake, bounce(FORM))
    assert (delivery.disposition, delivery.state) == ("bounce", "needs_person")
    assert "school" in delivery.reasons[0]
    assert "came back" in delivery.reasons[0]
    with intake.store.reading() as connection:
        assert [paper.state for paper in papers_for(connection, MEETING)] == ["failed"]


def test_a_letter_that_is_only_late_has_not_failed(intake: Intake) -> None:
    sent_paper(intake, "letter")
    delivery = last_of(intake, bounce(FORM, "delayed"))
    assert (delivery.disposition, delivery.state) == ("bounce", "done")
    with intake.store.reading() as connection:
        assert [paper.state for paper in papers_for(connection, MEETING)] == ["sent"]


def test_a_referral_inside_a_bounce_is_not_registered(intake: Intake) -> None:
    assert last_of(intake, bounce(FORM)).disposition == "bounce"
    assert cases_in(intake) == ()


@pytest.mark.parametrize(
    ("headers", "disposition"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto_reply"),
        ({"List_Id": "<all-schools.carrowdale.example>", "Precedence": "list"}, "list_mail"),
    ],
)
def test_mail_of_programs_and_lists_is_done_and_a_form_in_it_is_left_to_a_person(
    headers: dict[str, str], disposition: str, intake: Intake
) -> None:
    plain = last_of(intake, mail("Away until Monday.", None, **headers))
    assert (plain.disposition, plain.state) == (disposition, "done")
    with_form = last_of(intake, mail("See below.", {"form.docx": FORM}, message_id="<two@x.example>", **headers))
    assert (with_form.disposition, with_form.state) == (disposition, "needs_person")
    assert cases_in(intake) == ()


def test_what_was_kept_from_being_read_is_read_when_a_person_releases_it(intake: Intake) -> None:
    held = last_of(intake, mail("See below.", {"form.docx": FORM}, Auto_Submitted="auto-replied"))
    released = MessageDecisions(intake).decide(held.id, "release", "A. Coordinator", "The surgery's portal sends so.")
    assert (released.disposition, released.state) == ("new_referral", "done")
    assert len(cases_in(intake)) == 1


def test_mail_from_our_own_address_is_never_a_referral(intake: Intake) -> None:
    forwarded = last_of(intake, mail(typed(), sender="marac@carrowdale.example"))
    assert (forwarded.disposition, forwarded.state) == ("own_mail", "needs_person")
    note = mail("A note to self.", sender="marac@carrowdale.example", message_id="<note@carrowdale.example>")
    assert last_of(intake, note).state == "done"
    assert cases_in(intake) == ()


def test_what_the_program_wrote_itself_is_known_by_its_message_id(intake: Intake) -> None:
    values = {"kind": "digest", "recipient": "marac@carrowdale.example", "message_id": OURS, "sha256": "0" * 64}
    with intake.store.changing() as connection:
        add_outgoing(connection, {**values, "state": "sent", "written_at": NOON})
    delivery = last_of(intake, mail("The day in figures.", sender="marac@carrowdale.example", message_id=OURS))
    assert (delivery.disposition, delivery.state) == ("own_mail", "done")


@pytest.mark.parametrize(("kind", "disposition"), [("research", "research_return"), ("letter", "action_update")])
def test_an_answer_to_what_was_sent_is_known_as_one(kind: str, disposition: str, intake: Intake) -> None:
    sent_paper(intake, kind)
    delivery = last_of(intake, mail("Nothing is known to us about either.", In_Reply_To=OURS))
    assert (delivery.disposition, delivery.state) == (disposition, "needs_person")


def test_a_referral_that_answers_a_letter_is_a_referral_all_the_same(intake: Intake) -> None:
    sent_paper(intake, "letter")
    assert last_of(intake, mail(typed(), In_Reply_To=OURS)).disposition == "new_referral"


def test_a_link_to_a_secure_service_is_to_be_opened_by_hand(intake: Intake) -> None:
    text = "You have received a secure message.\nhttps://switch.egress.com/ui/package/1f2e3d4c\n"
    delivery = last_of(intake, mail(text, sender="notifications@egress.example"))
    assert (delivery.disposition, delivery.state) == ("link_to_open", "needs_person")
    assert delivery.reasons[0].startswith("It only links to Egress. Open it by hand")


def test_a_message_that_no_program_should_open_is_quarantined_and_can_be_set_aside(intake: Intake) -> None:
    delivery = last_of(intake, b"From: x@y.example\r\nSubject: s\r\n" + b"X-A: b\r\n" * 60_000 + b"\r\nbody")
    assert (delivery.disposition, delivery.state) == ("quarantined", "needs_person")
    aside = MessageDecisions(intake).decide(delivery.id, "set-aside", "A. Coordinator", "IT looked at it.")
    assert (aside.disposition, aside.state) == ("quarantined", "done")
    assert "IT looked at it." in aside.reasons[-1]


def strict(intake: Intake) -> Intake:
    """The same intake of a council that has named its gateway and its agencies."""
    school = Agency("school", "Carrowdale School", "marac@carrowdale-school.example", ("carrowdale-school.example",))
    settings = intake.settings.model_copy(
        update={"senders": Senders(gateway="mx.carrowdale.example"), "agencies": {"school": school}}
    )
    return replace(intake, settings=settings)


def passing(result: str, sender: str = SCHOOL) -> bytes:
    return mail(
        typed(),
        sender=sender,
        Authentication_Results=f"mx.carrowdale.example; dmarc={result} header.from={sender.partition('@')[2]}",
    )


def test_a_confirmed_sender_is_no_flag(intake: Intake) -> None:
    delivery = last_of(strict(intake), passing("pass"))
    assert (delivery.sender_check, delivery.state) == ("confirmed", "done")
    assert "sender not confirmed" not in {flag.code for flag in cases_in(intake)[0].flags}


def test_a_failing_sender_is_read_and_flagged_and_a_person_is_asked(intake: Intake) -> None:
    delivery = last_of(strict(intake), passing("fail"))
    assert (delivery.sender_check, delivery.disposition, delivery.state) == ("failed", "new_referral", "needs_person")
    assert "sender not confirmed" in {flag.code for flag in cases_in(intake)[0].flags}


def test_an_unknown_sender_is_read_and_flagged(intake: Intake) -> None:
    delivery = last_of(strict(intake), passing("pass", "somebody@elsewhere.example"))
    assert (delivery.sender_check, delivery.disposition) == ("unknown", "new_referral")
    assert "sender not confirmed" in {flag.code for flag in cases_in(intake)[0].flags}


def test_without_a_gateway_nobody_has_failed(intake: Intake) -> None:
    delivery = last_of(intake, mail(typed()))
    assert delivery.sender_check in {"not checked", "unknown"}


def test_the_words_of_the_ledger_are_dated_by_the_clock_of_the_intake(intake: Intake) -> None:
    sent_paper(intake, "letter")
    last_of(intake, bounce(FORM))
    with intake.store.reading() as connection:
        moments = set(connection.execute(select(audit.c.at)).scalars())
    assert {moment.replace(tzinfo=dt.UTC) for moment in moments} == {NOON}
