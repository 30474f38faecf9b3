"""The people of every case are found again by the keys that they share, and forgotten with their case."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select, update

from benchmarks.invented_register import case_of, invented_register
from marac.case import Case
from marac.matching.couples import Couple, likeness
from marac.matching.frequencies import CountedPeople
from marac.matching.of_cases import couple_of
from marac.matching.people import PersonFacts, known_person
from marac.referral import Child, Perpetrator, Victim
from marac.register.people_index import (
    candidates,
    forget_case,
    index_case,
    rebuild_index,
    register_frequencies,
    resemblances,
)
from marac.register.schema import cases, known_people, match_counts, match_keys
from marac.register.store import Store
from tests.made_up_couples import OTHER_PERPETRATOR, OTHER_VICTIM, PERPETRATOR, VICTIM, couple
from tests.register_databases import new_database

pytestmark = pytest.mark.both_databases


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    opened = Store(tmp_path / "store", new_database())
    with opened.changing() as connection:
        yield connection
    opened.close()


def store(connection: Connection, *stored: Case) -> None:
    """Cases as the index sees them: it asks the register for their references and their MARAC alone."""
    rows = [{"reference": case.reference, "state": case.state, "received": case.received} for case in stored]
    connection.execute(insert(cases).values(reading={}), rows)


def enter(connection: Connection, *entered: Case) -> None:
    store(connection, *entered)
    for case in entered:
        index_case(connection, case)


def rows(connection: Connection) -> tuple[int, int, dict[int, int]]:
    people = connection.execute(select(func.count()).select_from(known_people)).scalar_one()
    keys = connection.execute(select(func.count()).select_from(match_keys)).scalar_one()
    counted = select(match_counts.c.term, match_counts.c.count).where(match_counts.c.term >= 0)
    return people, keys, {row[0]: row[1] for row in connection.execute(counted)}


def found(connection: Connection, victim: Victim = VICTIM, perpetrator: Perpetrator = PERPETRATOR) -> list[str]:
    asked = couple("M26-0099", victim=victim, perpetrators=[perpetrator])
    return [candidate.reference for candidate in candidates(connection, couple_of(asked))]


STORED = couple("M26-0001")
ANOTHER = couple("M26-0002", victim=OTHER_VICTIM, perpetrators=[OTHER_PERPETRATOR])


def test_a_case_that_was_entered_is_found_by_its_people_and_no_other_is(connection: Connection) -> None:
    enter(connection, STORED, ANOTHER)
    [candidate] = candidates(connection, couple_of(couple("M26-0099")))
    assert (candidate.reference, candidate.couple) == ("M26-0001", couple_of(STORED))


def test_a_date_of_birth_with_day_and_month_changed_finds_the_case(connection: Connection) -> None:
    enter(connection, couple("M26-0001", victim=dataclasses.replace(VICTIM, date_of_birth=dt.date(1985, 11, 3))))
    swapped = Victim(name="Somebody Else", date_of_birth=dt.date(1985, 3, 11))
    assert found(connection, swapped, OTHER_PERPETRATOR) == ["M26-0001"]


def test_a_maiden_name_beside_the_name_in_use_finds_the_case(connection: Connection) -> None:
    enter(connection, STORED)
    married = Victim(name="Shabnam Chaudhry (née Hussain)")
    assert found(connection, married, OTHER_PERPETRATOR) == ["M26-0001"]
    assert not found(connection, Victim(name="Shabnam Chaudhry"), OTHER_PERPETRATOR)


def test_a_couple_with_its_roles_reversed_is_found_and_told(connection: Connection) -> None:
    enter(connection, STORED, ANOTHER)
    reversed_couple = couple(
        "M26-0099",
        victim=Victim(name=PERPETRATOR.name, date_of_birth=PERPETRATOR.date_of_birth),
        perpetrators=[Perpetrator(name=VICTIM.name, date_of_birth=VICTIM.date_of_birth)],
    )
    [resemblance] = resemblances(connection, reversed_couple)
    assert (resemblance.reference, resemblance.likeness.best) == ("M26-0001", "roles reversed")
    assert resemblance.likeness.probability["roles reversed"] > 0.99


def test_the_likeliest_case_comes_first_and_the_case_itself_never(connection: Connection) -> None:
    half = couple("M26-0002", perpetrators=[OTHER_PERPETRATOR])
    enter(connection, half, STORED)
    again = couple("M26-0003")
    enter(connection, again)
    assert [each.reference for each in resemblances(connection, again)] == ["M26-0001", "M26-0002"]


def test_what_was_kept_of_a_person_does_not_show_in_a_repr(connection: Connection) -> None:
    enter(connection, STORED)
    for shown in (candidates(connection, couple_of(STORED)), resemblances(connection, couple("M26-0099"))):
        assert "hussain" not in repr(shown).casefold()


def test_a_case_that_was_changed_is_found_as_it_is_now(connection: Connection) -> None:
    enter(connection, STORED)
    index_case(connection, couple("M26-0001", victim=OTHER_VICTIM, perpetrators=[OTHER_PERPETRATOR]))
    assert not found(connection)
    assert found(connection, OTHER_VICTIM, OTHER_PERPETRATOR) == ["M26-0001"]


def test_entering_a_case_twice_changes_nothing(connection: Connection) -> None:
    enter(connection, STORED, ANOTHER)
    once = rows(connection)
    index_case(connection, STORED)
    assert rows(connection) == once


def test_counts_go_back_down_when_a_case_is_forgotten(connection: Connection) -> None:
    enter(connection, STORED)
    alone = rows(connection)
    enter(connection, ANOTHER)
    forget_case(connection, "M26-0002")
    assert rows(connection) == alone
    assert register_frequencies(connection, ()).people == 2
    forget_case(connection, "M26-0001")
    assert rows(connection) == (0, 0, {})
    assert (register_frequencies(connection, ()).people, register_frequencies(connection, ()).couples) == (0, 0)


def test_forgetting_a_case_that_is_not_there_changes_nothing(connection: Connection) -> None:
    enter(connection, STORED)
    before = rows(connection)
    forget_case(connection, "M26-0999")
    assert rows(connection) == before


def test_ten_referrals_of_one_person_count_as_one(connection: Connection) -> None:
    enter(connection, *(couple(f"M26-{number:04}") for number in range(10)))
    once = CountedPeople([couple_of(STORED).victim, *couple_of(STORED).perpetrators])
    frequencies = register_frequencies(connection, ())
    assert frequencies.people == 2
    assert all(frequencies.count(term) == once.count(term) for term in couple_of(STORED).victim.terms())


@pytest.mark.parametrize("gone", ["M26-0001", "M26-0002"])
def test_whoever_is_named_in_two_cases_counts_until_both_are_forgotten(connection: Connection, gone: str) -> None:
    moved = couple("M26-0002", victim=dataclasses.replace(VICTIM, postcode="ZZ97 3XY"))
    enter(connection, STORED, moved)
    forget_case(connection, gone)
    left = rows(connection)
    rebuild_index(connection, [case for case in (STORED, moved) if case.reference != gone])
    assert rows(connection)[2] == left[2]


def test_one_name_given_twice_in_a_case_counts_once_and_goes_with_it(connection: Connection) -> None:
    twice = couple(perpetrators=[PERPETRATOR, dataclasses.replace(PERPETRATOR, postcode="ZZ97 3XY")])
    enter(connection, ANOTHER)
    before = rows(connection)
    enter(connection, twice)
    assert register_frequencies(connection, ()).people == 4
    forget_case(connection, twice.reference)
    assert rows(connection) == before


def test_counts_are_those_of_a_count_in_memory(connection: Connection) -> None:
    register = [case_of(referral) for referral in invented_register(40, seed=5)]
    enter(connection, *register)
    everybody = [known for case in register for known in (couple_of(case).victim, *couple_of(case).perpetrators)]
    terms = {term for known in everybody for term in known.terms()}
    memory, kept = CountedPeople(everybody), register_frequencies(connection, ())
    assert (kept.people, kept.couples) == (memory.people, 40)
    assert {term: kept.count(term) for term in terms} == {term: memory.count(term) for term in terms}


def test_a_name_that_nobody_bears_counts_nothing(connection: Connection) -> None:
    enter(connection, STORED)
    assert register_frequencies(connection, [1, 2]).count(3) == 0


def test_children_are_read_back_with_their_case_in_their_order(connection: Connection) -> None:
    children = (Child(name="Aisha Iqbal"), Child(name="Not known"), Child(name="Zain Iqbal"))
    with_children = couple(children=children)
    enter(connection, with_children)
    [candidate] = candidates(connection, couple_of(STORED))
    assert candidate.couple == couple_of(with_children)
    places = select(known_people.c.place).where(known_people.c.role == "child").order_by(known_people.c.id)
    assert list(connection.execute(places).scalars()) == [0, 2]


def test_only_cases_of_the_marac_that_is_asked_for_come_back(connection: Connection) -> None:
    enter(connection, STORED, couple("M26-0002"))
    connection.execute(update(cases).where(cases.c.reference == "M26-0002").values(marac="east"))
    asked = couple_of(couple("M26-0099"))
    assert [each.reference for each in candidates(connection, asked, marac="east")] == ["M26-0002"]
    assert len(candidates(connection, asked)) == 2


def test_of_a_name_that_hundreds_bear_those_are_found_who_share_more(connection: Connection) -> None:
    stranger = Victim(name="Jane Smith")
    crowd = [couple(f"M26-{number:04}", victim=stranger, perpetrators=[]) for number in range(1, 405)]
    late = couple("M26-0000", victim=dataclasses.replace(stranger, date_of_birth=dt.date(1990, 5, 4)), perpetrators=[])
    store(connection, late, *crowd)
    rebuild_index(connection, [late, *crowd])
    asked = Couple(known_person(PersonFacts(("Jane Smith",), (dt.date(1990, 5, 4),))))
    assert candidates(connection, asked)[0].reference == "M26-0000"


def test_somebody_without_a_name_is_no_obstacle(connection: Connection) -> None:
    nameless = couple("M26-0001", victim=Victim(), perpetrators=[Perpetrator(name="not known")])
    enter(connection, nameless, couple("M26-0002", victim=Victim(), perpetrators=[]))
    assert resemblances(connection, nameless) == ()
    forget_case(connection, "M26-0001")
    forget_case(connection, "M26-0002")
    assert rows(connection) == (0, 0, {})


def test_two_who_enter_cases_at_the_same_moment_do_not_disturb_each_other(tmp_path: Path) -> None:
    database = new_database()
    register = [case_of(referral) for referral in invented_register(24, seed=3)]

    def entered(mine: list[Case]) -> None:
        opened = Store(tmp_path / "store", database)
        for at in range(0, len(mine), 3):
            with opened.changing() as connection:
                enter(connection, *mine[at : at + 3])
        opened.close()

    Store(tmp_path / "store", database).close()
    with ThreadPoolExecutor(2) as both:
        list(both.map(entered, (register[::2], register[1::2])))
    opened = Store(tmp_path / "store", database)
    with opened.changing() as connection:
        together = rows(connection)
        rebuild_index(connection, register)
        assert rows(connection)[:2] == together[:2]
        assert register_frequencies(connection, ()).couples == 24
    opened.close()


def test_an_index_made_anew_counts_and_finds_what_one_made_case_by_case_does(connection: Connection) -> None:
    register = [case_of(referral) for referral in invented_register(40, seed=6)]
    enter(connection, *register)
    one_by_one = rows(connection)
    rebuild_index(connection, register)
    assert rows(connection) == one_by_one
    forget_case(connection, register[0].reference)
    enter(connection, couple("M26-0099"))
    assert register_frequencies(connection, ()).couples == 40


def test_the_index_finds_every_couple_that_a_look_at_all_of_them_finds(connection: Connection) -> None:
    register = [case_of(referral) for referral in invented_register(150, seed=9, noise=2)]
    known = [couple_of(case) for case in register]
    enter(connection, *register)
    frequencies = register_frequencies(connection, ())
    couples_to_find = 0
    for number, case in enumerate(register[120:], 120):
        answers = {each.reference: each.likeness.probability for each in resemblances(connection, case, least=0)}
        for other, earlier in zip(register, known, strict=True):
            if other is not case:
                probability = likeness(known[number], earlier, frequencies, len(register)).probability
                assert answers.get(other.reference, probability) == probability
                if probability["same couple"] >= 0.05:
                    couples_to_find += 1
                    assert other.reference in answers
    assert couples_to_find > 20
