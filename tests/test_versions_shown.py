"""New versions are visible: what a reader has, what is not so any more, and nothing that the reader may not see."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marac.case import Case
from marac.dispatch import release
from marac.fortnight import Interest, Presenter
from marac.mailbox.memory import MemoryOutbox
from marac.meeting import place_of, prepare
from marac.meetings.changes import version_note
from marac.office import Office
from marac.register.cases import add_case, case_named, set_reading
from marac.register.documents import Paper, change_paper, papers_for
from marac.register.holdings import held_in
from marac.register.interests import add_interest
from marac.register.presenters import add_presenter
from tests.two_agency_meetings import listed, opened, two_agency_folder
from tests.word_templates import words_of
from tests.working_folder import AFTER_CUT_OFF, MEETING, WorkingFolder, copied

FIRST, NEXT_DAY = "20 November 2026", "21 November 2026"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    return two_agency_folder(tmp_path_factory.mktemp("original"))


@pytest.fixture
def office(original: WorkingFolder, tmp_path: Path) -> Iterator[Office]:
    with opened(copied(original, tmp_path / "marac")) as made:
        yield made


def papers(office: Office, kind: str = "research", reader: str = "police") -> list[Paper]:
    with office.store.reading() as connection:
        found = papers_for(connection, MEETING)
    return [paper for paper in found if (paper.kind, paper.agency) == (kind, reader)]


def newest(office: Office, kind: str = "research", reader: str = "police") -> str:
    """The words of the newest version."""
    return words_of(place_of(office, papers(office, kind, reader)[-1]).read_bytes())


def sent(office: Office) -> None:
    prepare(office, MEETING)
    release(office, MEETING, MemoryOutbox(), "A Person")


def corrected(office: Office, **victim: object) -> None:
    with office.store.changing() as connection:
        old = case_named(connection, "M26-0001")
        told = replace(old.referral, victim=replace(old.referral.victim, **victim))  # type: ignore[arg-type]
        set_reading(connection, replace(old, reading=replace(old.reading, referral=told)))


def add(office: Office, *cases: Case) -> None:
    with office.store.changing() as connection:
        for each in cases:
            add_case(connection, each)


def later(office: Office, days: int = 1) -> Office:
    return replace(office, today=AFTER_CUT_OFF + dt.timedelta(days=days))


def test_a_first_version_says_its_day_and_no_changes(office: Office) -> None:
    sent(office)
    told = newest(office)
    assert f"Version 1, {FIRST}." in told
    assert "What has changed" not in told


def test_an_added_case_is_told_in_the_version_that_replaces_the_one_that_was_sent(office: Office) -> None:
    sent(office)
    add(office, replace(listed("M26-0009"), received=AFTER_CUT_OFF))
    prepare(later(office), MEETING)
    told = newest(office)
    assert f"Version 2, {NEXT_DAY}: replaces version 1 of {FIRST}." in told
    assert "What has changed:\n• M26-0009 added (late).\nPlease use this version only" in told
    assert "Destroy every copy" not in told
    assert "M26-0009 added (late)." in newest(office, "agency-agenda")
    assert "M26-0009 added (late)." in newest(office, "agenda", "")


def test_a_case_that_is_heard_no_more_is_told_as_taken_off_even_where_none_is_left(office: Office) -> None:
    sent(office)
    with office.store.changing() as connection:
        add_interest(connection, Interest("M26-0001", "police", "held", "A Person", AFTER_CUT_OFF, "An officer."))
    prepare(office, MEETING)
    told = newest(office)
    assert "• M26-0001 taken off." in told
    assert "No case is on this list." in told
    assert "officer" not in told
    assert "conflict of interest (An officer)" in newest(office, "agenda", "")


def test_a_corrected_address_has_the_old_one_destroyed(office: Office) -> None:
    sent(office)
    corrected(office, address="9 New Street, Carrowdale")
    prepare(office, MEETING)
    told = newest(office)
    assert "• M26-0001 changed: the victim's address." in told
    assert "Destroy every copy of the earlier version, and strike the old address out" in told
    assert "Larch Rise" not in told


def test_an_address_that_was_not_known_before_is_no_wrong_one(office: Office) -> None:
    corrected(office, address=None, postcode=None)
    sent(office)
    corrected(office, address="9 New Street, Carrowdale")
    prepare(office, MEETING)
    assert "M26-0001 changed: the victim's address." in newest(office)
    assert "Destroy every copy" not in newest(office)


def test_what_a_reader_cannot_see_makes_no_new_version_for_it(office: Office) -> None:
    with office.store.changing() as connection:
        add_case(connection, listed("M26-0002"))
        add_interest(connection, Interest("M26-0002", "police", "held", "A Person", AFTER_CUT_OFF, "An officer."))
    sent(office)
    before = (papers(office), papers(office, "agency-agenda"))
    assert "M26-0002" not in newest(office)
    corrected(office, phone="07700900555")
    with office.store.changing() as connection:
        add_presenter(connection, Presenter("M26-0002", MEETING, "Sgt Wynne", None, "A Person", AFTER_CUT_OFF))
    new = prepare(later(office), MEETING)
    assert (papers(office), papers(office, "agency-agenda")) == before
    assert {paper.agency for paper in new if paper.kind == "agenda"} == {""}


def test_a_version_that_was_never_sent_is_not_the_readers_business(office: Office) -> None:
    sent(office)
    add(office, listed("M26-0002"))
    prepare(later(office), MEETING)
    add(office, listed("M26-0003"))
    prepare(later(office, 2), MEETING)
    told = newest(office)
    assert papers(office)[-1].version == 3
    assert f"Version 2, 22 November 2026: replaces version 1 of {FIRST}." in told
    assert "• M26-0002 added.\n• M26-0003 added." in told


def test_what_was_made_and_not_sent_is_replaced_without_a_word(office: Office) -> None:
    prepare(office, MEETING)
    add(office, listed("M26-0002"))
    prepare(later(office), MEETING)
    assert f"Version 1, {NEXT_DAY}." in newest(office)
    assert "What has changed" not in newest(office)
    assert "Version 2" in newest(office, "agenda", "")  # the chair may have printed the first


def test_a_later_day_alone_changes_no_byte(office: Office) -> None:
    sent(office)
    add(office, listed("M26-0002"))
    prepare(later(office), MEETING)
    paper = papers(office)[-1]
    assert prepare(later(office, 3), MEETING) == ()
    place_of(office, paper).unlink()
    assert prepare(later(office, 4), MEETING) == ()
    assert papers(office)[-1] == paper
    assert words_of(place_of(office, paper).read_bytes()) == newest(office)
    assert f"Version 2, {NEXT_DAY}" in newest(office)


def test_a_document_sealed_anew_keeps_the_day_on_which_its_contents_were_first_made(office: Office) -> None:
    prepare(office, MEETING)
    with office.store.changing() as connection:
        change_paper(connection, papers(office)[-1].id, recipient="elsewhere@carrowdale-police.example")
    prepare(later(office, 5), MEETING)
    one, other = papers(office)
    assert (one.state, other.state) == ("superseded", "prepared")
    assert one.sha256 == other.sha256
    assert one.prepared_on == other.prepared_on == AFTER_CUT_OFF


def test_where_all_is_as_the_reader_has_it_again_nothing_waits_to_be_sent(office: Office) -> None:
    sent(office)
    corrected(office, address="9 New Street, Carrowdale")
    prepare(later(office), MEETING)
    corrected(office, address="14 Larch Rise, Northbridge")
    assert [paper for paper in prepare(later(office, 2), MEETING) if paper.agency == "police"] == []
    assert [paper.state for paper in papers(office)] == ["sent", "superseded"]


def test_what_came_back_is_no_version_that_the_reader_has(office: Office) -> None:
    sent(office)
    with office.store.changing() as connection:
        change_paper(connection, papers(office)[-1].id, state="failed")
    add(office, listed("M26-0002"))
    prepare(later(office), MEETING)
    assert f"Version 1, {NEXT_DAY}." in newest(office)


def test_a_named_presenter_is_a_change_of_the_agendas_alone(office: Office) -> None:
    sent(office)
    with office.store.changing() as connection:
        add_presenter(connection, Presenter("M26-0001", MEETING, "Sgt Ada Wynne", "police", "A Person", AFTER_CUT_OFF))
    new = prepare(office, MEETING)
    assert "M26-0001 changed: who presents it." in newest(office, "agency-agenda")
    assert "Sgt Ada Wynne (Carrowdale Police), instead of the referrer" in newest(office, "agenda", "")
    assert not [paper for paper in new if paper.kind == "research"]


def test_the_ledger_knows_what_was_shown_by_digests_alone(office: Office) -> None:
    prepare(office, MEETING)
    with office.store.reading() as connection:
        (held,) = held_in(connection, papers(office)[-1].id)
    assert {"reference", "victim.name", "victim.address", "perpetrator.address"} <= held.shown.keys()
    assert all(len(digest) == 16 and digest.isalnum() for digest in held.shown.values())
    content = place_of(office, papers(office)[-1]).read_bytes()
    assert "Larch Rise" in "".join(
        p.text for t in docx.Document(io.BytesIO(content)).tables for c in t._cells for p in c.paragraphs
    )


def test_a_case_that_was_added_is_not_also_changed_nor_are_those_joined_to_it() -> None:
    one = {"reference": "r", "victim.name": "a", "own_actions": "x"}
    carried = {name: value for name, value in one.items() if name != "reference"}
    by_its_action, elsewhere = {"own_actions": "y"}, {"own_actions": "z"}
    before = {"M26-0003": by_its_action, "M26-0007": by_its_action}
    now = {"M26-0003": one, "M26-0010": carried, "M26-0007": elsewhere, "M26-0008": elsewhere}
    note = version_note(DAY, (1, DAY), before, now)
    assert note.changes == (
        "M26-0003 added.",
        "M26-0007 changed: its outstanding actions.",
        "M26-0008 changed: its outstanding actions.",
    )
    done = {"M26-0003": one | {"own_actions": "w"}, "M26-0010": carried | {"own_actions": "w"}}
    assert version_note(DAY, (1, DAY), {"M26-0003": one, "M26-0010": carried}, done).changes == (
        "M26-0003 changed: its outstanding actions.",
    )
    assert version_note(DAY, (1, DAY), {"M26-0003": one, "M26-0010": carried}, {}).changes == ("M26-0003 taken off.",)


FIELDS = st.dictionaries(
    st.sampled_from(["victim.name", "victim.address", "presenter", "flags"]), st.sampled_from("ab")
)
LISTED = FIELDS.map(lambda fields: {"reference": "r", **fields})
PRINTED = st.dictionaries(st.sampled_from(["M26-0001", "M26-0002", "M26-0003"]), LISTED)
DAY = dt.date(2026, 11, 24)


@given(PRINTED, PRINTED)
def test_every_difference_is_told_and_nothing_that_is_the_same(
    before: dict[str, dict[str, str]], now: dict[str, dict[str, str]]
) -> None:
    note = version_note(DAY, (1, DAY), before, now)
    told = " ".join(note.changes)
    for each in {*before, *now}:
        assert (each in told) == (before.get(each) != now.get(each))
    wrong = [
        each
        for each in before
        if each in now and before[each].get("victim.address", None) not in {None, now[each].get("victim.address")}
    ]
    assert note.address_changed == bool(wrong)
    assert note.changes
