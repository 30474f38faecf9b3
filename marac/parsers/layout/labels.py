"""Labels inside one cell or line: where each begins and ends, what it asks for, and the words that answer it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.dictionary.wordings import Meaning
from marac.parsers.layout.sides import printed_choice
from marac.parsers.layout.writing import OFF, ON, Writing

_REACH = 260
_STARTS = re.compile(r"\n[\s\-–•*·]*|\t\s*| {2,}")
_LINE = re.compile(r"(?:[._…]\s?){3,}")
"""Dots or strokes that a form prints to be written on; they part fields as a gap does, and are no words."""
_ENDS = re.compile(rf":(?!//)(?!\d)|\?+|(?<=\w\)) (?=[A-Z])|\n|\t|  +| [–-] |[{ON}{OFF}]")
_TRIM = " \t\n:*•-–"
_INSIDE = re.compile(rf"[:?\n\t{ON}{OFF}]|  | [–-] |[/|]")
_LEAD = " \t\n:*"
_ANSWERED = re.compile(r"\d+ *(?:\t| {3,})")
"""A number and a gap: the answer to the label before, and not the number of this one."""
_APART = re.compile(r"\t| {3,}")
_BOX = re.compile(f"[{ON}{OFF}]")
_CHOICE = re.compile(
    rf"(?<![(\w])(?:yes\s*[/|]\s*no|y\s*[/|]\s*n|no\s*[/|]\s*yes|m\s*/\s*f|f\s*/\s*m|male\s*/\s*female|female\s*/\s*male)\b|(?<!\w)(?:yes|no|y|n)[ \u2002]*[{ON}{OFF}]|_+[xX✓√]?_*\s*(?:yes|no)\b"
    r"|(?<!\w)(?:yes|no|y|n)\s*(?:[xX✓√]|_+)\s*[/|]\s*(?:yes|no|y|n)\b",
    re.IGNORECASE,
)
"""Printed choices, which are the answer and not the label, whatever the dictionary says of the two together."""
_NARRATIVE = "reason"
_MORE = re.compile(r"[\n?]")
"""What no label that is only nearly in the dictionary goes on beyond: the answer may begin there."""
_HINT = re.compile(
    r"[ \u2002]{0,2}(?:if (?:yes|no|not|so)\b|please\b|e\.?g\.?\b|this question\b|tell us\b|(?:include|including|give|describe|explain|state|specify|provide) (?=\w)|\()[^:?\n]*(?:[:?]|(?=\n)|$)"
    r"|[ \u2002]{1,2}(?:\W{0,3}\b(?:and|or|where|when|who|which|how|why|date)\b){1,4}[?:]?\s*$",
    re.IGNORECASE,
)
"""What some questions go on with before the answer: `If not, why not?`, `If yes, please provide details:`."""

_EXPLAINED = re.compile(
    r"(?!(?:yes|no|y|n)\b)[^\n]{0,60}?(?:\b(?:or (?:more|over|above)|at least|there (?:are|have been|has been)|you (?:have|believe)|(?:with)?in the (?:last|past)|in \d+ months|even though|fewer than|less than)\b|\d\+)[^\n?]*$",
    re.IGNORECASE,
)
"""What a form prints behind the name of a criterion to explain it (`Visible high risk: 14 or more ticks`)."""
_STROKES = " \t\n._…"
_OTHER_TONGUE = re.compile(r"[/|]\s*[^?:\n]{2,80}[?:]\s*")
"""The same label again in another language (`Diogel i ffonio? / Safe to call?`), which is no answer."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the words after it, up to the next label."""

    label: str
    meaning: Meaning
    value: Writing
    start: int
    closed: bool = False
    """Whether a colon or a question mark ends the label."""
    exact: bool = True
    """Whether the dictionary has the very words, and not just words in them."""


