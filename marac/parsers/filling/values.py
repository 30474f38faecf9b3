"""Words on a form to values: dates, telephone numbers, postcodes, yes and no. Pure, and British: day before month."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import lru_cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_YEAR = r"(?P<{}>(?:19|20)\d\d|['’]?\d\d)(?!\d)"
_DATE = re.compile(
    r"(?<![\d/])(?:"
    r"(?P<iso_year>(?:19|20)\d\d)(?P<iso_mark>[-/.])(?P<iso_month>\d\d?)(?P=iso_mark)(?P<iso_day>\d\d?)(?![\d/])"
    r"|(?P<day>\d\d?)\s?(?P<mark>[/.\-–\\ ])\s?(?P<month>\d\d?)\s?(?P=mark)\s?" + _YEAR.format("year") + r"(?!/\d)"
    r"|(?P<named_day>\d\d?)(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?" + _MONTH.format("name") + r"\.?,?[\s\-/.]*" + _YEAR.format("named_year")
    + r"|" + _MONTH.format("first_name") + r"\.?\s+(?P<second_day>\d\d?)(?:st|nd|rd|th)?,?\s+" + _YEAR.format("last_year")
    + r"|(?P<run>(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)(?!\d)"
    r")",
    re.IGNORECASE,
)  # fmt: skip
_SHORT_RUN = re.compile(r"\s*(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(\d\d)\s*")
"""`251285`, where nothing else is written."""
_AGE = re.compile(
    r"\b(?:aged?|approx(?:imately)?\.?|about|around|circa|c\.?|roughly|est(?:imated)?\.?)\s*(?:aged?\s*)?(?:about\s*)?(\d{1,3})\b(?![/.\-]\d)",
    re.IGNORECASE,
)
_YEARS_OLD = re.compile(r"\b(\d{1,3})\s*-?\s*(?:years?|yrs?|y/?o|ish)\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w/])(?:\+\s?44|0044|\(?0)[\d\s().\-–]{7,17}\d(?![\w/])")
_POSTCODE = re.compile(
    r"\b(GIR|[A-PR-UWYZ](?:\d[A-HJKSTUW]?|\d\d|[A-HK-Y]\d[ABEHMNPRVWXY]?|[A-HK-Y]\d\d))\s*(\d[ABD-HJLNP-UW-Z]{2})\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+'’-]+@[\w-]+(?:\.[\w-]+)+")
_UNKNOWN = re.compile(
    r"(?:(?:not|un)\s?(?:known|sure|clear|disclosed|stated|recorded|provided|obtained)|n\s?/?\s?k(?:nown)?|n\s?/\s?a|n\.k\.|none known|d\s?/?\s?k|don[’']?t know|"
    r"do not know|unknown|tbc|t\.b\.c\.|to be confirmed|\?+|[-–—./_]+|nil|not applicable|not (?:yet )?asked|blank|as known)(?: (?:at this (?:time|stage)|yet))?[.!]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: None where the digits make no date, the words of it, and whether nothing was inferred."""

    date: dt.date | None
    text: str
    certain: bool = True
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """A yes, a no, or None where it is open; and what else was written."""

    yes: bool | None
    rest: str = ""
    certain: bool = True


@lru_cache(maxsize=4_000)
def is_unknown(text: str) -> bool:
    """Whether the words say that the answer is not known, or nothing at all."""
    return not text.strip() or _UNKNOWN.fullmatch(text.strip()) is not None


def dates_in(text: str, latest: dt.date | None = None) -> list[FoundDate]:
    """The dates in a text, in order.

    A year of two digits is the last one that is not after `latest` (a date of birth); without `latest` it is after 1999.
    """
    run = _SHORT_RUN.fullmatch(text)
    if run:
        text = f"{run[1]}.{run[2]}.{run[3]}"
        return [replace(_found(match, latest), certain=False) for match in _DATE.finditer(text)]
    return [_found(match, latest) for match in _DATE.finditer(text)]


def _found(match: re.Match[str], latest: dt.date | None) -> FoundDate:
    year, month, day = _parts(match)
    short = len(year.strip("'’")) == 2
    full = int(year.strip("'’")) + (2000 if short else 0)
    certain = match["run"] is None
    try:
        date = dt.date(full, month, day)
        if short and latest is not None and date > latest:
            date = dt.date(full - 100, month, day)
    except ValueError:
        return FoundDate(None, match[0], False, match.start(), match.end())
    return FoundDate(date, match[0], certain, match.start(), match.end())


