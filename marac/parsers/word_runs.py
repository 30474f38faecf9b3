"""Runs of a Word paragraph: words in one look, and every way in which Word draws a box or a field."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from lxml import etree

from marac.parsers.blocks import Span
from marac.parsers.marks import is_symbol_font, pieces, symbol_box

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = W + "val"
ALTERNATE = MC + "AlternateContent"
CHOICE = MC + "Choice"
_ASCII = W + "ascii"
_B = W + "b"
_BDR = W + "bdr"
_BR = W + "br"
_CHAR = W + "char"
_CHECKBOX = W + "checkBox"
_CR = W + "cr"
_DDLIST = W + "ddList"
_DRAWING = W + "drawing"
_DSTRIKE = W + "dstrike"
_FFDATA = W + "ffData"
_FILL = W + "fill"
_FLDCHAR = W + "fldChar"
_FLDCHARTYPE = W + "fldCharType"
_FONT = W + "font"
_HANSI = W + "hAnsi"
_HIGHLIGHT = W + "highlight"
_LISTENTRY = W + "listEntry"
_NOBREAKHYPHEN = W + "noBreakHyphen"
_OBJECT = W + "object"
_PICT = W + "pict"
_PLACEHOLDER = W + "placeholder"
_PTAB = W + "ptab"
_R = W + "r"
_RFONTS = W + "rFonts"
_RPR = W + "rPr"
_RSTYLE = W + "rStyle"
_SDT = W + "sdt"
_SDTCONTENT = W + "sdtContent"
_SDTPR = W + "sdtPr"
_SHD = W + "shd"
_STRIKE = W + "strike"
_SYM = W + "sym"
_T = W + "t"
_TAB = W + "tab"
_TBL = W + "tbl"
_TC = W + "tc"
_TXBXCONTENT = W + "txbxContent"
_U = W + "u"
_VANISH = W + "vanish"
_CONTROL_BOX = f"{W}sdtPr/{W14}checkbox"
_CONTROL_PROMPT = f"{W}sdtPr/{W}showingPlcHdr"
_TEXT_DEFAULT = f"{W}textInput/{W}default"
_CHECKED14 = W14 + "checked"
_VAL14 = W14 + "val"
_OFF = frozenset(("0", "false", "off", "none", "nil", "clear"))
_PLAIN_FILLS = frozenset((None, "auto", "FFFFFF", "ffffff", "none"))
_PASSED = frozenset(
    W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo")
)
_TYPED = frozenset(W + name for name in ("text", "date", "dropDownList", "comboBox"))


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is shown, and whether it was typed into a field."""

    bold: bool = False
    underlined: bool = False
    struck: bool = False
    highlighted: bool = False
    entered: bool = False
    placeholder: bool = False
    hidden: bool = False
    symbols: str | None = None
    """The symbol font in which letters are drawings."""


PLAIN = Look()


@dataclass(slots=True)
class _Field:
    """A legacy form field between its begin and end marks."""

    kind: str
    default: str
    start: int
    shown: bool = True
    """Whether the text that Word keeps as the field's result is what a reader sees."""


