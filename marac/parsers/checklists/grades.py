"""Risk assessments that are no count of ticks: DARA with its grade, MeRIT with its total and band. Pure.

DARA (College of Policing, 2022) asks how often things happen, and the officer gives a grade; MeRIT (Merseyside) is a
weighted total with the bands bronze, silver and gold. Both are known by their names and by their answers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from marac.checklist import Grade
from marac.parsers.blocks import Block, Line, Table
from marac.parsers.checklists.shapes import rows_of
from marac.parsers.dictionary.wordings import BRACKETS, plain
from marac.parsers.layout.sides import side_of
from marac.parsers.layout.writing import Writing, joined, written
from marac.referral import Evidence

_NAMED = re.compile(
    r"\bDARA\b|\bMeRIT\b|\bMERIT\b|(?i:merseyside risk (?:identification|assessment|indicator))|^\W*(?i:never)\W*$"
)
_PARTS_OF_NAMES = ("DARA", "MeRIT", "MERIT", "erseyside", "ERSEYSIDE", "Never", "NEVER")
"""Cheap to look for; most forms hold none of them."""
_DARA = re.compile(r"\bDARA\b")
_MERIT = re.compile(r"\bMeRIT\b|\bMERIT\b|(?i:merseyside risk (?:identification|assessment|indicator))")
_OTHER_LIST = re.compile(r"\bdash\b|\bric\b|checklist", re.IGNORECASE)
_OFTEN = frozenset(
    ("never", "rarely", "once", "once or twice", "occasionally", "sometimes", "often", "frequently", "regularly", "always", "all the time",
     "most of the time", "very often", "constantly", "a few times", "many times")
)  # fmt: skip
_FEWEST_OFTEN = 3  # headings or answers that say how often
_LONGEST_NAME = 90
_GRADE_LABEL = re.compile(
    r"(?:(?:overall|final|initial|primary|secondary|officers?|assessors?|professionals?|practitioners?|workers?|referrers?|your|dara|merit|assessed|police|current|risk|assessment|domestic|abuse) ){0,4}"
    r"(?:grade|grading|level|rating|classification|category|band|outcome|result|risk|dara|merit)(?: of risk| given| assigned| by (?:the )?officer| by police)?"
    r"|(?:graded|assessed|risk assessed) as|level of risk"
)
_SCORE_LABEL = re.compile(
    r"(?:merit .{0,30})?(?:risk )?(?:total|score|points)(?: .{0,20})?|merit(?: .{0,30})?|.{0,20}\bmerit (?:score|total).{0,20}"
)
_JUDGEMENT_LABEL = re.compile(
    r"(?:(?:officers?|police) )?(?:professional )?judge?ment(?: .{0,40})?|(?:risk |officers? |grading )?(?:rationale|justification)(?: .{0,40})?"
    r"|reasons? for (?:the )?(?:risk )?(?:grade|grading|level|decision)|officers? (?:assessment|view|comments?|observations?|decision)(?: .{0,20})?"
)
_GRADES: dict[str, tuple[Grade, ...]] = {"dara": ("standard", "medium", "high"), "merit": ("bronze", "silver", "gold")}
_OUTCOME = re.compile(r"\b(?:score|total|grade|grading|band|level|points|dash|ric)\b|[?/+]", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d/.])\d{1,3}(?![\d/.]|\s*(?:\+|or more|or above|to\b|-))")
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Graded:
    """A risk assessment without a count: its name, and what it says with the words and place of each."""

    kind: Literal["dara", "merit"]
    grade: Grade | None = None
    judgement: str | None = None
    total: int | None = None
    """The stated MeRIT total."""
    proofs: dict[str, Evidence] = field(default_factory=dict)
    """By the leaf: `grade`, `judgement`, `total`."""
    taken: dict[int, set[int]] = field(default_factory=dict)
    """The rows that it took up, by number of block."""
    questions: frozenset[int] = frozenset()
    """The blocks in which its own questions stand; none where the form gives only its outcome."""


@dataclass(frozen=True, slots=True)
class _Pair:
    label: str
    """In the form's own writing."""
    words: str
    """For comparing."""
    value: Writing
    block: int
    row: int
    where: str


def graded_in(blocks: Sequence[Block]) -> Graded | None:
    """The DARA or MeRIT that stands on a form or whose outcome it gives; None where it has neither."""
    texts = list(_short_texts(blocks))
    together = "\n".join(texts)
    if not any(part in together for part in _PARTS_OF_NAMES):
        return None
    names = [text for text in texts if _NAMED.search(text)]
    if not names:
        return None
    asked = _how_often(blocks)
    title = any(_DARA.search(text) and not _OTHER_LIST.search(text) and "?" not in text for text in names)
    pairs = list(_pairs(blocks))
    if asked or title:
        found = _dara(pairs, asked)
        return found if asked or found.grade else None
    return _merit(pairs, titled=any(_MERIT.search(text) and not _OUTCOME.search(text) for text in names))


def _dara(pairs: Sequence[_Pair], asked: dict[int, set[int]]) -> Graded:
    proofs: dict[str, Evidence] = {}
    taken = {block: set(rows) for block, rows in asked.items()}
    grade, judgement = None, None
    for pair in pairs:
        if grade is None and _GRADE_LABEL.fullmatch(pair.words) and (grade := _grade(pair.value, "dara")):
            proofs["grade"] = Evidence(pair.value.words, pair.where, 0.95)
            taken.setdefault(pair.block, set()).add(pair.row)
        elif judgement is None and _JUDGEMENT_LABEL.fullmatch(pair.words) and _is_told(pair.value):
            judgement = pair.value.words
            proofs["judgement"] = Evidence(judgement, pair.where, 0.9)
            taken.setdefault(pair.block, set()).add(pair.row)
    return Graded("dara", grade, judgement, None, proofs, taken, frozenset(asked))


