"""The pages of a PDF that are pictures of paper, read by their picture; and what a person is told of them."""

from collections.abc import Sequence

from marac.parsers.blocks import Allowance, Line, NeedsTime, UnreadableDocument
from marac.parsers.pdf.file import picture
from marac.parsers.pdf.shapes import Print

_UNREAD = "Page {} of the PDF is a scan, a picture without text, and was not read. Look at it."


def read_scans(content: bytes, sheets: list[Print], allowance: Allowance) -> list[Line]:
    """Puts what each picture shows in the place of its page, and says which pages were read so, and which were not.

    Raises:
        NeedsTime: there is no time for it now.
        UnreadableDocument: every page is a scan, and no words were found or nothing on this computer reads pictures.
    """
    if not allowance.patient:
        raise NeedsTime
    from marac.parsers.scans.paper import DOTS_PER_INCH
    from marac.parsers.scans.scan import scanned

    pictured, unread = list[int](), list[Line]()
    for place, sheet in enumerate(sheets):
        if not sheet.is_scan:
            continue
        try:
            found = scanned(
                picture(content, sheet.number, DOTS_PER_INCH), sheet.number, sheet.width, sheet.height, allowance.models
            )
        except UnreadableDocument:
            if all(each.is_scan for each in sheets):
                raise
            unread.append(Line((), f"page {sheet.number}", unread=_UNREAD.format(sheet.number)))
            continue
        sheets[place] = _with_entries(found, sheet)
        pictured.append(sheet.number)
    if not any(sheet.letters for sheet in sheets):
        raise UnreadableDocument("This PDF is a scan, and no words were found in its pictures. Open it and look.")
    return [*([_comparison(pictured)] if pictured else []), *unread]


def _with_entries(found: Print, sheet: Print) -> Print:
    """The print of the picture, with what was ticked and written on top of it in the file."""
    found.is_scan = True
    found.pieces += [piece for piece in sheet.pieces if piece.room is not None and not piece.hidden]
    found.markups += sheet.markups
    return found


def _comparison(numbers: Sequence[int]) -> Line:
    if len(numbers) == 1:
        said = f"Page {numbers[0]} is a scan and was read by its picture. Compare it with the file."
    else:
        many = f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
        said = f"Pages {many} are scans and were read by their pictures. Compare them with the file."
    return Line((), f"page {numbers[0]}", unread=said)
