"""A cell as text that is the same before it is written and after it was read back, whichever program saved the file."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from marac.register.workbook.text import clean, fits, pieces

PIECE = 30_000
"""UTF-16 units of a long text that stand in its cell; the whole of it is on a sheet of its own."""

CONTINUES = "\n[The text goes on. "
"""How the words begin that end the cell of a text that was too long for it."""

LINK_WORDS = "open the form"
"""What the cell of a link shows."""

_ODD = re.compile(r"\r|^[\s']|\s\Z|[^\S\n]\n|^\d{1,4}[/-]\d|_x[0-9A-Fa-f]{4}_")
"""What tells a text that needs a closer look; all others are canonical as they are."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How XML files of Excel's write a character that XML cannot hold; some programs read such words of a person's so too."""

_BEFORE_NEW_LINE = re.compile(r"[^\S\n]+\n")
_QUOTED = re.compile(r"^'+(?=[\d=+\-@])")
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: 00:00:00)?")


def canonical(value: Any) -> str:
    """The value as canonical text: `""` for nothing, days as `03/04/1991`, whole numbers without a point, yes and no.

    The same for a value before it is written and for what a reader of workbooks makes of its cell, also after another
    program saved the file: blanks at the ends, kinds of line ends and the sign that marks text as text do not count. A
    text too long for its cell counts by its beginning. What is canonical stays as it is.
    """
    if value.__class__ is not str:
        return plain(value)
    return value if len(value) < PIECE and not _ODD.search(value) else _text(value)


def as_written(value: Any) -> str:
    """The text that a cell shows for a value: what it is read back as, as long as nobody touches the cell."""
    if value.__class__ is not str:
        return plain(value)
    text = clean(value)
    return text if len(text) < PIECE or fits(text) else pieces(text, PIECE)[0] + CONTINUES


def plain(value: Any) -> str:
    """The text of a value that is no text."""
    if value is None:
        return ""
    read = _PLAIN.get(value.__class__)
    return read(value) if read else str(value)


@lru_cache(maxsize=20_000)
def british(day: dt.date) -> str:
    """The day as `03/04/1991`; years before 1000 keep their four digits everywhere."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def is_cut(text: str) -> bool:
    """Whether the text is only the beginning of one that was too long for its cell."""
    return CONTINUES in text


def _text(value: str) -> str:
    while _ESCAPED.search(value):
        value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    text = as_written(value)
    if CONTINUES in text:
        text = text[: text.index(CONTINUES) + len(CONTINUES)]
    text = _QUOTED.sub("", _BEFORE_NEW_LINE.sub("\n", text).strip())
    if day := _BRITISH_DAY.fullmatch(text):
        return f"{int(day[1]):02}/{int(day[2]):02}/{day[3]}"
    if day := _ISO_DAY.fullmatch(text):
        return f"{day[3]}/{day[2]}/{day[1]}"
    return text


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _moment(value: dt.datetime) -> str:
    day = british(value.date())
    return f"{day} {value:%H:%M:%S}" if value.hour or value.minute or value.second else day


_PLAIN: Mapping[type, Callable[[Any], str]] = {
    float: _number,
    bool: {True: "yes", False: "no"}.__getitem__,
    dt.date: british,
    dt.datetime: _moment,
}
