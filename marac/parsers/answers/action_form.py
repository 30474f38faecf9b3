"""A letter of actions that came back: what stands in the last column beside each action. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from marac.parsers.answers.action_lines import ANOTHER_ACTION, SPEAKS_OF_ACTION, names_another_action
from marac.parsers.answers.form_rows import FormRow, crossed_out, rows_in, texts_in, unread_in, written_in
from marac.parsers.answers.own_words import OwnLine
from marac.parsers.answers.references import ACTION, marks_in, references_in
from marac.parsers.answers.reply_lines import reply_lines
from marac.parsers.answers.statements import DAY, Statement, statement, trimmed
from marac.parsers.blocks import Block, Cell, Span
from marac.reply import ActionAnswer, Reply, ReportedOutcome

_COLUMN = re.compile(r"what was done\b|\bwhat (?:you|we) did\b", re.IGNORECASE)
_CHOICES: tuple[tuple[ReportedOutcome, re.Pattern[str]], ...] = (
    ("could not be done", re.compile(r"could not be done\b|cannot be done\b", re.IGNORECASE)),
    ("not done", re.compile(r"not (?:yet )?done(?: yet)?\b", re.IGNORECASE)),
    ("done", re.compile(r"done\b", re.IGNORECASE)),
)
_PROMPT = re.compile(
    r"(?:date|on(?: which day)?|when|day|why|what changed|note|by whom|recorded on (?:each|the) child's file)\s*[:?]",
    re.IGNORECASE,
)
_OFFERED = re.compile(r"\bdone\s*/\s*could not be done\b", re.IGNORECASE)
"""What such a line says before anybody has changed it."""
_ALL_EMPTY = "The letter came back with nothing filled in."
_TWO_TICKS = "More than one box is ticked."
_NO_TICK = "No box is ticked, and it is not clear whether this was done."
_AGAINST = "What is written there may say something else than the tick."
_TICKED = re.compile(r"^\s*[\[(]?\s*[xX✓✔]\s*[\])]?\s+(?=done|not|could)", re.MULTILINE)
_CROSSED_OUT = "Words in this answer are crossed out."
_TWICE = "The letter says something of this action in more than one place."


def action_form(blocks: Sequence[Block]) -> Reply | None:
    """What a filled-in letter of actions says; None where the file is none."""
    found = [(number, row, cell) for number, row, cell in _rows(blocks)]
    if not found:
        return None
    marks = marks_in(texts_in(blocks))
    answers = [(number, _answer(number, row, cell)) for number, row, cell in found]
    typed = _typed_lines(blocks)
    given = [answer for _, answer in answers if answer is not None]
    given = [*given, *typed, *(other for answer in given for other in _others_named(answer))]
    told_below = {answer.action for answer in typed}
    empty = tuple(f"action {number}" for number, answer in answers if answer is None and number not in told_below)
    numbers = [answer.action for answer in given]
    told = (replace(each, doubts=(*each.doubts, _TWICE)) if numbers.count(each.action) > 1 else each for each in given)
    doubts = (*unread_in(blocks), *([] if given else [_ALL_EMPTY]))
    return Reply("action form", marks, actions=tuple(told), left_empty=empty, doubts=doubts)


def _typed_lines(blocks: Sequence[Block]) -> tuple[ActionAnswer, ...]:
    """What was made of the lines that the letter offers to copy into a reply, where somebody changed one in the file."""
    lines = [
        OwnLine(row.text, row.where)
        for row in rows_in(blocks)
        if not row.in_table and ACTION.match(row.label) and not _OFFERED.search(row.text)
    ]
    reply = reply_lines(lines)
    return reply.actions if reply else ()


def _rows(blocks: Sequence[Block]) -> Iterator[tuple[int, FormRow, Cell]]:
    """Each row that tells of an action: its number, and the cell in which the answer stands."""
    column: int | None = None
    for row in rows_in(blocks):
        if not row.in_table:
            continue
        asked = next((cell for cell in row.cells if _COLUMN.search(cell.text)), None)
        if asked is not None and _anchor(row) is None:
            column = asked.column
        elif column is not None and (anchor := _anchor(row)) is not None:
            cell = next((each for each in row.cells if each.column == column), None)
            if cell is not None:
                yield anchor, row, cell


def _anchor(row: FormRow) -> int | None:
    """The number by which the row's first cells name its action."""
    for cell in row.cells[:2]:
        if found := ACTION.search(cell.text):
            return int(found[1])
    return None


