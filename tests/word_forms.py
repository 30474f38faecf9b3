"""Makes Word forms for the tests: paragraphs and tables in a short notation, as a real .docx."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_COLOR_INDEX

from marac.document import WORD, Document

_LOOKS = re.compile(r"(\*\*.+?\*\*|__.+?__|~~.+?~~|\^\^.+?\^\^)", re.DOTALL)


def word_form(*parts: str | Sequence[Sequence[str]]) -> Document:
    """A Word document of these parts.

    A string is a paragraph (`# ` begins a heading), a list of rows is a table. `**bold**`, `__underlined__`,
    `~~struck~~` and `^^highlighted^^` set the look; a cell `<` is merged with the one to its left, `^` with the one above.
    """
    made = docx.Document()
    for part in parts:
        if isinstance(part, str):
            heading = part.startswith("# ")
            paragraph = made.add_paragraph(style="Heading 2" if heading else None)
            _write(paragraph, part.removeprefix("# "))
        else:
            _table(made, part)
    content = BytesIO()
    made.save(content)
    return Document("form.docx", WORD, content.getvalue())


def _table(made: Any, rows: Sequence[Sequence[str]]) -> None:
    table = made.add_table(len(rows), max(len(row) for row in rows))
    table.style = "Table Grid"
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text == "<":
                table.cell(number, column - 1).merge(table.cell(number, column))
            elif text == "^":
                table.cell(number - 1, column).merge(table.cell(number, column))
            elif text:
                _fill(table.cell(number, column), text)


def _fill(cell: Any, text: str) -> None:
    for index, line in enumerate(text.split("\n")):
        _write(cell.paragraphs[0] if index == 0 else cell.add_paragraph(), line)


def _write(paragraph: Any, text: str) -> None:
    for piece in _LOOKS.split(text):
        if not piece:
            continue
        mark = piece[:2] if _LOOKS.fullmatch(piece) else ""
        run = paragraph.add_run(piece[2:-2] if mark else piece)
        run.bold = True if mark == "**" else None
        run.underline = True if mark == "__" else None
        run.font.strike = True if mark == "~~" else None
        if mark == "^^":
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def raw_word(body: str, *, before: str = "", parts: Mapping[str, str] | None = None) -> Document:
    """A Word package whose body is this XML; `before` stands ahead of the root element.

    `parts` are other parts by their name in the folder `word`, each with its root element but without its names.
    """
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("word/document.xml", f"{before}<w:document {_NAMES}><w:body>{body}</w:body></w:document>")
        for name, xml in (parts or {}).items():
            package.writestr(f"word/{name}", re.sub(r"(?<=^<)(w:\w+)", rf"\1 {_NAMES}", xml, count=1))
    return Document("form.docx", WORD, content.getvalue())
