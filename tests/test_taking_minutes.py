import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from marac.action import Action
from marac.agency import Agency
from marac.case import Decision
from marac.document import WORD, Document
from marac.fortnight import Attendance, CaseMinutes
from marac.meetings.agency_named import agency_named
from marac.meetings.withholding import Held, Withholding
from marac.parsers.blocks import UnreadableDocument
from marac.parsers.minutes import minutes_in
from marac.taking_minutes.changes import Changes, changes
from marac.taking_minutes.days import due_in
from marac.taking_minutes.known import Known
from marac.taking_minutes.understanding import understood
from marac.taking_minutes.understood import Understood
from marac.taking_minutes.words import told
from tests.filled_minutes import AFTER, EARLIER, Minutes, cells_of, filled_in, known, meeting_cases, tick, write
from tests.invented_cases import AGENCIES, HOUSING, MEETING, case, undecided_case

SAVED_BY_LIBREOFFICE = Path(__file__).parent / "minutes" / "filled-in-libreoffice.docx"
CONFIRMATION = Path(__file__).parent / "minutes" / "confirmation.txt"
HEARD_ALL = {"heard": ""}


def read(made: Minutes, register: Known | None = None) -> Understood:
    return understood(minutes_in(made.as_document), register or known())


def doubts(found: Understood | Changes) -> str:
    return "\n".join(f"{each.where}: {each.words}" for each in found.doubts)


def taken(register: Known, found: Changes) -> Known:
    """The register after these changes, as far as minutes speak of it."""
    changed = {each.after.number: each.after for each in (*found.outcomes, *found.changed)}
    kept = [changed.get(each.number, each) for each in register.actions]
    new = [
        Action(
            20 + number, each.case, each.agency, each.due, each.text, AFTER,
            owner=each.owner, risk=each.risk, meeting=register.meeting.date,
        )
        for number, each in enumerate(found.new)
    ]  # fmt: skip
    minutes = {each.case: each for each in register.case_minutes} | {e.after.case: e.after for e in found.minutes}
    return dataclasses.replace(
        register,
        actions=(*kept, *new),
        attendances=found.attendances,
        case_minutes=tuple(minutes.values()),
        cases=tuple(
            dataclasses.replace(each, state="deferred", meeting=dt.date(2026, 12, 17))
            if each.reference in {ended.case for ended in found.endings if ended.ending == "deferred"}
            else each
            for each in register.cases
        ),
    )


# What is understood


def test_careful_minutes_are_understood_without_a_doubt() -> None:
    found = read(filled_in())
    assert found.doubts == ()
    assert [(each.agency, each.standing, each.signed, each.information_sent) for each in found.attendances] == [
        ("police", "present", True, None),
        ("housing", "apologies", None, True),
        ("children", "present", True, None),
        ("idva", "present", False, None),
    ]
    assert [(each.number, each.outcome, each.note) for each in found.outcomes] == [
        (3, "done", ""),
        (5, "could not be done", "The family moved away."),
    ]
    assert [(each.case, each.agency, each.due, each.owner, each.risk) for each in found.actions] == [
        ("M26-0002", "police", dt.date(2026, 12, 10), "PC Reese", "Contact through school"),
        ("M26-0002", "children", dt.date(2027, 1, 3), "", ""),
        ("M26-0001", "housing", dt.date(2026, 12, 17), "T. W.", "Homelessness"),
    ]
    assert [(each.case, each.ending) for each in found.endings] == [
        ("M26-0002", "heard"),
        ("M26-0001", "heard"),
        ("M26-0003", "deferred"),
    ]
    assert found.minutes[0] == CaseMinutes(
        MEETING.date,
        "M26-0002",
        "He knows her new work. M26-0002",
        "",
        {"Safeguarding children procedures": "yes: strategy meeting", "MAPPA": "no"},
    )


def test_minutes_that_libreoffice_saved_say_the_same() -> None:
    saved = Document("minutes.docx", WORD, SAVED_BY_LIBREOFFICE.read_bytes())
    assert minutes_in(saved) == minutes_in(filled_in().as_document)


def test_the_words_of_the_confirmation_are_these() -> None:
    made = filled_in()
    made.agree("M26-0001", 2, "", "Ring the GP.", "Helth", "", "ASAP")
    made.agree("M26-0003", 1, "", "Visit.", "police", "", "10/12/2026")
    lines = told(changes(read(made), known()), known(), again=False)
    assert "\n".join(lines) + "\n" == CONFIRMATION.read_text(encoding="utf-8")


