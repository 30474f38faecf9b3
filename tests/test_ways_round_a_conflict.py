"""Ways round what is held back: a second agency, a chain of cases, a word taken back, another id, a reminder tried before."""

import dataclasses
import datetime as dt
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.answers import write_answers
from marac.case import Case, Decision, Flag, FlagCode, MeetingDate
from marac.chasers import write_chasers
from marac.dispatch import release
from marac.fortnight import Interest
from marac.mailbox.memory import MemoryOutbox
from marac.meeting import prepare
from marac.meetings.asked import asked_about
from marac.meetings.due import meetings_to_prepare
from marac.meetings.must_not_receive import near_names, officers_concerned
from marac.meetings.withholding import Withholding, withholding
from marac.office import Office
from marac.referral import Perpetrator, Victim
from marac.register.cases import add_case, add_source
from marac.register.deliveries import add_delivery, set_state
from marac.register.interests import add_interest
from marac.register.near import with_tied
from marac.register.outgoing import change_outgoing, outgoing_in
from tests.invented_cases import CHILDREN, HOUSING, IDVA, case, heard_a_year_ago, referral
from tests.two_agency_meetings import listed, on, opened, two_agency_folder
from tests.working_folder import AFTER_CUT_OFF, CUT_OFF, MEETING, WorkingFolder

DAY = dt.date(2026, 11, 20)
HOMES = dataclasses.replace(HOUSING, deputy="Ann Poole")
"""Where Ann Poole has a conflict of interest."""


def word(
    kind: str = "held", person: str | None = "Ann Poole", agency: str = "housing", about: str = "M26-0001"
) -> Interest:
    return Interest(about, agency, kind, "J. Marsh", DAY, "His sister.", person)  # type: ignore[arg-type]


def other(reference: str, *flags: tuple[FlagCode, str], **changes: object) -> Case:
    """A case of other people, which flags tie to others."""
    form = referral(victim=Victim(name=f"Nia {reference}"), perpetrators=(Perpetrator(name=f"Dewi {reference}"),))
    found = tuple(Flag(code, "The same.", other_case=about) for code, about in flags)
    return dataclasses.replace(case(reference, form=form), flags=found, **changes)  # type: ignore[arg-type]


def held(*words: Interest, cases: tuple[Case, ...] = (), name: str = "Ann Poole") -> Withholding:
    council = dataclasses.replace(CHILDREN, representative=name)
    return withholding(cases or (case(),), (HOMES, council, IDVA), words, ())


@pytest.mark.parametrize("name", ["Ann Poole", "Poole, Ann", "Ms Ann Mary Poole"])
def test_whoever_has_a_conflict_at_one_agency_is_not_written_to_at_another(name: str) -> None:
    found = held(word(), name=name)
    assert {each.agency: each.decided for each in found.held} == {"housing": True, "children": False}
    assert not found.may_see("children", ["M26-0001"])
    assert found.may_see("idva", ["M26-0001"])
    assert held(word(), word("cleared", None, "children"), name=name).may_see("children", ["M26-0001"])
    assert held(word(), word("cleared"), name=name).may_see("children", ["M26-0001"])


def test_a_name_that_is_near_to_theirs_is_asked_about_elsewhere_and_of_the_chair() -> None:
    council = dataclasses.replace(CHILDREN, representative="A. Poole")
    [question] = near_names([case()], [HOMES, council], [word()], ())
    assert (question.agency, question.person) == ("children", "A. Poole")
    assert [about for about, _ in officers_concerned([case()], [word()], "Ann Poole", "Win Harker")] == ["M26-0001"]


def test_the_last_word_on_whether_two_cases_are_one_couple_counts_here_too() -> None:
    words = [
        Decision("M26-0002", kind, "Rang them.", "J. Marsh", DAY, "M26-0001") for kind in ("not-same-as", "same-as")
    ]
    for said, seen in ((words, False), (words[::-1], True)):
        twin = other("M26-0002", decisions=tuple(said))
        assert held(word(), cases=(case(), twin)).may_see("housing", ["M26-0002"]) is seen


def test_a_case_of_the_people_of_a_joined_case_is_held_back_too() -> None:
    joined = other("M26-0002", state="joined", joined_to="M26-0001")
    again = other("M26-0003", ("repeat", "M26-0002"))
    found = held(word(), cases=(case(), joined, again))
    assert not found.may_see("housing", ["M26-0003"])


def test_a_word_about_an_agency_that_has_another_id_now_is_asked_about() -> None:
    renamed = dataclasses.replace(HOMES, id="weirbank", deputy=None)
    found = withholding((case(),), (renamed,), (word(person=None),), ())
    [question] = asked_about(found, (), (), (renamed,))
    assert "agencies.toml has no such agency any more" in question.why
    assert "marac case conflict M26-0001 NEW-ID" in question.to_do


def test_a_meeting_that_everybody_knows_of_is_kept_up_to_date_behind_an_urgent_one() -> None:
    regular, urgent = MeetingDate(DAY, DAY), MeetingDate(DAY + dt.timedelta(7), DAY + dt.timedelta(7), urgent=True)
    assert meetings_to_prepare(dt.datetime(2026, 12, 20, 9), (regular, urgent)) == (regular, urgent)


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    return two_agency_folder(tmp_path)


