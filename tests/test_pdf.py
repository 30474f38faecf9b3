"""What the PDF format reports of forms: words in their cells, boxes, marks and entries, whoever drew them."""

import json
from collections.abc import Iterable
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from marac.document import PDF, Document
from marac.parsers import read
from marac.parsers.blocks import Allowance, Block, Cell, Line, NeedsTime, Span, Table, UnreadableDocument
from marac.parsers.pdf.coverage import left_out
from marac.parsers.pdf.file import sheets
from marac.parsers.pdf.grid import grids
from marac.parsers.pdf.parts import parts
from marac.parsers.pdf.pdf import Pdf
from marac.parsers.pdf.rules import Rule, cells_between
from tests.invented_pdfs import (
    FONT,
    SIZE,
    Draw,
    browser_tick,
    changed,
    cross,
    document,
    fill,
    four_lines,
    frame,
    in_forms,
    nameless,
    painted_box,
    pdf,
    picture,
    ring,
    round_button,
    ruled,
    scanned,
    tick,
    together,
    turned,
    twice,
    unseen,
    words,
)

FORMS = Path(__file__).parent / "forms"


def blocks(content: bytes) -> list[Block]:
    return list(Pdf().blocks(document(content)))


def form(name: str) -> list[Block]:
    return blocks((FORMS / name).read_bytes())


def tables(found: Iterable[Block]) -> list[Table]:
    return [block for block in found if isinstance(block, Table)]


def lines(found: Iterable[Block]) -> list[str]:
    return [" ".join(shown(block.spans).split()) for block in found if isinstance(block, Line)]


def shown(spans: Iterable[Span]) -> str:
    return "".join({True: "☒", False: "☐", None: span.text}[span.ticked] for span in spans)


def right_of(found: Iterable[Block], label: str) -> Cell:
    """The cell to the right of the one that says `label`."""
    for table in tables(found):
        for cell, after in pairwise(table.cells):
            if cell.text.strip() == label and cell.row == after.row:
                return after
    raise AssertionError(f"no cell says {label}")


def rows(table: Table) -> list[list[str]]:
    return [
        [shown(cell.spans) for cell in table.cells if cell.row == row]
        for row in sorted({cell.row for cell in table.cells})
    ]


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [each for part in value.values() for each in strings(part)]
    if isinstance(value, list):
        return [each for part in value for each in strings(part)]
    return [value] if isinstance(value, str) else []


def unread(found: Iterable[Block]) -> list[Line]:
    return [block for block in found if isinstance(block, Line) and block.unread]


def as_seen(found: Iterable[Block]) -> list[object]:
    """The blocks without places, and without the names that a library gives to looks."""
    seen: list[object] = []
    for block in found:
        if isinstance(block, Line):
            seen.append((block.where, block.heading, said(block.spans)))
        else:
            seen += [(block.where, c.row, c.column, c.rows, c.columns, c.shaded, said(c.spans)) for c in block.cells]
    return seen


def said(spans: Iterable[Span]) -> list[tuple[object, ...]]:
    return [
        (
            " ".join(span.text.split()),
            span.ticked,
            span.bold,
            span.underlined,
            span.struck,
            span.highlighted,
            span.hidden,
        )
        for span in spans
        if span.text.strip() or span.ticked is not None
    ]


def looks(found: Iterable[Block], how: str) -> list[str]:
    spans = [
        span
        for block in found
        for span in (block.spans if isinstance(block, Line) else [s for c in block.cells for s in c.spans])
    ]
    return [span.text.strip() for span in spans if getattr(span, how)]


@pytest.mark.parametrize("name", ["d02-redbridge", "d26-kingston", "d34-kingston", "d49-redbridge"])
def test_the_names_and_the_story_of_a_form_are_in_its_blocks(name: str) -> None:
    truth = json.loads((FORMS / f"{name}.truth.json").read_text("utf-8"))["referral"]
    found = form(f"{name}.pdf")
    said = " ".join(lines(found))
    said += " ".join(" ".join(shown(cell.spans).split()) for table in tables(found) for cell in table.cells)
    for person in (truth["victim"], *truth["perpetrators"], *truth["children"]):
        assert all(part.casefold() in said.casefold() for part in person["name"].split())
    assert truth["reason"].split(".")[0].replace("\n", " ")[:60] in said


def test_a_table_goes_on_over_the_page_and_a_cut_row_is_whole_again() -> None:
    reason = next(table for table in tables(form("d26-kingston.pdf")) if "Reason for referral" in table.cells[0].text)
    story = reason.cells[-1].text
    assert reason.where == "page 2, table 3"
    assert "Stuart Finch last saw the family on 2/12/2021" in story
    assert story.endswith("so that a joint plan can be made.")


