"""A copy of a template with a Word comment at each fault, for whoever mends it in Word."""

import io
from collections.abc import Sequence
from typing import Any

from marac.errors import TemplateError
from marac.generators.template_faults import Fault
from marac.generators.word_file import MAIN_PART, W

_AUTHOR, _INITIALS = "marac", "m"


def annotated(template: bytes, found: Sequence[Fault]) -> bytes:
    """The same file with a comment at each fault; what concerns the whole file, a header or a footer is at its beginning.

    The template itself is never changed; a copy with comments is refused as a template, so it cannot be used by mistake.

    Raises:
        TemplateError: Word's own programs cannot open it either, or it holds macros.
    """
    document = _opened(template)
    paragraphs = list(document.element.body.iter(f"{W}p"))
    first = paragraphs[0] if paragraphs else document.add_paragraph()._p  # noqa: SLF001 - python-docx has no other name for it
    for fault in found:
        here = fault.place is not None and fault.place.part == MAIN_PART
        paragraph = paragraphs[fault.place.paragraph] if fault.place is not None and here else first
        quoted = fault.place.quoted if fault.place is not None and here else ""
        words = fault.what if here else str(fault)
        document.add_comment(_runs(document, paragraph, quoted), text=words, author=_AUTHOR, initials=_INITIALS)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _opened(template: bytes) -> Any:
    import docx

    try:
        return docx.Document(io.BytesIO(template))
    except Exception:  # noqa: BLE001 - whatever a broken file makes of the library, it cannot be opened
        raise TemplateError(
            "No copy with comments can be made: this file cannot be opened as a Word document."
        ) from None


def _runs(document: Any, paragraph: Any, quoted: str) -> list[Any]:
    """The stretches of a paragraph that hold the tag; all of it where it is not found there."""
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    outermost = next(reversed([paragraph, *paragraph.iterancestors(f"{W}p")]))  # no comment stands in a text box
    whole = Paragraph(outermost, document)
    found = [
        Run(each, whole) for each in outermost.iter(f"{W}r") if next(each.iterancestors(f"{W}p")) is outermost
    ] or [whole.add_run("")]
    begins = "".join(run.text for run in found).find(quoted) if quoted else -1
    if begins < 0:
        return found
    position, holding = 0, []
    for run in found:
        if position < begins + len(quoted) and position + len(run.text) > begins:
            holding.append(run)
        position += len(run.text)
    return holding or found
