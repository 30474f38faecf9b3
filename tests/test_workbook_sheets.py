import dataclasses
import datetime as dt

from marac.case import Decision
from marac.referral import Evidence
from marac.register.workbook.attention import matters
from marac.register.workbook.contents import RegisterContents, generation_id
from marac.register.workbook.place import workbook
from tests import invented_cases
from tests.invented_register import STORY, contents, read
from tests.opened_workbook import cells, opened, values


def test_every_case_has_a_row_with_its_values_as_text_days_and_numbers() -> None:
    row = values(opened(contents())["Cases"])[0]
    assert row["Case"] == "M26-0001"
    assert row["State"] == "listed"
    assert row["Meeting"] == dt.datetime(2026, 12, 3)
    assert row["Victim"] == "Siân Gwynfryn-Hughes"
    assert row["Date of birth"] == dt.datetime(1991, 4, 3)
    assert row["Age when referred"] == 35
    assert row["Phone"] == "07700900123"
    assert row["Safe to call"] == "yes"
    assert row["Ticks"] == 16
    assert row["Threshold"] == "met"
    assert row["Why"] == "threshold met: The checklist has 16 ticks; 14 or more is high risk here."
    assert row["Children named"].startswith("Cerys Gwynfryn-Hughes, born 01/02/2026")
    assert row["Reason for referral"] == STORY


def test_no_leaf_of_a_form_is_missing_from_the_sheet_of_cases() -> None:
    form = invented_cases.repeat_case().referral
    row = values(opened(contents(invented_cases.repeat_case()))["Cases"])[0]
    shown = "\n".join(str(value) for value in row.values())
    assert str(form.victim.contact_notes) in shown
    assert all(str(person.name) in shown and str(person.relationship) in shown for person in form.perpetrators)
    assert all(str(child.name) in shown and str(child.school) in shown for child in form.children)
    assert str(form.safety.unsafe_to_talk_to) in shown
    assert row["Perpetrator"] == "Łukasz Żółć\nJan Żółć"
    assert row["Perpetrator's date of birth"] == "24/12/1988\n"


def test_flags_have_columns_that_can_be_filtered_and_a_decision_settles_its_question() -> None:
    rows = {row["Case"]: row for row in values(opened(contents())["Cases"])}
    assert rows["M26-0002"]["Repeat"] == "repeat"
    assert rows["M26-0002"]["Contact"] == "UNSAFE"
    assert rows["M26-0008"]["Duplicate"] == "possible"
    assert rows["M26-0008"]["Decision needed"] == "yes"
    assert rows["M26-0009"]["Decision needed"] == "yes"
    assert rows["M26-0003"]["Decision needed"] is None
    assert rows["M26-0003"]["Decision"] == "to be heard"


def test_the_cases_are_a_real_table_that_stays_in_sight_and_prints_on_one_page_width() -> None:
    page = opened(contents())["Cases"]
    table = page.tables["Cases"]
    assert table.ref.startswith("A2:")
    assert table.ref.endswith(str(len(contents().cases) + 2))
    assert table.autoFilter is not None
    assert page.freeze_panes == "B3"
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$2:$2"


def test_drop_downs_offer_the_states_the_agencies_and_yes_or_no() -> None:
    book = opened(contents())
    offered = {
        tuple(cell.value for (cell,) in book["Lists"][rule.formula1.split("!")[1].replace("$", "")])
        for rule in book["Cases"].data_validations.dataValidation
        if ":" in rule.formula1
    }
    assert ("yes", "no") in offered
    assert tuple(agency.name for agency in invented_cases.AGENCIES) in offered
    assert any("not heard" in words for words in offered)
    assert book["Lists"].sheet_state == "hidden"


def test_colours_are_rules_that_a_changed_word_changes() -> None:
    page = opened(contents())["Cases"]
    rules = {rule.formula[0] for ranges in page.conditional_formatting for rule in ranges.rules}
    for word in ("met", "below", "repeat", "possible", "UNSAFE", "yes"):
        assert any(f"; {word};" in rule for rule in rules)


