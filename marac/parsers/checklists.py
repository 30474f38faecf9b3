"""Risk checklists on a form: which rows are questions, which list they belong to, and how each is answered. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from marac.checklist import Checklist, ChecklistAnswer, ChecklistKind, ticks_in
from marac.parsers.blocks import Block, Cell, Line, Table
from marac.parsers.checklist_answers import ANSWERS, answer_inside, bare_columns, cell_answer, is_marked, shown
from marac.parsers.questions import is_numbered, printed_number, question_in
from marac.parsers.wordings import plain
from marac.parsers.writing import OFF, ON, Writing

Asked = tuple[int | None, int | None, int | None]
"""The printed number of a question and its numbers on the two lists."""

_NUMERAL = re.compile(r"(?:q(?:uestion)?\.?\s*)?(\d{1,2})\s*[.):]?", re.IGNORECASE)
_FEWEST = 6  # questions; fewer may stand on a form that has no checklist
_REMARKS = re.compile(r"comment|source|detail|further|notes|evidence|information|state|expand|explain")
_BEGIN_ANSWERS = frozenset("YyNnDdTtAaRrUu")


@dataclass(frozen=True, slots=True)
class Given:
    """One question's answer, as found; None where it is unanswered or two answers are marked."""

    printed: int | None
    dash: int | None
    police: int | None
    answer: ChecklistAnswer | None
    text: str
    where: str
    conflict: bool = False
    unclear: bool = False
    """Whether something is marked beside it that was not understood."""

    @property
    def known(self) -> bool:
        """Whether its words are those of a question on one of the lists."""
        return self.dash is not None or self.police is not None


@dataclass(frozen=True, slots=True)
class Found:
    """The checklist of a form, the rows it took up (by number of block), and each question as read."""

    checklist: Checklist = field(default_factory=Checklist)
    taken: dict[int, set[int]] = field(default_factory=dict)
    given: tuple[Given, ...] = ()

    def numbered(self) -> dict[str, Given]:
        """The questions by the number that the record uses."""
        by_number: dict[str, Given] = {}
        for each in self.given:
            number = _number(each, self.checklist.kind)
            if number is not None and (str(number) not in by_number or by_number[str(number)].answer is None):
                by_number[str(number)] = each
        return by_number


def checklist_in(blocks: Sequence[Block]) -> Found:
    """The checklist that stands on a form; an empty one where there is none."""
    taken: dict[int, set[int]] = {}
    given: list[Given] = []
    columns: dict[int, str] = {}
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            columns, rows, found = _table(block, columns, begun=bool(given))
        else:
            rows, found = _line(block)
        if found:
            taken[number] = rows
            given.extend(found)
    if len({(each.dash, each.police) for each in given}) < _FEWEST:
        return Found()
    return _settled(given, taken)


def _settled(given: list[Given], taken: dict[int, set[int]]) -> Found:
    kind = _kind(given)
    found = Found(Checklist(kind), taken, tuple(given))
    answers = {number: each.answer for number, each in found.numbered().items() if each.answer is not None}
    return Found(Checklist(kind, answers, ticks_in(answers)), taken, tuple(given))


def _kind(given: Sequence[Given]) -> ChecklistKind | None:
    """Which list this is: by the numbers printed beside the questions, else by the questions that only one list has."""
    printed = [each for each in given if each.printed is not None]
    if len(printed) * 2 > len(given):
        for kind, numbers in (
            ("dash", [each.dash for each in printed]),
            ("dash-police", [each.police for each in printed]),
        ):
            agreeing = sum(each.printed == number for each, number in zip(printed, numbers, strict=True))
            if agreeing * 10 >= len(printed) * 8:
                return kind  # type: ignore[return-value]
    if len({each.police for each in given if each.dash is None}) >= 2:
        return "dash-police"
    return "dash" if len({each.dash for each in given if each.dash is not None}) >= 20 else None


def _number(given: Given, kind: str | None) -> int | None:
    return {"dash": given.dash, "dash-police": given.police}.get(kind or "", given.printed)


