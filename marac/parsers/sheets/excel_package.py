"""The parts of an Excel package: which sheets it has, where each part lies, and which epoch its dates count from."""

import posixpath
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from lxml import etree

from marac.parsers.blocks import UnreadableDocument
from marac.parsers.ooxml import tree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from one part to another."""

    kind: str
    """The last word of its type: `worksheet`, `comments`, `vmlDrawing`."""
    target: str


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet that the workbook names."""

    title: str
    name: str
    """The part of the package that holds it."""
    visible: bool


class Package:
    """An opened workbook package."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self._names = frozenset(archive.namelist())
        self._links = self.links(_WORKBOOK)
        self._workbook = tree(archive, _WORKBOOK)
        properties = self._workbook.find(MAIN + "workbookPr")
        self.since_1904 = properties is not None and properties.get("date1904") in ("1", "true", "on")

    def sheets(self) -> Iterator[SheetPart]:
        """The sheets of cells, in the order of their tabs. Charts have sheets of another kind."""
        found = False
        for sheet in self._workbook.iter(MAIN + "sheet"):
            link = self._links.get(sheet.get(RELATION) or "")
            if link is not None and link.kind == "worksheet" and link.target in self._names:
                found = True
                yield SheetPart(sheet.get("name") or "", link.target, sheet.get("state", "visible") == "visible")
        if not found:
            raise UnreadableDocument("The workbook is damaged: its sheets cannot be read.")

    def shared(self, kind: str) -> etree._Element | None:
        """The part that the workbook shares with all its sheets (`styles`, `sharedStrings`), if there is one."""
        target = next((link.target for link in self._links.values() if link.kind == kind), "")
        return tree(self.archive, target) if target in self._names else None

    def has(self, name: str) -> bool:
        """Whether the package has this part."""
        return name in self._names

    def links(self, name: str) -> dict[str, Link]:
        """The relations of one part, by their id."""
        return links_of(self.archive, name, self._names)


def links_of(archive: zipfile.ZipFile, name: str, names: Collection[str] | None = None) -> dict[str, Link]:
    """The relations of one part, by their id. `names` are those of all parts, where they are at hand."""
    folder, base = posixpath.split(name)
    relations = f"{folder}/_rels/{base}.rels"
    if relations not in (names or archive.namelist()):
        return {}
    return {
        each.get("Id") or "": Link(
            (each.get("Type") or "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, each.get("Target") or "")).lstrip("/"),
        )
        for each in tree(archive, relations).iterchildren("{*}Relationship")
        if each.get("TargetMode") != "External"
    }
