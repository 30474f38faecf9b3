"""People, children and homes of a new referral that stand in other cases, and what people said about them."""

import dataclasses
import datetime as dt

import pytest

from marac.case import LINKS, Case, Decision, Flag, PersonInCase, PersonRole, PersonVerdict
from marac.referral import Child, Perpetrator, Victim
from marac.triage import flags
from marac.triage.rules import Rules
from tests.made_up_couples import OTHER_PERPETRATOR, OTHER_VICTIM, PERPETRATOR, VICTIM, couple, decision

RECEIVED = dt.date(2026, 9, 1)
CHILD = Child(name="Adam Iqbal", date_of_birth=dt.date(2017, 4, 9))
MOTHER = Victim(name="Joanne Pym", date_of_birth=dt.date(1988, 6, 6), postcode="ZZ98 7AA", safe_to_call=True)
STRANGER = Perpetrator(name="Liam Frost", date_of_birth=dt.date(1984, 8, 8), postcode="ZZ98 7AB")


def links(case: Case, *register: Case, verdicts: tuple[PersonVerdict, ...] = ()) -> list[Flag]:
    found = flags(case, register, Rules(), verdicts=verdicts)
    return [flag for flag in found if flag.code in LINKS or "duplicate" in flag.code or "repeat" in flag.code]


def codes(case: Case, *register: Case, verdicts: tuple[PersonVerdict, ...] = ()) -> list[str]:
    return [flag.code for flag in links(case, *register, verdicts=verdicts)]


def said(role: PersonRole, other_role: PersonRole, *, same: bool, places: tuple[int, int] = (0, 0)) -> PersonVerdict:
    one, other = PersonInCase("M26-0010", role, places[0]), PersonInCase("M26-0001", other_role, places[1])
    return PersonVerdict(one, other, same, "I asked the police.", "Priya Raman", dt.date(2026, 9, 2))


MOVED = dataclasses.replace(VICTIM, address=None)
SAME_PERPETRATOR = couple("M26-0001", victim=OTHER_VICTIM)


def test_two_people_whom_somebody_took_apart_are_never_linked_again() -> None:
    apart = said("perpetrator", "perpetrator", same=False)
    assert codes(couple(), SAME_PERPETRATOR) == ["same perpetrator"]
    assert codes(couple(), SAME_PERPETRATOR, verdicts=(apart,)) == []


def test_it_does_not_matter_from_which_case_it_was_said() -> None:
    apart = said("perpetrator", "perpetrator", same=False)
    turned = dataclasses.replace(apart, one=apart.other, other=apart.one)
    assert codes(couple(), SAME_PERPETRATOR, verdicts=(turned,)) == []


def test_what_was_said_survives_a_form_that_is_read_anew() -> None:
    apart = said("perpetrator", "perpetrator", same=False)
    fuller = dataclasses.replace(PERPETRATOR, phone="07700900444", aliases=("Zee",))
    again = couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[fuller])
    assert codes(couple(perpetrators=[fuller]), again, verdicts=(apart,)) == []


def test_taking_the_perpetrators_apart_leaves_the_victim_they_share() -> None:
    [flag] = links(couple(), couple("M26-0001"), verdicts=(said("perpetrator", "perpetrator", same=False),))
    assert flag.code == "same victim"
    assert flag.reason.startswith(
        "The same victim is in M26-0001 with another perpetrator (Priya Raman said that the two perpetrators are two people"
    )


def test_taking_the_victims_apart_leaves_the_perpetrator_they_share() -> None:
    [flag] = links(couple(), couple("M26-0001"), verdicts=(said("victim", "victim", same=False),))
    assert flag.code == "same perpetrator"
    assert not flag.reason.startswith("Perhaps")


def test_taking_both_apart_leaves_no_more_than_the_home_they_share() -> None:
    both = (said("victim", "victim", same=False), said("perpetrator", "perpetrator", same=False))
    assert codes(couple(), couple("M26-0001"), verdicts=both) == ["same address"]
    moved = couple("M26-0001", victim=dataclasses.replace(VICTIM, address="7 Mill Lane"))
    assert codes(couple(), moved, verdicts=both) == []


