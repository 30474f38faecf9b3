"""What one part of a Word file says in passing, found before its text is read; and whether all its text was read."""

from collections.abc import Collection

from lxml import etree

from marac.parsers.word.xml import ALTERNATE, VAL, T, W, alternative, count

_CELL_DEL = W + "cellDel"
_DEL = W + "del"
_GRID_BEFORE = W + "gridBefore"
_HIDDEN = W + "hidden"
_MOVE_FROM = W + "moveFrom"
_P_PR = W + "pPr"
_P_STYLE = W + "pStyle"
_R_PR = W + "rPr"
_RT = W + "rt"
_TC_PR = W + "tcPr"
_TR_PR = W + "trPr"
_TEXTS = etree.XPath("count(//w:t)", namespaces={"w": W[1:-1]})
_MOST_LOOKED_AT = 50_000  # pieces of text, one by one; no form has a tenth of them
_NOT_READ = "Some text in the file stands in a place that could not be read. Open it and look."
ELSEWHERE = frozenset((W + "altChunk", W + "subDoc"))
BROUGHT_IN = "A part of the file was brought in from another file, and it was not read. Open it and look."
_NOT_SHOWN = frozenset((_DEL, _MOVE_FROM, _RT))


class Part:
    """One part: the document, a header, a footer, its notes."""

    __slots__ = ("before", "gone", "hidden", "hidden_styles", "joined", "notes", "root", "texts")

    def __init__(self, root: etree._Element, hidden_styles: Collection[str] = ()) -> None:
        self.root = root
        self.hidden_styles = hidden_styles
        self.gone: set[etree._Element] = set()
        """Rows and cells that a tracked change has deleted."""
        self.joined: set[etree._Element] = set()
        """Paragraphs whose end a tracked change has deleted: the next one goes on with them."""
        self.hidden: set[etree._Element] = set()
        """Rows and paragraphs that are not shown."""
        self.before: dict[etree._Element, int] = {}
        """How many columns a row leaves out before its first cell."""
        self.notes: dict[str, str] = {}
        """What was not read, in sentences, with the place of each."""
        self.texts = 0
        """How many pieces of text have been read."""
        sought = (_DEL, _MOVE_FROM, _CELL_DEL, _HIDDEN, _GRID_BEFORE, *([_P_STYLE] if hidden_styles else []))
        for each in root.iter(*sought):
            self._note(each)

    def _note(self, each: etree._Element) -> None:
        tag, holder = each.tag, each.getparent()
        owner = holder.getparent() if holder is not None else None
        if holder is None or owner is None:
            return
        if tag in _NOT_SHOWN and holder.tag == _R_PR and owner.tag == _P_PR and (gone := owner.getparent()) is not None:
            self.joined.add(gone)
        elif (tag == _DEL and holder.tag == _TR_PR) or (tag == _CELL_DEL and holder.tag == _TC_PR):
            self.gone.add(owner)
        elif (tag == _HIDDEN and holder.tag == _TR_PR) or (tag == _P_STYLE and each.get(VAL) in self.hidden_styles):
            self.hidden.add(owner)
        elif tag == _GRID_BEFORE and holder.tag == _TR_PR:
            self.before[owner] = count(each)

    def check(self) -> None:
        """Notes that text was left out where less was read than the part shows."""
        there = _TEXTS(self.root)
        if there == self.texts or not isinstance(there, float):
            return
        if there > _MOST_LOOKED_AT or sum(map(self._is_shown, self.root.iter(T))) > self.texts:
            self.notes.setdefault(_NOT_READ, "")

    def _is_shown(self, text: etree._Element) -> bool:
        """Whether a piece of text belongs to what a reader sees, or at least to what can be shown."""
        below = text
        for each in text.iterancestors():
            tag = each.tag
            if tag in _NOT_SHOWN or each in self.gone:
                return False
            if tag == ALTERNATE and below is not alternative(each):
                return False
            below = each
        return True
