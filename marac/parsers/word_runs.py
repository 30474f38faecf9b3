"""Runs of a Word paragraph: words in one look, and every way in which Word draws a box or a field."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from marac.parsers.blocks import Span
from marac.parsers.marks import is_symbol_font, pieces, symbol_box
from marac.parsers.word_look import PLAIN, Look, look_of
from marac.parsers.word_xml import (
    ALTERNATE,
    CHOICE,
    VAL,
    W,
    control_box,
    is_entry,
    legacy_box,
    legacy_choice,
    shows_prompt,
)

_BR = W + "br"
_CHAR = W + "char"
_CHECKBOX = W + "checkBox"
_CR = W + "cr"
_DDLIST = W + "ddList"
_DRAWING = W + "drawing"
_FFDATA = W + "ffData"
_FLDCHAR = W + "fldChar"
_FLDCHARTYPE = W + "fldCharType"
_FONT = W + "font"
_NOBREAKHYPHEN = W + "noBreakHyphen"
_OBJECT = W + "object"
_PICT = W + "pict"
_PTAB = W + "ptab"
_R = W + "r"
_SDT = W + "sdt"
_SDTCONTENT = W + "sdtContent"
_SYM = W + "sym"
_T = W + "t"
_TAB = W + "tab"
_TXBXCONTENT = W + "txbxContent"
_TEXT_DEFAULT = f"{W}textInput/{W}default"
_PASSED = frozenset(
    W + name for name in ("ins", "moveTo", "hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo")
)


_FOUR_DIGITS = re.compile(r"[0-9A-Fa-f]{4}")
_CHARACTERS = {_TAB: "\t", _PTAB: "\t", _NOBREAKHYPHEN: "-"}
_BREAKS = frozenset((_BR, _CR))
_DRAWINGS = frozenset((_PICT, _DRAWING, _OBJECT))


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
        look = look_of(run, entered or in_field, placeholder)
        for child in run:
            tag = child.tag
            if tag == _T:
                self._add_words(child.text or "", look)
            elif tag in _CHARACTERS:
                self._add_words(_CHARACTERS[tag], look)
            elif tag in _BREAKS:
                self.add_break()
            elif tag == _SYM:
                self._add_symbols(child.get(_FONT) or "", _symbol(child.get(_CHAR) or ""), look)
            elif tag == _FLDCHAR:
                self._turn_field(child)
            elif tag in _DRAWINGS:
                self.text_boxes.extend(child.iter(_TXBXCONTENT))
            elif tag == ALTERNATE:
                self.text_boxes.extend(box for choice in child.iterfind(CHOICE) for box in choice.iter(_TXBXCONTENT))

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
            self.add_box(legacy_box(box))
            return _Field("box", "", len(self._pieces), shown=False)
        choice = data.find(_DDLIST)
        if choice is not None:
            text, chosen = legacy_choice(choice)
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


def _symbol(code: str) -> str:
    """The character of a symbol, given as four hexadecimal digits; a space where it is none."""
    return chr(int(code, 16)) if _FOUR_DIGITS.fullmatch(code) else " "
