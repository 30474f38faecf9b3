"""What two couples of a list have to do with each other by way of a third, and that each pair is said once."""

import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from marac.matching.chains import SURE, through_a_third
from marac.matching.couples import Couple, CoupleLikeness, likeness
from marac.matching.frequencies import CountedPeople
from marac.matching.lists import Listed, couple_matches
from marac.matching.of_cases import couple_of
from marac.referral import Perpetrator, Victim
from tests.made_up_couples import couple

REGISTER = CountedPeople()
NAMES = st.sampled_from(["Shabnam Hussain", "Shabnam Husain", "Sana Malik", "Zeeshan Iqbal", "Iqbal Zeshan", "Shabnam"])
BORN = st.none() | st.sampled_from([dt.date(1985, 11, 23), dt.date(1985, 2, 11), dt.date(1961, 4, 4)])
POSTCODES = st.none() | st.sampled_from(["ZZ99 6TB", "ZZ98 1AA"])
VICTIMS = st.builds(Victim, name=NAMES, date_of_birth=BORN, postcode=POSTCODES)
PERPETRATORS = st.builds(Perpetrator, name=NAMES, date_of_birth=BORN, postcode=POSTCODES)
COUPLES = st.builds(lambda victim, other: couple_of(couple(victim=victim, perpetrators=[other])), VICTIMS, PERPETRATORS)
LISTS = st.lists(COUPLES, min_size=3, max_size=6)


def compared(entries: list[Couple], pair: tuple[int, int]) -> CoupleLikeness:
    return likeness(entries[pair[1]], entries[pair[0]], REGISTER, len(entries))


@given(LISTS)
def test_a_chain_is_never_likelier_than_its_links(entries: list[Couple]) -> None:
    pairs = [(first, second) for second in range(len(entries)) for first in range(second)]
    found = {pair: compared(entries, pair) for pair in pairs}
    most = max(max(each.probability.values()) for each in found.values())
    chains = list(through_a_third(found, lambda pair: compared(entries, pair)))
    assert not chains or most >= SURE
    for pair, relation, likely in chains:
        assert found[pair].probability[relation] < likely <= most**2


@given(LISTS)
def test_each_pair_is_said_once_and_never_likelier_than_certain(entries: list[Couple]) -> None:
    listed = [Listed(str(place), entry) for place, entry in enumerate(entries)]
    found = list(couple_matches(listed, at_least=0.05))
    assert max(Counter((match.a, match.b) for match in found).values(), default=1) == 1
    assert all(match.a < match.b and 0.05 <= match.probability <= 1 for match in found)


@given(LISTS)
def test_two_lists_say_of_a_pair_what_one_list_of_both_says(entries: list[Couple]) -> None:
    listed = [Listed(str(place), entry) for place, entry in enumerate(entries)]
    whole = {(match.a, match.b): match.reasons for match in couple_matches(listed, at_least=0.0001)}
    parts = {(match.a, match.b): match.reasons for match in couple_matches(listed[:1], listed[1:], at_least=0.0001)}
    assert parts.keys() == {pair for pair in whole if pair[0] == "0"}
