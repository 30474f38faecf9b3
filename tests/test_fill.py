import datetime as dt
import io
import re
import zipfile

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marac.errors import TemplateError
from marac.generators.fill import _refuse_lost_text, filled
from marac.generators.strict_template import FilledPart
from marac.generators.word_file import unpacked
from tests.word_templates import template, with_file, with_part, words_of

LETTER = template("Before", "Dear {{ name }},", "After the name", header="{{ name }} head", footer="{{ name }} foot")


def letter(value: object) -> str:
    return words_of(filled(LETTER, {"name": value}, name="letter.docx").content)


@pytest.mark.parametrize(
    "value",
    [
        'He said <b>"I will kill you"</b> & left',
        "</w:t></w:r></w:p><w:p><w:r><w:t>",
        "Smith & Jones",
        "&amp; &lt; &#65; &nope;",
        "]]>",
        "<!-- -->",
        "{{ 7*7 }}",
        "{% for x in y %}",
        "{# gone? #}",
        "{_{ 7*7 }_} {_% if %_}",
        "{{ cycler.__init__.__globals__.os.popen('id') }}",
        "O'Neill “quoted” \N{LEFT SINGLE QUOTATION MARK}single\N{RIGHT SINGLE QUOTATION MARK}",
        "Łukasz Żółć, Siân, Llŷr, 王小明, محمد",
        "+447700900123",
        "=cmd|' /C calc'!A0",
        "$name %s {0} \\n",
        "😀 family 👨‍👩‍👧",
    ],
)
def test_a_value_is_printed_as_it_is_and_nothing_after_it_is_lost(value: str) -> None:
    words = letter(value)
    assert f"Dear {value}," in words
    assert f"{value} head" in words
    assert f"{value} foot" in words
    assert "After the name" in words


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x0c", "\x1b", "\ud83d", "\ufffe", "\u202e", "\u2066", "\x9f", "\ufdd0"]
)
def test_what_word_or_the_eye_cannot_take_is_shown_as_a_mark(character: str) -> None:
    words = letter(f"be{character}fore")
    assert "Dear be\ufffdfore," in words
    assert "After the name" in words


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x0b", "\u2028", "\x85"])
def test_a_line_end_in_a_value_becomes_a_line_break(ending: str) -> None:
    assert "Dear one\ntwo," in letter(f"one{ending}two")


def test_a_tab_and_spaces_survive() -> None:
    assert "Dear one\ttwo  three," in letter("one\ttwo  three")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "not recorded"),
        (True, "Yes"),
        (False, "No"),
        (0, "0"),
        (dt.date(2026, 12, 3), "3 December 2026"),
        (dt.date(1991, 1, 31), "31 January 1991"),
    ],
)
def test_values_are_printed_in_words(value: object, shown: str) -> None:
    assert f"Dear {shown}," in letter(value)


@pytest.mark.parametrize(
    "value", [["a"], ("a",), {"a": 1}, b"bytes", 1.5, dt.datetime(2026, 1, 1, tzinfo=dt.UTC), object()]
)
def test_a_value_without_words_of_its_own_is_refused(value: object) -> None:
    with pytest.raises(TemplateError, match="whole record or list"):
        letter(value)


def test_markup_in_disguise_is_escaped_all_the_same() -> None:
    class Disguised(str):
        __slots__ = ()

        def __html__(self) -> str:
            return "<w:p/>"

    assert "Dear <b>," in letter(Disguised("<b>"))


@given(st.text(alphabet=st.characters(), max_size=60))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_leaves_the_rest_of_the_letter_in_place(value: str) -> None:
    words = letter(value)
    assert "After the name" in words
    visible = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\s\ufffd]", "", value)
    assert "Before" in words
    if visible.isascii():
        assert visible in re.sub(r"[\s\ufffd]", "", words)


def test_an_unknown_field_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(TemplateError, match="'nmae'"):
        filled(template("Dear {{ nmae }}"), {"name": "x"}, name="letter.docx")


