"""An agency that has not signed the area's protocol: nothing is made for it, and everywhere it is said what to do."""

import re
from pathlib import Path

import pytest

from marac.demo.agencies import AGENCIES
from marac.dispatch import release
from marac.mailbox.memory import MemoryOutbox
from marac.meeting import prepare
from marac.register.documents import Paper
from tests.prepared_meetings import give_an_action, opened, papers, prepared_folder
from tests.working_folder import MEETING, WorkingFolder, copied

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
    return [(paper.kind, paper.state) for paper in found if paper.agency == agency and paper.state != "superseded"]


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
    assert [paper.state for paper in found if paper.agency == "police"] == ["superseded"]


def test_what_was_sealed_before_does_not_leave_without_the_signature(folder: WorkingFolder) -> None:
    sign(folder, "police", "")
    outbox = MemoryOutbox()
    with opened(folder) as office:
        result = release(office, MEETING, outbox, "A Person")
    assert [paper.agency for paper, _ in result.held] == ["police"]
    assert len(outbox.letters) == 1


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


def test_the_agencies_of_the_demo_have_all_signed() -> None:
    assert all(agency.signed for agency in AGENCIES)
