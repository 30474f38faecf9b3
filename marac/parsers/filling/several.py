"""Several people in one box, told apart by number, by line or by date of birth. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from marac.parsers.filling.answers import Answer
from marac.parsers.filling.names import name_in
from marac.parsers.filling.values import dates_in

_SCHOOL = re.compile(
    r"\b(?:school|primary|academy|nursery|infants?|juniors?|secondary|high|college|playgroup|pre-?school|ysgol|grammar|comprehensive|c of e|r ?c)\b",
    re.IGNORECASE,
)
_RELATION = re.compile(
    r"(?:step-? ?|half-? ?|grand|adopted |foster )?(?:son|daughter|child|brother|sister|nephew|niece)(?: of both| of (?:the )?(?:victim|perpetrator))?",
    re.IGNORECASE,
)
_MOST_GROUPS = 100_000
_NUMBERED = re.compile(r"(?:^|\n)\s*\(?(\d)[).:]\s*")
_TWO_NAMES = re.compile(r"\s*(?:\n|&|;|\band\b)\s*")


def apart(answers: Sequence[Answer]) -> list[Answer]:
    """The answers with those that number several people in one box (`1) Ann Moss 2) Eve Moss`) told apart."""
    told: list[Answer] = []
    for answer in answers:
        told.extend(_numbered(answer) or [answer])
    return told


def _numbered(answer: Answer) -> list[Answer]:
    if "\n" not in answer.value.text:
        return []
    found = list(_NUMBERED.finditer(answer.value.text))
    if len(found) < 2 or [int(each[1]) for each in found] != list(range(1, len(found) + 1)) or found[0].start() > 0:
        return []
    ends = [*(each.start() for each in found[1:]), len(answer.value.text)]
    return [
        replace(answer, value=answer.value.part(each.end(), end), typed=None, group=_group_of(answer.group, number))
        for number, (each, end) in enumerate(zip(found, ends, strict=True))
    ]


def _group_of(group: int, number: int) -> int:
    """A group of its own for the second and every further person in one box."""
    return group if number == 0 else number * _MOST_GROUPS + group


def name_two(answers: Sequence[Answer]) -> bool:
    """Whether one box for a name seems to hold the names of two people."""
    for answer in answers:
        if answer.key in ("name", "name_dob") and answer.value:
            parts = [part for part in _TWO_NAMES.split(answer.value.text.strip()) if part.strip()]
            names = [name for part in parts if (name := name_in(part)) is not None and len(name.full.split()) >= 2]
            if len(names) >= 2 and len(names) == len(parts):
                return True
    return False


def several_in(answer: Answer | None) -> list[str]:
    """The pieces of a free text that each name a child."""
    if answer is None or answer.key not in ("name_dob", "name", "name_dob_address"):
        return []
    text = answer.value.text.strip()
    pieces = [piece.strip(" ,;•-–\t") for piece in re.split(r"\n|;", text) if piece.strip(" ,;•-–\t")]
    if len(pieces) > 1 and answer.key != "name_dob":
        return pieces if all(name_in(piece) and len(piece.split()) > 1 for piece in pieces) else []
    if len(pieces) > 1:
        return _rejoined(pieces)
    dates = dates_in(text)
    if len(dates) < 2:
        return pieces
    ends = [re.match(r"[)\]\s]*", text[each.end :]).end() + each.end for each in dates]  # type: ignore[union-attr]
    return [text[start:end].strip(" ,;&") for start, end in zip([0, *ends], ends, strict=False)]


def _rejoined(pieces: Sequence[str]) -> list[str]:
    """A line that is only a date of birth belongs to the line before it."""
    joined: list[str] = []
    for piece in pieces:
        letters = re.sub(
            r"(?i)d\.?o\.?b\.?|date of birth|born|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|th|st|nd|rd",
            "",
            piece,
        )
        alone = joined and " " not in joined[-1] and not dates_in(joined[-1])
        if alone or (joined and dates_in(piece) and not any(letter.isalpha() for letter in letters)):
            joined[-1] += " " + piece
        else:
            joined.append(piece)
    return joined


def parts_of_child(piece: str) -> tuple[str, str, str]:
    """Name with date of birth, school and relationship, from words such as `Tom Moss, born 4/1/14, Hill Primary`."""
    dates = dates_in(piece)
    end = dates[0].end if dates else len(piece)
    parts = [part.strip(" .()-–") for part in re.split(r"[,;()\t]| [-–] ", piece[end:])]
    kept, school, relation = [piece[:end]], "", ""
    for part in (part for part in parts if part):
        if _SCHOOL.search(part) and not school:
            school = re.sub(r"^(?:attends|at|goes to|school:?|nursery:?)\s+", "", part, flags=re.IGNORECASE)
        elif _RELATION.fullmatch(part) and not relation:
            relation = part
        else:
            kept.append(part)
    return " ".join(kept), school, relation
