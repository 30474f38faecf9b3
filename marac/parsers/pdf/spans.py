"""Lines of print as the spans of a cell or a paragraph."""

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from marac.parsers.blocks import Span
from marac.parsers.pdf.rows import NARROW, TAB, Row
from marac.parsers.pdf.wraps import joint

_look = attrgetter("look", "bold", "underlined", "struck", "highlighted", "entered", "hidden", "sureness")
_SPACE = 0.2  # of the size of the letters: a larger gap is a space, where the file has none


def spans(found: list[Row], right: float) -> tuple[Span, ...]:
    """The lines as spans; a line that only ended because the next word did not fit before `right` goes on."""
    parts: list[Span] = []
    for number, row in enumerate(found):
        if number:
            parts.append(Span(joint(found[number - 1], row, right, is_last=number + 1 == len(found))))
        parts.extend(_trimmed(list(_spans(row))))
    return tuple(_joined(parts))


def _trimmed(line: list[Span]) -> list[Span]:
    """Without white space at its ends."""
    while line and line[0].ticked is None and not line[0].text.strip():
        del line[0]
    while line and line[-1].ticked is None and not line[-1].text.strip():
        del line[-1]
    if line and line[0].text[:1].isspace():
        line[0] = replace(line[0], text=line[0].text.lstrip())
    if line and line[-1].text[-1:].isspace():
        line[-1] = replace(line[-1], text=line[-1].text.rstrip())
    return line


def _spans(row: Row) -> Iterator[Span]:
    before = None
    for piece in row.pieces:
        text = piece.text
        if before is not None:
            gap, size = piece.x0 - before.x1, min(piece.size, before.size)
            if gap > TAB * size:
                yield Span("\t")
            elif gap > NARROW * size and piece.letters and before.letters:
                yield Span("   ")
            elif gap > _SPACE * size and not (before.text[-1:].isspace() or text[:1].isspace()):
                yield Span(" ")
        yield piece.span(text)
        before = piece


def _joined(parts: list[Span]) -> Iterator[Span]:
    """Neighbours of one look as one span; white space takes the look of what it follows."""
    last: Span | None = None
    for part in parts:
        if (
            last is not None
            and last.ticked is None
            and part.ticked is None
            and (not part.text.strip() or _is_alike(last, part))
        ):
            last = replace(last, text=last.text + part.text)
            continue
        if last is not None and (last.text or last.ticked is not None):
            yield last
        last = part
    if last is not None and (last.text or last.ticked is not None):
        yield last


def _is_alike(one: Span, other: Span) -> bool:
    return _look(one) == _look(other)
