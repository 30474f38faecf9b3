"""What needs a person, in which order: what cannot wait first, for as long as nobody has said that it is seen to."""

import dataclasses
import datetime as dt

import pytest

from marac.case import CANNOT_WAIT, Case, Flag, FlagCode
from marac.generators.agenda import agenda_fields
from marac.register.workbook.attention import Matter, matters
from marac.register.workbook.contents import RegisterContents, RegisteredCase
from marac.triage.urgent import NEVER_THE_ALARM
from tests.invented_cases import AGENCIES, MARAC, MEETING, POLICE, case
from tests.made_up_couples import decision

TODAY = dt.date(2026, 11, 20)


def flag(code: FlagCode, *, decide: bool = False) -> Flag:
    return Flag(code, f"It is so: {code}.", needs_decision=decide)


def waiting(*cases: Case, today: dt.date | None = None) -> tuple[Matter, ...]:
    agencies = tuple(dataclasses.replace(each, fingerprint="A" * 40) for each in AGENCIES)
    return matters(RegisterContents(MARAC, tuple(map(RegisteredCase, cases)), agencies=agencies), today)


def test_all_that_cannot_wait_is_urgent_and_stands_before_decisions_and_questions() -> None:
    flags = [flag("missing"), flag("below threshold", decide=True), *map(flag, reversed(CANNOT_WAIT))]
    found = waiting(case(flags=tuple(flags)))
    assert [matter.urgent for matter in found] == [True] * len(CANNOT_WAIT) + [False, False]
    assert [matter.why for matter in found[: len(CANNOT_WAIT)]] == [flag(code).reason for code in CANNOT_WAIT]
    assert [matter.kind for matter in found[-2:]] == ["decision", "question"]


@pytest.mark.parametrize("code", ["threats to kill", "child at risk"])
def test_a_danger_is_urgent_until_a_person_has_said_what_happens_with_the_case(code: FlagCode) -> None:
    new = case(flags=(flag(code),))
    assert [matter.urgent for matter in waiting(new)] == [True]
    assert "marac case decide M26-0001 hear" in waiting(new)[0].to_do
    assert waiting(dataclasses.replace(new, decisions=(decision("M26-0001", "hear"),))) == ()


def test_contact_that_is_not_safe_stays_urgent_until_the_case_is_heard() -> None:
    decided = case(flags=(flag("unsafe contact"),), decisions=(decision("M26-0001", "hear"),))
    assert [matter.urgent for matter in waiting(decided)] == [True]
    assert waiting(dataclasses.replace(decided, state="heard")) == ()


@pytest.mark.parametrize(
    "code",
    ["checklist missing", "high risk without score", "stale form", "lawful basis missing", "agency has not signed"],
)
def test_each_gap_in_the_paperwork_is_a_question_with_what_to_do(code: FlagCode) -> None:
    [matter] = waiting(case(flags=(flag(code),)))
    assert matter.kind == "question"
    assert matter.to_do.startswith("Ask ")


@pytest.mark.parametrize("code", ["outside the area", "outside scope", "self-referral", "professional is a party"])
def test_what_decides_whether_the_case_is_heard_here_is_a_decision(code: FlagCode) -> None:
    [matter] = waiting(case(flags=(flag(code, decide=True),)))
    assert matter.kind == "decision"
    assert "--reason" in matter.to_do


@pytest.mark.parametrize(
    "code", ["honour-based abuse", "forced marriage", "suicide or self-harm", "MAPPA", "adult at risk"]
)
def test_what_is_only_to_be_known_waits_for_nobody(code: FlagCode) -> None:
    assert waiting(case(flags=(flag(code),))) == ()


def test_an_agency_without_a_signature_is_named_and_a_date_to_come_is_seen_where_the_day_is_known() -> None:
    def named(signed: dt.date | None, today: dt.date | None) -> list[str]:
        agency = dataclasses.replace(POLICE, signed=signed, fingerprint="A" * 40)
        return [matter.why for matter in matters(RegisterContents(MARAC, agencies=(agency,)), today)]

    assert "has not signed the area's protocol" in named(None, None)[0]
    assert "has not signed the area's protocol" in named(None, TODAY)[0]
    assert "still to come" in named(TODAY + dt.timedelta(days=1), TODAY)[0]
    assert named(TODAY, TODAY) == named(TODAY + dt.timedelta(days=1), None) == []


def test_the_agenda_gives_what_cannot_wait_first_and_says_once_that_it_is_no_alarm() -> None:
    flags = (flag("threshold met"), flag("MAPPA"), flag("threats to kill"))
    fields = agenda_fields(MEETING, [case(flags=flags)], [], AGENCIES, marac=MARAC)
    assert fields.alarm == NEVER_THE_ALARM
    [shown] = fields.cases_with_adults_only
    assert shown.reasons[0] == flag("threats to kill").reason
    calm = agenda_fields(MEETING, [case(flags=flags[:2])], [], AGENCIES, marac=MARAC)
    assert calm.alarm is None


def test_the_agenda_marks_an_agency_that_has_not_signed() -> None:
    unsigned = dataclasses.replace(POLICE, signed=None)
    fields = agenda_fields(MEETING, [], [], (unsigned, *AGENCIES[1:]), marac=MARAC)
    assert [each.agency for each in fields.agencies if "has not signed" in each.agency] == [
        "Northbridge Police (has not signed the protocol)"
    ]
