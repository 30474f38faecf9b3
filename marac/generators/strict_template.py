"""docxtpl made strict: broken XML is refused before its parser can mend it by dropping text.

docxtpl parses what it filled with lxml's `recover=True`, which silently ends a document at the first `<` of an
unescaped value (https://github.com/elapouya/python-docx-template/issues/557).
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docxtpl import DocxTemplate
from lxml import etree

from marac.errors import TemplateError
from marac.generators.template_language import Language, printed_with
from marac.generators.word_file import W, parsed, text_of

_LINE_STARTS = re.compile(r"(?=<w:p[ >])|(?:(?<=</w:p>)|(?<=</w:tr>)|(?<=</w:tbl>)|(?<=</w:tblGrid>))(?=\{%)")
_PERSONAL_PARTS = {
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_PROPERTIES,
    RELATIONSHIP_TYPE.THUMBNAIL,
}


@dataclass(frozen=True, slots=True, repr=False)
class FilledPart:
    """What one part of the file must hold once it is saved."""

    name: str
    text: str
    """All its text, as read from the filled XML."""
    printed: tuple[str, ...]
    """Every value that the template printed there, in order."""
    fixed: tuple[str, ...]
    """The template's own words there, outside `for` and `if`, in order."""


@dataclass(slots=True)
class _Filling:
    values: Mapping[str, object]
    parts: list[FilledPart] = field(default_factory=list)


class StrictTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """A template that is filled once, whole or not at all."""

    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))
        self._filling = _Filling({})

    def filled(self, values: Mapping[str, object], title: str) -> tuple[bytes, tuple[FilledPart, ...]]:
        """The filled file, and what each of its parts must hold.

        Raises:
            TemplateError: a tag cannot be understood, or the tags stand so that the filled file would be broken.
        """
        self._filling = _Filling(values)
        self.render(dict(values), Language(), autoescape=True)
        self._forget_the_author(title)
        target = io.BytesIO()
        self.docx.save(target)
        return target.getvalue(), tuple(self._filling.parts)

    def sources(self) -> Iterator[str]:
        """The source of each part that is filled: its XML with Jinja tags, each paragraph beginning a line."""
        self.init_docx()
        yield in_lines(self.patch_xml(self.get_xml()))
        for uri in (self.HEADER_URI, self.FOOTER_URI):
            for _, part in self.get_headers_footers(uri):
                yield in_lines(self.patch_xml(self.get_part_xml(part)))

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        """Fill one part; docxtpl's own rewriting of `{_{` is left out, so that such a value prints as it is."""
        del jinja_env
        source = in_lines(src_xml)
        words, printed = printed_with(source, context)
        xml = self.resolve_listing(words.replace("\n<w:p", "<w:p"))
        try:
            text = text_of(parsed(xml))
        except TemplateError:
            raise TemplateError("The template's for and if tags stand so that the document would be broken.") from None
        name = str(part.partname).removeprefix("/")
        self._filling.parts.append(FilledPart(name, text, printed, tuple(_fixed_words(source))))
        return cast("str", xml)

    def render_properties(self, *_: object, **__: object) -> None:
        """Fill no document properties: they are reset."""

    def render_footnotes(self, *_: object, **__: object) -> None:
        """Fill no footnotes: docxtpl fills them once a section, so that values would be run as tags the second time."""

    def fix_tables(self, xml: str) -> etree._Element:
        """The filled body, with an empty paragraph wherever Word insists on one and a loop left none."""
        body: etree._Element = super().fix_tables(xml)
        for empty in [made for made in body.iter(f"{W}tbl") if made.find(f"{W}tr") is None]:
            empty.addprevious(OxmlElement("w:p"))
            empty.getparent().remove(empty)  # type: ignore[union-attr]  # a table always stands in something
        for cell in body.iter(f"{W}tc"):
            if not len(cell) or cell[-1].tag != f"{W}p":
                cell.append(OxmlElement("w:p"))
        return body

    def _forget_the_author(self, title: str) -> None:
        package = self.docx.part.package
        for key in [key for key, link in package.rels.items() if link.reltype in _PERSONAL_PARTS]:
            del package.rels[key]
        properties = self.docx.core_properties
        for entry in list(properties._element):  # noqa: SLF001 - python-docx has no way to take a property away
            properties._element.remove(entry)  # noqa: SLF001
        properties.title = title
        properties.author = ""
        properties.last_modified_by = ""
        properties.language = "en-GB"


def in_lines(xml: str) -> str:
    """The same XML with each paragraph, and each tag between rows or paragraphs, on a line of its own."""
    return _LINE_STARTS.sub("\n", xml)


def _fixed_words(source: str) -> Iterator[str]:
    """The template's own words outside every `for` and `if`: those must be in each document made from it."""
    depth = 0
    for piece in re.split(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", source, flags=re.DOTALL):
        if piece.startswith("{%"):
            depth += -1 if re.match(r"\{%\s*end", piece) else bool(re.match(r"\{%\s*(for|if)\b", piece))
        elif depth == 0 and not piece.startswith(("{{", "{#")):
            for words in re.findall(r"<w:t(?: [^>]*)?>([^<]*)(?:</w:t>|$)|^([^<>]*)</w:t>", piece):
                yield _unescaped("".join(words))


def _unescaped(xml_text: str) -> str:
    return "".join(map(str, parsed(f"<t>{xml_text}</t>").itertext()))
