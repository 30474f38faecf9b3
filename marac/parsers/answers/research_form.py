"""A research pack that came back: what stands in the section of each case. Pure.

A section begins with a row `Case` and a reference, and its rows are known by their labels, in whatever tables a program
or a page break left them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from marac.parsers.answers.form_rows import FormRow, crossed_out, rows_in, texts_in, unread_in, written_in
from marac.parsers.answers.references import doubtful_references_in, marks_in, references_in
from marac.parsers.answers.statements import doubt_about, says_nothing_known, trimmed
from marac.parsers.blocks import Block, Span
from marac.reply import CaseAnswer, Mark, Reply

_LABELS = (
    ("return", re.compile(r"return(?: mark)?\s*:?$", re.IGNORECASE)),
    ("nothing_known", re.compile(r"nothing (?:is )?known\b", re.IGNORECASE)),
    ("factors", re.compile(r"(?:\d\.?\s*)?factors\b.*\brisk\b", re.IGNORECASE)),
    ("assessment", re.compile(r"(?:\d\.?\s*)?(?:our|your|the agency's)?\s*assessment of the risk\b", re.IGNORECASE)),
    ("management", re.compile(r"(?:\d\.?\s*)?how (?:we|you) manage\b", re.IGNORECASE)),
    ("why_high_risk", re.compile(r"why (?:this|it) is high risk\b", re.IGNORECASE)),
    ("not_shared", re.compile(r"known (?:and|but) not shared\b", re.IGNORECASE)),
)
"""The labels of a section, as the shipped template words them; an area's own copy may say a little more."""
_HEADINGS = ("factors", "assessment", "management", "why_high_risk", "not_shared")
_FEWEST_LABELS = 3  # without a mark, so many of them make a section
_CASE = re.compile(r"case(?: reference| number)?\s*:?$", re.IGNORECASE)
_NEXT_SECTION = re.compile(r"\s*case\b", re.IGNORECASE)
_PRINTED = re.compile(
    r"we (?:have )?looked (?:for|up) .{0,60}\b(?:hold|held) nothing on any of them\.?", re.IGNORECASE | re.DOTALL
)
_TICKED = frozenset({"x", "xx", "yes", "y", "ticked", "tick", "true", "v", "✓", "✔", "√", "correct"})
_UNTICKED = frozenset({"", "no", "n", "false"})
_NO_WORDS = frozenset({"", "n/a", "na", "none", "nil", "n/k", "nk", "not applicable", "nothing", "no"})

_BOTH = "“Nothing known” is ticked, and there are words under the headings."
_UNCLEAR_TICK = "It is not clear whether “Nothing known” is ticked."
_ONLY_NOTHING = "The headings say that there is nothing, and “Nothing known” is not ticked."
_CROSSED_OUT = "Words in this section are crossed out."
_ALL_EMPTY = "The form came back with nothing filled in."
_MIXED_MARKS = "The form bears the marks of different returns."
_TWICE = "The form has more than one section about this case."


@dataclass(slots=True)
class _Section:
    """One case's section while it is gathered."""

    case: str
    where: str
    cells: dict[str, list[Span]] = field(default_factory=dict)
    last: str = ""
    case_words: str = ""

    def add(self, name: str, spans: Sequence[Span]) -> None:
        held = self.cells.setdefault(name, [])
        if held and spans:
            held.append(Span("\n"))
        held.extend(spans)
        self.last = name

    @property
    def is_one(self) -> bool:
        return "return" in self.cells or len(self.cells.keys() & {name for name, _ in _LABELS}) >= _FEWEST_LABELS


def research_form(blocks: Sequence[Block]) -> Reply | None:
    """What a filled-in research pack says; None where the file is none."""
    sections, beside = _sections(blocks)
    if not sections:
        return None
    marks = marks_in(texts_in(blocks))
    answers = [(section, _answer(section)) for section in sections]
    given = [answer for _, answer in answers if answer is not None]
    empty = tuple(section.case for section, answer in answers if answer is None)
    return Reply(
        "research form",
        marks,
        cases=tuple(_told_once(given)),
        left_empty=empty,
        rest=tuple(beside),
        doubts=tuple(_doubts(blocks, marks, given)),
    )


def _doubts(blocks: Sequence[Block], marks: Sequence[Mark], given: Sequence[CaseAnswer]) -> Iterator[str]:
    yield from unread_in(blocks)
    if not given:
        yield _ALL_EMPTY
    if len(marks) > 1:
        yield _MIXED_MARKS


def _told_once(given: Sequence[CaseAnswer]) -> Iterator[CaseAnswer]:
    """The answers; where two are about one case, both are in doubt."""
    from dataclasses import replace

    times = Counter(answer.case for answer in given)
    for answer in given:
        yield replace(answer, doubts=(*answer.doubts, _TWICE)) if times[answer.case] > 1 else answer