@lru_cache(maxsize=4_000)
def pairs(writing: Writing, vocabulary: Vocabulary, *, alone: bool = True) -> tuple[Pair, ...]:
    """The labels with their answers, in order; remembered by the writing, which `written` makes one for like spans.

    The words after a narrative's label belong to it whole, whatever labels they seem to hold. `alone` says that the
    writing may be nothing but a label (a cell); a line of print must show that it is one by its punctuation or look.
    """
    text = writing.text
    turns = writing.turns()
    if not turns and not _INSIDE.search(text):
        return _whole(writing, vocabulary) if alone else ()
    found: list[tuple[int, int, str, Meaning]] = []
    for start in _starts(text, turns, writing):
        if found and start < found[-1][1]:
            continue
        label = _label_at(writing, start, turns, vocabulary, first=not found and alone, prose=not alone)
        if label is not None:
            found.append((start, *label))
            if label[2].key == _NARRATIVE:
                break
    ends = [*(each[0] for each in found[1:]), len(text)] if found else []
    return tuple(
        Pair(
            label,
            meaning,
            _value(writing, after, end, criterion=meaning.key.startswith("criteria.")),
            start,
            text[after - 1] in ":?" or text[after : after + 1] == ":",
            vocabulary.literal(label) is not None,
        )
        for (start, after, label, meaning), end in zip(found, ends, strict=True)
    )


def _whole(writing: Writing, vocabulary: Vocabulary) -> tuple[Pair, ...]:
    """The label that a cell is, where nothing in it can part a label from words."""
    label = writing.text.strip(_TRIM)
    if writing.entered or not label:
        return ()
    literal = vocabulary.literal(label)
    meaning = literal or vocabulary.meaning(label) or vocabulary.question(label)
    return () if meaning is None else (Pair(label, meaning, Writing(), 0, exact=literal is not None),)


def _starts(text: str, turns: list[int], writing: Writing) -> list[int]:
    first = len(text) - len(text.lstrip(" \t\n-–•*·"))
    places = {first, *(match.end() for match in _STARTS.finditer(text)), *turns}
    return sorted(
        place
        for place in places
        if place < len(text) and text[place] not in (ON, OFF) and not writing.look_at(place).entered
    )


def _label_at(
    writing: Writing, start: int, turns: list[int], vocabulary: Vocabulary, *, first: bool, prose: bool
) -> tuple[int, str, Meaning] | None:
    """The end, words and meaning of the label that begins at `start`; the longest that the dictionary has."""
    text = writing.text
    ends = _ends(writing, start, turns)
    best: tuple[int, str, Meaning] | None = None
    for end, strong in ends:
        if not (strong or first):
            continue
        label = text[start:end].strip(_TRIM)
        meaning = vocabulary.meaning(label) if label and not _ANSWERED.match(label) else None
        if meaning is None or (best is not None and _is_answer(writing, best[0], end) and vocabulary.literal(best[1])):
            continue
        if best is None or vocabulary.literal(label) is not None or not _MORE.search(text, best[0] - 1, end - 1):
            best = (end, label, meaning)
    if best is None:
        best = _question_at(writing, start, ends, vocabulary, first=first, prose=prose)
    if best is None:
        best = _person_at(text, start, ends, vocabulary)
    return best if best is None else _with_question(writing, turns, _with_hint(writing, best), vocabulary)


def _is_left(writing: Writing, end: int, further: int) -> bool:
    """Whether the bold print of a label ends here, and not further on: what follows is its answer."""
    before, after = writing.look_at(end - 1), writing.look_at(min(end, further - 1))
    return end < further and before.bold and not after.bold


def _is_answer(writing: Writing, end: int, further: int) -> bool:
    """Whether all that stands between these places is in plain print after bold."""
    return _is_left(writing, end, further) and not writing.look_at(further - 1).bold


def _with_question(
    writing: Writing, turns: list[int], label: tuple[int, str, Meaning], vocabulary: Vocabulary
) -> tuple[int, str, Meaning]:
    """The label with a second question in the same bold print, which asks for nothing else (`What do they do? Where? `)."""
    end, words, meaning = label
    after = next((turn for turn in turns if turn > end), None)
    if after is None or not _is_left(writing, after, len(writing.text)) or not writing.look_at(end).bold:
        return label
    further = writing.text[end:after].strip()
    if "\n" in further or not further.endswith("?") or vocabulary.meaning(further) not in (None, meaning):
        return label
    return after, words, meaning


