"""What the agencies answered, collated for the chair."""

import datetime as dt
import io
from importlib.resources import files
from typing import Any

import docx

from marac.fortnight import ResearchReturn
from marac.generators.returns import returns
from marac.meetings.hearing import order_of_hearing
from marac.meetings.research_back import what_is_back
from tests.invented_cases import AGENCIES, MARAC, MEETING, fortnight

HEARINGS = order_of_hearing(fortnight(), MEETING.date)
REFERENCES = tuple(hearing.case.reference for hearing in HEARINGS)
FIRST, SECOND = REFERENCES[:2]
ASKED = {agency.id: REFERENCES for agency in AGENCIES}


def told(number: int, case: str, agency: str, **values: Any) -> ResearchReturn:
    return ResearchReturn(number, MEETING.date, case, agency, dt.date(2026, 11, 27), **values)


def sections(*answers: ResearchReturn) -> dict[str, list[tuple[str, ...]]]:
    """The rows of the tables of each case, by its reference."""
    template = (files("marac") / "templates" / "returns.docx").read_bytes()
    readers = {agency.id: agency for agency in AGENCIES}
    made = returns(MEETING, HEARINGS, answers, ASKED, readers, marac=MARAC, chair="DI Nia Rees", template=template)
    found: dict[str, list[tuple[str, ...]]] = {"": []}
    current = ""
    for block in docx.Document(io.BytesIO(made.content)).iter_inner_content():
        if isinstance(block, docx.table.Table):
            found[current] += [tuple(dict.fromkeys(cell.text for cell in row.cells)) for row in block.rows]
        elif block.text.startswith("Case "):
            current = block.text.removeprefix("Case ")
            found[current] = []
    return found


def test_cases_stand_in_the_order_of_hearing_and_facts_apart_from_opinion() -> None:
    found = sections(told(1, FIRST, "police", factors="Arrested in May.", assessment="High."))
    assert tuple(found)[1:] == REFERENCES
    rows = found[FIRST]
    facts, opinion = (next(n for n, row in enumerate(rows) if row[0].startswith(word)) for word in ("FACTS", "OPINION"))
    assert rows[facts + 1] == ("Northbridge Police", "Arrested in May.")
    assert rows[opinion + 1] == ("Northbridge Police", "High.")


def test_nothing_known_not_answered_and_waiting_are_told_apart() -> None:
    rows = dict(
        row
        for row in sections(
            told(1, FIRST, "housing", nothing_known=True),
            told(2, FIRST, "children", factors="unclear", state="waiting"),
            told(3, FIRST, "police", factors="old", state="replaced"),
        )[FIRST]
        if len(row) == 2
    )
    assert rows["Nothing known"] == "Northbridge Homes & Tenancies"
    assert rows["Not answered"] == "Northbridge Police; Safe Haven IDVA Service"
    assert rows["Came, and waits"].startswith("Children's Social Care:")
    assert rows["Answered"] == "1 of 4"


def test_what_waits_or_was_replaced_or_set_aside_is_not_printed() -> None:
    found = sections(
        *(
            told(n, FIRST, "police", factors=f"words {state}", state=state)
            for n, state in enumerate(("waiting", "replaced", "set aside"))
        )
    )
    assert not any("words" in cell for rows in found.values() for row in rows for cell in row)


def test_a_line_of_a_reply_stands_apart_from_facts_and_opinion() -> None:
    rows = sections(
        told(1, FIRST, "police", factors="arrested", reason="Written in the mail, not under the headings of the form.")
    )[FIRST]
    place = next(n for n, row in enumerate(rows) if row[0].startswith("FROM SHORT REPLIES"))
    assert rows[place + 1] == ("Northbridge Police", "arrested")
    assert not any(row[0].startswith("FACTS") for row in rows)


def test_what_is_known_and_not_shared_is_marked_as_such() -> None:
    rows = sections(told(1, FIRST, "police", not_shared="Intelligence."))[FIRST]
    place = next(n for n, row in enumerate(rows) if row[0].startswith("KNOWN AND NOT SHARED"))
    assert rows[place + 1] == ("Northbridge Police", "Intelligence.")


def test_who_sent_nothing_at_all_is_named_at_the_head() -> None:
    head = sections(told(1, FIRST, "police", factors="x"), told(2, SECOND, "housing", nothing_known=True))[""]
    assert head[0][0] == "Nothing at all is back from: Children's Social Care; Safe Haven IDVA Service"


def test_what_came_unasked_is_counted_beside_what_was_asked() -> None:
    police, housing = what_is_back({"police": (FIRST, SECOND)}, [told(1, FIRST, "police"), told(2, FIRST, "housing")])
    assert (police.answered, police.not_back) == ((FIRST,), (SECOND,))
    assert (housing.reader, housing.asked, housing.answered) == ("housing", (), (FIRST,))
