"""What somebody typed, ticked or wrote on top of a PDF: form fields (AcroForm) and annotations, each at its place.

A field's value is what the file states (`/V`), whatever picture of it is stored beside: pictures go stale.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf

from marac.parsers.blocks import UnreadableDocument
from marac.parsers.pdf.damage import is_cut_off
from marac.parsers.pdf.refusals import DAMAGED, LOCKED
from marac.parsers.pdf.shapes import Letter, Markup, Piece, Print
from marac.parsers.pdf.view import view

_DEEPEST = 32  # parents of a field; a longer chain is a loop
_HIDDEN = 0b100010  # annotation flags: hidden, or not shown on a screen (PDF 32000-1, table 165)
_RADIO, _BUTTON, _COMBO = 1 << 15, 1 << 16, 1 << 17  # field flags (tables 226 and 230)
_ONE_LINE = 24.0  # points: a higher field holds its text at the top
_LARGEST_TICK = 40.0  # points: what is drawn larger by hand is writing
_FEWEST_LETTERS = 100  # a page with less print does not label its fields: their tooltips do
_LETTER = 9.0  # points: the size that a field's text is taken to have
_MARKUP = {"/Highlight": "highlighted", "/Underline": "underlined", "/Squiggly": "underlined", "/StrikeOut": "struck"}


@dataclass(frozen=True, slots=True)
class Entries:
    """What was entered on one page."""

    pieces: tuple[Piece, ...] = ()
    markups: tuple[Markup, ...] = ()


def add_entries(content: bytes, sheets: list[Print]) -> None:
    """Adds to the pages what was entered on them.

    Raises:
        UnreadableDocument: a page ends too soon, the form can only be read by Adobe Reader, or its fields are damaged.
    """
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if not pdf.is_encrypted and any(map(is_cut_off, pdf.pages)):
                raise UnreadableDocument(DAMAGED)
            _refuse_living_form(pdf, sheets)
            for page, sheet in zip(pdf.pages, sheets, strict=False):
                if "/Annots" in page.obj:
                    entered = _Page(page, sheet).entries()
                    sheet.pieces += entered.pieces
                    sheet.markups += entered.markups
    except pikepdf.PasswordError as error:
        raise UnreadableDocument(LOCKED) from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
        raise UnreadableDocument(DAMAGED) from error


def _refuse_living_form(pdf: pikepdf.Pdf, sheets: list[Print]) -> None:
    """An XFA form draws itself in Adobe Reader only; other programs see one page that asks to wait."""
    form = pdf.Root.get("/AcroForm")
    if form is None or "/XFA" not in form:
        return
    words = " ".join(piece.text for sheet in sheets for piece in sheet.pieces).casefold()
    if "please wait" in words or "adobe reader" in words or not list(form.get("/Fields", [])):
        raise UnreadableDocument(
            "This PDF is a form that only Adobe Reader can show, so it cannot be read here. "
            "Open it in Adobe Reader and print it to a new PDF, or ask the sender to do so."
        )


class _Page:
    """One page's fields and annotations, turned into pieces in points from the top left."""

    def __init__(self, page: pikepdf.Page, sheet: Print) -> None:
        self._annotations: Any = page.obj.get("/Annots", [])
        self._placed = view(
            _box_of(page.mediabox), _box_of(page.cropbox), int(_inherited(page.obj, "/Rotate") or 0)
        ).rectangle
        self._is_bare = sheet.letters < _FEWEST_LETTERS
        self._pieces: list[Piece] = []
        self._markups: list[Markup] = []

    def entries(self) -> Entries:
        for note in self._annotations:
            if not isinstance(note, pikepdf.Dictionary) or "/Rect" not in note:
                continue
            kind, place = str(note.get("/Subtype", "")), self._placed([float(each) for each in note.Rect])
            hidden = bool(int(note.get("/F", 0)) & _HIDDEN)
            if kind == "/Widget":
                pieces = list(_field(note, place, hidden))
                self._pieces.extend([*(_tooltip(note, place) if self._is_bare and pieces else ()), *pieces])
            elif kind in {"/FreeText", "/Text"} and str(note.get("/Contents", "")).strip():
                self._pieces.extend(_typed(_words(note.Contents), place, hidden))
            elif kind in _MARKUP:
                self._markups.extend(self._marked(note, _MARKUP[kind]))
            elif kind in {"/Circle", "/Square"}:
                self._markups.append(Markup(*place, "highlighted"))
            elif kind in {"/Ink", "/Stamp"}:
                is_small = max(place[2] - place[0], place[3] - place[1]) < _LARGEST_TICK
                self._markups.append(Markup(*place, "ticked" if is_small else "drawn"))
        return Entries(tuple(self._pieces), tuple(self._markups))

    def _marked(self, note: pikepdf.Dictionary, how: str) -> Iterator[Markup]:
        """The parts of marked text; each is given by four corners."""
        corners = [float(each) for each in note.get("/QuadPoints", [])]
        for start in range(0, len(corners) - 7, 8):
            xs, ys = corners[start : start + 8 : 2], corners[start + 1 : start + 8 : 2]
            yield Markup(*self._placed([min(xs), min(ys), max(xs), max(ys)]), how)


