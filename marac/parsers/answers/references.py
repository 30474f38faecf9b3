"""How papers name a case, an action and themselves: `M26-0004`, `Action 17`, `R-2026-12-03-housing`. Pure."""

import datetime as dt
import re
from collections.abc import Iterable

from marac.reply import Mark

_BETWEEN = r"\s?[-\u2010-\u2015_/ ]?\s?"
REFERENCE = re.compile(rf"(?<![A-Za-z0-9])M(\d{{2}}){_BETWEEN}(\d{{4,5}})(?!\w)", re.IGNORECASE)
"""A reference, with whatever mail programs and people make of its dash."""
LOOSE = re.compile(
    r"(?<![A-Za-z0-9])(?:M\s?[\dOoIl]{2}[-\u2010-\u2015_/. ]{0,3}[\dOoIl]{1,7}|[A-LN-Z]?\d{2}[-\u2010-\u2015]0\d{2,4})(?![\w/.-]*\d)",
    re.IGNORECASE,
)
"""What may be meant for a reference: a digit too few or too many, a letter for a digit, no letter before it."""
_MORE = re.compile(
    r"\s*(?:[/&+,;]|\band\b|\bor\b|\bto\b|[-\u2010-\u2015])\s*(?:0\d{1,4}\b|(?<=/)\d{1,4}(?![\d/]))", re.IGNORECASE
)
"""The short way of writing a second reference after a first: `M26-0004/7`, `M26-0004 and 0007`."""
ACTION = re.compile(r"\bactions?\s*(?:no\.?\s*|number\s*|#\s*)?(\d{1,6})\b", re.IGNORECASE)
_MARK = re.compile(r"(?<!\w)R-(\d{4})-(\d{2})-(\d{2})-([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)?)", re.IGNORECASE)


def references_in(text: str) -> tuple[str, ...]:
    """The references that a text names, each once, as the register writes them."""
    return tuple(dict.fromkeys(f"M{found[1]}-{found[2]}" for found in REFERENCE.finditer(text)))


def doubtful_references_in(text: str) -> tuple[str, ...]:
    """What looks like a reference and is none, as it stands there."""
    sure = [found.span() for found in REFERENCE.finditer(text)]
    loose = (found for found in LOOSE.finditer(text) if not any(_overlap(found.span(), span) for span in sure))
    short = (found for start in sure if (found := _MORE.match(text, start[1])) is not None)
    return tuple(dict.fromkeys(found[0].strip(" /&+,;-\u2013") for found in (*loose, *short)))


def names_a_case(text: str) -> bool:
    """Whether a text names a case, rightly or not."""
    return bool(references_in(text) or doubtful_references_in(text))


def marks_in(texts: Iterable[str]) -> tuple[Mark, ...]:
    """The marks of forms of ours in these texts, each once."""
    found: dict[Mark, None] = {}
    for text in texts:
        for mark in _MARK.finditer(text):
            year, month, day = (int(mark[group]) for group in (1, 2, 3))
            try:
                found[Mark(dt.date(year, month, day), mark[4].lower())] = None
            except ValueError:
                continue
    return tuple(found)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
