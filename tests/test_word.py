import zipfile
from io import BytesIO

import pytest

from marac.document import WORD, Document
from marac.parsers import read
from marac.parsers.blocks import Line, Span, Table, UnreadableDocument
from marac.parsers.word.word import Word
from tests.word_forms import raw_word, word_form


def paragraph(xml: str) -> tuple[Span, ...]:
    """The spans of a paragraph with this XML in it."""
    (line,) = Word().blocks(raw_word(f"<w:p>{xml}</w:p>"))
    assert isinstance(line, Line)
    return line.spans


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def control(content: str, properties: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("properties", "quality"),
    [
        ("<w:b/>", "bold"),
        ('<w:u w:val="single"/>', "underlined"),
        ("<w:strike/>", "struck"),
        ('<w:highlight w:val="yellow"/>', "highlighted"),
        ('<w:bdr w:val="single"/>', "highlighted"),
        ("<w:vanish/>", "hidden"),
    ],
)
def test_the_look_of_a_run_is_kept(properties: str, quality: str) -> None:
    assert paragraph(run("Yes", properties)) == (Span("Yes", **{quality: True}),)  # type: ignore[arg-type]


@pytest.mark.parametrize("off", ['<w:b w:val="0"/>', '<w:u w:val="none"/>', '<w:strike w:val="false"/>'])
def test_a_look_that_is_switched_off_is_no_look(off: str) -> None:
    assert paragraph(run("Yes", off)) == (Span("Yes"),)


@pytest.mark.parametrize(
    ("xml", "ticked"),
    [
        (run("☒"), True),
        (run("☐"), False),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', True),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', False),
        (run("R", '<w:rFonts w:ascii="Wingdings 2"/>'), True),
        (run("\xa3", '<w:rFonts w:ascii="Wingdings 2"/>'), False),
        (control(run("☐"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'), True),
        (control(run("☒"), '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'), False),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>', True),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData></w:fldChar></w:r>', True),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>', False),
    ],
)  # fmt: skip
def test_every_way_to_draw_a_box_is_a_box(xml: str, ticked: bool) -> None:
    assert [span.ticked for span in paragraph(xml)] == [ticked]


def test_letters_in_an_ordinary_font_are_no_ticks() -> None:
    assert paragraph(run("R")) == (Span("R"),)


def test_a_control_shows_its_prompt_or_what_was_typed() -> None:
    prompt = control(run("Click here to enter text."), "<w:showingPlcHdr/><w:text/>")
    typed = control(run("Jane"), "<w:text/>")
    assert paragraph(prompt) == (Span("Click here to enter text.", placeholder=True),)
    assert paragraph(typed) == (Span("Jane", entered=True),)


def test_an_old_drop_down_shows_the_entry_chosen() -> None:
    entries = '<w:listEntry w:val="SELECT"/><w:listEntry w:val="Female"/>'
    field = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{}{}</w:ddList></w:ffData></w:fldChar></w:r>'
    assert paragraph(field.format('<w:result w:val="1"/>', entries)) == (Span("Female", entered=True),)
    assert paragraph(field.format("", entries)) == (Span("SELECT"),)


def test_an_old_text_field_left_at_its_default_text_is_a_prompt() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput><w:default w:val="Name"/></w:textInput></w:ffData></w:fldChar></w:r>'
    separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("separate", "end"))
    assert paragraph(begin + separate + run("Name") + end) == (Span("Name", placeholder=True),)
    assert paragraph(begin + separate + run("Jane") + end) == (Span("Jane", entered=True),)


def test_tracked_changes_are_read_as_accepted() -> None:
    deleted = f"<w:del>{run('old').replace('w:t', 'w:delText')}</w:del>"
    assert "".join(span.text for span in paragraph(deleted + f"<w:ins>{run('new')}</w:ins>")) == "new"


