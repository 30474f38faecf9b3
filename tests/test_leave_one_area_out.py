"""The mechanism is general: an area's forms are read without what the dictionary has from that area alone."""

import pytest

from benchmarks.leave_one_area_out import GOAL, Form, own_entries, rows_without, scored
from marac.parsers.dictionary.dictionary import shipped_rows
from tests.scoring import FORMS


def test_forms_are_read_without_the_words_of_their_own_area(capsys: pytest.CaptureFixture[str]) -> None:
    share = scored([FORMS], 0, entries=False)
    assert share >= GOAL, capsys.readouterr().out


def test_what_an_area_alone_uses_is_truly_switched_off() -> None:
    forms = [Form(FORMS / f"{name}.truth.json") for name in ("d56-cheshire", "d53-bristol")]
    own = own_entries({form.area: [form] for form in forms})
    assert ("person", "religion") in own["cheshire"]
    assert "religion" not in rows_without(own["cheshire"])["labels"]["person"]["religion"]
    assert "religion" in shipped_rows()["labels"]["person"]["religion"]
