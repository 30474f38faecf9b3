"""Cells of an old register as values: dates of every kind, names, ages, ticks. Pure; a doubt is said, never decided."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from marac.parsers.filling.names import name_in
from marac.parsers.filling.values import (
    age_in,
    dates_in,
    emails_in,
    gender_in,
    is_unknown,
    phones_in,
    postcode_in,
    whole_number,
    yes_or_no,
)
from marac.parsers.sheets.sheet_values import date_of
from marac.takeover.sheets import Value, words_of

SURE, UNSURE = 0.95, 0.6
_EARLIEST_MEETING = 2000  # the first MARACs were held in 2003
_SERIALS = 3_000, 80_000  # days from 1900 that are written for 1908 to 2119
_OLDEST = 115  # years
_AHEAD = 400  # days that a meeting can be ahead
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"\W*([a-z]{3})[a-z]*\.?,?[\s\-/'’]*((?:20)?\d\d)\W*", re.IGNORECASE)
_DATE_WORDS = re.compile(r"[\s,;(]*\b(?:d\.?\s?o\.?\s?b\.?|date of birth|born)\b[\s:.]*", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s.\-]*){1,4}|[A-Z]{2,3}")
_NOBODY = re.compile(r"(?:unknown|not known|unidentified|u/k)\b", re.IGNORECASE)
_NEVER_IN_NAMES = re.compile(r"[=<>@{}#\\|_*%£$]|\d{3}")
_MOST_WORDS = 5  # of what may be a name
NOT_WHOLE = "This may not be the whole name, or more than a name. Look at the row."
_NO_NAME = frozenset(("as above", "same", "same as above", "ditto", "various", "multiple", "see above", "confidential", "redacted"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell says: a value or None, how sure it is, and in words what a person should look at."""

    value: object = field(default=None, repr=False)
    confidence: float = SURE
    doubt: str = ""


NOTHING = Found()


