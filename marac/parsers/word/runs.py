"""Runs of a Word paragraph: words in one look, and every way in which Word draws a box or a field."""

import re
from collections.abc import Sequence
from functools import lru_cache

from lxml import etree

from marac.parsers.blocks import Span
from marac.parsers.word.drawings import text_boxes, unread_in
from marac.parsers.word.fields import Field, field_begun
from marac.parsers.word.glyphs import drawn_in, with_boxes
from marac.parsers.word.look import PLAIN, Look, around, look_of
from marac.parsers.word.part import Part
from marac.parsers.word.xml import ALTERNATE, SDT, WRAPPERS, Control, M, R, T, W, alternative

_BREAKS = frozenset((W + "br", W + "cr"))
_CHAR = W + "char"
_CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-"}
_DRAWINGS = frozenset((W + "pict", W + "drawing", W + "object"))
_FLDCHAR = W + "fldChar"
_FLDCHARTYPE = W + "fldCharType"
_FONT = W + "font"
_FORMULAS = frozenset((M + "oMath", M + "oMathPara"))
_FORMULA_TEXT = M + "t"
_PASSED = WRAPPERS | {W + name for name in ("hyperlink", "fldSimple", "dir", "bdo")}
_RPR = W + "rPr"
_RUBY = W + "ruby"
_RUBY_BASE = W + "rubyBase"
_SYM = W + "sym"
_FOUR_DIGITS = re.compile(r"[0-9A-Fa-f]{4}")


