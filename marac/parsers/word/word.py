"""Word: the tables, paragraphs, headers and text boxes of a .docx, .docm or .dotx in the state a reader sees.

Tracked changes are read as accepted. Content controls stand at every level (body, row, cell, run), so the walk passes
through them everywhere. Only the first choice of alternative content is read: the other says the same once more.
"""

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator

from marac.document import Document
from marac.parsers.blocks import Allowance, Block, Line, UnreadableDocument
from marac.parsers.ooxml import holds, package, tree
from marac.parsers.word.notes import notes_of
from marac.parsers.word.part import Part
from marac.parsers.word.story import Story
from marac.parsers.word.styles import hidden_styles
from marac.parsers.word.xml import W

_BODY = W + "body"
_MAIN = "word/document.xml"
_HEADER_FOOTER = re.compile(r"word/(header|footer)\d*\.xml")


class Word:
    """Word files that are zip packages."""

    name = "Word"

    def __init__(self, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()

    def recognises(self, document: Document) -> bool:
        """Whether the package has a Word part."""
        return holds(document, "word/")

    def blocks(self, document: Document) -> Iterable[Block]:
        """Page headers, then the body in reading order, then page footers.

        Raises:
            UnreadableDocument: damaged, locked or beyond the limits.
        """
        with package(document) as archive:
            names = frozenset(archive.namelist())
            hidden = hidden_styles(archive, names)
            edges = sorted(name for name in names if _HEADER_FOOTER.fullmatch(name))
            main = Part(tree(archive, _MAIN if _MAIN in names else _main_part(archive)), hidden)
            found = [
                *_edges(archive, (name for name in edges if "header" in name), "page header", hidden),
                *_body(main),
                *_edges(archive, (name for name in edges if "footer" in name), "page footer", hidden),
                *notes_of(archive, names, hidden),
            ]
        unread = _unread(main)
        if not found:
            raise UnreadableDocument(unread[0].unread if unread else "The Word file has no text in it.")
        return [*found, *unread]

    def blocks_again(self, document: Document) -> Iterable[Block] | None:  # noqa: ARG002 - one way so far
        """There is no second way yet."""
        return None


def _body(main: Part) -> Iterator[Block]:
    body = main.root.find(_BODY)
    if body is None:
        raise UnreadableDocument("The Word file is damaged: it has no text body.")
    yield from Story(main).blocks(body)


def _unread(main: Part) -> list[Line]:
    main.check()
    return [Line((), where, unread=sentence) for sentence, where in main.notes.items()]


def _main_part(archive: zipfile.ZipFile) -> str:
    """The part that holds the text, where it has an unusual name."""
    for relationship in tree(archive, "_rels/.rels"):
        if (relationship.get("Type") or "").endswith("/officeDocument"):
            return (relationship.get("Target") or "").lstrip("/")
    raise UnreadableDocument("The Word file is damaged: it does not say where its text is.")


def _edges(archive: zipfile.ZipFile, names: Iterable[str], where: str, hidden: Collection[str]) -> Iterator[Block]:
    """The page headers or footers. Their pictures are letterheads, and are not spoken of."""
    for name in names:
        edge = Part(tree(archive, name), hidden)
        yield from Story(edge, where).blocks(edge.root)
        edge.notes.clear()
        yield from _unread(edge)
