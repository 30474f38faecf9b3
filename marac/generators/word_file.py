"""A Word file as parts and text, and what a template must not hold because it would travel in every letter."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from marac.errors import TemplateError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN_PART = "word/document.xml"

_MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MOST_PARTS, _MOST_BYTES = 500, 40_000_000  # far above any letter; a template beyond this is a mistake or an attack
_CHANGES = ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "tblPrEx", "tcPr", "trPr", "numbering")
_TRACKED = (
    *(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")),
    *(f"{W}{name}Change" for name in _CHANGES),
)
_FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "TOC", "PAGEREF", "REF", "STYLEREF", "SEQ"}
_FORM_FIELDS = {"HYPERLINK", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"}
_PARTS_THAT_RUN = re.compile(
    r"vbaProject|vbaData|activeX|/embeddings/|oleObject|/afchunk|\.(mht|rtf|html?)$", re.IGNORECASE
)


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a Word file: name to bytes, in the order of the file.

    Raises:
        TemplateError: this is no Word file, or it is damaged, or far too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_PARTS or sum(member.file_size for member in members) > _MOST_BYTES:
                raise TemplateError("This Word file is far larger than a template should be.")
            return {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        raise TemplateError(
            "This is not a Word file that can be read. Open it in Word and save it as a Word document (.docx)."
        ) from None


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


def text_of(root: etree._Element) -> str:
    """All text that a reader of the part sees, in order; paragraphs, line breaks and tabs are white space."""
    return "".join(_pieces(root))


def own_text(paragraph: etree._Element) -> str:
    """The text of one paragraph, without that of text boxes anchored in it."""
    return "".join(
        node.text or "" for node in paragraph.iter(f"{W}t") if next(node.iterancestors(f"{W}p"), None) is paragraph
    )


def hazards(parts: Mapping[str, bytes]) -> tuple[str, ...]:
    """What must be taken out of a template before it is used, each in one sentence.

    Source: tracked deletions keep filled-in names in the history of every letter; macros, embedded objects and links
    to other files act on the computer of whoever opens the letter.
    """
    found = [*_hazards_of_package(parts)]
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            found += _hazards_of_part(name, parsed(content))
    return tuple(dict.fromkeys(found))


def _pieces(root: etree._Element) -> Iterator[str]:
    for node in root.iter(f"{W}p", f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        if node.tag == f"{W}t":
            yield node.text or ""
        elif node.tag == f"{W}noBreakHyphen":
            yield "-"
        elif node.tag != f"{W}tab" or _inside_run(node):  # elsewhere a tab is a tab stop
            yield "\n"


def _inside_run(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag == f"{W}r"


def _hazards_of_package(parts: Mapping[str, bytes]) -> Iterator[str]:
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any("vba" in name.lower() for name in parts):
        yield "It holds macros. Save it as a Word document without macros (.docx)."
    elif _MAIN_TYPE not in types or MAIN_PART not in parts:
        yield "It is not an ordinary Word document. Open it in Word and save it as a Word document (.docx)."
    elif any(_PARTS_THAT_RUN.search(name) for name in parts):
        yield "It holds an embedded object or another file inside it. Take it out, or put its words into the template."


def _hazards_of_part(name: str, root: etree._Element) -> Iterator[str]:
    if _holds(root, *_TRACKED):
        yield "It holds tracked changes, which would travel in every letter. Accept or reject all changes, then save it."
    if _holds(root, f"{W}comment", f"{W}commentReference"):
        yield "It holds comments, which would travel in every letter. Delete all comments, then save it."
    if _holds(root, f"{W}altChunk", f"{W}object"):
        yield "It holds an embedded object or another file inside it. Take it out, or put its words into the template."
    if name.endswith(".rels") and any(_fetches(link) for link in root):
        yield "It is linked to a file elsewhere. Put pictures into the template itself and detach any template it rests on."
    for code in _field_codes(root):
        if code not in _FIELDS | _FORM_FIELDS:
            yield f"It holds the Word field {code[:20]}, which is not used here. Take it out."


def _holds(root: etree._Element, *tags: str) -> bool:
    return next(root.iter(*tags), None) is not None


def _fetches(link: etree._Element) -> bool:
    """Whether Word would fetch what the link points to; web and mail addresses wait for a click."""
    if link.get("TargetMode") != "External":
        return False
    follows_a_click = str(link.get("Type", "")).endswith("/hyperlink")
    return not (
        follows_a_click and str(link.get("Target", "")).lower().startswith(("https://", "http://", "mailto:", "tel:"))
    )


def _field_codes(root: etree._Element) -> Iterator[str]:
    simple = [node.get(f"{W}instr") or "" for node in root.iter(f"{W}fldSimple")]
    for paragraph in root.iter(f"{W}p"):
        yield from _first_words(_complex_codes(paragraph))
    yield from _first_words(simple)


def _complex_codes(paragraph: etree._Element) -> Iterator[str]:
    """The codes of fields written as begin, instruction runs (often split by Word), separate or end."""
    code: list[str] = []
    for node in paragraph.iter(f"{W}fldChar", f"{W}instrText"):
        if node.tag == f"{W}instrText":
            code.append(node.text or "")
        elif code:
            yield "".join(code)
            code = []
    if code:
        yield "".join(code)


def _first_words(codes: Iterator[str] | list[str]) -> Iterator[str]:
    for code in codes:
        words = code.split()
        if words:
            yield words[0].upper()
