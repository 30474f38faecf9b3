"""The list of fields as a Word document, to lie beside the templates."""

import io
from collections.abc import Sequence

from marac.document import WORD, Document
from marac.generators.field_words import described
from marac.generators.fields import Kind
from marac.generators.word_file import packed, unpacked

_HOW = (
    "Write a field between two pairs of brackets where it is to be printed: {{ marac }}. A list is gone through with "
    "{%tr for c in cases %} and {%tr endfor %}, each alone in a row of a table, or {%p for c in cases %} and {%p endfor %}, "
    "each alone in a paragraph; between them the fields of an entry are {{ c.reference }} and so on. What may be missing "
    "is left out with {%p if c.repeat %} and {%p endif %}. After each change: marac template check."
)
_HEADS = ("Field", "What it holds", "Kind")


def field_list(kinds: Sequence[Kind]) -> Document:
    """The fields of these kinds of document, a table each. It holds no tag, so it is no template."""
    import docx
    from docx.shared import Cm

    document = docx.Document()
    document.core_properties.author = ""
    document.add_heading("Fields of the templates", 0)
    document.add_paragraph(_HOW)
    for kind in kinds:
        document.add_heading(f"{kind}.docx", 1)
        table = document.add_table(rows=1, cols=3, style="Table Grid")
        for cell, words in zip(table.rows[0].cells, _HEADS, strict=True):
            cell.paragraphs[0].add_run(words).bold = True
        for field in described(kind):
            cells = table.add_row().cells
            for cell, words, width in zip(
                cells, (_indented(field.depth, field.name), field.words, field.shape), (6, 8, 3), strict=True
            ):
                cell.text, cell.width = words, Cm(width)
    target = io.BytesIO()
    document.save(target)
    return Document("fields of the templates.docx", WORD, packed(unpacked(target.getvalue())))


def _indented(depth: int, name: str) -> str:
    return "\N{NO-BREAK SPACE}" * 4 * depth + name
