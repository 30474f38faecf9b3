"""Filling a Word template: the one way in which a document is made."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from marac.document import WORD, Document
from marac.errors import TemplateError

if TYPE_CHECKING:
    from marac.generators.strict_template import FilledPart


def filled(
    template: bytes, values: Mapping[str, object], *, name: str, title: str = "", safe_addresses: bool = False
) -> Document:
    """The template with its fields filled in, as a file of this name.

    The saved file is opened again: every value printed and every fixed word of the template must be in it. The same
    template and values give the same bytes.

    Args:
        template: A Word file (.docx) with tags.
        values: Field to text, date, number, yes/no, None, a record of such fields, or a tuple of records.
        name: The name of the new file.
        title: The document's title, among its properties; the stem of its name where none is given. It must name no person.
        safe_addresses: Whether this document may print where somebody lives and telephone numbers.

    Raises:
        TemplateError: the template holds what must not travel (tracked changes, comments, macros, links to files) or
            has a tag that cannot be filled, or prints an address where none may stand, or a word would be lost.
    """
    _refuse_unsound(template)
    saved, expected = _saved(template, values, title or name.removesuffix(".docx"), safe_addresses=safe_addresses)
    _refuse_lost_text(saved, expected)
    return Document(name, WORD, saved)


def printed_by(template: bytes, values: Mapping[str, object]) -> tuple[str, ...]:
    """Every value that the template prints, as words, addresses too; nothing is made.

    Raises:
        TemplateError: it cannot be filled.
    """
    from marac.generators.strict_template import ready

    _refuse_unsound(template)
    with _in_words():
        return ready(template).printed(values)


def _refuse_unsound(template: bytes) -> None:
    fault = _first_fault(template)
    if fault:
        raise TemplateError(f"This Word template cannot be used. {fault}")


@lru_cache(maxsize=32)  # one template makes a document for each agency
def _first_fault(template: bytes) -> str | None:
    from marac.generators.template_faults import stories
    from marac.generators.template_hazards import hazards
    from marac.generators.template_tags import structure_faults
    from marac.generators.word_file import unpacked

    parts = unpacked(template)
    return next(map(str, (*hazards(parts), *structure_faults(parts, stories(parts)))), None)


def _saved(
    template: bytes, values: Mapping[str, object], title: str, *, safe_addresses: bool
) -> "tuple[bytes, tuple[FilledPart, ...]]":
    from marac.generators.strict_template import ready

    with _in_words():
        return ready(template).filled(values, title, safe_addresses=safe_addresses)


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """Say in a sentence what Jinja says in its own words.

    Raises:
        TemplateError: the template cannot be filled.
    """
    from jinja2 import TemplateError as JinjaError
    from jinja2 import UndefinedError

    try:
        yield
    except UndefinedError as error:
        raise TemplateError(f"This Word template names a field that is not known ({_quoted(error)}).") from None
    except (JinjaError, ArithmeticError, AttributeError, KeyError, IndexError, TypeError, ValueError):
        raise TemplateError(
            "This Word template cannot be filled. Start again from a copy of the shipped one."
        ) from None


def _quoted(error: Exception) -> str:
    """The field that Jinja's message names: it quotes names from the template, never values."""
    quoted = str(error).split("'")
    return f"'{quoted[-2]}'" if len(quoted) > 2 else "a field of a field"


def _refuse_lost_text(content: bytes, expected: "Sequence[FilledPart]") -> None:
    from marac.generators.strict_template import letters_of
    from marac.generators.word_file import parsed, unpacked

    parts = unpacked(content, only={part.name for part in expected})
    for part in expected:
        saved = letters_of(parsed(parts[part.name])) if part.name in parts else ""
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
