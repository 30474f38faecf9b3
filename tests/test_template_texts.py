"""The texts of messages, checked like the Word templates."""

import pytest

from marac.generators.text_templates import own_text, text_faults, text_fields, text_kind_of, text_kinds


@pytest.mark.parametrize("kind", text_kinds())
def test_the_shipped_texts_have_no_fault(kind: str) -> None:
    assert text_faults(own_text(kind).encode("utf-8"), kind) == ()


def test_the_texts_that_an_area_can_change_are_known_by_their_names() -> None:
    assert {"acknowledgement", "cover_email", "digest"} <= set(text_kinds())
    assert text_kind_of("Cover_Email.TXT") == "cover_email"
    assert text_kind_of("cover_email.docx") is None
    assert text_kind_of("notes.txt") is None
    assert "purpose" in text_fields("cover_email")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("$referals", "Field '$referals' is not known. Did you mean '$referrals'? It stands in line 1"),
        ("Hello\n\n${emergancy}", "Did you mean '$emergency'? It stands in line 3"),
        ("It costs $ 5", "Write $$ for the sign"),
        ("{{ referrals }}", "In a text it is $referrals"),
        ("Dear colleague", "$program is missing. Every such message must say it."),
        ("$zzz", "Known: $"),
    ],
)
def test_a_fault_in_a_text_is_told_with_its_line(text: str, words: str) -> None:
    assert any(words in fault for fault in text_faults(text.encode("utf-8"), "acknowledgement"))


def test_a_dollar_that_is_meant_is_none() -> None:
    assert text_faults(own_text("acknowledgement").encode("utf-8") + b"It costs $$5.", "acknowledgement") == ()


def test_a_text_with_a_byte_order_mark_is_read_and_one_of_another_encoding_is_not() -> None:
    text = own_text("digest")
    assert text_faults(text.encode("utf-8-sig"), "digest") == ()
    assert "not saved as UTF-8" in text_faults((text + "Łukasz").encode("utf-16"), "digest")[0]