def test_the_message_of_an_error_holds_no_value() -> None:
    for broken in (template("{{ nmae }}"), template("{{ name.first }}"), template("{{ other }}")):
        with pytest.raises(TemplateError) as caught:
            filled(broken, {"name": "Siân Gwynfryn", "other": ["Siân Gwynfryn"]}, name="letter.docx")
        assert "Gwynfryn" not in str(caught.value)


@pytest.mark.parametrize(
    "code",
    [
        "{{ name.__class__ }}",
        "{{ name.upper() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__.os.popen('touch /tmp/marac-was-here') }}",
        "{{ lipsum() }}",
        "{{ range(9) }}",
        "{{ name|safe }}",
        "{{ name|attr('x') }}",
        "{{ 'x' * 1000000000 }}",
        "{{ name[0] }}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{% import 'os' as x %}",
        "{% macro x() %}{% endmacro %}",
        "{{ 7*7 }}",
        "{{ name|join(attribute='x') }}",
    ],
)
def test_a_template_can_run_nothing(code: str) -> None:
    with pytest.raises(TemplateError):
        filled(template(code), {"name": "x"}, name="letter.docx")


@pytest.mark.parametrize(
    ("printed", "fixed", "text"),
    [
        (("Siân", "Żółć"), ("Before", "After"), "BeforeSiânŻółćAfter"),
        (("gone",), ("Before",), "BeforeSiânAfter"),
        (("Siân", "Siân"), ("Before",), "BeforeSiânAfter"),
        (("Siân",), ("Gone",), "BeforeSiânAfter"),
        (("Siân",), ("After", "Before"), "BeforeSiânAfter"),
    ],
)
def test_a_value_or_fixed_word_that_is_not_in_the_saved_file_stops_the_document(
    printed: tuple[str, ...], fixed: tuple[str, ...], text: str
) -> None:
    saved = template("Before", "Siân", "After")
    _refuse_lost_text(saved, [FilledPart("word/document.xml", "Before Siân After", ("Siân",), ("Before", "After"))])
    with pytest.raises(TemplateError, match="would be lost"):
        _refuse_lost_text(saved, [FilledPart("word/document.xml", text, printed, fixed)])


def test_words_beside_a_paragraph_tag_are_refused_before_they_are_lost() -> None:
    lossy = template("Call 999 first. {%p if name %}", "Yes", "{%p endif %}")
    with pytest.raises(TemplateError, match="stand alone"):
        filled(lossy, {"name": "x"}, name="letter.docx")


def test_a_field_in_a_place_without_text_is_refused() -> None:
    with pytest.raises(TemplateError):
        filled(template("{% colspan 2 %}{{ name }}", "x"), {"name": "x"}, name="letter.docx")


def test_footnotes_are_not_filled_twice_but_refused() -> None:
    note = b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:t>{{ name }}</w:t></w:footnotes>'
    with pytest.raises(TemplateError, match="footnotes"):
        filled(with_file(LETTER, "word/footnotes.xml", note), {"name": "x"}, name="letter.docx")


def test_the_author_of_the_template_does_not_travel() -> None:
    document = docx.Document(io.BytesIO(LETTER))
    for entry in ("author", "last_modified_by", "title", "comments", "keywords", "subject", "category"):
        setattr(document.core_properties, entry, "Gwen Secret")
    target = io.BytesIO()
    document.save(target)
    made = filled(target.getvalue(), {"name": "x"}, name="letter housing.docx")
    properties = docx.Document(io.BytesIO(made.content)).core_properties
    assert (properties.author, properties.last_modified_by, properties.title) == ("", "", "letter housing")
    parts = unpacked(made.content)
    assert not any(b"Gwen Secret" in content for content in parts.values())
    assert {name for name in parts if name.startswith("docProps/")} == {"docProps/core.xml"}


def test_the_same_values_give_the_same_bytes() -> None:
    once, again = (filled(LETTER, {"name": "x"}, name="letter.docx") for _ in range(2))
    assert once.content == again.content