class Runs:
    """Collects the spans of a cell or a paragraph, and the text boxes met on the way."""

    def __init__(self) -> None:
        self.text_boxes: list[etree._Element] = []
        self._pieces: list[list[str] | bool] = []
        self._looks: list[Look] = []
        self._fields: list[_Field] = []

    def __bool__(self) -> bool:
        return bool(self._pieces)

    @property
    def spans(self) -> tuple[Span, ...]:
        """What was collected, neighbours of one look joined."""
        return tuple(
            Span("", piece, hidden=look.hidden)
            if isinstance(piece, bool)
            else Span(
                "".join(piece), None, look.bold, look.underlined, look.struck, look.highlighted, look.entered,
                look.placeholder, look.hidden,
            )
            for piece, look in zip(self._pieces, self._looks, strict=True)
        )  # fmt: skip

    def add_text(self, text: str, look: Look = PLAIN) -> None:
        """Adds words; box glyphs among them become boxes."""
        for piece in pieces(text):
            if isinstance(piece, bool):
                self.add_box(piece, look)
                continue
            last = self._pieces[-1] if self._pieces else None
            if isinstance(last, list) and (self._looks[-1] is look or self._looks[-1] == look):
                last.append(piece)
            else:
                self._pieces.append([piece])
                self._looks.append(look)

    def add_box(self, ticked: bool, look: Look = PLAIN) -> None:
        """Adds a box."""
        self._pieces.append(ticked)
        self._looks.append(look)

    def add_break(self) -> None:
        """Ends a line."""
        if self._pieces:
            last = self._pieces[-1]
            if isinstance(last, list):
                last.append("\n")
            else:
                self._pieces.append(["\n"])
                self._looks.append(PLAIN)

    def add(self, element: etree._Element, entered: bool = False, placeholder: bool = False) -> None:
        """Adds what a paragraph, or a wrapper of runs inside it, shows in its final state."""
        for child in element:
            tag = child.tag
            if tag == _R:
                self._add_run(child, entered, placeholder)
            elif tag == _SDT:
                self.add_control(child, entered, placeholder)
            elif tag in _PASSED:
                self.add(child, entered, placeholder)
            elif tag == ALTERNATE:
                for choice in child.iterfind(CHOICE):
                    self.add(choice, entered, placeholder)

    def add_control(self, control: etree._Element, entered: bool = False, placeholder: bool = False) -> None:
        """Adds a content control that stands inside a paragraph."""
        ticked = control_box(control)
        if ticked is not None:
            self.add_box(ticked)
            return
        content = control.find(_SDTCONTENT)
        if content is not None:
            is_prompt = placeholder or shows_prompt(control)
            self.add(content, entered or (not is_prompt and is_entry(control)), is_prompt)

    def _add_run(self, run: etree._Element, entered: bool, placeholder: bool) -> None:
        in_field = bool(self._fields) and any(field.kind == "text" for field in self._fields)
        look = _look(run, entered or in_field, placeholder)
        for child in run:
            tag = child.tag
            if tag == _T:
                self._add_words(child.text or "", look)
            elif tag == _RPR:
                continue
            elif tag in (_BR, _CR):
                self.add_break()
            elif tag in (_TAB, _PTAB):
                self._add_words("\t", look)
            elif tag == _NOBREAKHYPHEN:
                self._add_words("-", look)
            elif tag == _SYM:
                self._add_symbols(child.get(_FONT) or "", chr(int(child.get(_CHAR) or "20", 16)), look)
            elif tag == _FLDCHAR:
                self._turn_field(child)
            elif tag in (_PICT, _DRAWING, _OBJECT):
                self.text_boxes.extend(child.iter(_TXBXCONTENT))
            elif tag == ALTERNATE:
                for choice in child.iterfind(CHOICE):
                    self.text_boxes.extend(choice.iter(_TXBXCONTENT))

    def _add_words(self, text: str, look: Look) -> None:
        if self._fields and not all(field.shown for field in self._fields):
            return
        if look.symbols:
            self._add_symbols(look.symbols, text, look)
        else:
            self.add_text(text, look)

    def _add_symbols(self, font: str, text: str, look: Look) -> None:
        for character in text:
            ticked = symbol_box(font, character)
            if ticked is not None:
                self.add_box(ticked, look)
            elif character.isspace() or not is_symbol_font(font):
                self.add_text(character, look)

    def _turn_field(self, mark: etree._Element) -> None:
        kind = mark.get(_FLDCHARTYPE)
        if kind == "begin":
            self._fields.append(self._begun(mark.find(_FFDATA)))
        elif kind == "end" and self._fields:
            self._end(self._fields.pop())

    def _begun(self, data: etree._Element | None) -> _Field:
        if data is None:
            return _Field("", "", len(self._pieces))
        box = data.find(_CHECKBOX)
        if box is not None:
            self.add_box(_legacy_box(box))
            return _Field("box", "", len(self._pieces), shown=False)
        choice = data.find(_DDLIST)
        if choice is not None:
            text, chosen = _legacy_choice(choice)
            self.add_text(text, Look(entered=chosen))
            return _Field("choice", "", len(self._pieces), shown=False)
        default = data.find(_TEXT_DEFAULT)
        return _Field("text", "" if default is None else default.get(VAL) or "", len(self._pieces))

    def _end(self, field: _Field) -> None:
        """A text field that still shows its default text holds a prompt."""
        if field.kind != "text" or not field.default.strip():
            return
        shown = "".join("".join(piece) for piece in self._pieces[field.start :] if isinstance(piece, list))
        if shown.strip() == field.default.strip():
            self._looks[field.start :] = [
                replace(look, entered=False, placeholder=True) for look in self._looks[field.start :]
            ]


def _look(run: etree._Element, entered: bool, placeholder: bool) -> Look:
    properties = run.find(_RPR)
    if properties is None or not len(properties):
        return PLAIN if not (entered or placeholder) else _shared(False, False, False, False, entered, placeholder)
    bold = underlined = struck = highlighted = hidden = False
    symbols = None
    for each in properties:
        tag = each.tag
        if tag == _B:
            bold = each.get(VAL) not in _OFF
        elif tag == _U:
            underlined = each.get(VAL) not in _OFF
        elif tag in (_STRIKE, _DSTRIKE):
            struck = struck or each.get(VAL) not in _OFF
        elif tag in (_HIGHLIGHT, _BDR):
            highlighted = highlighted or each.get(VAL) not in _OFF
        elif tag == _SHD:
            highlighted = highlighted or each.get(_FILL) not in _PLAIN_FILLS
        elif tag == _VANISH:
            hidden = each.get(VAL) not in _OFF
        elif tag == _RFONTS:
            font = each.get(_ASCII) or each.get(_HANSI)
            symbols = font if is_symbol_font(font) else None
        elif tag == _RSTYLE:
            bold = bold or "strong" in (each.get(VAL) or "").casefold()
    return _shared(bold, underlined, struck, highlighted, entered, placeholder, hidden, symbols)


@lru_cache(maxsize=256)
def _shared(*qualities: Any) -> Look:
    """One object for each look: a form has thousands of runs in a handful of looks."""
    return Look(*qualities)


def control_box(control: etree._Element) -> bool | None:
    """Whether a content control is a ticked or an empty box; None where it is no box."""
    box = control.find(_CONTROL_BOX)
    if box is None:
        return None
    checked = box.find(_CHECKED14)
    return checked is not None and checked.get(_VAL14, "1") not in _OFF


def shows_prompt(control: etree._Element) -> bool:
    """Whether a content control is empty and shows its prompt."""
    shown = control.find(_CONTROL_PROMPT)
    return shown is not None and shown.get(VAL) not in _OFF


def is_entry(control: etree._Element) -> bool:
    """Whether a content control is a field to fill in, and not a wrapper around a part of the form."""
    properties, content = control.find(_SDTPR), control.find(_SDTCONTENT)
    if properties is None or content is None:
        return False
    if any(each.tag in _TYPED for each in properties):
        return True
    wraps = next(content.iter(_TBL, _SDT, _TC), None) is not None
    return properties.find(_PLACEHOLDER) is not None and not wraps


def _legacy_box(box: etree._Element) -> bool:
    """The tick of a legacy box: what was set, else its default (ECMA-376 part 1, 17.16.8)."""
    for name in ("checked", "default"):
        state = box.find(W + name)
        if state is not None:
            return state.get(VAL, "1") not in _OFF
    return False


def _legacy_choice(choice: etree._Element) -> tuple[str, bool]:
    """The entry a legacy drop-down shows, and whether somebody chose it."""
    entries = [entry.get(VAL) or "" for entry in choice.iterfind(_LISTENTRY)]
    for name in ("result", "default"):
        state = choice.find(W + name)
        number = (state.get(VAL) or "0") if state is not None else ""
        if number.isdigit() and int(number) < len(entries):
            return entries[int(number)], name == "result"
    return (entries[0] if entries else ""), False
