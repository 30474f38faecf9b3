"""A risk checklist read a second way: by the order of its words and boxes alone, without columns or tables. Pure.

It says less than the first way, and only what the order proves; where the two differ, a person must look.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from marac.checklist import ChecklistAnswer
from marac.parsers.blocks import Block, Line, Span
from marac.parsers.checklists.answers import ANSWERS
from marac.parsers.checklists.questions import question_in
from marac.parsers.dictionary.wordings import plain

Key = tuple[int | None, int | None]
"""The numbers of a question on the two lists."""
Again = ChecklistAnswer | Literal["open"]
"""An answer, or that none of the boxes is ticked."""

_Token = bool | ChecklistAnswer
"""A box, ticked or not, or the word of an answer."""

_NUMERAL = re.compile(r"(?:q(?:uestion)?\.?\s*)?(\d{1,2})\s*[.):]?", re.IGNORECASE)
_PARTS = re.compile(r"\s*[/|\n\t]\s*|\s{2,}")
_SHORTEST = 8  # characters of a question beside its number
_LONGEST_NUMBER = 14
_LONGEST = 40  # characters of answers; more are a remark


@dataclass(slots=True)
class _Asked:
    """A question and what follows it, until something else begins."""

    key: Key
    heads: tuple[ChecklistAnswer, ...]
    tokens: list[_Token] = field(default_factory=list)
    ended: bool = False


def answers_again(blocks: Sequence[Block]) -> dict[Key, Again]:
    """What the order of words and boxes says of each question; a question of which it says nothing is left out."""
    found: dict[Key, Again | None] = {}
    for asked in _questions(blocks):
        found[asked.key] = None if asked.key in found else _answer(asked)
    said = {key: answer for key, answer in found.items() if answer is not None}
    return said if len(said) * 2 >= len(found) else {}  # questions side by side: what follows is not the last one's


def _questions(blocks: Sequence[Block]) -> Iterator[_Asked]:
    asked: _Asked | None = None
    heads: tuple[ChecklistAnswer, ...] = ()
    run: list[ChecklistAnswer] = []
    number = ""
    for spans in _pieces(blocks):
        text = (spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])).strip()
        key = _key(text, number) if len(text) >= _SHORTEST else None
        if key is not None:
            if asked is not None:
                yield asked
            heads, run = _heads(run) or heads, []
            asked = _Asked(key, heads)
            _begin(asked, spans)
        elif text or spans:
            tokens = _tokens(spans)
            if asked is not None and not asked.ended:
                asked.tokens += tokens or []
                asked.ended = tokens is None
            elif tokens and all(isinstance(token, str) for token in tokens):
                run += [token for token in tokens if isinstance(token, str)]
            elif text and _heads(run) == ():
                run = []
        number = text if len(text) <= _LONGEST_NUMBER and _NUMERAL.fullmatch(text) else ""
    if asked is not None:
        yield asked


def _pieces(blocks: Sequence[Block]) -> Iterator[tuple[Span, ...]]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.spans
        else:
            for cell in block.cells:
                if cell.spans:
                    yield cell.spans


def _key(text: str, number: str) -> Key | None:
    """The question that a piece asks, its number in the piece before or its own; None where it asks none known."""
    asked = question_in(f"{number.rstrip('.):')}. {text}" if number else text)
    return None if asked is None or asked[1:] == (None, None) else asked[1:]


def _heads(run: Sequence[ChecklistAnswer]) -> tuple[ChecklistAnswer, ...]:
    """The answers that head the boxes, as they follow one another; empty where these words head none."""
    heads = tuple(dict.fromkeys(run))
    return heads if len(heads) > 1 and tuple(run) == heads * (len(run) // len(heads)) else ()


def _begin(asked: _Asked, spans: Sequence[Span]) -> None:
    """Takes what stands in the question's own piece, after its question mark."""
    last = max((place for place, span in enumerate(spans) if "?" in span.text), default=None)
    if last is None:
        return
    after = [Span(spans[last].text.rpartition("?")[2]), *spans[last + 1 :]]
    tokens = _tokens(after)
    if tokens is not None:
        asked.tokens += tokens
    elif any(span.ticked is not None for span in after):
        asked.ended = True


def _tokens(spans: Sequence[Span]) -> list[_Token] | None:
    """The boxes and answers of a piece, in order; None where there are other words or marks in it."""
    tokens: list[_Token] = []
    for span in spans:
        if span.ticked is not None:
            tokens.append(span.ticked)
        elif len(span.text) > _LONGEST:
            return None
        elif span.text and not (span.placeholder or span.hidden):
            answers = _answers(span.text)
            if answers is None:
                return None
            tokens += answers
    return tokens


@lru_cache(maxsize=2_000)
def _answers(text: str) -> tuple[ChecklistAnswer, ...] | None:
    """The answers that a text is made of; None where there are other words in it."""
    parts = [part for part in _PARTS.split(text.strip(" .:-–\n\t/|")) if part]
    answers = [ANSWERS.get(plain(part)) for part in parts]
    return None if None in answers else tuple(answer for answer in answers if answer is not None)


def _answer(asked: _Asked) -> Again | None:
    boxes = [token for token in asked.tokens if isinstance(token, bool)]
    words = [token for token in asked.tokens if isinstance(token, str)]
    if not boxes:
        return words[0] if len(words) == 1 else None
    if not words:
        sides = asked.heads or (("yes",) if len(boxes) == 1 else ())
    else:
        turns = [isinstance(token, bool) for token in asked.tokens]
        if len(words) != len(boxes) or turns[::2] != turns[:1] * len(words) or turns[1::2] != turns[1:2] * len(words):
            return None
        sides = tuple(words)
    if len(sides) != len(boxes) or sum(boxes) > 1:
        return None
    return sides[boxes.index(True)] if any(boxes) else "open"
