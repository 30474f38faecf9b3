"""Answers that say who refers: a name with an agency or a job beside it. Pure."""

import datetime as dt
import re
from collections.abc import Callable

from marac.parsers.filling.answers import Answer, Leaf, Read
from marac.parsers.filling.identity import named
from marac.parsers.filling.said import HINTS
from marac.parsers.filling.values import (
    is_unknown,
)
from marac.parsers.layout.writing import folded

_PARTS = re.compile(r"\s+[–—-]\s+|\s*[/|;\n\t]\s*|\s{2,}|\s*,\s*|\s+of\s+(?=[A-Z])|\s+at\s+(?=[A-Z])")

_AGENCY_FIRST = re.compile(r"^\W*(?:referring |your |the )?(?:agency|organisation|service|team)\b", re.IGNORECASE)


def name_and(second: str) -> Callable[[Answer, dt.date | None], Read]:
    """A name with an agency or a job after it: `Maria Sykes – Southend Council`."""

    def read(answer: Answer, _latest: dt.date | None) -> Read:
        text = answer.value.text.strip()
        parts = [folded(part) for part in _PARTS.split(text, maxsplit=1)]
        if second == "agency" and len(parts) > 1 and _AGENCY_FIRST.search(answer.label):
            *_, last = _PARTS.finditer(text)
            parts = [folded(text[last.end() :]), folded(text[: last.start()])]
            if "/" in text:
                parts = [folded(part) for part in reversed(text.split("/", maxsplit=1))]
        yield from named(parts[0])
        if len(parts) > 1 and not is_unknown(parts[1]):
            yield from _second(second, parts[1])

    return read


def _second(kind: str, text: str) -> Read:
    if kind == "role_agency":
        role, *agency = [folded(part) for part in _PARTS.split(text, maxsplit=1)]
        yield Leaf("role", role.strip(" ()"), 0.85)
        if agency:
            yield Leaf("agency", agency[0].strip(" ()"), 0.85)
        return
    yield Leaf(kind, text.strip(" ,;()") if text.count("(") != text.count(")") else text.strip(" ,;"), 0.9)


def referrer_name(answer: Answer, _latest: dt.date | None) -> Read:
    """A referrer's name, and the job that some write after it."""
    text = folded(HINTS.sub(" ", answer.value.text.replace("\n", ", ")))
    head, mark, tail = re.sub(r"\s+[–—-]\s+|\s*[(/;]\s*", ", ", text, count=1).partition(", ")
    if mark and any(word.strip(".()").casefold() in answer.vocabulary.roles for word in tail.split()):
        yield from named(head)
        yield Leaf("role", tail.strip(" ,;()"), 0.9)
    else:
        yield from named(text)
