"""Answers that say who a person is: names, dates of birth, ages, genders. Pure."""

import datetime as dt
import re

from marac.parsers.dictionary.wordings import plain
from marac.parsers.filling.answers import UNSURE, Answer, Doubt, Leaf, Read
from marac.parsers.filling.names import name_in
from marac.parsers.filling.said import HINTS, text_of
from marac.parsers.filling.values import (
    age_in,
    dates_in,
    gender_in,
    is_unknown,
    whole_number,
    yes_or_no,
)
from marac.parsers.layout.writing import folded

_OLDEST = 115  # years
_IMPOSSIBLE = Doubt(
    "date_of_birth", "invalid", "The date of birth is not before the day of the referral, or too long ago for a life."
)
_NEVER_NAMES = frozenset(
    (
        "i",
        "he",
        "she",
        "him",
        "her",
        "it",
        "is",
        "was",
        "the",
        "to",
        "not",
        "has",
        "had",
        "they",
        "with",
        "that",
        "and",
        "or",
        "from",
        "at",
    )
)
"""Words of a sentence: what holds one of them is hardly a name."""
_UNBORN = re.compile(r"\bunborn\b", re.IGNORECASE)
_EXPECTED = re.compile(
    r"[\s,;(–—/-]*(?:\be\.?d\.?d\b|\b(?:baby |child )?(?:is )?due\b|\bexpected\b|\d{1,2}[/.]).*$",
    re.IGNORECASE | re.DOTALL,
)
_ONCE = re.compile(
    r"^\W*(?:n[ée]e|formerly|previously|a\.?k\.?a\.?|also known as|known as|maiden name)(?![^\W\d_])[\s:.]*",
    re.IGNORECASE,
)
"""What stands before another name: `née Begum`."""
_DOB_WORDS = re.compile(
    r"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?|e\.?d\.?d\.?|due(?: date)?|expected|age)\b\s*:?", re.IGNORECASE
)


def name(answer: Answer, _latest: dt.date | None) -> Read:
    """A name, and the other names beside it."""
    text = folded(HINTS.sub(" ", answer.value.text.replace("\n", ", " if answer.person == "child" else " ")))
    if answer.person == "child" and _UNBORN.search(text):
        yield from _unborn(text)
        return
    if plain(answer.label).startswith(("surname", "family name", "last name")):
        text = re.sub(r"\s*/\s*", ", ", text, count=1)
    yield from named(text)


def _unborn(text: str) -> Read:
    """The name of a child not born yet, as written, less the day on which the birth is expected."""
    words = _EXPECTED.sub("", text).strip(" ,;:-–—/")
    if words:
        yield Leaf("name", words)


def named(text: str) -> Read:
    """The name in a text, if it holds one."""
    if is_unknown(text):
        return
    name = name_in(text)
    if name is None:
        return
    told = any(word.casefold() in _NEVER_NAMES for word in name.full.split())
    yield Leaf("name", name.full, 1.0 if name.certain and not told else UNSURE)
    if name.aliases:
        yield Leaf("aliases", name.aliases)


def aliases(answer: Answer, _latest: dt.date | None) -> Read:
    """Other names, one or several."""
    words = text_of(answer.value)
    if not words or yes_or_no(words).yes is False:
        return
    names = []
    for whole in re.split(r"[,;/\n]|\band\b", words):
        piece = _ONCE.sub("", whole)
        name = name_in(piece)
        if name is not None:
            names.append(name.full)
        elif any(letter.isalpha() for letter in piece) and not is_unknown(piece):
            yield Doubt(
                "aliases", "unclear", f"“{piece.strip()[:60]}” was not understood as a name. Open the form and look."
            )
    if names:
        yield Leaf("aliases", tuple(dict.fromkeys(names)))


def birth(answer: Answer, latest: dt.date | None) -> Read:
    """A date of birth."""
    if isinstance(answer.typed, dt.date):
        day = _day(answer.typed)
        yield Leaf("date_of_birth", day) if _is_possible(day, latest) else _IMPOSSIBLE
        return
    text = answer.value.words
    if not is_unknown(text):
        yield from born(text, latest)


def _is_possible(day: dt.date, latest: dt.date | None) -> bool:
    """Whether somebody on a referral of this day can be born then: before that day, and not longer ago than people live."""
    return latest is None or (day < latest and day.year >= latest.year - _OLDEST)


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def born(text: str, latest: dt.date | None) -> Read:
    """The date of birth in a text, or the age that stands in its place."""
    found = dates_in(text, latest)
    if re.search(r"\bE\.?D\.?D\b|\bdue\b|\bunborn\b", text, re.IGNORECASE):
        return
    dates = list(dict.fromkeys(each.date for each in found if each.date))
    if dates and not _is_possible(dates[0], latest):
        yield _IMPOSSIBLE
    elif dates:
        sure = len(dates) == 1 and found[0].certain
        yield Leaf("date_of_birth", dates[0], 1.0 if sure else UNSURE)
        if len(dates) > 1:
            yield Doubt("date_of_birth", "unclear", "Two dates of birth are given; the first was taken.")
    if dates:
        return
    age = age_in(text)
    if age is not None:
        yield Leaf("age", age)
        yield Doubt("date_of_birth", "unclear", "An age is given in place of a date of birth.")
    elif any(letter.isdigit() for letter in text):
        yield Doubt("date_of_birth", "invalid", "The date of birth cannot be read as a date (day, month, year).")


def age(answer: Answer, latest: dt.date | None) -> Read:
    """An age in years."""
    age = (
        int(answer.typed)
        if isinstance(answer.typed, float)
        else age_in(answer.value.words) or whole_number(answer.value.words)
    )
    if age and age < 120:
        yield Leaf("age", age)
    elif dates_in(answer.value.words, latest):
        yield from birth(answer, latest)


def name_and_birth(answer: Answer, latest: dt.date | None) -> Read:
    """A name with a date of birth beside it."""
    text = HINTS.sub(" ", answer.value.text)
    if answer.person == "child" and _UNBORN.search(text):
        yield from _unborn(folded(text))
        return
    found = dates_in(text, latest)
    yield from born(text, latest) if found or not is_unknown(folded(text)) else ()
    for each in reversed(found):
        text = text[: each.start] + " " + text[each.end :]
    text = re.sub(r"(?:^|\s)(?:or|and)\s*$", " ", folded(text))
    text = re.sub(
        r"\b(?:n/?k|unknown|not known|approx\S*|aged?|about)\b.*$",
        " ",
        _DOB_WORDS.sub(" ", text),
        flags=re.IGNORECASE | re.DOTALL,
    )
    yield from named(re.sub(r"[\s()–—\-/,;:]+$|^[\s()–—\-/,;:]+", "", folded(re.sub(r"\(\s*\)|\s[–—-]\s", " ", text))))


def gender(answer: Answer, _latest: dt.date | None) -> Read:
    """A gender, as written or as the one marked of two printed."""
    writing = answer.value
    if writing.boxed:
        words = ", ".join(option.text for option in writing.options() if option.ticked)
    elif re.match(r"\W*(?:m(?:ale)?\W+f(?:emale)?|f(?:emale)?\W+m(?:ale)?)\b", writing.words, re.IGNORECASE):
        words = writing.chosen(("male", "female")) or writing.chosen(("m", "f")) or ""
    else:
        words = writing.words
    gender = gender_in(words)
    if gender:
        yield Leaf("gender", gender)
    elif words and not is_unknown(words) and "/" not in words:
        yield Doubt("gender", "unclear", "The gender given is not one that the register knows.")
