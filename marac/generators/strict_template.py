"""A template made ready once and filled many times, strictly: broken XML is refused, never mended by dropping text.

docxtpl brings Word's tags into order, which is done once a template. Its own way of filling is not used: it parses what it
filled with lxml's `recover=True`, which silently ends a document at the first `<` of an unescaped value
(https://github.com/elapouya/python-docx-template/issues/557), and opens and orders the template anew for each document.
"""

import copy
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docxtpl import DocxTemplate
from jinja2 import Template
from lxml import etree

from marac.errors import TemplateError
from marac.generators.template_language import clean, compiled, printed_with
from marac.generators.word_file import MAIN_PART, W, packed, parsed, unpacked

_LINE_STARTS = re.compile(r"(?=<w:p[ >])|(?:(?<=</w:p>)|(?<=</w:tr>)|(?<=</w:tbl>)|(?<=</w:tblGrid>))(?=\{%)")
_PERSONAL_PARTS = {
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_PROPERTIES,
    RELATIONSHIP_TYPE.THUMBNAIL,
}
_PROPERTIES = "docProps/core.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FIRST_PICTURE = 1001
_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_FIXED = re.compile(r"<w:t(?: [^>]*)?>([^<]*)(?:</w:t>|$)|^([^<>]*)</w:t>")


@dataclass(frozen=True, slots=True, repr=False)
class FilledPart:
    """What one part of the file must hold once it is saved; white space counts for nothing."""

    name: str
    text: str
    """All its letters, as read from the filled XML."""
    printed: tuple[str, ...]
    """Every value that the template printed there, in order."""
    fixed: tuple[str, ...]
    """The template's own words there, outside `for` and `if`, in order."""


@dataclass(frozen=True, slots=True)
class _Source:
    """One part of the template, ready to be filled."""

    name: str
    template: Template
    fixed: tuple[str, ...]


@lru_cache(maxsize=32)  # one template makes a document for each agency
def ready(content: bytes) -> "StrictTemplate":
    """The template, made ready once.

    Raises:
        TemplateError: a tag cannot be understood, or is more than a field, `for` and `if`.
    """
    return StrictTemplate(content)


class StrictTemplate:
    """A template that is filled whole or not at all, as often as wanted."""

    def __init__(self, content: bytes) -> None:
        opened = DocxTemplate(io.BytesIO(content))
        opened.init_docx()
        _forget_the_author(opened.docx)
        self._sources = tuple(_sources(opened))
        target = io.BytesIO()
        opened.docx.save(target)
        self._parts = unpacked(target.getvalue())
        self._document = parsed(self._parts[MAIN_PART])
        for body in self._document.findall(f"{W}body"):
            self._document.remove(body)
        self._properties = parsed(self._parts[_PROPERTIES])

    def filled(
        self, values: Mapping[str, object], title: str, *, safe_addresses: bool = False
    ) -> tuple[bytes, tuple[FilledPart, ...]]:
        """The filled file, and what each of its parts must hold. The same values give the same bytes.

        Raises:
            TemplateError: a tag prints what it may not, or the tags stand so that the filled file would be broken.
        """
        parts, expected = {**self._parts, _PROPERTIES: self._titled(title)}, []
        for source in self._sources:
            words, printed = printed_with(source.template, values, safe_addresses=safe_addresses)
            root = _parsed(words.replace("\n<w:p", "<w:p"))
            expected.append(FilledPart(source.name, letters_of(root), printed, source.fixed))
            if source.name == MAIN_PART:
                root = self._around(_sound(root))
            parts[source.name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return packed(parts), tuple(expected)

    def printed(self, values: Mapping[str, object]) -> tuple[str, ...]:
        """Every value that the template prints, addresses too; nothing is saved.

        Raises:
            TemplateError: a tag prints what has no words.
        """
        filled = (printed_with(source.template, values, safe_addresses=True)[1] for source in self._sources)
        return tuple(word for printed in filled for word in printed)

    def _around(self, body: etree._Element) -> etree._Element:
        document = copy.copy(self._document)
        document.append(body)
        return document

    def _titled(self, title: str) -> bytes:
        properties = copy.copy(self._properties)
        entry = properties.find(_TITLE)
        if entry is not None:
            entry.text = clean(title)
        return etree.tostring(properties, xml_declaration=True, encoding="UTF-8", standalone=True)


def letters_of(root: etree._Element) -> str:
    """All text that a reader of the part sees, in order, without white space: paragraphs and tabs stand for it."""
    return "".join("".join(map(str, root.itertext(f"{W}t", with_tail=False))).split())


def in_lines(xml: str) -> str:
    """The same XML with each paragraph, and each tag between rows or paragraphs, on a line of its own."""
    return _LINE_STARTS.sub("\n", xml)


def _sources(opened: Any) -> Iterator[_Source]:
    """Each part that is filled: footnotes and document properties are none."""
    yield _source(MAIN_PART, opened.patch_xml(opened.get_xml()))
    for uri in (opened.HEADER_URI, opened.FOOTER_URI):
        for _, part in opened.get_headers_footers(uri):
            yield _source(str(part.partname).removeprefix("/"), opened.patch_xml(opened.get_part_xml(part)))


def _source(name: str, patched: str) -> _Source:
    source = in_lines(patched)
    return _Source(name, compiled(source), tuple(_fixed_words(source)))


def _parsed(xml: str) -> etree._Element:
    try:
        return parsed(xml)
    except TemplateError:
        raise TemplateError("The template's for and if tags stand so that the document would be broken.") from None


def _sound(body: etree._Element) -> etree._Element:
    """The filled body, with an empty paragraph wherever Word insists on one and a loop left none."""
    for empty in [made for made in body.iter(f"{W}tbl") if made.find(f"{W}tr") is None]:
        empty.addprevious(OxmlElement("w:p"))
        empty.getparent().remove(empty)  # type: ignore[union-attr]  # a table always stands in something
    for cell in body.iter(f"{W}tc"):
        if not len(cell) or cell[-1].tag != f"{W}p":
            cell.append(OxmlElement("w:p"))
    for picture, number in zip(body.iter(_PICTURE), count(_FIRST_PICTURE)):  # a loop repeats their numbers
        picture.set("id", str(number))
    return body


def _forget_the_author(document: Any) -> None:
    package = document.part.package
    for key in [key for key, link in package.rels.items() if link.reltype in _PERSONAL_PARTS]:
        del package.rels[key]
    properties = document.core_properties
    for entry in list(properties._element):  # noqa: SLF001 - python-docx has no way to take a property away
        properties._element.remove(entry)  # noqa: SLF001
    properties.title = "untitled"
    properties.author = ""
    properties.last_modified_by = ""
    properties.language = "en-GB"


def _fixed_words(source: str) -> Iterator[str]:
    """The template's own words outside every `for` and `if`: those must be in each document made from it."""
    depth = 0
    for piece in _TAG.split(source):
        if piece.startswith("{%"):
            depth += -1 if re.match(r"\{%\s*end", piece) else bool(re.match(r"\{%\s*(for|if)\b", piece))
        elif depth == 0 and not piece.startswith(("{{", "{#")):
            for words in _FIXED.findall(piece):
                yield _unescaped("".join(words))


def _unescaped(xml_text: str) -> str:
    return "".join(map(str, parsed(f"<t>{xml_text}</t>").itertext()))
