"""The tick boxes that float over the cells of a workbook: which cell each stands on, and whether it is ticked.

openpyxl drops them, so the parts are read themselves: a sheet's `controls` name a part under `xl/ctrlProps` and an anchor.
"""

import posixpath
import zipfile

from lxml import etree

from marac.parsers.ooxml import tree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def boxes(archive: zipfile.ZipFile) -> dict[str, dict[tuple[int, int], list[bool]]]:
    """For each sheet by title: row and column (from 1) to the boxes on that cell."""
    if not any(name.startswith("xl/ctrlProps/") for name in archive.namelist()):
        return {}
    titles = {
        sheet.get(_LINK) or "": sheet.get("name") or ""
        for sheet in tree(archive, "xl/workbook.xml").iter(_MAIN + "sheet")
    }
    parts = _links(archive, "xl/workbook.xml")
    return {title: _on_sheet(archive, parts[link]) for link, title in titles.items() if link in parts}


def _on_sheet(archive: zipfile.ZipFile, name: str) -> dict[tuple[int, int], list[bool]]:
    found: dict[tuple[int, int], list[bool]] = {}
    if name not in archive.namelist():
        return found
    links = _links(archive, name)
    for control in tree(archive, name).iter(_MAIN + "control"):
        target = links.get(control.get(_LINK) or "", "")
        place = _place(control)
        if place is None or target not in archive.namelist():
            continue
        properties = tree(archive, target)
        if properties.get("objectType") == "CheckBox":
            found.setdefault(place, []).append(properties.get("checked") == "Checked")
    return found


def _place(control: etree._Element) -> tuple[int, int] | None:
    start = control.find(f".//{_MAIN}from")
    if start is None:
        return None
    row, column = start.findtext(_DRAWING + "row"), start.findtext(_DRAWING + "col")
    return (int(row) + 1, int(column) + 1) if row and column and row.isdecimal() and column.isdecimal() else None


def _links(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    folder, base = posixpath.split(name)
    relations = f"{folder}/_rels/{base}.rels"
    if relations not in archive.namelist():
        return {}
    return {
        each.get("Id") or "": posixpath.normpath(posixpath.join(folder, each.get("Target") or "")).lstrip("/")
        for each in tree(archive, relations)
    }
