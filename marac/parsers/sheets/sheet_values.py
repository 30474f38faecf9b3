"""The values of a workbook's cells: dates of both epochs, and numbers as their format shows them. Pure."""

import datetime as dt
import re
from functools import lru_cache

Value = dt.date | float | bool | None
"""What a cell holds beside its words, as `blocks.Cell.value`."""

_EPOCH = dt.datetime(1899, 12, 30)
_DAYS_TO_1904 = 1462  # between the two days from which workbooks count
_LEAP_DAY_TOO_MANY = 60  # the serial of 29 February 1900, which Excel took over from Lotus 1-2-3
_SERIALS = 2_958_466  # up to 31 December 9999
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_BUILT_IN = {9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 20: "hh:mm", 21: "hh:mm:ss", 22: "dd/mm/yyyy hh:mm"}
_DATE_NUMBERS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PADDED = re.compile(r"[0 ()+-]+")
_PREFIXED = re.compile(r"(0*)[#0 ]*[#0]")
_FEWEST_ZEROS = 5  # a format with fewer is for amounts, not for telephone numbers


def built_in_format(number: int) -> str:
    """A number format of those that are not written into the file (ECMA-376 part 1, 18.8.30)."""
    return _BUILT_IN.get(number, "dd/mm/yyyy" if number in _DATE_NUMBERS else "General")


@lru_cache(maxsize=500)
def is_date_format(number_format: str) -> bool:
    """Whether numbers in this format are shown as dates or times."""
    bare = _LITERAL.sub("", number_format.partition(";")[0]).casefold()
    return bare not in ("general", "standard", "@") and any(letter in bare for letter in "dmyhs")


def is_unseen_format(number_format: str) -> bool:
    """Whether this format shows nothing of a value: `;;;`."""
    return number_format.count(";") >= 2 and not number_format.strip("; ")


def date_of(serial: float, *, since_1904: bool = False) -> dt.datetime | dt.time | None:
    """The date and time, or the time alone below one day, that a serial number stands for; None where it is none."""
    if not 0 <= serial < _SERIALS - (_DAYS_TO_1904 if since_1904 else 0):
        return None
    days = int(serial)
    since = dt.timedelta(seconds=min(round((serial - days) * 86_400), 86_399))
    if days == 0:
        return (_EPOCH + since).time()
    if since_1904:
        return _EPOCH + dt.timedelta(days=days + _DAYS_TO_1904) + since
    return _EPOCH + dt.timedelta(days=days + (days < _LEAP_DAY_TOO_MANY)) + since


def typed(value: object) -> Value:
    """The value where it is a date, a number or a truth value."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date | bool):
        return value
    return float(value) if isinstance(value, int | float) else None


def shown(value: object, number_format: str = "") -> str:
    """A value as the sheet shows it: dates day first, whole numbers without a point, with the zeros of the format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _number(value: float, number_format: str) -> str:
    bare = number_format.partition(";")[0]
    if bare.rstrip().endswith("%"):
        return f"{100 * value:.10g}%"
    if not float(value).is_integer():
        return f"{value:.15g}"
    digits = str(int(value))
    return _patterned(digits, bare) if "0" in bare or "#" in bare else digits


def _patterned(digits: str, bare: str) -> str:
    """Digits in a format of zeros, such as `00000 000000`, or after a printed zero, such as `"0"##########`."""
    pattern = re.sub(r"\[[^\]]*\]|[_*].", "", bare).replace("\\", "")
    printed = re.match(r'"(\+?\d+ ?)"', pattern)
    if printed and _PREFIXED.fullmatch(rest := pattern[printed.end() :].strip()):
        return printed[1] + digits.zfill(rest.count("0"))
    pattern = pattern.replace('"', "")
    if not _PADDED.fullmatch(pattern) or pattern.count("0") < _FEWEST_ZEROS or digits.startswith("-"):
        return digits
    left = list(digits.zfill(pattern.count("0")))
    laid = [left.pop() if mark == "0" and left else mark for mark in reversed(pattern)]
    return "".join([*left, *reversed(laid)])