def day_in(value: Value, latest: dt.date) -> Found:
    """The day of a meeting or a referral; of a month alone, its last day, so that no repeat is missed."""
    dates = _dates(value, None)
    if len(dates) == 1 and dates[0][0] is not None:
        day, certain = dates[0]
        if day is not None and day.year >= _EARLIEST_MEETING and (day - latest).days <= _AHEAD:
            return Found(day, SURE if certain else UNSURE)
        return Found(None, 0, f"The date “{_cut(value)}” is too long ago, or too far ahead, to be right.")
    month = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if month and month[1].casefold() in _MONTHS:
        year, number = int(month[2]) % 100 + 2000, _MONTHS.index(month[1].casefold()) + 1
        last = (dt.date(year, number, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        return Found(last, UNSURE, f"Only the month is given (“{_cut(value)}”); its last day was taken.")
    if isinstance(value, str) and is_unknown(value):
        return NOTHING
    return Found(None, 0, f"“{_cut(value)}” cannot be read as one date (day, month, year).")


def born_in(value: Value, latest: dt.date) -> list[Found]:
    """The dates of birth in a cell, in order; an age in the place of one is a whole number."""
    dates = _dates(value, latest)
    if dates:
        return [_birth(day, certain, value, latest) for day, certain in dates]
    text = words_of(value)
    if is_unknown(text):
        return []
    age = int(value) if isinstance(value, float) and 0 < value < 120 else age_in(text)
    if age is not None:
        return [Found(age, UNSURE, "An age is given in place of a date of birth.")]
    return [Found(None, 0, f"“{_cut(value)}” cannot be read as a date of birth (day, month, year).")]


def _birth(day: dt.date | None, certain: bool, value: Value, latest: dt.date) -> Found:
    if day is None:
        return Found(None, 0, f"“{_cut(value)}” cannot be read as a date of birth (day, month, year).")
    if day >= latest or day.year < latest.year - _OLDEST:
        return Found(None, 0, "The date of birth is not before the referral, or too long ago for a life.")
    return Found(day, SURE if certain else UNSURE)


def _dates(value: Value, latest: dt.date | None) -> list[tuple[dt.date | None, bool]]:
    """The dates in a cell, and whether each is certain; those that Excel keeps as a number among them."""
    if isinstance(value, dt.date):
        return [(value, True)]
    number = value if isinstance(value, float) else float(value) if isinstance(value, str) and _is_serial(value) else 0
    if not isinstance(value, bool) and _SERIALS[0] <= number <= _SERIALS[1] and (moment := date_of(number)) is not None:
        return [(moment.date(), True)] if isinstance(moment, dt.datetime) else []
    if not isinstance(value, str):
        return []
    return [(each.date, each.certain) for each in dates_in(value, latest)]


def _is_serial(text: str) -> bool:
    return re.fullmatch(r"\s*[1-7]?\d{4}(?:\.\d+)?\s*", text) is not None


@dataclass(frozen=True, slots=True)
class Named:
    """A person as one cell names them, perhaps with a date of birth or an age beside the name."""

    name: str = field(repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    born: Found = NOTHING
    confidence: float = SURE
    doubt: str = ""


def named_in(text: str, latest: dt.date) -> Named | None:
    """The person that a text names; None where it names nobody."""
    bare = " ".join(text.split())
    if is_unknown(bare) or bare.casefold() in _NO_NAME or _NOBODY.match(bare):
        return None
    born = _beside(bare, latest)
    for each in reversed(dates_in(bare, latest)):
        bare = bare[: each.start] + bare[each.end :]
    bare = re.sub(r"\(\s*\)", " ", _DATE_WORDS.sub(" ", bare)).strip(" -–,;:")
    found = None if _NEVER_IN_NAMES.search(bare) else name_in(bare)
    if found is None:
        return None
    if _INITIALS.fullmatch(bare):
        return Named(bare.strip(), (), born, UNSURE, "Only initials are given, not a name.")
    if not found.certain and len(found.full.split()) > _MOST_WORDS:
        return None
    if not found.certain:
        return Named(found.full, found.aliases, born, UNSURE, NOT_WHOLE)
    return Named(found.full, found.aliases, born)


def _beside(text: str, latest: dt.date) -> Found:
    """The date of birth, or the age, that stands beside a name."""
    if dates_in(text, latest):
        return born_in(text, latest)[0]
    age = re.search(r"\((\d{1,2})\)|\b(\d{1,2})\s?(?:yrs?|years?|y/?o)\b|\baged? (\d{1,2})\b", text, re.IGNORECASE)
    if age is None:
        return NOTHING
    return Found(int(next(filter(None, age.groups()))), UNSURE, "An age is given in place of a date of birth.")


def plain_value(leaf: str, value: Value) -> Found:
    """The value of any other leaf, by its last word (`victim.phone`)."""
    text = words_of(value)
    if is_unknown(text) and not isinstance(value, bool):
        return NOTHING
    read = _READERS.get(leaf.rpartition(".")[2])
    if read is None:
        return Found(" ".join(text.split()))
    found = read(value)
    if found is None:
        return Found(None, 0, f"“{_cut(value)}” was not understood.")
    return Found(found)


def _ticked(value: Value) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return {1.0: True, 0.0: False}.get(value)
    return yes_or_no(words_of(value)).yes


def _repeated(value: Value) -> bool | None:
    if isinstance(value, str) and (
        said := re.match(r"\W*(?:(r(?:pt|epeat)?)|(new|first|1st))\b", value, re.IGNORECASE)
    ):
        return said[1] is not None
    return _ticked(value)


def _phone(value: Value) -> str | None:
    """A telephone number; one that a spreadsheet has taken for a number lacks its first zero."""
    text = words_of(value)
    if re.fullmatch(r"[1-37]\d{8,9}", text):
        text = f"0{text}"
    return next(iter(phones_in(text)), None)


def _score(value: Value) -> int | None:
    return int(value) if isinstance(value, float) and value.is_integer() else whole_number(words_of(value))


_READERS: Mapping[str, Callable[[Value], object]] = {
    **dict.fromkeys(
        ("safe_to_call", "bme", "disabled", "lgbt", "interpreter", "pregnant", "professional_judgement", "visible_high_risk",
         "escalation", "aware", "given"), _ticked,
    ),
    "repeat": _repeated,
    "phone": _phone,
    "score": _score,
    "age": lambda value: int(value) if isinstance(value, float) else age_in(words_of(value)),
    "gender": lambda value: gender_in(words_of(value)),
    "postcode": lambda value: postcode_in(words_of(value)),
    "email": lambda value: next(iter(emails_in(words_of(value))), None),
}  # fmt: skip


def _cut(value: Value) -> str:
    text = " ".join(words_of(value).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