def test_a_cell_beside_several_rows_goes_on_over_the_page() -> None:
    perpetrator = next(table for table in tables(form("d26-kingston.pdf")) if table.cells[0].text == "Perpetrator")
    assert (perpetrator.cells[0].rows, perpetrator.cells[-1].text) == (8, "Drink/Drugs Issues: cannabis")


def test_running_heads_and_feet_are_said_once() -> None:
    found = form("d26-kingston.pdf")
    assert [block.where for block in found if isinstance(block, Line) and "RESTRICTED" in block.text] == ["page header"]
    assert found[-1].where == "page footer"


def test_symbol_letters_are_boxes_in_their_columns() -> None:
    checklist = tables(form("d02-redbridge.pdf"))[-1]
    assert rows(checklist)[1][2:5] == ["☐", "☐", "☒"]
    assert rows(checklist)[12][1].endswith("Alcohol ☒  Mental Health ☐  Drugs ☐")


def test_an_answer_underlined_by_hand_is_underlined() -> None:
    assert looks(form("d02-redbridge.pdf"), "underlined") == ["Yes"]


def test_what_was_typed_into_fields_is_entered_in_its_cell() -> None:
    found = form("d34-kingston.pdf")
    address = right_of(found, "Address")
    assert (address.text, address.spans[0].entered) == ("47 Victoria Road\nSurbiton\nKT5 1RG", True)
    assert right_of(found, "Mental Health Issues").text == "None known"
    assert right_of(found, "Disability (Please state)").spans == ()


def test_radio_buttons_and_check_boxes_are_boxes_at_their_words() -> None:
    found = form("d34-kingston.pdf")
    assert shown(right_of(found, "Does the client consent to this referral to MARAC?").spans) == "☒ Yes ☐ No"
    assert shown(right_of(found, "Safe to leave message").spans).split() == ["☒", "Yes", "☐", "No"]


@pytest.mark.parametrize("name", ["d02-redbridge", "d26-kingston", "d34-kingston", "d49-redbridge"])
def test_two_libraries_read_the_same_in_a_form(name: str) -> None:
    file = document((FORMS / f"{name}.pdf").read_bytes())
    assert as_seen(Pdf().blocks(file)) == as_seen(Pdf().blocks_again(file) or [])


def test_each_row_of_a_table_has_its_place_on_its_own_page() -> None:
    found = form("d26-kingston.pdf")
    assert {1, 2} in [{place.page for place in each.places.values()} for each in tables(found)]
    for each in tables(found):
        assert set(each.places) == {cell.row for cell in each.cells}
        pages = [each.places[row].page for row in sorted(each.places)]
        assert pages == sorted(pages)
        assert all(0 <= p.x0 < p.x1 <= 596 and 0 <= p.top < p.bottom <= 843 for p in each.places.values())


YES, NO = 290.0, 370.0
BOX_TABLE = together(
    ruled([40, 250, 330, 420, 555], [760, 735, 710]),
    words(44, 743, "Question"),
    words(255, 743, "Yes"),
    words(335, 743, "No"),
)


@pytest.mark.parametrize(
    ("how", "mark"),
    {
        "two lines": cross(YES, 717, 9),
        "two strokes": tick(YES, 717, 9),
        "a blob": fill(YES + 2, 719, 5, 5, 0, 0, 0),
        "a letter": words(YES + 1.8, 718.5, "X"),
        "a dingbat": words(YES + 1, 718.5, "✔", "ZapfDingbats"),
    }.items(),
)
def test_a_drawn_box_is_ticked_by(how: str, mark: Draw) -> None:
    page = together(BOX_TABLE, words(44, 718, "Frightened?"), frame(YES, 717, 9, 9), frame(NO, 717, 9, 9), mark)
    assert rows(tables(blocks(pdf(page)))[0]) == [["Question", "Yes", "No", ""], ["Frightened?", "☒", "☐", ""]], how


def test_drawn_boxes_and_buttons_stand_among_the_words_of_their_line() -> None:
    page = together(
        words(40, 700, "Safe to call?"), words(120, 700, "Yes"), round_button(140, 698, on=True), words(160, 700, "No"),
        round_button(178, 698, on=False), words(40, 670, "Consent?"), four_lines(100, 669, 9), cross(101, 670, 7),
        words(112, 670, "Yes"), four_lines(140, 669, 9), words(152, 670, "No"),
    )  # fmt: skip
    assert lines(blocks(pdf(page))) == ["Safe to call? Yes ☒ No ☐", "Consent? ☒ Yes ☐ No"]


