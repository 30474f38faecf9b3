"""Lists typed with tabs: a line of labels over lines of words, set as the tables that they look like. Pure."""

from collections.abc import Iterator, Sequence

from marac.parsers.blocks import Block, Cell, Line, Place, Span, Table
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.layout.sides import printed_choice
from marac.parsers.layout.writing import written

_FEWEST_COLUMNS = 3
_LONGEST_TITLE = 60
_ENDS = (":", "?")
_SET_IN = 36.0  # points; words of the first column begin where the line above does
_Parts = list[tuple[Span, ...]]


def with_tables(blocks: Sequence[Block], vocabulary: Vocabulary) -> list[Block]:
    """The blocks with each list of tabbed lines as a table; all else as it is."""
    made: list[Block] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        parts = _parts(block) if isinstance(block, Line) else []
        if isinstance(block, Line) and _are_titles(parts, vocabulary):
            lines = [block, *_lines_below(blocks[place + 1 :], len(parts), vocabulary)]
            made.append(_table(lines))
            place += len(lines)
        else:
            made.append(block)
            place += 1
    return made


def _parts(block: Block) -> _Parts:
    """The parts that tabs part a line into; none where there is no tab in it."""
    if not isinstance(block, Line) or "\t" not in block.text or block.unread:
        return []
    parts: list[list[Span]] = [[]]
    for span in block.spans:
        first, *others = span.text.split("\t") if span.ticked is None else [span.text]
        parts[-1].append(_cut(span, first))
        parts.extend([_cut(span, piece)] for piece in others)
    return [tuple(span for span in part if span.text or span.ticked is not None) for part in parts]


def _cut(span: Span, text: str) -> Span:
    if text == span.text:
        return span
    return Span(text, None, span.bold, span.underlined, span.struck, span.highlighted, span.entered, span.placeholder)


def _are_titles(parts: _Parts, vocabulary: Vocabulary) -> bool:
    """Whether every part is a label and nothing more."""
    texts = [_words(part) for part in parts]
    if len(texts) < _FEWEST_COLUMNS or not all(0 < len(text) <= _LONGEST_TITLE for text in texts):
        return False
    if any(span.ticked is not None or span.entered for part in parts for span in part):
        return False
    return all(_is_label(text, vocabulary) for text in texts)


def _is_label(text: str, vocabulary: Vocabulary) -> bool:
    if vocabulary.literal(text) or vocabulary.meaning(text) or vocabulary.child_key(text):
        return True
    return vocabulary.question(text) is not None


def _words(part: Sequence[Span]) -> str:
    return "".join(span.text for span in part).strip()


def _lines_below(blocks: Sequence[Block], columns: int, vocabulary: Vocabulary) -> Iterator[Line]:
    """The lines with as many parts as there are labels (fewer only of choices, from the left), up to any other."""
    above: Line | None = None
    for block in blocks:
        if isinstance(block, Line) and above is not None and _goes_on(block, above):
            yield block
            continue
        above = block if isinstance(block, Line) else None
        parts = _parts(block)
        fits = len(parts) == columns or (1 < len(parts) < columns and all(map(_is_choice, parts)))
        if not isinstance(block, Line) or not fits or _are_titles(parts, vocabulary):
            return
        if any(_words(part).endswith(_ENDS) for part in parts):
            return
        yield block


def _is_choice(part: Sequence[Span]) -> bool:
    """Whether a part is a printed yes and no, which no label but the one above it can have."""
    return printed_choice(written(tuple(part)).text) is not None


def _goes_on(line: Line, above: Line) -> bool:
    """Whether a line without a tab goes on with the last words of the one above it: set in, and in small letters."""
    if line.place is None or above.place is None or "\t" in line.text or line.unread:
        return False
    return line.place.x0 > above.place.x0 + _SET_IN and line.text.strip()[:1].islower()


def _table(lines: Sequence[Line]) -> Table:
    """A table with a row for each line; the labels look as labels do."""
    rows: list[_Parts] = []
    places: dict[int, Place] = {}
    for line in lines:
        parts = _parts(line)
        if not parts:
            rows[-1][-1] += (Span(" "), *line.spans)
            continue
        if line.place is not None:
            places[len(rows)] = line.place
        rows.append(parts)
    cells = [
        Cell(row, place, spans, shaded=not row) for row, parts in enumerate(rows) for place, spans in enumerate(parts)
    ]
    return Table(tuple(cells), lines[0].where, places)
