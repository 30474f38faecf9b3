"""The place that each value of a record was read from, as a picture of that row or line of the page."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, Line, Place, Table
from marac.parsers.writing import folded
from marac.referral import Evidence, Reading

if TYPE_CHECKING:
    from PIL.Image import Image

_DOTS_PER_POINT = 2.0  # 144 dpi: print of 7 points can be read
_MARGIN = 6.0  # points around the place
_SHORTEST = 40  # characters of a value that are enough to find its line


def pictures(pages: Document, reading: Reading, today: dt.date | None = None) -> Iterator[tuple[str, bytes]]:
    """A PNG for each value of a record whose place on the pages is known, with the value's path.

    Args:
        pages: the file as a PDF: itself, or what an office program printed of it.
        reading: what was read from the file.
        today: the day no birth can be after, as when the file was read.

    A value of a file that was printed is looked for where the print says the same; where it says something else, there
    is no picture, because a picture of the wrong place would be worse than none.

    Raises:
        UnreadableDocument: the pages cannot be read.
    """
    from marac.parsers.formats import format_of
    from marac.parsers.paper import reading as reading_of

    allowance = Allowance(twice=False)
    form = format_of(pages, allowance)
    if form is None:
        return
    blocks = list(form.blocks(pages))
    printed = reading_of(blocks, today or dt.date.today())
    proofs = {path: proof for path, proof in printed.evidence.items() if _is_same(reading.evidence.get(path), proof)}
    yield from _cut_out(pages.content, places(proofs, blocks))


def places(evidence: Mapping[str, Evidence], blocks: Sequence[Block]) -> dict[str, Place]:
    """Where on its page each value stands, for those of which a row or line can be told."""
    rows = {
        f"{table.where}, row {row + 1}": place
        for table in blocks
        if isinstance(table, Table)
        for row, place in table.places.items()
    }
    lines = [(line, folded(line.text)) for line in blocks if isinstance(line, Line) and line.place is not None]
    found = {path: rows.get(proof.where) or _line(proof, lines) for path, proof in evidence.items()}
    return {path: place for path, place in found.items() if place is not None}


def _line(proof: Evidence, lines: Sequence[tuple[Line, str]]) -> Place | None:
    """The one line at the named place that has the value's words in it."""
    words = folded(proof.text)[:_SHORTEST]
    holding = [line.place for line, text in lines if words and line.where == proof.where and words in text]
    return holding[0] if len(holding) == 1 else None


def _is_same(one: Evidence | None, other: Evidence) -> bool:
    return one is not None and folded(one.text) == folded(other.text)


def _cut_out(pdf: bytes, found: Mapping[str, Place]) -> Iterator[tuple[str, bytes]]:
    import pypdfium2

    opened = pypdfium2.PdfDocument(pdf)
    try:
        rendered: dict[int, Image] = {}
        for path, place in sorted(found.items(), key=lambda each: each[1].page):
            if place.page not in rendered:
                rendered.clear()  # one page at a time: pages are large
                rendered[place.page] = opened[place.page - 1].render(scale=_DOTS_PER_POINT, grayscale=True).to_pil()
            yield path, _png(rendered[place.page], place)
    finally:
        opened.close()


def _png(page: "Image", place: Place) -> bytes:
    corners = (place.x0 - _MARGIN, place.top - _MARGIN, place.x1 + _MARGIN, place.bottom + _MARGIN)
    left, top, right, bottom = (round(each * _DOTS_PER_POINT) for each in corners)
    content = BytesIO()
    page.crop((max(left, 0), max(top, 0), min(right, page.width), min(bottom, page.height))).save(content, "PNG")
    return content.getvalue()