def _box_of(sides: Iterable[Any]) -> list[float]:
    return [float(side) for side in sides]


def _field(widget: pikepdf.Dictionary, place: tuple[float, float, float, float], hidden: bool) -> Iterator[Piece]:
    kind, flags = str(_inherited(widget, "/FT") or ""), int(_inherited(widget, "/Ff") or 0)
    if kind == "/Btn":
        if not flags & _BUTTON:
            yield _box(_is_on(widget, flags), place, hidden)
        return
    value = _inherited(widget, "/V")
    if kind == "/Ch":
        yield from _typed(_chosen(value, _inherited(widget, "/Opt")), place, hidden)
    elif kind == "/Tx" and value is not None:
        yield from _typed(_words(value), place, hidden)


def _tooltip(widget: pikepdf.Dictionary, place: tuple[float, float, float, float]) -> Iterator[Piece]:
    """What the form says of a field when a pointer rests on it, as a label before the field."""
    text = _words(_inherited(widget, "/TU") or "").strip()
    if text:
        x0, top, _, bottom = place
        letters = [Letter(text if text.endswith((":", "?")) else f"{text}:", x0 - 4, x0 - 3)]
        yield Piece(x0 - 4, x0 - 3, (top + bottom) / 2 + 0.3 * _LETTER, _LETTER, letters, room=(top, bottom))


def _inherited(widget: pikepdf.Dictionary, key: str) -> Any:
    """The entry of a field, or of the nearest parent that has it."""
    field: Any = widget
    for _ in range(_DEEPEST):
        if key in field:
            return field[key]
        if "/Parent" not in field:
            return None
        field = field.Parent
    return None


def _is_on(widget: pikepdf.Dictionary, flags: int) -> bool:
    """Whether a box or a radio button is on: its own state decides; the field's value where it has none."""
    state = widget.get("/AS")
    if state is not None:
        return str(state) != "/Off"
    value = _inherited(widget, "/V")
    if value is None or str(value) == "/Off":
        return False
    return not flags & _RADIO or str(value) in _states(widget)


def _states(widget: pikepdf.Dictionary) -> set[str]:
    looks = widget.get("/AP")
    pictures = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    return set(pictures.keys()) - {"/Off"} if isinstance(pictures, pikepdf.Dictionary) else set()


def _chosen(value: Any, options: Any) -> str:
    """What a list shows for its value: options may be pairs of a stored and a shown text."""
    shown = {}
    for option in options if isinstance(options, pikepdf.Array) else ():
        if isinstance(option, pikepdf.Array) and len(option) >= 2:
            shown[_words(option[0])] = _words(option[1])
    values = list(value) if isinstance(value, pikepdf.Array) else [] if value is None else [value]
    texts = [_words(each) for each in values]
    return ", ".join(shown.get(text, text) for text in texts)


def _words(value: Any) -> str:
    """A text of the file; a long one may be kept as a stream."""
    text = str(pikepdf.String(value.read_bytes())) if isinstance(value, pikepdf.Stream) else str(value)
    text = text.removeprefix("/") if isinstance(value, pikepdf.Name) else text
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _box(ticked: bool, place: tuple[float, float, float, float], hidden: bool) -> Piece:
    x0, top, x1, bottom = place
    base = (top + bottom) / 2 + 0.3 * _LETTER
    return Piece(x0, x1, base, _LETTER, ticked=ticked, entered=ticked, hidden=hidden, room=(top, bottom))


def _typed(text: str, place: tuple[float, float, float, float], hidden: bool) -> Iterator[Piece]:
    """The text in its field: in the middle of a low one, at the top of a high one."""
    if not text.strip():
        return
    x0, top, x1, bottom = place
    base = (top + bottom) / 2 + 0.3 * _LETTER if bottom - top < _ONE_LINE else top + 1.2 * _LETTER
    letters = [Letter(text.strip(), x0, x1)]
    yield Piece(x0, x1, base, _LETTER, letters, hidden=hidden, entered=True, room=(top, bottom))
