"""A checklist that comes after its form joins the case that lacks it, and no other."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from marac.case import Decision
from marac.intake.pipeline import Intake
from marac.register.cases import add_decision, cases_of_delivery
from tests.invented_mail import POLICE, REFERRAL, an_intake, cases_in, deliveries_in, mail, taken_in, typed
from tests.working_folder import AFTER_CUT_OFF

pytestmark = pytest.mark.both_databases

CHECKLIST = (Path(__file__).parent / "forms" / "d32-checklist.docx").read_bytes()
THEIRS = replace(REFERRAL, victim=replace(REFERRAL.victim, name="Stacey O'Neill", date_of_birth=None))
FORM = mail(typed(THEIRS))


def reply_with(checklist: bytes) -> bytes:
    return mail(
        "Here is the checklist, sorry.",
        {"ric.docx": checklist},
        message_id="<reply@carrowdale-school.example>",
        In_Reply_To="<first@carrowdale-school.example>",
    )


REPLY = reply_with(CHECKLIST)


def threat_to_kill() -> bytes:
    """The checklist with its question 14 answered yes."""
    document = docx.Document(io.BytesIO(CHECKLIST))
    row = next(row for row in document.tables[0].rows if row.cells[0].text.startswith("14."))
    row.cells[6].text, row.cells[7].text = "x", ""
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    with an_intake(tmp_path) as made:
        yield made


def test_a_reply_with_the_checklist_joins_its_case(intake: Intake) -> None:
    taken_in(intake, FORM, REPLY)
    reply = deliveries_in(intake)[1]
    assert (reply.disposition, reply.state) == ("joined", "done")
    (case,) = cases_in(intake)
    assert case.referral.checklist.ticks
    with intake.store.reading() as connection:
        assert cases_of_delivery(connection, reply.id) == (case.reference,)


def test_the_flags_are_worked_out_anew(intake: Intake) -> None:
    taken_in(intake, FORM)
    before = cases_in(intake)[0].flags
    taken_in(intake, REPLY)
    assert cases_in(intake)[0].flags != before


def test_a_checklist_that_tells_of_what_cannot_wait_after_a_decision_is_for_a_person(intake: Intake) -> None:
    taken_in(intake, FORM)
    (case,) = cases_in(intake)
    with intake.store.changing() as connection:
        add_decision(connection, Decision(case.reference, "hear", "The referrer rang.", "A. Chair", AFTER_CUT_OFF))
    taken_in(intake, reply_with(threat_to_kill()))
    reply = deliveries_in(intake)[1]
    assert (reply.disposition, reply.state) == ("joined", "needs_person")
    assert "was decided about before this checklist came" in reply.reasons[-1]
    assert "threats to kill" in reply.reasons[-1]


def test_a_checklist_from_the_same_sender_joins_by_the_name_without_being_a_reply(intake: Intake) -> None:
    alone = mail("The checklist.", {"ric.docx": CHECKLIST}, message_id="<alone@carrowdale-school.example>")
    taken_in(intake, FORM, alone)
    assert deliveries_in(intake)[1].disposition == "joined"


def test_a_checklist_of_somebody_else_joins_nothing(intake: Intake) -> None:
    taken_in(intake, mail(typed()), REPLY)
    reply = deliveries_in(intake)[1]
    assert (reply.disposition, reply.state) == ("no_referral", "needs_person")
    assert not cases_in(intake)[0].referral.checklist.answers


def test_a_stranger_s_checklist_joins_nothing(intake: Intake) -> None:
    alone = mail("The checklist.", {"ric.docx": CHECKLIST}, sender=POLICE, message_id="<other@police.example>")
    taken_in(intake, FORM, alone)
    assert deliveries_in(intake)[1].disposition == "no_referral"


def test_a_second_checklist_is_for_a_person(intake: Intake) -> None:
    once_more = REPLY.replace(b"<reply@", b"<again@")
    taken_in(intake, FORM, REPLY, once_more)
    assert deliveries_in(intake)[2].state == "needs_person"


def test_chatter_about_a_case_is_named_as_such(intake: Intake) -> None:
    chatter = mail(
        "Will it be heard on Thursday?", message_id="<c@x.example>", References="<first@carrowdale-school.example>"
    )
    taken_in(intake, FORM, chatter)
    told = deliveries_in(intake)[1]
    assert (told.disposition, told.state) == ("no_referral", "needs_person")
    assert cases_in(intake)[0].reference in told.reasons[-1]
