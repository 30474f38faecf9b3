"""Another version of a form waits for a person; the same form again is no case; another agency's form is one."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from marac.errors import UsageError
from marac.intake.decisions import MessageDecisions
from marac.intake.pipeline import Intake
from marac.register.cases import cases_of_delivery
from marac.register.message_decisions import MessageDecisionKind, decisions_about
from tests.invented_mail import (
    POLICE,
    REFERRAL,
    an_intake,
    cases_in,
    deliveries_in,
    mail,
    moved_house,
    taken_in,
    typed,
)

pytestmark = pytest.mark.both_databases

FIRST = mail(typed())
SECOND = mail(typed(moved_house()), message_id="<second@carrowdale-school.example>")


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    with an_intake(tmp_path) as made:
        yield made


def phones(intake: Intake) -> list[str | None]:
    return [case.referral.victim.phone for case in cases_in(intake)]


def test_another_version_waits_and_the_case_keeps_the_first(intake: Intake) -> None:
    taken_in(intake, FIRST, SECOND)
    second = deliveries_in(intake)[1]
    assert (second.disposition, second.state) == ("revision", "needs_person")
    assert phones(intake) == ["07700900123"]
    (case,) = cases_in(intake)
    assert "newer version" in {flag.code for flag in case.flags}
    with intake.store.reading() as connection:
        assert cases_of_delivery(connection, second.id) == (case.reference,)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("use-version", ["07700900456"]),
        ("keep-earlier", ["07700900123"]),
        ("own-case", ["07700900123", "07700900456"]),
    ],
)
def test_a_person_settles_it(kind: MessageDecisionKind, expected: list[str], intake: Intake) -> None:
    taken_in(intake, FIRST, SECOND)
    settled = MessageDecisions(intake).decide(2, kind, "A. Coordinator", "I rang the school.")
    assert (settled.disposition, settled.state) == ("revision", "done")
    assert phones(intake) == expected
    assert "newer version" not in {flag.code for case in cases_in(intake) for flag in case.flags}
    with intake.store.reading() as connection:
        (kept,) = decisions_about(connection, 2)
    assert (kept.kind, kept.by, kept.reason) == (kind, "A. Coordinator", "I rang the school.")


def test_what_is_settled_is_not_settled_again(intake: Intake) -> None:
    taken_in(intake, FIRST, SECOND)
    MessageDecisions(intake).decide(2, "use-version", "A. Coordinator", "Rang.")
    with pytest.raises(UsageError, match="No version"):
        MessageDecisions(intake).decide(2, "keep-earlier", "A. Coordinator", "Rang again.")


def test_a_version_that_waits_cannot_be_set_aside_unsettled(intake: Intake) -> None:
    taken_in(intake, FIRST, SECOND)
    with pytest.raises(UsageError, match="Say which is right"):
        MessageDecisions(intake).decide(2, "set-aside", "A. Coordinator", "Later.")


def test_the_same_form_again_from_the_same_sender_is_no_case_and_no_version(intake: Intake) -> None:
    taken_in(intake, FIRST, mail("Sorry if you have this already.\n\n" + typed(), message_id="<again@school.example>"))
    assert [delivery.disposition for delivery in deliveries_in(intake)] == ["new_referral", "duplicate_referral"]
    assert len(cases_in(intake)) == 1


def test_another_agency_that_refers_the_same_couple_makes_a_case_of_its_own(intake: Intake) -> None:
    theirs = replace(REFERRAL, referrer=replace(REFERRAL.referrer, agency="Carrowdale Police"))
    taken_in(intake, FIRST, mail(typed(theirs), sender=POLICE, message_id="<police@carrowdale-police.example>"))
    assert deliveries_in(intake)[1].disposition == "duplicate_referral"
    assert len(cases_in(intake)) == 2


def test_the_accepted_version_is_what_a_later_one_is_compared_with(intake: Intake) -> None:
    taken_in(intake, FIRST, SECOND)
    MessageDecisions(intake).decide(2, "use-version", "A. Coordinator", "Rang.")
    taken_in(intake, mail("Once more.\n\n" + typed(moved_house()), message_id="<third@carrowdale-school.example>"))
    assert deliveries_in(intake)[2].disposition == "duplicate_referral"


def test_a_referral_that_was_taken_in_late_is_seen_by_the_one_that_came_after_it(intake: Intake) -> None:
    theirs = replace(REFERRAL, referrer=replace(REFERRAL.referrer, agency="Carrowdale Police"))
    later = mail(typed(theirs), sender=POLICE, message_id="<police@carrowdale-police.example>")
    earlier = mail(typed(), Received="from a by mx.carrowdale.example; Mon, 9 Nov 2026 09:00:00 +0000")
    taken_in(intake, later, earlier)
    flags = {case.received.day: {flag.code for flag in case.flags} for case in cases_in(intake)}
    assert "duplicate" in flags[20]
    assert [delivery.disposition for delivery in deliveries_in(intake)] == ["new_referral", "duplicate_referral"]


def test_a_checklist_that_came_apart_stays_when_a_newer_form_is_used(intake: Intake) -> None:
    checklist = (Path(__file__).parent / "forms" / "d32-checklist.docx").read_bytes()
    first = replace(REFERRAL, victim=replace(REFERRAL.victim, name="Stacey O'Neill"))
    reply = mail("The RIC.", {"ric.docx": checklist}, message_id="<ric@carrowdale-school.example>")
    newer = mail(typed(moved_house(first)), message_id="<newer@carrowdale-school.example>")
    taken_in(intake, mail(typed(first)), reply, newer)
    ticks = cases_in(intake)[0].referral.checklist.ticks
    assert ticks
    MessageDecisions(intake).decide(3, "use-version", "A. Coordinator", "Rang.")
    (case,) = cases_in(intake)
    assert (case.referral.checklist.ticks, case.referral.victim.phone) == (ticks, "07700900456")


def test_the_first_form_again_is_the_same_though_the_case_has_its_checklist_since(intake: Intake) -> None:
    checklist = (Path(__file__).parent / "forms" / "d32-checklist.docx").read_bytes()
    first = replace(REFERRAL, victim=replace(REFERRAL.victim, name="Stacey O'Neill"))
    reply = mail("The RIC.", {"ric.docx": checklist}, message_id="<ric@carrowdale-school.example>")
    again = mail("Once more.\n\n" + typed(first), message_id="<again@carrowdale-school.example>")
    taken_in(intake, mail(typed(first)), reply, again)
    assert deliveries_in(intake)[2].disposition == "duplicate_referral"