def test_of_alternative_content_only_the_first_choice_is_read() -> None:
    box = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box.format(run('told once'))}</mc:Choice><mc:Fallback><w:pict>{box.format(run('told once'))}</w:pict></mc:Fallback></mc:AlternateContent>"
    blocks = list(Word().blocks(raw_word(f"<w:p><w:r>{both}</w:r></w:p>")))
    assert [block.text for block in blocks if isinstance(block, Line)] == ["told once"]


def test_a_merged_cell_stands_once_with_its_spread() -> None:
    (table,) = Word().blocks(word_form([["Victim", "<", "a"], ["b", "c", "^"]]))
    assert isinstance(table, Table)
    assert [(cell.text, cell.row, cell.column, cell.rows, cell.columns) for cell in table.cells] == [
        ("Victim", 0, 0, 1, 2),
        ("a", 0, 2, 2, 1),
        ("b", 1, 0, 1, 1),
        ("c", 1, 1, 1, 1),
    ]


def test_a_cell_inside_a_control_keeps_its_column() -> None:
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    row = cell.format(run("Name")) + control(cell.format(run("Jane")), "<w:text/>")
    (table,) = Word().blocks(raw_word(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"))
    assert isinstance(table, Table)
    assert [(cell.column, cell.text) for cell in table.cells] == [(0, "Name"), (1, "Jane")]


def test_a_table_inside_a_cell_is_read_after_its_row() -> None:
    inner = f"<w:tbl><w:tr><w:tc><w:p>{run('Tom')}</w:p></w:tc></w:tr></w:tbl>"
    rows = f"<w:tr><w:tc><w:p>{run('Children')}</w:p>{inner}</w:tc></w:tr><w:tr><w:tc><w:p>{run('Reason')}</w:p></w:tc></w:tr>"
    blocks = list(Word().blocks(raw_word(f"<w:tbl>{rows}</w:tbl>")))
    assert [block.cells[0].text for block in blocks if isinstance(block, Table)] == ["Children", "Tom", "Reason"]
    assert [block.where for block in blocks] == ["table 1", "table 1, row 1, inner table", "table 1"]


def test_the_strict_form_of_the_format_reads_the_same() -> None:
    form = raw_word(f"<w:p>{run('Victim')}</w:p>")
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(form.content)) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(
                name,
                data.replace(
                    b"schemas.openxmlformats.org/wordprocessingml/2006", b"purl.oclc.org/ooxml/wordprocessingml"
                ),
            )
    (line,) = Word().blocks(Document("strict.docx", WORD, content.getvalue()))
    assert isinstance(line, Line)
    assert line.text == "Victim"


def test_a_document_type_declaration_is_refused() -> None:
    declared = raw_word(f"<w:p>{run('x')}</w:p>", before='<!DOCTYPE d [<!ENTITY e "x">]>')
    with pytest.raises(UnreadableDocument, match="declaration"):
        list(Word().blocks(declared))


def test_a_part_that_unpacks_beyond_all_measure_is_refused_before_it_is_unpacked() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"0" * 41_000_000)
    reading = read(Document("form.docx", WORD, content.getvalue()))
    assert reading.kind == "unreadable"
    assert "unpacks to far more" in reading.problems[0].message


def test_a_column_count_beyond_reason_does_no_harm() -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p>{run("Name")}</w:p></w:tc>'
    (table,) = Word().blocks(raw_word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))
    assert isinstance(table, Table)
    assert table.cells[0].columns == 63


def test_hidden_text_is_no_value_and_is_reported() -> None:
    secret = f"<w:p>{run('Victim name: ')}{run('Ann Moss', '<w:vanish/>')}{run(' Eve Pike')}</w:p>"
    rest = f"<w:p>{run('Perpetrator name: Ben Moss')}</w:p><w:p>{run('Consent given? Yes')}</w:p>"
    reading = read(raw_word(secret + rest))
    assert reading.referral.victim.name == "Eve Pike"
    assert any("hidden text" in problem.message for problem in reading.problems)
