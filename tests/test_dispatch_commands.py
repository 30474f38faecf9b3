"""`marac release` and `marac meeting show` as a coordinator reads them."""

import shutil
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from marac.commands.meetings import show
from marac.commands.releasing import release
from marac.errors import MailboxError, UsageError
from marac.register.documents import change_paper
from tests.prepared_meetings import opened, prepared_folder, sealed, states
from tests.register_databases import DatabaseKind
from tests.working_folder import AFTER_CUT_OFF, MEETING, WorkingFolder, copied

pytestmark = pytest.mark.both_databases


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, register_database: DatabaseKind) -> WorkingFolder:  # noqa: ARG001 - made for each
    return prepared_folder(tmp_path_factory.mktemp("original"))


@pytest.fixture
def folder(original: WorkingFolder, tmp_path: Path) -> WorkingFolder:
    return copied(original, tmp_path / "marac")


def words(folder: WorkingFolder, **typed: Any) -> Namespace:
    settled = {"config": folder.path / "config.toml", "today": AFTER_CUT_OFF, "date": MEETING}
    return Namespace(**{**settled, "rehearse": False, "by": None, "arrived": None, "resend": None, **typed})


def left(folder: WorkingFolder) -> int:
    return len(list((folder.path / "sent").glob("*.eml")))


def in_doubt(folder: WorkingFolder, state: str = "unknown") -> None:
    """Make the letter to the police one that a broken connection left behind."""
    with opened(folder) as office:
        paper = next(paper for paper in sealed(office) if paper.agency == "police")
        with office.store.changing() as connection:
            change_paper(connection, paper.id, state=state, reason="Nobody knows.", attempts=1)


def test_a_release_says_what_went_to_whom(folder: WorkingFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(words(folder, rehearse=True)) == 0
    assert left(folder) == 0
    assert "would go to Carrowdale Police <marac.desk@carrowdale-police.example>" in capsys.readouterr().out
    assert release(words(folder)) == 0
    assert left(folder) == 2
    told = capsys.readouterr().out
    assert "went to Carrowdale Police" in told
    assert "2 documents in all." in told


def test_what_is_in_doubt_is_told_with_what_to_do(folder: WorkingFolder, capsys: pytest.CaptureFixture[str]) -> None:
    in_doubt(folder)
    release(words(folder))
    assert "! The research pack for Carrowdale Police is in doubt. Nobody knows." in capsys.readouterr().out
    assert left(folder) == 1
    show(words(folder))
    assert "research pack for Carrowdale Police, version 1: IN DOUBT. Nobody knows." in capsys.readouterr().out


def test_a_letter_in_doubt_is_sent_again_alone_where_a_person_says_so(folder: WorkingFolder) -> None:
    in_doubt(folder)
    assert release(words(folder, resend="police", by="A Person")) == 0
    assert left(folder) == 1
    with opened(folder) as office:
        assert states(office) == ["sent", "prepared"]
        assert sealed(office)[0].approved_by == "A Person"


def test_a_letter_in_doubt_that_arrived_is_noted_and_nothing_is_sent(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    in_doubt(folder)
    assert release(words(folder, arrived="police", by="A Person")) == 0
    assert capsys.readouterr().out == "Noted: 1 document for Carrowdale Police arrived.\n"
    assert left(folder) == 0
    with opened(folder) as office:
        assert sorted(states(office)) == ["prepared", "sent"]


@pytest.mark.parametrize(
    "typed",
    [
        {"resend": "police"},
        {"arrived": "police"},
        {"arrived": "police", "resend": "police", "by": "A Person"},
        {"resend": "police", "by": "A Person", "rehearse": True},
    ],
)
def test_such_a_word_needs_the_name_of_whoever_gives_it(folder: WorkingFolder, typed: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="with --by NAME"):
        release(words(folder, **typed))


def test_where_the_outbox_cannot_be_opened_nothing_is_released(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder.path / "sent")
    (folder.path / "sent").write_bytes(b"")
    with pytest.raises(MailboxError, match="cannot be made"):
        release(words(folder))
    assert capsys.readouterr().out == ""
    with opened(folder) as office:
        assert states(office) == ["prepared", "prepared"]


@pytest.mark.parametrize("state", ["failed", "retry", "approved", "sending", "superseded"])
def test_every_state_of_a_document_has_its_words(
    folder: WorkingFolder, capsys: pytest.CaptureFixture[str], state: str
) -> None:
    in_doubt(folder, state)
    show(words(folder))
    shown = [line for line in capsys.readouterr().out.splitlines() if "research pack for Carrowdale Police" in line]
    assert len(shown) == (state != "superseded")