def checklist_page(top: float, *questions: str) -> Draw:
    """Rows of a checklist from `top` down: a question and two boxes, or the rest of a question that was cut."""
    ys = [top - 30.0 * row for row in range(len(questions) + 1)]
    parts = [ruled([40, 400, 480, 555], ys)]
    for question, y in zip(questions, ys[1:], strict=True):
        parts.append(words(44, y + 12, question))
        if question[:1].isdigit():
            parts += [frame(430, y + 10, 9, 9), frame(510, y + 10, 9, 9), cross(430, y + 10, 9)]
    return together(*parts)


def test_a_row_at_the_top_of_a_page_joins_the_last_one_only_if_it_is_its_rest() -> None:
    before = checklist_page(130, "18. Has he hurt you before?", "19. Is he violent to others, for example")
    apart = tables(
        blocks(pdf(before, checklist_page(800, "20. Has he hurt the children?", "21. Is it getting worse?")))
    )
    whole = tables(blocks(pdf(before, checklist_page(800, "Children or another person", "20. Is it getting worse?"))))
    assert [row[1:] for row in rows(apart[0])] == [["☒", "☐"]] * 4
    assert rows(whole[0])[1:] == [
        ["19. Is he violent to others, for example\nChildren or another person", "☒", "☐"],
        ["20. Is it getting worse?", "☒", "☐"],
    ]


@pytest.mark.parametrize(
    ("program", "on", "off"),
    [
        ("LibreOffice", together(painted_box(60, 699, 9), cross(61, 700, 7)), painted_box(100, 699, 9)),
        ("a browser", browser_tick(60, 699, 9), ring(100, 699, 9)),
        ("a browser, all ticked", browser_tick(60, 699, 9), browser_tick(100, 699, 9)),
        ("a browser, none ticked", ring(60, 699, 9), ring(100, 699, 9)),
    ],
)
def test_painted_boxes_are_read_as_a_reader_sees_them(program: str, on: Draw, off: Draw) -> None:
    page = together(
        words(40, 700, "Yes"), on, words(80, 700, "No"), off, words(40, 650, "A page of print with two boxes.")
    )
    wanted = {"all": "☒☒", "none": "☐☐"}.get(program.partition(", ")[2].partition(" ")[0], "☒☐")
    assert [each for each in lines(blocks(pdf(page)))[0] if each in "☒☐"] == list(wanted)


def test_lines_along_letters_are_marks_and_lines_to_write_on_are_not() -> None:
    page = together(
        fill(85.02, 698, 15.5, 11, 1, 1, 0), words(40, 700, "Aware?"), words(85, 700, "Yes / No"), words(40, 680, "Pregnant?"),
        words(85, 680, "Yes / No"), fill(85, 682.6, 15.5, 0.5, 0, 0, 0), words(40, 660, "Repeat?"), words(85, 660, "Yes / No"),
        fill(85, 658.6, 15.5, 0.5, 0, 0, 0), words(40, 640, "Name:"), words(80, 640, "Jo Example"), fill(70, 638.5, 200, 0.5, 0, 0, 0),
    )  # fmt: skip
    found = blocks(pdf(page))
    assert [looks(found, how) for how in ("highlighted", "struck", "underlined")] == [["Yes"], ["Yes"], ["Yes"]]
    assert lines(found)[-1] == "Name: Jo Example"


def test_the_highlighting_of_a_short_word_is_no_tick_box() -> None:
    short = stringWidth("No", FONT, SIZE)
    page = together(
        fill(85 + stringWidth("Yes / ", FONT, SIZE), 698, short, 11, 1, 1, 0),
        words(40, 700, "Aware?"),
        words(85, 700, "Yes / No"),
    )
    found = blocks(pdf(page))
    assert (lines(found), looks(found, "highlighted")) == (["Aware? Yes / No"], ["No"])


def test_a_row_of_squares_is_one_number_and_a_frame_is_no_table() -> None:
    squares = [
        part
        for place, digit in enumerate("12051984")
        for part in (frame(80 + 14 * place, 697, 14, 14), words(84 + 14 * place, 700, digit))
    ]
    page = together(
        words(40, 700, "Born"),
        *squares,
        words(40, 670, "Telephone"),
        frame(100, 665, 150, 16),
        words(104, 670, "07700 900123"),
    )
    found = blocks(pdf(page))
    assert not tables(found)
    assert lines(found) == ["Born 12051984", "Telephone 07700 900123"]


