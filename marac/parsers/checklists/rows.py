"""The rows of a risk checklist's table: which of them ask a question, what heads the columns, and what is marked. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from marac.checklist import ChecklistAnswer
from marac.parsers.blocks import Cell, Table
from marac.parsers.checklists.answers import (
    ANSWERS,
    BY_YES,
    answer_inside,
    bare_columns,
    cell_answer,
    crossed_columns,
    is_bare,
    is_marked,
    marked_by_yes,
    shown,
)
from marac.parsers.checklists.questions import is_numbered, question_in
from marac.parsers.checklists.shapes import asked_in, is_known, join_split, may_ask, may_head, numeral, rows_of, turned
from marac.parsers.dictionary.wordings import plain
from marac.parsers.layout.sides import side_headed
from marac.parsers.layout.writing import written

_FEWEST = 3  # questions of a table that begins a list
_TOTAL = re.compile(r"\btotal|\bscore|how many|number of", re.IGNORECASE)
_REMARKS = re.compile(r"comment|source|detail|further|notes|evidence|information|state|expand|explain")
_ANSWER_HEADS = re.compile(
    r"answers?|response|answer y n|yes no|y n|yes no dont know|(?:score|points?)(?: .{1,20})?|1 0|1 or 0"
)
_ASKS = re.compile(r"(?:no |number )?(?:questions?|(?:risk )?(?:factors?|indicators?)|items?)")
_LONGEST_HEAD = 60
_HOLLOW = frozenset(("n a", "na", "not applicable"))
"""What fills a column for remarks as often as one for answers."""
_HEADED = frozenset(("yes", "no", "unknown", "answer", "remarks"))
_SUB_ITEM = 3  # words: `Children`, `Other (please specify)`; more are a question


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

    @property
    def open(self) -> bool:
        """Whether nothing is marked beside it."""
        return self.answer is None and not self.conflict and not self.unclear


@dataclass(slots=True)
class _List:
    """A table's questions as its rows are read one after the other."""

    table: Table
    columns: dict[int, str]
    taken: set[int]
    found: list[Given]
    unread: dict[int, list[Given]]
    """Numbered rows in unknown words, which are questions only if a known one follows."""

    def add(self, number: int, given: list[Given]) -> None:
        if any(each.known for each in given):
            for between in self.unread.values():
                self.found.extend(between)
            self.taken.update((number, *self.unread))
            self.unread.clear()
            self.found.extend(given)
        elif given and self.found:
            self.unread[number] = given

    def close(self) -> None:
        """Takes the area's own questions at the end of the list: numbered on from it, and answered."""
        numbers = [each.printed for each in self.found if each.printed is not None]
        for number, given in self.unread.items():
            if numbers and all(each.printed == max(numbers) + 1 and not each.open for each in given):
                numbers += [each.printed for each in given if each.printed is not None]
                self.found.extend(given)
                self.taken.add(number)


def table_questions(
    table: Table, columns: dict[int, str], *, begun: bool
) -> tuple[dict[int, str], set[int], list[Given]]:
    """The columns for answers, the rows taken up and the questions of a table; nothing where it holds no checklist.

    `columns` are those of the table before, which a list goes on with on the next page; `begun` says that there is one.
    """
    rows = rows_of(table)
    if not any(may_ask(row) for row in rows.values()):
        return {}, set(), []
    if (on_side := turned(table, rows)) is not None:
        columns, taken, found = table_questions(on_side, {}, begun=begun)
        return columns, set(rows) if taken else set(), found
    read, split = _read(table, rows, columns), {}
    if read.found and ((split := join_split(rows)) or crossed_columns(rows.values(), read.columns)):
        read = _read(table, rows, columns, crossed_columns(rows.values(), read.columns))
    if read.found and marked_by_yes([rows[each] for each in read.taken if not _header(rows[each])], read.columns):
        read = _read(table, rows, read.columns | {BY_YES: "marked"})
    if read.found and not set(read.columns.values()) - {"remarks"}:
        bare = bare_columns(rows[each] for each in read.taken)
        if len(bare) > 1:
            read = _read(table, rows, read.columns | dict.fromkeys(bare, "unnamed"))
    if sum(each.known for each in read.found) < (1 if begun else _FEWEST):
        return {}, set(), []
    return read.columns, read.taken | {split[each] for each in read.taken & split.keys()}, read.found


def _read(table: Table, rows: dict[int, list[Cell]], columns: dict[int, str], ticked: Collection[int] = ()) -> _List:
    """The questions in these rows. `ticked` are the columns in which a cross is no tick."""
    crossed = dict.fromkeys(ticked, "crossed")
    read = _List(table, columns | crossed, set(), [], {})
    for number, row in rows.items():
        header = _header(row)
        if header:
            kept = {column: head for column, head in crossed.items() if header.get(column) == "answer"}
            read.columns = header | kept | {place: head for place, head in columns.items() if place == BY_YES}
            if not read.found or len(header) > 1:
                read.taken.add(number)
        elif not _goes_on(read, number, row):
            given = _row(table, row, read.columns)
            read.add(number, given)
            if (
                not given
                and not read.found
                and any(cell.spans and read.columns.get(cell.column) in _HEADED for cell in row)
            ):
                read.columns, read.taken = {}, set()  # the header was of another table on the same sheet
            if not given and read.found and _is_odd(row, read.columns):
                read.found[-1] = replace(read.found[-1], unclear=True)
    read.close()
    return read


