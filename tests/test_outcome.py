"""What becomes of a message: in doubt, a person is asked."""

import pytest

from marac.checklist import Checklist
from marac.intake.outcome import Outcome, outcome
from marac.intake.reader import unreadable
from marac.referral import Criteria, Evidence, Perpetrator, Problem, Reading, Referral, Victim
from marac.register.deliveries import Part, PartRole

FORM = Reading("referral", Referral(victim=Victim(name="Siân Blake"), perpetrators=(Perpetrator(name="Tom Blake"),)))
BLANK = Reading("referral")
CHECKLIST = Reading(
    "checklist",
    Referral(
        victim=Victim(name="Sian BLAKE"), checklist=Checklist("dash", {"1": "yes"}, 1), criteria=Criteria(score=1)
    ),
    {"checklist.ticks": Evidence("1 tick", "table 1", 0.9)},
)
CHATTER = Reading("other")


def parts(*readings: tuple[Reading, PartRole]) -> list[Part]:
    return [
        Part(number, number, f"{number:064d}", f"part {number}", "", role, 1, reading)
        for number, (reading, role) in enumerate(readings, 1)
    ]


def decided(
    *readings: tuple[Reading, PartRole], automatic: bool = False, bounce: bool = False, damage: tuple[str, ...] = ()
) -> Outcome:
    return outcome(parts(*readings), automatic=automatic, bounce=bounce, damage=damage)


def test_a_filled_form_is_a_new_referral_and_the_message_is_done() -> None:
    verdict = decided((CHATTER, "body"), (FORM, "form"))
    assert (verdict.state, verdict.disposition) == ("done", "new_referral")
    assert [found.source for found in verdict.referrals] == ["part 2"]


def test_two_forms_are_two_referrals() -> None:
    verdict = decided((FORM, "form"), (FORM, "form"))
    assert (verdict.state, verdict.disposition, len(verdict.referrals)) == ("done", "new_referrals", 2)


def test_a_referral_in_the_body_counts_where_no_form_does() -> None:
    assert [found.source for found in decided((FORM, "body")).referrals] == ["part 1"]
    assert [found.source for found in decided((FORM, "body"), (FORM, "form")).referrals] == ["part 2"]


def test_a_checklist_beside_a_form_is_joined_to_it() -> None:
    verdict = decided((FORM, "form"), (CHECKLIST, "form"))
    assert verdict.state == "done"
    assert verdict.referrals[0].source == ["part 1", "part 2"]
    assert verdict.referrals[0].reading.referral.checklist.ticks == 1
    assert verdict.referrals[0].reading.referral.criteria.score == 1
    assert "checklist.ticks" in verdict.referrals[0].reading.evidence


def test_a_checklist_of_somebody_else_is_not_joined_but_shown() -> None:
    other = Reading(
        "checklist", Referral(victim=Victim(name="Ruth Okafor"), checklist=Checklist("dash", {"1": "yes"}, 1))
    )
    verdict = decided((FORM, "form"), (other, "form"))
    assert verdict.state == "needs_person"
    assert verdict.referrals[0].reading == FORM
    assert "checklist without a referral form" in verdict.reasons[0]


def test_an_unreadable_file_beside_a_form_asks_for_a_person_and_the_form_is_registered_all_the_same() -> None:
    verdict = decided((FORM, "form"), (unreadable("This file is empty."), "form"))
    assert (verdict.state, verdict.disposition) == ("needs_person", "new_referral")
    assert len(verdict.referrals) == 1
    assert verdict.reasons == ("part 2: This file is empty.",)


@pytest.mark.parametrize(
    ("reading", "disposition", "words"),
    [
        (unreadable("This file is empty."), "unreadable", "empty"),
        (unreadable("This file is locked with a password."), "locked", "password"),
        (BLANK, "no_referral", "nobody filled in"),
        (CHECKLIST, "no_referral", "without a referral form"),
        (Reading("minutes"), "no_referral", "minutes"),
        (Reading("research"), "no_referral", "research return"),
        (Reading("other", problems=(Problem("unclear", "", "x"),)), "no_referral", "not a referral form"),
    ],
)
def test_what_is_no_referral_needs_a_person_and_says_why(reading: Reading, disposition: str, words: str) -> None:
    verdict = decided((CHATTER, "body"), (reading, "form"))
    assert (verdict.state, verdict.disposition) == ("needs_person", disposition)
    assert words in verdict.reasons[0]


def test_a_message_without_anything_is_for_a_person() -> None:
    assert decided().state == "needs_person"
    assert decided((CHATTER, "body")).disposition == "no_referral"


def test_an_automatic_reply_is_done_unless_it_brings_a_file() -> None:
    assert decided((CHATTER, "body"), automatic=True).disposition == "auto_reply"
    assert decided((FORM, "form"), automatic=True).disposition == "new_referral"
    assert decided((CHATTER, "form"), automatic=True).state == "needs_person"


def test_a_referral_in_a_bounce_is_not_registered() -> None:
    verdict = decided((FORM, "form"), bounce=True)
    assert (verdict.state, verdict.disposition, verdict.referrals) == ("needs_person", "bounce", ())


def test_a_damaged_message_is_registered_and_shown() -> None:
    verdict = decided((FORM, "form"), damage=("CloseBoundaryNotFoundDefect",))
    assert (verdict.state, len(verdict.referrals)) == ("needs_person", 1)
    assert "not to have arrived whole" in verdict.reasons[0]
