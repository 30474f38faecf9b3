"""`marac case decide same-as` and `marac case person`: joined, taken apart, asked back, and remembered."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from marac.case import Case, PersonInCase
from marac.cli import main
from marac.commands.working import now
from marac.office import open_office
from marac.referral import Perpetrator
from marac.register.cases import add_case, case_named, set_standing
from marac.register.verdicts import every_verdict, verdicts_about
from tests.made_up_couples import OTHER_PERPETRATOR, OTHER_VICTIM, PERPETRATOR, VICTIM, couple
from tests.working_folder import FIRST_DAY, MEETING, working_folder

EARLIER = couple("M26-0001", FIRST_DAY, state="listed", meeting=MEETING)
AGAIN = couple("M26-0002", FIRST_DAY + dt.timedelta(1), state="listed", meeting=MEETING)
OTHERS = couple(
    "M26-0003",
    FIRST_DAY + dt.timedelta(2),
    victim=OTHER_VICTIM,
    perpetrators=[OTHER_PERPETRATOR, PERPETRATOR],
    state="listed",
    meeting=MEETING,
)
WHY = ("--reason", "I rang the referrer.", "--by", "Priya Raman")


class Register:
    """A working folder with these cases in its register."""

    def __init__(self, folder: Path, *cases: Case) -> None:
        self.settings = working_folder(folder).path / "config.toml"
        for case in cases:
            self.change(partial(add_case, case=case))

    def change(self, what: Callable[[Connection], object]) -> None:
        with open_office(self.settings, FIRST_DAY, now) as office, office.store.changing() as connection:
            what(connection)

    def marac(self, *words: str, on: dt.date = FIRST_DAY + dt.timedelta(3)) -> int:
        return main([*words, "--config", str(self.settings), "--today", on.isoformat()])

    def case(self, reference: str) -> Case:
        with open_office(self.settings, FIRST_DAY, now) as office, office.store.reading() as connection:
            return case_named(connection, reference)


def standing(case: Case) -> tuple[str, dt.date | None, str | None]:
    return case.state, case.meeting, case.joined_to


@pytest.mark.both_databases
def test_a_merge_that_is_undone_puts_the_case_back_where_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = Register(tmp_path, EARLIER, dataclasses.replace(AGAIN, state="deferred"))
    before = standing(register.case("M26-0002"))
    assert register.marac("case", "decide", "M26-0002", "same-as", "M26-0001", *WHY) == 0
    assert standing(register.case("M26-0002")) == ("joined", MEETING, "M26-0001")
    assert "one item on the agenda, with both referrers" in capsys.readouterr().out
    assert register.marac("case", "decide", "M26-0002", "not-same-as", "M26-0001", *WHY) == 0
    assert standing(register.case("M26-0002")) == before == ("deferred", MEETING, None)
    assert "M26-0002 stands by itself again, as deferred." in capsys.readouterr().out


def test_a_merge_can_be_undone_from_either_case(tmp_path: Path) -> None:
    register = Register(tmp_path, EARLIER, AGAIN)
    register.marac("case", "decide", "M26-0002", "same-as", "M26-0001", *WHY)
    assert register.marac("case", "decide", "M26-0001", "not-same-as", "M26-0002", *WHY) == 0
    assert standing(register.case("M26-0002")) == ("listed", MEETING, None)


def test_a_case_joined_to_another_one_after_all_still_knows_where_it_was(tmp_path: Path) -> None:
    third = couple("M26-0004", FIRST_DAY, state="listed", meeting=MEETING)
    register = Register(tmp_path, EARLIER, AGAIN, third)
    for other in ("M26-0001", "M26-0004"):
        assert register.marac("case", "decide", "M26-0002", "same-as", other, *WHY) == 0
    assert register.case("M26-0002").joined_to == "M26-0004"
    assert register.marac("case", "decide", "M26-0002", "not-same-as", "M26-0004", *WHY) == 0
    assert standing(register.case("M26-0002")) == ("listed", MEETING, None)


def test_a_case_taken_apart_after_its_meeting_has_been_waits_for_the_next_one(tmp_path: Path) -> None:
    register = Register(tmp_path, EARLIER, AGAIN)
    register.marac("case", "decide", "M26-0002", "same-as", "M26-0001", *WHY)
    later = MEETING + dt.timedelta(2)
    assert register.marac("case", "decide", "M26-0002", "not-same-as", "M26-0001", *WHY, on=later) == 0
    assert register.case("M26-0002").state in {"received", "listed"}
    assert register.case("M26-0002").meeting != MEETING


def test_a_repeat_said_to_be_of_the_same_couple_is_not_folded_into_the_case_that_was_heard(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = couple("M26-0001", dt.date(2026, 3, 2), state="heard", meeting=dt.date(2026, 3, 12), perpetrators=())
    register = Register(tmp_path, heard, AGAIN)
    assert register.marac("case", "decide", "M26-0002", "same-as", "M26-0001", "--although-different", *WHY) == 0
    assert standing(register.case("M26-0002")) == ("listed", MEETING, None)
    assert "They stay two cases" in capsys.readouterr().out
    [repeat] = [flag for flag in register.case("M26-0002").flags if flag.code == "repeat"]
    assert repeat.other_case == "M26-0001"


def test_two_couples_are_not_joined_without_saying_it_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = Register(tmp_path, EARLIER, OTHERS)
    assert register.marac("case", "decide", "M26-0003", "same-as", "M26-0001", *WHY) == 2
    assert "--although-different" in capsys.readouterr().err
    assert register.case("M26-0003").decisions == ()
    words = ("case", "decide", "M26-0003", "same-as", "M26-0001", "--although-different")
    assert register.marac(*words, *WHY) == 0
    case = register.case("M26-0003")
    assert case.state == "joined"
    assert case.decisions[0].reason == "I rang the referrer."


def test_a_case_is_never_joined_to_a_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = Register(tmp_path, dataclasses.replace(EARLIER, state="draft", meeting=None), AGAIN)
    assert register.marac("case", "decide", "M26-0002", "same-as", "M26-0001", *WHY) == 2
    assert "a draft is not heard. Say it the other way round" in capsys.readouterr().err
    assert register.marac("case", "decide", "M26-0001", "same-as", "M26-0002", *WHY) == 0
    assert register.case("M26-0001").joined_to == "M26-0002"


def test_a_merge_of_a_case_that_changed_meanwhile_is_a_conflict(tmp_path: Path) -> None:
    register = Register(tmp_path, EARLIER, AGAIN)
    register.marac("case", "decide", "M26-0002", "same-as", "M26-0001", *WHY)
    joined = register.case("M26-0002")
    register.change(lambda connection: set_standing(connection, joined))
    assert register.marac("case", "decide", "M26-0002", "not-same-as", "M26-0001", *WHY) == 0
    assert register.case("M26-0002").version == joined.version + 2


def test_what_is_said_of_two_people_is_kept_with_reason_and_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = Register(tmp_path, EARLIER, OTHERS)
    words = ("case", "person", "M26-0003", "perpetrator", "2", "same-as", "M26-0001", "perpetrator")
    assert register.marac(*words, *WHY) == 0
    said = capsys.readouterr().out
    assert "Kept: perpetrator 2 of M26-0003 and perpetrator 1 of M26-0001 are one person." in said
    with open_office(register.settings, FIRST_DAY, now) as office, office.store.reading() as connection:
        [verdict] = every_verdict(connection)
        assert verdicts_about(connection, ["M26-0001"]) == verdicts_about(connection, ["M26-0003"]) == (verdict,)
        assert verdicts_about(connection, ["M26-0002"]) == ()
    assert (verdict.one, verdict.other) == (
        PersonInCase("M26-0003", "perpetrator", 1),
        PersonInCase("M26-0001", "perpetrator", 0),
    )
    assert (verdict.same, verdict.reason, verdict.by) == (True, "I rang the referrer.", "Priya Raman")
    assert "Iqbal" not in repr(verdict)
    assert "Priya" not in repr(verdict)


@pytest.mark.both_databases
def test_two_people_taken_apart_are_not_linked_by_later_flags_until_somebody_takes_it_back(tmp_path: Path) -> None:
    register = Register(tmp_path, EARLIER, OTHERS)
    words = ("case", "person", "M26-0003", "perpetrator", "2")

    def linked() -> list[str]:
        return [flag.code for flag in register.case("M26-0003").flags if flag.other_case == "M26-0001"]

    assert register.marac("case", "decide", "M26-0003", "hear", *WHY) == 0
    assert linked() == ["same perpetrator"]
    assert register.marac(*words, "not-same-as", "M26-0001", "perpetrator", *WHY) == 0
    assert linked() == []
    assert register.marac("case", "decide", "M26-0003", "hear", *WHY) == 0
    assert linked() == []
    assert register.marac(*words, "same-as", "M26-0001", "perpetrator", *WHY) == 0
    assert linked() == ["same perpetrator"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("M26-0003", "victim", "M26-0001", "victim"), 2, "Say same-as or not-same-as once"),
        (("M26-0003", "same-as", "M26-0001", "victim"), 2, "Each person is a case and a role"),
        (("M26-0003", "neighbour", "same-as", "M26-0001", "victim"), 2, "victim, perpetrator, child"),
        (("M26-0003", "perpetrator", "same-as", "M26-0001", "victim"), 2, "M26-0003 names 2 of them: add a number"),
        (("M26-0003", "perpetrator", "3", "same-as", "M26-0001", "victim"), 8, "it names 2 perpetrators"),
        (("M26-0003", "perpetrator", "two", "same-as", "M26-0001", "victim"), 2, "'two' is not a number"),
        (("M26-0003", "child", "same-as", "M26-0001", "victim"), 8, "There is no child 1 in M26-0003"),
        (("M26-0003", "victim", "same-as", "M26-0003", "perpetrator", "1"), 2, "Both people stand in M26-0003"),
        (("M26-0003", "victim", "same-as", "M26-0099", "victim"), 8, "no case M26-0099"),
    ],
)
def test_who_cannot_be_found_is_said_and_nothing_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    register = Register(tmp_path, EARLIER, OTHERS)
    assert register.marac("case", "person", *words, *WHY) == code
    assert said in capsys.readouterr().err
    with open_office(register.settings, FIRST_DAY, now) as office, office.store.reading() as connection:
        assert every_verdict(connection) == ()


def test_a_word_without_a_reason_is_not_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = Register(tmp_path, EARLIER, OTHERS)
    words = ("case", "person", "M26-0003", "victim", "same-as", "M26-0001", "victim", "--reason", " ", "--by", "x")
    assert register.marac(*words) == 2
    assert "--reason must not be empty" in capsys.readouterr().err


def test_twins_who_share_everything_but_the_first_name_wait_for_a_person(tmp_path: Path) -> None:
    twin = dataclasses.replace(VICTIM, name="Sadia Hussain")
    register = Register(tmp_path, EARLIER, dataclasses.replace(couple("M26-0002", AGAIN.received, victim=twin)))
    assert register.marac("case", "decide", "M26-0002", "hear", *WHY) == 0
    [flag] = [flag for flag in register.case("M26-0002").flags if flag.other_case == "M26-0001"]
    assert (flag.code, flag.needs_decision) == ("possible duplicate", True)
    assert "they may be twins" in flag.reason
    words = ("case", "person", "M26-0002", "victim", "not-same-as", "M26-0001", "victim")
    assert register.marac(*words, *WHY) == 0
    assert [flag.code for flag in register.case("M26-0002").flags if flag.other_case] == ["same perpetrator"]


def test_a_father_and_a_son_of_one_name_at_one_address_wait_for_a_person(tmp_path: Path) -> None:
    son = Perpetrator(PERPETRATOR.name, date_of_birth=dt.date(2003, 2, 2), postcode=PERPETRATOR.postcode)
    register = Register(tmp_path, EARLIER, couple("M26-0002", AGAIN.received, perpetrators=[son]))
    assert register.marac("case", "decide", "M26-0002", "hear", *WHY) == 0
    [flag] = [flag for flag in register.case("M26-0002").flags if flag.other_case]
    assert (flag.code, flag.needs_decision) == ("possible duplicate", True)
    assert "they may be parent and child" in flag.reason
