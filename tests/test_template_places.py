"""Where a fault stands, what a template must print, and what is no template at all."""

import io
import zipfile

import docx
import pytest

from marac.generators.fields import Kind
from marac.generators.template_check import faults, mistakes, remarks
from marac.generators.template_comments import annotated
from marac.generators.template_needs import own_template
from tests.word_templates import template, with_part

AGENDA = own_template("agenda")


def told(content: bytes, kind: Kind = "agenda") -> list[str]:
    return [str(fault) for fault in faults(content, kind)]


def changed(old: str, new: str, content: bytes = AGENDA, part: str = "word/document.xml") -> bytes:
    return with_part(content, part, old, new)


def test_a_fault_in_a_table_is_told_with_its_row_and_heading() -> None:
    (fault,) = told(changed("{{ a.due }}", "{{ a.deu }}"))
    assert fault.startswith(
        "Field 'a.deu' is not known. Did you mean 'due'? It stands in row 3 of the table under “4. "
    )
    assert fault.endswith("“{{ a.deu }}”.")


def test_a_fault_in_a_footer_is_told_so() -> None:
    (fault,) = told(changed("{{ marac }}", "{{ maarc }}", part="word/footer1.xml"))
    assert "It stands in a footer: “{{ maarc }}”." in fault


def test_a_fault_in_a_text_box_is_told_so() -> None:
    box = (
        "</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{{ maarc }}</w:t></w:r></w:p></w:txbxContent></w:pict>"
        "</w:r><w:r><w:t>"
    )
    (fault,) = [
        str(fault) for fault in mistakes(with_part(template("Here"), "word/document.xml", "Here", box), "agenda")
    ]
    assert "It stands in a text box" in fault


def test_faults_are_told_in_the_order_of_the_file() -> None:
    both = changed("{{ c.heard }}", "{{ c.herd }}", changed("{{ a.due }}", "{{ a.deu }}"))
    assert [fault.split("'")[1] for fault in told(both)] == ["a.deu", "c.herd"]


def test_one_mistake_does_not_hide_the_others() -> None:
    both = changed(
        "{%tr for a in open_actions %}", "{%tr fro a in open_actions %}", changed("{{ c.heard }}", "{{ c.herd }}")
    )
    found = told(both)
    assert "Did you mean 'for'?" in found[0]
    assert any("'c.herd'" in fault for fault in found)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("{marac}", "'marac' stands here as a word"),
        ("[[ meeting ]]", "'meeting' stands here as a word"),
        ("«marac»", "'marac' stands here as a word"),
        ("{ { marac } }", "must stand close together"),
        ("{{{ marac }}", "too many brackets"),
        ("{{ cut–off }}", "long dash"),
        ("{{ agencies|join(„, ‟) }}", "quotation marks that Word made"),
        ("{{ ma\u200brac }}", "cannot be seen"),
        ("{{ marac name }}", "one word"),
        ("{{ Marac }}", "Did you mean 'marac'?"),
        ("{% If marac %}x{% endif %}", "Did you mean 'if'?"),
        ('{{ marac|join(", ") }}', "join needs a list"),
        ("{#p a note #} words", "would take other words with it"),
    ],
)
def test_what_word_or_a_hurried_hand_makes_of_a_tag_is_explained(typed: str, words: str) -> None:
    assert words in str(mistakes(template(typed), "agenda")[0])


def test_a_template_of_another_kind_is_told_as_that() -> None:
    (fault,) = told(own_template("letter"))
    assert fault.startswith("This looks like a template for letter: it prints ")


def test_a_template_without_its_cases_is_no_agenda() -> None:
    found = told(changed("{%p for c in cases_with_children %}", "{%p for c in cases_with_adults_only %}"))
    assert any("It never goes through 'cases_with_children', so all of it would be missing" in fault for fault in found)


def test_an_area_that_has_no_table_of_signatures_is_told_and_not_refused() -> None:
    without = changed("{%tr for a in agencies %}", "{%tr if marac %}")
    without = changed(
        "{{ a.agency }}", "", changed("{% if a.representative %}{{ a.representative }}{% endif %}", "", without)
    )
    xml = docx_xml(without).decode("utf-8")
    start = xml.index("{%tr if marac %}")
    end = xml.index("{%tr endfor %}", start)
    without = with_part(without, "word/document.xml", xml[start : end + 14], xml[start:end] + "{%tr endif %}")
    assert faults(without, "agenda") == ()
    assert any("It never goes through 'agencies'" in str(remark) for remark in remarks(without, "agenda"))


def test_what_keeps_somebody_safe_may_not_be_left_out() -> None:
    content = own_template("letter")
    while b"{{ a.due }}" in docx_xml(content):
        content = changed("{{ a.due }}", "", content)
    assert any("It does not print 'actions.due'" in fault for fault in told(content, "letter"))


def docx_xml(content: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


def test_what_may_be_left_out_is_told_and_not_refused() -> None:
    without = changed("{{ number_of_cases }}", "")
    assert faults(without, "agenda") == ()
    assert any("It does not print 'number_of_cases'" in str(remark) for remark in remarks(without, "agenda"))


def test_a_condition_that_was_turned_round_is_told() -> None:
    turned = changed(
        "{%tr if c.urgent %}", "{%tr if not c.urgent %}", changed("{%tr if c.urgent %}", "{%tr if not c.urgent %}")
    )
    assert faults(turned, "agenda")


def test_an_address_is_refused_where_none_may_stand() -> None:
    printed = changed("{{ c.victim.name }}", "{{ c.victim.address }}")
    assert any("must not stand in agenda: it may reach the wrong person" in fault for fault in told(printed))


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


def twice() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("word/Document.xml", "<b/>")
    return target.getvalue()


def huge() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 41_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{\\rtf1 x}", "rich text file"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "of the old kind (.doc)"),
        (locked(), "locked with a password"),
        (b"<html>", "web page"),
        (AGENDA[: len(AGENDA) // 2], "not a Word file that can be read"),
        (twice(), "one of its parts twice"),
        (huge(), "far larger"),
        (b"", "not a Word file that can be read"),
    ],
)
def test_what_is_no_word_file_is_said_in_words(content: bytes, words: str) -> None:
    (fault,) = told(content)
    assert words in fault


def test_a_macro_document_under_another_name_is_refused() -> None:
    macros = with_part(
        AGENDA, "[Content_Types].xml", "wordprocessingml.document.main", "wordprocessingml.macroEnabled.main"
    )
    assert "It holds macros" in told(macros)[0]


def test_a_copy_with_comments_is_refused_as_a_template() -> None:
    broken = changed("{{ a.due }}", "{{ a.deu }}")
    copy = annotated(broken, faults(broken, "agenda"))
    document = docx.Document(io.BytesIO(copy))
    assert [comment.author for comment in document.comments] == ["marac"]
    assert any("It holds comments" in fault for fault in told(copy))


def test_a_comment_on_a_tag_that_word_split_covers_all_its_pieces() -> None:
    split = changed("{{ a.due }}", "{{ a.d</w:t></w:r><w:r><w:t>eu }}")
    xml = docx.Document(io.BytesIO(annotated(split, faults(split, "agenda")))).element.xml
    assert xml.index("commentRangeStart") < xml.index("{{ a.d<") < xml.index("eu }}<") < xml.index("commentRangeEnd")
