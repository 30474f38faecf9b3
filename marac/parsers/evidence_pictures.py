"""The place that each value of a record was read from, as a picture of that row or line of the page."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, Line, Place, Table
from marac.parsers.layout.writing import folded
from marac.referral import Evidence, Reading

if TYPE_CHECKING:
    from PIL.Image import Image

_DOTS_PER_POINT = 2.0  # 144 dpi: print of 7 points can be read
_MARGIN = 6.0  # points around the place
_SHORTEST = 40  # characters of a value that are enough to find its line


def pictures(
    pages: Document, reading: Reading, today: dt.date | None = None, allowance: Allowance | None = None
) -> Iterator[tuple[str, bytes]]:
    """A PNG for each value of a record whose place on the pages is known, with the value's path.

    Args:
        pages: the file as a PDF or a picture: itself, or what an office program printed of it.
        reading: what was read from the file, or from one form in it.
        today: the day no birth can be after, as when the file was read.
        allowance: as when the file was read.

    A value of a file that was printed is looked for where the print says the same; where it says something else, there
    is no picture, because a picture of the wrong place would be worse than none.

    Raises:
        UnreadableDocument: the pages cannot be read.
        NeedsTime: the pages are scanned, and the allowance has not the time for them.
        SettingsError: the area's own wordings, which the allowance names, have a mistake.
    """
    from marac.parsers.dictionary.dictionary import vocabulary_of
    from marac.parsers.formats import format_of
    from marac.parsers.forms_apart import forms_in
    from marac.parsers.paper import reading as reading_of

    allowance = replace(allowance or Allowance(), twice=False)
    form = format_of(pages, allowance)
    if form is None:
        return
    understood = partial(reading_of, today=today or dt.date.today(), vocabulary=vocabulary_of(allowance.wordings))
    blocks = list(form.blocks(pages))
    forms = forms_in(blocks, lambda stretch: understood(stretch).kind == "referral")
    proofs = max((_same(reading, understood(each)) for each in forms), key=len)
    yield from _cut_out(pages, places(proofs, blocks))


def _same(reading: Reading, printed: Reading) -> dict[str, Evidence]:
    """The evidence in the print of those values for which the file says the same, or has the same words."""
    return {
        path: proof
        for path, proof in printed.evidence.items()
        if path in reading.evidence
        and (
            folded(reading.evidence[path].text) == folded(proof.text)
            or _value(reading.referral, path) == _value(printed.referral, path)
        )
    }


def _value(referral: object, path: str) -> object:
    """The value at a path of the record; of a list, the entry of that number, and of the answers that question's."""
    for name in path.split("."):
        if isinstance(referral, Mapping):
            referral = referral.get(name)
        elif isinstance(referral, tuple):
            referral = referral[int(name)] if int(name) < len(referral) else None
        else:
            referral = getattr(referral, name, None)
    return referral


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


def _cut_out(document: Document, found: Mapping[str, Place]) -> Iterator[tuple[str, bytes]]:
    """The picture of each place, page by page: pages are large, and one is held at a time."""
    by_page: dict[int, list[str]] = {}
    for path, place in found.items():
        by_page.setdefault(place.page, []).append(path)
    for page, picture, dots_per_point in _pages(document.content, sorted(by_page)):
        for path in by_page[page]:
            yield path, _png(picture, found[path], dots_per_point)


def _pages(content: bytes, wanted: Sequence[int]) -> Iterator[tuple[int, "Image", float]]:
    """The wanted pages as they are shown, each with its number and how many dots a point has in it."""
    from marac.parsers.scans.picture import MARKS, pages_in

    if content.startswith(MARKS):
        for number, (picture, width, _) in enumerate(pages_in(content), 1):
            if number in wanted:
                yield number, picture, picture.width / width
        return
    import pypdfium2

    opened = pypdfium2.PdfDocument(content)
    try:
        for number in wanted:
            yield number, opened[number - 1].render(scale=_DOTS_PER_POINT, grayscale=True).to_pil(), _DOTS_PER_POINT
    finally:
        opened.close()


def _png(page: "Image", place: Place, dots_per_point: float) -> bytes:
    corners = (place.x0 - _MARGIN, place.top - _MARGIN, place.x1 + _MARGIN, place.bottom + _MARGIN)
    left, top, right, bottom = (round(each * dots_per_point) for each in corners)
    content = BytesIO()
    page.crop((max(left, 0), max(top, 0), min(right, page.width), min(bottom, page.height))).save(content, "PNG")
    return content.getvalue()
