import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.read_back.leaves import leaf, with_leaf
from marac.read_back.typed import NotReadableError, typed_value
from marac.referral import Problem, Reading
from marac.register.workbook.canonical import CONTINUES, as_written, canonical

TODAY = dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("victim.phone", "07700 900123", "07700900123"),
        ("victim.phone", "+44 7700 900123", "07700900123"),
        ("victim.phone", "'07700900123", "07700900123"),
        ("victim.postcode", "zz994ab", "ZZ99 4AB"),
        ("victim.date_of_birth", dt.date(1991, 4, 3), dt.date(1991, 4, 3)),
        ("victim.date_of_birth", dt.datetime(1991, 4, 3), dt.date(1991, 4, 3)),
        ("victim.date_of_birth", "3/4/1991", dt.date(1991, 4, 3)),
        ("victim.date_of_birth", "3/4/91", dt.date(1991, 4, 3)),
        ("victim.date_of_birth", "3 April 1991", dt.date(1991, 4, 3)),
        ("victim.safe_to_call", "Y", True),
        ("victim.safe_to_call", False, False),
        ("victim.safe_to_call", "NO", False),
        ("victim.gender", "Female", "female"),
        ("victim.aliases", "Siân \r\n\r\n Hughes", ("Siân", "Hughes")),
        ("victim.aliases", "", ()),
        ("victim.name", "  Siân \n Hughes ", "Siân Hughes"),
        ("victim.name", "", None),
        ("criteria.score", 16.0, 16),
        ("criteria.score", "16", 16),
        ("reason", "one \nTwo", "one\nTwo"),
        ("perpetrators.0.name", "Jan Invented", "Jan Invented"),
    ],
)
def test_what_people_type_is_read_as_forms_are(path: str, typed: Any, value: object) -> None:
    assert typed_value(path, typed, TODAY) == value


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("victim.phone", 7700900123.0),
        ("victim.phone", "07700 900123 mornings"),
        ("victim.phone", "12"),
        ("victim.postcode", "Northbridge"),
        ("victim.date_of_birth", "31/02/1990"),
        ("victim.date_of_birth", dt.date(2031, 1, 1)),
        ("victim.date_of_birth", 33331.0),
        ("victim.date_of_birth", "3/4/1991 or 4/3/1991"),
        ("victim.date_of_birth", "early 1991"),
        ("victim.safe_to_call", "perhaps"),
        ("victim.gender", "unheard of"),
        ("criteria.score", "14+"),
        ("criteria.score", 14.5),
        ("referrer.email", "nobody"),
    ],
)
def test_what_is_none_of_what_a_cell_can_hold_is_refused_in_words_without_it(path: str, typed: object) -> None:
    with pytest.raises(NotReadableError) as refused:
        typed_value(path, typed, TODAY)
    assert str(typed) not in str(refused.value)


def test_a_leaf_of_the_first_perpetrator_makes_one_where_there_is_none() -> None:
    reading = Reading("referral", problems=(Problem("missing", "perpetrators.0.name", "Not named."),))
    changed = with_leaf(reading, "perpetrators.0.name", "Jan Invented", "Jan Invented")
    assert leaf(reading.referral, "perpetrators.0.name") is None
    assert leaf(changed.referral, "perpetrators.0.name") == "Jan Invented"
    assert changed.problems == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (16, "16"),
        (16.0, "16"),
        (dt.date(1991, 4, 3), "03/04/1991"),
        (dt.datetime(1991, 4, 3), "03/04/1991"),
        ("3/4/1991", "03/04/1991"),
        ("1991-04-03", "03/04/1991"),
        (dt.date(1899, 4, 3), "03/04/1899"),
        ("a \r\nb\n", "a\nb"),
        ("'07700900123", "07700900123"),
        ("'Abd", "'Abd"),
    ],
)
def test_a_cell_has_one_text_whichever_program_saved_it(value: object, text: str) -> None:
    assert canonical(value) == text


@given(st.text())
def test_what_is_canonical_stays_as_it_is(text: str) -> None:
    shown = canonical(as_written(text))
    assert canonical(shown) == shown
    assert canonical(as_written(shown)) == shown


def test_a_text_too_long_for_its_cell_counts_by_its_beginning() -> None:
    story = "She said no. " * 5_000
    assert canonical(story).endswith(CONTINUES.strip())
    assert canonical(f"{story[:30_000]}{CONTINUES}All of it is on another sheet.]") == canonical(story)