def test_two_people_who_look_nothing_alike_are_one_when_somebody_knows_it() -> None:
    earlier = couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[OTHER_PERPETRATOR])
    [flag] = links(couple(), earlier, verdicts=(said("perpetrator", "perpetrator", same=True),))
    assert flag.code == "same perpetrator"
    assert flag.reason.startswith(
        "The same perpetrator is in M26-0001 with another victim (Priya Raman said that the two perp"
    )
    [swap] = links(couple(), earlier, verdicts=(said("perpetrator", "victim", same=True),))
    assert swap.reason.startswith("The perpetrator is named as the victim in M26-0001")


def test_both_people_said_to_be_the_same_make_the_couple_the_same() -> None:
    earlier = couple("M26-0001", dt.date(2026, 8, 20), victim=OTHER_VICTIM, perpetrators=[OTHER_PERPETRATOR])
    both = (said("victim", "victim", same=True), said("perpetrator", "perpetrator", same=True))
    assert codes(couple(received=RECEIVED), earlier, verdicts=both) == ["duplicate"]


def test_a_possible_person_becomes_certain_by_somebodys_word() -> None:
    undated = Perpetrator(name="Zeeshan Iqbal", postcode=PERPETRATOR.postcode)
    earlier = couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[undated])
    [possible] = links(couple(), earlier)
    assert possible.reason.startswith("Perhaps the same perpetrator is in M26-0001")
    assert "`marac case person`" in possible.reason
    [certain] = links(couple(), earlier, verdicts=(said("perpetrator", "perpetrator", same=True),))
    assert certain.reason.startswith("The same perpetrator is in M26-0001")


def test_the_opposite_takes_a_word_back() -> None:
    apart, together = (said("perpetrator", "perpetrator", same=same) for same in (False, True))
    assert codes(couple(), SAME_PERPETRATOR, verdicts=(apart, together)) == ["same perpetrator"]
    assert codes(couple(), SAME_PERPETRATOR, verdicts=(together, apart)) == []


def test_the_latest_word_about_a_victim_counts_for_all_cases_joined_together() -> None:
    first = couple("M26-0001", dt.date(2026, 5, 1), victim=MOVED, perpetrators=[OTHER_PERPETRATOR])
    joined = dataclasses.replace(first, reference="M26-0002", state="joined", joined_to="M26-0001")
    apart = said("victim", "victim", same=False)
    together = dataclasses.replace(apart, other=PersonInCase("M26-0002", "victim"), same=True)
    assert codes(couple(), first, joined, verdicts=(apart, together)) == ["same victim"]
    assert codes(couple(), first, joined, verdicts=(together, apart)) == []


def test_two_words_that_cannot_both_hold_are_both_said() -> None:
    earlier = couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[OTHER_PERPETRATOR])
    both = (said("victim", "victim", same=True), said("victim", "perpetrator", same=True))
    assert sorted(codes(couple(), earlier, verdicts=both)) == ["role swap", "same victim"]


def test_a_word_about_one_perpetrator_says_nothing_about_another() -> None:
    case = couple(perpetrators=[STRANGER, PERPETRATOR])
    about_the_stranger = said("perpetrator", "perpetrator", same=False, places=(0, 0))
    assert codes(case, SAME_PERPETRATOR, verdicts=(about_the_stranger,)) == ["same perpetrator"]
    about_the_second = said("perpetrator", "perpetrator", same=False, places=(1, 0))
    assert codes(case, SAME_PERPETRATOR, verdicts=(about_the_second,)) == []


def test_what_was_said_of_the_victim_of_one_form_holds_for_the_cases_joined_to_it() -> None:
    first = couple("M26-0001", dt.date(2026, 5, 1), victim=MOVED, perpetrators=[OTHER_PERPETRATOR])
    joined = dataclasses.replace(first, reference="M26-0002", state="joined", joined_to="M26-0001")
    assert codes(couple(), first, joined) == ["same victim"]
    assert codes(couple(), first, joined, verdicts=(said("victim", "victim", same=False),)) == []


