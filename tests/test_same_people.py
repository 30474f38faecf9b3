"""Who is one person on several forms of one case, and who stays two."""

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from marac.case import Case, PersonInCase, PersonRole, PersonVerdict
from marac.figures.recorded import children as counted
from marac.meetings.audience import AudienceRules, Stage, case_view
from marac.meetings.hearing import Hearing, item, order_of_hearing
from marac.meetings.same_people import children_once, perpetrators_once
from marac.meetings.withholding import withholding
from marac.referral import Child, Perpetrator
from tests.invented_cases import HOUSING, MEETING, case, referral
from tests.meeting_papers import agenda_words

BORN, LATER = dt.date(2017, 3, 4), dt.date(2019, 8, 9)


def first(*children: Child, perpetrators: tuple[Perpetrator, ...] = ()) -> Case:
    return case("M26-0003", form=referral(children=children, perpetrators=perpetrators))


def second(*children: Child, perpetrators: tuple[Perpetrator, ...] = ()) -> Case:
    form = referral(children=children, perpetrators=perpetrators)
    return case("M26-0010", form=form, state="joined", joined_to="M26-0003")


def verdict(role: PersonRole, *, same: bool, place: int = 0, other: int = 0) -> PersonVerdict:
    here, there = PersonInCase("M26-0003", role, place), PersonInCase("M26-0010", role, other)
    return PersonVerdict(here, there, same, "Asked the school.", "J. Marsh", dt.date(2026, 11, 20))


def names(hearing: Hearing) -> list[list[str | None]]:
    return [[child.name for child in forms] for forms in children_once(hearing)]


def test_two_spellings_of_one_name_with_one_date_of_birth_are_one_child() -> None:
    hearing = item(
        first(Child("Zofia Kowalczyk", BORN), Child("Jakub Kowalczyk", LATER)),
        [second(Child("Sofia Kowalchyk", BORN), Child("Jacob Kowalchyk", LATER))],
    )
    assert names(hearing) == [["Zofia Kowalczyk", "Sofia Kowalchyk"], ["Jakub Kowalczyk", "Jacob Kowalchyk"]]
    assert counted(hearing) == 2


def test_a_perpetrator_spelled_otherwise_stands_once_with_both_spellings_and_both_addresses() -> None:
    one = Perpetrator(name="Marek Kowalczyk", date_of_birth=dt.date(1985, 6, 7), address="1 Low Row")
    other = dataclasses.replace(one, name="Marek Kowalchyk", address="2 High Row")
    hearing = item(first(perpetrators=(one,)), [second(perpetrators=(other,))])
    stages: tuple[Stage, ...] = ("minutes", "research")
    for stage in stages:
        view = case_view(hearing, stage, AudienceRules(addresses=True))
        assert view.perpetrators is not None
        (shown,) = view.perpetrators
        assert (shown.name, shown.also_known_as) == ("Marek Kowalczyk", ("Marek Kowalchyk",))
        if stage == "research":
            assert shown.address is not None
            assert shown.address.revealed() == "1 Low Row or 2 High Row"


def test_an_agenda_names_the_other_spelling_beside_the_child() -> None:
    words = agenda_words((first(Child("Zofia Kowalczyk", BORN)), second(Child("Sofia Kowalchyk", BORN))))
    assert "Zofia Kowalczyk (also: Sofia Kowalchyk), born: 4 March 2017" in words


def test_one_name_with_a_date_of_birth_on_one_form_alone_is_one_child_who_has_it() -> None:
    hearing = item(first(Child("Jack Lane")), [second(Child("JACK  Lane", BORN))])
    (shown,) = case_view(hearing, "agenda", AudienceRules()).children or ()
    assert (shown.name, shown.also_known_as, shown.date_of_birth) == ("Jack Lane", (), BORN)


def test_other_dates_of_birth_are_other_children_whatever_was_said() -> None:
    cases = first(Child("Jack Lane", BORN)), second(Child("Jack Lane", LATER))
    assert len(children_once(item(cases[0], cases[1:]))) == 2
    assert len(children_once(item(cases[0], cases[1:], [verdict("child", same=True)]))) == 2


