"""Referral forms as Word documents with content controls: text, dates, tick boxes and a list to choose from."""

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from marac.demo.form_layout import side_by_side_form
from marac.demo.form_parts import NOTHING, TITLE, Answer, Choice
from marac.demo.word_form import WriteAnswer, drawn
from marac.referral import Referral

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
EMPTY_TEXT = "Click or tap here to enter text."
EMPTY_LIST = "Choose an item."


def word_controls_form(referral: Referral) -> bytes:
    """A filled-in referral form; a control that was left alone still shows its prompt."""
    return drawn(side_by_side_form(referral), TITLE, _by_controls())


def _by_controls() -> WriteAnswer:
    numbers = itertools.count(41_000_001)

    def write(paragraph: "Paragraph", answer: Answer) -> None:
        from docx.oxml.parser import parse_xml

        for element in _elements(answer, numbers):
            paragraph._p.append(parse_xml(element))  # noqa: SLF001 - python-docx knows no content controls

    return write


def _elements(answer: Answer, numbers: Iterator[int]) -> Iterator[str]:
    if answer == NOTHING:
        return
    if isinstance(answer, dt.date):
        kind = (
            f'<w:date w:fullDate="{answer:%Y-%m-%d}T00:00:00Z"><w:dateFormat w:val="d MMMM yyyy"/>'
            '<w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
        )
        yield _control(kind, f"{answer.day} {answer:%B %Y}", numbers)
    elif not isinstance(answer, Choice):
        yield _control("<w:text/>", None if answer is None else str(answer), numbers)
    elif len(answer.options) > 2 and not answer.many:
        yield _list(answer, numbers)
    else:
        for option in answer.options:
            yield _box(option in answer.chosen, numbers)
            if option:
                yield _run(f" {option}     ")


def _control(kind: str, text: str | None, numbers: Iterator[int], prompt: str = EMPTY_TEXT) -> str:
    empty = "<w:showingPlcHdr/>" if text is None else ""
    shown = _run(prompt, grey=True) if text is None else _run(text)
    properties = f'<w:sdtPr><w:id w:val="{next(numbers)}"/>{empty}{kind}</w:sdtPr>'
    return f"<w:sdt {NAMESPACES}>{properties}<w:sdtContent>{shown}</w:sdtContent></w:sdt>"


def _list(answer: Choice, numbers: Iterator[int]) -> str:
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(option)} w:value={quoteattr(option)}/>" for option in answer.options
    )
    chosen = answer.chosen[0] if answer.chosen else None
    return _control(f"<w:dropDownList>{items}</w:dropDownList>", chosen, numbers, EMPTY_LIST)


def _box(ticked: bool, numbers: Iterator[int]) -> str:
    kind = (
        f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    )
    return _control(kind, "☒" if ticked else "☐", numbers)


def _run(text: str, *, grey: bool = False) -> str:
    colour = '<w:rPr><w:color w:val="808080"/></w:rPr>' if grey else ""
    return f'<w:r {NAMESPACES}>{colour}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