def test_text_in_several_paragraphs_and_added_rows_are_read() -> None:
    made = filled_in()
    write(made.row("M26-0001: what", "Risks")[-1], "First.\nSecond.\n\nThird.")
    for number in range(3):
        made.add_action("M26-0001", "", f"Added {number}.", "police", "", "2026-12-10")
    found = read(made)
    assert found.doubts == ()
    assert [each.text for each in found.actions[-3:]] == ["Added 0.", "Added 1.", "Added 2."]
    assert next(each for each in found.minutes if each.case == "M26-0001").risks == "First.\nSecond.\nThird."


def test_struck_out_words_do_not_count() -> None:
    made = filled_in()
    cell = made.row("Agency", "Northbridge Police")[1]
    cell.text = ""
    cell.paragraphs[0].add_run("DS Gwen Pritchard or ").font.strike = True
    cell.paragraphs[0].add_run("Sgt Rhys Lloyd")
    assert read(made).attendances[0].name == "Sgt Rhys Lloyd"


def test_a_tick_that_was_typed_in_place_of_the_box_counts_and_other_words_do_not() -> None:
    made = filled_in()
    write(made.row("Agency", "Northbridge Police")[2], "x")
    write(made.row("Agency", HOUSING.name)[3], "sent his best")
    found = read(made)
    assert found.attendances[0].standing == "present"
    assert "housing" not in {each.agency for each in found.attendances}
    assert "it cannot be told which boxes are meant" in doubts(found)


# By when


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/12/26", dt.date(2026, 12, 3)),
        ("10.12.2026", dt.date(2026, 12, 10)),
        ("2026-12-10", dt.date(2026, 12, 10)),
        ("Thursday 10th December 2026", dt.date(2026, 12, 10)),
        ("by 10 Dec", dt.date(2026, 12, 10)),
        ("10/12", dt.date(2026, 12, 10)),
        ("3 Jan", dt.date(2027, 1, 3)),
        ("next meeting", dt.date(2026, 12, 17)),
        ("By the next MARAC.", dt.date(2026, 12, 17)),
    ],
)
def test_dates_are_read_as_people_type_them(typed: str, day: dt.date) -> None:
    assert due_in(typed, known()).day == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "no date is written."),
        ("ASAP", "“ASAP” is no date that can be read."),
        ("2 weeks", "“2 weeks” is no date that can be read."),
        ("2/12/2026", "“2/12/2026” is before the meeting."),
        ("20 Nov", "“20 Nov” is no date that can be read."),
        ("Friday 10 December 2026", "“Friday 10 December 2026” does not fit: Thursday 10 December 2026 is another day"),
        ("10/12/2062", "“10/12/2062” is more than a year after the meeting."),
        ("10/12/26 or 17/12/26", "is no date that can be read."),
        ("31/02/2027", "is no date that can be read."),
        ("end of 3 Dec", "is no date that can be read."),
        ("10122026", "is no date that can be read."),
    ],
)
def test_what_is_no_sure_date_is_doubted_and_the_areas_own_day_is_offered(typed: str, why: str) -> None:
    found = due_in(typed, known())
    assert found.day is None
    assert why in found.doubt
    assert found.doubt.endswith("The area's day is Tuesday 15 December 2026: write it in if it holds.")


def test_where_the_area_sets_no_day_the_next_meeting_is_offered_and_else_a_date_is_asked_for() -> None:
    assert due_in("ASAP", known(meeting=MEETING)).doubt.endswith("Thursday 17 December 2026: write it in if it holds.")
    assert due_in("ASAP", known(meeting=MEETING, meetings=(MEETING,))).doubt.endswith("Write a date.")
    assert due_in("next meeting", known(meetings=(MEETING,))).day is None


# Which agency


@pytest.mark.parametrize("typed", ["police", "Northbridge Police", "NORTHBRIDGE  POLICE", "the northbridge police"])
def test_an_agency_is_known_by_its_name_and_its_id(typed: str) -> None:
    assert agency_named(typed, AGENCIES).agency == AGENCIES[0]


def test_an_agency_is_known_whichever_way_and_is_written() -> None:
    assert agency_named("Northbridge Homes and Tenancies", AGENCIES).agency == HOUSING


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Housng", "did you mean housing (Northbridge Homes & Tenancies)?"),
        ("Homes", "did you mean housing"),
        ("CSC", "did you mean children (Children's Social Care)?"),
        ("Police, housing", "names more than one agency (police and housing): write a row for each."),
        ("Probation", "there is no agency “Probation” in agencies.toml (its ids: police, housing, children, idva)."),
    ],
)
def test_an_agency_that_is_not_sure_is_asked_about_and_never_taken(typed: str, asked: str) -> None:
    found = agency_named(typed, AGENCIES)
    assert found.agency is None
    assert asked in found.doubt