def test_labels_and_answers_in_columns_are_a_table_without_lines() -> None:
    said = [
        ("Victim name", "Jo Example"),
        ("Address", "12 Mill Lane"),
        ("", "Leeds"),
        ("Email", ""),
        ("Safe to call?", "Yes"),
    ]
    page = [
        words(x, 700 - 14 * row, each)
        for row, pair in enumerate(said)
        for x, each in zip((40, 160), pair, strict=True)
        if each
    ]
    found = blocks(pdf(together(*page, words(40, 600, "Reason for referral: he would not stop ringing the bell."))))
    assert rows(tables(found)[0]) == [
        ["Victim name", "Jo Example"],
        ["Address", "12 Mill Lane\nLeeds"],
        ["Email", ""],
        ["Safe to call?", "Yes"],
    ]
    assert lines(found) == ["Reason for referral: he would not stop ringing the bell."]


def test_a_cell_that_word_shades_in_two_layers_is_one_cell() -> None:
    shading = [fill(x + shift, 736, 200 - 2 * shift, 20, 0.8, 0.8, 0.8) for x in (40, 240) for shift in (0, 5)]
    page = together(*shading, words(45, 742, "Name"), words(245, 742, "Born"), words(45, 700, "below"))
    table = tables(blocks(pdf(page)))[0]
    assert [(cell.text, cell.shaded) for cell in table.cells] == [("Name", True), ("Born", True)]


def test_words_that_a_reader_does_not_see_are_hidden() -> None:
    found = blocks(pdf(together(words(40, 700, "what a reader sees"), fill(40, 400, 200, 20, 0, 0, 0.3), unseen)))
    assert looks(found, "hidden") == ["painted in no colour", "white on white", "beside the page"]
    assert lines(found)[0] == "what a reader sees"


def fields(canvas: object) -> None:
    form = canvas.acroForm  # type: ignore[attr-defined]
    form.textfield(name="n", x=120, y=695, width=150, height=16, value="Siân O'Connor-Blake", tooltip="Name")
    form.textfield(name="e", x=120, y=665, width=150, height=16, value="")
    form.choice(name="g", x=120, y=635, width=150, height=16, options=[("Female", "F"), ("Male", "M")], value="F")
    for place, value in ((120, "1"), (160, "0")):
        form.radio(name="r", value=value, selected=value == "0", x=place, y=605, size=10)
    form.checkbox(name="c", x=120, y=575, size=10, checked=True)


LABELS = together(
    words(40, 700, "Name"), words(40, 670, "Email"), words(40, 640, "Gender"), words(40, 607, "Safe?"), words(133, 607, "Yes"),
    words(173, 607, "No"), words(40, 577, "Consent"), words(40, 500, "Send this form to the coordinator by secure mail, and keep a copy of it."),
)  # fmt: skip
FILLED = [
    ["Name", "Siân O'Connor-Blake"],
    ["Email", ""],
    ["Gender", "Female"],
    ["Safe?", "☐ Yes ☒ No"],
    ["Consent", "☒"],
]


def test_fields_without_a_table_stand_beside_their_labels() -> None:
    assert rows(tables(blocks(pdf(together(LABELS, fields))))[0]) == FILLED


PAGE = together(
    BOX_TABLE, words(44, 718, "Frightened?"), frame(YES, 717, 9, 9), cross(YES, 717, 9), frame(NO, 717, 9, 9), frame(60, 560, 9, 9),
    words(80, 562, "Room 1117, flat 17")
)  # fmt: skip
SEEN = [["Question", "Yes", "No", ""], ["Frightened?", "☒", "☐", ""]]


TURNS = {90: (595, 0, 90), 180: (595, 842, 180), 270: (0, 842, -90)}


@pytest.mark.parametrize("turn", TURNS)
def test_what_was_typed_on_a_turned_page_stands_where_it_is_shown(turn: int) -> None:
    right, up, degrees = TURNS[turn]
    with changed(pdf(turned(right, up, degrees, words(40, 400, "Name:"), words(40, 300, "Aware?")))) as (opened, file):
        corners = {90: (183, 70, 199, 200), 180: (395, 430, 525, 446), 270: (396, 642, 412, 772)}
        note = pikepdf.Dictionary(
            Subtype=pikepdf.Name.FreeText, Rect=corners[turn], Contents=pikepdf.String("Jo Example")
        )
        opened.pages[0].Rotate = turn
        opened.pages[0].Annots = [note]
    assert lines(blocks(file.getvalue())) == ["Name: Jo Example", "Aware?"]


