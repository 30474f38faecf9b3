"""The styles of a Word file that hide the text they are given."""

import zipfile
from collections.abc import Collection

from lxml import etree

from marac.parsers.ooxml import part, root_of
from marac.parsers.word.xml import OFF, VAL, W

_BASED_ON = W + "basedOn"
_ID = W + "styleId"
_STYLE = W + "style"
_STYLES = "word/styles.xml"
_VANISH = f"{W}rPr/{W}vanish"
_MET: dict[tuple[int, int], frozenset[str]] = {}
"""Styles met before, by checksum and size: every form of an area has the same ones."""
_MOST_MET = 200
_DEEPEST = 11  # styles may be based on one another only so far in Word


def hidden_styles(archive: zipfile.ZipFile, names: Collection[str]) -> Collection[str]:
    """The ids of the styles whose text is not shown, by themselves or by the style they are based on.

    Raises:
        UnreadableDocument: the styles are damaged.
    """
    if _STYLES not in names:
        return ()
    entry = archive.getinfo(_STYLES)
    known = _MET.get((entry.CRC, entry.file_size))
    if known is None:
        if len(_MET) > _MOST_MET:
            _MET.clear()
        known = _MET[entry.CRC, entry.file_size] = _hidden_in(part(archive, _STYLES))
    return known


def _hidden_in(data: bytes) -> frozenset[str]:
    if b"vanish" not in data:
        return frozenset()
    styles = {style.get(_ID) or "": style for style in root_of(data).iter(_STYLE)}
    return frozenset(name for name in styles if _is_hidden(name, styles))


def _is_hidden(name: str, styles: dict[str, etree._Element]) -> bool:
    for _ in range(_DEEPEST):
        style = styles.get(name)
        if style is None:
            return False
        vanish = style.find(_VANISH)
        if vanish is not None:
            return vanish.get(VAL) not in OFF
        base = style.find(_BASED_ON)
        name = "" if base is None else base.get(VAL) or ""
    return False
