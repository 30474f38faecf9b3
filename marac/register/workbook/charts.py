"""Charts as Excel's own: they follow the table, and can be copied into a report."""

from collections.abc import Mapping, Sequence
from typing import Any

from marac.register.workbook.sheet import Chart, Sheet
from marac.register.workbook.tables import top_of

_PIXELS = (424, 384)
"""Of a chart; the row that it stands in is 300 points high."""

_GAP = 12
_COLOURS = ("#12436D", "#F46A25")
"""The palette of the Government Analysis Function: told apart in print and by people who see no red."""

_SMALL = {"size": 9, "color": "#444444"}


def add_charts(book: Any, sheets: Sequence[Sheet]) -> None:
    """Put every sheet's charts into the row above its table."""
    by_name = {sheet.name: sheet for sheet in sheets}
    for sheet in sheets:
        page = book.get_worksheet_by_name(sheet.name)
        row = top_of(sheet) - 2
        for number, chart in enumerate(sheet.charts):
            place = {"x_offset": 4 + number * (_PIXELS[0] + _GAP), "y_offset": 4, "object_position": 3}
            page.insert_chart(row, 0, _drawn(book, chart, by_name), place | {"description": _in_words(chart)})


def _drawn(book: Any, chart: Chart, sheets: Mapping[str, Sheet]) -> Any:
    drawn = book.add_chart({"type": chart.kind})
    sheet = sheets[chart.sheet]
    places = {column.title: place for place, column in enumerate(sheet.columns)}
    top = top_of(sheet)
    first, last = top + 1 + chart.first, top + 1 + chart.last
    for title, colour in zip(chart.values, _COLOURS, strict=False):
        series = {
            "name": [sheet.name, top, places[title]],
            "categories": [sheet.name, first, places[chart.names], last, places[chart.names]],
            "values": [sheet.name, first, places[title], last, places[title]],
        }
        drawn.add_series(series | _series_look(chart, colour))
    _label(drawn, chart)
    return drawn


def _series_look(chart: Chart, colour: str) -> dict[str, Any]:
    if chart.kind == "line":
        return {"line": {"color": colour, "width": 2.25}}
    look: dict[str, Any] = {"fill": {"color": colour}, "gap": 60}
    return look | {"data_labels": {"value": True, "font": _SMALL}} if chart.kind == "bar" else look


def _label(drawn: Any, chart: Chart) -> None:
    lines = {"visible": True, "line": {"color": "#E0E0E0"}}
    if chart.kind == "bar":  # Excel draws bars from the bottom; the first row belongs at the top
        drawn.set_y_axis({"reverse": True, "num_font": _SMALL, "line": {"color": "#999999"}})
        drawn.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
    else:
        drawn.set_x_axis({"num_font": _SMALL | {"rotation": -60}, "line": {"color": "#999999"}})
        drawn.set_y_axis({"min": 0, "num_font": _SMALL, "line": {"none": True}, "major_gridlines": lines})
    drawn.set_title({"name": chart.title, "name_font": {"size": 11, "color": _COLOURS[0]}, "overlay": False})
    drawn.set_legend({"position": "bottom", "font": _SMALL} if len(chart.values) > 1 else {"none": True})
    drawn.set_size({"width": _PIXELS[0], "height": _PIXELS[1]})
    drawn.show_blanks_as("gap")


def _in_words(chart: Chart) -> str:
    """What a screen reader says: the numbers themselves stand in the table."""
    return f"{chart.title}. The numbers are on the sheet {chart.sheet}."
