"""What becomes of a message: in doubt, a person is asked."""

import datetime as dt
from dataclasses import replace

import pytest

from marac.checklist import Checklist, ChecklistAnswer, ticks_in
from marac.intake.circumstances import Circumstances
from marac.intake.outcome import Outcome, outcome
from marac.intake.reading.reader import unreadable
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
    *readings: tuple[Reading, PartRole], replied: bool = False, bounce: bool = False, damage: tuple[str, ...] = ()
) -> Outcome:
    return outcome(parts(*readings), Circumstances(replied=replied, bounce=bounce, damage=damage))


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
    assert "fits no form beside it" in verdict.reasons[0]


def form_of(name: str | None, born: dt.date | None = None, **answers: ChecklistAnswer) -> Reading:
    given = {number.strip("q"): answer for number, answer in answers.items()}
    checklist = Checklist("dash", given, ticks_in(given)) if given else Checklist()
    return Reading(
        "referral", Referral(victim=Victim(name=name, date_of_birth=born), checklist=checklist, reason="Fear.")
    )


def checklist_of(name: str | None, born: dt.date | None = None, **answers: ChecklistAnswer) -> Reading:
    return replace(form_of(name, born, **answers), kind="checklist")


def ticks(verdict: Outcome) -> dict[str | None, int | None]:
    return {found.reading.referral.victim.name: found.reading.referral.checklist.ticks for found in verdict.referrals}


def test_checklists_go_to_the_forms_by_name_and_not_by_order() -> None:
    forms = form_of("Ann Moss"), form_of("Eve Shaw")
    lists = checklist_of("Eve SHAW", q1="yes", q2="yes"), checklist_of("Moss, Ann", q1="yes")
    verdict = decided(*((each, "form") for each in (*forms, *lists)))
    assert verdict.state == "done"
    assert ticks(verdict) == {"Ann Moss": 1, "Eve Shaw": 2}


@pytest.mark.parametrize(
    "stray",
    [
        checklist_of(None, q1="yes"),
        checklist_of("Ruth Okafor", q1="yes"),
        checklist_of("Kay Moss", q1="yes"),
        checklist_of("Ann Moss", dt.date(1971, 5, 6), q1="yes"),
    ],
    ids=["no name", "another", "her sister", "another of her name"],
)
def test_a_checklist_that_fits_no_form_is_for_a_person(stray: Reading) -> None:
    forms = form_of("Ann Moss", dt.date(1990, 1, 2)), form_of("Eve Shaw")
    verdict = decided(*((each, "form") for each in (*forms, stray)))
    assert (verdict.state, ticks(verdict)) == ("needs_person", {"Ann Moss": None, "Eve Shaw": None})
    assert verdict.reasons[0].startswith("part 3 is a risk checklist that fits no form")


def test_two_checklists_that_fit_one_form_are_for_a_person() -> None:
    lists = checklist_of("Ann Moss", q1="yes"), checklist_of("Ann Moss", q1="no")
    verdict = decided((form_of("Ann Moss"), "form"), *((each, "form") for each in lists))
    assert (verdict.state, len(verdict.reasons), ticks(verdict)) == ("needs_person", 2, {"Ann Moss": None})


def test_the_same_checklist_attached_twice_is_one() -> None:
    checklist = checklist_of("Ann Moss", q1="yes")
    copies = parts((form_of("Ann Moss"), "form"), (checklist, "form"), (checklist, "form"))
    same = [replace(part, sha256="c" * 64) if part.id > 1 else part for part in copies]
    verdict = outcome(same, Circumstances())
    assert (verdict.state, ticks(verdict)) == ("done", {"Ann Moss": 1})


def test_a_form_and_a_checklist_that_say_the_same_are_one_referral_without_doubt() -> None:
    verdict = decided((form_of("Ann Moss", q1="yes"), "form"), (checklist_of("Ann Moss", q1="yes"), "form"))
    assert (verdict.state, verdict.referrals[0].reading.problems) == ("done", ())
    assert verdict.referrals[0].source == ["part 1", "part 2"]


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        (checklist_of("Ann Moss", q1="yes", q2="yes"), "question 2"),
        (checklist_of("Ann Moss", q1="yes", q2="no", q3="yes"), "number of ticks"),
    ],
)
def test_a_separate_checklist_that_says_otherwise_is_a_problem(beside: Reading, words: str) -> None:
    verdict = decided((form_of("Ann Moss", q1="yes", q2="no"), "form"), (beside, "form"))
    (problem,) = verdict.referrals[0].reading.problems
    assert (problem.code, problem.path) == ("conflict", "checklist")
    assert words in problem.message
    assert ticks(verdict) == {"Ann Moss": 1}


def test_what_could_not_be_read_of_a_checklist_is_said_of_the_referral() -> None:
    unread = Problem("unclear", "checklist", "The answers of this risk checklist were not read. Open it and look.")
    verdict = decided((FORM, "form"), (replace(checklist_of("Sian Blake"), problems=(unread,)), "form"))
    assert verdict.referrals[0].reading.problems == (unread,)


def test_of_two_bodies_the_fuller_counts_with_all_its_forms() -> None:
    plain, *page = parts((FORM, "body"), (form_of("Ann Moss"), "body"), (form_of("Eve Shaw"), "body"))
    proof = {"victim.name": Evidence("Ann Moss", "line 1", 0.9)}
    first = replace(page[0], sha256="b" * 64, reading=replace(form_of("Ann Moss"), evidence=proof))
    second = replace(page[1], sha256="b" * 64, form=2)
    verdict = outcome([plain, first, second], Circumstances())
    assert [found.reading.referral.victim.name for found in verdict.referrals] == ["Ann Moss", "Eve Shaw"]


