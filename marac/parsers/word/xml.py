"""Names of WordprocessingML, and what its content controls say of themselves."""

from functools import lru_cache

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = W + "val"
ALTERNATE = MC + "AlternateContent"
CHOICE = MC + "Choice"
FALLBACK = MC + "Fallback"
P = W + "p"
R = W + "r"
T = W + "t"
TC = W + "tc"
TR = W + "tr"
TBL = W + "tbl"
SDT = W + "sdt"
SDT_CONTENT = W + "sdtContent"
SDT_PR = W + "sdtPr"
WRAPPERS = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag"))
"""What stands around rows, cells, paragraphs and runs, and says nothing of how they read."""
_CHECKBOX = W14 + "checkbox"
_CHECKED = W14 + "checked"
_PLACEHOLDER = W + "placeholder"
_SHOWS_PROMPT = W + "showingPlcHdr"
_VAL14 = W14 + "val"
_TYPED = frozenset(W + name for name in ("text", "date", "dropDownList", "comboBox"))
OFF = frozenset(("0", "false", "off", "none", "nil", "clear"))
"""How Word writes that something is not so."""
_WIDEST = 63  # columns of a Word table; a larger span is an attack, not a form


def alternative(element: etree._Element) -> etree._Element | None:
    """The one that is shown of several ways to draw the same thing: the first choice, else what is kept for old readers."""
    choice = element.find(CHOICE)
    return element.find(FALLBACK) if choice is None else choice


def count(element: etree._Element) -> int:
    """A count of columns, held within what Word itself allows."""
    return _counted(element.get(VAL) or "1")


@lru_cache(maxsize=128)
def _counted(text: str) -> int:
    return min(max(int(text), 1), _WIDEST) if text.lstrip("-").isdecimal() else 1


class Control:
    """What a content control says of itself."""

    __slots__ = ("_is_typed", "content", "has_prompt", "shows_prompt", "ticked")

    def __init__(self, element: etree._Element) -> None:
        self.content: etree._Element | None = None
        self.ticked: bool | None = None
        """Whether it is a ticked or an empty box; None where it is no box."""
        self.shows_prompt = False
        """Whether it is empty and shows its prompt."""
        self.has_prompt = False
        self._is_typed = False
        for child in element:
            if child.tag == SDT_PR:
                self._read(child)
            elif child.tag == SDT_CONTENT:
                self.content = child

    def _read(self, properties: etree._Element) -> None:
        for each in properties:
            tag = each.tag
            if tag == _SHOWS_PROMPT:
                self.shows_prompt = each.get(VAL) not in OFF
            elif tag == _PLACEHOLDER:
                self.has_prompt = True
            elif tag in _TYPED:
                self._is_typed = True
            elif tag == _CHECKBOX:
                checked = each.find(_CHECKED)
                self.ticked = checked is not None and checked.get(_VAL14, "1") not in OFF

    @property
    def texts(self) -> int:
        """How many pieces of text stand in it."""
        return 0 if self.content is None else sum(1 for _ in self.content.iter(T))

    @property
    def is_entry(self) -> bool:
        """Whether it is a field to fill in, and not a wrapper around a part of the form."""
        if self.content is None:
            return False
        return self._is_typed or (self.has_prompt and next(self.content.iter(TBL, SDT, TC), None) is None)
