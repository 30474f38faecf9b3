import dataclasses
import datetime as dt
import io
import zipfile
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.action import Action
from marac.case import Case, Flag
from marac.referral import Child, Criteria, Perpetrator, Victim
from marac.register.workbook.figures import counted, figures, is_from_police, is_repeat, share, was_heard
from marac.register.workbook.periods import Period, months, quarters, twelve_months
from marac.register.workbook.place import workbook
from tests import invented_cases
from tests.invented_register import contents
from tests.opened_workbook import opened, values

YEAR = Period("2026", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
MEETING = dt.date(2026, 3, 12)


def heard(number: int, agency: str | None = "Northbridge Police", **changes: object) -> Case:
    """A case received on 2 March and heard ten days later."""
    case = invented_cases.case(
        f"M26-{number:04}", state="heard", received=dt.date(2026, 3, 2), meeting=MEETING, agency=agency
    )
    return dataclasses.replace(case, **changes)  # type: ignore[arg-type]


def with_victim(case: Case, **changes: object) -> Case:
    victim = dataclasses.replace(case.referral.victim, **changes)  # type: ignore[arg-type]
    return with_form(case, victim=victim)


def with_form(case: Case, **changes: object) -> Case:
    form = dataclasses.replace(case.referral, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(case, reading=dataclasses.replace(case.reading, referral=form))


def figure(about: str, name: str, *cases: Case, actions: tuple[Action, ...] = ()) -> int | None:
    """One figure of the year."""
    found = {(section, title): numbers for section, title, numbers in figures(counted(cases, actions, (YEAR,)))}
    return found[about, name][0]


def test_a_case_counts_as_received_when_it_arrived_and_as_heard_by_its_meeting() -> None:
    new_year = heard(1, received=dt.date(2025, 12, 30), meeting=dt.date(2026, 1, 8))
    listed = heard(2, state="listed")
    assert figure("Referrals received", "Referrals", new_year, listed, heard(3)) == 2
    assert figure("Cases heard", "Cases", new_year, listed, heard(3)) == 2


@pytest.mark.parametrize(
    ("state", "meeting", "so"),
    [
        ("heard", MEETING, True),
        ("closed", MEETING, True),
        ("transferred", MEETING, True),
        ("closed", None, False),
        ("listed", MEETING, False),
        ("deferred", MEETING, False),
        ("not heard", None, False),
    ],
)
def test_a_case_was_heard_when_it_had_its_meeting_whatever_became_of_it_afterwards(
    state: str, meeting: dt.date | None, so: bool
) -> None:
    assert was_heard(heard(1, state=state, meeting=meeting)) is so


def test_a_draft_and_a_case_joined_to_another_are_no_cases_of_their_own() -> None:
    cases = (heard(1), heard(2, state="joined", joined_to="M26-0001"), heard(3, state="draft"))
    assert figure("Referrals received", "Referrals", *cases) == 1


def test_a_repeat_is_one_by_the_register_or_by_a_tick_on_the_form() -> None:
    flagged = heard(1, flags=(Flag("repeat", "The same couple was referred in May."),))
    ticked = with_form(heard(2), criteria=Criteria(repeat=True))
    asked = heard(3, flags=(Flag("possible repeat", "The names sound alike.", needs_decision=True),))
    assert [is_repeat(case) for case in (flagged, ticked, asked)] == [True, True, False]
    assert figure("Cases heard", "Repeats", flagged, ticked, asked) == 2
    assert figure("Cases heard", "Repeats, %", flagged, ticked, asked) == 67


def test_the_share_of_other_agencies_is_that_of_referrals_not_from_the_police() -> None:
    cases = (heard(1), heard(2), heard(3, "Northbridge Homes"), heard(4, "West Invented Constabulary"))
    assert [is_from_police(case) for case in cases] == [True, True, False, True]
    assert figure("Referrals received", "From other agencies, %", *cases) == 25
    assert figure("Cases heard", "Referred by the police", *cases) == 3


def test_referrals_are_counted_by_agency_the_busiest_first_however_it_is_spelled() -> None:
    cases = (heard(1, "IDVA"), heard(2, "Northbridge  police"), heard(3), heard(4, agency=None))
    no_agency = with_form(cases[3], referrer=dataclasses.replace(cases[3].referral.referrer, agency=None))
    lines = list(figures(counted([*cases[:3], no_agency], (), (YEAR,))))
    agencies = [(name, numbers[0]) for section, name, numbers in lines if section == "Received, by agency"]
    assert agencies[0] == ("Northbridge police", 2)
    assert set(agencies[1:]) == {("IDVA", 1), ("not said", 1)}


def test_agencies_beyond_the_fourteenth_are_one_line_and_none_is_lost() -> None:
    cases = [heard(number, f"Agency {number:02}") for number in range(1, 21)]
    lines = list(figures(counted(cases, (), (YEAR,))))
    agencies = {name: numbers[0] for section, name, numbers in lines if section == "Received, by agency"}
    assert agencies["others"] == 6
    assert sum(number or 0 for number in agencies.values()) == 20


def test_victims_are_counted_as_the_form_describes_them() -> None:
    born = dt.date(2009, 3, 2)
    cases = (
        with_victim(heard(1), bme=True, disabled=True, gender="male", ethnicity="Pakistani"),
        with_victim(heard(2), lgbt=True, bme=False, date_of_birth=born),
        with_victim(heard(3), date_of_birth=None, age=16),
        with_victim(heard(4), date_of_birth=dt.date(2008, 3, 2)),
    )
    about = "Victims of cases heard"
    named = ("Black, Asian or minoritised", "LGBT", "Disabled", "Male", "Aged 16 or 17 when referred")
    assert [figure(about, name, *cases) for name in named] == [1, 1, 1, 1, 2]
    assert figure("Victims, by ethnicity", "Pakistani", *cases) == 1
    assert figure("Victims, by ethnicity", "not said", *cases) == 3


def test_children_and_young_perpetrators_are_counted_one_by_one() -> None:
    two = with_form(heard(1), children=invented_cases.children(2))
    young = Perpetrator(name="Kit Oakes", date_of_birth=dt.date(2009, 3, 1))
    grown = Perpetrator(name="Max Oakes", date_of_birth=dt.date(2008, 3, 2))
    both = with_form(heard(2), perpetrators=(young, grown), children=(Child(name="Zofia Oakes"),))
    assert figure("Cases heard", "With children", two, both, heard(3)) == 2
    assert figure("Cases heard", "Children in them", two, both, heard(3)) == 3
    assert figure("Cases heard", "Perpetrators aged 17 or under", two, both, heard(3)) == 1


def test_every_referral_received_has_one_outcome() -> None:
    states = ("received", "listed", "deferred", "heard", "not heard", "transferred", "withdrawn", "closed")
    without = {"received", "not heard", "transferred", "withdrawn", "closed"}
    cases = [
        heard(number, state=state, meeting=None if state in without else MEETING)
        for number, state in enumerate(states, 1)
    ]
    lines = list(figures(counted(cases, (), (YEAR,))))
    outcomes = {name: numbers[0] for section, name, numbers in lines if section == "What became of referrals"}
    assert outcomes["Still to be heard"] == 2
    assert sum(number or 0 for number in outcomes.values()) == len(cases)


def test_actions_are_counted_by_the_day_on_which_they_were_due() -> None:
    due = dt.date(2026, 5, 1)
    day = dt.timedelta(days=1)
    actions = (
        Action(1, "M26-0001", "police", due, "Visit.", done=due),
        Action(2, "M26-0001", "police", due, "Visit.", done=due + day),
        Action(3, "M26-0001", "police", due, "Visit."),
        Action(4, "M26-0001", "police", dt.date(2025, 12, 31), "Visit.", done=due),
    )
    named = ("Due", "Done in time", "Done in time, %", "Done late", "Not done")
    assert [figure("Actions", name, actions=actions) for name in named] == [3, 1, 33, 1, 1]


def test_days_from_referral_to_meeting_are_averaged_over_the_cases_heard() -> None:
    slow = heard(2, meeting=MEETING + dt.timedelta(days=7))
    assert figure("Cases heard", "Days from referral to meeting, on average", heard(1), slow) == 14
    assert figure("Cases heard", "Days from referral to meeting, on average") is None


def test_nothing_divided_by_nothing_is_blank_and_not_a_nought() -> None:
    assert share(0, 0) is None
    assert share(0, 3) == 0
    assert figure("Cases heard", "Repeats, %") is None


def test_quarters_and_twelve_months_end_with_the_month_of_their_day() -> None:
    day = dt.date(2026, 2, 10)
    assert twelve_months(day) == Period("12 months to Feb 2026", dt.date(2025, 3, 1), dt.date(2026, 2, 28))
    this, before = quarters(day, 2)
    assert this == Period("Jan to Mar 2026", dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    assert before == Period("Oct to Dec 2025", dt.date(2025, 10, 1), dt.date(2025, 12, 31))


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 12, 31)), st.integers(1, 40))
def test_months_and_quarters_follow_each_other_without_a_gap(day: dt.date, count: int) -> None:
    for spans in (months(day, count), quarters(day, count)[::-1]):
        assert spans[-1].holds(day)
        assert len(spans) == count
        for one, other in pairwise(spans):
            assert other.first - one.last == dt.timedelta(days=1)
    assert twelve_months(day).first == months(day, 12)[0].first


