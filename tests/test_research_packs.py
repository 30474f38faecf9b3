"""What agencies are asked before a meeting: the list, and the pack with a section a case to fill in."""

import dataclasses
import io
import re
from typing import Any

import docx
import pytest

from marac.generators.fields.research import ANSWER_LABELS
from marac.referral import Child, Perpetrator, Referrer, Victim
from tests.invented_cases import HOUSING, POLICE, case, contact_details, fortnight, referral, repeat_case
from tests.meeting_papers import list_words, research_pack
from tests.word_templates import words_of

EVERY_CONTACT = contact_details(fortnight())
ORDER = ("M26-0002", "M26-0004", "M26-0001", "M26-0003", "M26-0099")
MARK = "R-2026-12-03-housing"


def words(**changes: Any) -> str:
    return words_of(research_pack(fortnight(), **changes).content)


def sections(content: bytes) -> list[list[tuple[str, str]]]:
    """The table of answers of each section: label and answer, a row each."""
    tables = docx.Document(io.BytesIO(content)).tables
    rows = ([(row.cells[0].text, row.cells[-1].text) for row in table.rows] for table in tables)
    return [found for found in rows if found and found[0][0] == "Case" and re.fullmatch(r"M26-\d{4}", found[0][1])]


def test_a_pack_asks_in_plain_words() -> None:
    told = words()
    for asked in (
        "Please answer by 1 December 2026 12:00, to marac@northbridge.example, sealed or by the secure mailbox.",
        "Or simply reply to this mail: for each case of which you know nothing, a line with its number",
        "Do not contact the victim",
        "go through the IDVA or the agency that referred the case",
        "relevant, necessary and proportionate",
        "is marked there as opinion",
    ):
        assert asked in told


def test_the_list_of_all_cases_stands_before_the_first_section() -> None:
    told = words()
    listed = told[: told.index("What we ask")]
    assert all(reference in listed for reference in ORDER)
    assert "Łukasz Żółć (also: Luke)\nborn 24 December 1988" in listed
    assert "Cerys Gwynfryn-Hughes, born 1 February 2026" in listed
    assert "Case M26-" not in listed


def test_a_pack_has_a_section_for_every_case_on_the_list() -> None:
    told = words()
    positions = [told.index(f"Case {reference}") for reference in ORDER]
    assert positions == sorted(positions)
    assert "M26-0005" not in told
    assert "M25-0107" not in told


def test_each_section_is_found_again_by_case_mark_and_labels() -> None:
    found = sections(research_pack(fortnight()).content)
    assert [rows[0] for rows in found] == [("Case", reference) for reference in ORDER]
    assert {rows[1] for rows in found} == {("Return", MARK)}
    without_why = [label for label in ANSWER_LABELS if label != "Why this is high risk"]
    assert [label for label, _ in found[0][2:]] == without_why
    assert [label for label, _ in found[1][2:]] == list(ANSWER_LABELS)
    assert all(answer == "" for _, answer in found[1][3:])


def test_the_mark_of_the_return_is_on_every_page() -> None:
    content = research_pack(fortnight()).content
    (section,) = docx.Document(io.BytesIO(content)).sections
    assert f"Return {MARK}" in section.footer.paragraphs[0].text
    assert f"Return {MARK}" in words_of(content)


def test_nothing_known_is_one_box_to_tick() -> None:
    document = docx.Document(io.BytesIO(research_pack((case(),)).content))
    boxes = document.element.body.findall(".//{http://schemas.microsoft.com/office/word/2010/wordml}checkbox")
    assert len(boxes) == 1


def test_addresses_are_in_a_pack_and_a_list_only_where_the_area_says_so() -> None:
    for told in (words(), list_words(fortnight())):
        assert not [text for text in EVERY_CONTACT if text in told]
    phones = {each.referral.victim.phone for each in fortnight()} - {None}
    for told in (words(addresses=True), list_words(fortnight(), addresses=True)):
        assert "14 Larch Rise, Northbridge, ZZ99 4AB" in told
        assert "2 Mill Row, Northbridge, ZZ99 4AC" in told
        assert not [phone for phone in phones if str(phone) in told]


def test_the_narrative_and_contact_notes_of_a_form_are_not_in_a_pack() -> None:
    told = words()
    assert "waited outside her work" not in told
    assert "Text the sister" not in told
    assert (told.count("NOT SAFE TO CONTACT."), told.count("Not known to be safe.")) == (2, 2)


def test_the_referring_agency_alone_is_asked_why_the_case_is_high_risk() -> None:
    why = "Why this is high risk"
    assert why in words_of(research_pack((case(),), HOUSING).content)
    assert why not in words_of(research_pack((case(),), POLICE).content)
    by_domain = case(agency="Tenancies Team", form=referral(referrer=Referrer(email="x@HOMES.example")))
    assert why in words_of(research_pack((by_domain,), HOUSING).content)


def test_a_first_version_says_its_number_and_a_later_one_what_has_changed() -> None:
    assert "Version 1, 20 November 2026." in words(version="Version 1, 20 November 2026.")
    changed = words(version="Version 2 ...", changes=("M26-0009 added (late).",), address_changed=True)
    assert "Version 2 ...\nWhat has changed:\n• M26-0009 added (late)." in changed
    assert "Destroy every copy of the earlier version, and strike the old address out" in changed
    assert "Destroy every copy" not in words(version="Version 2 ...", changes=("M26-0009 added.",))


def test_a_senior_contact_is_told_that_nobody_else_there_has_the_pack() -> None:
    senior = dataclasses.replace(HOUSING, id="housing.senior", representative="Olwen Reid")
    told = words_of(research_pack((repeat_case(),), senior).content)
    assert "held back from the rest of your agency" in told
    assert "R-2026-12-03-housing.senior" in told
    assert "held back" not in words()


def test_the_list_alone_asks_for_nothing_back() -> None:
    told = list_words(fortnight())
    assert "Bring what you know to the meeting; nothing is sent back." in told
    assert "Return" not in told
    assert "Our assessment" not in told


@pytest.mark.parametrize("text", ['<b>"x"</b> & left', "{{ 7*7 }}", "a\nb", "\ud83d\x00\u202eX", "Żółć ŵŷ 王"])
def test_hostile_words_on_a_form_stay_words(text: str) -> None:
    form = referral(
        victim=Victim(name=text, aliases=(text,), address=text),
        perpetrators=(Perpetrator(name=text, relationship=text),),
        children=(Child(name=text),),
        referrer=Referrer(name=text, role=text, agency=text),
    )
    hostile = (case(form=form, agency=text),)
    printed = text.replace("\ud83d", "\ufffd").replace("\x00", "\ufffd").replace("\u202e", "\ufffd")
    assert printed in words_of(research_pack(hostile, addresses=True).content)
    assert printed in list_words(hostile)


def test_a_packs_file_is_named_for_its_reader_and_the_day_and_is_the_same_each_time() -> None:
    one, other = research_pack(fortnight()), research_pack(fortnight())
    assert one.name == "research housing 2026-12-03.docx"
    assert one.sha256 == other.sha256