@pytest.mark.parametrize("turn", TURNS)
def test_a_page_that_is_turned_is_read_as_it_is_shown(turn: int) -> None:
    with changed(pdf(turned(*TURNS[turn], PAGE))) as (opened, file):
        opened.pages[0].Rotate = turn
    found = blocks(file.getvalue())
    assert rows(tables(found)[0]) == SEEN
    assert lines(found) == ["☐ Room 1117, flat 17"]


def test_places_are_those_of_the_page_as_it_is_cut() -> None:
    with changed(pdf(PAGE)) as (opened, file):
        opened.pages[0].CropBox = pikepdf.Array([30, 500, 595, 800])
    found = blocks(file.getvalue())
    line = next(block for block in found if isinstance(block, Line))
    assert line.place is not None
    assert line.place.x0 == pytest.approx(30, abs=1)
    assert line.place.bottom == pytest.approx(800 - 560, abs=2)


def test_what_a_cut_page_does_not_show_is_hidden() -> None:
    with changed(pdf(together(PAGE, words(40, 300, "below the cut")))) as (opened, file):
        opened.pages[0].CropBox = pikepdf.Array([30, 500, 595, 800])
    assert looks(blocks(file.getvalue()), "hidden") == ["below the cut"]


def test_what_is_drawn_by_forms_inside_forms_is_read_where_it_is_shown() -> None:
    found = blocks(in_forms(PAGE))
    assert rows(tables(found)[0]) == SEEN
    place = tables(found)[0].places[0]
    assert place.x0 == pytest.approx(50, abs=1)
    assert place.top == pytest.approx(842 - 740, abs=1)


def test_words_printed_twice_on_one_spot_are_bold_and_read_once() -> None:
    found = blocks(pdf(together(words(40, 700, "Aware?"), twice(85, 700, "Yes"), words(103.5, 700, "/ No"))))
    assert (lines(found), looks(found, "bold")) == (["Aware? Yes / No"], ["Yes"])


def test_several_spaces_part_a_label_from_its_answer() -> None:
    found = blocks(pdf(together(words(40, 700, "Gender   female"), words(40, 650, "A page of print."))))
    assert next(block.text for block in found if isinstance(block, Line)) == "Gender   female"


@pytest.mark.parametrize(
    ("upper", "lower", "whole"),
    [
        ("jo.smith@mill-lane.", "example", "jo.smith@mill-lane.example"),
        ("22.09.19", "70", "22.09.1970"),
        ("Brook-Tay", "lor", "Brook-Taylor"),
        ("Lee-Anna", "and", "Lee-Anna and"),
        ("Occupati", "on", "Occupation"),
        ("Ethni", "city", "Ethnicity"),
        ("RELATIONSHI", "P TO VICTIM", "RELATIONSHIP TO VICTIM"),
        ("postc", "ode)", "postcode)"),
        ("Don'", "t know", "Don't know"),
        ("Signed", "by", "Signed by"),
    ],
)
def test_a_word_that_a_narrow_cell_cut_is_whole_again(upper: str, lower: str, whole: str) -> None:
    wide = stringWidth(upper, FONT, SIZE) + 8
    page = together(ruled([40, 40 + wide, 555], [760, 720]), words(44, 748, upper), words(44, 737, lower))
    assert rows(tables(blocks(pdf(page)))[0])[0][0] == whole


def test_a_wide_gap_parts_a_label_from_what_stands_before_it() -> None:
    found = blocks(
        pdf(together(words(40, 700, "Completed by: Jo Example"), words(160, 700, "Contact no: 07700 900123")))
    )
    assert next(block.text for block in found if isinstance(block, Line)) == (
        "Completed by: Jo Example   Contact no: 07700 900123"
    )


def test_a_tab_without_room_parts_a_label_from_what_stands_before_it() -> None:
    first = "Ethnicity: White British"
    end = 40 + stringWidth(first, FONT, SIZE)
    near = together(words(40, 700, first), words(end + 0.8 * SIZE, 700, "Religion: none"))
    touching = together(words(40, 650, first), words(end + 0.04 * SIZE, 650, "Religion: none"))
    found = [block.text for block in blocks(pdf(together(near, touching))) if isinstance(block, Line)]
    assert found == ["Ethnicity: White British   Religion: none"] * 2


def test_lines_with_several_labels_are_not_run_together() -> None:
    page = together(
        words(40, 700, "Referring agency: Adult Social Care, Locality North"),
        words(330, 700, "Date of referral: 11th of December 2023, at half past ten"),
        words(40, 689, "Completed by: Jo Example"),
        words(330, 689, "Contact: 07700 900123"),
    )
    assert len([block for block in blocks(pdf(page)) if isinstance(block, Line)]) == 2


