"""Pieces of print set into lines by their height, from top to bottom."""

from dataclasses import dataclass
from itertools import pairwise

from marac.parsers.pdf.runs import JUMP
from marac.parsers.pdf.shapes import Piece

TAB = 3.0  # sizes of the letters: a larger gap is a jump to another column
NARROW = 1.2  # sizes: a larger gap parts a label from what stands before it, as several spaces do


@dataclass(slots=True)
class Row:
    """A line of print, from left to right."""

    pieces: list[Piece]
    leading: float = 1.9
    """The most that the next line of the same paragraph stands below it, in sizes of its letters."""

    @property
    def x0(self) -> float:
        """Where its words begin."""
        return min(piece.x0 for piece in self.pieces)

    @property
    def x1(self) -> float:
        """Where its words end."""
        return max(piece.x1 for piece in self.pieces)

    @property
    def base(self) -> float:
        """Where its letters stand."""
        return max(piece.base for piece in self.pieces)

    @property
    def size(self) -> float:
        """Of its largest letters, in points."""
        return max(piece.size for piece in self.pieces)

    @property
    def top(self) -> float:
        """Where it begins, with fields and boxes."""
        return min(piece.room[0] if piece.room else piece.base - piece.size for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """Where it ends, with fields, boxes and what hangs below the letters."""
        return max(piece.room[1] if piece.room else piece.base + 0.25 * piece.size for piece in self.pieces)

    @property
    def has_columns(self) -> bool:
        """Whether it jumps from one column to another; a tab before or after a label may be a narrow one."""
        if any(after.x0 - before.x1 > TAB * before.size for before, after in pairwise(self.pieces)):
            return True
        return ":" in self.text and any(
            JUMP in before.text or (after.letters and gap(before, after) > NARROW * before.size)
            for before, after in pairwise([*self.pieces, self.pieces[-1]])
            if before.letters
        )

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(piece.text for piece in self.pieces).strip()


def rows(pieces: list[Piece]) -> list[Row]:
    """The lines from top to bottom. A field or a box belongs to the line of print beside it."""
    fields = [piece for piece in pieces if piece.room is not None]
    print_only = sorted((piece for piece in pieces if piece.room is None), key=lambda piece: (piece.middle, piece.x0))
    found: list[Row] = []
    for piece in print_only:
        if not piece.text.strip():
            continue
        if found and abs(piece.middle - found[-1].pieces[0].middle) <= 0.45 * min(piece.size, found[-1].pieces[0].size):
            found[-1].pieces.append(piece)
        else:
            found.append(Row([piece]))
    for piece in sorted(fields, key=lambda piece: piece.middle):
        row = _beside(piece, found)
        if row is None:
            found.append(Row([piece]))
        else:
            row.pieces.append(piece)
    for row in found:
        row.pieces = _once(sorted(row.pieces, key=lambda piece: piece.x0))
    return sorted(found, key=lambda row: row.pieces[0].middle)


def _beside(field: Piece, found: list[Row]) -> Row | None:
    """The nearest line whose letters run through the middle of the field; for a high field, through its first line."""
    near = [row for row in found if abs(_middle(row) - field.middle) <= _reach(field)]
    return min(near, key=lambda row: abs(_middle(row) - field.middle), default=None)


def _middle(row: Row) -> float:
    return next((piece.middle for piece in row.pieces if piece.room is None), row.pieces[0].middle)


def _reach(field: Piece) -> float:
    top, bottom = field.room or (field.base, field.base)
    return min(max((bottom - top) / 2, 4.0), 10.0)


def _once(pieces: list[Piece]) -> list[Piece]:
    """Without letters printed twice on one spot, as some programs draw bold ones."""
    kept: list[Piece] = []
    for piece in pieces:
        twin = kept[-1] if kept else None
        if (
            twin
            and piece.letters
            and piece.x0 - twin.x0 < 1.5
            and abs(piece.base - twin.base) < 1.5
            and piece.text == twin.text
        ):
            twin.bold = True
        else:
            kept.append(piece)
    return kept


def gap(before: Piece, after: Piece) -> float:
    """Points between the letters of one piece and of the next, spaces left out."""
    end = next((letter.x1 for letter in reversed(before.letters) if not letter.text.isspace()), before.x1)
    start = next((letter.x0 for letter in after.letters if not letter.text.isspace()), after.x0)
    return start - end
