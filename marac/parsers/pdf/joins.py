"""Pages joined: running heads said once, and tables and rows that go on over the page put together again."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from marac.parsers.blocks import Block
from marac.parsers.pdf.panes import Grid, Pane, Paragraph, Part
from marac.parsers.pdf.rows import Row
from marac.parsers.pdf.wraps import is_wrapped

_NEAR = 4.0  # points between sides of one table on two pages
_EDGE = 0.14  # of the height of a page: where running heads stand
Look = tuple[str, bool]
"""Font, size and colour; and whether it is bold."""
_NUMBER = re.compile(r"\d{1,2}[.)]?(\s|$)")  # rows of a checklist begin with one
_PAGE_NUMBER = re.compile(r"\bpage\s+\d+(\s+of\s+\d+)?|^\W*\d+(\s+(of|/)\s+\d+)?\W*$", re.IGNORECASE)


def blocks(pages: list[list[Part]], height: float) -> Iterator[Block]:
    """All pages in reading order: running heads first, running feet last, each once."""
    heads, bodies, feet = _apart(pages, height)
    yield from (replace(head.block(), where="page header") for head in heads)
    yield from (part.block() for part in _joined(bodies))
    yield from (replace(foot.block(), where="page footer") for foot in feet)


def _apart(pages: list[list[Part]], height: float) -> tuple[list[Paragraph], list[list[Part]], list[Paragraph]]:
    """Running heads, the pages without them, and running feet."""
    counts = Counter(key for page in pages for key in {_running(part, height) for part in page} if key)
    heads: dict[str, Paragraph] = {}
    feet: dict[str, Paragraph] = {}
    bodies: list[list[Part]] = []
    for page in pages:
        body: list[Part] = []
        for part in page:
            key = _running(part, height)
            if isinstance(part, Grid) or key is None or counts[key] < 2:
                body.append(part)
            else:
                (heads if key.startswith("head") else feet).setdefault(key, part)
        bodies.append(body)
    return list(heads.values()), bodies, list(feet.values())


def _running(part: Part, height: float) -> str | None:
    """What a paragraph at the edge of a page says, without page numbers."""
    if (
        isinstance(part, Grid)
        or not part.text.strip()
        or any(piece.room for line in part.lines for piece in line.pieces)
    ):
        return None
    where = "head" if part.top < _EDGE * height else "foot" if part.top > (1 - _EDGE) * height else None
    return where and f"{where} {_PAGE_NUMBER.sub('#', part.text)}"


def _joined(bodies: list[list[Part]]) -> list[Part]:
    found: list[Part] = []
    for page in bodies:
        for number, part in enumerate(page):
            last = found[-1] if found else None
            if number == 0 and isinstance(part, Grid) and isinstance(last, Grid) and _goes_on(last, part):
                _append(last, part)
            elif (
                number == 0 and isinstance(part, Paragraph) and isinstance(last, Paragraph) and _is_sentence(last, part)
            ):
                last.lines += part.lines
                last.from_next_page += len(part.lines)
            else:
                found.append(part)
    return found


def _is_sentence(above: Paragraph, below: Paragraph) -> bool:
    is_alike = (
        _ending(above.lines[-1]) == _beginning(below.lines[0]) and abs(above.lines[-1].x0 - below.lines[0].x0) < _NEAR
    )
    return is_alike and below.text[:1].islower() and is_wrapped(above.lines[-1], below.lines[0], above.right)


def _goes_on(above: Grid, below: Grid) -> bool:
    """Whether a table at the top of a page continues the last one of the page before."""
    if abs(above.x0 - below.x0) > _NEAR or abs(above.x1 - below.x1) > _NEAR:
        return False
    first = _first_row(below)
    if len(first) == 1 and not _continues(_under(above, first[0]), first[0]):
        pieces = [piece for line in first[0].lines for piece in line.pieces]
        return not pieces or not (first[0].shaded or all(piece.bold for piece in pieces))
    return True


def _append(above: Grid, below: Grid) -> None:
    """Adds the rest of a table; a row that was cut by the page is made whole."""
    first = _first_row(below)
    top = _row_of(above, above.top)
    if (
        len(first) > 1
        and [pane.text for pane in first] == [pane.text for pane in top]
        and any(pane.text for pane in first)
    ):
        below.panes = [pane for pane in below.panes if not any(pane is each for each in first)]
        if not below.panes:
            return
        first = _first_row(below)
    end, shift = above.bottom, above.bottom - below.top
    for pane in below.panes:
        pane.top += shift
        pane.bottom += shift
    halves = [(_under(above, pane, end), pane) for pane in first]
    prompts = set() if _is_register(below, first) else _prompts(above, below)
    whole = _whole(halves, prompts)
    for upper, lower in whole:
        upper.bottom = lower.bottom
        upper.lines += lower.lines
    above.panes += [pane for pane in below.panes if not any(pane is lower for _, lower in whole)]


def _is_register(grid: Grid, first: list[Pane]) -> bool:
    """Whether the row after the first has the same columns, as in a list of children."""
    second = _row_of(grid, max(pane.bottom for pane in first))
    return len(first) > 1 and [round(pane.x0) for pane in second] == [round(pane.x0) for pane in first]


def _first_row(grid: Grid) -> list[Pane]:
    return _row_of(grid, grid.top)


def _row_of(grid: Grid, top: float) -> list[Pane]:
    return sorted((pane for pane in grid.panes if abs(pane.top - top) < _NEAR), key=lambda pane: pane.x0)


def _under(above: Grid, pane: Pane, end: float | None = None) -> Pane | None:
    """The cell at the foot of a table with the sides of `pane`."""
    end = above.bottom if end is None else end
    for each in above.panes:
        if abs(each.bottom - end) < _NEAR and abs(each.x0 - pane.x0) < _NEAR and abs(each.x1 - pane.x1) < _NEAR:
            return each
    return None


def _whole(halves: list[tuple[Pane | None, Pane]], prompts: set[Look]) -> list[tuple[Pane, Pane]]:
    """The pairs of upper and lower half that were one cell."""
    pairs = [(upper, lower) for upper, lower in halves if upper is not None]
    if not pairs:
        return []
    lowest = max(upper.top for upper, _ in pairs)
    spanning: list[tuple[Pane, Pane]] = []
    rest: list[tuple[Pane, Pane]] = []
    end = min(lower.bottom for _, lower in pairs)
    for upper, lower in pairs:
        is_beside_rows = upper.top < lowest - _NEAR or lower.bottom > end + _NEAR
        is_spanning = is_beside_rows and upper.text and not lower.text
        (spanning if is_spanning else rest).append((upper, lower))
    is_one_row = bool(rest) and len(pairs) == len(halves) and _is_one_row(rest, prompts)
    return pairs if is_one_row else spanning


def _is_one_row(pairs: list[tuple[Pane, Pane]], prompts: set[Look]) -> bool:
    """Whether the halves are one row that the page cut in two."""
    filled = [(upper, lower) for upper, lower in pairs if lower.text]
    if _NUMBER.match(pairs[0][1].text) or any(upper.boxes and lower.boxes and not upper.text for upper, lower in pairs):
        return False
    if len(pairs) == 1 and all(_is_prose(upper, lower, prompts) for upper, lower in filled):
        return True
    return (
        (len(pairs) > 1 and _lacks_its_answers(pairs))
        or all(_continues(upper, lower) for upper, lower in filled)
        or all(_is_turned(upper, lower, prompts) for upper, lower in filled)
    )


def _lacks_its_answers(pairs: list[tuple[Pane, Pane]]) -> bool:
    """Whether the lower half has no label, no number or no boxes where every row of the table has them."""
    label, under = pairs[0]
    if label.text and not under.text:
        return True
    boxed = [lower for upper, lower in pairs if any(box.ticked is False for box in upper.boxes) and not upper.text]
    if boxed and not any(lower.lines for lower in boxed):
        return True
    is_alone = _NUMBER.match(label.text) and not any(lower.text for _, lower in pairs[1:])
    return bool(is_alone and under.lines) and _beginning(label.lines[0]) == _beginning(under.lines[0])


def _continues(upper: Pane | None, lower: Pane) -> bool:
    """Whether the lower half of a cell reads on where the upper half stopped."""
    if upper is None or not upper.lines or not lower.lines:
        return False
    last, first = upper.lines[-1], lower.lines[0]
    if _ending(last) != _beginning(first):
        return False
    if first.text[:1].islower() or (_beginning(upper.lines[0]) != _ending(last) and not first.pieces[0].bold):
        return True
    return is_wrapped(last, first, upper.x1 - 5) and not last.text.endswith((".", ":", "?", "!"))


def _is_prose(upper: Pane, lower: Pane, prompts: set[Look]) -> bool:
    """Whether the lower half of a cell as wide as the table is the next paragraph of a story, and no label."""
    if not upper.lines or not lower.lines:
        return False
    first = lower.lines[0]
    if prompts:
        return not {_ending(upper.lines[-1]), _beginning(first)} & prompts
    if _ending(upper.lines[-1]) != _beginning(first):
        return False
    is_wide = first.x1 - first.x0 > 0.75 * (lower.x1 - lower.x0)
    return is_wide and len(upper.lines) > 1 and not any(mark in first.text[:60] for mark in ":?")


def _is_turned(upper: Pane, lower: Pane, prompts: set[Look]) -> bool:
    """Whether the page was turned between a label and its answer; `prompts` are the looks of labels in this table."""
    if not upper.lines or not lower.lines or upper.shaded != lower.shaded:
        return False
    looks = {(piece.look, piece.bold) for line in upper.lines for piece in line.pieces if piece.text.strip()}
    first = _beginning(lower.lines[0])
    return looks <= prompts and first not in prompts and not (first and first[1])


def _prompts(*tables: Grid) -> set[Look]:
    """The looks in which cells begin, where they end in another."""
    pairs = {
        (_beginning(pane.lines[0]), _ending(pane.lines[-1])) for each in tables for pane in each.panes if pane.lines
    }
    answers = {end for begin, end in pairs if begin != end}
    return {begin for begin, end in pairs if begin and begin != end and begin not in answers}


def _beginning(line: Row) -> Look | None:
    """The look of its first words."""
    return next(((piece.look, piece.bold) for piece in line.pieces if piece.text.strip()), None)


def _ending(line: Row) -> Look | None:
    """The look of its last words."""
    return next(((piece.look, piece.bold) for piece in reversed(line.pieces) if piece.text.strip()), None)