def test_lines_under_cells_make_a_table_and_a_heading_begins_another() -> None:
    feet = [
        fill(x0, y, x1 - x0, 0.8, 0, 0, 0)
        for y, sides in ((720, (40, 258, 262, 540)), (690, (40, 258, 262, 540)), (630, (40, 258, 262, 540)), (600, (40, 540)))
        for x0, x1 in (sides[at : at + 2] for at in range(0, len(sides), 2))
    ]  # fmt: skip
    said = [
        (40, 734, "NAME"), (262, 734, "BORN"), (40, 724, "Jo Example"), (262, 724, "1/2/1990"),
        (40, 704, "TELEPHONE"), (262, 704, "POSTCODE"), (40, 694, "07700 900123"), (262, 694, "LS1 1AA"),
        (40, 644, "AGENCY"), (262, 644, "ROLE"), (40, 634, "Mill Housing"), (262, 634, "Officer"), (40, 606, "DETAILS"),
    ]  # fmt: skip
    heading = words(40, 668, "REFERRER", "Helvetica-Bold")
    found = blocks(pdf(together(*feet, heading, *(words(*each) for each in said))))
    assert [rows(table) for table in tables(found)] == [
        [["NAME\nJo Example", "BORN\n1/2/1990"], ["TELEPHONE\n07700 900123", "POSTCODE\nLS1 1AA"]],
        [["AGENCY\nMill Housing", "ROLE\nOfficer"], ["DETAILS"]],
    ]
    assert lines(found) == ["REFERRER"]


def test_words_that_did_not_fit_into_the_first_of_two_columns_go_on_in_their_row() -> None:
    said = [("Victim: Jo Example", "Born 1/2/1990"), ("Address: 12 Old Mill", "Phone 07700 900123"), ("Lane", "")]
    said.append(("Safe to call: yes", "Agency: Mill Housing"))
    page = [
        words(x, 700 - 14 * row, each)
        for row, pair in enumerate(said)
        for x, each in zip((40, 140), pair, strict=True)
        if each
    ]
    assert rows(tables(blocks(pdf(together(*page))))[0])[1] == ["Address: 12 Old Mill Lane", "Phone 07700 900123"]


def test_the_last_low_row_of_a_table_on_the_next_page_belongs_to_it() -> None:
    first = together(
        ruled([40, 555], [160, 130, 60]), words(44, 140, "What happened?"), words(44, 112, "He came back and")
    )
    rest = together(ruled([40, 555], [800, 782]), words(44, 788, "broke the door."))
    found = tables(blocks(pdf(first, rest)))
    assert [[cell.text for cell in table.cells] for table in found] == [
        ["What happened?", "He came back and\nbroke the door."]
    ]


def test_letters_without_a_name_are_told() -> None:
    with pikepdf.open(FORMS / "d26-kingston.pdf") as opened:
        fonts = opened.pages[0].Resources.Font
        rare = next(font for _, font in sorted(fonts.items()) if "Mono-Bold" in str(font.BaseFont))
        del rare["/ToUnicode"]
        file = BytesIO()
        opened.save(file)
    assert any("letters of which the file does not say" in line.unread for line in unread(blocks(file.getvalue())))


def test_print_whose_letters_have_no_names_is_read_by_its_picture() -> None:
    form = Document("form.pdf", PDF, nameless((FORMS / "d26-kingston.pdf").read_bytes()))
    with pytest.raises(NeedsTime):
        list(Pdf(Allowance(patient=False)).blocks(form))
    found = read(form)
    truth = json.loads((FORMS / "d26-kingston.truth.json").read_text(encoding="utf-8"))
    assert found.referral.victim.name == truth["referral"]["victim"]["name"]
    assert any("read by" in problem.message for problem in found.problems)


def test_print_that_ends_in_no_part_is_told() -> None:
    sheet = sheets(pdf(PRINT))[0]
    assert not list(left_out(sheet, parts(sheet, grids(sheet))))
    assert [line.unread for line in left_out(sheet, [])] == [
        "Some of the print on page 1 of the PDF was not read. Look at it."
    ]


@given(st.integers(1, 6), st.integers(1, 6), st.floats(5, 60), st.floats(5, 60))
def test_a_ruled_table_has_a_cell_between_each_two_lines(columns: int, levels: int, wide: float, high: float) -> None:
    xs, ys = [10 + wide * n for n in range(columns + 1)], [10 + high * n for n in range(levels + 1)]
    found = cells_between([Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs])
    assert len(found) == columns * levels
    assert sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in found) == pytest.approx(
        columns * levels * wide * high
    )


