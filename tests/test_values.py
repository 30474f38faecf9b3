import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.parsers.filling.names import name_in
from marac.parsers.filling.values import (
    age_in,
    dates_in,
    emails_in,
    gender_in,
    is_unknown,
    phones_in,
    postcode_in,
    whole_number,
    yes_or_no,
)

TODAY = dt.date(2024, 6, 1)
DATES = st.dates(dt.date(1930, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3/4/91", dt.date(1991, 4, 3)),
        ("03.04.1991", dt.date(1991, 4, 3)),
        ("3-4-91", dt.date(1991, 4, 3)),
        ("1991-04-03", dt.date(1991, 4, 3)),
        ("3rd April 1991", dt.date(1991, 4, 3)),
        ("3 of Apr '91", dt.date(1991, 4, 3)),
        ("April 3, 1991", dt.date(1991, 4, 3)),
        ("Sept 3 1991", dt.date(1991, 9, 3)),
        ("DOB: 21st Sept. 2003 (aged 20)", dt.date(2003, 9, 21)),
        ("03041991", dt.date(1991, 4, 3)),
        ("1/2/30", dt.date(1930, 2, 1)),
        ("1/2/24", dt.date(2024, 2, 1)),
    ],
)
def test_a_date_of_birth_is_read_day_first_and_lies_in_the_past(text: str, date: dt.date) -> None:
    assert [found.date for found in dates_in(text, TODAY)] == [date]


@pytest.mark.parametrize("text", ["13/13/2020", "31/02/2020", "04/31/1990"])
def test_a_date_that_is_none_is_found_and_not_turned_round(text: str) -> None:
    assert [found.date for found in dates_in(text, TODAY)] == [None]


@pytest.mark.parametrize(
    "text", ["court on 12/5", "876375/23", "14 Mill Lane", "07700 900123", "2x this month", "10-12 times"]
)
def test_numbers_that_are_no_dates_are_not_read_as_dates(text: str) -> None:
    assert dates_in(text, TODAY) == []


@given(
    DATES,
    st.sampled_from(
        ["{d:02}/{m:02}/{y}", "{d}.{m}.{y}", "{d}-{m}-{y}", "{y}-{m:02}-{d:02}", "{d} {name} {y}", "{name} {d}, {y}"]
    ),
)
def test_every_british_way_to_write_a_date_reads_the_same(date: dt.date, style: str) -> None:
    text = style.format(d=date.day, m=date.month, y=date.year, name=f"{date:%B}")
    assert [found.date for found in dates_in(text, TODAY)] == [date]


@given(DATES)
def test_a_birth_with_a_year_of_two_digits_is_never_in_the_future(date: dt.date) -> None:
    (found,) = dates_in(f"{date.day}/{date.month}/{date.year % 100:02}", TODAY)
    assert found.date is None or found.date <= TODAY


@pytest.mark.parametrize(
    ("text", "age"), [("approx 35", 35), ("aged about 32", 32), ("35 years", 35), ("41", 41), ("unknown", None)]
)
def test_an_age_in_words_is_a_number(text: str, age: int | None) -> None:
    assert age_in(text) == age


@pytest.mark.parametrize(
    "text",
    [
        "07700900123",
        "07700 900 123",
        "+44 7700 900123",
        "+44 (0)7700-900123",
        "0044 7700 900123",
        "Tel: 07700 900123 (mum)",
    ],
)
def test_a_telephone_number_is_its_digits_in_national_form(text: str) -> None:
    assert phones_in(text) == ["07700900123"]


def test_two_numbers_are_two_numbers() -> None:
    assert phones_in("07700 900123 or 0113 496 0001") == ["07700900123", "01134960001"]


@pytest.mark.parametrize("text", ["ls14ap", "LS1 4AP", "12 Mill Lane, Leeds Ls1  4aP"])
def test_a_postcode_is_capitals_with_one_space(text: str) -> None:
    assert postcode_in(text) == "LS1 4AP"


def test_house_numbers_and_ordinals_are_no_postcodes() -> None:
    assert postcode_in("Flat 1, 2nd floor, 33 High Street") is None