def _answer(number: int, row: FormRow, cell: Cell) -> ActionAnswer | None:
    """What was filled in; None where nothing was."""
    chosen, words = _chosen(cell.spans)
    day, note = _day_and_note(words)
    case = next(iter(references_in(row.cells[0].text)), "")
    if not chosen and not words and not crossed_out(cell.spans):
        return None
    said, doubts = _said(chosen, day, note)
    if crossed_out(cell.spans):
        doubts = (*doubts, _CROSSED_OUT)
    if names_another_action(words):
        doubts = (*doubts, ANOTHER_ACTION)
    return ActionAnswer(
        number,
        said.outcome,
        said.day,
        said.note,
        case,
        words="; ".join([*chosen, *([words] if words else [])]),
        where=row.where,
        doubts=doubts,
    )


def _others_named(answer: ActionAnswer) -> Iterator[ActionAnswer]:
    """The other actions that the words in one row name: what is said of them waits."""
    for number in dict.fromkeys(map(int, ACTION.findall(answer.words))):
        if number != answer.action:
            yield ActionAnswer(
                number, None, note=answer.words, words=answer.words, where=answer.where, doubts=(SPEAKS_OF_ACTION,)
            )


def _said(chosen: Sequence[ReportedOutcome], day: str, note: str) -> tuple[Statement, tuple[str, ...]]:
    """What the ticks and the words beside them come to, and why it may not be meant so."""
    written = statement(note) if note else Statement(None)
    if len(chosen) > 1:
        return Statement(None, day, note), (_TWO_TICKS,)
    if not chosen:
        if written.outcome is None:
            return Statement(None, day, note), (_NO_TICK,)
        return Statement(written.outcome, written.day or day, written.note), (
            *([written.doubt] if written.doubt else []),
        )
    outcome = chosen[0]
    against = written.outcome not in {None, outcome} or (outcome == "done" and bool(_check(note)))
    return Statement(outcome, day or written.day, note), ((_AGAINST,) if against else ())


def _check(note: str) -> str:
    """Why words beside a tick at "done" may take it back; empty where they do not."""
    return statement(f"done: {note}").doubt if note else ""


def _chosen(spans: Sequence[Span]) -> tuple[list[ReportedOutcome], str]:
    """The outcomes whose boxes are ticked, and what was written beside the printed choices."""
    chosen, left, ticked = list[ReportedOutcome](), list[Span](), None
    for span in spans:
        if span.ticked is not None:
            ticked = span.ticked
            continue
        if ticked is not None and span.text.strip():
            outcome, rest = _choice(span.text)
            if outcome is not None:
                chosen += [outcome] if ticked else []
                left.append(replace(span, text=rest))
                ticked = None
                continue
        left.append(span)
    words = _PROMPT.sub("", written_in(left))
    for found in list(_TICKED.finditer(words)):
        outcome, _ = _choice(words[found.end() :])
        chosen += [outcome] if outcome else []
    return chosen, "\n".join(line for line in words.split("\n") if trimmed(line, brackets=True))


def _choice(text: str) -> tuple[ReportedOutcome | None, str]:
    """The printed choice that a text begins with, and what follows it."""
    stripped = text.lstrip()
    for outcome, pattern in _CHOICES:
        if found := pattern.match(stripped):
            return outcome, stripped[found.end() :]
    return None, text


def _day_and_note(words: str) -> tuple[str, str]:
    """The day that stands on a line of its own or after `Date:`, and the other words."""
    lines = words.split("\n")
    for number, line in enumerate(lines):
        if DAY.fullmatch(trimmed(line, brackets=True)):
            return trimmed(line, brackets=True), trimmed(" ".join(lines[:number] + lines[number + 1 :]), brackets=True)
    return "", trimmed(" ".join(lines), brackets=True)