def test_a_couple_taken_apart_keeps_the_link_that_somebody_said() -> None:
    case = couple(received=RECEIVED, decisions=[decision("M26-0010", "not-same-as", "M26-0001")])
    earlier = couple("M26-0001", dt.date(2026, 8, 28))
    assert codes(case, earlier) == []
    assert codes(case, earlier, verdicts=(said("victim", "victim", same=True),)) == ["same victim"]


def test_a_full_name_and_date_of_birth_in_the_other_role_are_for_a_person_to_compare() -> None:
    accused = Perpetrator(name=VICTIM.name, date_of_birth=VICTIM.date_of_birth)
    [flag] = links(couple(), couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[accused]))
    assert flag.code == "role swap"
    assert "he victim is named as a perpetrator in M26-0001" in flag.reason
    assert "tell no referrer" in flag.reason
    assert not flag.needs_decision


def test_how_many_victims_a_perpetrator_has_is_said() -> None:
    first, second = couple("M25-0001", dt.date(2025, 3, 1), victim=OTHER_VICTIM), couple("M26-0002", victim=MOTHER)
    again = couple("M26-0003", victim=dataclasses.replace(OTHER_VICTIM, name="Kasia Nowak"))
    found = links(couple(), first, second, again)
    assert {flag.code for flag in found} == {"same perpetrator"}
    assert all("That makes 3 victims in the register" in flag.reason for flag in found)


def test_a_child_in_common_links_two_cases() -> None:
    earlier = couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[STRANGER], children=(CHILD,))
    named_otherwise = Child(name="Adam Hussain", date_of_birth=CHILD.date_of_birth)
    [flag] = links(couple(children=(named_otherwise,)), earlier)
    assert flag.code == "same children"
    assert flag.reason == (
        "A child is named in M26-0001 too (first name and date of birth). For the coordinator and the chair only."
    )
    apart = said("child", "child", same=False)
    assert codes(couple(children=(named_otherwise,)), earlier, verdicts=(apart,)) == []


@pytest.mark.parametrize(
    "other",
    [
        Child(name="Adam Iqbal", date_of_birth=dt.date(2017, 4, 10)),
        Child(name="Adam Iqbal"),
        Child(name="Sara Iqbal", date_of_birth=CHILD.date_of_birth),
        Child(date_of_birth=CHILD.date_of_birth),
    ],
)
def test_children_are_the_same_only_by_first_name_and_date_of_birth(other: Child) -> None:
    earlier = couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[STRANGER], children=(other,))
    case = couple(children=(CHILD,))
    assert codes(case, earlier) == []
    assert codes(case, earlier, verdicts=(said("child", "child", same=True),)) == ["same children"]


def test_a_child_is_counted_as_a_reason_where_the_victim_is_the_same() -> None:
    earlier = couple("M26-0001", perpetrators=[STRANGER], children=(CHILD,))
    [flag] = links(couple(children=(CHILD,)), earlier)
    assert flag.code == "same victim"
    assert "a child in common" in flag.reason


HOME = "201c Farm Hill Road"


def neighbour(reference: str, number: str = HOME, postcode: str | None = VICTIM.postcode) -> Case:
    victim = Victim(name="Joanne Pym", date_of_birth=dt.date(1988, 6, 6), address=number, postcode=postcode)
    return couple(reference, victim=victim, perpetrators=[STRANGER])


def test_another_couple_at_the_same_address_is_said_without_the_address() -> None:
    [flag] = links(couple(), neighbour("M26-0001"))
    assert (flag.code, flag.other_case) == ("same address", "M26-0001")
    assert flag.reason == (
        "Somebody in M26-0001 has the same address, and the people are others (house number and postcode agree). For the "
        "coordinator and the chair only."
    )


