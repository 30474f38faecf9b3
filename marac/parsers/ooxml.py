"""The zip packages of Office: opened within limits, and their XML without DTD or entities.

The limits are far above any form and far below what a small hostile file can unpack to; all but the last are checked
on the central directory alone, before anything is unpacked.
"""

import re
import zipfile
from io import BytesIO

from lxml import etree

from marac.document import Document
from marac.parsers.blocks import UnreadableDocument

_MEMBERS = 2_000
_PART_BYTES = 40_000_000
_TOTAL_BYTES = 120_000_000
_ENCRYPTED = 0x1
_DIRECTORY_END = 65_557  # bytes at most from the end of a zip to the record that says where its directory is
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)

_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_DECLARED = "The file holds a document type declaration, which no Office program writes."
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))


def looks_zipped(document: Document) -> bool:
    """Whether the bytes begin as a zip archive with something in it."""
    return document.content[:4] == b"PK\x03\x04"


def package(document: Document) -> zipfile.ZipFile:
    """The opened archive.

    Raises:
        UnreadableDocument: it is damaged, locked or beyond the limits.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(document.content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableDocument("The file is damaged or cut off: its contents cannot be unpacked.") from error
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > _MEMBERS or len(names) < len(members):
        raise UnreadableDocument("The file is built in a way no form is (too many parts, or the same part twice).")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise UnreadableDocument("The file is protected with a password. Ask the sender for the password.")
    if any(member.file_size > _PART_BYTES for member in members) or sum(m.file_size for m in members) > _TOTAL_BYTES:
        raise UnreadableDocument("The file unpacks to far more than any form holds, so it was not opened.")
    if sum(m.compress_size for m in members) > len(document.content):
        raise UnreadableDocument("The file is built in a way no form is (its parts overlap).")
    return archive


def holds(document: Document, folder: str) -> bool:
    """Whether the zip's own directory names a part in this folder; False where there is no such directory.

    Only the directory is searched: a file inside the package may be a package of another kind.
    """
    content = document.content
    end = content.rfind(b"PK\x05\x06", -_DIRECTORY_END)
    if not looks_zipped(document) or end < 0:
        return False
    size, start = (
        int.from_bytes(content[end + 12 : end + 16], "little"),
        int.from_bytes(content[end + 16 : end + 20], "little"),
    )
    return (
        re.search(rb"PK\x01\x02.{42}" + re.escape(folder.encode()), content[start : start + size], re.DOTALL)
        is not None
    )


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, unpacked.

    Raises:
        UnreadableDocument: it is missing or damaged.
    """
    try:
        data = archive.read(name)
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UnreadableDocument("The file is damaged: a part of it is missing or cannot be unpacked.") from error
    except Exception as error:  # zlib.error has no common parent with the others
        raise UnreadableDocument("The file is damaged: a part of it cannot be unpacked.") from error
    return data


def tree(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """The root element of one part; Strict names become the common (Transitional) ones.

    Raises:
        UnreadableDocument: the part is missing, damaged, or holds a document type declaration.
    """
    return root_of(part(archive, name))


def root_of(data: bytes) -> etree._Element:
    """The root element of an unpacked part, as `tree` has it.

    Raises:
        UnreadableDocument: it is damaged, or holds a document type declaration.
    """
    if b"purl.oclc.org" in data[:4000]:
        for strict, common in _STRICT:
            data = data.replace(strict, common)
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument("The file is damaged: the text in it cannot be read.") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs do not have it
        raise UnreadableDocument(_DECLARED)
    return root


def refuse_declarations(data: bytes) -> None:
    """Refuses XML that another library will parse, if it declares a document type.

    Raises:
        UnreadableDocument: it does.
    """
    if any(mark in data for mark in _DOCTYPES):
        raise UnreadableDocument(_DECLARED)
