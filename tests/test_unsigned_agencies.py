"""An agency that has not signed the area's protocol: nothing is made for it, and everywhere it is said what to do."""

import re
from pathlib import Path
from typing import Any

import pytest

from marac.demo.agencies import AGENCIES
from marac.dispatch import release, send_approved
from marac.errors import MailboxError
from marac.mailbox.memory import MemoryOutbox
from marac.meeting import prepare
from marac.register.cases import add_case, case_named
from marac.register.documents import Paper
from marac.register.signatures import flag_signatures_anew
from tests.invented_cases import case
from tests.prepared_meetings import FaultyOutbox, give_an_action, opened, papers, prepared_folder
from tests.working_folder import CUT_OFF, MEETING, WorkingFolder, copied

SIGNED = "signed = 2020-04-01\n"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    return prepared_folder(tmp_path_factory.mktemp("unsigned"))


@pytest.fixture
def folder(original: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(original, tmp_path / "marac")


def sign(folder: WorkingFolder, agency: str, line: str) -> None:
    """Replace the date in one agency's table."""
    path = folder.path / "agencies.toml"
    before, heading, after = path.read_text(encoding="utf-8").partition(f"\n[{agency}]\n")
    assert heading
    path.write_text(before + heading + re.sub(r"signed = [0-9-]+\n", line, after, count=1), encoding="utf-8")


def current(found: tuple[Paper, ...], agency: str) -> list[tuple[str, str]]:
    theirs = (paper for paper in found if paper.agency == agency and paper.kind != "agency-agenda")
    return [(paper.kind, paper.state) for paper in theirs if paper.state != "superseded"]


@pytest.mark.parametrize("line", ["", "signed = 2026-11-30\n"])
def test_nothing_is_prepared_for_it_and_what_waited_for_release_is_taken_back(folder: WorkingFolder, line: str) -> None:
    sign(folder, "police", line)
    with opened(folder) as office:
        give_an_action(office, "police")
        give_an_action(office, "idva")
        prepare(office, MEETING)
        found = papers(office)
    assert current(found, "police") == []
    assert {kind for kind, _ in current(found, "idva")} == {"research", "letter"}
    [taken_back] = [paper for paper in found if (paper.agency, paper.kind) == ("police", "research")]
    assert taken_back.state == "superseded"
    assert "signature" in taken_back.reason or "has not signed" in taken_back.reason


@pytest.mark.parametrize(
    ("line", "words"),
    [("", "It has not signed the area's protocol"), ("signed = 2026-11-30\n", "dated 30 November 2026")],
)
def test_what_was_sealed_before_is_held_without_the_signature_and_it_is_said_why(
    folder: WorkingFolder, line: str, words: str
) -> None:
    sign(folder, "police", line)
    outbox = MemoryOutbox()
    with opened(folder) as office:
        result = release(office, MEETING, outbox, "A Person")
    [(paper, reason)] = result.held
    assert paper.agency == "police"
    assert reason.startswith("Nothing goes to Carrowdale Police. ")
    assert words in reason
    assert "write the day into its table in agencies.toml" in reason
    assert "not needed" not in reason
    assert len(outbox.letters) == 1


def test_what_was_released_and_waits_for_another_attempt_is_held_too(folder: WorkingFolder) -> None:
    busy = MailboxError("The mail server is busy (451). The letter did not leave.")
    with opened(folder) as office:
        release(office, MEETING, FaultyOutbox(busy), "A Person")
    sign(folder, "police", "")
    sign(folder, "idva", "")
    with opened(folder) as office:
        sent = send_approved(office, MemoryOutbox())
        assert sent.sent == 0
        assert any("It has not signed the area's protocol" in failed for failed in sent.failed)


def test_after_it_signed_its_documents_are_made(folder: WorkingFolder) -> None:
    sign(folder, "police", "")
    with opened(folder) as office:
        prepare(office, MEETING)
    path = folder.path / "agencies.toml"
    text = path.read_text(encoding="utf-8").replace("\n[police]\n", f"\n[police]\n{SIGNED}")
    path.write_text(text, encoding="utf-8")
    with opened(folder) as office:
        assert ("research", "police") in {(paper.kind, paper.agency) for paper in prepare(office, MEETING)}


def test_the_commands_say_so_and_what_to_do(folder: WorkingFolder) -> None:
    sign(folder, "police", "signed = 2026-11-30\n")
    sign(folder, "housing", "")
    for words in (("meeting", "prepare", MEETING.isoformat()), ("meeting", "show", MEETING.isoformat()), ("status",)):
        said = folder.marac(*words).stdout
        assert "Nothing is prepared for Carrowdale Police. Its signature under the area's protocol is dated 30" in said
        assert "Nothing is prepared for Weir Bank Homes. It has not signed the area's protocol" in said
        assert "write the day into its table in agencies.toml: signed = 2026-04-01" in said
        assert "Lantern" not in said.split("Nothing is prepared for", 1)[1].split("\n")[0]


def flagged_anew(folder: WorkingFolder) -> tuple[tuple[str, ...], list[str]]:
    """The cases whose flags followed a signature, and the flags of the one that housing referred."""
    with opened(folder) as office, office.store.changing() as connection:
        changed = flag_signatures_anew(connection, office.settings.rules)
        assert flag_signatures_anew(connection, office.settings.rules) == ()
        return changed, [flag.code for flag in case_named(connection, "M26-0002").flags]


def test_the_flags_of_live_cases_follow_the_signature_and_those_of_cases_that_are_over_do_not(
    folder: WorkingFolder,
) -> None:
    referred: dict[str, Any] = {"agency": "Weir Bank Homes", "received": CUT_OFF, "meeting": MEETING}
    with opened(folder) as office, office.store.changing() as connection:
        add_case(connection, case("M26-0002", **referred))
        add_case(connection, case("M26-0003", state="heard", **referred))
        add_case(connection, case("M26-0004", state="draft", **referred))
    assert flagged_anew(folder)[0] == ()
    sign(folder, "housing", "")
    changed, codes = flagged_anew(folder)
    assert changed == ("M26-0002", "M26-0004")
    assert codes.count("agency has not signed") == 1
    path = folder.path / "agencies.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("\n[housing]\n", f"\n[housing]\n{SIGNED}"), encoding="utf-8"
    )
    changed, codes = flagged_anew(folder)
    assert changed == ("M26-0002", "M26-0004")
    assert "agency has not signed" not in codes


def test_the_agencies_of_the_demo_have_all_signed() -> None:
    assert all(agency.signed for agency in AGENCIES)
