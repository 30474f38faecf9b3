"""What stands in one cell of a Word table: its paragraphs, one a line, through the controls around them."""

from lxml import etree

from marac.parsers.word.look import Look
from marac.parsers.word.part import BROUGHT_IN, ELSEWHERE, Part
from marac.parsers.word.runs import Runs, inside, own_look
from marac.parsers.word.xml import ALTERNATE, SDT, TBL, WRAPPERS, Control, P, alternative


class CellRuns(Runs):
    """Collects the spans of a cell; tables inside it go to `inner`."""

    __slots__ = ("_inner", "_joined")

    def __init__(self, part: Part, inner: list[etree._Element]) -> None:
        super().__init__(part)
        self._inner = inner
        self._joined = False
        """Whether the next paragraph goes on in the same line."""

    def fill(self, parent: etree._Element, look: Look) -> None:
        """Adds what stands in `parent`."""
        part = self._part
        for child in parent:
            tag = child.tag
            if tag == P:
                if self._pieces and not self._joined:
                    self.add_break()
                self.add(child, own_look(child, look, part) if part.hidden else look)
                self._joined = child in part.joined
            elif tag == TBL:
                self._inner.append(child)
            elif tag == SDT:
                self._fill_control(Control(child), look)
            elif tag in WRAPPERS:
                self.fill(child, look)
            elif tag == ALTERNATE:
                shown = alternative(child)
                if shown is not None:
                    self.fill(shown, look)
            elif tag in ELSEWHERE:
                part.notes.setdefault(BROUGHT_IN, "")

    def _fill_control(self, control: Control, look: Look) -> None:
        if control.ticked is not None:
            self.add_control_box(control)
        elif control.content is not None:
            self.fill(control.content, inside(control, look))
