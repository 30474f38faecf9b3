"""What needs a person, in which order: what cannot wait first, for as long as nobody has said that it is seen to."""

import dataclasses
import datetime as dt

import pytest

from marac.case import CANNOT_WAIT, Case, Flag, FlagCode
from marac.generators.agenda import agenda_fields
from marac.register.workbook.attention import Matter, matters
from marac.register.workbook.contents import RegisterContents, RegisteredCase
from marac.triage.urgent import NEVER_THE_ALARM
from tests.invented_cases import AGENCIES, MARAC, MEETING, POLICE, VICTIM, case, referral
from tests.made_up_couples import decision

TODAY = dt.date(2026, 11, 20)


def flag(code: FlagCode, *, decide: bool = False) -> Flag:
    return Flag(code, f"It is so: {code}.", needs_decision=decide)


def waiting(*cases: Case, today: dt.date | None = None) -> tuple[Matter, ...]:
    agencies = tuple(dataclasses.replace(each, fingerprint="A" * 40) for each in AGENCIES)
    return matters(RegisterContents(MARAC, tuple(map(RegisteredCase, cases)), agencies=agencies), today)


def test_all_that_cannot_wait_in_a_case_is_one_row_before_decisions_and_questions() -> None:
    flags = [flag("missing"), flag("below threshold", decide=True), *map(flag, reversed(CANNOT_WAIT))]
    found = waiting(case(flags=tuple(flags)))
    assert [matter.kind for matter in found] == ["urgent", "decision", "question"]
    assert found[0].in_short == "threats to kill; unsafe contact; child at risk; under age"
    assert found[0].why.splitlines() == [flag(code).reason for code in CANNOT_WAIT]
    assert "which way is safe" in found[0].to_do
    assert "children's social care" in found[0].to_do


def test_the_cases_in_which_somebody_can_still_prevent_something_today_stand_first() -> None:
    cases = (
        case("M26-0001", flags=(flag("threats to kill"),)),
        case("M26-0002", flags=(flag("under age", decide=True),)),
        case("M26-0003", flags=(flag("threats to kill"), flag("child at risk"))),
        case("M26-0004", flags=(flag("unsafe contact"),)),
    )
    found = [f"{matter.subject}: {matter.in_short}" for matter in waiting(*cases)]
    assert found == [
        "Case M26-0004: unsafe contact",
        "Case M26-0003: threats to kill; child at risk",
        "Case M26-0002: under age",
        "Case M26-0001: threats to kill",
    ]


@pytest.mark.parametrize("code", CANNOT_WAIT)
def test_it_is_urgent_until_a_person_has_said_what_happens_with_the_case_or_it_was_heard(code: FlagCode) -> None:
    new = case(flags=(flag(code),))
    assert [matter.urgent for matter in waiting(new)] == [True]
    assert "marac case decide M26-0001 hear" in waiting(new)[0].to_do
    assert not any(matter.urgent for matter in waiting(*(dataclasses.replace(new, state="heard"),)))
    for kind in ("hear", "not-heard"):
        decided = dataclasses.replace(new, decisions=(decision("M26-0001", kind),))
        assert not any(matter.urgent for matter in waiting(decided))


def test_that_contact_is_not_safe_remains_to_be_asked_after_the_decision_until_the_case_was_heard() -> None:
    decided = case(flags=(flag("unsafe contact"),), decisions=(decision("M26-0001", "hear"),))
    assert [matter.kind for matter in waiting(decided)] == ["question"]
    assert waiting(dataclasses.replace(decided, state="heard")) == ()


def test_in_a_draft_it_is_said_with_the_decision_that_a_draft_takes() -> None:
    found = waiting(case(state="draft", flags=(flag("child at risk"),)))
    assert [matter.kind for matter in found] == ["urgent", "decision"]
    assert "marac case decide M26-0001 accept (or withdraw)" in found[0].to_do


def test_an_answer_about_another_case_is_no_look_at_what_cannot_wait() -> None:
    compared = case(flags=(flag("child at risk"),), decisions=(decision("M26-0001", "not-same-as", "M26-0002"),))
    assert [matter.urgent for matter in waiting(compared)] == [True]


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
    "code",
    ["honour-based abuse", "forced marriage", "suicide or self-harm", "MAPPA", "adult at risk", "children concerned"],
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
    assert (
        fields.alarm
        == f"In 1 case something does not wait for the meeting: it stands in red or amber. {NEVER_THE_ALARM}"
    )
    [shown] = fields.cases_with_adults_only
    assert shown.reasons[0] == flag("threats to kill").reason
    assert shown.urgent == "threats to kill"
    calm = agenda_fields(MEETING, [case(flags=flags[:2])], [], AGENCIES, marac=MARAC)
    assert calm.alarm is None
    assert calm.cases_with_adults_only[0].urgent is None


def test_in_the_agenda_a_contact_that_is_not_safe_has_its_own_row_and_is_not_said_twice() -> None:
    form = referral(victim=dataclasses.replace(VICTIM, safe_to_call=False))
    told = case(form=form, flags=tuple(map(flag, CANNOT_WAIT)))
    [shown] = agenda_fields(MEETING, [told], [], AGENCIES, marac=MARAC).cases_with_adults_only
    assert shown.urgent == (
        "threats to kill; a child may be harmed or in danger; somebody is under the age that this MARAC hears"
    )
    assert shown.contact_warning is not None
    assert shown.contact_warning.startswith("NOT SAFE TO CONTACT.")


def test_the_agenda_marks_an_agency_that_has_not_signed() -> None:
    unsigned = dataclasses.replace(POLICE, signed=None)
    fields = agenda_fields(MEETING, [], [], (unsigned, *AGENCIES[1:]), marac=MARAC)
    assert [each.agency for each in fields.agencies if "has not signed" in each.agency] == [
        "Northbridge Police (has not signed the protocol)"
    ]
