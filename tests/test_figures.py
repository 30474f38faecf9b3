"""The SafeLives return: what is not recorded is no zero, and nothing small leaves the MARAC."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marac.agency import Agency
from marac.case import Case, Flag
from marac.checklist import Checklist
from marac.commands.figures import step_in_words
from marac.figures.data_return import SOURCES, Count, data_returns
from marac.figures.recorded import disabled, minoritised
from marac.figures.sources import source
from marac.figures.suppression import KEPT_BACK, in_public
from marac.figures.waiting import Step, steps, waited
from marac.meetings.hearing import Hearing
from marac.referral import Child, Perpetrator, Problem, Reading, Referral, Referrer, Victim

MEETING = dt.date(2026, 12, 3)
NEXT = dt.date(2026, 12, 17)
POLICE = Agency("police", "Carrowdale Constabulary", "marac@police.example", kind="police")


def a_case(number: int = 1, **more: object) -> Case:
    referral = Referral(
        referrer=Referrer(agency="Carrowdale Constabulary"),
        victim=Victim(gender="female", date_of_birth=dt.date(1990, 5, 1)),
        perpetrators=(Perpetrator(date_of_birth=dt.date(1985, 1, 1)),),
        checklist=Checklist(),
    )
    case = Case(f"M26-{number:04}", "heard", dt.date(2026, 11, 20), Reading("referral", referral), meeting=MEETING)
    return replace(case, **more)  # type: ignore[arg-type]


def with_victim(case: Case, **leaves: object) -> Case:
    victim = replace(case.referral.victim, **leaves)  # type: ignore[arg-type]
    return replace(case, reading=replace(case.reading, referral=replace(case.referral, victim=victim)))


def with_form(case: Case, **leaves: object) -> Case:
    return replace(case, reading=replace(case.reading, referral=replace(case.referral, **leaves)))  # type: ignore[arg-type]


def counts(*cases: Case) -> dict[str, Count]:
    return dict(data_returns(cases, (POLICE,), dt.date(2026, 1, 1), dt.date(2026, 12, 31))[-1].counts)


def test_what_no_form_says_is_a_gap_with_the_case_that_causes_it_and_no_zero() -> None:
    said, silent = with_victim(a_case(1), lgbt=False), a_case(2)
    assert counts(said)["LGBT+"] == Count(0)
    assert counts(said, silent)["LGBT+"] == Count(0, ("M26-0002",))


def test_gaps_stand_in_the_order_of_their_references_whichever_meeting_heard_them() -> None:
    later = replace(a_case(20), meeting=NEXT)
    assert counts(later, a_case(22), a_case(21))["LGBT+"].gaps == ("M26-0020", "M26-0021", "M26-0022")


def test_each_meeting_has_its_own_return_and_all_have_one_together() -> None:
    later = replace(a_case(2), meeting=NEXT)
    each = data_returns((a_case(1), later, a_case(3)), (), dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    assert [(one.name, one.cases) for one in each] == [
        ("3 December 2026", 2),
        ("17 December 2026", 1),
        ("All meetings", 3),
    ]


def test_a_case_with_another_joined_to_it_is_counted_once_with_the_children_of_both_forms() -> None:
    first = with_form(a_case(1), children=(Child(name="Ada Invented"),))
    joined = with_form(a_case(2, state="joined", joined_to="M26-0001"), children=(Child(name="Bo Invented"),))
    found = counts(first, joined)
    assert (found["Cases"].number, found["Children"].number) == (1, 2)


def test_children_that_could_not_be_read_are_not_recorded_rather_than_none() -> None:
    unread = replace(a_case(), reading=replace(a_case().reading, problems=(Problem("unclear", "children", "…"),)))
    assert counts(unread)["Children"] == Count(0, ("M26-0001",))


def test_a_case_that_waits_or_was_not_heard_is_in_no_return() -> None:
    assert counts(a_case(1, state="listed"), a_case(2, state="not heard"))["Cases"].number == 0


def test_a_repeat_is_one_by_the_register_or_by_the_form() -> None:
    flagged = replace(a_case(1), flags=(Flag("repeat", "…"),))
    assert counts(flagged, a_case(2))["Repeats"] == Count(1)


def test_one_perpetrator_without_a_date_of_birth_leaves_the_age_not_recorded_unless_another_is_young() -> None:
    two = (Perpetrator(date_of_birth=dt.date(1985, 1, 1)), Perpetrator())
    young = (Perpetrator(date_of_birth=dt.date(2010, 1, 1)), Perpetrator())
    name = "Perpetrators aged 17 or under"
    assert counts(with_form(a_case(1), perpetrators=two))[name] == Count(0, ("M26-0001",))
    assert counts(with_form(a_case(1), perpetrators=young))[name] == Count(1)


@pytest.mark.parametrize(
    ("ethnicity", "answer"),
    [
        ("White British", "no"),
        ("W1", "no"),
        ("White Welsh", "no"),
        ("Asian or Asian British: Pakistani", "yes"),
        ("B2", "yes"),
        ("Nigerian", "yes"),
        ("White Romanian", "not recorded"),
        ("Other", "not recorded"),
        ("Not stated", "not recorded"),
        (None, "not recorded"),
    ],
)
def test_an_ethnicity_counts_only_where_it_leaves_no_doubt(ethnicity: str | None, answer: str) -> None:
    assert minoritised(Hearing(with_victim(a_case(), ethnicity=ethnicity))) == answer


@pytest.mark.parametrize(
    ("words", "answer"),
    [("None", "no"), ("Multiple sclerosis", "yes"), ("n/k", "not recorded"), (None, "not recorded")],
)
def test_a_disability_in_words_counts_as_one(words: str | None, answer: str) -> None:
    assert disabled(Hearing(with_victim(a_case(), disability=words))) == answer


@pytest.mark.parametrize(
    ("agency", "kind"),
    [
        ("Carrowdale Constabulary", "police"),
        ("Northfield NHS Foundation Trust", "health"),
        ("Mersey Mental Health NHS Trust", "mental health"),
        ("Carrowdale IDVA Service", "idva"),
        ("Children's Social Care", "children"),
        ("Adult Social Care", "adults"),
        ("Villages Housing", "housing"),
        ("St Anne's Primary School", "education"),
        ("Quux", "other"),
        (None, None),
    ],
)
def test_the_kind_of_the_referring_agency_is_told_by_its_name(agency: str | None, kind: str | None) -> None:
    case = with_form(a_case(), referrer=Referrer(agency=agency))
    assert source(case, ()) == kind


def test_what_agencies_toml_says_of_an_agency_outranks_its_name() -> None:
    case = with_form(a_case(), referrer=Referrer(agency="The Police Community Health Trust"))
    trust = Agency("trust", "The Police Community Health Trust", "a@b.example", kind="health")
    assert source(case, (trust,)) == "health"


def test_days_are_counted_from_the_incident_to_the_letters() -> None:
    case = with_form(a_case(), reason="On 15/11/2026 he kicked the door in and punched her.")
    found = waited((case,), {MEETING: dt.date(2026, 12, 5)}, MEETING, MEETING)
    assert [(each.middle, each.known, each.not_recorded) for each in steps(found)] == [(5, 1, 0), (13, 1, 0), (2, 1, 0)]


def test_days_without_a_date_are_not_recorded() -> None:
    found = steps(waited((a_case(),), {}, MEETING, MEETING))
    assert [(each.middle, each.not_recorded) for each in found] == [(None, 1), (13, 0), (None, 1)]


def test_one_day_is_said_as_one() -> None:
    assert step_in_words(Step("Meeting to letters", 1, 1, 1, 0)) == (
        "Meeting to letters: 1 day in the middle, 1 at the longest (1 case)"
    )
    assert step_in_words(Step("Referral to meeting", 2.5, 9, 4, 1)) == (
        "Referral to meeting: 2.5 days in the middle, 9 at the longest (4 cases; not recorded for 1)"
    )
    assert step_in_words(Step("Referral to meeting", None, None, 0, 2)).startswith(
        "Referral to meeting: not recorded (0 cases"
    )


NUMBERS = st.integers(min_value=0, max_value=40)


@settings(max_examples=200, deadline=None)
@given(st.lists(NUMBERS, min_size=len(SOURCES), max_size=len(SOURCES)), NUMBERS, NUMBERS)
def test_no_small_number_can_be_read_or_worked_out_of_public_figures(
    kinds: list[int], male: int, children: int
) -> None:
    whole = data_returns((), (), MEETING, NEXT)[-1]
    cases = sum(kinds)
    names = [f"Referred by: {name}" for name in SOURCES.values()]
    known = dict(whole.counts) | {"Cases": Count(cases), "Male": Count(min(male, cases)), "Children": Count(children)}
    known |= {name: Count(number) for name, number in zip(names, kinds, strict=True)}
    known["Referred by partner agencies"] = Count(cases - kinds[0])
    public = in_public((replace(whole, counts=known),), 5).counts
    assert all(count.number == KEPT_BACK or count.number >= 5 for name, count in public.items() if known[name].number)
    assert not any(count.gaps for count in public.values())
    hidden = [known[name].number for name in names if public[name].number == KEPT_BACK]
    shown = [name for name in names if public[name].number != KEPT_BACK]
    assert len([number for number in hidden if number]) != 1 or not shown
    if public["Male"].number != KEPT_BACK:
        assert not 0 < cases - public["Male"].number < 5


def test_public_figures_have_no_meeting_alone() -> None:
    returns = data_returns([a_case(number) for number in range(1, 9)], (POLICE,), MEETING, NEXT)
    assert len(returns) == 2
    assert in_public(returns, 5).name == "All meetings"
