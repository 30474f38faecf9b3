"""Blocks to answers: which words answer which label, and whose they are. Pure.

A heading says whose the labels under it are; a heading over some columns says so for those columns; a label that
names a person says so for itself and for the bare labels after it.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from marac.parsers.answers import Answer
from marac.parsers.blocks import Block, Line, Table
from marac.parsers.grid import Grid
from marac.parsers.labels import Pair, pairs
from marac.parsers.page import Page
from marac.parsers.stories import is_story
from marac.parsers.values import dates_in
from marac.parsers.vocabulary import Vocabulary
from marac.parsers.wordings import Meaning
from marac.parsers.writing import Writing

_TITLE_WORDS = 10
_LONGEST_CHILD = 200  # characters of a line that tells of one child in words
_NUMBER = re.compile(r"\d")
_TELLS_HOW = re.compile(r"(?:please|include|including|give|if |e\.?g|tell us|state|say|write|tick|\()", re.IGNORECASE)
_FURNITURE = re.compile(r"(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?|page\s*\d{1,3}\b.{0,20}", re.IGNORECASE)
"""What pages bear at their edges, which no form asks for."""
_PROSE = 60  # characters; a criterion followed by more than this in running print is explained, not answered


def answers(
    blocks: Iterable[Block], vocabulary: Vocabulary, taken: Mapping[int, Collection[int]] | None = None
) -> list[Answer]:
    """The answers on a form, in reading order. `taken` are rows read already (a checklist's), by number of block."""
    return page_of(blocks, vocabulary, taken).answers


def page_of(
    blocks: Iterable[Block], vocabulary: Vocabulary, taken: Mapping[int, Collection[int]] | None = None
) -> Page:
    """The answers on a form, and what somebody filled in that answers nothing known."""
    page = Page(vocabulary)
    for number, block in enumerate(blocks):
        rows = (taken or {}).get(number, ())
        if isinstance(block, Table):
            Grid(page, block, rows).read()
        elif 0 not in rows:
            _read_line(page, block)
    page.settle(lone=bool(taken))
    return page


def _read_line(page: Page, line: Line) -> None:
    writing = Writing(line.spans)
    if not writing or (_FURNITURE.fullmatch(writing.words) and not (page.waiting and writing.words.isdigit())):
        return
    words = writing.words
    short = len(words.split()) <= _TITLE_WORDS
    if _is_edge(line):
        _read_edge(page, line, writing)
        return
    section = page.vocabulary.section(words) if short and not writing.boxed else None
    found = pairs(writing, page.vocabulary, alone=short and (line.heading or writing.bold or _closed(words)))
    if section is not None and not any(pair.value for pair in found):
        _enter(page, section, words)
    elif is_story(writing) and not (found and found[0].meaning.key == "reason"):
        _read_story(page, line, writing)
    elif found and not (_awaits_reason(page) and _may_be_told(found[0])):
        _read_pairs(page, line, found)
    else:
        _read_words(page, line, writing, short=short)


def _is_edge(line: Line) -> bool:
    return line.where.startswith("page ") and ("header" in line.where or "footer" in line.where)


def _read_edge(page: Page, line: Line, writing: Writing) -> None:
    """What is filled in at the edge of the pages: labels with their words, and nothing else."""
    found = [pair for pair in pairs(writing, page.vocabulary, alone=False) if pair.value and pair.closed]
    if "header" in line.where and found and not is_story(writing):
        _read_pairs(page, line, found)
        page.waiting = None


def _enter(page: Page, section: str, words: str) -> None:
    page.enter(section)
    if section == "reason":
        page.waiting = (Meaning("reason", ""), words, page.scope)
    elif section == "child" and words[-1:].isdigit():
        page.waiting = (Meaning("name_dob", "child"), words, page.scope)


def _awaits_reason(page: Page) -> bool:
    return page.waiting is not None and page.waiting[0].key == "reason"


def _read_story(page: Page, line: Line, writing: Writing) -> None:
    """A narrative: it answers what waits for one, and is searched for no labels."""
    if page.waiting is not None:
        meaning, label, scope = page.waiting
        page.add(meaning, label, writing, line.where, scope)
    else:
        page.tell(page.titled, writing, line.where)


def _read_words(page: Page, line: Line, writing: Writing, *, short: bool) -> None:
    """A line without a label: the words that the label above waits for, a heading, or something not understood."""
    words = writing.words
    is_title = line.heading or (writing.bold and short)
    if page.waiting is not None and not is_title:
        meaning, label, scope = page.waiting
        page.add(meaning, label, writing, line.where, scope)
        if meaning.key not in ("reason", "address"):
            page.waiting = None
    elif line.heading or (writing.bold and short and not words.endswith(".")) or (short and _closed(words)):
        if not _closed(words):
            page.enter(None)
        page.waiting, page.titled = None, words
    elif page.scope.section == "child" and dates_in(words) and len(words) < _LONGEST_CHILD:
        page.answer(Meaning("name_dob", "child"), "", writing, line.where, page.begun("child"))
    elif _closed(page.titled) or writing.entered or (page.scope.section == "child" and _NUMBER.search(words)):
        page.leave(page.titled, writing, line.where)
        page.titled = ""
    else:
        _leave_pair(page, line, writing)


def _leave_pair(page: Page, line: Line, writing: Writing) -> None:
    """Notes a line such as `Works at: the bakery`, whose label the dictionary lacks."""
    label, mark, rest = writing.text.partition(":")
    if not page.answers:
        return
    if mark and 0 < len(label.split()) <= _TITLE_WORDS and rest.strip() and "." not in label:
        page.leave(label.strip(), writing.part(len(label) + 1, len(writing.text)), line.where)


def _may_be_told(pair: Pair) -> bool:
    """Whether a narrative may well have a line that begins so: `DOB:`, `Victim:`, but hardly `Victim's address:`."""
    return pair.meaning.person is None or (pair.meaning.key == "name_dob" and " " not in pair.label.strip())


def _read_pairs(page: Page, line: Line, found: Sequence[Pair]) -> None:
    page.waiting = None
    for pair in found:
        if pair is found[-1] and _is_hint(pair, line):
            continue
        if pair.meaning.key.startswith("criteria.") and len(pair.value.text) > _PROSE and not pair.value.boxed:
            continue
        page.answer(pair.meaning, pair.label, pair.value, line.where, page.scope)
    last = found[-1]
    if _is_hint(last, line):
        page.waiting = (last.meaning, last.label, page.scope)
        return
    if not last.value or last.meaning.key in ("reason", "address"):
        page.waiting = (last.meaning, last.label, page.scope)


def _is_hint(pair: Pair, line: Line) -> bool:
    """Whether the words after a question go on telling how to answer it (`Where does she live? Include the postcode.`)."""
    return (
        pair.closed and Writing(line.spans).bold and not pair.value.entered and bool(_TELLS_HOW.match(pair.value.words))
    )


def _closed(words: str) -> bool:
    return words.endswith((":", "?"))