def _sections(blocks: Sequence[Block]) -> tuple[list[_Section], list[str]]:
    """The sections of cases, and the words that somebody wrote between them."""
    sections, beside, current = list[_Section](), list[str](), None
    for row in rows_in(blocks):
        begun = _begun(row)
        if begun is not None:
            current = begun
            sections.append(current)
        elif current is not None and not _taken(row, current):
            if row.in_table or row.heading or _NEXT_SECTION.match(row.label):
                current = None  # the facts of the next case, which the program printed itself
            else:
                beside.append(f"{row.text}")
    found = [section for section in sections if section.is_one]
    times = Counter(beside)  # what stands after several sections alike was printed there
    return found, [words for words in dict.fromkeys(beside) if times[words] == 1 or len(found) == 1]


def _begun(row: FormRow) -> _Section | None:
    """The section that this row begins."""
    if not row.in_table or len(row.cells) < 2 or not _CASE.match(row.label):
        return None
    words = written_in([span for cell in row.cells[1:] for span in cell.spans])
    named, loose = references_in(words), doubtful_references_in(words)
    if not named and not loose:
        return None
    sure = len(named) == 1 and not loose
    return _Section(named[0] if sure else "", row.where, case_words=words)


def _taken(row: FormRow, section: _Section) -> bool:
    """Whether a row belongs to the section; it is added to it then."""
    if not row.in_table:
        return False
    for name, pattern in _LABELS:
        if pattern.match(row.label):
            section.add(name, _value(row, pattern))
            return True
    if not row.label and section.last and len(row.cells) >= 2:  # a cell that went on on the next page
        section.add(section.last, [span for cell in row.cells for span in cell.spans])
        return True
    return False


def _value(row: FormRow, label: re.Pattern[str]) -> list[Span]:
    """What stands beside the label; where label and value share a cell, what stands below the label's line."""
    del label
    if len(row.cells) > 1:
        found = [[*cell.spans, Span("\n")] for cell in row.cells[1:]]
        return [span for spans in found for span in spans]
    _, _, below = row.cells[0].text.partition("\n")
    boxes = [span for span in row.cells[0].spans if span.ticked is not None]
    return [*boxes, Span(below)]


def _answer(section: _Section) -> CaseAnswer | None:
    """What the section says; None where nothing was filled in."""
    told = {name: written_in(section.cells.get(name, ())) for name in _HEADINGS}
    ticked, tick_words = _nothing_known(section.cells.get("nothing_known", ()))
    spans = [span for held in section.cells.values() for span in held]
    if ticked is False and not tick_words and not any(told.values()) and not crossed_out(spans):
        return None
    said = {name: words for name, words in told.items() if trimmed(words).casefold() not in _NO_WORDS}
    doubts = list(_doubts_about(ticked, told, said))
    if tick_words:
        doubts.append(f"Beside “Nothing known” stands: “{tick_words}”")
    if crossed_out(spans):
        doubts.append(_CROSSED_OUT)
    if not section.case:
        doubts.append(f"The reference of this section cannot be right: “{section.case_words}”")
    nothing = ticked is True and not said
    kept = dict.fromkeys(told, "") if nothing else told
    factors, assessment, management, why, not_shared = (kept[name] for name in _HEADINGS)
    words = "\n".join(words for words in told.values() if words)
    return CaseAnswer(
        case=section.case,
        nothing_known=nothing,
        factors=factors,
        assessment=assessment,
        management=management,
        why_high_risk=why,
        not_shared=not_shared,
        words=words or tick_words,
        where=section.where,
        doubts=tuple(doubts),
    )


def _doubts_about(ticked: bool | None, told: dict[str, str], said: dict[str, str]) -> Iterator[str]:
    """Why a section may not mean what it says."""
    if ticked is None:
        yield _UNCLEAR_TICK
    if ticked and said:
        yield _BOTH
    if ticked is not True and any(told.values()) and all(says_nothing_known(words) for words in said.values()):
        yield _ONLY_NOTHING
    elif len(said) == 1 and (doubt := doubt_about(*said.values())):
        yield doubt


def _nothing_known(spans: Sequence[Span]) -> tuple[bool | None, str]:
    """Whether it is ticked, None where that is not clear; and words that are neither printed there nor a tick."""
    boxes = {span.ticked for span in spans if span.ticked is not None}
    words = trimmed(_PRINTED.sub("", " ".join(written_in(spans).split())), brackets=True).strip("[] ")
    folded = words.casefold()
    if len(boxes) > 1:
        return None, words
    ticked = boxes == {True}
    if folded in _TICKED or says_nothing_known(words):
        return True, ""
    if folded in _UNTICKED:
        return (None, words) if ticked and folded else (ticked, "")
    return None, words
