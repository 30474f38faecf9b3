"""Risk checklists on a form: which rows are questions, which list they belong to, and how each is answered. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from marac.checklist import Checklist, ChecklistAnswer, ChecklistKind, ticks_in
from marac.parsers.blocks import Block, Cell, Line, Table
from marac.parsers.questions import is_numbered, question_in
from marac.parsers.wordings import plain
from marac.parsers.writing import OFF, ON, Writing

_FEWEST = 6  # questions; fewer may stand on a form that has no checklist
_ANSWERS: dict[str, ChecklistAnswer] = {
    "yes": "yes", "y": "yes", "true": "yes", "yes tick": "yes", "ticked": "yes", "no": "no", "n": "no", "false": "no", "no tick": "no",
    "dont know": "unknown", "not known": "unknown", "dk": "unknown", "d k": "unknown", "nk": "unknown", "n k": "unknown",
    "unknown": "unknown", "unsure": "unknown", "not sure": "unknown", "dont know dk": "unknown", "dont know tick": "unknown",
}  # fmt: skip
_MARKS = frozenset(("x", "✓", "✔", "√", "1", ON, "tick", "/"))
_REMARKS = re.compile(r"comment|source|detail|further|notes|evidence|information|state|expand|explain")
_LONGEST_ANSWER = 60
_BEGIN_ANSWERS = frozenset("YyNnDdTtAaRrUu")
_OPEN = re.compile(r"^(?:yes\s*/\s*no|y\s*/\s*n)(?:\s*/\s*.{1,12})?$", re.IGNORECASE)


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
    for number in sorted(rows):
        row = sorted(rows[number], key=lambda cell: cell.column)
        header = _header(row)
        if header:
            columns = header
            if not found or len(header) > 1:
                taken.add(number)
            continue
        given = _row(table, row, columns)
        if given is not None:
            taken.add(number)
            found.append(given)
    matched = [each for each in found if each.dash is not None or each.police is not None]
    if len(matched) < (1 if begun else _FEWEST // 2):
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
        if words in _ANSWERS:
            named[cell.column] = _ANSWERS[words]
        elif words in ("answer", "response", "answer y n", "yes no", "y n", "yes no dont know"):
            named[cell.column] = "answer"
        elif words and _REMARKS.search(words):
            named[cell.column] = "remarks"
    answers = [meaning for meaning in named.values() if meaning != "remarks"]
    is_header = len(answers) >= 2 or "answer" in answers or (answers == ["yes"] and len(row) > 1 and len(texts[0]) > 20)
    return named if is_header and not question_in(texts[0]) else {}


def _row(table: Table, row: Sequence[Cell], columns: dict[int, str]) -> Given | None:
    found = _asked_in(row)
    if found is None:
        return None
    asked, place = found
    question = Writing(row[place].spans)
    answers = {answer for cell in row[place + 1 :] if (answer := _cell_answer(cell, columns))}
    if not answers and (inside := _answer_inside(question)):
        answers = {inside}
    text = " ".join(words for cell in row[place + 1 :] if (words := _shown(cell)))
    where = f"{table.where}, row {row[0].row + 1}"
    return Given(*asked, answers.pop() if len(answers) == 1 else None, text, where, conflict=len(answers) > 1)


def _asked_in(row: Sequence[Cell]) -> tuple[tuple[int | None, int | None, int | None], int] | None:
    """The question that a row asks and which cell asks it; its number may have a cell of its own."""
    number = row[0].text.strip().rstrip(".)")
    if len(row) > 2 and number.isdigit():
        asked = question_in(f"{number}. {row[1].text}")
        return None if asked is None else (asked, 1)
    for place, cell in enumerate(row[:3]):
        asked = question_in(cell.text)
        if asked is not None:
            return asked, place
    return None


def _shown(cell: Cell) -> str:
    return Writing(cell.spans).text.replace(ON, "☒").replace(OFF, "☐").strip()


def _cell_answer(cell: Cell, columns: dict[int, str]) -> ChecklistAnswer | None:
    """The answer in one cell beside a question, by the column it stands in or by its own words."""
    meaning = columns.get(cell.column)
    writing = Writing(cell.spans)
    text = writing.text.strip()
    if meaning == "remarks":
        return None
    if not text:
        return _typed_truth(cell, meaning)
    words = plain(text.replace(ON, "").replace(OFF, ""))
    if text.casefold() in _MARKS or (not words and ON in text):
        return _by_column(meaning)
    return _boxed(writing) if writing.boxed else _worded(writing, text, words, begun=meaning is not None)


def _by_column(meaning: str | None) -> ChecklistAnswer | None:
    """What a mark says: what heads its column; in a column without a heading, that the question is answered yes."""
    return "yes" if not meaning else _ANSWERS.get({"unknown": "not known"}.get(meaning, meaning))


def _worded(writing: Writing, text: str, words: str, *, begun: bool) -> ChecklistAnswer | None:
    """A typed answer; in a column for answers, one that goes on with a remark (`Yes - twice`)."""
    if not text.strip("? "):
        return "unknown"
    if _OPEN.match(text):
        chosen = writing.chosen(("yes", "no")) or writing.chosen(("y", "n"))
        return _ANSWERS[chosen] if chosen else None
    first = words.split(" ", maxsplit=1)[0] if begun and len(words) < _LONGEST_ANSWER else ""
    return _ANSWERS.get(words) or (_ANSWERS.get(first) if first[:1] in ("y", "n") else None)


def _typed_truth(cell: Cell, meaning: str | None) -> ChecklistAnswer | None:
    if cell.value is True:
        return _by_column(meaning)
    return None


def _boxed(writing: Writing) -> ChecklistAnswer | None:
    ticked = {
        _ANSWERS[words] for option in writing.options() if option.ticked and (words := plain(option.text)) in _ANSWERS
    }
    return ticked.pop() if len(ticked) == 1 else None


def _answer_inside(question: Writing) -> ChecklistAnswer | None:
    """The answer that stands in the question's own cell or line, after its question mark."""
    if question.boxed:
        end = question.text.rfind("?")
        return _boxed(question.part(end + 1, len(question.text)))
    tail = question.text.rpartition("?")[2].strip(" .:–-\n")
    return _ANSWERS.get(plain(tail)) or _ANSWERS.get(plain(tail.split("\n")[-1])) if tail else None


def _line(line: Line) -> tuple[set[int], list[Given]]:
    text = line.text
    asked = question_in(text.strip()) if is_numbered(text.strip()) else None
    if asked is None or (asked[1] is None and asked[2] is None):
        return set(), []
    writing = Writing(line.spans)
    answer = _answer_inside(writing)
    shown = writing.text.rpartition("?")[2].replace(ON, "☒").replace(OFF, "☐").strip()
    return {0}, [Given(*asked, answer, shown, line.where)]