# What is doubted


def broken(*edits: Callable[[Minutes], object]) -> Understood:
    made = filled_in()
    for edit in edits:
        edit(made)
    return read(made)


def test_text_in_an_actions_row_without_an_agency_is_not_taken() -> None:
    found = broken(lambda made: made.agree("M26-0002", 3, "", "Someone should call.", "", "", "10/12/2026"))
    assert len(found.actions) == 3
    assert "M26-0002, action row 3: no agency is named. The action was not taken: “Someone should call.”" in doubts(
        found
    )


def test_an_action_of_a_case_that_was_deferred_is_not_taken() -> None:
    found = broken(lambda made: made.agree("M26-0003", 1, "", "Visit.", "police", "", "10/12/2026"))
    assert "M26-0003, action row 1: the case was deferred, and an action stands there." in doubts(found)
    assert "M26-0003" not in {each.case for each in found.actions}


def test_a_row_that_says_the_same_twice_is_taken_once() -> None:
    found = broken(lambda made: made.agree("M26-0002", 3, "", "Visit the mother.", "children", "", "3/1/2027"))
    assert len(found.actions) == 3
    assert "the same action stands in a row above" in doubts(found)


def test_two_boxes_for_what_a_case_came_to_are_a_doubt_and_so_are_its_actions() -> None:
    found = broken(lambda made: made.note("M26-0002", deferred=""))
    assert "M26-0002, the case was: it cannot be told what it came to" in doubts(found)
    assert {each.case for each in found.actions} == {"M26-0001"}


def test_no_box_for_what_a_case_came_to_is_a_doubt_and_its_actions_are_taken() -> None:
    made = Minutes()
    made.agree("M26-0001", 1, "", "Fit new locks.", "housing", "", "10/12/2026")
    found = read(made)
    assert "M26-0001, the case was: no box is ticked" in doubts(found)
    assert [each.text for each in found.actions] == ["Fit new locks."]


def test_an_action_of_an_agency_that_may_not_hear_of_the_case_is_told() -> None:
    held = Withholding((Held("M26-0002", "police", "An officer is a party.", decided=True),))
    register = known(withheld=held)
    words = " ".join(" ".join(told(changes(read(filled_in(), register), register), register, again=True)).split())
    assert "Place a marker. Risk: Contact through school. MIND: this case is held back from that agency" in words
    assert words.count("MIND:") == 1


def test_a_section_that_is_missing_is_told() -> None:
    def remove(made: Minutes) -> None:
        for head in ("M26-0001   ", "M26-0001: what", "M26-0001: actions"):
            table = made.table(head)._tbl
            table.getparent().remove(table)

    assert "M26-0001: it is on the list of this meeting, and the file has no section for it." in doubts(broken(remove))


def test_a_section_of_a_case_that_the_register_does_not_know_is_told_and_not_taken() -> None:
    found = read(filled_in(), known(cases=meeting_cases()[:2]))
    assert "M26-0003: the register has no such case" in doubts(found)


def test_a_copied_section_carries_nothing_to_anybody() -> None:
    def copy(made: Minutes) -> None:
        import copy as copies

        table = made.table("M26-0001: actions")._tbl
        table.addnext(copies.deepcopy(table))

    found = broken(copy)
    assert "the table of actions stands there 2 times for this case" in doubts(found)
    assert "M26-0001" not in {each.case for each in found.actions}


def test_a_heading_that_names_another_case_carries_nothing_there() -> None:
    found = broken(lambda made: write(made.table("M26-0001: actions").cell(0, 0), "M26-0002: actions agreed"))
    assert "a table headed M26-0002 stands in the section of M26-0001" in doubts(found)
    assert {each.case for each in found.actions} == {"M26-0002"}


@pytest.mark.parametrize(
    ("table", "row", "first", "second"), [("Agency", 0, 2, 3), ("No.", 0, 4, 5), ("M26-0001: actions", 1, 3, 4)]
)
def test_columns_whose_headings_were_exchanged_are_not_believed(table: str, row: int, first: int, second: int) -> None:
    def exchange(made: Minutes) -> None:
        cells = cells_of(made.table(table), row)
        one, other = cells[first].text, cells[second].text
        write(cells[first], other)
        write(cells[second], one)

    found = broken(exchange)
    assert "the headings of this table are not those that marac printed" in doubts(found)
    before = read(filled_in())
    assert len(found.attendances + found.outcomes) + len(found.actions) < len(
        before.attendances + before.outcomes
    ) + len(before.actions)


