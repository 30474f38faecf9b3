"""What a Word file holds that cannot be read: each is told in a sentence, and nothing else is."""

import pytest

from marac.parsers import read
from marac.parsers.blocks import Line, UnreadableDocument
from marac.parsers.word.word import Word
from tests.word_forms import raw_word, word_form

_CM = 360_000
_TEXT = "<w:p><w:r><w:t>MARAC referral form</w:t></w:r></w:p>"


def drawn(inside: str, *, width: float = 4, height: float = 4) -> str:
    """A paragraph with a drawing of this size in centimetres."""
    extent = f'<wp:extent cx="{round(width * _CM)}" cy="{round(height * _CM)}"/>'
    return (
        f"<w:p><w:r><w:drawing><wp:inline>{extent}<a:graphic>{inside}</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def unread(body: str, **parts: str) -> list[str]:
    named = {f"{name}.xml": xml for name, xml in parts.items()}
    return [
        block.unread
        for block in Word().blocks(raw_word(_TEXT + body, parts=named))
        if isinstance(block, Line) and block.unread
    ]


PICTURE = '<a:graphicData uri="picture"><a:blip r:embed="rId1"/></a:graphicData>'
CHART = '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/>'
SMART_ART = '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"/>'
OLD_PICTURE = (
    '<w:p><w:r><w:pict><v:shape style="width:450pt;height:600pt"><v:imagedata/></v:shape></w:pict></w:r></w:p>'
)
EMBEDDED = '<w:p><w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Word.Document.12"/></w:object></w:r></w:p>'
ACTIVE_X = '<w:p><w:r><w:object><w:control r:id="rId9" w:name="CheckBox1"/></w:object></w:r></w:p>'
INK = '<w:p><w:r><mc:AlternateContent><mc:Choice><w14:contentPart r:id="rId8"/></mc:Choice></mc:AlternateContent></w:r></w:p>'
RING = '<a:graphicData><a:prstGeom prst="ellipse"/></a:graphicData>'
COMMENT = "<w:comments><w:comment><w:p><w:r><w:t>Her new address is not on the form</w:t></w:r></w:p></w:comment></w:comments>"


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (drawn(PICTURE, width=16, height=23), "picture"),
        (OLD_PICTURE, "picture"),
        (drawn(CHART), "drawing with words"),
        (drawn(SMART_ART), "drawing with words"),
        (drawn("<a:graphicData><a:t>Jane</a:t></a:graphicData>"), "drawing with words"),
        (drawn(RING), "ring or a cross"),
        ("<w:p><w:r><w:pict><v:oval/></w:pict></w:r></w:p>", "ring or a cross"),
        (EMBEDDED, "embedded"),
        (ACTIVE_X, "ActiveX"),
        (INK, "by pen"),
        ('<w:altChunk r:id="rId7"/>', "another file"),
        ("<w:tbl><w:tr><w:tc><w:altChunk/><w:p/></w:tc></w:tr></w:tbl>", "another file"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(body: str, word: str) -> None:
    (sentence,) = unread(body)
    assert word in sentence


@pytest.mark.parametrize(
    "body",
    [
        drawn(PICTURE, width=4, height=3),
        drawn(PICTURE, width=18, height=4),
        drawn('<a:graphicData><a:prstGeom prst="rect"/></a:graphicData>'),
        "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>",
        "<w:p><w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom></w:p>",
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>old</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:p><w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>again</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        "<w:p><w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt></w:p>",
    ],
)
def test_letterheads_and_what_was_deleted_are_not_spoken_of(body: str) -> None:
    assert unread(body) == []


def test_a_picture_at_the_edge_of_the_page_is_a_letterhead() -> None:
    header = f"<w:hdr>{drawn(PICTURE, width=19, height=27)}</w:hdr>"
    assert unread("", header1=header) == []


def test_words_in_the_margin_are_told_of_and_an_empty_margin_is_not() -> None:
    assert ["comments" in sentence for sentence in unread("", comments=COMMENT)] == [True]
    assert unread("", comments="<w:comments/>") == []


@pytest.mark.parametrize(
    "body",
    [
        "<w:p><w:novelty><w:r><w:t>Jane</w:t></w:r></w:novelty></w:p>",
        "<w:novelty><w:p><w:r><w:t>Jane</w:t></w:r></w:p></w:novelty>",
        "<w:tbl><w:tr><w:tc><w:novelty><w:p><w:r><w:t>Jane</w:t></w:r></w:p></w:novelty></w:tc></w:tr></w:tbl>",
        "<w:tbl><w:novelty><w:tr><w:tc><w:p><w:r><w:t>Jane</w:t></w:r></w:p></w:tc></w:tr></w:novelty></w:tbl>",
    ],
)
def test_text_in_a_structure_that_nobody_knows_is_told_of(body: str) -> None:
    (sentence,) = unread(body)
    assert "could not be read" in sentence


def test_text_at_the_edge_of_the_page_that_nothing_read_is_told_of() -> None:
    header = "<w:hdr><w:novelty><w:p><w:r><w:t>Jane</w:t></w:r></w:p></w:novelty></w:hdr>"
    assert len(unread("", header1=header)) == 1


def test_what_is_unread_is_a_problem_of_the_reading() -> None:
    form = word_form([["Victim name", "Jane Moss"], ["Perpetrator name", "Ben Moss"], ["Consent", "Yes"]])
    assert not any("picture" in problem.message for problem in read(form).problems)
    scanned = raw_word(_TEXT + drawn(PICTURE, width=16, height=23))
    assert any("picture" in problem.message for problem in read(scanned).problems)


def test_a_file_that_is_nothing_but_a_picture_is_unreadable_and_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="picture"):
        Word().blocks(raw_word(drawn(PICTURE, width=16, height=23)))
