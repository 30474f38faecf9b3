"""Passwords in a table: a column of that name, or a row that begins with the word. Its cells stand apart by tabs or bars."""

import re
from collections.abc import Callable, Iterator

from marac.intake.opening.locked.password_words import ASKED, NAMED, PROMISED

_BETWEEN_CELLS = re.compile(r"\s*\t\s*|\s*\|\s*|\s{3,}")
_QUOTED = re.compile(r"^[ >]+|^\|\s?")
_HEADING = re.compile(
    rf"(?:the |document |file |referral |zip )?(?:{NAMED.pattern})s?(?: (?:to|for|of) [\w ]+| \(?[\w ]+\)?)?\s*[:=]?",
    NAMED.flags,
)
_LONGEST = 64
_LONGEST_HEADING = 40
_MOST_CELLS = 12
_MOST_LINES = 2_000
_MOST_ROWS = 40


def told_in_tables(text: str, is_strong: Callable[[str], bool], is_phrase: Callable[[str], bool]) -> Iterator[str]:
    """What the tables in a mail tell as passwords, as it stands there.

    Args:
        text: the mail, the cells of its tables apart.
        is_strong: whether nobody would take a word for an ordinary one, such as another heading.
        is_phrase: whether a cell could be a password of ordinary words.
    """
    for cell in _cells(text, lambda cell: " " not in cell and is_strong(cell)):
        promises = PROMISED.search(cell) or ASKED.search(cell)
        if len(cell) <= _LONGEST and not promises and (is_phrase(cell) or (" " not in cell and is_strong(cell))):
            yield cell


def _cells(text: str, is_password: Callable[[str], bool]) -> Iterator[str]:
    """The cells below a heading, or the one beside it.

    A table ends where a line has fewer cells than there are before that column and with it.
    """
    column, rows = None, 0
    for line in text.split("\n")[:_MOST_LINES]:
        cells = _BETWEEN_CELLS.split(_QUOTED.sub("", line).strip().strip("|").strip(), maxsplit=_MOST_CELLS)
        named = next((number for number, cell in enumerate(cells) if _is_heading(cell)), None)
        if named is not None and len(cells) > 1:
            beside = next((cell for cell in cells[named + 1 : named + 2] if is_password(cell)), None)
            column, rows = (named if beside is None else None), 0
            if beside is not None:
                yield beside
        elif column is not None and column < len(cells) and len(cells) > 1 and rows < _MOST_ROWS:
            rows += 1
            yield cells[column]
        elif len(cells) > 1 or cells[0]:
            column = None


def _is_heading(cell: str) -> bool:
    """Whether a cell has the word for a password and little else: `Password`, `Password to open:`."""
    return len(cell) <= _LONGEST_HEADING and bool(_HEADING.fullmatch(cell))
