"""How the rows of an old register are understood: columns, people, outcomes, and every row in one place."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marac.case import Case
from marac.parsers.dictionary.dictionary import vocabulary
from marac.takeover.cells import born_in, day_in, named_in
from marac.takeover.columns import columns_of
from marac.takeover.plan import Known, Plan, planned, without_known
from marac.takeover.register_words import COUPLE, outcome_in
from marac.takeover.several import children_in, couple_in, number_in, people_in
from marac.takeover.shapes import shape
from marac.takeover.sheets import OldFile, Row, Sheet
from marac.takeover.understanding import as_said, said_of, understood
from marac.takeover.unread_file import as_text

TODAY = dt.date(2026, 11, 20)
BASIC = ("MARAC date", "Victim", "Perpetrator", "Outcome")


def sheet(number: int, rows: list[tuple[Any, ...]], title: str = "Cases") -> Sheet:
    made = [
        Row(place, {column: value for column, value in enumerate(row) if value not in ("", None)})
        for place, row in enumerate(rows, 1)
    ]
    return Sheet(number, title, tuple(made))


def plan_of(*sheets: Sheet) -> Plan:
    plan = planned(understood(OldFile(sheets), vocabulary()), TODAY, {})
    assert plan.balanced
    return plan


def only_case(titles: tuple[str, ...], row: tuple[Any, ...]) -> Case:
    [found] = plan_of(sheet(1, [titles, row])).cases
    return found.case


def fields(*titles: str, above: dict[int, str] | None = None) -> list[str]:
    told = [(place, title, (above or {}).get(place, "")) for place, title in enumerate(titles)]
    return [column.field for column in columns_of(told, vocabulary())]


def test_a_title_that_names_nobody_is_of_the_person_named_before_it() -> None:
    assert fields("Victim", "DOB", "Address", "Perp", "DOB", "Address") == [
        "victim.name",
        "victim.date_of_birth",
        "victim.address",
        "perpetrator.name",
        "perpetrator.date_of_birth",
        "perpetrator.address",
    ]


def test_what_may_be_either_persons_is_left_to_a_person() -> None:
    assert fields("Victim", "Perpetrator", "DOB", "DOB")[2:] == ["-", "-"]
    assert fields("Victim", "Perp name", "Perp DOB", "Agency", "Postcode")[-1] == "-"
    assert fields("Victim / Perpetrator", "DOB") == [COUPLE, "-"]


def test_headings_in_two_rows_say_whose_a_column_is() -> None:
    rows = [
        ("", "Victim", "", "Offender", "", "Date of"),
        ("Case no", "Name", "DOB", "Name", "DOB", "MARAC"),
        ("1", "Nerys Holt", "5/6/91", "Osian Holt", "7/8/89", "3/2/26"),
    ]
    [found] = plan_of(sheet(1, rows)).cases
    [perpetrator] = found.case.referral.perpetrators
    assert found.case.referral.victim.date_of_birth == dt.date(1991, 6, 5)
    assert (perpetrator.name, perpetrator.date_of_birth) == ("Osian Holt", dt.date(1989, 8, 7))
    assert found.case.meeting == dt.date(2026, 2, 3)


def test_a_title_between_the_rows_names_the_meeting_of_those_below_it() -> None:
    rows: list[tuple[Any, ...]] = [
        ("Victim", "Perpetrator", "Outcome"),
        ("MARAC 3rd February 2026",),
        ("Nerys Holt", "Osian Holt", ""),
        ("MARAC Tuesday 3 March 2026",),
        ("Victim", "Perpetrator", "Outcome"),
        ("Ysolde Marsh", "", ""),
        ("TOTAL", 2.0, ""),
    ]
    plan = plan_of(sheet(1, rows))
    assert [each.case.meeting for each in plan.cases] == [dt.date(2026, 2, 3), dt.date(2026, 3, 3)]
    assert dict(plan.passed_over) == {"headings": 2, "titles": 2, "totals": 1}


def test_a_column_of_names_with_two_in_most_cells_is_one_of_couples() -> None:
    rows = [("MARAC date", "Name"), ("3/2/26", "HOLT, Nerys / HOLT, Osian"), ("3/2/26", "Ysolde Marsh v Piran Marsh")]
    found = [each.case.referral for each in plan_of(sheet(1, rows)).cases]
    assert [each.victim.name for each in found] == ["Nerys Holt", "Ysolde Marsh"]
    assert [each.perpetrators[0].name for each in found] == ["Osian Holt", "Piran Marsh"]


def test_dates_of_several_perpetrators_that_cannot_be_told_apart_are_kept_in_words() -> None:
    titles = ("MARAC date", "Victim", "Perpetrators", "Perp DOB")
    [found] = plan_of(sheet(1, [titles, ("3/2/26", "Nerys Holt", "Osian Holt; Emrys Holt", "7/8/89")])).cases
    assert [each.date_of_birth for each in found.case.referral.perpetrators] == [None, None]
    assert "7/8/89" in found.words
    assert any("whose they are" in problem.message for problem in found.case.reading.problems)


def test_actions_on_a_sheet_of_their_own_go_with_their_case() -> None:
    cases = sheet(1, [("Case no", "MARAC date", "Victim"), ("26/1", "3/2/26", "Nerys Holt")])
    actions = sheet(2, [("Case no", "Agency", "Action"), ("26/1", "Housing", "Fit locks"), ("26/9", "IDVA", "Call")])
    plan = plan_of(cases, actions)
    assert plan.actions == 1
    assert "Action: Agency: Housing; Action: Fit locks." in plan.cases[0].words
    assert [(row.sheet, row.row) for row in plan.unread] == [(2, 3)]


def test_a_number_that_two_cases_share_loses_neither() -> None:
    rows = [("Case no", "MARAC date", "Victim"), ("26/1", "3/2/26", "Nerys Holt"), ("26/1", "3/6/26", "Nerys Holt")]
    plan = plan_of(sheet(1, rows), sheet(2, [("Case no", "Action"), ("26/1", "Fit locks")]))
    assert [each.case.meeting for each in plan.cases] == [dt.date(2026, 2, 3), dt.date(2026, 6, 3)]
    assert ["Fit locks" in each.words for each in plan.cases] == [False, True]


def test_a_row_about_the_same_people_and_day_is_not_taken_twice() -> None:
    year = sheet(1, [BASIC, ("3/2/26", "Nerys Holt", "Osian Holt", "Heard")], "2026")
    meeting = sheet(2, [("Victim", "Perpetrator"), ("HOLT, Nerys", "Osian Holt")], "MARAC 03.02.26")
    plan = plan_of(year, meeting)
    assert len(plan.cases) == 1
    assert "sheet 1, row 2" in plan.unread[0].why


def test_a_row_taken_before_is_known_wherever_it_has_moved() -> None:
    row = ("3/2/26", "Nerys Holt", "Osian Holt", "Heard")
    [first] = plan_of(sheet(1, [BASIC, row])).cases
    known = Known(frozenset({first.contents}), frozenset({first.subject}))
    moved = plan_of(sheet(1, [("", "", "", ""), BASIC, ("4/2/26", "Ysolde Marsh", "", ""), row]))
    plan = without_known(moved, known)
    assert [each.case.referral.victim.name for each in plan.cases] == ["Ysolde Marsh"]
    assert plan.passed_over["taken over before"] == 1
    assert plan.balanced


@pytest.mark.parametrize(
    ("outcome", "meeting", "state"),
    [
        ("Heard", "3/2/26", "heard"),
        ("", "3/2/26", "heard"),
        ("Case closed", "3/2/26", "closed"),
        ("Not accepted", "", "not heard"),
        ("Withdrawn by agency", "", "withdrawn"),
        ("Transferred to Westmoor", "3/2/26", "transferred"),
        ("Deferred", "3/2/26", "draft"),
        ("", "3/12/26", "draft"),
        ("Heard", "3/12/26", "draft"),
        ("", "", "draft"),
        ("Gold command", "3/2/26", "draft"),
    ],
)
def test_the_state_is_what_outcome_and_dates_say_together(outcome: str, meeting: str, state: str) -> None:
    titles = ("Date referred", "MARAC date", "Victim", "Outcome")
    case = only_case(titles, ("20/1/26", meeting, "Nerys Holt", outcome))
    assert case.state == state
    if state == "draft":
        assert case.meeting is None


def test_a_row_without_a_name_or_without_any_date_is_not_taken() -> None:
    rows = [BASIC, ("3/2/26", "", "Osian Holt", "Heard"), ("", "Nerys Holt", "Osian Holt", "Heard")]
    plan = plan_of(sheet(1, rows))
    assert not plan.cases
    assert "No name of a victim" in plan.unread[0].why
    assert "No date" in plan.unread[1].why


def test_a_referral_is_never_received_on_a_day_that_is_still_to_come() -> None:
    case = only_case(("Date referred", "MARAC date", "Victim"), ("1/6/27", "3/12/26", "Nerys Holt"))
    assert case.received == TODAY
    assert any(problem.path == "date" for problem in case.reading.problems)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (dt.date(2025, 3, 12), dt.date(2025, 3, 12)),
        (45_728.0, dt.date(2025, 3, 12)),
        ("45728", dt.date(2025, 3, 12)),
        ("12/3/25", dt.date(2025, 3, 12)),
        ("12.03.2025", dt.date(2025, 3, 12)),
        ("Wed 12th March 2025", dt.date(2025, 3, 12)),
        ("March 2025", dt.date(2025, 3, 31)),
        ("Feb-24", dt.date(2024, 2, 29)),
        ("12/3", None),
        ("31/2/25", None),
        ("12/3/1925", None),
        ("12/3/25 and 26/3/25", None),
    ],
)
def test_dates_of_every_kind_are_read_and_doubtful_ones_said(value: Any, day: dt.date | None) -> None:
    found = day_in(value, TODAY)
    assert found.value == day
    assert bool(found.doubt) == (day is None or found.confidence < 0.8)


def test_an_age_is_no_date_of_birth() -> None:
    for value in (34.0, "34", "aged 34"):
        [found] = born_in(value, TODAY)
        assert (found.value, bool(found.doubt)) == (34, True)


def test_people_in_one_cell_are_told_apart() -> None:
    assert couple_in("HOLT, Nerys v HOLT, Osian") == ("HOLT, Nerys", "HOLT, Osian")
    assert couple_in("Nerys Holt") is None
    people = people_in("1) Osian Holt 2) Emrys Holt", TODAY)
    assert people is not None
    assert [each.name for each in people] == ["Osian Holt", "Emrys Holt"]
    children = children_in("Tilly (4/1/2014), Rowan (8)", TODAY)
    assert children is not None
    assert [(each.name, each.born.value) for each in children] == [("Tilly", dt.date(2014, 1, 4)), ("Rowan", 8)]
    without_brackets = children_in("Tilly 4, Rowan 12", TODAY)
    assert without_brackets is not None
    assert [(each.name, each.born.value) for each in without_brackets] == [("Tilly", 4), ("Rowan", 12)]
    assert [number_in(text) for text in ("3", "x2", "2 children", "None", "Tilly")] == [3, 2, 2, 0, None]


def test_what_is_no_name_is_not_taken_for_one() -> None:
    for text in ("=cmd()", "unknown male", "see above", "n/k", "Ring the housing office about this one"):
        assert named_in(text, TODAY) is None
    initials = named_in("J.P.", TODAY)
    assert initials is not None
    assert "initials" in initials.doubt


def test_outcomes_that_deny_are_not_read_as_what_they_deny() -> None:
    told = {"Not heard": "not heard", "Heard": "heard", "Did not meet threshold": "not heard", "Sorted": None}
    assert {words: outcome_in(words) for words in told} == told


def test_what_columns_are_said_to_hold_can_be_said_again() -> None:
    sheets = understood(
        OldFile((sheet(1, [BASIC, ("3/2/26", "Nerys Holt")]), sheet(2, [("Victim", "Perp", "DOB"), ("A B", "C D")]))),
        vocabulary(),
    )
    changed = as_said(sheets, {"sheet 2: DOB": "victim.date_of_birth"})
    assert said_of(changed)["DOB"] == "victim.date_of_birth"
    assert said_of(as_said(sheets, said_of(changed))) == said_of(changed)


@given(st.text(max_size=30))
def test_a_shape_shows_neither_figures_nor_words(text: str) -> None:
    shown = shape(text)
    assert set(shown) - set("Xx9…") <= {each for each in text if not each.isalnum()} | {" "}


@pytest.mark.parametrize("words", ["=1+1", "+44", "-1", "@SUM(A1)", " =1"])
def test_no_spreadsheet_takes_a_listed_cell_for_a_formula(words: str) -> None:
    assert as_text(words) == f"'{words}"


_CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        ["", "Heard", "Total", "Victim", "MARAC date", "MARAC 3/2/26", "3/2/26", "Nerys Holt", "see notes", "x"]
    ),
    st.dates(dt.date(2020, 1, 1), dt.date(2027, 1, 1)),
    st.floats(0, 60_000, allow_nan=False),
    st.text(max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_CELLS, _CELLS, _CELLS, _CELLS, _CELLS), max_size=12))
def test_every_row_is_in_exactly_one_place_whatever_stands_in_it(rows: list[tuple[Any, ...]]) -> None:
    plan = plan_of(sheet(1, [(*BASIC, "Case no"), *rows]))
    assert plan.rows == len(rows) + 1
    places = [(each.sheet, each.row) for each in plan.cases] + [(each.sheet, each.row) for each in plan.unread]
    assert len(places) == len(set(places))


def test_where_the_perpetrators_columns_end_in_an_address_a_person_says_whose_it_is() -> None:
    between = ["Victim", "DOB", "Alleged perp", "DOB", "Address"]
    assert fields(*between)[-1] == "-"
    assert fields("Victim", "DOB", "Address", "Alleged perp", "DOB", "Address")[-1] == "perpetrator.address"
