"""The paperwork of a referral: checklist, date of the form, lawful basis, and who has signed the protocol."""

import dataclasses
import datetime as dt

import pytest

from marac.agency import Agency
from marac.case import Case
from marac.checklist import Checklist
from marac.referral import Consent, Criteria, Evidence, Referrer
from marac.triage import flags
from marac.triage.formalities import formality_flags
from marac.triage.protocol import has_signed, referrer_signed, why_nothing_is_prepared
from marac.triage.rules import Rules
from marac.triage.urgent import urgent_first
from tests.made_up_couples import couple

RECEIVED = dt.date(2026, 9, 1)
HOUSING = Agency("housing", "Northbridge Homes", "marac@homes.example", ("homes.example",))


def codes(case: Case, stale_form_days: int = 30) -> list[str]:
    return [flag.code for flag in formality_flags(case, stale_form_days)]


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        ({"checklist": Checklist()}, ["checklist missing"]),
        ({"checklist": Checklist("dash")}, ["checklist missing"]),
        (
            {"checklist": Checklist(), "criteria": Criteria(visible_high_risk=True)},
            ["checklist missing", "high risk without score"],
        ),
        ({"checklist": Checklist(), "criteria": Criteria(score=16, visible_high_risk=True)}, []),
        ({"checklist": Checklist(dara=True, grade="medium"), "criteria": Criteria(visible_high_risk=True)}, []),
        ({"checklist": Checklist("dash", ticks=15)}, []),
    ],
)
def test_a_missing_checklist_and_a_tick_without_a_score_are_asked_for(
    form: dict[str, object], wanted: list[str]
) -> None:
    assert codes(couple(**form)) == wanted  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "days", "words"),
    [
        (RECEIVED - dt.timedelta(days=31), 30, "31 days before it came"),
        (RECEIVED - dt.timedelta(days=30), 30, None),
        (RECEIVED - dt.timedelta(days=8), 7, "8 days before it came"),
        (RECEIVED - dt.timedelta(days=400), 0, None),
        (RECEIVED, 30, None),
        (RECEIVED + dt.timedelta(days=1), 30, "dated 2 September 2026, after the day on which it came"),
        (None, 30, None),
    ],
)
def test_an_old_form_and_one_from_the_future_are_asked_about(
    written: dt.date | None, days: int, words: str | None
) -> None:
    evidence = {"date": Evidence("the date", "page 1, row 1", 0.95)}
    found = formality_flags(couple(date=written, evidence=evidence), days)
    assert [flag.code for flag in found] == (["stale form"] if words else [])
    if words:
        assert words in found[0].reason
        assert "page 1, row 1" in found[0].evidence


@pytest.mark.parametrize(
    ("consent", "fires"),
    [
        (Consent(given=False), True),
        (Consent(aware=False), True),
        (Consent(given=False, reason="N/A"), True),
        (Consent(given=False, reason="Felt it would increase the risk"), False),
        (Consent(aware=False, given=False, reason="Perpetrator checks her phone and emails"), False),
        (Consent(aware=True), False),
        (Consent(aware=False, given=True), False),
        (Consent(), False),
    ],
)
def test_without_consent_the_reason_for_sharing_must_be_on_record(consent: Consent, fires: bool) -> None:
    assert codes(couple(consent=consent)) == (["lawful basis missing"] if fires else [])


@pytest.mark.parametrize(
    ("signed", "words"),
    [
        (None, "No date stands in its row."),
        (RECEIVED + dt.timedelta(days=1), "It signed on 2 September 2026, after the referral came."),
        (RECEIVED, None),
        (dt.date(2020, 4, 1), None),
    ],
)
def test_a_listed_agency_that_had_not_signed_is_flagged_and_its_referral_stands(
    signed: dt.date | None, words: str | None
) -> None:
    agency = dataclasses.replace(HOUSING, signed=signed)
    found = referrer_signed(couple(), (agency,))
    assert [flag.code for flag in found] == (["agency has not signed"] if words else [])
    if words:
        assert words in found[0].reason
        assert not found[0].needs_decision
        assert "agency has not signed" in {flag.code for flag in flags(couple(), [], Rules(agencies=(agency,)))}


def test_the_referring_agency_is_known_by_its_name_or_by_its_peoples_domain() -> None:
    elsewhere = couple(
        agency="Homes (north office)", referrer=Referrer(name="S. Holroyd", email="s.holroyd@homes.example")
    )
    assert [flag.code for flag in referrer_signed(elsewhere, (HOUSING,))] == ["agency has not signed"]
    assert referrer_signed(couple(agency="Somebody else", referrer=Referrer(name="S. Holroyd")), (HOUSING,)) == ()


def test_a_signature_counts_from_its_day_on() -> None:
    agency = dataclasses.replace(HOUSING, signed=RECEIVED)
    assert has_signed(agency, RECEIVED)
    assert not has_signed(agency, RECEIVED - dt.timedelta(days=1))
    assert "still to come" in why_nothing_is_prepared(agency, RECEIVED - dt.timedelta(days=1))
    assert why_nothing_is_prepared(agency, RECEIVED) == ""
    assert why_nothing_is_prepared(HOUSING, RECEIVED).startswith("It has not signed")


def test_what_cannot_wait_stands_before_everything_else() -> None:
    asked = Consent(given=False)
    case = couple(consent=asked, date=RECEIVED - dt.timedelta(days=90), agency=None, reason="He hit the children.")
    found = [flag.code for flag in flags(case, [], Rules())]
    assert found[:2] == ["threats to kill", "child at risk"]
    assert [flag.code for flag in urgent_first(reversed(flags(case, [], Rules())))][:2] == found[:2]