def test_figures_stand_by_twelve_months_and_quarters_the_newest_first_and_month_by_month() -> None:
    book = opened(contents(heard(1), heard(2, meeting=dt.date(2026, 4, 9))))
    rows = values(book["Statistics"])
    cases = next(row for row in rows if row["Figure"] == "Cases")
    assert list(cases)[2:6] == ["12 months to Apr 2026", "12 months to Apr 2025", "Apr to Jun 2026", "Jan to Mar 2026"]
    assert list(cases.values())[2:6] == [2, 0, 1, 1]
    months_shown = values(book["By month"])
    assert [row["Month"] for row in months_shown][-2:] == ["Mar 2026", "Apr 2026"]
    assert [(row["Received"], row["Heard"]) for row in months_shown][-2:] == [(2, 1), (0, 1)]


def test_the_figures_are_drawn_as_excels_own_charts_with_words_for_those_who_cannot_see_them() -> None:
    file = workbook(contents(heard(1), heard(2)))
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        charts = [package.read(name) for name in package.namelist() if name.startswith("xl/charts/chart")]
        drawing = next(package.read(name) for name in package.namelist() if name.startswith("xl/drawings/drawing"))
    kinds = (b'<c:barDir val="col"/>', b"<c:lineChart>", b'<c:barDir val="bar"/>')
    assert all(any(kind in chart for chart in charts) for kind in kinds)
    assert b"'By month'!$B$" in charts[0]
    assert b"Referrals by agency, 12 months to Mar 2026. The numbers are on the sheet Statistics." in drawing


def test_a_register_without_cases_has_sheets_for_figures_and_no_charts() -> None:
    book = opened(contents(agencies=(), cases=()))
    assert [set(row.values()) for row in values(book["By month"])] == [{None}]
    assert not book["Statistics"]._charts


def test_a_victim_without_anything_said_counts_nowhere() -> None:
    silent = with_form(heard(1), victim=Victim())
    assert figure("Victims of cases heard", "Disabled", silent) == 0
    assert figure("Victims of cases heard", "Aged 16 or 17 when referred", silent) == 0
