"""Word's old form fields: boxes, drop-downs and text between the marks that begin and end a field."""

from dataclasses import dataclass

from lxml import etree

from marac.parsers.word.xml import OFF, VAL, W

_CHECKBOX = W + "checkBox"
_DDLIST = W + "ddList"
_FFDATA = W + "ffData"
_LISTENTRY = W + "listEntry"
_TEXT_DEFAULT = f"{W}textInput/{W}default"


@dataclass(slots=True)
class Field:
    """A field between its marks. What Word keeps as the result of a box or a drop-down is not what it shows."""

    kind: str = ""
    """`text`, `box`, `choice`, or empty for a field that nobody fills in (a date, a page number)."""
    default: str = ""
    start: int = 0
    """How much stood before it."""
    ticked: bool | None = None
    choice: str = ""
    chosen: bool = False
    in_code: bool = True
    """Whether the mark between the field's code and its result is still to come."""

    @property
    def shows_result(self) -> bool:
        """Whether the text that Word keeps as the field's result is what a reader sees."""
        return self.kind not in ("box", "choice")


def field_begun(mark: etree._Element, start: int) -> Field:
    """The field that this mark begins."""
    data = mark.find(_FFDATA)
    if data is None:
        return Field(start=start)
    box = data.find(_CHECKBOX)
    if box is not None:
        return Field("box", start=start, ticked=_ticked(box))
    choice = data.find(_DDLIST)
    if choice is not None:
        text, chosen = _chosen(choice)
        return Field("choice", start=start, choice=text, chosen=chosen)
    default = data.find(_TEXT_DEFAULT)
    return Field("text", "" if default is None else default.get(VAL) or "", start)


def _ticked(box: etree._Element) -> bool:
    """The tick of a box: what was set, else its default (ECMA-376 part 1, 17.16.8)."""
    for name in ("checked", "default"):
        state = box.find(W + name)
        if state is not None:
            return state.get(VAL, "1") not in OFF
    return False


def _chosen(choice: etree._Element) -> tuple[str, bool]:
    """The entry a drop-down shows, and whether somebody chose it."""
    entries = [entry.get(VAL) or "" for entry in choice.iterfind(_LISTENTRY)]
    for name in ("result", "default"):
        state = choice.find(W + name)
        number = (state.get(VAL) or "0") if state is not None else ""
        if number.isdecimal() and int(number) < len(entries):
            return entries[int(number)], name == "result"
    return (entries[0] if entries else ""), False
