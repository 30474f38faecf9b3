"""Several people in one cell of an old register: a couple, perpetrators, children. Pure."""

import datetime as dt
import re
from collections.abc import Sequence

from marac.parsers.filling.names import name_in
from marac.parsers.filling.values import dates_in, is_unknown
from marac.takeover.cells import Named, named_in

_COUPLE = re.compile(r"\s+(?:v|vs|and|&|-|–)\.?\s+|\s*[;\n|]\s*|\s*/\s*(?=[^\W\d])", re.IGNORECASE)
_PEOPLE = re.compile(r"\s*[;\n|]\s*|\s+(?:and|&)\s+|\s*/\s*(?=[^\W\d])|(?<=\w)\s*[,.]?\s*\b[2-5][).]\s+", re.IGNORECASE)
_CHILDREN = re.compile(r"\s*[;\n|,&]\s*|\s+and\s+|\s*/\s*(?=[^\W\d])", re.IGNORECASE)
_FIRST_NUMBER = re.compile(r"^\s*1[).]\s+")
_COUNT = re.compile(r"\W*x?\s*(\d{1,2})\s*x?\W*(?:child(?:ren)?|kids?|cyp|dependants?)?\W*", re.IGNORECASE)
_BARE_AGE = re.compile(r"(?<=[^\W\d])\s+(1?\d)\s*$")
"""An age after a child's first name, as in "Ben 4, Lucy 9"."""
_NONE = re.compile(r"\W*(?:no|none|nil|0|no children|no kids)\W*", re.IGNORECASE)


def couple_in(text: str) -> tuple[str, str] | None:
    """The words for the first and the second of two people in one cell; None where they are not two."""
    pieces = [piece for piece in _COUPLE.split(text.strip()) if piece.strip()]
    return (pieces[0], pieces[1]) if len(pieces) == 2 and all(map(name_in, pieces)) else None


def people_in(text: str, latest: dt.date) -> list[Named] | None:
    """Each of the people that a cell names; None where it says something, and no names can be told apart in it."""
    if is_unknown(" ".join(text.split())) or _NONE.fullmatch(text):
        return []
    pieces = [piece for piece in _PEOPLE.split(_FIRST_NUMBER.sub("", text)) if piece.strip()]
    found = [named for piece in pieces if (named := named_in(piece, latest)) is not None]
    return found if found and len(found) == len(pieces) else None


def children_in(text: str, latest: dt.date) -> list[Named] | None:
    """The children that a cell names, with dates of birth or ages; None where no names can be told apart in it."""
    if is_unknown(" ".join(text.split())) or _NONE.fullmatch(text):
        return []
    found = [named_in(_BARE_AGE.sub(r" (\1)", piece), latest) for piece in _pieces(text, latest)]
    named = [each for each in found if each is not None]
    return named if named and len(named) == len(found) else None


def number_in(text: str) -> int | None:
    """How many children a cell says that there are, where it says nothing else."""
    if _NONE.fullmatch(text):
        return 0
    found = _COUNT.fullmatch(text)
    return int(found[1]) if found and int(found[1]) <= 20 else None


def _pieces(text: str, latest: dt.date) -> Sequence[str]:
    """The words for each child: parted behind each date where there are several, otherwise at commas and lines."""
    dates = dates_in(text, latest)
    if len(dates) < 2:
        pieces = [piece for piece in _CHILDREN.split(text) if piece.strip(" ()")]
        return _rejoined(pieces)
    ends = []
    for each in dates:
        closing = re.compile(r"[)\]\s]*").match(text, each.end)
        ends.append(closing.end() if closing else each.end)
    pieces = [text[start:end].strip(" ,;&/\n") for start, end in zip([0, *ends], ends, strict=False)]
    rest = text[ends[-1] :].strip(" ,;&/.\n")
    return [*pieces, rest] if rest else pieces


def _rejoined(pieces: Sequence[str]) -> list[str]:
    """The pieces, one that is only a date of birth or an age with the name before it."""
    joined: list[str] = []
    for piece in pieces:
        if joined and not re.search(r"[^\W\d_]{2}", re.sub(r"(?i)d\.?o\.?b|born|aged?|yrs?|years?", "", piece)):
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined
