"""What a reader of a Word file sees: changes accepted, controls of every level, hidden text, notes and old formats."""

import zipfile
from io import BytesIO

import pytest

from marac.document import WORD, Document
from marac.parsers import read
from marac.parsers.blocks import Line, Span, Table
from marac.parsers.word.word import Word
from tests.word_forms import raw_word


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{content}</w:p></w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def control(content: str, properties: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def lines(body: str, **parts: str) -> list[str]:
    blocks = Word().blocks(raw_word(body, parts={f"{name}.xml": xml for name, xml in parts.items()}))
    return [block.text for block in blocks if isinstance(block, Line) and not block.unread]


def spans(content: str) -> tuple[Span, ...]:
    (line,) = Word().blocks(raw_word(f"<w:p>{content}</w:p>"))
    assert isinstance(line, Line)
    return line.spans


def table(*rows: str) -> Table:
    (found,) = Word().blocks(raw_word(f"<w:tbl>{''.join(rows)}</w:tbl>"))
    assert isinstance(found, Table)
    return found


def test_what_was_moved_stands_only_where_it_went() -> None:
    assert lines(f"<w:p><w:moveFrom>{run('Jane')}</w:moveFrom><w:moveTo>{run('Ann')}</w:moveTo></w:p>") == ["Ann"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    ended = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    first, second = f"<w:p>{ended}{run('Jane ')}</w:p>", f"<w:p>{run('Moss')}</w:p>"
    assert lines(first + second) == ["Jane Moss"]
    (found,) = table(f"<w:tr><w:tc>{first}{second}</w:tc></w:tr>").cells
    assert found.text == "Jane Moss"


def test_deleted_rows_and_cells_are_gone() -> None:
    found = table(
        row(cell(run("Name")), cell(run("old"), "<w:cellDel/>"), cell(run("Jane"))),
        row(cell(run("gone")), properties="<w:del/>"),
        row(cell(run("Phone"), "<w:cellIns/>")),
    )
    assert [(each.row, each.column, each.text) for each in found.cells] == [
        (0, 0, "Name"),
        (0, 1, "Jane"),
        (1, 0, "Phone"),
    ]


def test_cells_merged_to_the_side_in_the_old_way_are_one() -> None:
    merged = (cell(run("Victim"), '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell(run("Jane")))
    assert [(each.column, each.columns, each.text) for each in table(row(*merged)).cells] == [
        (0, 2, "Victim"),
        (2, 1, "Jane"),
    ]


def test_a_box_that_is_a_whole_cell_is_a_box() -> None:
    ticked = control(cell(run("☐")), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>')
    found = table(row(cell(run("Consent")), ticked))
    assert [span.ticked for each in found.cells for span in each.spans] == [None, True]


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ('<w:date w:fullDate="1990-01-01T00:00:00Z"/>', "2 February 1991"),
        ('<w:dataBinding w:xpath="/name" w:storeItemID="{0}"/><w:text/>', "Jane Moss"),
        ('<w:dropDownList><w:listItem w:value="1" w:displayText="Flat"/></w:dropDownList>', "House"),
        ("<w:comboBox/>", "Own words"),
    ],
)
def test_of_a_control_the_words_that_it_shows_count(properties: str, text: str) -> None:
    assert spans(control(run(text), properties)) == (Span(text, entered=True),)


def test_controls_that_repeat_a_section_are_passed_through() -> None:
    items = "".join(control(f"<w:p>{run(name)}</w:p>", "<w:placeholder/>") for name in ("Tom", "Amy"))
    assert lines(control(items, "<w:docPartList/>")) == ["Tom", "Amy"]


def test_a_prompt_that_word_forgot_to_mark_is_no_answer() -> None:
    rows = [("Victim name", "Jane Moss"), ("Ethnicity", "Choose an item."), ("Perpetrator name", "Ben Moss")]
    answers = [row(cell(run(label)), cell(control(run(text), "<w:comboBox/>"))) for label, text in rows]
    reading = read(raw_word(f"<w:p>{run('MARAC referral form')}</w:p><w:tbl>{''.join(answers)}</w:tbl>"))
    assert reading.referral.victim.name == "Jane Moss"
    assert reading.referral.victim.ethnicity is None


@pytest.mark.parametrize(
    ("content", "ticked"),
    [
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>', True),
        ('<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>', True),
        ('<w:r><w:sym w:font="Segoe UI Symbol" w:char="2612"/></w:r>', True),
        ('<w:r><w:sym w:font="MS Gothic" w:char="2610"/></w:r>', False),
        (run("\uf0fe"), True),
        (run("\uf0a8"), False),
        (run("\uf052"), True),
    ],
)
def test_ticks_in_other_fonts_and_pasted_without_their_font_are_boxes(content: str, ticked: bool) -> None:
    assert [span.ticked for span in spans(content)] == [ticked]


def test_an_old_text_field_of_wide_blanks_is_empty() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert not "".join(span.text for span in spans(begin + run("\u2002\u2002\u2002") + end)).strip()


def test_of_a_field_its_result_is_read_and_not_what_its_code_compares() -> None:
    begin, between, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    inner = f"{begin}<w:r><w:instrText>MERGEFIELD sex</w:instrText></w:r>{between}{run('F')}{end}"
    assert lines(f"<w:p>{begin}{inner}{between}{run('Female')}{end}</w:p>") == ["Female"]


def test_words_stand_through_every_wrapper() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('above')}</w:rt><w:rubyBase>{run('e')}</w:rubyBase></w:ruby></w:r>"
    formula = "<m:oMath><m:r><m:t>f</m:t></m:r></m:oMath>"
    wrapped = (
        f"<w:hyperlink>{run('a')}</w:hyperlink><w:fldSimple>{run('b')}</w:fldSimple><w:smartTag>{run('c')}</w:smartTag>"
    )
    wrapped += f"<w:customXml>{run('d')}</w:customXml>"
    assert lines(f"<w:customXml><w:p>{wrapped}{ruby}{formula}</w:p></w:customXml>") == ["abcdef"]


def test_characters_that_nobody_sees_are_left_out() -> None:
    assert spans(run("Red\u00adbridge\u200b")) == (Span("Redbridge"),)
    assert spans("<w:r><w:t>020</w:t><w:noBreakHyphen/><w:t>7946</w:t><w:softHyphen/><w:tab/><w:t>x</w:t></w:r>") == (
        Span("020-7946\tx"),
    )


def test_text_hidden_by_its_style_or_its_row_is_hidden() -> None:
    styles = (
        '<w:styles><w:style w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Secret"><w:basedOn w:val="Base"/></w:style></w:styles>'
    )
    shown = '<w:vanish w:val="0"/>'
    secret = '<w:rStyle w:val="Secret"/>'
    body = (
        f"<w:p>{run('a', secret)}</w:p>"
        f'<w:p><w:pPr><w:pStyle w:val="Secret"/></w:pPr>{run("b")}</w:p>'
        f"<w:p>{run('c', secret + shown)}</w:p>"
        f"<w:tbl>{row(cell(run('d')), properties='<w:hidden/>')}</w:tbl>"
    )
    found = Word().blocks(raw_word(body, parts={"styles.xml": styles}))
    said = [span for block in found for span in (block.spans if isinstance(block, Line) else block.cells[0].spans)]
    assert [(span.text, span.hidden) for span in said] == [("a", True), ("b", True), ("c", False), ("d", True)]


def test_a_footnote_stands_at_the_edge_of_the_page() -> None:
    notes = f'<w:footnotes><w:footnote w:id="1"><w:p>{run("See the guidance.")}</w:p></w:footnote></w:footnotes>'
    (_, note) = Word().blocks(raw_word(f"<w:p>{run('Form')}</w:p>", parts={"footnotes.xml": notes}))
    assert isinstance(note, Line)
    assert (note.text, note.where) == ("See the guidance.", "page footer, note")


def test_of_several_alternatives_one_is_read_and_the_old_one_only_where_there_is_no_other() -> None:
    both = f"<mc:AlternateContent><mc:Choice>{run('new')}</mc:Choice><mc:Choice>{run('newer')}</mc:Choice></mc:AlternateContent>"
    old = f"<mc:AlternateContent><mc:Fallback>{run('old')}</mc:Fallback></mc:AlternateContent>"
    assert lines(f"<w:p>{both}</w:p><w:p>{old}</w:p>") == ["new", "old"]


@pytest.mark.parametrize("kind", ["template.main+xml", "macroEnabled.main+xml"])
def test_templates_and_forms_with_macros_are_read_like_any_other(kind: str) -> None:
    form = raw_word(f"<w:p>{run('Victim')}</w:p>")
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(form.content)) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"document.main+xml", kind.encode()))
        target.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 never run")
    (line,) = Word().blocks(Document("form.dotm", WORD, content.getvalue()))
    assert isinstance(line, Line)
    assert line.text == "Victim"
