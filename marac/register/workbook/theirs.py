"""A workbook as a person left it: opened within limits, its tables found by their titles, whatever was done to it."""

import contextlib
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from marac.errors import WorkbookError
from marac.register.workbook.canonical import canonical
from marac.register.workbook.contents import GENERATION

LOCKED = b"\xd0\xcf\x11\xe0"
"""How a workbook begins that is locked with a password: it is no zip, but an older kind of container."""

_MEMBERS = 2_000
_PART_BYTES = 500_000_000
_TOTAL_BYTES = 1_000_000_000
_MOST_CELLS = 30_000_000
"""Cells that a sheet may span: far above 50,000 cases, and below what a reader that lays sheets out whole cannot hold."""

_HEADING_WITHIN = 40
"""Rows in which the titles are looked for: words stand above the table, and people add some."""

_SYNC = "_sync"
_PROPERTIES = "docProps/custom.xml"
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FAR = re.compile(rb' r(?:\s|=\s|=\'|="(?:[A-Z]*(?:[2-9]\d{5}|\d{7})|[E-Z][A-Z]\d|[A-Z]{3}\d))')
"""A cell far down or far to the right, or one whose place is not written as nearly every program writes it."""

_ROW = re.compile(rb"\sr\s*=\s*[\"'](?:[A-Z]*)(\d+)")
_COLUMN = re.compile(rb"\sr\s*=\s*[\"']([A-Z]+)\d")
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]+)(\d+)[\"'][^>]*?(?:\st=[\"']e[\"'][^>]*?>|>\s*<(?:\w+:)?f[\s>/])"
)
_MARKS = (b"f>", b"<f ", b't="e"', b"t='e'")
"""One of these stands in a sheet that holds a formula or an error; looking for them takes next to no time."""

_AUTHOR = re.compile(rb"<(?:\w+:)?author>([^<]*)</")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    EOFError,
    KeyError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
_DAMAGED = "The workbook is damaged and cannot be read."
_TOO_LARGE = "The workbook unpacks to far more than a register holds, so it was not opened."


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it stands there now."""

    titles: tuple[str, ...]
    rows: Sequence[Sequence[Any]] = field(repr=False)
    first: int = 1
    """The number of the sheet's row in which the table's first row stands, counted from 1 as Excel does."""
    valueless: frozenset[tuple[int, int]] = frozenset()
    """Cells that hold a formula or an error, by row and column of the table from 0: what they show is not theirs."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """A workbook as somebody left it."""

    tables: Mapping[str, Table]
    """By the sheet's name; one whose titles cannot be found is not there."""
    sheets: tuple[str, ...]
    """All its sheets."""
    remarks: bool = False
    """Whether a person wrote notes or comments into it."""


class TheirWorkbook:
    """A workbook that somebody saved, opened."""

    def __init__(self, content: bytes) -> None:
        """Open it.

        Raises:
            WorkbookError: it is damaged, or beyond the limits.
        """
        from python_calamine import CalamineError, CalamineWorkbook

        with _in_words():
            self._archive = _package(content)
            self._parts = _sheet_parts(self._archive)
            _refuse_lies(self._archive, set(self._parts.values()))
            try:
                self._book = CalamineWorkbook.from_filelike(BytesIO(content))
            except (CalamineError, ValueError):
                raise WorkbookError(_DAMAGED) from None

    def generation(self) -> str | None:
        """Which state of the register it was made from; None where it was never one of ours."""
        with _in_words():
            if _SYNC in self._parts:
                rows = self._rows(_SYNC)[0]
                if rows and len(rows[0]) > 1 and rows[0][0] == "generation":
                    return str(rows[0][1])
            if _PROPERTIES in self._archive.namelist():
                root = etree.fromstring(self._archive.read(_PROPERTIES), _PARSER)
                found = (each for each in root if each.get("name") == GENERATION)
                return next(("".join(map(str, each.itertext())).strip() for each in found), None)
            return None

    def theirs(self, titles: Mapping[str, Sequence[str]]) -> Theirs:
        """Its tables, by the titles that each of our sheets had.

        Raises:
            WorkbookError: a sheet is damaged, or beyond the limits.
        """
        with _in_words():
            tables = {name: table for name in titles if (table := self._table(name, titles[name])) is not None}
            return Theirs(tables, tuple(self._parts), _holds_remarks(self._archive))

    def _table(self, name: str, titles: Sequence[str]) -> Table | None:
        if name not in self._parts:
            return None
        rows, formulas = self._rows(name)
        heading = _heading(rows, titles)
        if heading is None:
            return None
        valueless = frozenset((row - heading - 1, place) for row, place in formulas if row > heading)
        found = tuple(canonical(value).replace("\n", " ") for value in rows[heading])
        return Table(found, rows[heading + 1 :], heading + 2, valueless)

    def _rows(self, name: str) -> tuple[list[list[Any]], list[tuple[int, int]]]:
        """Every row of a sheet from its first one on, and its cells that hold a formula or an error."""
        from python_calamine import CalamineError

        xml = self._archive.read(self._parts[name])
        _refuse_wide(xml)
        try:
            rows = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except (CalamineError, ValueError):
            raise WorkbookError(_DAMAGED) from None
        if not any(mark in xml for mark in _MARKS):
            return rows, []
        return rows, [(int(row) - 1, _place(letters)) for letters, row in _NO_VALUE.findall(xml)]


