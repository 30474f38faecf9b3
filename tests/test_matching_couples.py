"""What two couples have to do with each other: the same, one person shared, roles reversed, or nothing."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.matching.couples import Couple, CoupleLikeness, Relation, likeness
from marac.matching.frequencies import CountedPeople
from marac.matching.of_cases import couple_of
from marac.referral import Child, Perpetrator, Victim
from tests.made_up_couples import OTHER_PERPETRATOR, OTHER_VICTIM, PERPETRATOR, VICTIM, couple

COUPLES = 5_000
REGISTER = CountedPeople()


def of(victim: Victim = VICTIM, perpetrators: Sequence[Perpetrator] = (PERPETRATOR,)) -> Couple:
    return couple_of(couple(victim=victim, perpetrators=perpetrators))


def found(one: Couple, other: Couple) -> CoupleLikeness:
    return likeness(one, other, REGISTER, COUPLES)


def as_victim(perpetrator: Perpetrator) -> Victim:
    return Victim(perpetrator.name, perpetrator.aliases, perpetrator.date_of_birth, postcode=perpetrator.postcode)


def as_perpetrator(victim: Victim) -> Perpetrator:
    return Perpetrator(victim.name, victim.aliases, victim.date_of_birth, postcode=victim.postcode, phone=victim.phone)


def test_a_couple_is_the_same_with_other_spellings_on_both_sides() -> None:
    again = of(
        dataclasses.replace(VICTIM, name="Shabnam Husain", phone=None),
        [dataclasses.replace(PERPETRATOR, name="IQBAL, Zeshan")],
    )
    same = found(again, of())
    assert same.best == "same couple"
    assert same.probability["same couple"] > 0.999
    victim, perpetrator = same.reasons["same couple"]
    assert victim.startswith("victim: same first name, surname is another form of the same name")
    assert perpetrator.startswith("perpetrator: first name spelled differently, same surname")


@pytest.mark.parametrize(
    ("victim", "perpetrators"),
    [
        (VICTIM, [dataclasses.replace(PERPETRATOR, date_of_birth=None, postcode=None)]),
        (VICTIM, [OTHER_PERPETRATOR, PERPETRATOR]),
        (dataclasses.replace(VICTIM, name="Shabnam Malik", postcode=None, phone=None), [PERPETRATOR]),
        (dataclasses.replace(VICTIM, date_of_birth=None, phone=None), [PERPETRATOR]),
        (dataclasses.replace(VICTIM, date_of_birth=dt.date(1985, 11, 13)), [PERPETRATOR]),
        (dataclasses.replace(VICTIM, postcode="ZZ11 1AA", phone=None, address=None), [PERPETRATOR]),
        (VICTIM, [dataclasses.replace(PERPETRATOR, date_of_birth=dt.date(1980, 12, 7))]),
    ],
)
def test_a_couple_is_certainly_the_same_although_something_changed(
    victim: Victim, perpetrators: list[Perpetrator]
) -> None:
    assert found(of(victim, perpetrators), of()).probability["same couple"] >= 0.99


@pytest.mark.parametrize(
    ("victim", "perpetrators"),
    [
        (VICTIM, ()),
        (VICTIM, [Perpetrator(name="not known")]),
        (Victim(name="Shabnam Hussain"), [Perpetrator(name="Zeeshan Iqbal")]),
        (dataclasses.replace(VICTIM, name="Sana Hussain"), [PERPETRATOR]),
        (dataclasses.replace(VICTIM, name="Sana Hussain", date_of_birth=dt.date(1985, 11, 13)), [PERPETRATOR]),
        (VICTIM, [dataclasses.replace(PERPETRATOR, name="Kamran Iqbal")]),
        (
            dataclasses.replace(VICTIM, date_of_birth=dt.date(1961, 4, 4), phone=None),
            [dataclasses.replace(PERPETRATOR, date_of_birth=None)],
        ),
    ],
)
def test_a_person_is_asked_where_it_may_be_somebody_else(victim: Victim, perpetrators: Sequence[Perpetrator]) -> None:
    assert 0.05 < found(of(victim, perpetrators), of()).probability["same couple"] < 0.99


@pytest.mark.parametrize(
    ("one", "relation"),
    [
        (of(VICTIM, [OTHER_PERPETRATOR]), "same victim"),
        (of(OTHER_VICTIM), "same perpetrator"),
        (of(as_victim(PERPETRATOR), [as_perpetrator(VICTIM)]), "roles reversed"),
        (of(as_victim(PERPETRATOR), [OTHER_PERPETRATOR]), "victim was perpetrator"),
        (of(OTHER_VICTIM, [as_perpetrator(VICTIM)]), "perpetrator was victim"),
    ],
)
def test_who_is_known_in_another_case_is_named_by_the_role_now_and_then(one: Couple, relation: Relation) -> None:
    shared = found(one, of())
    assert shared.best == relation
    assert shared.probability[relation] >= 0.98
    assert shared.probability["same couple"] < 0.01


def test_a_brother_who_shares_surname_and_home_is_no_proof_that_both_roles_are_reversed() -> None:
    """His surname and his home say as much of a brother, in whichever roles the two are compared."""
    brother = dataclasses.replace(
        PERPETRATOR, name="Kamran Iqbal", date_of_birth=dt.date(1984, 3, 9), postcode="ZZ99 5DE"
    )
    brothers = dataclasses.replace(PERPETRATOR, postcode="ZZ99 5DE")
    straight = found(of(VICTIM, [brother]), of(VICTIM, [brothers])).probability
    crossed = found(of(as_victim(brother), [as_perpetrator(VICTIM)]), of(VICTIM, [brothers])).probability
    assert straight["same couple"] < 0.9
    assert crossed["roles reversed"] < 0.9


def test_two_strangers_have_nothing_to_do_with_a_couple() -> None:
    nothing = found(of(OTHER_VICTIM, [OTHER_PERPETRATOR]), of())
    assert max(nothing.probability.values()) < 0.001


def test_the_best_pair_of_several_perpetrators_counts() -> None:
    three = [OTHER_PERPETRATOR, dataclasses.replace(OTHER_PERPETRATOR, name="Craig Whitlock"), PERPETRATOR]
    assert found(of(VICTIM, three), of(VICTIM, [PERPETRATOR])).probability["same couple"] >= 0.99
    assert found(of(VICTIM, three[:2]), of(VICTIM, [PERPETRATOR])).best == "same victim"


def test_a_perpetrator_on_one_side_only_is_said() -> None:
    missing = found(of(), of(perpetrators=()))
    assert missing.best == "same couple"
    assert missing.reasons["same couple"][-1] == "perpetrator not stated"
    assert missing.probability["same perpetrator"] == missing.probability["roles reversed"] == 0


def test_what_a_couple_shares_is_counted_once() -> None:
    """A surname and a home that agree for the victim say nothing new where they agree for the perpetrator."""
    home = "ZZ97 4QQ"
    victim = Victim(name="Ellen Garforth", postcode=home)
    together = Perpetrator(name="Paul Garforth", postcode=home)
    apart = Perpetrator(name="Paul Lindhurst", postcode="ZZ93 4QQ")
    brother = [
        dataclasses.replace(person, name=(person.name or "").replace("Paul", "Ian")) for person in (together, apart)
    ]
    shared = found(of(victim, [together]), of(victim, [brother[0]]))
    own = found(of(victim, [apart]), of(victim, [brother[1]]))
    assert shared.probability["same couple"] < own.probability["same couple"]


def test_the_same_evidence_says_less_in_a_larger_register() -> None:
    namesake = of(
        dataclasses.replace(VICTIM, postcode=None, phone=None, address=None, date_of_birth=None),
        [dataclasses.replace(PERPETRATOR, postcode=None, date_of_birth=dt.date(1981, 3, 4))],
    )
    small, large = (likeness(namesake, of(), REGISTER, size).probability["same couple"] for size in (500, 1_000_000))
    assert small > large


def test_a_case_is_a_couple_of_those_who_are_named() -> None:
    case = couple(
        perpetrators=[Perpetrator(name="unknown male"), PERPETRATOR],
        children=(Child(name="Aisha Iqbal", date_of_birth=dt.date(2015, 5, 6)), Child(name="not known")),
    )
    made = couple_of(case)
    assert len(made.perpetrators) == len(made.children) == 1
    assert made.victim.born == ("19851123",)
    assert repr(made).startswith("<marac.matching.couples.Couple object")


words = st.sampled_from(["Mohammed", "Md", "Ali", "Khan", "Sean", "Smith-Jones", "Smith", "Unknown", "n\u00e9e", "J"])
written = st.none() | st.lists(words, max_size=3).map(" ".join)
born = st.none() | st.sampled_from([dt.date(1985, 11, 23), dt.date(1985, 1, 1), dt.date(1960, 2, 3)])
codes = st.none() | st.sampled_from(["ZZ99 1AA", "ZZ98 2BB"])
victims = st.builds(Victim, name=written, date_of_birth=born, postcode=codes)
perpetrators = st.lists(st.builds(Perpetrator, name=written, date_of_birth=born, postcode=codes), max_size=3)
couples = st.builds(of, victims, perpetrators)


@given(couples, couples)
def test_couples_are_as_alike_whichever_comes_first(one: Couple, other: Couple) -> None:
    there, back = found(one, other).probability, found(other, one).probability
    turned: dict[Relation, Relation] = {
        "victim was perpetrator": "perpetrator was victim",
        "perpetrator was victim": "victim was perpetrator",
    }
    for relation, probability in there.items():
        assert probability == pytest.approx(back[turned.get(relation, relation)], abs=1e-6)


@given(couples, couples)
def test_probabilities_are_shares_of_one_whole(one: Couple, other: Couple) -> None:
    probability = found(one, other).probability
    assert all(0 <= each <= 1 for each in probability.values())
    assert sum(probability.values()) <= 1 + 1e-9


@given(couples, couples)
def test_no_reason_names_anybody(one: Couple, other: Couple) -> None:
    said = " ".join(reason for reasons in found(one, other).reasons.values() for reason in reasons).casefold()
    assert not any(secret in said for secret in ("khan", "moham", "smith", "zz9", "1985", "sean"))