def _header(row: Sequence[Cell]) -> dict[int, str]:
    """The columns that stand for an answer, by a row that names two of them (or one called Answer)."""
    named: dict[int, str] = {}
    heads: list[str] = []
    texts = [cell.text for cell in row]
    if len(row) < 2 or not may_head(texts):
        return {}
    for cell, text in zip(row, texts, strict=True):
        if 0 < len(text) < _LONGEST_HEAD and (meaning := _head(text)):
            heads.append(meaning)
            named |= dict.fromkeys(range(cell.column, cell.column + cell.columns), meaning)
    answers = [meaning for meaning in heads if meaning != "remarks"]
    is_header: object = (
        len(answers) >= 2
        or "answer" in answers
        or (answers == ["yes"] and (len(texts[0]) > 20 or _ASKS.fullmatch(plain(texts[0]))))
    )
    return named if is_header and asked_in(row) is None else {}


@lru_cache(maxsize=2_000)
def _head(text: str) -> str | None:
    """What a column is for that has these words above it."""
    words = plain(text)
    meaning = ANSWERS.get(words) or (side_headed(text) if words else None)
    if meaning is not None or not words:
        return meaning
    return "answer" if _ANSWER_HEADS.fullmatch(words) else "remarks" if _REMARKS.search(words) else None


def _row(table: Table, row: Sequence[Cell], columns: dict[int, str]) -> list[Given]:
    """The questions in a row: one, or two side by side, each with the answer beside it."""
    starts = [each for each in range(2, len(row)) if _begins_question(row, each) and asked_in(row[:each])]
    parts = [row[start:end] for start, end in zip([0, *starts], [*starts, len(row)], strict=True)] if starts else [row]
    where = f"{table.where}, row {row[0].row + 1}"
    return [given for part in parts if (given := _given(part, columns, where)) is not None]


def _begins_question(row: Sequence[Cell], place: int) -> bool:
    """Whether a second question of the row begins at this cell: its number, printed before it or in a cell before."""
    text = row[place].text.strip() if row[place].spans else ""
    if not (text[:1].isdigit() or text[:1] in ("q", "Q")):
        return False
    if numeral(text) is not None and place + 1 < len(row):
        asked = question_in(f"{text}. {row[place + 1].text}")
    else:
        asked = question_in(text) if is_numbered(text) else None
    return asked is not None and is_known(asked)


def _given(row: Sequence[Cell], columns: dict[int, str], where: str) -> Given | None:
    found = asked_in(row)
    if found is None:
        return None
    asked, place = found
    before = [cell for cell in row[:place] if columns.get(cell.column, "" if is_bare(cell) else "remarks") != "remarks"]
    beside = [*(cell for cell in before if numeral(cell.text) is None), *row[place + 1 :]]
    answers, unclear = _marked(beside, columns)
    if not answers and (inside := answer_inside(written(row[place].spans))):
        answers = {inside}
    text = " ".join(words for cell in beside if (words := shown(cell)))
    conflict = len(answers) > 1
    answer = None if conflict or not answers else answers.pop()
    return Given(*asked, answer, text, where, conflict, unclear and not answer)


def _marked(cells: Sequence[Cell], columns: dict[int, str]) -> tuple[set[ChecklistAnswer], bool]:
    """The answers in the cells beside a question, and whether something in them was not understood."""
    said = {cell.column: answer for cell in cells if (answer := cell_answer(cell, columns))}
    hollow = {cell.column for cell in cells if plain(cell.text) in _HOLLOW} if len(said) > 1 else set()
    answers = {answer for column, answer in said.items() if column not in hollow} or set(said.values())
    if not answers and cells and (first := cell_answer(cells[0], columns, next_to=True)):
        answers = {first}
    return answers, not answers and any(is_marked(cell, columns) for cell in cells)


def _goes_on(read: _List, number: int, row: Sequence[Cell]) -> bool:
    """Whether a row holds nothing but the answer to the question of the row before."""
    if not read.found or read.unread or number - 1 not in read.taken or not read.found[-1].open:
        return False
    last, filled = read.found[-1], [cell for cell in row if cell.spans and written(cell.spans)]
    if not filled or not last.open or asked_in(row) is not None:
        return False
    below = {cell_answer(cell, read.columns) for cell in filled}
    if len(below) == 1 and (answer := below.pop()):
        read.found[-1] = replace(last, answer=answer, text=" ".join(map(shown, filled)))
        read.taken.add(number)
        return True
    return False


def _is_odd(row: Sequence[Cell], columns: dict[int, str]) -> bool:
    """Whether a row in unknown words is answered like a question of the list; the parts of a question are not."""
    beside = [cell for cell in row if columns.get(cell.column) in ("yes", "no", "unknown", "answer")]
    if not any(cell_answer(cell, columns) for cell in beside):
        return False
    words = max((len(cell.text.split()) for cell in row if cell not in beside), default=0)
    return words > _SUB_ITEM and not any(_TOTAL.search(cell.text) for cell in row)