def test_graph_paper_is_no_table() -> None:
    lines = [Rule(5.0 * n, 0, 500) for n in range(100)]
    assert cells_between(lines, lines) == []


def test_fields_of_a_page_that_does_not_begin_at_zero_stand_beside_their_labels() -> None:
    with changed(pdf(together(LABELS, fields))) as (opened, file):
        opened.pages[0].MediaBox = pikepdf.Array([-20, -30, 595, 842])
    assert rows(tables(blocks(file.getvalue()))[0]) == FILLED


def test_a_value_is_inherited_from_the_parent_and_a_loop_of_parents_ends() -> None:
    with changed(pdf(together(LABELS, fields))) as (opened, file):
        for field in opened.pages[0].Annots:
            if str(field.get("/T", "")) == "n":
                field.Parent = opened.make_indirect(pikepdf.Dictionary(V=field.V, FT=field.FT))
                del field.V, field.FT
            if str(field.get("/T", "")) == "e":
                field.Parent = opened.make_indirect(pikepdf.Dictionary())
                field.Parent.Parent = field.Parent
                del field.V
    assert rows(tables(blocks(file.getvalue()))[0]) == FILLED


def test_a_field_that_is_not_shown_is_hidden() -> None:
    with changed(pdf(together(LABELS, fields))) as (opened, file):
        opened.pages[0].Annots[0].F = 2
    assert looks(blocks(file.getvalue()), "hidden") == ["Siân O'Connor-Blake"]


def test_fields_on_a_page_without_print_are_labelled_by_their_tooltips() -> None:
    assert lines(blocks(pdf(together(picture, fields))))[0] == "Name: Siân O'Connor-Blake"


def test_what_was_written_on_top_of_a_pdf_is_read() -> None:
    with changed(
        pdf(
            together(
                words(40, 700, "Name:"),
                words(40, 670, "Aware?"),
                words(85, 670, "Yes / No"),
                words(40, 640, "Consent"),
                frame(100, 638, 9, 9),
            )
        )
    ) as (opened, file):
        quad = [85, 680, 100.5, 680, 85, 668, 100.5, 668]
        notes = [
            pikepdf.Dictionary(
                Subtype=pikepdf.Name.FreeText, Rect=[75, 696, 200, 710], Contents=pikepdf.String("Jo Example")
            ),
            pikepdf.Dictionary(Subtype=pikepdf.Name.Highlight, Rect=[85, 668, 101, 680], QuadPoints=quad),
            pikepdf.Dictionary(Subtype=pikepdf.Name.Ink, Rect=[99, 636, 112, 650]),
            pikepdf.Dictionary(Subtype=pikepdf.Name.Ink, Rect=[40, 300, 300, 400]),
        ]
        opened.pages[0].Annots = opened.make_indirect(pikepdf.Array([opened.make_indirect(note) for note in notes]))
    found = blocks(file.getvalue())
    assert lines(found)[:3] == ["Name: Jo Example", "Aware? Yes / No", "Consent ☒"]
    assert (looks(found, "entered"), looks(found, "highlighted")) == (["Jo Example"], ["Yes"])
    assert [block.unread for block in found if isinstance(block, Line) and block.unread] == [
        "Somebody wrote or stamped on page 1 of the PDF by hand, which was not read. Look at it."
    ]


def reason(content: bytes) -> str:
    with pytest.raises(UnreadableDocument) as raised:
        blocks(content)
    return str(raised.value)


PRINT = words(40, 700, "A referral form with enough print on it to be a page of text.")


def test_a_locked_pdf_says_so() -> None:
    assert "locked with a password" in reason(pdf(PRINT, password="secret"))


def test_a_pdf_that_only_may_not_be_changed_is_read() -> None:
    file = BytesIO()
    with pikepdf.open(BytesIO(pdf(PRINT))) as opened:
        opened.save(file, encryption=pikepdf.Encryption(owner="owner", user=""))
    assert lines(blocks(file.getvalue()))[0].startswith("A referral form")


FORM = together(
    words(60, 700, "Name of victim: Jo Example"), words(60, 670, "Telephone: 07700 900123"), words(60, 640, "Safe to call: Yes")
)  # fmt: skip


def test_a_scan_is_read_by_its_picture_and_says_so_once() -> None:
    found = blocks(scanned(FORM, FORM))
    assert "07700 900123" in " ".join(lines(found))
    assert [line.unread for line in unread(found)] == [
        "Pages 1 and 2 are scans and were read by their pictures. Compare them with the file."
    ]


