"""What stands beside the text of a Word file: footnotes and endnotes, and comments in the margin."""

import re
import zipfile
from collections.abc import Collection, Iterator

from marac.parsers.blocks import Block, Line
from marac.parsers.ooxml import part, root_of
from marac.parsers.word.part import Part
from marac.parsers.word.story import Story
from marac.parsers.word.xml import T, W

_COMMENTS = "word/comments.xml"
_COMMENTED = "The file has comments in its margin, which are no part of the form and were not read. Open it and look."
_NOTE = {"word/footnotes.xml": W + "footnote", "word/endnotes.xml": W + "endnote"}
_TEXT = re.compile(rb"<(?:\w+:)?t[ >]")
_WHERE = "page footer, note"


def notes_of(archive: zipfile.ZipFile, names: Collection[str], hidden_styles: Collection[str]) -> Iterator[Block]:
    """The footnotes and endnotes, which stand at the edge of the page, and a line that says there are comments.

    Raises:
        UnreadableDocument: they are damaged.
    """
    for name, tag in _NOTE.items():
        data = part(archive, name) if name in names else b""
        if not _TEXT.search(data):
            continue
        found = Part(root_of(data), hidden_styles)
        story = Story(found, _WHERE)
        for note in found.root.iter(tag):
            yield from story.blocks(note)
    comments = part(archive, _COMMENTS) if _COMMENTS in names else b""
    if _TEXT.search(comments) and any((text.text or "").strip() for text in root_of(comments).iter(T)):
        yield Line((), "", unread=_COMMENTED)
