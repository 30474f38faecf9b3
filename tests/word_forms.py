"""Makes Word forms for the tests: paragraphs and tables in a short notation, as a real .docx."""

import re
import zipfile
from collections.abc import Sequence
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
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def raw_word(body: str, *, before: str = "") -> Document:
    """A Word package whose body is this XML; `before` stands ahead of the root element."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("word/document.xml", f"{before}<w:document {_NAMES}><w:body>{body}</w:body></w:document>")
    return Document("form.docx", WORD, content.getvalue())