def _merit(pairs: Sequence[_Pair], *, titled: bool) -> Graded | None:
    proofs: dict[str, Evidence] = {}
    grade, total = None, None
    for pair in pairs:
        named = bool(_MERIT.search(pair.label))
        if (
            total is None
            and (named or titled)
            and _SCORE_LABEL.fullmatch(pair.words)
            and (number := _NUMBER.search(pair.value.words))
        ):
            total = int(number[0])
            proofs["total"] = Evidence(pair.value.words, pair.where, 0.9)
        if (
            grade is None
            and (named or total is not None or titled)
            and (named or _GRADE_LABEL.fullmatch(pair.words))
            and (grade := _grade(pair.value, "merit"))
        ):
            proofs["grade"] = Evidence(pair.value.words, pair.where, 0.95)
    return Graded("merit", grade, None, total, proofs) if grade or total is not None else None


def _grade(value: Writing, kind: str) -> Grade | None:
    """The grade in a value: the ticked one, the one marked by its look, or the only one in the words."""
    if value.boxed:
        ticked = {grade for option in value.options() if option.ticked for grade in _in(option.text, kind)}
        return ticked.pop() if len(ticked) == 1 else None
    chosen = value.chosen(_GRADES[kind])
    if chosen:
        return chosen  # type: ignore[return-value]
    found = _in(value.words, kind)
    return found[0] if len(found) == 1 else None


def _in(words: str, kind: str) -> list[Grade]:
    found = set(re.findall(r"\w+", words.casefold()))
    return [grade for grade in _GRADES[kind] if grade in found]


def _is_told(value: Writing) -> bool:
    words = value.words
    return len(words.split()) >= _FEWEST_WORDS and (side_of(words) is None or len(words.split()) > 2 * _FEWEST_WORDS)


def _how_often(blocks: Sequence[Block]) -> dict[int, set[int]]:
    """The rows that ask how often something happens, by number of block; empty where fewer than a few do."""
    taken: dict[int, set[int]] = {}
    for number, block in enumerate(blocks):
        if isinstance(block, Line):
            if _says_how_often(block.text):
                taken.setdefault(number, set()).add(0)
            continue
        rows = rows_of(block)
        heads = next(
            (row for row, cells in rows.items() if _often_in(cell.text for cell in cells) >= _FEWEST_OFTEN), None
        )
        for row, cells in rows.items():
            answered = len(cells) > 1 and any(plain(cell.text) in _OFTEN for cell in cells[1:])
            if answered or (heads is not None and row >= heads) or any(_says_how_often(cell.text) for cell in cells):
                taken.setdefault(number, set()).add(row)
    return taken if sum(map(len, taken.values())) > _FEWEST_OFTEN else {}


def _often_in(texts: Iterator[str]) -> int:
    return sum(plain(text) in _OFTEN for text in texts if len(text) < 30)


def _says_how_often(text: str) -> bool:
    """Whether a text offers answers that say how often (`Never / Occasionally / Often`)."""
    return (
        "ever" in text
        and len(text) < 400
        and len({word for word in _OFTEN if f" {word} " in f" {plain(text)} "}) >= _FEWEST_OFTEN
    )


def _short_texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Line):
            if len(text := block.text) <= _LONGEST_NAME:
                yield text
        else:
            for cell in block.cells:
                if cell.spans and len(text := cell.text) <= _LONGEST_NAME:
                    yield text


def _pairs(blocks: Sequence[Block]) -> Iterator[_Pair]:
    """Labels with what stands beside, after the colon, or below."""
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            yield from _pairs_of(block, number)
        elif len(block.text) < 2_000 and (pair := _after_colon(written(block.spans), number, 0, block.where)):
            yield pair


def _pairs_of(table: Table, number: int) -> Iterator[_Pair]:
    rows = rows_of(table)
    for row, cells in rows.items():
        where = f"{table.where}, row {row + 1}"
        for place, cell in enumerate(cells):
            writing = written(cell.spans)
            if not writing:
                continue
            if pair := _after_colon(writing, number, row, where) or _above(writing, number, row, where):
                yield pair
            elif len(writing.text) <= _LONGEST_NAME:
                beside = joined((written(each.spans) for each in cells[place + 1 :]), "  ")
                below = next((each for each in rows.get(row + 1, ()) if each.column == cell.column), None)
                words = plain(BRACKETS.sub(" ", writing.words))
                if beside:
                    yield _Pair(writing.words, words, beside, number, row, where)
                if below is not None and not (beside and len(cells) == 2):
                    yield _Pair(writing.words, words, written(below.spans), number, row + 1, where)


def _above(writing: Writing, block: int, row: int, where: str) -> _Pair | None:
    """A label with its words below it in the same cell; the label less what stands in brackets (`Band (Gold 72 and over)`)."""
    label, mark, rest = writing.text.partition("\n")
    if not mark or not rest.strip() or len(label) > _LONGEST_NAME:
        return None
    words = plain(BRACKETS.sub(" ", label))
    return _Pair(label.strip(), words, writing.part(len(label) + 1, len(writing.text)), block, row, where)


def _after_colon(writing: Writing, block: int, row: int, where: str) -> _Pair | None:
    label, colon, rest = writing.text.partition(":")
    if not colon or not rest.strip() or len(label) > _LONGEST_NAME:
        return None
    return _Pair(label.strip(), plain(label), writing.part(len(label) + 1, len(writing.text)), block, row, where)
