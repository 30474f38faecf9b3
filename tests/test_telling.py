"""Who is asked to tell a victim what the meeting came to, and which victims have not been told."""

import dataclasses
import datetime as dt

from marac.agency import Agency, Contact
from marac.case import Case
from marac.fortnight import Interest, VictimTold
from marac.meetings.hearing import Hearing
from marac.meetings.items import Items
from marac.meetings.telling import Teller, TellingRules, WhoTells, tellers, untold
from marac.meetings.withholding import Withholding, withholding
from marac.referral import Referrer
from marac.settings.agencies import of_contact
from tests.invented_cases import AGENCIES, HOUSING, IDVA, MEETING, POLICE, case, joined_pair, referral

NOTHING_HELD = Withholding()
SENIOR = dataclasses.replace(HOUSING, senior=Contact("Ruth Adeyemi", "r.adeyemi@homes.example"))


def asked(
    hearing: Hearing,
    to: WhoTells = "referrer",
    agencies: tuple[Agency, ...] = AGENCIES,
    held: Withholding = NOTHING_HELD,
) -> tuple[Teller, ...]:
    seniors = tuple(senior for agency in agencies if (senior := of_contact(agency, "senior")))
    return tellers(hearing, TellingRules(to, "idva"), agencies, (*agencies, *seniors), held)


def ids(found: tuple[Teller, ...]) -> list[str]:
    return [each.agency.id if each.agency else each.why for each in found]


def held_from_housing() -> Withholding:
    word = Interest("M26-0001", "housing", "held", "J. Marsh", dt.date(2026, 11, 25), "A cousin works there.")
    return withholding((case(),), (SENIOR, POLICE, IDVA), (word,), ())


def test_the_area_says_who_tells_the_victim() -> None:
    item = Hearing(case())
    assert ids(asked(item)) == ["housing"]
    assert ids(asked(item, "idva")) == ["idva"]
    assert ids(asked(item, "referrer and idva")) == ["housing", "idva"]


def test_each_referrer_of_a_joined_case_is_asked_once() -> None:
    first, second = joined_pair()
    assert ids(asked(Hearing(first, (second, dataclasses.replace(second, reference="M26-0006"))))) == [
        "housing",
        "police",
    ]


def test_a_referrer_of_an_unknown_agency_is_told_of_and_never_dropped() -> None:
    form = referral(referrer=Referrer(name="A. Neighbour", email="a.neighbour@home.example"))
    (teller,) = asked(Hearing(case(form=form, agency=None)))
    assert teller.agency is None
    assert teller.why == "the agency that referred it is not in agencies.toml"


def test_an_agency_that_has_not_signed_is_told_of() -> None:
    found = tellers(Hearing(case()), TellingRules(), AGENCIES, (POLICE, IDVA), Withholding())
    assert ids(found) == ["Northbridge Homes & Tenancies has not signed the area's protocol"]


def test_a_case_that_is_held_back_goes_to_the_senior_contact_alone_or_to_nobody() -> None:
    held = held_from_housing()
    assert ids(asked(Hearing(case()), agencies=(SENIOR, POLICE, IDVA), held=held)) == ["housing.senior"]
    nobody = tellers(Hearing(case()), TellingRules(), (HOUSING,), (HOUSING,), held)
    assert ids(nobody) == ["the case is held back from Northbridge Homes & Tenancies"]


def heard(**changes: object) -> Case:
    return dataclasses.replace(case(), state="heard", **changes)  # type: ignore[arg-type]


def test_a_case_that_was_heard_asks_until_somebody_noted_that_the_victim_was_told() -> None:
    told = VictimTold("M26-0001", MEETING.date, "Helen Farrow", dt.date(2026, 12, 5), "by telephone")
    assert [each.case.reference for each in untold((heard(),), ())] == ["M26-0001"]
    assert untold((heard(),), (told,)) == ()
    earlier = dataclasses.replace(told, meeting=dt.date(2026, 11, 19))
    assert len(untold((heard(),), (earlier,))) == 1


def test_what_another_register_brought_along_and_what_was_not_heard_does_not_ask() -> None:
    assert untold((heard(origin="import"), case("M26-0002"), case("M26-0003", state="withdrawn")), ()) == ()


def test_word_about_a_case_that_was_joined_counts_for_both() -> None:
    first, second = joined_pair()
    told = VictimTold("M26-0005", MEETING.date, "PC Alun Reese", dt.date(2026, 12, 5), "at the station")
    cases = (dataclasses.replace(first, state="heard"), second)
    assert len(untold(cases, ())) == 1
    assert untold(cases, (told,)) == ()
    assert Items(cases).of("M26-0005") == Items(cases).of("M26-0004")
