"""Names of WordprocessingML, and what its content controls and old form fields say of themselves."""

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL = W + "val"
ALTERNATE = MC + "AlternateContent"
CHOICE = MC + "Choice"
_LISTENTRY = W + "listEntry"
_PLACEHOLDER = W + "placeholder"
_SDT = W + "sdt"
_SDTCONTENT = W + "sdtContent"
_SDTPR = W + "sdtPr"
_TBL = W + "tbl"
_TC = W + "tc"
_CONTROL_BOX = f"{W}sdtPr/{W14}checkbox"
_CONTROL_PROMPT = f"{W}sdtPr/{W}showingPlcHdr"
_CHECKED14 = W14 + "checked"
_VAL14 = W14 + "val"
_TYPED = frozenset(W + name for name in ("text", "date", "dropDownList", "comboBox"))
OFF = frozenset(("0", "false", "off", "none", "nil", "clear"))
"""How Word writes that something is not so."""


def control_box(control: etree._Element) -> bool | None:
    """Whether a content control is a ticked or an empty box; None where it is no box."""
    box = control.find(_CONTROL_BOX)
    if box is None:
        return None
    checked = box.find(_CHECKED14)
    return checked is not None and checked.get(_VAL14, "1") not in OFF


def shows_prompt(control: etree._Element) -> bool:
    """Whether a content control is empty and shows its prompt."""
    shown = control.find(_CONTROL_PROMPT)
    return shown is not None and shown.get(VAL) not in OFF


def is_entry(control: etree._Element) -> bool:
    """Whether a content control is a field to fill in, and not a wrapper around a part of the form."""
    properties, content = control.find(_SDTPR), control.find(_SDTCONTENT)
    if properties is None or content is None:
        return False
    if any(each.tag in _TYPED for each in properties):
        return True
    wraps = next(content.iter(_TBL, _SDT, _TC), None) is not None
    return properties.find(_PLACEHOLDER) is not None and not wraps


def legacy_box(box: etree._Element) -> bool:
    """The tick of a legacy box: what was set, else its default (ECMA-376 part 1, 17.16.8)."""
    for name in ("checked", "default"):
        state = box.find(W + name)
        if state is not None:
            return state.get(VAL, "1") not in OFF
    return False


def legacy_choice(choice: etree._Element) -> tuple[str, bool]:
    """The entry a legacy drop-down shows, and whether somebody chose it."""
    entries = [entry.get(VAL) or "" for entry in choice.iterfind(_LISTENTRY)]
    for name in ("result", "default"):
        state = choice.find(W + name)
        number = (state.get(VAL) or "0") if state is not None else ""
        if number.isdecimal() and int(number) < len(entries):
            return entries[int(number)], name == "result"
    return (entries[0] if entries else ""), False
