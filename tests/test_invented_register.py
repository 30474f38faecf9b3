"""The synthetic register that the matcher is measured on holds what it says that it holds."""

import csv
import random
from collections import Counter
from pathlib import Path

from benchmarks.invented_register import InventedReferral, case_of, invented_register
from benchmarks.register_list import write_list
from benchmarks.slips import mistyped

REGISTER = invented_register(2000, seed=4)


def share(kind: str) -> float:
    return Counter(referral.kind for referral in REGISTER)[kind] / len(REGISTER)


def slips(register: list[InventedReferral]) -> Counter[str]:
    return Counter(slip for referral in register for slip in (*referral.victim.slips, *referral.perpetrator.slips))


def test_the_same_seed_makes_the_same_register_and_another_seed_another() -> None:
    assert invented_register(100, seed=1) == invented_register(100, seed=1)
    assert invented_register(100, seed=1) != invented_register(100, seed=2)


def test_referrals_come_in_time_order_each_with_a_reference_of_its_own() -> None:
    days = [referral.received for referral in REGISTER]
    assert days == sorted(days)
    assert len({referral.reference for referral in REGISTER}) == len(REGISTER)


def test_about_a_quarter_are_repeats_within_a_year_and_some_are_duplicates_within_three_weeks() -> None:
    assert 0.20 < share("repeat") < 0.28
    assert 0.045 < share("duplicate") < 0.085


def test_a_repeat_names_a_couple_of_an_earlier_referral_and_a_new_couple_names_none() -> None:
    seen = set[tuple[int, int]]()
    for referral in REGISTER:
        if referral.kind in {"repeat", "duplicate", "back later"}:
            assert referral.couple in seen
        elif referral.kind != "roles reversed":
            assert referral.couple not in seen
        seen.add(referral.couple)


def test_in_a_counter_allegation_the_two_of_an_earlier_referral_have_changed_places() -> None:
    seen = set[tuple[int, int]]()
    for referral in REGISTER:
        if referral.kind == "roles reversed":
            assert referral.couple[::-1] in seen
        seen.add(referral.couple)


def test_people_of_every_community_are_in_it_two_thirds_of_them_white_british() -> None:
    communities = Counter(referral.community for referral in REGISTER)
    assert set(communities) == {"white British", "South Asian", "African", "East European", "other"}
    assert 0.60 < communities["white British"] / len(REGISTER) < 0.72


def test_every_kind_of_slip_happens_and_more_noise_makes_more_of_them() -> None:
    usual, noisy = slips(REGISTER), slips(invented_register(2000, seed=4, noise=3))
    assert {"nickname", "forename typo", "surname variant", "other surname", "names swapped"} <= usual.keys()
    assert {"date missing", "day and month swapped", "1 January", "date wrong", "postcode missing"} <= usual.keys()
    assert noisy.total() > 1.8 * usual.total()


def test_the_list_for_marac_match_says_what_the_cases_say(tmp_path: Path) -> None:
    write_list(REGISTER[:20], tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for referral, victim, perpetrator in zip(REGISTER, rows[::2], rows[1::2], strict=False):
        said = case_of(referral).referral
        assert f"{victim['first']} {victim['last']}" == said.victim.name
        assert f"{perpetrator['first']} {perpetrator['last']}" == said.perpetrators[0].name
        assert victim["case"] == perpetrator["case"] == referral.reference


def test_a_slip_of_the_fingers_changes_a_name_a_little() -> None:
    dice = random.Random(8)  # noqa: S311 - invented slips
    for name in ("Jo", "Ali", "Katarzyna", "O'Connor"):
        wrong = {mistyped(name, dice) for _try in range(50)}
        assert all(abs(len(other) - len(name)) <= 1 for other in wrong)
        assert wrong != {name}
