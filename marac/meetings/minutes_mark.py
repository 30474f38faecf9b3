"""The mark of a minutes file: by which it is known, when it comes back filled in, of which meeting it is."""

import datetime as dt
import re

_MARK = re.compile(r"minutes\s*/\s*([a-z][a-z0-9-]{0,59})\s*/\s*(\d{4})\s*-\s*(\d\d)\s*-\s*(\d\d)")


def minutes_mark(marac: str, meeting: dt.date) -> str:
    """What is printed: `minutes/marac/2026-12-03`."""
    return f"minutes/{marac}/{meeting.isoformat()}"


def marks_in(text: str) -> tuple[tuple[str, dt.date], ...]:
    """Every mark in a text, each once: the MARAC's id and the day of the meeting."""
    found = []
    for match in _MARK.finditer(text.replace("\u2011", "-").replace("\u2013", "-")):
        try:
            found.append((match[1], dt.date(int(match[2]), int(match[3]), int(match[4]))))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))