def _heading(rows: Sequence[Sequence[Any]], titles: Sequence[str]) -> int | None:
    """The place of the row that has most of the titles, at least a third of them."""
    known = set(titles)
    found = [len(known.intersection(map(str, row))) for row in rows[:_HEADING_WITHIN]]
    best = max(found, default=0)
    return found.index(best) if best and best >= len(known) / 3 else None


def _package(content: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(BytesIO(content))
    members = archive.infolist()
    if len(members) > _MEMBERS or len({each.filename for each in members}) < len(members):
        raise WorkbookError(_DAMAGED)
    sizes = [each.file_size for each in members]
    if max(sizes, default=0) > _PART_BYTES or sum(sizes) > _TOTAL_BYTES:
        raise WorkbookError(_TOO_LARGE)
    if sum(each.compress_size for each in members) > len(content):
        raise WorkbookError(_DAMAGED)
    return archive


def _refuse_lies(archive: zipfile.ZipFile, read_later: set[str]) -> None:
    """Unpack what only the other library will read: it believes no size that the directory states, and this one does."""
    for each in archive.infolist():
        if each.filename not in read_later:
            with archive.open(each) as part:
                while part.read(1_000_000):
                    pass


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The sheets of cells by their names, in the order of their tabs, and the part that holds each."""
    links = {
        each.get("Id"): str(each.get("Target"))
        for each in etree.fromstring(archive.read(_RELATIONS), _PARSER)
        if str(each.get("Type")).endswith("/worksheet")
    }
    book = etree.fromstring(archive.read(_WORKBOOK), _PARSER)
    named = [(str(each.get("name")), links.get(each.get(_RELATION))) for each in book.iter(_MAIN + "sheet")]
    names = set(archive.namelist())
    found = {name: _part(target) for name, target in named if target}
    if not found or not names.issuperset(found.values()):
        raise WorkbookError(_DAMAGED)
    return found


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"


def _refuse_wide(xml: bytes) -> None:
    """Refuse a sheet with a cell far out: the library lays out everything up to it, and ends the process if it cannot.

    Within 200,000 rows and 130 columns, where nearly every register stays, one look is enough.
    """
    if xml[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"<!DOCTYPE" in xml[:1_000]:
        raise WorkbookError(_DAMAGED)
    if b"\t" not in xml and xml.count(b"\n") < 2 and not _FAR.search(xml):
        return
    width = 1 + max(map(_place, set(_COLUMN.findall(xml))), default=0)
    cells = max(map(int, _ROW.findall(xml)), default=1) * width
    if cells > _MOST_CELLS:
        raise WorkbookError(_TOO_LARGE)


def _holds_remarks(archive: zipfile.ZipFile) -> bool:
    """Whether somebody commented: ours bear no author's name, and answers to comments have parts of their own."""
    names = archive.namelist()
    if any(name.startswith("xl/threadedComments/") for name in names):
        return True
    notes = [name for name in names if re.fullmatch(r"xl/(?:comments/)?comments?\d*\.xml", name)]
    authors = {author.strip() for name in notes for author in _AUTHOR.findall(archive.read(name))}
    return not authors <= {b"", b"None", b"Unknown Author"}


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """Errors of the libraries as words; their own can quote what stands in the file."""
    try:
        yield
    except _BROKEN:
        raise WorkbookError(_DAMAGED) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of the library that is written in Rust; it has no nearer parent
            raise WorkbookError(_DAMAGED) from None
        raise
