"""Blocks to answers: which words answer which label, and whose they are. Pure.

A heading says whose the labels under it are; a heading over some columns says so for those columns; a label that
names a person says so for itself and for the bare labels after it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from marac.parsers.answers import Answer
from marac.parsers.blocks import Block, Line, Table
from marac.parsers.grid import Grid
from marac.parsers.labels import Pair, pairs
from marac.parsers.page import Page
from marac.parsers.vocabulary import Vocabulary
from marac.parsers.wordings import Meaning
from marac.parsers.writing import Writing

_TITLE_WORDS = 10
_PROSE = 60  # characters; a criterion followed by more than this in running print is explained, not answered


def answers(
    blocks: Iterable[Block], vocabulary: Vocabulary, taken: Mapping[int, Collection[int]] | None = None
) -> list[Answer]:
    """The answers on a form, in reading order. `taken` are rows read already (a checklist's), by number of block."""
    page = Page(vocabulary)
    for number, block in enumerate(blocks):
        rows = (taken or {}).get(number, ())
        if isinstance(block, Table):
            Grid(page, block, rows).read()
        elif 0 not in rows:
            _read_line(page, block)
    return page.answers


def _read_line(page: Page, line: Line) -> None:
    writing = Writing(line.spans)
    if not writing:
        return
    is_edge = line.where.startswith("page ") and ("header" in line.where or "footer" in line.where)
    words = writing.words
    short = len(words.split()) <= _TITLE_WORDS
    section = page.vocabulary.section(words) if short and not writing.boxed else None
    if is_edge:
        return
    found = pairs(writing, page.vocabulary, alone=short and (line.heading or writing.bold or _closed(words)))
    if section is not None and not any(pair.value for pair in found):
        page.enter(section)
        if section == "reason":
            page.waiting = (Meaning("reason", ""), words, page.scope)
        return
    if page.waiting is not None and page.waiting[0].key == "reason" and found and _may_be_told(found[0]):
        found = []
    if found:
        _read_pairs(page, line, found)
    elif page.waiting is not None and not (line.heading or (writing.bold and short)):
        meaning, label, scope = page.waiting
        page.add(meaning, label, writing, line.where, scope)
        if meaning.key not in ("reason", "address"):
            page.waiting = None
    elif line.heading or (writing.bold and short and not words.endswith(".")):
        page.enter(None)


def _may_be_told(pair: Pair) -> bool:
    """Whether a narrative may well have a line that begins so: `DOB:`, `Victim:`, but hardly `Victim's address:`."""
    return pair.meaning.person is None or (pair.meaning.key == "name_dob" and " " not in pair.label.strip())


def _read_pairs(page: Page, line: Line, found: Sequence[Pair]) -> None:
    page.waiting = None
    for pair in found:
        if pair.meaning.key.startswith("criteria.") and len(pair.value.text) > _PROSE and not pair.value.boxed:
            continue
        page.answer(pair.meaning, pair.label, pair.value, line.where, page.scope)
    last = found[-1]
    if not last.value or last.meaning.key in ("reason", "address"):
        page.waiting = (last.meaning, last.label, page.scope)


def _closed(words: str) -> bool:
    return words.endswith((":", "?"))
