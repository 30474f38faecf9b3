"""The sender's own words in a reply, line by line: above a quoted mail, below it, or between its lines. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from marac.document import Document
from marac.parsers.blocks import Block, Line, Table
from marac.parsers.body.body import as_sent, forwarded_mails, is_closing, is_passed_on
from marac.parsers.body.earlier_mails import QUOTED, beginning_of_earlier_mail

_NUMBER = re.compile(r"line (\d+)$")
_QUOTE_WITHIN = 3  # lines after "On Monday Joan wrote:" within which the quote begins


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line that the sender wrote."""

    text: str = field(repr=False)
    where: str
    joined: bool = False
    """Whether it follows the line before without an empty one between, as where a mail program broke a line in two."""
    below: bool = False
    """Whether it stands below the greeting at the end: a signature, a footer, or something added."""
    apart: bool = False
    """Whether a quote or a table stands between it and the line before."""
    between: bool = False
    """Whether it stands between two quoted stretches: then it may speak of what is quoted above it alone."""


def own_lines(document: Document) -> tuple[OwnLine, ...]:
    """What the sender of a mail wrote; of one that passes mails on, what these say."""
    if is_passed_on(document):
        return tuple(line for mail in forwarded_mails(document) for line in _lines(mail))
    return tuple(_lines(_without_quotes(as_sent(document))))


def _without_quotes(blocks: Sequence[Block]) -> list[Block | None]:
    """The sender's blocks, with None where a quote was."""
    kept = list[Block | None]()
    rest = list(blocks)
    while rest:
        start = beginning_of_earlier_mail(rest)
        kept += [None if _is_quoted(block) else block for block in rest[:start]]
        below = rest[start:]
        marked = next((place for place, block in enumerate(below[: _QUOTE_WITHIN + 1]) if _is_quoted(block)), None)
        if marked is None:  # no mark before its lines: all that follows is the earlier mail
            return kept
        rest = below[marked:]
        kept.append(None)
    return kept


def _is_quoted(block: Block) -> bool:
    return isinstance(block, Line) and QUOTED.match(block.text) is not None


def _lines(blocks: Sequence[Block | None]) -> Iterator[OwnLine]:
    quotes = [place for place, block in enumerate(blocks) if block is None]
    below, last, apart = False, None, False
    for place, block in enumerate(blocks):
        if block is None:
            below, last, apart = False, None, True
            continue
        between = bool(quotes) and quotes[0] < place < quotes[-1]
        if isinstance(block, Table):
            yield from _table_lines(block, below=below)
            last, apart = None, True
            continue
        below = below or is_closing(block.text)
        number = _NUMBER.search(block.where)
        here = int(number[1]) if number else None
        joined = here is not None and last is not None and here == last + 1
        yield OwnLine(_shown(block), block.where, joined=joined, below=below, apart=apart, between=between)
        last, apart = here, False


def _shown(line: Line) -> str:
    """The words of a line, with a tick where a box is ticked."""
    return "".join(
        "\u2612" if span.ticked else "\u2610" if span.ticked is False else span.text for span in line.spans
    ).strip()


def _table_lines(table: Table, *, below: bool) -> Iterator[OwnLine]:
    """The rows of a table as lines: what stands in the first cell, and after a dash the rest."""
    for row in sorted({cell.row for cell in table.cells}):
        texts = [" ".join(cell.text.split()) for cell in table.cells if cell.row == row]
        if words := " \u2013 ".join(text for text in texts if text):
            yield OwnLine(words, f"{table.where}, row {row + 1}", below=below)
