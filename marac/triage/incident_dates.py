"""The days on which something happened, as the free text of a form names them."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from marac.triage.days import within_months

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(
    r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?![\d/-])|(?<![\d/.-])(\d{4})-(\d{2})-(\d{2})(?!\d)"
)
_NAMED = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b\.?,?(?: (\d{4}|\d{2})\b)?",
    re.IGNORECASE,
)
_AGO = re.compile(r"\b(\d{1,2}|a|one|two|three|four|five|six) (day|week|month)s? ago\b", re.IGNORECASE)
_JUST_NOW = re.compile(
    r"\b(?:yesterday|last night|this (?:morning|week)|earlier today|last week(?:end)?|the weekend)\b", re.IGNORECASE
)
_WORDS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DAYS = {"day": 1, "week": 7, "month": 30}
_NO_INCIDENT = re.compile(
    r"\b(?:DOB|date of birth|born|last saw|last seen|granted|issued|fitted|assessed|informed|closed|enquiry|prescribed|appointment|"
    r"visit(?:ed)? by|(?:first|second|third|last|next) contact|was disclosed|notes?|repeated this|convicted|released|due|MARAC|meeting|conference|court|expires?|until|drafted|registered)\b",
    re.IGNORECASE,
)
"""Sentences with such words tell of people and papers; a date in them is none of an incident."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\u201c\"'])|\n+")


@dataclass(frozen=True, slots=True, repr=False)
class NamedDay:
    """A day that the text names, and the sentence in which it does."""

    day: dt.date
    sentence: str


def incidents_named(text: str, received: dt.date, months: int) -> tuple[NamedDay, ...]:
    """The days in the text that may be those of an incident in the months before a referral came, the latest first.

    A day without a year is the last such day before the referral. That the text tells of an incident there is taken
    from its words; a person sees the sentence as the evidence.
    """
    found = [
        NamedDay(day, sentence.strip())
        for sentence in _SENTENCE.split(text)
        if not _NO_INCIDENT.search(sentence)
        for day in _days(sentence, received)
        if day <= received and within_months(day, received, months)
    ]
    return tuple(sorted(found, key=lambda each: each.day, reverse=True))


def _days(sentence: str, received: dt.date) -> Iterator[dt.date]:
    for day, month, year, iso_year, iso_month, iso_day in _NUMBERS.findall(sentence):
        yield from _day(iso_year or year, iso_month or month, iso_day or day)
    for day, name, year in _NAMED.findall(sentence):
        month = str(_MONTHS.index(name.lower()) + 1)
        if year:
            yield from _day(year, month, day)
        else:
            before = [
                each for back in (0, 1) for each in _day(str(received.year - back), month, day) if each <= received
            ]
            yield from before[:1]
    for number, unit in _AGO.findall(sentence):
        days = _WORDS.get(number.lower()) or int(number)
        yield received - dt.timedelta(days=days * _DAYS[unit.lower()])
    if _JUST_NOW.search(sentence):
        yield received


def _day(year: str, month: str, day: str) -> Iterator[dt.date]:
    try:
        yield dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return
