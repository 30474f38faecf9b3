"""What stands in one cell or line: its words with boxes among them, and how each part is shown."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from marac.parsers.blocks import Span
from marac.parsers.dictionary.prompts import without_prompts
from marac.parsers.layout.options import Option, folded, option_of
from marac.parsers.layout.typed_marks import OFF, ON, marked

_LONE_BOX = re.compile(f"[ \t]*\n[ \t]*([{ON}{OFF}])[ \t]*(?=\n|$)")
__all__ = ["OFF", "ON", "Writing", "folded", "joined", "ticked_box", "typed_text", "written"]

_MOST_REMEMBERED = 4_000
_AFTER_STRIKING = 0.6
"""How sure it is that the words between struck ones say what is meant."""
_GAP = re.compile(r"[ \u2002\xa0]{2,}|\t")


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
            text = marked(span)
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

    @property
    def struck(self) -> bool:
        """Whether any of its words are struck out."""
        return any(look.struck for look in self._looks) and any(
            look.struck and piece.strip() for piece, look in self._pieces()
        )

    def kept(self) -> "Writing":
        """The writing less its struck words; it is never certain that the words left are all that is meant."""
        made = Writing()
        for piece, look in self._pieces():
            if look.struck:
                continue
            is_spaced = made.text[-1:].isspace() or not made.text
            made._starts.append(len(made.text))
            made._looks.append(replace(look, sureness=min(look.sureness, _AFTER_STRIKING)))
            made.text += piece.lstrip(" ") if is_spaced else piece
        return made

    def _pieces(self) -> Iterator[tuple[str, Span]]:
        """Each part that has one look."""
        ends = [*self._starts[1:], len(self.text)]
        for start, end, look in zip(self._starts, ends, self._looks, strict=False):
            yield self.text[start:end], look

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
    def sureness(self) -> float:
        """How sure it is that it was read as it stands: the least of its parts, a word or two in a long text aside."""
        if all(look.sureness >= 1 for look in self._looks):
            return 1.0
        ends = [*self._starts[1:], len(self.text)]
        parts = zip(self._looks, self._starts, ends, strict=False)
        doubted = [(look.sureness, end - start) for look, start, end in parts if look.sureness < 1]
        return min((sureness for sureness, length in doubted if 20 * length >= len(self.text)), default=1.0)

    @property
    def bold(self) -> bool:
        """Whether all its words are bold."""
        return self._all_look("bold")

    def _all_look(self, name: str) -> bool:
        seen = False
        if not self.text:
            return False
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
        if not self.boxes_lead:
            names = [words[0].rpartition("\n")[2], *(_GAP.split(word.strip(" \t/|,;"))[-1] for word in words[1:-1])]
        else:
            names = [*words[1:-1], words[-1].strip().partition("\n")[0]]
        return [option_of(name, box) for name, box in zip(names, boxes, strict=True)]

    @property
    def boxes_lead(self) -> bool:
        """Whether its boxes stand before their words."""
        before, *words = re.split(f"[{ON}{OFF}]", self.text)
        label = before.rpartition("\n")[2].strip(" \t-•*·/|")
        named = [each.strip() for each in words]
        after_label = label.endswith(":") and len(named) > 1 and all(named) and not any(map(_closed, named))
        return not label or after_label

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


def _closed(words: str) -> bool:
    return words.endswith((":", "?"))


@lru_cache(maxsize=_MOST_REMEMBERED)
def written(spans: tuple[Span, ...]) -> Writing:
    """The writing of these spans, remembered, because forms repeat their print; nothing may be appended to it."""
    return Writing(spans)


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
