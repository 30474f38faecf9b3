"""What a template must not hold because it would travel in every letter, or act on its reader's computer.

Tracked deletions keep filled-in names in the history of every letter; macros, embedded objects, fields that fetch and
links to other files act on the computer of whoever opens it.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from marac.generators.template_faults import Fault, Story
from marac.generators.word_file import MAIN_PART, W, parsed

_MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CHANGES = ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "tblPrEx", "tcPr", "trPr", "numbering")
_TRACKED = (
    *(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")),
    *(f"{W}{name}Change" for name in _CHANGES),
)
_COMMENTS = (f"{W}commentReference", f"{W}commentRangeStart", f"{W}comment")
_EMBEDDED = (f"{W}altChunk", f"{W}object", f"{W}control", f"{W}subDoc")
_FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "TOC", "PAGEREF", "REF", "STYLEREF", "SEQ"}
_FORM_FIELDS = {"HYPERLINK", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"}
_PARTS_THAT_RUN = re.compile(
    r"vbaProject|vbaData|activeX|/embeddings/|oleObject|/afchunk|\.(mht|rtf|html?|bin|exe|js|vbs)$", re.IGNORECASE
)
_HARMLESS_BIN = re.compile(r"printerSettings\d*\.bin$")

_TRACKED_CHANGE = (
    "It holds tracked changes, which would travel in every letter. Accept or reject all changes, then save it."
)
_COMMENT = "It holds comments, which would travel in every letter. Delete all comments, then save it."
_OBJECT = "It holds an embedded object or another file inside it. Take it out, or put its words into the template."
_LINK = "It is linked to a file elsewhere. Put pictures into the template itself and detach any template it rests on."
_MAIL_MERGE = "It is set up for mail merge. In Word: Mailings, Start Mail Merge, Normal Word Document; then save it."


def hazards(parts: Mapping[str, bytes]) -> tuple[Fault, ...]:
    """What must be taken out of a template before it is used; each kind once in each part, where it stands first.

    Raises:
        TemplateError: a part is damaged.
    """
    found = [*_hazards_of_package(parts)]
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            found += _hazards_of_part(Story(name, parsed(content)))
    placed = {fault.what for fault in found if fault.place is not None}
    return tuple(dict.fromkeys(fault for fault in found if fault.place is not None or fault.what not in placed))


def _hazards_of_package(parts: Mapping[str, bytes]) -> Iterator[Fault]:
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any("vba" in name.lower() for name in parts):
        yield Fault("It holds macros. Save it as a Word document without macros (.docx).")
    elif _MAIN_TYPE not in types or MAIN_PART not in parts:
        yield Fault("It is not an ordinary Word document. Open it in Word and save it as a Word document (.docx).")
    elif any(_PARTS_THAT_RUN.search(name) and not _HARMLESS_BIN.search(name) for name in parts):
        yield Fault(_OBJECT)


def _hazards_of_part(story: Story) -> Iterator[Fault]:
    root = story.root
    yield from _first_of(story, _TRACKED_CHANGE, *_TRACKED)
    yield from _first_of(story, _COMMENT, *_COMMENTS)
    yield from _first_of(story, _OBJECT, *_EMBEDDED)
    if next(root.iter(f"{W}mailMerge"), None) is not None:
        yield Fault(_MAIL_MERGE)
    if story.part.endswith(".rels") and any(_fetches(link) for link in root):
        yield Fault(_LINK)
    for code, node in _field_codes(root):
        if code not in _FIELDS | _FORM_FIELDS:
            yield Fault(f"It holds the Word field {code[:20]}, which is not used here. Take it out.", story.place(node))


def _first_of(story: Story, what: str, *tags: str) -> Iterator[Fault]:
    node = next(story.root.iter(*tags), None)
    if node is not None:
        yield Fault(what, story.place(node) if story.paragraphs and node.tag != f"{W}comment" else None)


def _fetches(link: etree._Element) -> bool:
    """Whether Word would fetch what the link points to; web and mail addresses wait for a click."""
    if link.get("TargetMode") != "External":
        return False
    follows_a_click = str(link.get("Type", "")).endswith("/hyperlink")
    return not (
        follows_a_click and str(link.get("Target", "")).lower().startswith(("https://", "http://", "mailto:", "tel:"))
    )


def _field_codes(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The name of each Word field, and where it stands."""
    found = [(node.get(f"{W}instr") or "", node) for node in root.iter(f"{W}fldSimple")]
    for paragraph in root.iter(f"{W}p"):
        found += [(code, paragraph) for code in _complex_codes(paragraph)]
    for code, node in found:
        if words := code.split():
            yield words[0].upper(), node


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
