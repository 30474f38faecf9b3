"""The text of an acknowledgement: references, dates and fixed words, and nothing that stands on a form."""

import dataclasses
import datetime as dt

import pytest

from marac.case import Case, Decision, Flag
from marac.checklist import Checklist
from marac.errors import TemplateError
from marac.generators.acknowledgement import Received, Role, acknowledgement, subject
from marac.generators.asking import asked_for
from marac.generators.text_templates import own_text
from marac.referral import Consent, Perpetrator, Problem, Referrer
from marac.triage import flags
from marac.triage.rules import Rules
from tests.made_up_couples import PERPETRATOR, VICTIM, couple

TODAY = dt.date(2026, 11, 20)
MEETING = dt.date(2026, 12, 3)
GOLDEN = """\
Dear colleague

Thank you for your referral. It has arrived, and its reference is M26-0010.

It is listed for the MARAC meeting on 3 December 2026.

The form does not say all that the meeting needs, or not clearly enough for us. Please send us:

- the victim's date of birth, or the age if that is all you know
- the reason for the referral
- whether it is safe to ring the victim
- the perpetrator's date of birth (please confirm)

To send us anything more, reply to this message, in the same secure way in which you sent the referral. Please keep the \
subject as it is, and write nobody's name in it.

This mailbox is not watched around the clock. If anybody is in immediate danger, ring 999.

This answer was written by a program. It does not mean that a person has read your message yet.

Zoë Marsh
Northbridge MARAC
marac@northbridge.example
"""


def flagged(case: Case) -> Case:
    """The case with the flags that the register gives it."""
    return dataclasses.replace(case, flags=flags(case, [], Rules()))


def lacking(**changes: object) -> Case:
    return flagged(couple(state="listed", meeting=MEETING, **changes))  # type: ignore[arg-type]


def received(*cases: Case, role: Role = "referral") -> list[Received]:
    return [Received(case, role, case) for case in cases]


def text(found: list[Received], template: str | None = None) -> str:
    return acknowledgement(
        found,
        TODAY,
        marac="Northbridge MARAC",
        coordinator="Zoë Marsh",
        email="marac@northbridge.example",
        template=template or own_text("acknowledgement"),
    )


def test_an_acknowledgement_in_full() -> None:
    doubt = Problem("conflict", "perpetrators.0.date_of_birth", "The form gives two different answers.")
    victim = dataclasses.replace(VICTIM, date_of_birth=None, age=None, safe_to_call=None, phone="07700900123")
    assert text(received(lacking(victim=victim, reason=None, problems=[doubt]))) == GOLDEN


def test_what_is_complete_is_asked_for_nothing() -> None:
    told = text(received(lacking()))
    assert "You need not send anything more for now." in told
    assert "Please send us:" not in told


@pytest.mark.parametrize(
    ("case", "item"),
    [
        (lacking(victim=dataclasses.replace(VICTIM, name=None)), "the victim's name"),
        (
            lacking(victim=dataclasses.replace(VICTIM, address=None, postcode=None, phone=None)),
            "the victim's address, or a safe way to make contact",
        ),
        (lacking(perpetrators=()), "the perpetrator's name"),
        (lacking(perpetrators=[PERPETRATOR, Perpetrator()]), "the name of each perpetrator"),
        (lacking(referrer=Referrer(), agency=None), "which agency you refer for"),
        (lacking(reason=None), "the reason for the referral"),
        (lacking(consent=Consent()), "whether the victim knows of the referral, and agrees to it"),
        (lacking(checklist=Checklist()), "the filled-in risk checklist, or its score"),
    ],
)
def test_every_essential_that_the_register_misses_is_asked_for(case: Case, item: str) -> None:
    assert item in asked_for(case)


def test_a_reason_that_says_the_same_gap_twice_asks_for_it_once() -> None:
    problems = [Problem("missing", "reason", "No reason."), Problem("unclear", "victim.safe_to_call", "Both boxes.")]
    victim = dataclasses.replace(VICTIM, safe_to_call=None, phone="07700900123")
    items = asked_for(lacking(reason=None, victim=victim, problems=problems))
    assert items == ("the reason for the referral", "whether it is safe to ring the victim")


def test_questions_of_the_checklist_are_asked_for_in_one_item() -> None:
    problems = [Problem("unclear", f"checklist.answers.{number}", f"Look at {number}.") for number in (12, 3, 7)]
    assert asked_for(lacking(problems=problems)) == ("the answers to questions 3, 7 and 12 of the risk checklist",)


def test_of_several_perpetrators_and_children_the_number_is_told() -> None:
    problems = [
        Problem("unclear", "perpetrators.1.date_of_birth", "Look at it."),
        Problem("unclear", "children.0.name", "Look at that."),
    ]
    case = lacking(perpetrators=[PERPETRATOR, Perpetrator(name="Zofia Przykład")], problems=problems)
    assert asked_for(case) == (
        "perpetrator 2's date of birth (please confirm)",
        "child 1's name (please confirm)",
    )