@pytest.mark.parametrize(
    "elsewhere",
    [
        neighbour("M26-0001", "7 Farm Hill Road"),
        neighbour("M26-0001", HOME, "ZZ98 1AA"),
        neighbour("M26-0001", HOME, None),
    ],
)
def test_a_street_or_a_postcode_alone_is_no_home_in_common(elsewhere: Case) -> None:
    assert codes(couple(), elsewhere) == []


def test_a_house_that_many_cases_share_is_said_once() -> None:
    names = ["Joanne Pym", "Ada Birch", "Wanda Kos", "Mei Tan", "Ruth Orme"]
    register = [
        couple(
            f"M26-000{number}",
            victim=Victim(
                name=name, date_of_birth=dt.date(1970 + number * 3, number, 7), address=HOME, postcode="ZZ99 6TB"
            ),
            perpetrators=(),
        )
        for number, name in enumerate(names, start=1)
    ]
    [flag] = links(couple(), *register)
    assert flag.code == "same address"
    assert flag.reason.startswith(
        "5 earlier cases of other people have the same address, at last M26-0003, M26-0004 and"
    )
    assert "refuge" in flag.reason


def test_no_home_is_spoken_of_where_a_person_is_the_link() -> None:
    earlier = couple("M26-0001", perpetrators=[STRANGER])
    assert codes(couple(), earlier) == ["same victim"]


def test_links_to_a_draft_and_to_another_marac_say_what_they_are() -> None:
    [draft] = links(couple(), couple("M26-0001", state="draft", victim=OTHER_VICTIM))
    assert "is in M26-0001 (a draft) with another victim" in draft.reason
    elsewhere = dataclasses.replace(SAME_PERPETRATOR, marac="croydon")
    [link] = links(couple(), elsewhere)
    assert "is in M26-0001 (of the MARAC croydon) with another victim" in link.reason


def test_every_link_is_for_the_coordinator_and_the_chair_only() -> None:
    register = [
        couple("M26-0001", victim=OTHER_VICTIM),
        neighbour("M26-0002"),
        couple("M26-0003", victim=MOTHER, perpetrators=[STRANGER], children=(CHILD,)),
        dataclasses.replace(couple("M26-0004", dt.date(2026, 3, 3)), marac="croydon"),
    ]
    found = [flag for flag in links(couple(children=(CHILD,)), *register) if flag.code in LINKS]
    assert {flag.code for flag in found} == {"same perpetrator", "same address", "same children", "transferred in"}
    assert all(flag.reason.endswith("For the coordinator and the chair only.") for flag in found)


def test_no_link_prints_a_name_or_an_address() -> None:
    register = [SAME_PERPETRATOR, neighbour("M26-0002"), couple("M26-0003", victim=MOTHER, children=(CHILD,))]
    words = " ".join(flag.reason + flag.evidence for flag in links(couple(children=(CHILD,)), *register))
    for secret in ("Iqbal", "Hussain", "Pym", "Farm Hill", "ZZ9", "07700", "Adam", "201"):
        assert secret not in words


def test_a_verdict_about_other_cases_changes_nothing() -> None:
    other = PersonVerdict(
        PersonInCase("M26-0500", "perpetrator"), PersonInCase("M26-0501", "victim"), same=False, reason="x", by="y"
    )
    assert links(couple(), SAME_PERPETRATOR, verdicts=(other,)) == links(couple(), SAME_PERPETRATOR)


def test_the_same_arguments_give_the_same_flags() -> None:
    register = [SAME_PERPETRATOR, neighbour("M26-0002")]
    verdicts = (said("perpetrator", "perpetrator", same=True),)
    first = flags(couple(), register, Rules(), verdicts=verdicts)
    assert first == flags(couple(), register[::-1], Rules(), verdicts=verdicts)


def test_a_decision_is_no_word_about_the_couple_of_a_third_case() -> None:
    case = couple(received=RECEIVED, decisions=[Decision("M26-0010", "not-same-as", "x", "y", other_case="M26-0009")])
    assert codes(case, couple("M26-0001", dt.date(2026, 8, 28))) == ["duplicate"]
