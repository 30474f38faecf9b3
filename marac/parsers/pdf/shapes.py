"""What a page of a PDF holds before anything is made of it: runs of letters and drawn shapes, in points from the top left."""

from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from marac.parsers.blocks import Span

THIN = 2.2  # points: what is thinner is a line, even where a producer fills a rectangle to draw it
WHITE = 0.97  # brightness from which nobody sees a colour on paper
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00a0": " "}
)


class Letter(NamedTuple):
    """A glyph: the text it stands for, and where it begins and ends."""

    text: str
    x0: float
    x1: float


_TEXT = itemgetter(0)


@dataclass(slots=True)
class Piece:
    """Letters of one look that follow one another on one line; or a box; or what somebody typed into a field."""

    x0: float
    x1: float
    base: float
    """Where the letters stand."""
    size: float
    letters: list[Letter] = field(default_factory=list, repr=False)
    look: str = ""
    bold: bool = False
    colour: Any = None
    underlined: bool = False
    struck: bool = False
    highlighted: bool = False
    hidden: bool = False
    entered: bool = False
    ticked: bool | None = None
    room: tuple[float, float] | None = None
    """Top and bottom of the field or box that this stands in; None for print."""
    sureness: float = 1.0
    """How sure it is that this was read as it stands, from 0 to 1; less than 1 only in pictures."""

    @property
    def text(self) -> str:
        """The words of the piece."""
        return "".join(map(_TEXT, self.letters))

    @property
    def middle(self) -> float:
        """The height at which a line through small letters runs."""
        return self.base - 0.3 * self.size

    def span(self, text: str) -> Span:
        """This piece's look, around this text."""
        return Span(
            text, self.ticked, self.bold, self.underlined, self.struck, self.highlighted, self.entered,
            hidden=self.hidden, look=self.look, sureness=self.sureness,
        )  # fmt: skip

    def parts(self, x0: float, x1: float) -> "list[Piece]":
        """The piece, cut where the letters between `x0` and `x1` begin and end."""
        groups = [
            list(group) for _, group in groupby(self.letters, lambda letter: x0 <= (letter.x0 + letter.x1) / 2 <= x1)
        ]
        if len(groups) < 2:
            return [self]
        return [replace(self, letters=letters, x0=letters[0].x0, x1=letters[-1].x1) for letters in groups]

    def words_until(self, x1: float) -> "list[Piece]":
        """The piece, cut before the first word that begins behind `x1`."""
        for number, letter in enumerate(self.letters):
            begins = number and self.letters[number - 1].text.isspace() and not letter.text.isspace()
            if begins and (letter.x0 + letter.x1) / 2 > x1:
                first, rest = self.letters[:number], self.letters[number:]
                return [replace(self, letters=first, x1=first[-1].x1), replace(self, letters=rest, x0=rest[0].x0)]
        return [self]

    def lies_between(self, x0: float, x1: float) -> bool:
        """Whether the middle of the piece is between the two."""
        return x0 <= (self.x0 + self.x1) / 2 <= x1


def plain(text: str) -> str:
    """The text of a glyph without ligatures and unbreakable spaces."""
    return text if text.isascii() else text.translate(_LIGATURES)


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn line, rectangle or curve, or a picture."""

    kind: str
    """`line`, `rect`, `curve` or `image`."""
    x0: float
    top: float
    x1: float
    bottom: float
    is_stroked: bool = False
    fill: float | None = None
    """Brightness of the colour inside, from 0 (black) to 1 (white); None where it is not filled."""
    points: tuple[tuple[float, float], ...] = ()
    operators: str = ""
    """How the outline was drawn: m(ove), l(ine), c(urve), h (close)."""

    @property
    def width(self) -> float:
        """Points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Points."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def is_seen(self) -> bool:
        """Whether it leaves anything on white paper."""
        return self.kind == "image" or self.is_stroked or (self.fill is not None and self.fill < WHITE)

    @property
    def is_across(self) -> bool:
        """Whether it is a level line."""
        return self.height <= THIN < self.width and self.kind != "image"

    @property
    def is_upright(self) -> bool:
        """Whether it is a line from top to bottom."""
        return self.width <= THIN < self.height and self.kind != "image"

    @property
    def is_thin(self) -> bool:
        """Whether it is a line either way; a white one parts shaded cells."""
        return self.is_across or self.is_upright

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Whether the point is inside."""
        return self.x0 - margin <= x <= self.x1 + margin and self.top - margin <= y <= self.bottom + margin


def brightness(colour: Any) -> float:
    """From 0 (black) to 1 (white), for grey, RGB and CMYK; a pattern or an unknown colour counts as dark."""
    parts = colour if isinstance(colour, tuple) else (colour,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return 0.0
    if len(parts) == 1:
        return float(parts[0])
    if len(parts) == 3:
        return float(0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2])
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        return float((1 - black) * (1 - 0.3 * cyan - 0.59 * magenta - 0.11 * yellow))
    return 0.0


@dataclass(frozen=True, slots=True)
class Markup:
    """A mark made on top of the print, with a program for reading PDFs."""

    x0: float
    top: float
    x1: float
    bottom: float
    how: str
    """`underlined`, `struck`, `highlighted` (or circled), `ticked`, or `drawn` where it is handwriting."""


@dataclass(slots=True)
class Print:
    """A page: its pieces of text and its shapes, and how large it is."""

    number: int
    width: float
    height: float
    pieces: list[Piece]
    shapes: list[Shape]
    unreadable_letters: int = 0
    """Letters for which the file does not say what they are."""
    markups: list[Markup] = field(default_factory=list)
    is_scan: bool = False
    """Whether it is a picture of paper, and has no print of its own but a stamp or a fax machine's heading."""
    unread: list[str] = field(default_factory=list)
    """One sentence on each thing in its picture that was not read."""

    @property
    def letters(self) -> int:
        """How many letters a reader of it sees."""
        return sum(len(piece.text) for piece in self.pieces if not piece.hidden)

    @property
    def pictured(self) -> float:
        """The share of it that pictures cover, from 0; more than 1 where they lie on one another."""
        covered = sum(shape.width * shape.height for shape in self.shapes if shape.kind == "image")
        return covered / max(self.width * self.height, 1.0)
