"""Tables without lines: labels and answers that stand in columns, each column beginning at one place."""

from dataclasses import dataclass

from marac.parsers.pdf.rows import Row, gap
from marac.parsers.pdf.wraps import is_wrapped

_SAME = 4.0  # points between beginnings of one column
_GAP = 2.0  # sizes of the letters: a larger gap parts two columns
_APART = 4.5  # sizes: lines further apart do not belong to one table
_ENOUGH = 3  # lines with the same columns make a table, or two with three columns and no colons; fewer are chance
_LARGER = 1.0  # points by which a heading is larger


@dataclass(slots=True)
class Columns:
    """Lines whose words begin at the same places: for each row, what stands in each column."""

    starts: list[float]
    rows: list[list[list[Row]]]
    anchors: int
    last: Row
    lines: list[Row]

    def takes(self, line: Row) -> bool:
        """Adds a line whose words stand in these columns; a line without a first word goes on the row above."""
        if line.base - self.last.base > _APART * self.last.size or self._is_heading(line):
            return False
        parts = _cut(line, self.starts[-1] - _SAME)
        places = [self._column(part) for part in parts]
        if None in places or len(set(places)) < len(places):
            return False
        if places[0] == 0 and not (len(parts) == 1 and self._goes_on(parts[0])):
            self.rows.append([[] for _ in self.starts])
            self.anchors += len(parts) > 1
        for place, part in zip(places, parts, strict=True):
            self.rows[-1][place or 0].append(part)
        self.last = line
        self.lines.append(line)
        return True

    def _is_heading(self, line: Row) -> bool:
        """Whether a line is larger than the table, and bold: it heads what follows."""
        is_larger = line.size >= max(each.size for each in self.lines) + _LARGER
        return is_larger and all(piece.bold for piece in line.pieces if piece.text.strip())

    @property
    def is_table(self) -> bool:
        """Whether there are too many of its lines and columns to stand so by chance."""
        is_wide = len(self.starts) >= _ENOUGH and not any(":" in line.text for line in self.lines)
        return self.anchors >= (_ENOUGH - 1 if is_wide else _ENOUGH)

    def _goes_on(self, part: Row) -> bool:
        """Whether words in the first column are the rest of those above, which did not fit before the next column."""
        above = self.rows[-1][0]
        return (
            bool(above)
            and above[-1].base == self.last.pieces[0].base
            and is_wrapped(above[-1], part, self.starts[1] - _GAP * part.size / 2)
        )

    def _column(self, part: Row) -> int | None:
        for number, start in enumerate(self.starts):
            if abs(part.x0 - start) <= _SAME:
                is_within = number + 1 == len(self.starts) or part.x1 < self.starts[number + 1]
                return number if is_within else None
        return None


def in_columns(lines: list[Row]) -> list[Row | Columns]:
    """The lines from top to bottom, with those that make a table put together."""
    found: list[Row | Columns] = []
    for line in lines:
        last = found[-1] if found else None
        if isinstance(last, Columns):
            if last.takes(line):
                continue
            _give_up(found)
        parts = _cut(line)
        if len(parts) > 1:
            found.append(Columns([part.x0 for part in parts], [[[part] for part in parts]], 1, line, [line]))
        else:
            found.append(line)
    _give_up(found)
    return found


def _give_up(found: list[Row | Columns]) -> None:
    """Turns the last table back into lines where it has too few of them."""
    last = found[-1] if found else None
    if isinstance(last, Columns) and not last.is_table:
        found[-1:] = last.lines


def _cut(line: Row, last: float = float("inf")) -> list[Row]:
    """The line, cut at its large gaps; what begins behind `last` is one part."""
    parts: list[Row] = []
    for piece in line.pieces:
        if parts and (gap(parts[-1].pieces[-1], piece) <= _GAP * line.size or parts[-1].x0 >= last):
            parts[-1].pieces.append(piece)
        else:
            parts.append(Row([piece], line.leading))
    return parts