def test_the_text_of_a_message_that_cannot_be_read_is_for_a_person_unless_a_form_came_with_it() -> None:
    text, form = parts((unreadable("The file is a rich text file."), "body"), (FORM, "form"))
    text = replace(text, media_type="text/rtf")
    alone = outcome([text], Circumstances())
    assert (alone.disposition, alone.reasons) == ("unreadable", ("part 1: The file is a rich text file.",))
    assert outcome([text, form], Circumstances()).state == "done"


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
        (Reading("research"), "research_return", "research"),
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


DOUBTFUL = Problem("unclear", "", "This may be a referral on a form that is not known.")
NEVER_REGISTERED = [
    (Circumstances(replied=True), "auto_reply"),
    (Circumstances(list_mail=True), "list_mail"),
    (Circumstances(from_ourselves=True), "own_mail"),
]


@pytest.mark.parametrize(("about", "disposition"), NEVER_REGISTERED)
def test_mail_that_is_never_registered_is_done_with_its_blank_form_and_its_minutes(
    about: Circumstances, disposition: str
) -> None:
    blank = Reading("referral", problems=(Problem("missing", "", "The form is blank: nobody has filled it in."),))
    for files in ((), (blank,), (Reading("minutes"),), (Reading("research"),), (blank, Reading("minutes"))):
        verdict = outcome(parts((CHATTER, "body"), *((each, "form") for each in files)), about)
        assert (verdict.state, verdict.disposition) == ("done", disposition)


@pytest.mark.parametrize(("about", "disposition"), NEVER_REGISTERED)
@pytest.mark.parametrize(
    "reading",
    [
        FORM,
        CHECKLIST,
        unreadable("This file is empty."),
        unreadable("This file is locked with a password."),
        Reading("referral", problems=(Problem("unclear", "", "A page is a picture that cannot be read."),)),
        Reading("minutes", problems=(DOUBTFUL,)),
        Reading("other", problems=(DOUBTFUL,)),
    ],
    ids=["form", "checklist", "unreadable", "locked", "partly read", "doubtful minutes", "doubtful paper"],
)
def test_what_may_be_a_referral_in_mail_that_is_never_registered_is_for_a_person(
    reading: Reading, about: Circumstances, disposition: str
) -> None:
    verdict = outcome(parts((CHATTER, "body"), (reading, "form"), (Reading("minutes"), "form")), about)
    assert (verdict.state, verdict.disposition, verdict.referrals) == ("needs_person", disposition, ())
    assert "Nothing was registered" in verdict.reasons[0]


def test_a_paper_of_no_known_kind_is_for_a_person_only_in_our_own_mail() -> None:
    states = [outcome(parts((CHATTER, "form")), about).state for about, _ in NEVER_REGISTERED]
    assert states == ["done", "done", "needs_person"]


def test_research_that_answers_our_request_is_for_a_person_though_a_program_sent_it() -> None:
    about = Circumstances(replied=True, answers="research")
    assert outcome(parts((Reading("research"), "form")), about).state == "needs_person"


def test_a_locked_file_that_was_opened_no_longer_counts_in_an_automatic_reply() -> None:
    locked, inside = parts((unreadable("This file is locked with a password."), "form"), (Reading("minutes"), "form"))
    opened = [replace(locked, lock="password"), replace(inside, unlocks=locked.id)]
    assert outcome(opened, Circumstances(replied=True)).state == "done"
    assert outcome(opened[:1], Circumstances(replied=True)).state == "needs_person"


OPEN_IT = "It only links to Egress. Open it by hand, and drop the form into the inbox or send it to the mailbox."
STAND_IN = Circumstances(link="Egress", doubt="Somebody else sent it.")


@pytest.mark.parametrize("kind", [CHATTER, unreadable("The file is no form that can be read."), Reading("minutes")])
def test_a_message_that_stands_in_for_its_content_is_a_link_whatever_its_file_was_read_as(kind: Reading) -> None:
    verdict = outcome(parts((CHATTER, "body"), (kind, "form")), STAND_IN)
    assert (verdict.disposition, verdict.reasons) == ("link_to_open", (OPEN_IT, STAND_IN.doubt))


def test_a_locked_file_a_checklist_and_a_referral_count_before_a_link() -> None:
    (locked,) = parts((unreadable("This file is locked with a password."), "form"))
    assert outcome([replace(locked, lock="password")], STAND_IN).disposition == "locked"
    assert outcome(parts((CHECKLIST, "form")), STAND_IN).disposition == "no_referral"
    assert outcome(parts((FORM, "form")), STAND_IN).disposition == "new_referral"


def test_a_referral_in_a_bounce_is_not_registered() -> None:
    verdict = decided((FORM, "form"), bounce=True)
    assert (verdict.state, verdict.disposition, verdict.referrals) == ("needs_person", "bounce", ())


def test_a_damaged_message_is_registered_and_shown() -> None:
    verdict = decided((FORM, "form"), damage=("CloseBoundaryNotFoundDefect",))
    assert (verdict.state, len(verdict.referrals)) == ("needs_person", 1)
    assert "not to have arrived whole" in verdict.reasons[0]
