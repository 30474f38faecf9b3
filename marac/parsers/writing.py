"""What stands in one cell or line: its words with boxes among them, and how each part is shown."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from marac.parsers.blocks import Span
from marac.parsers.prompts import without_prompts

ON, OFF = "\ue000", "\ue001"
"""A ticked and an empty box inside a text (private characters that no form holds)."""

_TYPED_BOX = re.compile(
    r"\[[ \u2002]*[xX✓✔][ \u2002]*\]|\([ \u2002]*[xX✓✔][ \u2002]*\)|\[[ \u2002_]*\]|\([ \u2002_]+\)"
)
_LONE_BOX = re.compile(f"[ \t]*\n[ \t]*([{ON}{OFF}])[ \t]*(?=\n|$)")
_DRAWN_BOX = re.compile(
    r"(?<![\w_])_{1,4}[xX✓✔√]_{1,4}(?![\w_])|(?<![\w_])_{2,4}(?=[ \u2002]{0,2}(?:yes|no)\b)", re.IGNORECASE
)
"""A stroke to put a mark on beside Yes or No, with or without the mark."""
_LEADER = r"(?:[.…]{4,}|…{2,}|\.{3}(?=\s*$|\s+[A-Z][\w ]{2,30}:)|_{3,})(?!\s*(?:yes|no|y|n)\b)[ \u2002]*"
_LEADERS = re.compile(rf"(?<!\bno)(?<!\byes)(?<!\bno )(?<!\byes )[ \u2002]*{_LEADER}", re.IGNORECASE)
"""Dots and strokes to write on: they end what stands before them, but for a label."""
_LEADERS_AFTER_LABEL = re.compile(r"([:?])[ \u2002]*(?:[.…]{4,}|_{3,})(?=[^\s_.…])")
_NEXT_QUESTION = re.compile(f"([{ON}{OFF}] ?(?:Yes|No)) (?=[A-Z][a-z]+ [a-z]+)")
"""A question that follows the boxes of the one before it in the same line."""
_APART = re.compile(r" {3,}|\t")
_GAP = re.compile(r"[ \u2002\xa0]{2,}|\t")


@dataclass(frozen=True, slots=True)
class Option:
    """A choice with its box."""

    text: str
    ticked: bool
    after: str = ""
    """What stands after a wide gap, where the box stands before its words."""


class Writing:
    """Words and boxes, with the look of every part. Prompts of empty fields and hidden text are left out."""

    __slots__ = ("_looks", "_starts", "_words", "text")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._looks: list[Span] = []
        parts: list[str] = []
        length = 0
        for span in spans:
            if span.placeholder or span.hidden:
                continue
            text = _marked(span)
            if text:
                self._starts.append(length)
                self._looks.append(span)
                parts.append(text)
                length += len(text)
        self.text = "".join(parts)
        self._words: str | None = None

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def part(self, start: int, end: int) -> "Writing":
        """The writing from `start` to `end`."""
        made = Writing()
        made.text = self.text[start:end]
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = bisect_right(self._starts, max(end - 1, start))
        made._starts = [max(each - start, 0) for each in self._starts[first:last]]
        made._looks = self._looks[first:last]
        return made

    def looks(self) -> Iterator[tuple[int, Span]]:
        """Where each look begins."""
        return zip(self._starts, self._looks, strict=True)

    def append(self, other: "Writing", gap: str) -> None:
        """Goes on with another writing, after a gap where there is something already."""
        if self.text:
            self._starts.append(len(self.text))
            self._looks.append(Span(gap))
            self.text += gap
        offset = len(self.text)
        for start, look in other.looks():
            self._starts.append(start + offset)
            self._looks.append(look)
        self.text += other.text
        self._words = None

    @property
    def words(self) -> str:
        """The words in one line, boxes and prompts left out."""
        if self._words is None:
            self._words = folded(self.text.replace(ON, " ").replace(OFF, " "))
        return self._words

    @property
    def lines(self) -> list[str]:
        """The words line by line, boxes and prompts left out."""
        text = without_prompts(self.text).replace(ON, " ").replace(OFF, " ")
        return [line for line in (" ".join(each.split()) for each in text.split("\n")) if line]

    @property
    def boxed(self) -> bool:
        """Whether any box is in it."""
        return ON in self.text or OFF in self.text

    @property
    def ticked(self) -> bool:
        """Whether a ticked box is in it."""
        return ON in self.text

    @property
    def entered(self) -> bool:
        """Whether a part of it was typed into a field."""
        return any(look.entered and look.ticked is None for look in self._looks)

    @property
    def bold(self) -> bool:
        """Whether all its words are bold."""
        return self._all_look("bold")

    def _all_look(self, name: str) -> bool:
        seen = False
        ends = [*self._starts[1:], len(self.text)]
        for start, end, look in zip(self._starts, ends, self._looks, strict=True):
            if not self.text[start:end].strip(f" \n\t:?*{ON}{OFF}"):
                continue
            if not getattr(look, name):
                return False
            seen = True
        return seen

    def look_at(self, position: int) -> Span:
        """The look of the character at `position`."""
        return self._looks[max(bisect_right(self._starts, position) - 1, 0)]

    def turns(self) -> list[int]:
        """Where bold or typed-in text begins or ends."""
        found = []
        for before, start, look in zip(self._looks, self._starts[1:], self._looks[1:], strict=False):
            if (
                before.ticked is None
                and look.ticked is None
                and (before.bold, before.entered) != (look.bold, look.entered)
            ):
                found.append(start)
        return found

    def options(self) -> list[Option]:
        """Its choices, each with its box.

        A box belongs to the words before it, unless the first line with a box begins with one.
        """
        parts = re.split(f"([{ON}{OFF}])", _LONE_BOX.sub(r" \1", self.text))
        words, boxes = parts[::2], [mark == ON for mark in parts[1::2]]
        if not boxes:
            return []
        if words[0].rpartition("\n")[2].strip(" \t-•*·/|"):
            names = [words[0].rpartition("\n")[2], *(_GAP.split(word.strip(" \t/|,;"))[-1] for word in words[1:-1])]
        else:
            names = [*words[1:-1], words[-1].strip().partition("\n")[0]]
        return [_option(name, box) for name, box in zip(names, boxes, strict=True)]

    @property
    def boxes_lead(self) -> bool:
        """Whether its boxes stand before their words."""
        before = re.split(f"[{ON}{OFF}]", self.text, maxsplit=1)[0]
        return not before.rpartition("\n")[2].strip(" \t-•*·/|")

    def chosen(self, choices: Iterable[str]) -> str | None:
        """Which of several printed choices is marked by its look: the only one emphasised, or the only one not struck."""
        places = self._places(choices)
        if len(places) < 2:
            return None
        left = [name for name, look in places if not look.struck]
        if len(left) == 1:
            return left[0]
        for quality in ("highlighted", "underlined", "bold"):
            marked = [name for name, look in places if getattr(look, quality)]
            if len(marked) == 1:
                return marked[0]
        return None

    def _places(self, choices: Iterable[str]) -> list[tuple[str, Span]]:
        places = []
        for choice in choices:
            found = re.search(rf"(?<!\w){re.escape(choice)}(?!\w)", self.text, re.IGNORECASE)
            if found:
                places.append((choice, self.look_at(found.start())))
        return places


def _option(words: str, ticked: bool) -> Option:
    name, *after = _APART.split(words.strip(), maxsplit=1)
    return Option(folded(name).strip(" :-–/|,;"), ticked, folded(after[0]).strip(" :-–/|,;") if after else "")


def joined(writings: Iterable[Writing], gap: str = "\n") -> Writing:
    """Several writings as one, `gap` between them."""
    made = Writing()
    for each in writings:
        if each.text:
            made.append(each, gap)
    return made


def typed_text(text: str) -> Writing:
    """A writing of these words, in no particular look."""
    return Writing((Span(text),)) if text else Writing()


def ticked_box(words: str = "") -> Writing:
    """A ticked box after these words."""
    return Writing((Span(f"{words} "), Span(ticked=True)))


def folded(text: str) -> str:
    """The text without prompts, its white space folded into single spaces."""
    return " ".join(without_prompts(text).split())


def _marked(span: Span) -> str:
    if span.ticked is not None:
        return ON if span.ticked else OFF
    text = span.text
    if "_" in text:
        text = _DRAWN_BOX.sub(lambda found: ON if found[0].strip("_") else OFF, text)
    if "[" in text or "(" in text:
        text = _TYPED_BOX.sub(lambda found: ON if found[0].strip("[]() \u2002_") else OFF, text)
    if "..." in text or "…" in text or "___" in text:
        text = _LEADERS.sub("\t", _LEADERS_AFTER_LABEL.sub(r"\1 ", text))
    return _NEXT_QUESTION.sub(r"\1\t", text) if ON in text or OFF in text else text
