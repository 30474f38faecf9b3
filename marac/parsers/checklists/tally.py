"""The checklist's answers in the record: counted, shown with evidence, and held against the score that is stated. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from marac.checklist import QUESTIONS, Checklist
from marac.parsers.checklists.checklists import Found
from marac.referral import Evidence, Problem, Referral

_SURE = 0.95
_BY_NUMBER = 0.7
_FEWEST_STRAY = 3  # questions; a referral form asks one or two of the list's for itself
_FEW_MISSED = 3  # questions; where more were not found, the whole list is to be looked at


def checked(
    referral: Referral, evidence: Mapping[str, Evidence], found: Found
) -> tuple[Referral, dict[str, Evidence], list[Problem]]:
    """The referral with its checklist, the evidence with that of every answer, and what does not add up."""
    referral, evidence, doubts = _graded(referral, evidence, found)
    if not found.given:
        return referral, dict(evidence), [*doubts, *_stray(found), *_beyond(referral)]
    proofs = dict(evidence)
    checklist = _with_grade(found.checklist, referral.checklist)
    numbered = found.numbered()
    for number in checklist.answers:
        each = numbered[number]
        confidence = _SURE if each.known or checklist.kind is None else _BY_NUMBER
        proofs[f"checklist.answers.{number}"] = Evidence(each.text, each.where, confidence)
    if checklist.ticks is not None:
        where = found.given[0].where
        proofs["checklist.ticks"] = Evidence(f"{checklist.ticks} answered yes", where, _SURE)
    if not checklist.answers:
        checklist = replace(checklist, kind=referral.checklist.kind)
    elif checklist.kind is not None:
        proofs["checklist.kind"] = Evidence(f"{len(numbered)} questions", found.given[0].where, _SURE)
    referral = replace(referral, checklist=checklist)
    return referral, proofs, [*doubts, *_doubts(referral, found), *_beyond(referral)]


def _graded(
    referral: Referral, evidence: Mapping[str, Evidence], found: Found
) -> tuple[Referral, Mapping[str, Evidence], list[Problem]]:
    """The referral with the grade of its DARA, or with its MeRIT total and band."""
    graded = found.graded
    if graded is None:
        return referral, evidence, []
    merit = graded.total is not None or None
    proofs = {f"checklist.{leaf}": proof for leaf, proof in graded.proofs.items() if leaf != "total"}
    is_dara = graded.kind == "dara"
    checklist = Checklist(grade=graded.grade, judgement=graded.judgement, dara=is_dara or None, merit_total=merit)
    first = next(iter(graded.proofs.values()), None)
    if first is not None and (is_dara or merit):
        proofs["checklist.dara" if is_dara else "checklist.merit_total"] = replace(first, confidence=_SURE)
    criteria = referral.criteria
    if criteria.score is None and graded.total is not None:
        criteria = replace(criteria, score=graded.total)
        proofs["criteria.score"] = graded.proofs["total"]
    doubts = []
    if is_dara and graded.grade is None:
        doubts = [
            Problem("missing", "checklist.grade", "The form has a DARA, but no grade was found on it. Look at it.")
        ]
    return replace(referral, checklist=checklist, criteria=criteria), {**evidence, **proofs}, doubts


def _with_grade(checklist: Checklist, graded: Checklist) -> Checklist:
    return replace(
        checklist, grade=graded.grade, judgement=graded.judgement, dara=graded.dara, merit_total=graded.merit_total
    )


def _doubts(referral: Referral, found: Found) -> list[Problem]:
    checklist, stated = referral.checklist, referral.criteria.score
    problems = [
        Problem(
            "conflict", f"checklist.answers.{number}", f"Question {number} of the checklist has two answers marked."
        )
        for number, each in found.numbered().items()
        if each.conflict
    ]
    problems += [
        Problem(
            "unclear",
            f"checklist.answers.{each.printed}",
            f"Question {each.printed} of the checklist is not in the usual words, so it was taken by its number.",
        )
        for each in found.by_printed_number()
    ]
    if found.otherwise:
        problems.append(Problem("conflict", "checklist.ticks", _differing(found.otherwise)))
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
    if stated is not None and not checklist.merit_total and checklist.ticks is not None and stated != checklist.ticks:
        message = (
            f"The form states a score of {stated}, but {checklist.ticks} questions of its checklist are answered yes."
        )
        problems.append(Problem("conflict", "criteria.score", message))
    return problems


def _differing(numbers: Sequence[int]) -> str:
    many = len(numbers) > 1
    named = ", ".join(map(str, numbers))
    return (
        f"Read a second way, the answer{'s' if many else ''} to question{'s' if many else ''} {named} of the risk "
        f"checklist {'are' if many else 'is'} not the same. Compare {'them' if many else 'it'} with the form."
    )


def _stray(found: Found) -> list[Problem]:
    """What says that a list may be on the form of which only a few questions were known."""
    if found.stray < _FEWEST_STRAY:
        return []
    message = (
        f"Only {found.stray} questions of a risk checklist were known on this form, so its ticks were not counted."
    )
    return [Problem("unclear", "checklist", message)]


def _unread(found: Found) -> list[Problem]:
    """What says that the count of ticks may be short: questions not found or not understood, or too many left open."""
    numbered = found.numbered()
    asked = max(QUESTIONS.get(found.checklist.kind or "", 0), len(found.given))
    answered = len(found.checklist.answers)
    lost = len(numbered) < asked or any(each.unclear for each in found.given)
    if not lost and answered * 3 >= asked * 2:
        return []
    message = f"Only {answered} of the {asked} questions of the risk checklist have one clear answer. Count the ticks."
    return [Problem("unclear", "checklist.ticks", message), *_not_found(set(numbered), asked)]


def _not_found(numbered: Collection[str], asked: int) -> list[Problem]:
    """Names the few questions of a list that were not found on it."""
    missed = [number for number in map(str, range(1, asked + 1)) if number not in numbered]
    if len(missed) > _FEW_MISSED:
        return []
    message = "Question {} of the risk checklist was not found. Open the form and look."
    return [Problem("unclear", f"checklist.answers.{number}", message.format(number)) for number in missed]


def but_for_merit(problems: Sequence[Problem], referral: Referral) -> list[Problem]:
    """These problems without the one that a MeRIT total is too high for a count of ticks."""
    merit = referral.checklist.merit_total
    return [each for each in problems if not (merit and (each.code, each.path) == ("invalid", "criteria.score"))]


def _beyond(referral: Referral) -> list[Problem]:
    """A score that no list of this kind can have."""
    score, kind = referral.criteria.score, referral.checklist.kind
    if referral.checklist.merit_total:
        return []
    if score is not None and kind is not None and kind in QUESTIONS and score > QUESTIONS[kind]:
        return [Problem("invalid", "criteria.score", f"A score of {score} is more than the checklist has questions.")]
    return []