def test_words_between_the_tables_are_not_lost_in_silence() -> None:
    def write_beside(made: Minutes) -> None:
        made.table("M26-0001: actions")._tbl.addnext(made.document.add_paragraph("Police to visit tonight.")._p)

    assert "words outside the tables were not read: “Police to visit tonight.”" in doubts(broken(write_beside))


def test_a_row_of_an_earlier_action_that_is_gone_leaves_it_open() -> None:
    def remove(made: Minutes) -> None:
        row = made.table("No.").rows[1]._tr
        row.getparent().remove(row)

    found = broken(remove)
    assert "action 3 (M25-0107): its row is not in this file" in doubts(found)
    assert [each.number for each in found.outcomes] == [5]


def test_the_numbers_of_two_earlier_actions_exchanged_are_noticed() -> None:
    def exchange(made: Minutes) -> None:
        table = made.table("No.")
        write(table.cell(1, 0), "5")
        write(table.cell(2, 0), "3")

    found = broken(exchange)
    assert found.outcomes == ()
    assert doubts(found).count("says another case or another action than the register") == 2


def test_a_reason_without_a_tick_and_two_ticks_leave_an_earlier_action_as_it_was() -> None:
    made = Minutes()
    write(made.row("No.", "3")[5], "Waits for the landlord.")
    made.came_to(5, 0)
    made.came_to(5, 2)
    found = read(made)
    assert found.outcomes == ()
    assert "a reason stands there (“Waits for the landlord.”) and no box is ticked" in doubts(found)
    assert "action 5 (M25-0107): it cannot be told what became of it" in doubts(found)


def test_an_action_that_was_closed_meanwhile_stays_as_it_is() -> None:
    closed = dataclasses.replace(EARLIER[0], done=AFTER, outcome="could not be done")
    found = read(filled_in(), known(actions=(closed, EARLIER[1])))
    assert "the minutes say done, and the register has it as could not be done since 04/12/2026" in doubts(found)


def test_an_agency_without_a_row_and_two_exchanged_rows_are_noticed() -> None:
    def exchange(made: Minutes) -> None:
        first, second = (made.row("Agency", name)[0] for name in ("Northbridge Police", HOUSING.name))
        write(first, HOUSING.name)
        write(second, "Health visitors")

    found = broken(exchange)
    assert "the name is that of Northbridge Police's representative or deputy. Were two rows exchanged?" in doubts(
        found
    )
    assert "no row speaks of Northbridge Police" in doubts(found)


def test_a_guest_is_noted_by_the_name_that_the_minutes_give() -> None:
    made = filled_in()
    row = made.table("Observer").rows[1].cells
    write(row[0], "Northbridge University")
    write(row[1], "Pat Quill")
    tick(row[2], 0)
    assert Attendance(MEETING.date, "Northbridge University", "Pat Quill", "observer", True) in read(made).attendances


# What the register would change by


def changed(made: Minutes, register: Known | None = None) -> Changes:
    register = register or known()
    return changes(read(made, register), register)


def test_a_case_that_was_deferred_is_deferred_with_the_reason_of_the_minutes() -> None:
    assert changed(filled_in()).decisions == (Decision("M26-0003", "defer", "The referrer was ill.", ""),)


def test_a_case_that_was_heard_although_nobody_had_decided_is_to_be_heard() -> None:
    made = Minutes()
    made.note("M26-0003", heard="")
    (decision,) = changed(made).decisions
    assert (decision.kind, decision.reason) == (
        "hear",
        "The minutes of the meeting of Thursday 3 December 2026 say so.",
    )


def test_a_case_that_was_not_heard_needs_a_reason() -> None:
    made = Minutes()
    made.note("M26-0001", not_heard="")
    assert "not heard needs a reason" in doubts(changed(made))
    made.note("M26-0001", not_heard="Withdrawn by the referrer.")
    assert [each.kind for each in changed(made).decisions] == ["not-heard"]


