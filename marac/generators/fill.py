"""Filling a Word template: the one way in which a document is made."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from marac.document import WORD, Document
from marac.errors import TemplateError

if TYPE_CHECKING:
    from marac.generators.strict_template import FilledPart


def filled(template: bytes, values: Mapping[str, object], *, name: str) -> Document:
    """The template with its fields filled in, as a file of this name.

    The saved file is opened again: every value printed and every fixed word of the template must be in it. The same
    template and values give the same bytes.

    Args:
        template: A Word file (.docx) with tags.
        values: Field to text, date, number, yes/no, None, a record of such fields, or a tuple of records.
        name: The name of the new file; its stem becomes the document's title, so it must name no person.

    Raises:
        TemplateError: the template holds what must not travel (tracked changes, comments, macros, links to files) or
            has a tag that cannot be filled, or a word would be lost.
    """
    from marac.generators.word_file import packed, unpacked

    fault = _first_fault(template)
    if fault:
        raise TemplateError(f"This Word template cannot be used. {fault}")
    saved, expected = _saved(template, values, title=name.removesuffix(".docx"))
    content = packed(unpacked(saved))
    _refuse_lost_text(content, expected)
    return Document(name, WORD, content)


@lru_cache(maxsize=8)  # one template makes a document for each agency
def _first_fault(template: bytes) -> str | None:
    from marac.generators.template_tags import structure_faults
    from marac.generators.word_file import hazards, unpacked

    parts = unpacked(template)
    return next(iter((*hazards(parts), *structure_faults(parts))), None)


def _saved(template: bytes, values: Mapping[str, object], title: str) -> "tuple[bytes, tuple[FilledPart, ...]]":
    from jinja2 import TemplateError as JinjaError
    from jinja2 import UndefinedError

    from marac.generators.strict_template import StrictTemplate

    try:
        return StrictTemplate(template).filled(values, title)
    except UndefinedError as error:
        raise TemplateError(f"This Word template names a field that is not known ({_quoted(error)}).") from None
    except (JinjaError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise TemplateError(
            "This Word template cannot be filled. Start again from a copy of the shipped one."
        ) from None


def _quoted(error: Exception) -> str:
    """The field that Jinja's message names: it quotes names from the template, never values."""
    quoted = str(error).split("'")
    return f"'{quoted[-2]}'" if len(quoted) > 2 else "a field of a field"


def _refuse_lost_text(content: bytes, expected: "Sequence[FilledPart]") -> None:
    from marac.generators.word_file import parsed, text_of, unpacked

    parts = unpacked(content)
    for part in expected:
        saved = _words(text_of(parsed(parts[part.name]))) if part.name in parts else ""
        if saved != _words(part.text) or not (_in_order(part.printed, saved) and _in_order(part.fixed, saved)):
            raise TemplateError(
                "Words would be lost from this document, so it was not made. The template prints a field where Word "
                "shows no text, or text stands between its tags where it cannot stay."
            )


def _in_order(pieces: Sequence[str], text: str) -> bool:
    position = 0
    for piece in map(_words, pieces):
        found = text.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return True


def _words(text: str) -> str:
    """The text with all white space taken out: Word's paragraphs, breaks and tabs stand for it."""
    return "".join(text.split())
