"""Risk checklists on a form: the questions in its tables and lines, which list they belong to, and the count. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from marac.checklist import QUESTIONS, Checklist, ChecklistKind, ticks_in
from marac.parsers.blocks import Block, Line, Table
from marac.parsers.checklists.again import Again, Key, answers_again
from marac.parsers.checklists.answers import answer_inside, line_answer, shown_words
from marac.parsers.checklists.grades import Graded, graded_in
from marac.parsers.checklists.questions import is_numbered, question_in
from marac.parsers.checklists.rows import Given, table_questions
from marac.parsers.layout.writing import written

_FEWEST = 6  # questions; fewer may stand on a form that has no checklist


@dataclass(frozen=True, slots=True)
class Found:
    """The checklist of a form, the rows it took up (by number of block), and each question as read."""

    checklist: Checklist = field(default_factory=Checklist)
    taken: dict[int, set[int]] = field(default_factory=dict)
    given: tuple[Given, ...] = ()
    otherwise: tuple[int, ...] = ()
    """The numbers of the questions that come out otherwise when the list is read a second way."""
    graded: Graded | None = None
    """The DARA or MeRIT of the form, which is no count of ticks."""
    stray: int = 0
    """Questions of a risk checklist that stand on a form with too few of them for a list."""
    _by_number: dict[str, Given] = field(default_factory=dict, init=False, repr=False, compare=False)

    def numbered(self) -> dict[str, Given]:
        """The questions by the number that the record uses."""
        if not self._by_number:
            self._by_number.update(self._numbers())
        return self._by_number

    def _numbers(self) -> dict[str, Given]:
        by_number: dict[str, Given] = {}
        for each in self.given:
            number = _number(each, self.checklist.kind)
            if number is not None and (str(number) not in by_number or by_number[str(number)].answer is None):
                by_number[str(number)] = each
        return by_number | {str(each.printed): each for each in self.by_printed_number()}

    def by_printed_number(self) -> list[Given]:
        """Questions of a known list in words that are not: taken by the number printed beside, which nothing else has."""
        kind, most = self.checklist.kind, QUESTIONS.get(self.checklist.kind or "", 0)
        known = {_number(each, kind) for each in self.given if each.known}
        beside = [each for each in self.given if not each.known and each.printed is not None and each.printed <= most]
        numbers = [each.printed for each in beside]
        return [each for each in beside if each.printed not in known and numbers.count(each.printed) == 1]


def checklist_in(blocks: Sequence[Block]) -> Found:
    """The checklist that stands on a form, and its DARA or MeRIT; an empty one where there is none."""
    graded = graded_in(blocks)
    others = graded.questions if graded is not None else ()
    found = _list_in([Line((), "") if number in others else block for number, block in enumerate(blocks)])
    if graded is None:
        return found
    rows = {
        number: found.taken.get(number, set()) | graded.taken.get(number, set())
        for number in (*found.taken, *graded.taken)
    }
    return replace(found, graded=graded, taken=rows)


def _list_in(blocks: Sequence[Block]) -> Found:
    taken: dict[int, set[int]] = {}
    given: list[Given] = []
    columns: dict[int, str] = {}
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            columns, rows, found = table_questions(block, columns, begun=bool(given))
        else:
            rows, found = _line(block, given, after=number - 1 in taken)
        if found:
            taken[number] = rows
            given.extend(found)
    if len({(each.dash, each.police) for each in given}) < _FEWEST:
        return Found(stray=sum(each.known and each.printed is not None for each in given))
    return _settled(given, taken, answers_again(blocks[min(taken) :]))


def _settled(given: list[Given], taken: dict[int, set[int]], again: Mapping[Key, Again]) -> Found:
    kind = _kind(given)
    found = Found(Checklist(kind), taken, tuple(given))
    answers = {number: each.answer for number, each in found.numbered().items() if each.answer is not None}
    otherwise = _otherwise(found, again)
    return Found(Checklist(kind, answers, ticks_in(answers)), taken, tuple(given), otherwise)


def _otherwise(found: Found, again: Mapping[Key, Again]) -> tuple[int, ...]:
    """The numbers of the questions whose answer the second way does not bear out."""
    differing = []
    for number, each in found.numbered().items():
        second = again.get((each.dash, each.police))
        if second is not None and not each.conflict and (each.answer or "open") != second:
            differing.append(int(number))
    return tuple(differing)


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
    numbered = len(printed) * 2 > len(given) and len(given) < QUESTIONS["dash"]
    return "dash" if len({each.dash for each in given if each.dash is not None}) >= 20 and not numbered else None


def _number(given: Given, kind: str | None) -> int | None:
    if kind == "dash":
        return given.dash
    return given.police if kind == "dash-police" else given.printed


def _line(line: Line, before: list[Given], *, after: bool) -> tuple[set[int], list[Given]]:
    """The question that a line asks; a line that is an answer alone belongs to the question of the line before."""
    text = line.text.strip()
    writing = written(line.spans)
    asked = question_in(text) if "?" in text or is_numbered(text) else None
    if asked is None or (asked[1] is None and asked[2] is None):
        if after and before[-1].open and (answer := line_answer(writing)):
            before[-1] = replace(before[-1], answer=answer, text=shown_words(writing))
            return {0}, []
        return set(), []
    answer = answer_inside(writing)
    if answer is None and asked[0] is None:
        return set(), []
    words = shown_words(writing).rpartition("?")[2].strip()
    return {0}, [Given(*asked, answer, words, line.where)]