def _parts(match: re.Match[str]) -> tuple[str, int, int]:
    if match["iso_year"]:
        return match["iso_year"], int(match["iso_month"]), int(match["iso_day"])
    if match["day"]:
        return match["year"], int(match["month"]), int(match["day"])
    if match["name"]:
        return match["named_year"], _month(match["name"]), int(match["named_day"])
    if match["first_name"]:
        return match["last_year"], _month(match["first_name"]), int(match["second_day"])
    run = match["run"]
    return run[4:], int(run[2:4]), int(run[:2])


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1


def age_in(text: str) -> int | None:
    """An age stated in words: `approx 35`, `35 years`, or a bare number."""
    found = _AGE.search(text) or _YEARS_OLD.search(text) or re.fullmatch(r"\s*(\d{1,3})\s*", text)
    return int(found[1]) if found and 0 < int(found[1]) < 120 else None


def phones_in(text: str) -> list[str]:
    """The telephone numbers in a text: digits only, in national form (`07700900123`)."""
    found = []
    for match in _PHONE.finditer(text):
        number = national(match[0])
        if len(number) == 11 or (len(number) == 10 and number.startswith("01")):
            found.append(number)
    return found


def national(text: str) -> str:
    """The digits of a number, +44 and 0044 as 0."""
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    for prefix in ("0044", "44"):
        if digits.startswith(prefix) and len(digits) > 10:
            return "0" + digits[len(prefix) :].lstrip("0")
    return digits


def without_phones(text: str) -> str:
    """The text without its telephone numbers."""
    return _PHONE.sub(" ", text)


def emails_in(text: str) -> list[str]:
    """The email addresses in a text, as written."""
    return [match[0].strip(".'’") for match in _EMAIL.finditer(text)]


def postcode_in(text: str) -> str | None:
    """The last postcode in a text: upper case, one space."""
    found = postcodes_in(text)
    return found[-1] if found else None


def postcodes_in(text: str) -> list[str]:
    """The postcodes in a text, in order: upper case, one space."""
    return [f"{found[1]} {found[2]}".upper() for found in _POSTCODE.finditer(text)]


def without_postcode(text: str) -> str:
    """The text without its last postcode."""
    found = list(_POSTCODE.finditer(text))
    return text[: found[-1].start()] + text[found[-1].end() :] if found else text


_EMPHATIC = r"(?:definitely|certainly|absolutely)"
_ENDS = r"(?=\s*(?:$|[.,;:!(–—-]))"
_YES = re.compile(rf"(?:yes|y|yeah|yep|true|si|{_EMPHATIC}{_ENDS}|✓|✔|[\ue000])(?![\w/'’])", re.IGNORECASE)
_NO = re.compile(
    rf"(?:no|n|nope|false|none|nil|(?:never|{_EMPHATIC} not|not (?:as )?yet|not at all){_ENDS})(?![\w/'’])",
    re.IGNORECASE,
)
OPEN_CHOICE = re.compile(
    r"^\W*(?:yes\s*[/|\\]\s*no|y\s*[/|\\]\s*n|no\s*[/|\\]\s*yes)\b(?:\s*[/|\\]\s*(?:n/?k|d/?k|n/?a|not known|unknown|don[’']?t know|unsure))?\W*",
    re.IGNORECASE,
)


def yes_or_no(text: str) -> Answered:
    """The yes or no that a text begins with, and the rest of it. An untouched `Yes / No` is open."""
    text = text.strip()
    text = OPEN_CHOICE.sub("", text)
    if is_unknown(text):
        return Answered(None)
    for pattern, answer in ((_YES, True), (_NO, False)):
        found = pattern.match(text)
        if found:
            rest = text[found.end() :].strip(" .,;:-–—\n")
            other = (_NO if answer else _YES).match(rest)
            if other and not rest[other.end() :].strip() and rest[: other.end()].isalpha():
                return Answered(None, text, certain=False)
            return Answered(answer, rest)
    return Answered(None, text, certain=False)


def gender_in(text: str) -> str | None:
    """`female`, `male` or `other`."""
    word = text.strip().casefold()
    if re.search(r"\b(?:to|and|then|or)\b", word) and re.search(r"\b(?:fe)?male\b", word):
        return None
    if re.match(r"(?:non[- ]?binary|trans|other|intersex|non[- ]?conforming|gender[- ]?(?:fluid|queer))", word):
        return "other"
    if re.match(r"(?:f|fem|female|woman|girl|she)\b", word):
        return "female"
    if re.match(r"(?:m|male|man|boy|he)\b", word):
        return "male"
    return None


def whole_number(text: str) -> int | None:
    """The first number in a text that is not a limit printed on the form (`14 or more`)."""
    for found in re.finditer(r"(?<![\d/.])(\d{1,3})(?![\d.]|\s*(?:\+|or more|or above|ticks? or more)|/\d\d?/)", text):
        return int(found[1])
    return None
