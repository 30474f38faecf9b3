"""Which agency is meant by what somebody typed; what is not sure is asked, never guessed."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from marac.agency import Agency
from marac.matching.spelling import folded

_UNSIGNED = " (has not signed the protocol)"
_SEPARATORS = re.compile(r"\s*(?:[,;/+]|\band\b|&|\n)\s*", re.IGNORECASE)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_ALIKE = 0.6
"""From this likeness on an agency is offered in a question; nothing is ever taken by it."""


@dataclass(frozen=True, slots=True)
class NamedAgency:
    """The agency that was named, or why it cannot be told, as the end of a sentence."""

    agency: Agency | None
    doubt: str = ""
    near: bool = False
    """Whether one of the area's agencies may be meant, where none is named for sure."""


def agency_named(text: str, agencies: Sequence[Agency]) -> NamedAgency:
    """The agency with this name or id; capitals, accents and `&` for `and` do not count."""
    words = text.removesuffix(_UNSIGNED).strip()
    exact = [each for each in agencies if _plain(words) in {_plain(each.name), _plain(each.id)}]
    if len(exact) == 1:
        return NamedAgency(exact[0])
    if exact:
        return NamedAgency(None, f"more than one agency is called “{words}”.", near=True)
    parts = [part for part in _SEPARATORS.split(words) if part]
    several = [each for part in parts if (each := agency_named(part, agencies).agency)] if len(parts) > 1 else []
    if len(several) > 1:
        ids = " and ".join(each.id for each in several)
        return NamedAgency(None, f"“{words}” names more than one agency ({ids}): write a row for each.", near=True)
    return _unknown(words, agencies)


def _unknown(words: str, agencies: Sequence[Agency]) -> NamedAgency:
    near = [each for each in agencies if _may_be(words, each)]
    known = ", ".join(each.id for each in agencies) or "none yet"
    if not near:
        return NamedAgency(None, f"there is no agency “{words}” in agencies.toml (its ids: {known}).")
    offered = " or ".join(f"{each.id} ({each.name})" for each in near[:3])
    return NamedAgency(None, f"there is no agency “{words}”: did you mean {offered}?", near=True)


def _may_be(words: str, agency: Agency) -> bool:
    typed = _plain(words)
    names = {_plain(agency.name), _plain(agency.id)}
    parts = {part for name in (agency.name, agency.id) for part in map(_plain, name.split()) if len(part) > 3}
    initials = "".join(
        word[0] for word in re.findall(r"[a-z]+", folded(agency.name)) if word not in {"and", "of", "the"}
    )
    beginning = len(typed) > 2 and any(name.startswith(typed) for name in names)
    return bool(
        beginning
        or typed in parts
        or typed == initials
        or parts & {_plain(word) for word in words.split()}
        or difflib.get_close_matches(typed, names | parts, n=1, cutoff=_ALIKE)
    )


def _plain(text: str) -> str:
    return _NOT_LETTERS.sub("", folded(text).replace("&", "and").removeprefix("the "))
