"""Lists typed with tabs, answers typed on printed lines, and yes and no in two languages."""

import pytest

from marac.parsers.blocks import Line, Place, Span, Table
from marac.parsers.dictionary.dictionary import vocabulary
from marac.parsers.filling.said import yes_of
from marac.parsers.layout.layout import answers
from marac.parsers.layout.tabbed_lines import with_tables
from marac.parsers.layout.writing import OFF, ON, Writing


def line(text: str, *, x0: float = 40, top: float = 100) -> Line:
    return Line((Span(text),), "page 1", place=Place(1, x0, top, 500, top + 12))


def said(*lines: Line) -> list[tuple[str, str, str]]:
    found = answers(with_tables(lines, vocabulary()), vocabulary())
    return [(each.person, each.key, each.value.words) for each in found if each.value]


def test_a_line_of_labels_over_tabbed_lines_is_a_list() -> None:
    heading = Line((Span("Children", bold=True),), "page 1", heading=True)
    assert said(heading, line("Name\tDate of birth\tSchool"), line("Tom Moss\t5/6/2018\tPark Primary")) == [
        ("child", "name", "Tom Moss"),
        ("child", "date_of_birth", "5/6/2018"),
        ("child", "school", "Park Primary"),
    ]


def test_words_set_in_below_a_tabbed_line_go_on_with_its_last_words() -> None:
    labels = line("Aware of referral?\tConsent?\tIf not aware, reason")
    told = said(labels, line("No\tNo\tUnsafe to tell her as he is always"), line("present", x0=380))
    assert ("", "consent.reason", "Unsafe to tell her as he is always present") in told


def test_tabbed_lines_that_hold_labels_with_their_words_stay_lines() -> None:
    lines = [line("Name: Ann Moss\tDOB: 1/2/1990\tTel: 07700 900123"), line("Role: Nurse\tAgency: Trust\tDate: 1/2/26")]
    assert not any(isinstance(block, Table) for block in with_tables(lines, vocabulary()))


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        (f"Ydy / Yes {OFF}   Nac ydy / No {ON}", False),
        (f"Ydy / Yes {ON}   Nac ydy / No {OFF}", True),
        (f"Ano / Yes {OFF}   Ne / No {ON}", False),
        ("__Yes______", True),
        (f"Aldri {ON}   Alltid {OFF}", None),
    ],
)
def test_a_tick_is_yes_only_beside_a_word_for_yes(text: str, yes: bool | None) -> None:
    (answer,) = answers([Line((Span(f"Is it safe to call the victim? {text}"),), "page 1")], vocabulary())
    assert yes_of(answer.value).yes is yes


def test_yes_in_bold_of_two_languages_is_yes() -> None:
    writing = Writing((Span("Ydy / Yes", bold=True), Span(" / Nac ydy / No")))
    assert yes_of(writing).yes is True


def test_strokes_around_an_answer_are_no_part_of_it() -> None:
    spans = (
        Span("Victim's postcode: __"),
        Span("CA4 4TN"),
        Span("______  Victim's telephone: __"),
        Span("07700900848"),
    )
    found = answers([Line(spans, "page 1")], vocabulary())
    assert [each.value.words.strip("_") == each.value.words for each in found] == [True, True]
    assert [each.value.words for each in found] == ["CA4 4TN", "07700900848"]


def test_a_drawn_list_is_ticked_where_the_mark_is_and_not_before_it() -> None:
    writing = Writing((Span("___ BME   _X_ Disabled   ___ LGBTQ"),))
    assert [(each.text, each.ticked) for each in writing.options()] == [
        ("BME", False),
        ("Disabled", True),
        ("LGBTQ", False),
    ]
