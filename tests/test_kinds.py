"""Which kind of paper a file is, told by what it is called and what it asks, never by what somebody wrote into it."""

import datetime as dt

import pytest

from marac.parsers.dictionary.dictionary import vocabulary_of
from marac.parsers.paper import reading
from marac.referral import Reading
from tests.invented_papers import PAPERS

TODAY = dt.date(2026, 11, 20)


def read_paper(name: str) -> Reading:
    return reading(PAPERS[name].blocks, TODAY, vocabulary_of(None))


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_is_told_for_what_it_is(name: str) -> None:
    assert read_paper(name).kind == PAPERS[name].kind


@pytest.mark.parametrize("name", [name for name, each in PAPERS.items() if each.asked_about is not None])
def test_a_person_is_asked_about_a_paper_only_where_it_may_be_a_referral(name: str) -> None:
    asked = any("may be a referral" in problem.message for problem in read_paper(name).problems)
    assert asked == PAPERS[name].asked_about
