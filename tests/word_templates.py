"""Small Word templates, and files that were made from templates, read back."""

import io
from collections.abc import Sequence

import docx
from docx.table import Table

from marac.generators.fields import RECORDS
from marac.generators.word_file import packed, unpacked

TEMPLATES = tuple(RECORDS)
"""Every kind of document that there is a Word template for."""


def template(*paragraphs: str, rows: Sequence[Sequence[str]] = (), header: str = "", footer: str = "") -> bytes:
    """A template with these paragraphs, then a table with these rows."""
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for cells in rows:
            for cell, words in zip(table.add_row().cells, cells, strict=True):
                cell.text = words
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = footer
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def with_part(content: bytes, name: str, old: str, new: str) -> bytes:
    """The same file with something replaced in one part."""
    parts = unpacked(content)
    xml = parts[name].decode("utf-8")
    assert old in xml, f"{old} is not in {name}"
    return packed({**parts, name: xml.replace(old, new, 1).encode("utf-8")})


def with_file(content: bytes, name: str, added: bytes) -> bytes:
    """The same file with another part in it."""
    return packed({**unpacked(content), name: added})


def words_of(content: bytes) -> str:
    """All that a reader of the file sees, header and footer included, one paragraph or cell a line."""
    document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    lines: list[str] = []
    for story in (document, section.header, section.footer):
        for block in story.iter_inner_content():
            lines += _lines_of_table(block) if isinstance(block, Table) else [block.text]
    return "\n".join(lines)


def _lines_of_table(table: Table) -> list[str]:
    """The text of each cell; one that reaches over several columns counts once."""
    cells = {cell._tc: cell.text for row in table.rows for cell in row.cells}
    return list(cells.values())
