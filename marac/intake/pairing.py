"""Which checklist belongs to which form, by the name of the victim and never by their order; and the two as one reading."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from marac.checklist import Checklist
from marac.intake.one_victim import Agreement, agreement
from marac.referral import Evidence, Problem, Reading
from marac.register.deliveries import Part

_SURE_BELOW = 0.8


def paired(forms: Sequence[Part], checklists: Sequence[Part]) -> dict[int, Part]:
    """The checklist of each form that has one beside it, by the form's id.

    A form and a checklist that came alone belong together unless their names speak against it. Where there are more,
    each must fit one of the others by name and no second one; the rest are left for a person.
    """
    once = list({(part.sha256, part.form): part for part in checklists}.values())
    if len(forms) == len(once) == 1:
        return {forms[0].id: once[0]} if _victims(forms[0], once[0]) != "differ" else {}
    fitting = {checklist.id: [form for form in forms if _victims(form, checklist) == "agree"] for checklist in once}
    taken = [found[0].id for found in fitting.values() if len(found) == 1]
    return {
        fitting[checklist.id][0].id: checklist
        for checklist in once
        if len(fitting[checklist.id]) == 1 and taken.count(fitting[checklist.id][0].id) == 1
    }


def joined(form: Reading, checklist: Reading) -> Reading:
    """The form's reading with the answers of the checklist beside it; its own stay where it has any."""
    ours, theirs = form.referral.checklist, checklist.referral.checklist
    if ours.answers:
        return _with_conflict(form, ours, theirs)
    criteria, stated = form.referral.criteria, form.referral.criteria.score is not None
    if not stated:
        criteria = replace(criteria, score=checklist.referral.criteria.score)
    paths = ("checklist",) if stated else ("checklist", "criteria.score")
    evidence = {path: proof for path, proof in checklist.evidence.items() if path.startswith(paths)}
    found = [problem for problem in checklist.problems if not problem.path or problem.path.startswith(paths)]
    kept = [problem for problem in form.problems if not problem.path.startswith("checklist")]
    return replace(
        form,
        referral=replace(form.referral, checklist=theirs, criteria=criteria),
        evidence={**form.evidence, **evidence},
        problems=(*kept, *found),
    )


def _with_conflict(form: Reading, ours: Checklist, theirs: Checklist) -> Reading:
    """The form's reading, with a problem where the separate checklist says something else."""
    differing: list[str] = []
    if ours.kind == theirs.kind:
        both = ours.answers.keys() & theirs.answers.keys()
        differing = sorted(
            (question for question in both if ours.answers[question] != theirs.answers[question]), key=_in_order
        )
    if not differing and (not theirs.answers or ours.ticks == theirs.ticks):
        return form
    words = (
        f"question{'s' if len(differing) > 1 else ''} {', '.join(differing)}" if differing else "the number of ticks"
    )
    problem = Problem(
        "conflict",
        "checklist",
        f"The checklist in the form and the one beside it differ in {words}. Look at both; the form's is shown.",
    )
    doubted = {f"checklist.answers.{question}" for question in differing} | {"checklist.ticks"}
    return replace(form, evidence=_doubted(form.evidence, doubted), problems=(*form.problems, problem))


def _doubted(evidence: Mapping[str, Evidence], paths: set[str]) -> dict[str, Evidence]:
    return {
        path: replace(proof, confidence=min(proof.confidence, _SURE_BELOW / 2)) if path in paths else proof
        for path, proof in evidence.items()
    }


def _in_order(question: str) -> tuple[int, str]:
    return (int(question), "") if question.isdecimal() else (1000, question)


def _victims(form: Part, checklist: Part) -> Agreement:
    """Whether both name one victim; on one of them nobody may be named, or by half a name."""
    assert form.reading is not None  # noqa: S101 - only parts that were read are paired
    assert checklist.reading is not None  # noqa: S101
    return agreement(form.reading.referral.victim, checklist.reading.referral.victim)
