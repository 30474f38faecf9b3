"""Letters of a PDF that follow one another on one line, joined into runs of one look; boxes drawn as letters stand alone."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from operator import sub

from marac.parsers.pdf.fonts import Font
from marac.parsers.pdf.shapes import Letter, Piece, plain
from marac.parsers.pdf.view import Matrix

_GAP = 0.7  # of the size of the letters: a larger gap ends a run
NEAR = 1.2  # of their size: a larger gap is seen to be one without a sign for it
WIDEST_SPACE = 0.5  # of their size: pdfium may leave out one space, but not more
_SPACE = 0.2  # of their size: a larger gap is a space that the file leaves out
_BACK = 0.15  # of their size: how far a letter may reach back over the one before
_NUDGE = 0.05  # points between heights that are the same
_EXACTLY, _ABOUT = 0.1, 0.25  # of a space; fonts differ in how wide theirs is
_HYPHENS = dict.fromkeys("\x02\ufffe", "-")  # pdfium's signs for a hyphen at the end of a line
_letter: Callable[[type[Letter], tuple[str, float, float]], Letter] = tuple.__new__  # a third of the time of `Letter`


@dataclass(frozen=True, slots=True)
class Look:
    """How the letters of a text object are drawn; one for all objects that are drawn so."""

    font: Font
    size: float
    colour: tuple[float, ...]
    hidden: bool
    matrix: Matrix
    """From the text's own directions to the page as shown."""
    shown: str

    @property
    def is_turned(self) -> bool:
        """Whether the letters run up or down the page."""
        along, across = self.matrix[:2]
        return abs(across) > 0.3 * abs(along)


JUMP = "   "
"""Stands for a gap that no space was printed in, where the program prints its spaces: it is a tab, however narrow."""
_PRINTED = 0.05  # of all letters: where more of them are spaces, the program prints its spaces
_TOUCHES = 0.02  # of the size of the letters: a gap between two texts that no kerning makes


def filler(spaces: int, letters: int) -> str:
    """What stands for a gap on a page with so many printed spaces among its letters."""
    return JUMP if spaces > _PRINTED * letters else " "