def _person_at(
    text: str, start: int, ends: list[tuple[int, bool]], vocabulary: Vocabulary
) -> tuple[int, str, Meaning] | None:
    """A word for a person with a colon and their name after it: `Child 1: Tom Smith 3/4/15`."""
    end = next((end for end, _ in ends if text[end - 1] == ":"), None)
    if end is None or not text[end:].partition("\n")[0].strip():
        return None
    label = text[start:end].strip(_TRIM)
    person = vocabulary.person_word(label)
    return (end, label, Meaning("name_dob", person)) if person in ("victim", "perpetrator", "child") else None


def _with_hint(writing: Writing, label: tuple[int, str, Meaning]) -> tuple[int, str, Meaning]:
    end, words, meaning = label
    text = writing.text
    if text[end - 1] != "?":
        return label
    hint = _HINT.match(text, end)
    if (
        hint is None
        or writing.look_at(hint.end() - 1).entered
        or writing.look_at(end).bold != writing.look_at(end - 1).bold
    ):
        return label
    return hint.end(), words, meaning


def _ends(writing: Writing, start: int, turns: list[int]) -> list[tuple[int, bool]]:
    """Where a label that begins at `start` may end; and whether a mark or a change of look says so."""
    text = writing.text
    limit = min(len(text), start + _REACH)
    entered = next((turn for turn in turns if turn > start and writing.look_at(turn).entered), limit)
    choice = _CHOICE.search(text, start + 2, limit)
    box = _BOX.search(text, start + 1, limit)
    limit = min(limit, entered, *(each.start() for each in (choice, box) if each))
    bold = writing.look_at(start).bold
    ends: list[tuple[int, bool]] = [(turn, bold or turn == entered) for turn in turns if start < turn <= limit]
    lines = 0
    for match in _ENDS.finditer(text, start + 1, limit):
        mark = match[0][0]
        ends.append((match.end() if mark in ":?" else match.start(), mark in ":?" or (mark == "\n" and bold)))
        lines += mark == "\n"
        if mark == ":" or lines > 2:
            return sorted(ends)
    turned = any(start < turn < limit for turn in turns)
    ends.append((limit, choice is not None or box is not None or (bold and not turned and limit == len(text))))
    return sorted(ends)


def _question_at(
    writing: Writing, start: int, ends: list[tuple[int, bool]], vocabulary: Vocabulary, *, first: bool, prose: bool
) -> tuple[int, str, Meaning] | None:
    text = writing.text
    marked = [end for end, strong in ends if strong and "\n" not in text[start:end].strip()]
    if not marked and first:
        marked = [end for end, _ in ends if end == len(text) or text[end] == "\n"][:1]
    left = next((end for end in sorted(marked) if _is_left(writing, end, len(text))), len(text))
    for end in sorted(marked, key=lambda end: (end <= left, text[end - 1] in ":?", end), reverse=True):
        label = text[start:end].strip(_TRIM)
        if (prose and "?" not in label) or _APART.search(label):
            continue
        meaning = vocabulary.question(label)
        if meaning is not None:
            return end, label, meaning
    return None


def _value(writing: Writing, start: int, end: int, *, criterion: bool = False) -> Writing:
    """The words of an answer, less the lines they are written on; empty where they only go on with the label."""
    text = writing.text
    while start < end and text[start] in _LEAD:
        start += 1
    if criterion and _EXPLAINED.match(text, start, end) and not _BOX.search(text, start, end):
        return Writing()
    if _OTHER_TONGUE.fullmatch(text, start, end):
        return Writing()
    lined = text.startswith("_", start, end) or _LINE.search(text, start, end)
    if lined and printed_choice(text[start:end]) is None:
        start, end = _within_lines(text, start, end)
    return writing.part(start, end)


def _within_lines(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words written on a printed line begin and end."""
    while start < end and text[start] in _STROKES:
        start += 1
    while start < end and text[end - 1] in _STROKES:
        end -= 1
    return start, end