def test_twins_of_one_form_stay_two_and_a_spelling_near_to_both_stays_by_itself() -> None:
    twins = first(Child("Ann Lane", BORN), Child("Anne Lane", BORN))
    assert len(children_once(Hearing(twins))) == 2
    assert names(item(twins, [second(Child("Ann Lane", BORN))])) == [["Ann Lane", "Ann Lane"], ["Anne Lane"]]
    assert counted(item(twins, [second(Child("Anna Lane", BORN))])) == 3


def test_a_brother_and_a_sister_born_on_one_day_are_two() -> None:
    assert counted(item(first(Child("Amir Khan", BORN)), [second(Child("Amira Khan", BORN))])) == 2


def test_a_child_without_a_name_is_no_other_child() -> None:
    assert counted(item(first(Child("Jack Lane", BORN)), [second(Child(None, BORN))])) == 2
    assert counted(item(first(Child("not known")), [second(Child("unknown"))])) == 2


def test_what_a_person_said_outranks_how_names_look() -> None:
    cases = first(Child("Zofia Nowak", BORN)), second(Child("Maja Kowalczyk", BORN))
    assert len(children_once(item(cases[0], cases[1:]))) == 2
    assert len(children_once(item(cases[0], cases[1:], [verdict("child", same=True)]))) == 1
    alike = first(Child("Zofia Lane", BORN)), second(Child("Sofia Lane", BORN))
    assert len(children_once(item(alike[0], alike[1:], [verdict("child", same=False)]))) == 2
    taken_back = [verdict("child", same=False), verdict("child", same=True)]
    assert len(children_once(item(alike[0], alike[1:], taken_back))) == 1


def test_a_persons_word_about_a_perpetrator_stands_even_with_two_dates_of_birth() -> None:
    one, other = Perpetrator(name="Al Reed", date_of_birth=BORN), Perpetrator(name="Sid Cole", date_of_birth=LATER)
    cases = first(perpetrators=(one,)), second(perpetrators=(other,))
    (hearing,) = order_of_hearing(cases, MEETING.date, [verdict("perpetrator", same=True)])
    (shown,) = case_view(hearing, "agenda", AudienceRules()).perpetrators or ()
    assert (shown.name, shown.also_known_as) == ("Al Reed", ("Sid Cole",))
    assert (shown.date_of_birth, shown.other_dates_of_birth) == (BORN, (LATER,))


def test_a_verdict_about_other_cases_is_not_kept_with_the_item() -> None:
    said = PersonVerdict(PersonInCase("M26-0003", "child"), PersonInCase("M26-0099", "child"), True, "", "J. Marsh")
    assert item(first(), [second()], [said]).verdicts == ()


def test_a_case_is_held_back_by_the_spelling_that_stands_second_too() -> None:
    born = dt.date(1985, 6, 7)
    spelled = [Perpetrator(name=name, date_of_birth=born) for name in ("Marek Kowalczyk", "Marek Kowalchyk")]
    cases = first(perpetrators=(spelled[0],)), second(perpetrators=(spelled[1],))
    assert len(perpetrators_once(item(cases[0], cases[1:]))) == 1
    agency = dataclasses.replace(HOUSING, representative="Marek Kowalchyk")
    held = withholding(cases, (agency,), (), ())
    assert not held.may_see("housing", ["M26-0003", "M26-0010"])


CHILDREN = st.builds(
    Child,
    st.sampled_from([None, "Zofia Lane", "Sofia Lane", "Jack Lane", "Jack", "Ann Lane", "Anne Lane"]),
    st.sampled_from([None, BORN, LATER]),
)


@given(st.lists(st.lists(CHILDREN, max_size=3), min_size=1, max_size=3))
def test_nobody_is_lost_and_no_child_has_two_dates_of_birth(forms: list[list[Child]]) -> None:
    cases = [case(f"M26-{number:04}", form=referral(children=tuple(form))) for number, form in enumerate(forms, 1)]
    groups = children_once(Hearing(cases[0], tuple(cases[1:])))
    everybody = [child for form in forms for child in form]
    assert sorted(id(child) for group in groups for child in group) == sorted(map(id, everybody))
    assert all(len({child.date_of_birth for child in group} - {None}) <= 1 for group in groups)
