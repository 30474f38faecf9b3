"""`marac match`: lists of people and couples against each other, as coordinators keep them."""

import json
import random
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from marac.cli import main

HEADINGS = ("id", "given_name", "surname", "street_number", "address_1", "suburb", "postcode", "date_of_birth")
_SYLLABLES = (
    "ash",
    "bel",
    "cor",
    "dun",
    "el",
    "far",
    "gar",
    "hol",
    "kin",
    "lim",
    "mar",
    "nor",
    "pen",
    "ros",
    "tam",
    "wes",
)


def invented(number: int) -> list[list[str]]:
    """That many people, each followed by a copy that was written down badly: a slip or two, something left out."""
    chance = random.Random(20260301)  # noqa: S311 - a list to rehearse with, the same in every run

    def word(parts: int) -> str:
        return "".join(chance.choice(_SYLLABLES) for _ in range(parts))

    firsts, lasts, towns = ([word(parts) for _ in range(many)] for parts, many in ((2, 60), (3, 150), (3, 40)))
    rows = []
    for person in range(number):
        row = [chance.choice(firsts), chance.choice(lasts), str(chance.randint(1, 200)), f"{word(2)} street"]
        row += [chance.choice(towns), str(chance.randint(2000, 2400)), f"19{chance.randint(20, 99)}"]
        row[-1] += f"{chance.randint(1, 12):02}{chance.randint(2, 28):02}"
        copy = list(row)
        for _ in range(2):
            place = chance.randrange(len(copy))
            copy[place] = "" if chance.random() < 0.3 else _slip(copy[place], chance)
        rows += [[f"{person}-org", *row], [f"{person}-dup", *copy]]
    return rows


def _slip(text: str, chance: random.Random) -> str:
    place = chance.randrange(max(len(text) - 1, 1))
    kind = chance.randrange(3)
    changed = (
        text[place + 1 : place + 2] + text[place : place + 1] if kind == 0 else "" if kind == 1 else "7q"[kind - 2]
    )
    return text[:place] + changed + text[place + (2 if kind == 0 else 1) :]