def test_an_email_address_is_found_beside_a_number() -> None:
    assert emails_in("07700900123 / ann.o'neill@housing.example.") == ["ann.o'neill@housing.example"]


@pytest.mark.parametrize(
    ("text", "yes", "rest"),
    [
        ("Yes", True, ""),
        ("Y", True, ""),
        ("no - too frightened", False, "too frightened"),
        ("Yes, discussed by phone", True, "discussed by phone"),
        ("None", False, ""),
        ("Y / N", None, ""),
        ("Yes / No / Not known", None, ""),
        ("Y / N   Y", True, ""),
        ("n/k", None, ""),
        ("Not known", None, ""),
        ("-", None, ""),
    ],
)
def test_yes_and_no_are_told_from_what_is_open(text: str, yes: bool | None, rest: str) -> None:
    answered = yes_or_no(text)
    assert (answered.yes, answered.rest) == (yes, rest)


@pytest.mark.parametrize("text", ["Norwich", "nobody", "Yesterday", "Nottingham"])
def test_words_that_begin_like_yes_or_no_are_neither(text: str) -> None:
    assert yes_or_no(text).yes is None


@pytest.mark.parametrize("text", ["N/K", "n/a", "not known", "Unknown", "-", "?", "TBC", ""])
def test_not_known_is_no_value(text: str) -> None:
    assert is_unknown(text)


@pytest.mark.parametrize(
    ("text", "gender"), [("F", "female"), ("Male", "male"), ("woman", "female"), ("Non-binary", "other"), ("N/K", None)]
)
def test_genders(text: str, gender: str | None) -> None:
    assert gender_in(text) == gender


@pytest.mark.parametrize(
    ("text", "number"),
    [("15", 15), ("10 ticks", 10), ("14/24", 14), ("17 out of 24", 17), ("14 or more", None), ("14+", None)],
)
def test_a_score_is_no_limit(text: str, number: int | None) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("text", "full", "aliases"),
    [
        ("Jane Smith", "Jane Smith", ()),
        ("SMITH, Jane", "Jane Smith", ()),
        ("SMITH Jane", "Jane Smith", ()),
        ("Jane SMITH", "Jane Smith", ()),
        ("jane smith", "Jane Smith", ()),
        ("DOS SANTOS João", "João dos Santos", ()),
        ("Mrs Jane O'NEILL-MCKAY", "Jane O'Neill-McKay", ()),
        ("Dr. Ann Lee (née Moss)", "Ann Lee", ("Moss",)),
        ("Sam Reed aka Big Sam / Sammy", "Sam Reed", ("Big Sam", "Sammy")),
        ('Darren "Daz" Reed', "Darren Reed", ("Daz",)),
        ("Darren (Daz) Reed", "Darren Reed", ("Daz",)),
        ("Zoë Żak", "Zoë Żak", ()),
    ],
)
def test_a_name_is_in_natural_order_with_its_aliases_apart(text: str, full: str, aliases: tuple[str, ...]) -> None:
    name = name_in(text)
    assert name is not None
    assert (name.full, name.aliases) == (full, aliases)


@given(st.lists(st.sampled_from(["Ann", "Zoë", "O'Neill", "Smith-Jones", "Moss"]), min_size=2, max_size=3))
def test_a_surname_in_capitals_is_the_same_person_on_either_side(words: list[str]) -> None:
    *first, last = words
    before, after = name_in(f"{last.upper()}, {' '.join(first)}"), name_in(f"{' '.join(first)} {last.upper()}")
    assert before is not None
    assert after is not None
    assert before.full == after.full == " ".join(words)


@pytest.mark.parametrize("text", ["", "-", "12/3/90", "()"])
def test_what_has_no_letters_is_no_name(text: str) -> None:
    assert name_in(text) is None


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("PC Daniel Whitworth", "PC Daniel Whitworth"),
        ("DC 1234 Smith", "DC 1234 Smith"),
        ("WPC JONES", "WPC Jones"),
        ("Det Sgt Ann MOSS", "Det Sgt Ann Moss"),
        ("Di Moss", "Di Moss"),
    ],
)
def test_a_rank_stays_before_the_name(text: str, full: str) -> None:
    found = name_in(text)
    assert found is not None
    assert (found.full, found.certain) == (full, True)