def test_a_note_says_where_on_the_form_a_value_stands_and_a_doubtful_one_is_coloured() -> None:
    row = cells(opened(contents(read(invented_cases.case())))["Cases"])[0]
    assert row["Date of birth"].comment.text == "Form: table 2, row 3; sure 0.98.\nWords: “3/4/91”"
    assert row["Date of birth"].fill.fgColor.rgb == "00000000"
    assert "sure 0.61" in row["Perpetrator's date of birth"].comment.text
    assert row["Perpetrator's date of birth"].fill.fgColor.rgb == "FFFFF4CC"
    assert row["Safe to call"].comment.text == "Both boxes are ticked at “Safe to call”."
    assert row["Safe to call"].fill.fgColor.rgb == "FFFFF4CC"
    assert row["Victim"].comment is None


def test_a_case_that_was_heard_needs_no_second_look() -> None:
    heard = dataclasses.replace(read(invented_cases.case()), state="heard")
    row = cells(opened(contents(heard))["Cases"])[0]
    assert row["Date of birth"].comment is None
    assert row["Safe to call"].fill.fgColor.rgb == "00000000"


def test_what_needs_a_person_stands_on_the_first_sheet_safety_first() -> None:
    book = opened(contents())
    assert book.sheetnames[0] == "Needs attention"
    assert book.active.title == "Needs attention"
    rows = values(book["Needs attention"])
    assert rows[0]["Urgent"] == "urgent"
    assert rows[0]["What"] == "Case M26-0002"
    assert rows[1]["What"] == "Message 3"
    assert rows[1]["Why"] == "The attachment is encrypted; ask the sender for it in another way."
    assert {row["What"] for row in rows} >= {"Case M26-0008", "Case M26-0009", "Agency idva"}
    assert "3 messages in, 3 accounted for." in book["Needs attention"]["A2"].value


def test_a_duplicate_asks_for_a_comparison_until_a_person_has_said_which_it_is() -> None:
    possible = next(each.case for each in contents().cases if each.case.reference == "M26-0008")
    asked = next(each for each in matters(contents(possible)) if "Names sound alike" in each.why)
    assert "marac case decide M26-0008 same-as M26-0001" in asked.to_do
    answer = Decision("M26-0008", "not-same-as", "Sisters.", "J. Marsh", dt.date(2026, 11, 27), "M26-0001")
    answered = dataclasses.replace(possible, decisions=(answer,))
    assert not any("Names sound alike" in each.why for each in matters(contents(answered)))


def test_the_other_sheets_show_actions_meetings_messages_and_agencies_without_their_secrets() -> None:
    book = opened(contents())
    action = next(row for row in values(book["Actions"]) if row["Action"] == 1)
    assert (action["Agency"], action["Due"]) == ("Northbridge Homes & Tenancies", dt.datetime(2026, 12, 10))
    meeting = values(book["Meetings"])[0]
    assert (meeting["Cut-off"], meeting["Cases"], meeting["Decision needed"]) == (dt.datetime(2026, 11, 24), 7, 2)
    message = values(book["Messages"])[0]
    assert (message["State"], message["Accounted for"], message["Cases"]) == ("processed", "yes", "M26-0001")
    agencies = {row["Agency"]: row["Letters can be sealed"] for row in values(book["Agencies"])}
    assert agencies == {"police": "yes", "housing": "yes", "children": "yes", "idva": "no"}


def test_an_empty_register_is_a_workbook_too() -> None:
    book = opened(RegisterContents("Northbridge MARAC"))
    assert [set(row.values()) for row in values(book["Cases"])] == [{None}]
    assert book["Cases"].tables["Cases"].ref.endswith("3")
    assert "0 things to look at" in book["Needs attention"]["A2"].value


def test_the_same_contents_are_the_same_bytes_and_any_change_is_another_generation() -> None:
    assert workbook(contents()) == workbook(contents())
    assert generation_id(contents()) == generation_id(contents())
    changed = dataclasses.replace(invented_cases.case(), state="heard")
    assert generation_id(contents(changed)) != generation_id(contents(invented_cases.case()))
    sure = dataclasses.replace(read(changed).reading, evidence={"victim.name": Evidence("x", "y", 0.5)})
    assert generation_id(contents(dataclasses.replace(changed, reading=sure))) != generation_id(contents(read(changed)))


def test_the_workbook_names_no_author_and_carries_its_generation_out_of_sight() -> None:
    book = opened(contents())
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy
    assert book["_sync"].sheet_state == "veryHidden"
    assert book["_sync"]["B1"].value == generation_id(contents())
