"""A Word file as parts and text."""

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Mapping

from lxml import etree

from marac.errors import TemplateError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN_PART = "word/document.xml"

FILLED_PART = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
"""The parts in which tags are filled."""

_MOST_PARTS, _MOST_BYTES = 500, 40_000_000  # far above any letter; a template beyond this is a mistake or an attack
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError)
_SAVE_AS = "Open it in Word and save it as a Word document (.docx)."
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STARTS = {
    b"{\\rtf": f"This is a rich text file (RTF), whatever its name says. {_SAVE_AS}",
    b"%PDF": "This is a PDF, which cannot be filled in. Use the Word document (.docx) that it was made from.",
    _OLD_OFFICE: f"This is a Word file of the old kind (.doc), whatever its name says. {_SAVE_AS}",
    b"<": f"This is a web page or an XML file, whatever its name says. {_SAVE_AS}",
}


def unpacked(content: bytes, only: Collection[str] | None = None) -> dict[str, bytes]:
    """The parts of a Word file, or only those: name to bytes, in the order of the file.

    Raises:
        TemplateError: this is no Word file, or it is damaged, locked, or far too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_PARTS or sum(member.file_size for member in members) > _MOST_BYTES:
                raise TemplateError("This Word file is far larger than a template should be.")
            if len({member.filename.lower() for member in members}) < len(members):
                raise TemplateError(f"This Word file holds one of its parts twice, so it is damaged. {_SAVE_AS}")
            wanted = (member for member in members if only is None or member.filename in only)
            return {member.filename: archive.read(member) for member in wanted}
    except _BROKEN:
        raise TemplateError(_why_no_word_file(content)) from None


def _why_no_word_file(content: bytes) -> str:
    if content.startswith(_OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in content:
        return (
            "This Word file is locked with a password. Open it in Word, take the password away (File, Info, Protect "
            "Document), and save it."
        )
    start = content.lstrip()[:8]
    named = (words for beginning, words in _STARTS.items() if start.startswith(beginning))
    return next(named, f"This is not a Word file that can be read. {_SAVE_AS}")


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The same parts as one file. The same parts give the same bytes: no clock goes into it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return target.getvalue()


def parsed(xml: bytes | str) -> etree._Element:
    """The root of one part, read strictly: broken XML is refused, never mended by dropping text.

    Raises:
        TemplateError: the XML is broken, or declares entities.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml if isinstance(xml, bytes) else xml.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError:
        raise TemplateError("A part of this Word file is damaged.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise TemplateError("This Word file declares entities, which no Word program writes. Make the template anew.")
    return root


def own_text(paragraph: etree._Element) -> str:
    """The text of one paragraph, without that of text boxes anchored in it."""
    return "".join(
        node.text or "" for node in paragraph.iter(f"{W}t") if next(node.iterancestors(f"{W}p"), None) is paragraph
    )
