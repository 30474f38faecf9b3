"""Blocks to answers: which words answer which label, and whose they are. Pure.

A heading says whose the labels under it are; a heading over some columns says so for those columns; a label that
names a person says so for itself and for the bare labels after it.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from marac.parsers.blocks import Block, Line, Table
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.wordings import Meaning
from marac.parsers.filling.answers import Answer
from marac.parsers.filling.values import dates_in
from marac.parsers.layout.choices import Choice, truths_in
from marac.parsers.layout.grid import Grid
from marac.parsers.layout.labels import Pair, pairs
from marac.parsers.layout.owners import NAMES
from marac.parsers.layout.page import Page
from marac.parsers.layout.stories import is_guidance, is_story
from marac.parsers.layout.unread import own_label
from marac.parsers.layout.writing import Writing, ticked_box, written

_TITLE_WORDS = 10
_SEVERAL = 3  # labels answered by the line below them; a heading over a short line is then a label that is not known
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
    writing = written(line.spans)
    if not writing or (_FURNITURE.fullmatch(writing.words) and not (page.waiting and writing.words.isdigit())):
        return
    words = writing.words
    short = len(words.split()) <= _TITLE_WORDS
    if _is_edge(line):
        _read_edge(page, line, writing)
        return
    section = page.vocabulary.section(words) if short and not writing.boxed else None
    marked = line.heading or writing.bold
    found = (_joint_label(page, writing) if short and marked else ()) or pairs(
        writing, page.vocabulary, alone=short and (marked or _closed(words))
    )
    choices = truths_in(writing, page.vocabulary) if writing.boxed else ()
    if choices:
        _read_choices(page, line, choices)
    elif section is not None and not any(pair.value for pair in found):
        _enter(page, section, words)
    elif is_story(writing) and not (found and found[0].meaning.key == "reason"):
        _read_story(page, line, writing)
    elif found and not (_awaits_reason(page) and _may_be_told(found[0])):
        _read_pairs(page, line, found)
    else:
        _read_words(page, line, writing, short=short)


def _joint_label(page: Page, writing: Writing) -> Sequence[Pair]:
    """The one label that a bold line of two parts is (`Victim: First name`), which looks like a label with its answer."""
    if writing.boxed or writing.entered:
        return ()
    meaning = page.vocabulary.compound(writing.words) or page.vocabulary.literal(writing.words)
    return () if meaning is None else (Pair(writing.words, meaning, Writing(), 0),)


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


def _read_choices(page: Page, line: Line, choices: Iterable[Choice]) -> None:
    """Entries of a list that are true where ticked, one or several to a line."""
    for choice in choices:
        if choice.ticked:
            page.answer(choice.meaning, choice.label, ticked_box(), line.where, page.scope)


def _awaits_reason(page: Page) -> bool:
    return page.waiting is not None and page.waiting[0].key == "reason"


def _read_story(page: Page, line: Line, writing: Writing) -> None:
    """A narrative: it answers what waits for one, and is searched for no labels."""
    if page.waiting is None:
        page.tell(page.titled, writing, line.where)
        return
    meaning, label, scope = page.waiting
    if meaning.key in NAMES:
        page.tell(label, writing, line.where)  # `Details:` over a narrative asks for no name
    else:
        page.add(meaning, label, writing, line.where, scope)


def _read_words(page: Page, line: Line, writing: Writing, *, short: bool) -> None:
    """A line without a label: the words that the label above waits for, a heading, or something not understood."""
    words = writing.words
    is_title = line.heading or (writing.bold and short)
    if page.waiting is not None and not is_title:
        meaning, label, scope = page.waiting
        own = own_label(writing) if meaning.key != "reason" and ":" in words else None
        if own is not None:
            page.waiting = None
            page.leave(*own, line.where)
            return
        page.answered_below += 1
        page.add(meaning, label, writing, line.where, scope)
        if meaning.key not in ("reason", "address"):
            page.waiting = None
    elif line.heading or (writing.bold and short and not words.endswith(".")) or (short and _closed(words)):
        if not _closed(words):
            page.enter(None)
        page.waiting, page.titled = None, words
    elif page.scope.section == "child" and dates_in(words) and len(words) < _LONGEST_CHILD:
        page.answer(Meaning("name_dob", "child"), "", writing, line.where, page.begun("child"))
    elif _asks(page, short=short) or writing.entered or (page.scope.section == "child" and _NUMBER.search(words)):
        page.leave(page.titled, writing, line.where)
        page.titled = ""
    else:
        _leave_pair(page, line, writing)


def _asks(page: Page, *, short: bool) -> bool:
    """Whether the last title is a question that a line answers: by its mark, or as labels stand over their words here."""
    return _closed(page.titled) or (bool(page.titled) and short and page.answered_below >= _SEVERAL)


def _leave_pair(page: Page, line: Line, writing: Writing) -> None:
    """Notes a line such as `Works at: the bakery`, whose label the dictionary lacks."""
    label, mark, rest = writing.text.partition(":")
    if mark and 0 < len(label.split()) <= _TITLE_WORDS and rest.strip() and "." not in label:
        left = (label.strip(), writing.part(len(label) + 1, len(writing.text)), line.where)
        if page.answers:
            page.leave(*left)
        elif "@" not in rest:  # where to send the form
            page.first_line = left


def _may_be_told(pair: Pair) -> bool:
    """Whether a narrative may well have a line that begins so: `DOB:`, `Victim:`, but hardly `Victim's address:`."""
    return pair.meaning.person is None or (pair.meaning.key == "name_dob" and " " not in pair.label.strip())


def _read_pairs(page: Page, line: Line, found: Sequence[Pair]) -> None:
    page.waiting = None
    if page.first_line is not None and not page.answers:
        page.leave(*page.first_line)
    page.first_line = None
    _leave_before(page, line, found[0])
    for pair in found:
        if pair is found[-1] and _is_hint(pair, line):
            continue
        if pair.meaning.key == "reason" and pair.value and not pair.value.entered and is_guidance(pair.value.words):
            return
        if pair.meaning.key.startswith("criteria.") and len(pair.value.text) > _PROSE and not pair.value.boxed:
            continue
        page.answer(pair.meaning, pair.label, pair.value, line.where, page.scope)
    last = found[-1]
    if _is_hint(last, line):
        page.waiting = (last.meaning, last.label, page.scope)
        return
    if not last.value or last.meaning.key in ("reason", "address"):
        page.waiting = (last.meaning, last.label, page.scope)


def _leave_before(page: Page, line: Line, first: Pair) -> None:
    """Notes a label with its words that the dictionary lacks before the first label of a line (`From: Jo Smith  Role: …`)."""
    before = written(line.spans).part(0, first.start)
    label, mark, rest = before.text.partition(":")
    if mark and 0 < len(label.split()) <= _TITLE_WORDS and rest.strip():
        page.leave(label.strip(), before.part(len(label) + 1, len(before.text)), line.where)


def _is_hint(pair: Pair, line: Line) -> bool:
    """Whether the words after a question go on telling how to answer it (`Where does she live? Include the postcode.`)."""
    return (
        pair.closed and written(line.spans).bold and not pair.value.entered and bool(_TELLS_HOW.match(pair.value.words))
    )


def _closed(words: str) -> bool:
    return words.endswith((":", "?"))
