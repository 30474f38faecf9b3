"""OpenDocument spreadsheets (.ods): the visible sheets, read from their XML. No formula is worked out, nothing is run."""

import re
import zipfile
from collections.abc import Iterable

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, UnreadableDocument
from marac.parsers.ooxml import looks_zipped, package, part, tree
from marac.parsers.sheets.ods_cells import Reader
from marac.parsers.sheets.ods_names import OFFICE, TABLE
from marac.parsers.sheets.ods_styles import Styles
from marac.parsers.sheets.spreadsheet import Sheet, blocks_of

_KIND = re.compile(rb"mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet(?:-template)?(?:PK|$)")
_DAMAGED = "The workbook is damaged: its sheets cannot be read."
_LOCKED = "The file is protected with a password. Ask the sender for the password, or for a copy without one."
_MANIFEST = "META-INF/manifest.xml"


class Ods:
    """Spreadsheets of LibreOffice and OpenOffice."""

    name = "OpenDocument spreadsheet"

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    def recognises(self, document: Document) -> bool:
        """Whether the package says of itself that it is a spreadsheet."""
        return looks_zipped(document) and _KIND.search(document.content[:200]) is not None

    def blocks(self, document: Document) -> Iterable[Block]:
        """A table for each visible sheet with anything in it, and what floats over the sheets.

        Raises:
            UnreadableDocument: damaged, locked or beyond the limits.
        """
        return blocks_of(_sheets(document)[0])

    def blocks_again(self, document: Document) -> Iterable[Block] | None:
        """The same blocks, with the values of the cells as calamine reads them.

        Raises:
            UnreadableDocument: damaged, locked or beyond the limits.
        """
        from marac.parsers.sheets.calamine import with_values_of

        return with_values_of(document.content, *_sheets(document))


def _sheets(document: Document) -> tuple[list[Sheet], int]:
    """The visible sheets, and how many cells the largest of all sheets spans."""
    with package(document) as archive:
        if _is_locked(archive):
            raise UnreadableDocument(_LOCKED)
        try:
            content = tree(archive, "content.xml")
            named = tree(archive, "styles.xml") if "styles.xml" in archive.namelist() else None
            reader = Reader(Styles([root for root in (named, content) if root is not None]))
            sheets = [
                reader.sheet(table) for table in content.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
            ]
        except (ValueError, LookupError, AttributeError, TypeError, OverflowError) as error:
            raise UnreadableDocument(_DAMAGED) from error  # numbers that are none, parts without what they need
    if not sheets:
        raise UnreadableDocument(_DAMAGED)
    return [sheet for sheet, visible in sheets if visible], reader.largest


def _is_locked(archive: zipfile.ZipFile) -> bool:
    return _MANIFEST in archive.namelist() and b"encryption-data" in part(archive, _MANIFEST)