def test_a_scanned_page_among_others_stands_in_its_place() -> None:
    with changed(scanned(FORM)) as (opened, file), pikepdf.open(BytesIO(pdf(PRINT, PRINT))) as printed:
        opened.pages.insert(0, printed.pages[0])
        opened.pages.append(printed.pages[1])
    found = blocks(file.getvalue())
    said = [line for line in lines(found) if line]
    assert (said[0][:15], said[-1][:15]) == ("A referral form", "A referral form")
    assert "07700 900123" in " ".join(said[1:-1])
    assert {block.place.page for block in found if isinstance(block, Line) and block.place} == {1, 2, 3}


def test_a_scan_waits_where_there_is_no_time() -> None:
    with pytest.raises(NeedsTime):
        Pdf(Allowance(patient=False)).blocks(document(pdf(PRINT, picture)))


def test_without_a_model_a_scanned_page_among_others_is_named(tmp_path: Path) -> None:
    found = list(Pdf(Allowance(models=tmp_path)).blocks(document(pdf(PRINT, picture))))
    assert lines(found)[0].startswith("A referral form")
    assert [line.unread for line in unread(found)] == [
        "Page 2 of the PDF is a scan, a picture without text, and was not read. Look at it."
    ]


def test_a_scan_without_words_says_so() -> None:
    assert "no words were found" in reason(pdf(picture, picture))


def test_a_scan_with_text_laid_invisibly_over_it_is_still_a_scan() -> None:
    assert "no words were found" in reason(pdf(together(picture, unseen)))


def test_a_scan_under_the_heading_of_a_fax_is_still_a_scan() -> None:
    heading = words(40, 820, "Received 03/04/2024 09:12 from 01632 960123, page 1 of 3")
    with pytest.raises(NeedsTime):
        Pdf(Allowance(patient=False)).blocks(document(pdf(together(picture, heading))))


def test_a_scan_has_no_second_reading() -> None:
    assert Pdf().blocks_again(document(pdf(PRINT, picture))) is None


def test_a_pdf_of_more_than_sixty_pages_is_not_read() -> None:
    assert len(blocks(pdf(*[PRINT] * 60))) == 60
    assert "more than 60 pages" in reason(pdf(*[PRINT] * 61))


def test_a_pdf_without_words_says_so() -> None:
    assert "no text" in reason(pdf(frame(40, 40, 300, 300)))


def test_a_damaged_pdf_says_so() -> None:
    assert "damaged" in reason(b"%PDF-1.7\nnothing that follows is a PDF")


def test_a_page_that_was_cut_off_is_not_taken_for_a_whole_one() -> None:
    with changed(pdf(PRINT)) as (opened, file):
        page = opened.pages[0]
        page.Contents = pikepdf.Stream(opened, page.Contents.read_bytes() * 20)
    with pikepdf.open(file) as opened:
        raw = opened.pages[0].Contents.read_raw_bytes()
    content = file.getvalue()
    assert "damaged" in reason(content.replace(raw, raw[: len(raw) // 2] + b"\0" * (len(raw) - len(raw) // 2)))


def test_a_form_that_only_adobe_reader_shows_says_so() -> None:
    with changed(
        pdf(words(40, 700, "Please wait... If this message is not eventually replaced, get Adobe Reader."))
    ) as (opened, file):
        opened.Root.AcroForm = opened.make_indirect(pikepdf.Dictionary(Fields=[], XFA=pikepdf.String("form")))
    assert "only Adobe Reader can show" in reason(file.getvalue())


def test_a_pdf_is_told_by_its_bytes() -> None:
    assert Pdf().recognises(document(b"\r\n%PDF-1.4"))
    assert not Pdf().recognises(document(b"PK\x03\x04 a form called form.pdf"))


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(30, 480),
            st.integers(40, 800),
            st.sampled_from(["MARAC", "victim", "DOB", "07700-900123", "O'Neil", "x"]),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_no_printed_word_is_lost_wherever_it_stands(placed: list[tuple[int, int, str]]) -> None:
    apart = {(x // 80, y // 15): (x // 80 * 80 + 5, y // 15 * 15, word) for x, y, word in placed}.values()
    page = together(ruled([40, 250, 330, 555], [760, 600, 400, 200]), *(words(x, y, word) for x, y, word in apart))
    found = blocks(pdf(page))
    said = " ".join([*lines(found), *(shown(cell.spans) for table in tables(found) for cell in table.cells)])
    for word in {word for _, _, word in apart}:
        assert said.split().count(word) == sum(word == other for _, _, other in apart)
