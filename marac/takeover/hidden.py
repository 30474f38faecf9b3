"""What a spreadsheet hides, how many rows and columns of each sheet, and whether marac wrote it. Only the file is looked at."""

import zipfile
from dataclasses import dataclass
from io import BytesIO, StringIO

from marac.document import EXCEL, Document
from marac.parsers.blocks import UnreadableDocument
from marac.parsers.ooxml import package, part, refuse_declarations, tree
from marac.parsers.sheets.excel_package import MAIN, Package
from marac.parsers.sheets.ods_names import OFFICE, TABLE
from marac.register.workbook.contents import GENERATION

_PROPERTIES = "docProps/custom.xml"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"
_LOCKED = "The spreadsheet is protected with a password. Save a copy without one in LibreOffice, and take that."
_TRUE = ("1", "true")
_MOST_REPEATED = 100_000


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many rows and columns of a sheet are hidden."""

    rows: int = 0
    columns: int = 0


def hidden_in(content: bytes) -> tuple[dict[str, Hidden], bool] | None:
    """What is hidden on each sheet, by its title, and whether the file is a register that marac wrote.

    None for a package, or a container of streams, that holds no workbook.

    Raises:
        UnreadableDocument: the file is damaged, locked or beyond the limits.
    """
    if not content.startswith(b"PK"):
        found = _of_old_excel(content)
        return None if found is None else (found, False)
    with package(Document("", EXCEL, content)) as archive:
        names = archive.namelist()
        ours = _PROPERTIES in names and GENERATION.encode("ascii") in part(archive, _PROPERTIES)
        if "xl/workbook.xml" in names:
            return _of_excel(archive), ours
        if "content.xml" in names and _ODS in content[:200]:
            return _of_ods(archive), "meta.xml" in names and GENERATION.encode("ascii") in part(archive, "meta.xml")
    return None


def _of_excel(archive: zipfile.ZipFile) -> dict[str, Hidden]:
    return {sheet.title: _of_part(part(archive, sheet.name)) for sheet in Package(archive).sheets()}


def _of_part(data: bytes) -> Hidden:
    """The hidden rows and columns of one sheet of a workbook; the part is walked through, not built up whole."""
    from lxml import etree

    refuse_declarations(data)
    if b"hidden=" not in data:
        return Hidden()
    rows = columns = 0
    wanted = (MAIN + "row", MAIN + "col")
    try:
        for _, each in etree.iterparse(BytesIO(data), tag=wanted, resolve_entities=False, no_network=True):
            if each.get("hidden") in _TRUE and each.tag == wanted[0]:
                rows += 1
            elif each.get("hidden") in _TRUE:
                columns += min(int(each.get("max", "0")) - int(each.get("min", "0")) + 1, _MOST_REPEATED)
            each.clear()
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument("The file is damaged: the text in it cannot be read.") from error
    return Hidden(rows, columns)


def _of_ods(archive: zipfile.ZipFile) -> dict[str, Hidden]:
    if _MANIFEST in archive.namelist() and b"encryption-data" in part(archive, _MANIFEST):
        raise UnreadableDocument(_LOCKED)
    content = tree(archive, "content.xml")
    tables = content.iterfind(f"{OFFICE}body/{OFFICE}spreadsheet/{TABLE}table")
    return {table.get(f"{TABLE}name") or "": _of_table(table) for table in tables}


def _of_table(table: object) -> Hidden:
    rows = _repeated(table, "row")
    return Hidden(rows, _repeated(table, "column"))


def _repeated(table: object, kind: str) -> int:
    """How many rows or columns are hidden; a stretch of hidden ones beyond what is in use counts as it stands."""
    count = 0
    for each in table.iter(f"{TABLE}table-{kind}"):  # type: ignore[attr-defined]  # an element of lxml
        if each.get(f"{TABLE}visibility", "visible") != "visible":
            count += min(int(each.get(f"{TABLE}number-{kind}s-repeated", "1")), _MOST_REPEATED)
    return count


def _of_old_excel(content: bytes) -> dict[str, Hidden] | None:
    """The same for .xls. xlrd gets the stream alone, because it goes round in damaged containers for ever."""
    from xlrd import XLRDError, open_workbook

    from marac.parsers.sheets.xls_objects import workbook_stream

    stream = workbook_stream(content)
    if stream is None:
        return None
    try:
        book = open_workbook(file_contents=stream, logfile=StringIO(), formatting_info=True, ragged_rows=True)
    except XLRDError as error:
        raise UnreadableDocument("The spreadsheet is damaged: its sheets cannot be read.") from error
    found = {}
    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        rows = sum(bool(row.hidden) for row in sheet.rowinfo_map.values())
        found[sheet.name] = Hidden(rows, sum(bool(each.hidden) for each in sheet.colinfo_map.values()))
    return found