class Runs:
    """Joins letters that follow one another into runs of one look; `gap` is what stands for a gap without a space."""

    def __init__(self, gap: str = " ") -> None:
        self._filler = gap
        self.pieces: list[Piece] = []
        self._run: Piece | None = None
        self._look: Look | None = None
        self._base = 0.0

    def add(self, texts: list[str], lefts: list[float], rights: list[float], base: float, look: Look) -> None:
        """Adds the letters of one text object."""
        said = "".join(texts)
        if not said.isascii() or look.font.symbols or "\x02" in said:
            self._add_slowly(texts, lefts, rights, base, look)
            return
        run = self._before(lefts[0], base, look)
        self._part_at_tab(run, said, lefts[0], look)
        run = self._added(run, texts[0], lefts[0], rights[0], look)
        gaps = list(map(sub, lefts[1:], rights))
        if gaps and -_BACK * look.size < min(gaps) and max(gaps) <= _SPACE * look.size:
            run.letters += map(_letter, repeat(Letter), zip(texts[1:], lefts[1:], rights[1:], strict=True))
            run.x1 = rights[-1]
        else:
            for text, x0, x1 in zip(texts[1:], lefts[1:], rights[1:], strict=True):
                run = self._added(run, text, x0, x1, look)
        self._run, self._look = run, look

    def _add_slowly(self, texts: list[str], lefts: list[float], rights: list[float], base: float, look: Look) -> None:
        """Adds letters among which there may be boxes."""
        run = self._before(lefts[0], base, look)
        for text, x0, x1 in zip(texts, lefts, rights, strict=True):
            ticked = look.font.ticked(text)
            if ticked is None:
                run = self._added(run, _HYPHENS.get(text) or plain(text), x0, x1, look)
                continue
            if run is not None:
                _add_spaces(run, x0)
            room = (self._base - 0.8 * look.size, self._base + 0.2 * look.size)
            box = Piece(x0, x1, self._base, look.size, hidden=look.hidden, ticked=ticked, room=room)
            self.pieces.append(box)
            run = None
        self._run, self._look = run, look

    def _added(self, run: Piece | None, text: str, x0: float, x1: float, look: Look) -> Piece:
        if run is not None:
            gap, size = x0 - run.x1, look.size
            if gap < -0.05 * size and _is_ligature(run.letters[-1], x0, x1):
                run.letters[-1] = Letter(run.letters[-1].text + text, x0, x1)
                return run
            if gap > _SPACE * size or gap <= -0.3 * size:
                run = self._after_gap(run, text, x0, look)
        if run is None:
            run = Piece(
                x0, x1, self._base, look.size, [], look.shown, look.font.is_bold, look.colour, hidden=look.hidden
            )
            self.pieces.append(run)
        run.letters.append(Letter(text, x0, x1))
        run.x1 = x1
        return run

    def _part_at_tab(self, run: Piece | None, said: str, x0: float, look: Look) -> None:
        """Parts two texts that a tab left all but touching (`NoConsent`): the gap is small, but no kerning makes it."""
        if run is None or self._filler == " " or len(run.letters) < 2 or not said[1:2].islower():
            return
        last = run.letters[-1].text
        if _TOUCHES * look.size < x0 - run.x1 <= _SPACE * look.size and last.islower() and said[0].isupper():
            run.letters.append(Letter(JUMP, run.x1, x0))

    def _after_gap(self, run: Piece, text: str, x0: float, look: Look) -> Piece | None:
        """The run, with the spaces that the file leaves out and those that pdfium does; None where the gap ends it."""
        gap, last = x0 - run.x1, run.letters[-1]
        if _add_spaces(run, x0):
            return run
        is_next = -0.3 * look.size < gap < _GAP * look.size
        is_near = is_next or (self._filler == JUMP and 0 < gap < NEAR * look.size)
        if is_near and not (text.isspace() or last.text.isspace()):
            filler = self._filler if gap > WIDEST_SPACE * look.size else " "
            run.letters.append(Letter(filler, run.x1, x0 if is_next else run.x1))
        return run if is_next else None

    def _before(self, x0: float, base: float, look: Look) -> Piece | None:
        """The run that an object which begins here goes on; None where it begins one."""
        if self._run is not None and -_NUDGE < base - self._run.base < _NUDGE:
            is_other = self._look is not None and look.font != self._look.font
            _add_spaces(self._run, x0, _ABOUT if is_other else _EXACTLY)
        self._base = base
        return self._run if self._goes_on(x0, base, look) else None

    def _goes_on(self, x0: float, base: float, look: Look) -> bool:
        """Whether another text object is drawn as the last one was, on the same line."""
        run, last = self._run, self._look
        if run is None or last is None or not -_NUDGE < base - run.base < _NUDGE or x0 <= run.x0:
            return False
        is_alike = -_NUDGE < look.size - last.size < _NUDGE and look.colour == last.colour and look.font == last.font
        return look is last or (is_alike and look.hidden == last.hidden)


def _add_spaces(run: Piece, x0: float, slack: float = _EXACTLY) -> bool:
    """Adds the spaces after the first one, which pdfium leaves out; they are there where a whole number of them fits."""
    last = run.letters[-1]
    if not last.text.isspace() or last.x1 <= last.x0:
        return False
    many = (x0 - run.x1) / (last.x1 - last.x0)
    if round(many) < 1 or abs(many - round(many)) > slack:
        return False
    run.letters.append(Letter(" " * round(many), run.x1, x0))
    run.x1 = x0
    return True


def _is_ligature(last: Letter, x0: float, x1: float) -> bool:
    """Whether a letter comes of the same glyph as the last one; pdfium gives both the whole of its place."""
    return last.x0 == x0 < x1 == last.x1
