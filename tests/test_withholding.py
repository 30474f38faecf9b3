"""What is held back from whom: by people's words, and by the names of those who must not receive."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

import pytest

from marac.agency import Agency, Contact
from marac.case import Case, Decision, Flag, FlagCode
from marac.fortnight import BarredName, Interest
from marac.meetings.hearing import Hearing
from marac.meetings.must_not_receive import near_names, officers_concerned
from marac.meetings.namesake_recipients import beginnings_of, likeness, may_be_near, may_be_the_same, words_in
from marac.meetings.withholding import Withholding, withholding
from marac.referral import Perpetrator, Referrer, Safety
from tests.invented_cases import HOUSING, IDVA, POLICE, case, joined_pair, referral

DAY = dt.date(2026, 11, 20)
SENIOR = Contact("Mair Beynon", "mair.beynon@council.example")
HOMES = dataclasses.replace(HOUSING, senior=SENIOR)
ONE = "M26-0001"


def word(kind: str, person: str | None = None, *, about: str = ONE, agency: str = "housing") -> Interest:
    return Interest(about, agency, kind, "J. Marsh", DAY, "Her brother works there.", person)  # type: ignore[arg-type]


def held(
    *words: Interest, agency: Agency = HOMES, cases: Sequence[Case] = (), barred: Sequence[BarredName] = ()
) -> Withholding:
    return withholding(cases or [case()], [POLICE, agency, IDVA], words, barred)


def readers(found: Withholding, about: str = ONE) -> set[str]:
    """Who may see a case, of all whom documents go to."""
    everybody = ("", "police", "housing", "housing.senior", "housing.manager", "idva", "marac.northtown")
    return {reader for reader in everybody if found.may_see(reader, [about])}


EVERYBODY = {"", "police", "housing", "housing.manager", "idva", "marac.northtown"}
NOT_HOUSING = EVERYBODY - {"housing", "housing.manager"}


def test_without_a_word_everybody_sees_it_and_the_senior_contact_gets_nothing_twice() -> None:
    assert readers(held()) == EVERYBODY


def test_a_case_held_back_goes_to_the_senior_contact_alone() -> None:
    found = held(word("held"))
    assert readers(found) == NOT_HOUSING | {"housing.senior"}
    assert [each.decided for each in found.held] == [True]


def test_where_no_senior_contact_is_named_nobody_there_gets_it() -> None:
    found = held(word("held"), agency=HOUSING)
    assert readers(found) == NOT_HOUSING
    assert found.to_nobody == found.held


@pytest.mark.parametrize("person", ["Mair Beynon", "Beynon, Mair", "Ms Mair Elin Beynon", "M. Beynon", "Mair Baynon"])
def test_the_senior_contact_who_is_the_person_gets_nothing(person: str) -> None:
    assert readers(held(word("held", person))) == NOT_HOUSING


def test_the_last_word_counts() -> None:
    assert readers(held(word("held"), word("cleared"))) == EVERYBODY
    assert "housing" not in readers(held(word("held"), word("cleared"), word("held")))


def test_a_word_that_clears_one_person_leaves_what_was_said_of_another_and_of_the_agency() -> None:
    assert "housing" in readers(held(word("held", "Tom Reed"), word("cleared", "Reed, Tom")))
    assert "housing" not in readers(held(word("held", "Tom Reed"), word("cleared", "Ann Poole")))
    assert "housing" not in readers(held(word("held"), word("cleared", "Ann Poole")))
    assert "housing" in readers(held(word("held", "Tom Reed"), word("held", "Ann Poole"), word("cleared")))


def test_a_word_about_one_agency_says_nothing_about_another() -> None:
    assert readers(held(word("held", agency="police"))) == EVERYBODY - {"police"}


@pytest.mark.parametrize(
    "name",
    ["Łukasz Żółć", "Lukasz Zolc", "ZOLC Łukasz", "Mr Żółć, Łukasz", "DS Lukasz Zolc", "Łukasz Jan Żółć", "Luke Zolc"],
)
def test_a_representative_with_the_name_of_the_perpetrator_is_held_from_until_a_person_decides(name: str) -> None:
    agency = dataclasses.replace(HOMES, representative=name)
    found = held(agency=agency)
    assert readers(found) == NOT_HOUSING | {"housing.senior"}
    assert [(each.decided, each.person) for each in found.held] == [(False, name)]
    assert readers(held(word("cleared", name), agency=agency)) == EVERYBODY
    assert readers(held(word("cleared"), agency=agency)) == EVERYBODY


def test_everybody_whom_documents_would_reach_is_looked_at() -> None:
    contact = Contact("Łukasz Żółć", "safe@council.example")
    for changed in (
        {"deputy": "Łukasz Żółć"},
        {"manager": contact},
        {"email": "lukasz.zolc@homes.example"},
        {"email": "zolclukasz2@homes.example"},
        {"manager": Contact("R. Mills", "lukasz.zolc@homes.example")},
    ):
        assert readers(held(agency=dataclasses.replace(HOMES, **changed))) == NOT_HOUSING | {"housing.senior"}
    for senior in (contact, Contact("Office", "lukasz.zolc@council.example")):
        assert readers(held(agency=dataclasses.replace(HOMES, senior=senior))) == NOT_HOUSING


def test_the_victim_is_not_sent_her_own_case() -> None:
    agency = dataclasses.replace(HOMES, representative="Sian Gwynfryn Hughes")
    assert "housing" not in readers(held(agency=agency))


def test_somebody_barred_is_held_from_until_the_name_is_lifted() -> None:
    barred = BarredName(1, ONE, "Tomasz Wiśniewski", "J. Marsh", DAY, "His cousin")
    assert "housing" not in readers(held(barred=[barred]))
    assert "housing" in readers(held(barred=[dataclasses.replace(barred, lifted_on=DAY)]))
    assert "housing" in readers(held(barred=[dataclasses.replace(barred, case="M26-0002")]))


def test_whom_the_form_calls_unsafe_to_talk_to_is_held_from_where_it_gives_the_name() -> None:
    def said(text: str) -> list[Case]:
        return [case(form=referral(safety=Safety(unsafe_to_talk_to=text)))]

    assert "housing" not in readers(held(cases=said("Her uncle, Tomasz Wisniewski (at the housing office).")))
    for text in ("Her mother", "Mr Wisniewski next door"):
        assert "housing" in readers(held(cases=said(text)))
    questions = near_names(said("Mr Wisniewski next door"), [HOMES], [], [])
    assert [(each.agency, each.person) for each in questions] == [("housing", "Tomasz Wiśniewski")]


@pytest.mark.parametrize("name", ["L. Zolc", "Lukas Zolc", "Lukasz Zolch", "PC 1234 Zolc"])
def test_a_name_that_is_near_is_a_question_and_holds_nothing_back(name: str) -> None:
    agency = dataclasses.replace(HOMES, representative=name)
    assert readers(held(agency=agency)) == EVERYBODY
    assert [each.person for each in near_names([case()], [agency], [], [])] == [name]
    for answer in (word("held", name), word("cleared", name), word("cleared")):
        assert not near_names([case()], [agency], [answer], [])
    heard = dataclasses.replace(case(), state="heard")
    assert not near_names([heard], [agency], [], [])


def test_a_new_recipient_is_held_against_the_cases_though_another_one_was_cleared() -> None:
    cleared = word("cleared", "Tomasz Wiśniewski")
    assert "housing" not in readers(held(cleared, agency=dataclasses.replace(HOMES, representative="Łukasz Żółć")))


PARTY = Flag("professional is a party", "The referrer has the name of the perpetrator.", needs_decision=True)


def party_case(**changes: object) -> Case:
    form = referral(
        perpetrators=(Perpetrator(name="Helen Farrow"),),
        referrer=Referrer(name="Helen Farrow", agency=HOUSING.name, email="h.farrow@homes.example"),
    )
    return dataclasses.replace(case(form=form), flags=(PARTY,), **changes)  # type: ignore[arg-type]


def test_a_referrer_who_may_be_a_party_holds_the_case_from_that_agency_until_a_person_decides() -> None:
    assert readers(held(cases=[party_case()])) == NOT_HOUSING | {"housing.senior"}
    hear = Decision(ONE, "hear", "Chance: I rang.", "J. Marsh", DAY)
    assert readers(held(cases=[party_case(decisions=(hear,))])) == EVERYBODY
    herself = dataclasses.replace(HOMES, senior=Contact("Helen Farrow", "helen@council.example"))
    assert readers(held(cases=[party_case()], agency=herself)) == NOT_HOUSING


def test_an_officer_in_the_case_who_may_be_a_party_holds_it_from_the_police_and_from_whoever_referred() -> None:
    form = referral(
        perpetrators=(Perpetrator(name="Gareth Lowe"),),
        police=dataclasses.replace(referral().police, officer="PC 1234 Gareth Lowe"),
    )
    police = dataclasses.replace(POLICE, kind="police")
    found = withholding([dataclasses.replace(case(form=form), flags=(PARTY,))], [police, HOMES, IDVA], (), ())
    assert readers(found) == {"", "housing.senior", "idva", "marac.northtown"}


def test_one_held_part_holds_a_joined_item() -> None:
    first, second = joined_pair()
    found = held(word("held", about=second.reference), cases=[first, second])
    assert found.visible([Hearing(first, (second,))], "housing") == ()
    assert found.visible([Hearing(first, (second,))], "housing.senior") == (Hearing(first, (second,)),)


@pytest.mark.parametrize("code", ["repeat", "possible duplicate", "same perpetrator", "role swap", "same victim"])
def test_another_case_of_the_same_people_is_held_back_too_until_a_person_decides(code: FlagCode) -> None:
    again = case("M26-0002", flags=(Flag(code, "The same people.", other_case=ONE),))
    cases = [case(), again, case("M26-0003")]
    found = held(word("held"), cases=cases)
    assert "housing" not in readers(found, "M26-0002")
    assert "housing" in readers(found, "M26-0003")
    assert [each.decided for each in found.held] == [True, False]
    assert "housing" not in readers(held(word("held", about="M26-0002"), cases=cases), ONE)
    assert "housing" in readers(held(word("held"), word("cleared", about="M26-0002"), cases=cases), "M26-0002")
    two_couples = Decision("M26-0002", "not-same-as", "Two couples.", "J. Marsh", DAY, ONE)
    apart = [case(), dataclasses.replace(again, decisions=(two_couples,))]
    assert "housing" in readers(held(word("held"), cases=apart), "M26-0002")


def test_it_is_said_where_the_chair_or_the_coordinator_may_be_a_party() -> None:
    told = officers_concerned([case()], (), "Łukasz Żółć", "Sian Gwynfrin")
    assert [words for _, words in told] == [
        "The chair has the name of the perpetrator.",
        "The coordinator has a name like that of the victim.",
    ]
    assert not officers_concerned([case()], (), "the chair", "the MARAC coordinator")
    assert len(officers_concerned([case()], [word("cleared", agency="chair")], "Łukasz Żółć", "Sian Gwynfrin")) == 1


def test_reasons_and_people_are_in_no_repr() -> None:
    found = held(word("held", "Tom Reed"))
    assert "Reed" not in repr(found)
    assert "brother" not in repr(found)


CALLED = (
    "Łukasz Żółć", "Lukas Zolc", "L. Zolc", "Zolc, L", "Luke", "Robert Smith", "Bob Smith", "Smith Robert", "R Smyth",
    "Catherine O'Connor", "Kathryn O Connor", "Siân Gwynfryn-Hughes", "Sian Hughes", "Mohammed Iqbal", "Muhammad Ikbal",
    "DS Gwen Pritchard", "Sister Anne-Marie Boateng", "Anne Marie Boateng", "Jones", "A", "",
)  # fmt: skip
MAILBOXES = ("marac@x.example", "r.smith@x.example", "bobsmith@x.example", "smithr@x.example", "sian.hughes2@x.example")


@pytest.mark.parametrize("recipient", [*CALLED, *MAILBOXES])
def test_the_quick_look_before_two_names_are_compared_passes_over_nobody(recipient: str) -> None:
    for name in CALLED:
        words = words_in((name,))
        alike = likeness(recipient, (name,))
        assert alike != "same" or may_be_the_same(recipient, words)
        assert alike != "near" or may_be_near(recipient, beginnings_of(words), words)
