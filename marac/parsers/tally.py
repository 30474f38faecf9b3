"""The checklist's answers in the record: counted, shown with evidence, and held against the score that is stated. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from marac.checklist import QUESTIONS
from marac.parsers.checklists import Found
from marac.referral import Evidence, Problem, Referral

_SURE = 0.95


def checked(
    referral: Referral, evidence: Mapping[str, Evidence], found: Found
) -> tuple[Referral, dict[str, Evidence], list[Problem]]:
    """The referral with its checklist, the evidence with that of every answer, and what does not add up."""
    if not found.given:
        return referral, dict(evidence), _beyond(referral)
    proofs = dict(evidence)
    checklist = found.checklist
    numbered = found.numbered()
    for number in checklist.answers:
        each = numbered[number]
        proofs[f"checklist.answers.{number}"] = Evidence(each.text, each.where, _SURE)
    if checklist.ticks is not None:
        where = found.given[0].where
        proofs["checklist.ticks"] = Evidence(f"{checklist.ticks} answered yes", where, _SURE)
    if not checklist.answers:
        checklist = replace(checklist, kind=None)
    elif checklist.kind is not None:
        proofs["checklist.kind"] = Evidence(f"{len(numbered)} questions", found.given[0].where, _SURE)
    referral = replace(referral, checklist=checklist)
    return referral, proofs, [*_doubts(referral, found), *_beyond(referral)]


def _doubts(referral: Referral, found: Found) -> list[Problem]:
    checklist, stated = referral.checklist, referral.criteria.score
    problems = [
        Problem(
            "conflict", f"checklist.answers.{number}", f"Question {number} of the checklist has two answers marked."
        )
        for number, each in found.numbered().items()
        if each.conflict
    ]
    if not checklist.answers:
        return [
            *problems,
            Problem("missing", "checklist", "The form has a risk checklist, but no answer on it was found."),
        ]
    problems.extend(_unread(found))
    if checklist.ticks == 0:
        problems.append(
            Problem(
                "unclear",
                "checklist.ticks",
                "No question of the risk checklist is answered yes. Check that its boxes were read.",
            )
        )
    if stated is not None and checklist.ticks is not None and stated != checklist.ticks:
        message = (
            f"The form states a score of {stated}, but {checklist.ticks} questions of its checklist are answered yes."
        )
        problems.append(Problem("conflict", "criteria.score", message))
    return problems


def _unread(found: Found) -> list[Problem]:
    """What says that the count of ticks may be short: questions not found or not understood, or too many left open."""
    numbered = found.numbered()
    asked = max(QUESTIONS.get(found.checklist.kind or "", 0), len(found.given))
    answered = len(found.checklist.answers)
    lost = len(numbered) < asked or any(each.unclear for each in found.given)
    if not lost and answered * 3 >= asked * 2:
        return []
    message = f"Only {answered} of the {asked} questions of the risk checklist have one clear answer. Count the ticks."
    return [Problem("unclear", "checklist.ticks", message)]


def _beyond(referral: Referral) -> list[Problem]:
    """A score that no list of this kind can have."""
    score, kind = referral.criteria.score, referral.checklist.kind
    if score is not None and kind is not None and kind in QUESTIONS and score > QUESTIONS[kind]:
        return [Problem("invalid", "criteria.score", f"A score of {score} is more than the checklist has questions.")]
    return []