def _table(table: Table, columns: dict[int, str], *, begun: bool) -> tuple[dict[int, str], set[int], list[Given]]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    taken: set[int] = set()
    found: list[Given] = []
    unread: dict[int, list[Given]] = {}
    for number in sorted(rows):
        row = sorted(rows[number], key=lambda cell: cell.column)
        header = _header(row)
        if header:
            columns = header
            if not found or len(header) > 1:
                taken.add(number)
            continue
        given = _row(table, row, columns)
        if any(each.known for each in given):
            for between in unread.values():
                found.extend(between)
            taken.update((number, *unread))
            unread.clear()
            found.extend(given)
        elif given and found:
            unread[number] = given
    if (
        found
        and not set(columns.values()) - {"remarks"}
        and len(bare := bare_columns(rows[each] for each in taken)) > 1
    ):
        return _table(table, columns | dict.fromkeys(bare, "unnamed"), begun=begun)
    if sum(each.known for each in found) < (1 if begun else _FEWEST // 2):
        return {}, set(), []
    return columns, taken, found


def _header(row: Sequence[Cell]) -> dict[int, str]:
    """The columns that stand for an answer, by a row that names two of them (or one called Answer)."""
    named: dict[int, str] = {}
    texts = [cell.text for cell in row]
    if not any(text[:1] in _BEGIN_ANSWERS for text in map(str.lstrip, texts)):
        return {}
    for cell, text in zip(row, texts, strict=True):
        words = plain(text) if 0 < len(text) < 60 else ""
        if words in ANSWERS:
            named[cell.column] = ANSWERS[words]
        elif words in ("answer", "response", "answer y n", "yes no", "y n", "yes no dont know"):
            named[cell.column] = "answer"
        elif words and _REMARKS.search(words):
            named[cell.column] = "remarks"
    answers = [meaning for meaning in named.values() if meaning != "remarks"]
    is_header = len(answers) >= 2 or "answer" in answers or (answers == ["yes"] and len(row) > 1 and len(texts[0]) > 20)
    return named if is_header and _asked_in(row) is None else {}


def _row(table: Table, row: Sequence[Cell], columns: dict[int, str]) -> list[Given]:
    """The questions in a row: one, or two side by side, each with the answer beside it."""
    starts = [place for place in range(len(row)) if place == 0 or _begins_question(row, place)]
    parts = [row[start:end] for start, end in zip(starts, [*starts[1:], len(row)], strict=True)]
    where = f"{table.where}, row {row[0].row + 1}"
    return [given for part in parts if (given := _given(part, columns, where)) is not None]


def _begins_question(row: Sequence[Cell], place: int) -> bool:
    """Whether a second question of the row begins at this cell: its number, printed before it or in a cell before."""
    if place < 2:
        return False
    text = row[place].text.strip()
    if _numeral(text) is not None and place + 1 < len(row):
        asked = question_in(f"{text}. {row[place + 1].text}")
    else:
        asked = question_in(text) if is_numbered(text) else None
    return asked is not None and _is_known(asked)


def _given(row: Sequence[Cell], columns: dict[int, str], where: str) -> Given | None:
    found = _asked_in(row)
    if found is None:
        return None
    asked, place = found
    answers = {answer for cell in row[place + 1 :] if (answer := cell_answer(cell, columns))}
    if not answers and (inside := answer_inside(Writing(row[place].spans))):
        answers = {inside}
    text = " ".join(words for cell in row[place + 1 :] if (words := shown(cell)))
    conflict, unclear = len(answers) > 1, not answers and any(is_marked(cell, columns) for cell in row[place + 1 :])
    return Given(*asked, None if conflict or not answers else answers.pop(), text, where, conflict, unclear)


def _asked_in(row: Sequence[Cell]) -> tuple[Asked, int] | None:
    """The question that a row asks and which cell asks it; its number may have a cell of its own."""
    number = _numeral(row[0].text)
    if len(row) > 2 and number is not None:
        return question_in(f"{number}. {row[1].text}") or (number, None, None), 1
    for place, cell in enumerate(row[:3]):
        asked = question_in(cell.text)
        if asked is not None:
            return asked, place
    printed = printed_number(row[0].text) if len(row) > 1 else None
    return None if printed is None else ((printed, None, None), 0)


def _numeral(text: str) -> int | None:
    """The number of a question, in a cell of its own (`7`, `7.`, `Q7`)."""
    found = _NUMERAL.fullmatch(text.strip())
    return int(found[1]) if found else None


def _is_known(asked: Asked) -> bool:
    return asked[1] is not None or asked[2] is not None


def _line(line: Line) -> tuple[set[int], list[Given]]:
    text = line.text
    asked = question_in(text.strip()) if is_numbered(text.strip()) else None
    if asked is None or not _is_known(asked):
        return set(), []
    writing = Writing(line.spans)
    answer = answer_inside(writing)
    words = writing.text.rpartition("?")[2].replace(ON, "☒").replace(OFF, "☐").strip()
    return {0}, [Given(*asked, answer, words, line.where)]