def test_words_that_the_program_did_not_understand_are_not_put_to_the_referrer() -> None:
    problems = [
        Problem("unclear", "perpetrators", "Not read: “Works as: Zeeshan drives for Weir Cabs” (table 3)."),
        Problem("unclear", "", "The file holds hidden text, which was not read."),
        Problem("unclear", "victim.shoe_size", "Not known to anybody."),
    ]
    assert asked_for(lacking(problems=problems)) == ()


def test_a_long_list_ends_with_what_the_coordinator_will_ask() -> None:
    leaves = ("aliases", "age", "address", "postcode", "phone", "contact_notes", "interpreter", "language", "name")
    problems = [Problem("unclear", f"victim.{leaf}", f"{leaf}.") for leaf in leaves]
    problems += [Problem("unclear", "criteria.score", "Score."), Problem("unclear", "police.reference", "Number.")]
    items = asked_for(lacking(problems=problems))
    assert len(items) == 11
    assert items[-1] == "a few more things, about which the coordinator will ask you"


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (couple(), "It is not listed for a meeting yet."),
        (
            couple(state="heard", meeting=dt.date(2026, 11, 5)),
            "It was listed for the MARAC meeting on 5 November 2026.",
        ),
        (couple(state="listed", meeting=MEETING), "It is listed for the MARAC meeting on 3 December 2026."),
        (couple(state="not heard"), "The coordinator will tell you what happens with it."),
        (
            couple(
                state="listed",
                meeting=MEETING,
                decisions=[Decision("M26-0010", "not-heard", "Another area's.", "J. Marsh", TODAY)],
            ),
            "The coordinator will tell you what happens with it.",
        ),
        (
            dataclasses.replace(
                couple(state="listed", meeting=MEETING), flags=(Flag("below threshold", "9 ticks.", "", None, True),)
            ),
            "It is down for the MARAC meeting on 3 December 2026; the coordinator has still to decide whether it is heard there.",
        ),
    ],
)
def test_the_answer_says_whether_and_when_the_case_is_listed(case: Case, words: str) -> None:
    assert words in text(received(case))


def test_a_joined_case_keeps_its_reference_and_tells_the_meeting_of_the_one_that_carries_on() -> None:
    joined = couple("M26-0011", state="joined", joined_to="M26-0010")
    told = text([Received(joined, "referral", couple(state="listed", meeting=MEETING))])
    assert "its reference is M26-0011" in told
    assert "3 December 2026" in told
    assert "M26-0010" not in told  # whose other referral that is, is nobody's business


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("again", "nothing was entered twice. Its reference is M26-0010."),
        ("reply", "What you sent was added to the referral M26-0010."),
        ("version", "A person compares the two before it is used."),
    ],
)
def test_the_answer_says_what_the_message_was_to_the_case(role: Role, words: str) -> None:
    assert words in text(received(couple(), role=role))


def test_a_new_version_is_not_asked_for_what_the_old_one_lacked() -> None:
    assert "Please send us" not in text(received(lacking(reason=None), role="version"))


def test_several_referrals_are_told_and_asked_about_one_by_one() -> None:
    one, other = lacking(reference="M26-0010", reason=None), lacking(reference="M26-0011", consent=Consent())
    told = text(received(one, other))
    assert "M26-0010: it is listed for the MARAC meeting on 3 December 2026.\nM26-0011: it is listed" in told
    assert "M26-0010\n- the reason for the referral\n\nM26-0011\n- whether the victim knows" in told


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "MARAC referral M26-0001 received"),
        (2, "MARAC referrals M26-0001 and M26-0002 received"),
        (6, "MARAC referrals M26-0001, M26-0002, M26-0003, M26-0004 and 2 more received"),
    ],
)
def test_the_subject_holds_references_only(number: int, words: str) -> None:
    assert subject(received(*(couple(f"M26-{each:04}") for each in range(1, number + 1)))) == words


@pytest.mark.parametrize("template", ["$referrals $missing $emergency $program $victim", "$referrals $"])
def test_a_template_with_an_unknown_field_is_refused_with_those_that_are_known(template: str) -> None:
    with pytest.raises(TemplateError, match=r"Known: \$referrals, \$missing"):
        text(received(couple()), template)


def test_a_template_without_the_words_on_danger_is_refused() -> None:
    with pytest.raises(TemplateError, match=r"lacks \$emergency, \$program\. Every answer must tell"):
        text(received(couple()), "$referrals $missing")


def test_an_areas_own_words_stand_around_the_fields() -> None:
    own = "Annwyl gydweithiwr\n$referrals\n$missing\n$emergency\n$program\nCost: $$0"
    told = text(received(couple()), own)
    assert told.startswith("Annwyl gydweithiwr\nThank you for your referral.")
    assert told.endswith("Cost: $0")