def test_a_loop_that_leaves_a_cell_or_table_empty_makes_a_file_that_word_can_open() -> None:
    rows = [["{%tr for n in names %}", ""], ["{{ n }}", "{{ n }}"], ["{%tr endfor %}", ""]]
    only_loop = template("Names", rows=rows)
    inside = template("Names", rows=[["A", "{%p for n in names %}"]])
    document = docx.Document(io.BytesIO(inside))
    cell = document.tables[0].rows[0].cells[1]
    cell.add_paragraph("{{ n }}")
    cell.add_paragraph("{%p endfor %}")
    target = io.BytesIO()
    document.save(target)
    for source in (only_loop, target.getvalue()):
        made = docx.Document(io.BytesIO(filled(source, {"names": ()}, name="x.docx").content))
        for table in made.tables:
            assert table.rows
            assert all(cell._tc.p_lst for row in table.rows for cell in row.cells)


def test_broken_xml_is_refused_and_never_mended() -> None:
    loop_over_cells = with_part(
        template("{% for n in names %}x", "{% endfor %}y"),
        "word/document.xml",
        "{% for n in names %}x",
        "{% for n in names %}",
    )
    with pytest.raises(TemplateError):
        filled(loop_over_cells, {"names": ("a", "b")}, name="x.docx")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Before", '</w:t></w:r><w:ins w:id="1" w:author="G"><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:t>', "tracked"),
        ("Before", '</w:t></w:r><w:del w:id="1" w:author="G"><w:r><w:delText>{{ name }}</w:delText></w:r></w:del><w:r><w:t>', "tracked"),
        ("Before", '</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r><w:r><w:t>', "comments"),
        ("Before", '</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDEAU</w:instrText><w:instrText>TO c:\\x</w:instrText><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>', "DDEAUTO"),
        ("Before", '</w:t></w:r><w:fldSimple w:instr=" INCLUDETEXT x "/><w:r><w:t>', "INCLUDETEXT"),
        ("<w:body>", "<w:body><w:altChunk/>", "embedded"),
    ],
)  # fmt: skip
def test_what_would_travel_or_act_in_every_letter_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(TemplateError, match=words):
        filled(with_part(LETTER, "word/document.xml", old, new), {"name": "x"}, name="letter.docx")


@pytest.mark.parametrize(
    ("kind", "target", "allowed"),
    [
        ("hyperlink", "mailto:marac@council.example", True),
        ("hyperlink", "https://council.example/", True),
        ("hyperlink", "file:///c:/windows/x.exe", False),
        ("image", "https://tracker.example/pixel.png", False),
        ("attachedTemplate", "https://else.example/evil.dotm", False),
    ],
)
def test_links_that_word_follows_by_itself_are_refused(kind: str, target: str, *, allowed: bool) -> None:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rId99" Type="{base}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    linked = with_part(LETTER, "word/_rels/document.xml.rels", "</Relationships>", link)
    if allowed:
        assert filled(linked, {"name": "x"}, name="letter.docx").content
    else:
        with pytest.raises(TemplateError, match="linked to a file elsewhere"):
            filled(linked, {"name": "x"}, name="letter.docx")


def test_macros_and_embedded_files_are_refused() -> None:
    for name in (
        "word/vbaProject.bin",
        "word/embeddings/oleObject1.bin",
        "word/activeX/activeX1.xml",
        "word/afchunk1.html",
    ):
        with pytest.raises(TemplateError, match=r"macros|embedded"):
            filled(with_file(LETTER, name, b"<x/>"), {"name": "x"}, name="letter.docx")


def test_a_document_type_declaration_is_refused() -> None:
    declared = with_part(LETTER, "word/document.xml", "<w:document", '<!DOCTYPE x [<!ENTITY e "lost">]><w:document')
    with pytest.raises(TemplateError, match="entities"):
        filled(declared, {"name": "x"}, name="letter.docx")


def _empty_zip() -> bytes:
    target = io.BytesIO()
    zipfile.ZipFile(target, "w").close()
    return target.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"%PDF-1.7", LETTER[: len(LETTER) // 2], _empty_zip()])
def test_what_is_no_word_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(TemplateError, match="Word"):
        filled(content, {"name": "x"}, name="letter.docx")