def test_a_case_that_the_calendar_has_as_heard_is_not_called_unheard_in_silence() -> None:
    made = Minutes()
    made.note("M26-0001", not_heard="Withdrawn.")
    register = known(cases=(dataclasses.replace(case(), state="heard"), *meeting_cases()[1:]))
    assert "the day of the meeting has passed, and the register has it as heard" in doubts(changed(made, register))


def test_the_same_minutes_read_again_change_nothing() -> None:
    before = read(filled_in())
    register = taken(known(), changes(before, known()))
    again = changes(read(filled_in(), register), register, understood(minutes_in(filled_in().as_document), register))
    assert not again.anything
    assert again.doubts == ()


def later(*edits: Callable[[Minutes], object]) -> tuple[Changes, Known]:
    """What differs once the minutes of a careful coordinator were taken and then edited."""
    register = taken(known(), changes(read(filled_in()), known()))
    made = filled_in()
    for edit in edits:
        edit(made)
    earlier = understood(minutes_in(filled_in().as_document), register)
    return changes(read(made, register), register, earlier), register


def test_after_the_first_time_only_the_difference_is_told() -> None:
    found, register = later(
        lambda made: made.agree("M26-0002", 2, "", "Visit the mother.", "children", "", "10/1/2027"),
        lambda made: made.agree("M26-0002", 3, "", "Ring the school.", "police", "", "10/12/2026"),
        lambda made: made.note("M26-0001", notes="Minuted late."),
    )
    assert [each.text for each in found.new] == ["Ring the school."]
    assert [(each.before.due, each.after.due) for each in found.changed] == [
        (dt.date(2027, 1, 3), dt.date(2027, 1, 10))
    ]
    assert [each.after.notes for each in found.minutes] == ["Minuted late."]
    assert (found.came, found.gone, found.outcomes, found.decisions, found.doubts) == ((), (), (), (), ())
    words = "\n".join(told(found, register, again=True))
    assert "Minutes of this meeting were taken before. This is what differs." in words
    assert "Fit new locks" not in words


def test_an_action_reworded_in_its_row_is_changed_and_not_entered_a_second_time() -> None:
    found, _ = later(lambda made: made.agree("M26-0002", 2, "", "See the mother.", "children", "", "3 Jan"))
    assert found.new == ()
    assert [(each.before.text, each.after.text) for each in found.changed] == [("Visit the mother.", "See the mother.")]


def test_an_action_whose_row_was_emptied_stays_and_is_told() -> None:
    found, _ = later(lambda made: made.agree("M26-0002", 2, "", "", "", "", ""))
    assert "was taken from this row before, and it is gone. The action stays." in doubts(found)
    assert not found.anything


def test_an_action_that_was_changed_in_the_register_since_is_not_entered_once_more() -> None:
    register = taken(known(), changes(read(filled_in()), known()))
    theirs = tuple(
        dataclasses.replace(each, text="Fit window locks.") if each.text == "Fit new locks." else each
        for each in register.actions
    )
    register = dataclasses.replace(register, actions=theirs)
    earlier = understood(minutes_in(filled_in().as_document), register)
    found = changes(read(filled_in(), register), register, earlier)
    assert found.new == ()
    assert "may be an action that was taken before and changed since" in doubts(found)


# Files that are none


@pytest.mark.parametrize("content", [b"%PDF-1.7 minutes", b"\x89PNG\r\n", b"", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_word_file_is_refused_in_plain_words(content: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=r"Word file|damaged"):
        minutes_in(Document("minutes.pdf", "application/pdf", content))


def test_an_undecided_case_is_one_of_the_meeting() -> None:
    assert undecided_case().undecided


def test_two_agencies_of_one_name_are_never_told_apart_by_guessing() -> None:
    twins = (HOUSING, Agency("homes", HOUSING.name, "other@homes2.example"))
    assert agency_named(HOUSING.name, twins).agency is None


def test_what_nobody_noted_is_said_in_one_line_for_all_the_cases() -> None:
    def of_cases(made: Minutes) -> list[str]:
        return [each for each in read(made).asides if "Nothing is noted of action" not in each]

    made = Minutes()
    for reference in ("M26-0001", "M26-0002", "M26-0003"):
        made.note(reference, heard="")
    assert of_cases(made) == [
        "Nothing is noted of Safeguarding children procedures or MAPPA in any of the 3 cases heard.",
    ]
    made.consider("M26-0002", "MAPPA", yes=True)
    assert of_cases(made) == [
        "Nothing is noted of Safeguarding children procedures in any of the 3 cases heard.",
        "Nothing is noted of MAPPA in M26-0001 and M26-0003.",
    ]
