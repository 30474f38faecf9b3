"""Whether two couples are the same, end to end: names as agencies really write them, twins, fathers and sons."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marac.case import Case
from marac.matching.couples import likeness
from marac.matching.frequencies import CountedPeople
from marac.referral import Perpetrator, Victim
from marac.triage.couples import couple_in, couples_singly
from marac.triage.history import Degree, earlier_cases, likely_same_couple
from marac.triage.rules import MatchingRules
from tests.made_up_couples import OTHER_PERPETRATOR, OTHER_VICTIM, PERPETRATOR, VICTIM, couple

RULES = MatchingRules()
BORN = dt.date(1985, 11, 23)
SWAPPED = dt.date(1985, 3, 12), dt.date(1985, 12, 3)


def degree(one: Case, other: Case) -> Degree | None:
    """How far the two go towards one couple, whichever came first."""
    [before] = earlier_cases(dataclasses.replace(one, received=other.received + dt.timedelta(1)), [other], RULES)
    [after] = earlier_cases(dataclasses.replace(other, received=one.received + dt.timedelta(1)), [one], RULES)
    assert before.degree("same couple") == after.degree("same couple")
    return before.degree("same couple")


def named(reference: str, victim: str, postcode: str | None = None, phone: str | None = None) -> Case:
    """A case of `PERPETRATOR` and a victim who is known by little."""
    return couple(reference, victim=Victim(name=victim, date_of_birth=BORN, postcode=postcode, phone=phone))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammed Khan", "Md Khan"),
        ("Mohammed Ali Khan", "Ali Khan"),
        ("Abdulrahman Miah", "Abdul Rahman Mia"),
        ("Fatima al-Hassan", "Fatimah Hassan"),
        ("Nasreen Akhtar", "Nasrin Akhter"),
        ("Farooq Chaudhry", "Faruk Choudhury"),
        ("Harpreet Kaur Gill", "Harpreet Kaur"),
        ("Sean O'Connor", "SEAN O CONNOR"),
        ("Siobhan Byrne", "Shivaun Burns"),
        ("Padraig Mac Donald", "Patrick McDonald"),
        ("Si\u00e2n Llewellyn", "Sian Llewelyn"),
        ("Catherine Reid", "Kate Read"),
        ("\u0141ukasz Wi\u015bniewski", "Lukasz Wisniewsky"),
        ("Ma\u0142gorzata Nowak", "Gosia Novak"),
        ("Oluwaseun Adeyemi", "Seun Adeyemi"),
        ("Nguy\u1ec5n Thi Mai", "Mai Nguyen Thi"),
        ("Jo\u00e3o da Silva", "Joao Dasilva"),
        ("Sarah Smith-Jones", "Sarah Jones"),
        ("JONES, Sarah", "Mrs Sarah Jones"),
        ("Sarah Jones (n\u00e9e Patel)", "Sarah Patel"),
        ("Sarah Jones aka Shaz Jones", "Shaz Jones"),
        ("Sarah Jones", "Sarah Nowak"),
    ],
)
def test_a_victim_in_another_spelling_with_the_same_perpetrator_is_one_couple(one: str, other: str) -> None:
    assert degree(named("M26-0010", one), named("M26-0011", other)) == "certain"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Molly Price", "Milly Price"),
        ("Harry Webb", "Barry Webb"),
        ("Amir Sheikh", "Amira Sheikh"),
        ("Simon Grant", "Simone Grant"),
        ("Mohammed Ali Khan", "Mohammed Imran Khan"),
        ("Abdul Karim Miah", "Abdul Rahim Miah"),
        ("Jean Baker", "Joan Baker"),
        ("Rajinder Singh", "Balwinder Singh"),
        ("Kehinde Balogun", "Taiwo Balogun"),
    ],
)
def test_twins_with_one_address_and_one_perpetrator_are_for_a_person_to_tell_apart(one: str, other: str) -> None:
    first, second = (named(f"M26-001{i}", name, "ZZ99 1AA", "01632960123") for i, name in enumerate((one, other)))
    assert degree(first, second) == "possible"
    [before] = earlier_cases(dataclasses.replace(second, received=dt.date(2026, 9, 9)), [first], RULES)
    assert "they may be" in before.in_words


def test_a_father_and_a_son_of_one_name_at_one_address_are_for_a_person_to_tell_apart() -> None:
    son = dataclasses.replace(PERPETRATOR, date_of_birth=dt.date(2003, 2, 2))
    [before] = earlier_cases(
        couple(received=dt.date(2026, 9, 9), victim=OTHER_VICTIM, perpetrators=[son]), [couple("M26-0001")], RULES
    )
    assert before.tied(("perpetrator", "perpetrator")) in {None, "possible"}


@pytest.mark.parametrize(
    ("victim", "perpetrators", "expected"),
    [
        (VICTIM, [dataclasses.replace(PERPETRATOR, date_of_birth=None, postcode=None)], "certain"),
        (VICTIM, [OTHER_PERPETRATOR, PERPETRATOR], "certain"),
        (dataclasses.replace(VICTIM, name="Shabnam Malik", postcode=None, phone=None), [PERPETRATOR], "certain"),
        (dataclasses.replace(VICTIM, date_of_birth=None, phone=None), [PERPETRATOR], "certain"),
        (VICTIM, [Perpetrator(name="Zee")], "possible"),
        (VICTIM, [], "possible"),
        (VICTIM, [Perpetrator(name="not known")], "possible"),
        (VICTIM, [OTHER_PERPETRATOR], None),
        (OTHER_VICTIM, [PERPETRATOR], None),
        (OTHER_VICTIM, [], None),
        (Victim(), [], None),
    ],
)
def test_the_other_half_of_the_couple_weighs_in(
    victim: Victim, perpetrators: list[Perpetrator], expected: Degree | None
) -> None:
    assert degree(couple("M26-0010"), couple("M26-0011", victim=victim, perpetrators=perpetrators)) == expected


def test_a_date_of_birth_with_day_and_month_swapped_is_no_other_victim() -> None:
    one, other = (
        couple(f"M26-001{i}", victim=dataclasses.replace(VICTIM, date_of_birth=born)) for i, born in enumerate(SWAPPED)
    )
    assert degree(one, other) == "certain"


def test_a_perpetrator_on_one_form_only_is_said() -> None:
    [before] = earlier_cases(couple(received=dt.date(2026, 9, 9)), [couple("M26-0001", perpetrators=())], RULES)
    assert before.reasons("same couple")[-1] == "perpetrator not stated"


def test_reasons_hold_no_name_no_address_and_no_number() -> None:
    again = dataclasses.replace(VICTIM, name="Shabana Husain", postcode="ZZ98 2XX", phone="07700900097")
    [before] = earlier_cases(couple(received=dt.date(2026, 9, 9)), [couple("M26-0001", victim=again)], RULES)
    said = before.in_words.casefold()
    assert "address differs" in said
    for secret in ("shab", "husain", "hussain", "zeeshan", "zz9", "07700", "1985", "23"):
        assert secret not in said


names = st.sampled_from(
    ["Mohammed", "Md", "Ali", "Khan", "Kahn", "Sean", "Shaun", "O'Connor", "Anne-Marie", "de", "Silva", "\u0141ukasz",
     "Nowak", "J", "Smith-Jones", "al-Hassan", "Mrs", "Unknown", "n\u00e9e", "-", ","]
)  # fmt: skip
written = st.lists(names, max_size=4).map(" ".join) | st.text("ab\u00e9\u0141 '-,.;|/=\u0645", max_size=12)
births = st.none() | st.sampled_from([BORN, *SWAPPED]) | st.dates()
victims = st.builds(
    Victim, name=st.none() | written, date_of_birth=births, postcode=st.sampled_from([None, "ZZ99 1AA"])
)
accused = st.lists(st.builds(Perpetrator, name=st.none() | written, date_of_birth=births), max_size=3)


@given(victims, accused, victims, accused)
@settings(max_examples=60)
def test_what_is_weighed_does_not_depend_on_which_form_came_first(
    one: Victim, ones: list[Perpetrator], other: Victim, others: list[Perpetrator]
) -> None:
    a, b = couple(victim=one, perpetrators=ones), couple("M26-0011", victim=other, perpetrators=others)
    there, back = (
        likeness(couple_in(first), couple_in(second), CountedPeople(), 300) for first, second in ((a, b), (b, a))
    )
    assert there.victim.bits == pytest.approx(back.victim.bits)
    assert there.perpetrator.bits == pytest.approx(back.perpetrator.bits)
    assert 0 <= sum(there.probability.values()) <= 1 + 1e-9
    assert 0 <= likely_same_couple(a, b) <= 1


def test_perpetrators_keep_their_places_also_where_one_is_not_named() -> None:
    case = couple(perpetrators=[Perpetrator(name="not known"), PERPETRATOR])
    unnamed, zeeshan = couples_singly(case)
    assert (len(unnamed.perpetrators), len(zeeshan.perpetrators)) == (0, 1)
    assert len(couples_singly(couple(perpetrators=()))) == 1
