"""One leaf of a referral: which kind of value it holds, what it holds now, and the reading with another value there."""

import datetime as dt
import types
from dataclasses import replace
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from marac.referral import Evidence, Reading, Referral

SOURCE = "register workbook"
"""Where the evidence of a value stands that a person typed into the workbook."""


@cache
def kind_of(path: str) -> Any:
    """What the leaf holds, `None` aside: `str`, `int`, `bool`, `dt.date`, a tuple of texts, or a choice of words."""
    kind: Any = Referral
    for step in path.split("."):
        kind = get_args(kind)[0] if step.isdigit() else _without_none(get_type_hints(kind, vars(dt))[step])
    return kind


def leaf(referral: Referral, path: str) -> Any:
    """What the leaf holds; None in a person who is not there."""
    value: Any = referral
    for step in path.split("."):
        if step.isdigit():
            if int(step) >= len(value):
                return () if kind_of(path) == tuple[str, ...] else None
            value = value[int(step)]
        else:
            value = getattr(value, step)
    return value


def with_leaf(reading: Reading, path: str, value: Any, words: str, source: str = SOURCE) -> Reading:
    """The reading with another value in one leaf, as a person typed it; what was asked about that leaf is settled."""
    evidence: dict[str, Evidence] = {**reading.evidence, path: Evidence(words, source, 1.0)}
    return replace(
        reading,
        referral=_with(reading.referral, Referral, path.split("."), value),
        evidence=evidence,
        problems=tuple(problem for problem in reading.problems if problem.path != path),
    )


def _with(branch: Any, kind: Any, steps: list[str], value: Any) -> Any:
    if not steps:
        return value
    step, *rest = steps
    if step.isdigit():
        people, place = list(branch), int(step)
        of = get_args(kind)[0]
        people[place : place + 1] = [_with(people[place] if place < len(people) else of(), of, rest, value)]
        return tuple(people)
    inner = _without_none(get_type_hints(type(branch))[step])
    return replace(branch, **{step: _with(getattr(branch, step), inner, rest, value)})


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in {Union, types.UnionType}:
        return next(each for each in get_args(kind) if each is not type(None))
    return kind
