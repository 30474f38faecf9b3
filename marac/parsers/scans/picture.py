"""Pictures of pages: a form that was photographed, scanned or faxed and sent as PNG, JPEG or TIFF."""

import io
import warnings
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, Line, NeedsTime, UnreadableDocument

if TYPE_CHECKING:
    from PIL.Image import Image

    from marac.parsers.pdf.shapes import Print

MARKS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
"""How a JPEG, a PNG and a TIFF of either kind begin."""

_DAMAGED = "This picture is damaged and cannot be read in full. Ask the sender to send it again."
_EMPTY = "This is a picture, and no words were found in it. Open it and look."
_SMALL = 600  # dots along the longer side: a smaller picture is a logo, on which no form can be read
_MOST_DOTS = 60_000_000  # in one page: A4 at 800 dots to the inch
_MOST_PAGES = 60
_LONG_SIDE = 842.0  # points of A4
_KINDS = ("PNG", "JPEG", "TIFF", "MPO")  # MPO: what some phones call a JPEG


class Picture:
    """PNG, JPEG and TIFF pictures, a TIFF with all its pages."""

    name = "picture"

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    def recognises(self, document: Document) -> bool:
        """Whether the file begins as one of these."""
        return document.content.startswith(MARKS)

    def blocks(self, document: Document) -> Iterable[Block]:
        """The pages in reading order.

        Raises:
            UnreadableDocument: damaged, too large, too small for a form, without words, or nothing here reads pictures.
            NeedsTime: the allowance has not the time.
        """
        from marac.parsers.pdf.pdf import blocks_of
        from marac.parsers.scans.scan import scanned

        if not self._allowance.patient:
            raise NeedsTime
        sheets: list[Print] = []
        for number, (page, width, height) in enumerate(pages_in(document.content), 1):
            import numpy as np

            sheets.append(scanned(np.asarray(page), number, width, height, self._allowance.models))
        if not any(sheet.letters for sheet in sheets):
            raise UnreadableDocument(_EMPTY)
        told = Line((), "page 1", unread="This is a picture of a form and was read by OCR. Compare it with the file.")
        return [*blocks_of(sheets), told]

    def blocks_again(self, document: Document) -> Iterable[Block] | None:  # noqa: ARG002 - only one library reads them
        """There is no second way."""
        return None


def pages_in(content: bytes) -> Iterator[tuple["Image", float, float]]:
    """Each page, grey and as it was held, with its width and height in points.

    Raises:
        UnreadableDocument: damaged, or too large or small.
    """
    from PIL import Image, ImageOps, ImageSequence

    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=_KINDS) as picture:
            warnings.simplefilter("ignore")  # Pillow's, on odd tags; what is damaged raises
            for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
                _refuse_size(number, *frame.size)
                upright = ImageOps.exif_transpose(frame)
                scale = _LONG_SIDE / max(upright.size)
                yield _grey(upright), upright.width * scale, upright.height * scale
    except UnreadableDocument:
        raise
    except Exception as error:  # Pillow raises OSError, SyntaxError, ValueError and struct.error on damaged files
        raise UnreadableDocument(_DAMAGED) from error


def _refuse_size(number: int, width: int, height: int) -> None:
    if number > _MOST_PAGES:
        raise UnreadableDocument(
            f"This picture has more than {_MOST_PAGES} pages, so it was not read as a form. If it holds one, send that alone."
        )
    if width * height > _MOST_DOTS:
        raise UnreadableDocument("This picture is larger than any scan of a page. Open it by hand.")
    if max(width, height) < _SMALL:
        raise UnreadableDocument("This picture is too small to hold a form that can be read. Open it and look.")


def _grey(picture: "Image") -> "Image":
    """Grey on white: what is transparent is paper."""
    from PIL import Image

    if "A" in picture.getbands() or "transparency" in picture.info:
        full = picture.convert("RGBA")
        paper = Image.new("RGBA", full.size, "white")
        return Image.alpha_composite(paper, full).convert("L")
    return picture.convert("L")
