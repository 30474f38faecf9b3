"""What a person typed into a cell, as the value of the leaf that it goes to. What cannot be read is never guessed."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args, get_origin

from marac.parsers.filling.values import dates_in, gender_in, national
from marac.read_back.leaves import kind_of
from marac.referral import Gender
from marac.register.workbook.canonical import canonical

_YES, _NO = frozenset({"yes", "y", "true"}), frozenset({"no", "n", "false"})
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})", re.IGNORECASE)
_PHONE = re.compile(r"[+(]?[\d\s().\-]{7,24}")
_NUMBER = re.compile(r"\d{1,3}")
_EARLIEST_BIRTH = dt.date(1900, 1, 1)
_SEVERAL_LINES = frozenset({"reason", "contact_notes", "address", "judgement"})
"""Leaves whose text may have several lines; in all others a new line is a blank."""


class NotReadableError(ValueError):
    """What was typed is none of what the leaf can hold. Its words say which kind was wanted, never what was typed."""


def typed_value(path: str, value: Any, today: dt.date) -> Any:
    """The value for the leaf, as a reader of forms would hand it over; None, or no lines, for an empty cell.

    Args:
        path: the leaf, such as `victim.phone`.
        value: what stands in the cell, as it was read.
        today: no birth is after it.

    Raises:
        NotReadableError: it cannot be read; its text completes "what was typed is ...".
    """
    text = canonical(value)
    if kind_of(path) == tuple[str, ...]:
        return tuple(" ".join(line.split()) for line in text.split("\n") if line.strip())
    return _one_value(path, text, today) if text else None


def _one_value(path: str, text: str, today: dt.date) -> Any:
    kind, name = kind_of(path), path.rpartition(".")[2]
    if kind is dt.date:
        return day_in(text, today, birth=name == "date_of_birth")
    if get_origin(kind) is Literal:
        return _gender(text) if kind == Gender else word_in(text, get_args(kind))
    read = _NAMED.get(name) or _PLAIN.get(kind)
    return read(text) if read else _text(text, name)


def day_in(text: str, today: dt.date, *, birth: bool = False) -> dt.date:
    """The day in a text: day before month, or the month by its name.

    Raises:
        NotReadableError: it is no date, or no day on which somebody can be born.
    """
    found = dates_in(text, today if birth else None)
    if len(found) != 1 or found[0].date is None or text[: found[0].start].strip() or text[found[0].end :].strip():
        raise NotReadableError("no date")
    if birth and not _EARLIEST_BIRTH <= found[0].date <= today:
        raise NotReadableError("no day of birth")
    return found[0].date


def word_in(text: str, words: tuple[str, ...]) -> str:
    """The word of a list that was typed, in whatever capitals.

    Raises:
        NotReadableError: it is not on the list.
    """
    for word in words:
        if word.casefold() == text.casefold():
            return word
    raise NotReadableError("not on the list of that column")


def _gender(text: str) -> str:
    found = gender_in(text)
    if found is None:
        raise NotReadableError("not on the list of that column")
    return found


def _yes_or_no(text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise NotReadableError("neither yes nor no")
    return word in _YES


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise NotReadableError("no number")
    return int(text)


def _phone(text: str) -> str:
    digits = national(text) if _PHONE.fullmatch(text) else ""
    if not (10 <= len(digits) <= 11 and digits[0] == "0") and not (text.startswith("+") and 8 <= len(digits) <= 15):
        raise NotReadableError("no telephone number; every number begins with 0 or +")
    return digits


def _postcode(text: str) -> str:
    found = _POSTCODE.fullmatch(text)
    if not found:
        raise NotReadableError("no postcode")
    return f"{found[1]} {found[2]}".upper()


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise NotReadableError("no email address")
    return text


def _text(text: str, name: str) -> str:
    if name in _SEVERAL_LINES:
        return "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return " ".join(text.split())


_NAMED: Mapping[str, Callable[[str], Any]] = {"phone": _phone, "postcode": _postcode, "email": _email}
_PLAIN: Mapping[Any, Callable[[str], Any]] = {bool: _yes_or_no, int: _number}