@pytest.fixture
def office(folder: WorkingFolder) -> Iterator[Office]:
    """M26-0004 is tied to one in which housing's representative is the perpetrator, by way of one that was heard."""
    with opened(folder) as made:
        named = referral(perpetrators=(Perpetrator(name="Joanne Thistlethwaite"),))
        chain = (
            dataclasses.replace(
                heard_a_year_ago("M26-0002"), reading=dataclasses.replace(case().reading, referral=named)
            ),
            other("M26-0003", ("same victim", "M26-0002"), state="heard"),
            dataclasses.replace(other("M26-0004", ("repeat", "M26-0003")), received=CUT_OFF, meeting=MEETING),
        )
        with made.store.changing() as connection:
            for each in chain:
                add_case(connection, each)
        yield made


def test_everything_that_ties_cases_is_followed_to_its_end(office: Office) -> None:
    with office.store.reading() as connection:
        assert with_tied(connection, {"M26-0002"}) == {"M26-0002", "M26-0003", "M26-0004"}
        assert with_tied(connection, {"M26-0001"}) == {"M26-0001"}


def test_no_answer_goes_where_a_case_is_held_back_for_one_that_the_message_does_not_speak_of(office: Office) -> None:
    values = {
        "mailbox": "inbox", "item": "1", "sha256": "1" * 64, "message_id": "<1@weirbankhomes.example>",
        "received": office.today, "stored_at": office.now(), "sender": "karim@weirbankhomes.example",
        "sender_check": "not checked",
    }  # fmt: skip
    with office.store.changing() as connection:
        delivery = add_delivery(connection, values)
        add_source(connection, "M26-0004", delivery.id, None, "referral")
        set_state(connection, delivery.id, "done", "new_referral")
    assert write_answers(office) == 0


@pytest.mark.usefixtures("office")
def test_nobody_presents_a_case_there_that_is_held_back_for_another(folder: WorkingFolder) -> None:
    refused = folder.marac("case", "presenter", "M26-0004", "Bob Jones", "--agency", "housing", "--by", "W. Harker")
    assert "is held back from" in refused.stderr
    assert refused.returncode != 0


def test_a_reminder_that_was_tried_and_did_not_leave_is_worded_anew_once_a_case_is_held_back(tmp_path: Path) -> None:
    with opened(two_agency_folder(tmp_path)) as office:
        with office.store.changing() as connection:
            add_case(connection, listed("M26-0005"))
        prepare(office, MEETING)
        release(office, MEETING, MemoryOutbox(), "A Person")
        chasing = on(office, dt.date(2026, 11, 23))
        write_chasers(chasing)
        with office.store.changing() as connection:
            [reminder] = outgoing_in(connection, ["draft"])
            change_outgoing(connection, reminder.id, state="retry", approved_by="A Person", attempts=1)
            add_interest(connection, word(person=None, agency="police"))
        write_chasers(chasing)
        with office.store.reading() as connection:
            [waiting] = outgoing_in(connection, ["retry"])
        said = office.originals.path(waiting.sha256).read_bytes()
        assert b"M26-0005" in said
        assert b"M26-0001" not in said


def test_a_letter_of_evidence_does_not_tell_the_reference_in_its_properties(folder: WorkingFolder) -> None:
    day = MEETING + dt.timedelta(days=1)
    with opened(folder, day) as office, office.store.changing() as connection:
        add_case(connection, dataclasses.replace(case("M26-0007"), state="heard", meeting=AFTER_CUT_OFF))
    made = folder.marac("case", "evidence", "M26-0007", "--by", "W. Harker", on=day)
    assert made.returncode == 0, made.stderr
    [path] = (folder.path / "meetings").rglob("evidence*.docx")
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if b"M26-0007" in archive.read(name)]


def test_an_agency_that_has_left_can_be_cleared(folder: WorkingFolder) -> None:
    with opened(folder) as office, office.store.changing() as connection:
        add_interest(connection, word(agency="gone", person=None))
    told = folder.marac("case", "conflict", "M26-0001", "gone", "--clear", "--reason", "Renamed.", "--by", "W. Harker")
    assert told.returncode == 0, told.stderr
    unknown = folder.marac(
        "case", "conflict", "M26-0001", "gone-too", "--clear", "--reason", "No.", "--by", "W. Harker"
    )
    assert unknown.returncode != 0


def test_nothing_leaves_for_an_agency_that_may_be_another_under_a_new_id_until_a_person_says(tmp_path: Path) -> None:
    folder = two_agency_folder(tmp_path)
    with opened(folder) as office, office.store.changing() as connection:
        add_interest(connection, word(person=None, agency="police"))
    agencies = folder.path / "agencies.toml"
    agencies.write_text(agencies.read_text(encoding="utf-8").replace("[police]", "[constabulary]"), encoding="utf-8")
    for kind, leaves in ((None, 0), ("cleared", 2)):
        with opened(folder) as office:
            if kind:
                with office.store.changing() as connection:
                    add_interest(connection, word(kind, None, "constabulary"))
            prepare(office, MEETING)
            done = release(office, MEETING, MemoryOutbox(), "A Person")
            assert len(done.sent) == leaves
            assert leaves or all("Is it the same agency under another id?" in why for _, why in done.held)
