"""How the workbook looks: formats, colours, heights, and how it comes out of a printer."""

from functools import cache
from math import ceil
from typing import Any

from marac.register.workbook.sheet import Group, Hue, Kind, Sheet

_HEADINGS: dict[Group, str] = {
    "case": "#12436D",
    "risk": "#7A1F3D",
    "victim": "#1F6B5C",
    "perpetrator": "#4A4A6A",
    "children": "#6B5A1F",
    "decision": "#12436D",
    "form": "#5A5A5A",
    "other": "#12436D",
}
_HUES: dict[Hue, dict[str, str]] = {
    "red": {"bg_color": "#C0272D", "font_color": "#FFFFFF"},
    "amber": {"bg_color": "#FFE3A3", "font_color": "#5C3A00"},
    "green": {"bg_color": "#D5EBD3", "font_color": "#1B4D1E"},
    "blue": {"bg_color": "#D3E4F7", "font_color": "#12436D"},
    "violet": {"bg_color": "#E6D9F2", "font_color": "#4B2673"},
    "grey": {"font_color": "#767676"},
}
_DOUBTFUL = "#FFF4CC"
_PROGRAMS = "#EFEFEC"
"""Behind what the program owns, on sheets that people edit."""

_GRID = {"bottom": 1, "bottom_color": "#D0D0D0"}
_LINE = 15.0
_MOST_LINES = 26
"""Excel's rows end at 409 points."""


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.cell = cache(self._cell)
        self.column = cache(self._column)
        self.advice = cache(self._advice)
        self.heading = cache(self._heading)
        self.hue = cache(self._hue)
        self.link = cache(self._link)
        self.title = cache(self._title)
        self.words = cache(self._words)

    def _cell(self, kind: Kind, *, programs: bool = False, doubtful: bool = False) -> Any:
        look = _of_kind(kind, programs=programs)
        if kind not in {"date", "number"}:
            look |= {"quote_prefix": True}
        if doubtful:
            look |= {"bg_color": _DOUBTFUL}
        return self._book.add_format(look)

    def _column(self, kind: Kind, *, programs: bool = False) -> Any:
        """How empty cells look, and what is typed into them: a phone number in a new row stays text."""
        return self._book.add_format(_of_kind(kind, programs=programs))

    def _heading(self, group: Group) -> Any:
        colour = _HEADINGS[group]
        look = {"bold": True, "font_color": "#FFFFFF", "bg_color": colour, "text_wrap": True, "valign": "vcenter"}
        return self._book.add_format(look | {"border": 1, "border_color": "#FFFFFF"})

    def _hue(self, hue: Hue) -> Any:
        return self._book.add_format(_HUES[hue])

    def _link(self, *, programs: bool = False) -> Any:
        look = _of_kind("link", programs=programs)
        return self._book.add_format(look | {"font_color": "#12436D", "underline": 1})

    def _title(self) -> Any:
        return self._book.add_format({"bold": True, "font_size": 16, "font_color": "#12436D", "quote_prefix": True})

    def _words(self) -> Any:
        return self._book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})

    def _advice(self) -> Any:
        return self._book.add_format(
            {"italic": True, "font_color": "#444444", "valign": "vcenter", "quote_prefix": True}
        )


def _of_kind(kind: Kind, *, programs: bool) -> dict[str, Any]:
    look: dict[str, Any] = {"valign": "top", "text_wrap": True, "align": "left", **_GRID}
    if kind == "date":
        look |= {"num_format": "dd/mm/yyyy"}
    elif kind == "code":
        look |= {"num_format": "@"}
    if programs:
        look |= {"bg_color": _PROGRAMS}
    return look


def in_one_line(width: float) -> int:
    """How many characters surely stand in one line of a column of this width."""
    return int(width / 1.1)


def lines_of(text: str, width: float) -> int:
    """How many lines the text takes in a column of this width; a little more rather than one too few."""
    if "\n" not in text:
        return max(1, ceil(len(text) * 1.1 / width))
    return sum(max(1, ceil(len(line) * 1.1 / width)) for line in text.split("\n"))


def set_height(page: Any, row: int, lines: int) -> None:
    """Make a row high enough for its lines: programs other than Excel do not do that by themselves."""
    page.set_row(row, _LINE * min(lines, _MOST_LINES))


def note_look(text: str) -> dict[str, Any]:
    """How large a note opens."""
    lines = lines_of(text, 48)
    return {"width": 340, "height": 20 + 16 * min(lines, 20), "font_size": 9}


def set_up(page: Any, sheet: Sheet, top: int) -> None:
    """What stays in sight while scrolling, and the sheet on paper: landscape, one page wide, its heading on every page."""
    if not sheet.charts:
        page.freeze_panes(top + 1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.set_footer("&L&9Confidential: MARAC. Do not copy.&C&9&A&R&9Page &P of &N")
    if sheet.printed is not None:
        page.print_area(0, 0, top + max(len(sheet.rows), 1), sheet.printed - 1)
