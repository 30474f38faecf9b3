"""Whether the words of an action tell where somebody lives."""

import dataclasses

import pytest

from marac.meetings.address_in_words import tells_an_address
from marac.referral import Child
from tests.invented_cases import VICTIM, referral

FORM = referral(children=(Child("Cerys", address="9 Quarry Street, Northbridge"),))


@pytest.mark.parametrize(
    "words",
    [
        "Fit locks at 14 Larch Rise.",
        "14, LARCH RISE",
        "Visit zz994ab",
        "Ring 07700 900 123",
        "At 9 Quarry St, 9 Quarry Street",
    ],
)
def test_an_address_a_postcode_and_a_number_are_found_however_they_are_written(words: str) -> None:
    assert tells_an_address(words, [FORM])


@pytest.mark.parametrize("words", ["Fit new locks.", "Flag 2 Mill Row", "Ring the IDVA on 01632 960111", "", "14 days"])
def test_other_words_are_not(words: str) -> None:
    assert not tells_an_address(words, [FORM])


def test_a_form_without_an_address_finds_none() -> None:
    bare = dataclasses.replace(VICTIM, address=None, postcode=None, phone=None)
    assert not tells_an_address("Fit new locks at 14 Larch Rise.", [referral(victim=bare)])
