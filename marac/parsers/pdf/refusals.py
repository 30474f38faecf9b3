"""Why a PDF is not read as a form, in sentences for the coordinator; and which of its pages are pictures of paper."""

from collections.abc import Sequence

from marac.parsers.blocks import UnreadableDocument
from marac.parsers.pdf.shapes import Print

MOST_PAGES = 60
LOCKED = "This PDF is locked with a password. Ask the sender for a copy without one."
DAMAGED = "This PDF is damaged and cannot be read in full. Ask the sender to send it again."
_FEWEST_LETTERS = 20  # on a page that is a picture; fewer are a stamp on a scan
_UNREADABLE = 0.2  # of the letters of a page: fonts that do not say which letters they draw
_DRAWN_PRINT = 300  # shapes on a page without a letter: print that a program drew as outlines
_FAX_HEADING = 150  # letters that a fax machine or a scanner prints on the picture of a whole page


def refuse_length(pages: int) -> None:
    """Refuses a file without pages, and one with too many.

    Raises:
        UnreadableDocument: there is no page, or there are more than sixty.
    """
    if not pages:
        raise UnreadableDocument("This PDF has no pages. Ask the sender to send it again.")
    if pages > MOST_PAGES:
        raise UnreadableDocument(
            f"This PDF has more than {MOST_PAGES} pages, so it was not read as a form. If it holds one, send that alone."
        )


def find_scans(sheets: Sequence[Print]) -> None:
    """Marks the pages that must be read by their picture: scans, and print of which the file does not say the letters.

    Raises:
        UnreadableDocument: there is neither text nor a picture.
    """
    for sheet in sheets:
        sheet.is_scan = _is_scan(sheet, sheet.letters)
    if not any(sheet.letters or sheet.is_scan for sheet in sheets):
        raise UnreadableDocument("This PDF has no text in it. Ask the sender for the form as it was typed.")


def _is_scan(sheet: Print, letters: int) -> bool:
    if sheet.unreadable_letters > _UNREADABLE * letters > 0:
        return True
    if any(piece.room and piece.letters for piece in sheet.pieces):
        return False
    if not letters and len(sheet.shapes) >= _DRAWN_PRINT:
        return True
    most = _FAX_HEADING if sheet.pictured > 0.7 else _FEWEST_LETTERS
    return letters < most and sheet.pictured > (0.5 if letters else 0.1)