class Runs:
    """Collects the spans of a cell or a paragraph, and the text boxes met on the way."""

    __slots__ = ("_fields", "_looks", "_part", "_pieces", "text_boxes")

    def __init__(self, part: Part) -> None:
        self.text_boxes: list[etree._Element] = []
        self._part = part
        self._pieces: list[str | bool] = []
        self._looks: list[Look] = []
        self._fields: list[Field] = []

    def __bool__(self) -> bool:
        return bool(self._pieces)

    @property
    def spans(self) -> tuple[Span, ...]:
        """What was collected, neighbours of one look joined."""
        if len(self._pieces) == 1:
            return (_span(self._pieces[0], self._looks[0]),)
        found: list[Span] = []
        words, last = "", PLAIN
        for piece, look in zip(self._pieces, self._looks, strict=True):
            if isinstance(piece, str) and words and look is last:
                words += piece
                continue
            if words:
                found.append(_span(words, last))
            words, last = (piece, look) if isinstance(piece, str) else ("", look)
            if piece is True or piece is False:
                found.append(_span(piece, look))
        if words:
            found.append(_span(words, last))
        return tuple(found)

    def add_box(self, ticked: bool, look: Look = PLAIN) -> None:
        """Adds a box."""
        self._pieces.append(ticked)
        self._looks.append(look)

    def add_control_box(self, control: Control) -> None:
        """Adds a box that is a content control; the glyph in it says the same once more."""
        self.add_box(bool(control.ticked))
        self._part.texts += control.texts

    def add_break(self) -> None:
        """Ends a line."""
        if self._pieces:
            last = self._pieces[-1]
            self._looks.append(self._looks[-1] if isinstance(last, str) else PLAIN)
            self._pieces.append("\n")

    def add(self, element: etree._Element, look: Look = PLAIN) -> None:
        """Adds what a paragraph, or a wrapper of runs inside it, shows in its final state."""
        for child in element:
            tag = child.tag
            if tag == R:
                self._add_run(child, look)
            elif tag == SDT:
                self._add_control(Control(child), look)
            elif tag in _PASSED:
                self.add(child, look)
            elif tag == ALTERNATE:
                shown = alternative(child)
                if shown is not None:
                    self.add(shown, look)
            elif tag in _FORMULAS:
                self._add_text("".join(each.text or "" for each in child.iter(_FORMULA_TEXT)), look)

    def _add_control(self, control: Control, look: Look) -> None:
        """Adds a content control that stands inside a paragraph."""
        if control.ticked is not None:
            self.add_control_box(control)
        elif control.content is not None:
            self.add(control.content, inside(control, look))

    def _add_run(self, run: etree._Element, look: Look) -> None:
        if self._fields and any(field.kind == "text" for field in self._fields):
            look = around(entered=True, placeholder=look.placeholder, hidden=look.hidden)
        for child in run:
            tag = child.tag
            if tag == T:
                self._part.texts += 1
                text = child.text or ""
                if self._fields or look.symbols:
                    self._add_words(text, look)
                else:
                    self._add_text(text, look)
            elif tag == _RPR:
                if len(child):
                    look = look_of(child, look, self._part.hidden_styles)
            elif tag in _CHARACTERS:
                self._add_words(_CHARACTERS[tag], look)
            elif tag in _BREAKS:
                self.add_break()
            else:
                self._add_rare(child, tag, look)

    def _add_rare(self, child: etree._Element, tag: str, look: Look) -> None:
        if tag == _SYM:
            self._add_pieces(drawn_in(child.get(_FONT) or "", _symbol(child.get(_CHAR) or "")), look)
        elif tag == _FLDCHAR:
            self._turn_field(child)
        elif tag in _DRAWINGS:
            self._add_drawing(child)
        elif tag == ALTERNATE:
            shown = alternative(child)
            if shown is not None:
                self._add_drawing(shown)
        elif tag == _RUBY:
            for base in child.iterfind(_RUBY_BASE):
                self.add(base, look)

    def _add_drawing(self, drawing: etree._Element) -> None:
        self.text_boxes.extend(text_boxes(drawing))
        for sentence in unread_in(drawing):
            self._part.notes.setdefault(sentence, "")

    def _add_words(self, text: str, look: Look) -> None:
        if self._fields and not self._are_shown():
            return
        if look.symbols:
            self._add_pieces(drawn_in(look.symbols, text), look)
        else:
            self._add_text(text, look)

    def _are_shown(self) -> bool:
        """Whether words inside these fields are seen: none keeps its result to itself, and none is in another's code."""
        return all(field.shows_result for field in self._fields) and not any(
            field.in_code for field in self._fields[:-1]
        )

    def _add_text(self, text: str, look: Look) -> None:
        """Adds words; box glyphs among them become boxes."""
        if not text.isascii():
            self._add_pieces(with_boxes(text), look)
        elif text:
            self._pieces.append(text)
            self._looks.append(look)

    def _add_pieces(self, found: Sequence[str | bool], look: Look) -> None:
        self._pieces.extend(found)
        self._looks.extend([look] * len(found))

    def _turn_field(self, mark: etree._Element) -> None:
        kind = mark.get(_FLDCHARTYPE)
        if kind == "begin":
            field = field_begun(mark, len(self._pieces))
            if field.ticked is not None:
                self.add_box(field.ticked)
            elif field.choice:
                self._add_text(field.choice, around(entered=field.chosen))
            self._fields.append(field)
        elif kind == "separate" and self._fields:
            self._fields[-1].in_code = False
        elif kind == "end" and self._fields:
            self._end(self._fields.pop())

    def _end(self, field: Field) -> None:
        """A text field that still shows its default text holds a prompt."""
        if field.kind != "text" or not field.default.strip():
            return
        shown = "".join(piece for piece in self._pieces[field.start :] if isinstance(piece, str))
        if shown.strip() == field.default.strip():
            looks = self._looks[field.start :]
            self._looks[field.start :] = [around(placeholder=True, hidden=look.hidden) for look in looks]


def inside(control: Control, look: Look) -> Look:
    """What is said of the words in a control: that they are its prompt, or that somebody typed them."""
    prompt = look.placeholder or control.shows_prompt
    entered = look.entered or (not prompt and control.is_entry)
    return around(entered=entered, placeholder=prompt, hidden=look.hidden)


def own_look(paragraph: etree._Element, look: Look, part: Part) -> Look:
    """What is said of the words of a paragraph: what is said around it, and hidden where its style is."""
    if paragraph not in part.hidden:
        return look
    return around(entered=look.entered, placeholder=look.placeholder, hidden=True)


@lru_cache(maxsize=4096)
def _span(piece: str | bool, look: Look) -> Span:
    """One object for each piece in one look: forms repeat their print."""
    if isinstance(piece, bool):
        return Span("", piece, hidden=look.hidden)
    return Span(
        piece,
        None,
        look.bold,
        look.underlined,
        look.struck,
        look.highlighted,
        look.entered,
        look.placeholder,
        look.hidden,
    )


def _symbol(code: str) -> str:
    """The character of a symbol, given as four hexadecimal digits; a space where it is none."""
    return chr(int(code, 16)) if _FOUR_DIGITS.fullmatch(code) else " "