def written(path: Path, rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> str:
    path.write_text("\n".join(",".join(row) for row in (headings, *rows)), encoding="utf-8")
    return str(path)


def matched(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert main(["match", *words, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["match", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


def test_people_written_down_twice_are_found_in_one_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = matched(capsys, written(tmp_path / "people.csv", invented(400)))
    right = [match for match in found if match["a"].split("-")[0] == match["b"].split("-")[0]]
    assert len(right) / len(found) > 0.995
    assert len(right) > 0.985 * 400
    assert {match["relation"] for match in found} == {"same_person"}
    assert [match["probability"] for match in found] == sorted((match["probability"] for match in found), reverse=True)


def test_people_who_stand_in_both_of_two_lists_are_found_across_them_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = invented(300)
    paths = written(tmp_path / "one.csv", rows[::2]), written(tmp_path / "other.csv", rows[1::2])
    found = matched(capsys, *paths)
    assert all(match["a"].endswith("org") and match["b"].endswith("dup") for match in found)
    assert sum(match["a"].split("-")[0] == match["b"].split("-")[0] for match in found) > 0.985 * 300


def test_lists_with_nobody_in_common_match_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = invented(300)[::2]
    paths = written(tmp_path / "one.csv", rows[:150]), written(tmp_path / "other.csv", rows[150:])
    assert matched(capsys, *paths) == []
    assert main(["match", *paths]) == 0
    assert capsys.readouterr().out == "Compared 150 and 150 entries: nobody looks the same.\n"


def test_at_least_says_how_likely_a_match_must_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "people.csv", invented(200))
    few, many = (matched(capsys, path, "--at-least", share) for share in ("0.999", "0.05"))
    assert len(few) < len(many)
    assert min(match["probability"] for match in few) >= 0.999
    assert few == many[: len(few)]


COUPLES = """\
Case,Role,First Name,Surname,DOB,Postcode,Phone
A1,victim,Shabnam,Hussain,23/11/1985,ZZ99 6TB,07700 900096
A1,perpetrator,Zeeshan,Iqbal,12/07/1980,ZZ99 5DE,
B2,V,Shabnam,Husain,1985-11-23,ZZ99 6TB,
B2,P,Zeshan,Iqbal,07/12/1980,,
C3,victim,Katarzyna,Nowak,29.2.1992,ZZ98 1AA,
C3,perpetrator,Zeeshan,Iqbal,12 July 1980,ZZ99 5DE,
D4,victim,Zeeshan,Iqbal,12/07/80,ZZ99 5DE,
D4,perpetrator,Shabnam,Hussain,23/11/1985,,07700900096
E5,victim,Ellen,Garforth,3/4/1970,ZZ97 4QQ,
E5,perpetrator,Paul,Lindhurst,5/6/1968,ZZ97 4QQ,
"""


def test_couples_are_the_same_share_a_perpetrator_or_have_changed_roles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "couples.csv").write_text(COUPLES, encoding="utf-8-sig")
    found = matched(capsys, str(tmp_path / "couples.csv"))
    assert {(match["a"], match["b"], match["relation"]) for match in found} == {
        ("A1", "B2", "same_couple"),
        ("A1", "C3", "same_perpetrator"),
        ("B2", "C3", "same_perpetrator"),
        ("A1", "D4", "role_swap"),
        ("B2", "D4", "role_swap"),
        ("C3", "D4", "role_swap"),
    }
    said = json.dumps(found).casefold()
    assert not any(secret in said for secret in ("shabnam", "husain", "iqbal", "zz9", "07700", "1985"))


PLAIN_COUPLES = """\
id,case,role,first,last,dob,postcode
1,A1,victim,Sarah,Smith (nee Jones),23/11/1985,ZZ99 6TB
2,A1,perpetrator,Kevin,Dolan,12/07/1980,
3,B2,victim,Sarah,Jones,1985-11-23,
4,B2,perpetrator,Kev,Dolan,,ZZ99 5DE
5,C3,victim,Sarah,Smith,23.11.1985,ZZ99 6TB
6,C3,perpetrator,Marek,Nowicki,1/2/1979,
7,D4,victim,Ellen,Garforth,3/4/1970,ZZ97 4QQ
8,D4,perpetrator,Kevin,Dolan,12/07/1980,ZZ99 5DE
9,E5,victim,Kevin,Dolan,12/07/1980,ZZ99 5DE
10,E5,perpetrator,Sarah,Jones aka Smith,01/01/1985,ZZ99 6TB
"""


def test_of_two_couples_the_likeliest_relation_is_printed_once_and_a_shared_victim_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "couples.csv").write_text(PLAIN_COUPLES, encoding="utf-8")
    found = [
        (match["a"], match["b"], match["relation"])
        for match in matched(capsys, str(tmp_path / "couples.csv"), "--at-least", "0.5")
    ]
    assert len({pair[:2] for pair in found}) == len(found)
    assert set(found) == {
        ("A1", "B2", "same_couple"),
        ("A1", "D4", "same_perpetrator"),
        ("B2", "D4", "same_perpetrator"),
        ("A1", "E5", "role_swap"),
        ("B2", "E5", "role_swap"),
        ("C3", "E5", "role_swap"),
        ("D4", "E5", "role_swap"),
    }


def test_two_lists_of_couples_are_matched_as_one_list_of_both_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heading, *rows = PLAIN_COUPLES.splitlines()
    paths = tmp_path / "one.csv", tmp_path / "other.csv"
    for path, part in zip(paths, (rows[:2], rows[2:]), strict=True):
        path.write_text("\n".join((heading, *part)), encoding="utf-8")
    found = {(match["a"], match["b"], match["relation"]) for match in matched(capsys, *map(str, paths))}
    assert found == {
        ("A1", "B2", "same_couple"),
        ("A1", "D4", "same_perpetrator"),
        ("A1", "E5", "role_swap"),
    }


THIRD = """\
case,role,first,last,dob,postcode
A,victim,Susan,Thornshaw,22/04/1970,ZZ94 8BJ
A,perpetrator,Malcolm,Price,,
B,victim,Susan,Malson (nee Thornshaw),22/04/1970,ZZ94 8BJ
B,perpetrator,Malcolm,Price,10/10/1960,ZZ91 1AA
C,victim,Susan,Malson,,
C,perpetrator,Malcolm,Price,10/10/1960,ZZ91 1AA
"""


@pytest.mark.parametrize("second_list", [False, True])
def test_couples_that_hardly_agree_are_the_same_where_a_third_entry_agrees_with_both(
    second_list: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heading, *rows = THIRD.splitlines()
    without, whole = tmp_path / "without.csv", tmp_path / "whole.csv"
    without.write_text("\n".join((heading, *rows[:2], *rows[4:])), encoding="utf-8")
    (alone,) = matched(capsys, str(without), "--at-least", "0.001")
    if second_list:
        other = tmp_path / "other.csv"
        whole.write_text("\n".join((heading, *rows[:4])), encoding="utf-8")
        other.write_text("\n".join((heading, *rows[4:])), encoding="utf-8")
        paths = [str(whole), str(other)]
    else:
        whole.write_text(THIRD, encoding="utf-8")
        paths = [str(whole)]
    by_pair = {(match["a"], match["b"]): match for match in matched(capsys, *paths)}
    third = by_pair["A", "C"]
    assert third["relation"] == "same_couple"
    assert third["probability"] > 0.95 > alone["probability"]
    assert third["reasons"][-1] == "both agree with a third entry"


def test_a_third_entry_does_not_make_father_and_son_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The entry without a date of birth may be either of them; the two that have one contradict each other."""
    rows = [
        "A,victim,Ellen,Garforth,3/4/1970,ZZ97 4QQ", "A,perpetrator,Paul,Lindhurst,5/6/1958,ZZ97 4QQ",
        "B,victim,Ellen,Garforth,3/4/1970,ZZ97 4QQ", "B,perpetrator,Paul,Lindhurst,,ZZ97 4QQ",
        "C,victim,Nadia,Rahman,7/8/1990,ZZ95 1AA", "C,perpetrator,Paul,Lindhurst,9/10/1985,ZZ93 4QQ",
    ]  # fmt: skip
    (tmp_path / "list.csv").write_text("\n".join(("case,role,first,last,dob,postcode", *rows)), encoding="utf-8")
    found = {(match["a"], match["b"]): match["probability"] for match in matched(capsys, str(tmp_path / "list.csv"))}
    assert set(found) == {("A", "B")}


@pytest.mark.parametrize("dates", ["{2}{1}{0}", "{2}-{1}-{0}", "{0}/{1}/{2}"])
def test_names_date_of_birth_and_postcode_are_enough_to_find_people_in_two_lists(
    dates: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = []
    for id_, first, last, *_, postcode, born in invented(300):
        written_date = dates.format(born[6:], born[4:6], born[:4]) if born.isdigit() and len(born) == 8 else born
        rows.append([id_, first, last, written_date, postcode])
    headings = ("id", "first", "last", "dob", "postcode")
    paths = [written(tmp_path / name, part, headings) for name, part in (("a.csv", rows[::2]), ("b.csv", rows[1::2]))]
    found = matched(capsys, *paths)
    right = [match for match in found if match["a"].split("-")[0] == match["b"].split("-")[0]]
    assert len(right) / len(found) > 0.99
    assert len(right) > 0.93 * 300


def test_a_surname_without_a_first_name_is_compared_as_a_surname(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "first,last,dob,postcode\n,Garforth,3/4/1970,ZZ97 4QQ\nEllen,Garforth,3/4/1970,ZZ97 4QQ\n"
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    (match,) = matched(capsys, str(tmp_path / "list.csv"), "--at-least", "0.1")
    assert match["reasons"][0] == "only one name given"
    assert match["reasons"][1].startswith("same surname")


@pytest.mark.parametrize(
    "surname",
    [
        "Smith (nee Jones)",
        "Smith n\u00e9e Jones",
        "Jones/Smith",
        "Smith, aka Jones",
        "Smith (prev. Jones)",
        "Smith or Jones",
    ],
)
def test_what_else_somebody_is_called_may_follow_the_surname(
    surname: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        ["1", "Sarah", surname, "23/11/1985"],
        ["2", "Sarah", "Smith", "23/11/1985"],
        ["3", "Sarah", "Jones", "23/11/1985"],
    ]
    path = written(
        tmp_path / "list.csv", [[row[0], row[1], f'"{row[2]}"', row[3]] for row in rows], ("id", "first", "last", "dob")
    )
    assert {("1", "2"), ("1", "3")} <= {(match["a"], match["b"]) for match in matched(capsys, path)}


def test_a_table_says_who_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "couples.csv").write_text(COUPLES, encoding="utf-8")
    assert main(["match", str(tmp_path / "couples.csv"), "--at-least", "0.9"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("same couple" in line and "date of birth has day and month swapped" in line for line in lines)
    assert lines[-1].startswith("Compared 5 entries: ")


@pytest.mark.parametrize(
    "text",
    [
        "Name;Date of birth\nSarah Jones;23/11/1985\nJONES, Sarah;1985-11-23\n",
        "forename\tsurname\tbirthdate\nSarah\tJones\t19851123\nSara\tJones\t23-11-1985\n",
        "FIRST,LAST,MAIDEN,D.O.B.\nSarah,Jones,,23 Nov 1985\nSarah,Smith,Jones,23/11/85\n",
        "givenName,familyName,alias,dob\nKevin,Price,Kev Dolan; K Dolan,23/11/1985\nKev,Dolan,,23/11/1985\n",
        "full name,mobile,sex\nSarah Jones,07700 900123,F\nSara Jones,+447700900123,female\n",
        '"name","dob","NHS number"\n"Jones, Sarah",23/11/1985,999 000 0018\nSally Jones,,999 000 0018\n',
        "name,dob\n\nSarah Jones,23/11/1985\n,\nSarah Jones,11/23/1985 \n",
    ],
)
def test_headings_and_dates_are_read_as_people_write_them(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    found = matched(capsys, str(tmp_path / "list.csv"), "--at-least", "0.2")
    assert len(found) == 1


def test_without_an_id_the_number_of_the_row_is_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "name,dob,postcode\nEllen Garforth,3/4/1970,\nSarah Jones,23/11/1985,ZZ99 1AA\nSarah Jones,23/11/1985,ZZ99 1AA\n"
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    assert [(match["a"], match["b"]) for match in matched(capsys, str(tmp_path / "list.csv"))] == [("2", "3")]


def test_a_list_saved_by_an_older_excel_keeps_its_accents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "name,dob\nZo\u00eb Garc\u00eda,23/11/1985\nZoe Garcia,23/11/1985\n"
    (tmp_path / "list.csv").write_bytes(text.encode("cp1252"))
    (match,) = matched(capsys, str(tmp_path / "list.csv"))
    assert match["reasons"][0].startswith("same first name and surname")


def test_a_household_is_not_one_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Mother, daughter and son share the surname and five columns of address; a list of such homes matches nobody."""
    chance = random.Random(7)  # noqa: S311
    rows = []
    for home in range(60):
        address = [f"{chance.randint(1, 200)}", f"{chance.choice(_SYLLABLES)}{home} street", "northbridge", "2100"]
        for first, year in zip(chance.sample(_SYLLABLES, 3), (1962, 1986, 1991), strict=True):
            born = f"{year}{chance.randint(1, 12):02}{chance.randint(2, 28):02}"
            rows.append(
                [
                    f"{home}-{first}",
                    f"{first}an",
                    _SYLLABLES[home % 16] + _SYLLABLES[home // 16] + "ington",
                    *address,
                    born,
                ]
            )
    assert matched(capsys, written(tmp_path / "homes.csv", rows)) == []


def test_twins_in_a_list_are_never_certain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        ["1", "Kehinde", "Balogun", "7", "mill lane", "northbridge", "2100", "19851123"],
        ["2", "Taiwo", "Balogun", "7", "mill lane", "northbridge", "2100", "19851123"],
    ]
    path = written(tmp_path / "twins.csv", [*invented(100)[::2], *rows])
    twins = [match for match in matched(capsys, path, "--at-least", "0.001") if {match["a"], match["b"]} == {"1", "2"}]
    assert all(match["probability"] < 0.99 and "they may be twins" in match["reasons"] for match in twins)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be opened"),
        (b"", "The list is empty."),
        (b" \n ", "The list is empty."),
        (b"PK\x03\x04rest", "is no CSV file"),
        (b"name\x00,dob", "is no CSV file"),
        (b"id,case,role\n1,2,victim\n", "no column to compare people by"),
        (b"Sarah Jones,23/11/1985\n", "no column to compare people by"),
        (b"name,dob\n", "nobody stands below them"),
        (b"name,dob\n,\n", "nobody stands below them"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(
    content: bytes | None, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    assert sentence in refused(capsys, str(path))


def test_a_folder_is_no_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "cannot be opened" in refused(capsys, str(tmp_path))


def test_people_and_couples_are_not_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "couples.csv").write_text(COUPLES, encoding="utf-8")
    people = written(tmp_path / "people.csv", invented(3))
    assert "list of couples; the other has none" in refused(capsys, people, str(tmp_path / "couples.csv"))


def test_a_probability_is_between_nothing_and_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["match", "list.csv", "--at-least", "7"])
    assert "write a number from 0 to 1" in capsys.readouterr().err


def test_the_same_list_twice_matches_every_row_with_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [[f"p{number}", *row[1:]] for number, row in enumerate(invented(80)[::2])]
    path = written(tmp_path / "people.csv", rows)
    found = {(match["a"], match["b"]) for match in matched(capsys, path, path)}
    assert {(row[0], row[0]) for row in rows} <= found
    assert not found & set(combinations([row[0] for row in rows], 2))
