"""Two independent readings of one file held against each other, in what decides a case. Pure."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from marac.referral import Evidence, Problem, Reading, Referral

_DOUBTED = 0.5
_NOT_TEXT = re.compile(r"[\W_]+")
_PERSON = ("name", "date_of_birth", "address", "postcode", "phone")
_CRITERIA = ("professional_judgement", "visible_high_risk", "escalation", "repeat", "score", "previous_date")
_LONGEST = 60
_UNSEEN = "nothing"


def held_against(first: Reading, second: Reading) -> Reading:
    """The first reading, with a problem and a low confidence wherever the second one says something else.

    What decides a case is who and where the people are, whether it is safe to call, the criteria and the checklist.
    A leaf about which the first reading has said already that a person must look is passed over, and so is one that
    only the first way found: what a weaker library cannot see is no doubt.
    """
    if second.kind != first.kind:
        return first
    ours, theirs = dict(_deciding(first.referral)), dict(_deciding(second.referral))
    doubted = {problem.path for problem in first.problems}
    differing = [
        path
        for path, value in theirs.items()
        if value is not None and not _is_same(ours.get(path), value) and not _is_told(path, doubted)
    ]
    if not differing:
        return first
    problems = tuple(_problem(path, ours.get(path), theirs[path]) for path in differing)
    return replace(first, evidence=_lowered(first.evidence, differing), problems=(*first.problems, *problems))


def _deciding(referral: Referral) -> Iterator[tuple[str, Any]]:
    """The leaves that decide a case, by path."""
    for name in (*_PERSON, "safe_to_call"):
        yield f"victim.{name}", getattr(referral.victim, name)
    for number, perpetrator in enumerate(referral.perpetrators):
        for name in _PERSON:
            yield f"perpetrators.{number}.{name}", getattr(perpetrator, name)
    yield "children", len(referral.children) or None
    for name in _CRITERIA:
        yield f"criteria.{name}", getattr(referral.criteria, name)
    for name in ("aware", "given"):
        yield f"consent.{name}", getattr(referral.consent, name)
    for question, answer in referral.checklist.answers.items():
        yield f"checklist.answers.{question}", answer


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return _letters(one) == _letters(other)
    return one == other


def _letters(text: str) -> str:
    """Letters and figures alone: two libraries may see spaces differently."""
    return _NOT_TEXT.sub("", text).casefold()


def _is_told(path: str, doubted: set[str]) -> bool:
    """Whether a person is asked to look at this leaf, or at all that it is part of."""
    parts = path.split(".")
    return any(".".join(parts[:length]) in doubted for length in range(1, len(parts) + 1))


def _problem(path: str, ours: object, theirs: object) -> Problem:
    if path == "children":
        seen = f"{ours or 'no'} and {theirs} children were found"
    else:
        seen = f"“{_shown(ours)}” and “{_shown(theirs)}” were found"
    return Problem("conflict", path, f"The file was read in two ways, and here they differ: {seen}. Look at the file.")


def _shown(value: object) -> str:
    if value is None:
        return _UNSEEN
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _lowered(evidence: Mapping[str, Evidence], paths: list[str]) -> dict[str, Evidence]:
    return {
        path: replace(proof, confidence=min(proof.confidence, _DOUBTED)) if path in paths else proof
        for path, proof in evidence.items()
    }
