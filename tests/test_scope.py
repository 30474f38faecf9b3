"""Which MARAC hears a case and whether it may: residence, relationship, self-referral, and professionals who are a party."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.case import Case
from marac.referral import Criteria, Perpetrator, Police, Referrer, Victim
from marac.settings.area_rules import Area
from marac.triage.professionals import party_flags
from marac.triage.rules import AreaRules
from marac.triage.scope import lives_within, scope_flags
from tests.made_up_couples import PERPETRATOR, VICTIM, couple

RULES = AreaRules()


def codes(case: Case, rules: AreaRules = RULES) -> list[str]:
    return [flag.code for flag in scope_flags(case, rules)]


@pytest.mark.parametrize(
    ("postcode", "districts", "within"),
    [
        ("L32 1AB", ["L32", "L33"], True),
        ("l321ab", ["L32"], True),
        ("L3 2AB", ["L32"], False),
        ("L34 1AB", ["L32", "L33"], False),
        ("CB24 6AB", ["CB", "PE"], True),
        ("C1 1AA", ["CB"], False),
        ("W1A 1AA", ["W1"], True),
        ("W12 8AA", ["W1"], False),
        ("KT1 2AB", ["KT1 2"], True),
        ("KT1 3AB", ["KT1 2"], False),
        ("KT1", ["KT1"], None),
        ("no fixed abode", ["KT1"], None),
    ],
)
def test_a_postcode_is_held_against_districts_areas_and_sectors(
    postcode: str, districts: list[str], within: bool | None
) -> None:
    assert Area(postcodes=tuple(districts)).postcodes == tuple(districts)
    assert lives_within(postcode, districts) is within


@given(st.text(max_size=12))
def test_no_text_in_a_postcode_field_stops_the_rules(text: str) -> None:
    assert lives_within(text, ["L32"]) in {True, False, None}


def living_at(postcode: str | None, **criteria: object) -> Case:
    return couple(victim=dataclasses.replace(VICTIM, postcode=postcode), criteria=Criteria(**criteria))  # type: ignore[arg-type]


def test_who_lives_elsewhere_is_for_a_person_who_is_told_of_transfers() -> None:
    rules = AreaRules(postcodes=("ZZ98",))
    [flag] = scope_flags(living_at("ZZ99 6TB"), rules)
    assert (flag.code, flag.needs_decision) == ("outside the area", True)
    assert flag.reason.endswith("Or is she transferred in?")
    assert "ZZ99" not in flag.reason
    [moved] = scope_flags(living_at("ZZ99 6TB", other_marac="Holmebridge"), rules)
    assert "it may be a transfer" in moved.reason


@pytest.mark.parametrize(
    ("postcode", "districts"), [(None, ("ZZ98",)), ("not known", ("ZZ98",)), ("ZZ98 1AA", ("ZZ98",)), ("ZZ99 1AA", ())]
)
def test_without_a_postcode_or_without_districts_nobody_is_asked(
    postcode: str | None, districts: tuple[str, ...]
) -> None:
    assert codes(living_at(postcode), AreaRules(postcodes=districts)) == []


def related(*relationships: str | None, reason: str = "He waits outside her work.") -> Case:
    people = [Perpetrator(name=f"Person {number}", relationship=each) for number, each in enumerate(relationships)]
    return couple(perpetrators=people, reason=reason)


@pytest.mark.parametrize(
    "relationship",
    ["Ex-partner", "Ex partner (separated 3 months)", "Estranged husband", "Spouse", "Boyfriend", "Girlfriend", "ex", "Son",
     "adult sons", "Father", "Brother of above", "step-son", "Mother-in-law", "Fiancé", "Grandson", "Former partner", "Partner",
     "Father of her children", "Ex-husband's brother", "Known to her", None],
)  # fmt: skip
def test_partners_and_family_and_words_that_say_nothing_are_in_scope(relationship: str | None) -> None:
    assert codes(related(relationship)) == []


@pytest.mark.parametrize(
    "relationship",
    ["Flatmate", "flat mate", "Neighbour", "Friend", "a friend of her husband", "Work colleague", "Lodger", "Landlord",
     "Former neighbour", "Business partner", "Husband's friend"],
)  # fmt: skip
def test_flatmates_neighbours_friends_and_colleagues_are_outside_the_scope_and_a_person_decides(
    relationship: str,
) -> None:
    [flag] = scope_flags(related(relationship), RULES)
    assert (flag.code, flag.needs_decision) == ("outside scope", True)


def test_one_perpetrator_in_scope_is_enough() -> None:
    assert codes(related("Husband", "Friend of perpetrator 1")) == []


def test_honour_based_abuse_widens_the_family() -> None:
    [flag] = scope_flags(related("Uncle"), RULES)
    assert "Wider family counts where the abuse is honour-based" in flag.reason
    assert codes(related("Uncle", reason="He says that she has brought shame on them.")) == []
    assert codes(related("Neighbour", reason="He says that she has brought shame on them.")) == ["outside scope"]


def test_the_relationships_are_a_setting() -> None:
    wider = AreaRules(relationships=(*AreaRules().relationships, "flatmate"))
    assert codes(related("Flatmate"), wider) == []


@pytest.mark.parametrize(
    ("referrer", "fires"),
    [
        (Referrer(name="Shabnam Hussain"), True),
        (Referrer(name="S. Holroyd", agency="Self-referral"), True),
        (Referrer(name="Shabnam", role="Self"), True),
        (Referrer(agency="Victim"), True),
        (Referrer(name="Sally Holroyd", agency="Victim Support"), False),
        (Referrer(name="Sally Holroyd", role="Client support worker", agency="Self Help Housing"), False),
        (Referrer(name="Sally Hussain"), False),
        (Referrer(), False),
    ],
)
def test_a_victim_who_refers_herself_is_for_a_person(referrer: Referrer, fires: bool) -> None:
    assert codes(couple(referrer=referrer, agency=None)) == (["self-referral"] if fires else [])


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"referrer": Referrer(name="Zeeshan Iqbal", agency="Housing")}, "The referrer has the name of the perpetrator"),
        ({"referrer": Referrer(name="PC Iqbal, Zeeshan", agency="Police")}, "The referrer has the name"),
        ({"referrer": Referrer(name="Zeshan Iqball", agency="Police")}, "The referrer has the name"),
        ({"referrer": Referrer(name="Z", email="zeeshan.iqbal@homes.example")}, "writes from an address with the name"),
        ({"police": Police(officer="PC 2214 Zeeshan Iqbal")}, "The officer in the case has the name"),
        ({"victim": dataclasses.replace(VICTIM, gp="Dr Zeeshan Iqbal, The Limes Surgery")}, "The victim's GP has the name"),
        ({"referrer": Referrer(name="Shabnam Hussain", agency="Health")}, "The referrer has the name of the victim"),
    ],
)  # fmt: skip
def test_a_professional_with_the_name_of_a_party_stops_everything_until_a_person_knows(
    form: dict[str, object], words: str
) -> None:
    [flag] = party_flags(couple(**form))  # type: ignore[arg-type]
    assert words in flag.reason
    assert flag.needs_decision
    assert "Iqbal" not in flag.reason
    assert "Hussain" not in flag.reason


@pytest.mark.parametrize(
    "form",
    [
        {"referrer": Referrer(name="Sana Iqbal", agency="Housing", email="s.iqbal@homes.example")},
        {"police": Police(officer="DC Iqbal")},
        {"victim": dataclasses.replace(VICTIM, gp="The Iqbal Practice, 2 Station Road")},
        {"perpetrators": [Perpetrator(name="Unknown")], "referrer": Referrer(name="Unknown", agency="Police")},
        {"perpetrators": [dataclasses.replace(PERPETRATOR, name="Zeeshan")], "referrer": Referrer(name="Zeeshan Khan")},
        {"victim": Victim(name=None), "referrer": Referrer(name="Sally Holroyd")},
    ],
)
def test_a_shared_surname_or_no_name_is_no_party(form: dict[str, object]) -> None:
    assert party_flags(couple(**form)) == ()  # type: ignore[arg-type]
