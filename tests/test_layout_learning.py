"""`marac layout learn`: a person says what labels mean, sees what that changes, and only then is it written."""

import os
import tomllib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from marac.commands.layout_questions import said_in_words
from marac.document import WORD, Document
from marac.errors import UsageError
from marac.parsers.blocks import Allowance
from marac.parsers.dictionary.dictionary import vocabulary
from marac.parsers.dictionary.learning import page_in, strange_labels
from marac.parsers.paper import reading
from marac.parsers.word.word import Word
from tests.unknown_layout import ANSWERS, post_form, unknown_form
from tests.working_folder import AFTER_CUT_OFF, WorkingFolder, working_folder

if TYPE_CHECKING:
    import subprocess

SAID = ("--say", "Hearth held from=victim.housing", "--say", "Bonesetter=victim.gp", "--say", "Boot size=-")


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    made = working_folder(tmp_path)
    (tmp_path / "form.docx").write_bytes(unknown_form())
    return made


def learn(folder: WorkingFolder, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
    return folder.marac("layout", "learn", str(folder.path.parent / "form.docx"), *words, typed=typed)


def wordings(folder: WorkingFolder) -> Path:
    return folder.path / "wordings.toml"


def test_a_person_says_which_field_each_label_is_and_the_next_reading_knows(folder: WorkingFolder) -> None:
    done = learn(folder, typed="victim.housing\n?\nvictim gp\n-\ny\n")
    assert done.returncode == 0, done.stderr
    for label, words in ANSWERS.items():
        assert f"“{label}”" in done.stdout
        assert words[:20] in done.stdout
    assert "Victim:" in done.stdout  # the list was asked for
    assert "this form: victim.gp: nothing → “Dr Ilse Marrow, Foxglove Surgery”" in done.stdout
    written = tomllib.loads(wordings(folder).read_text(encoding="utf-8"))
    assert written == {
        "labels": {"person": {"housing": ["Hearth held from"], "gp": ["Bonesetter"]}},
        "not_asked": {"labels": ["Boot size"]},
    }
    again = learn(folder)
    assert "no label on this form that marac does not know" in again.stdout


def test_the_file_holds_labels_a_date_and_a_fingerprint_and_the_trail_holds_fields_alone(folder: WorkingFolder) -> None:
    assert learn(folder, *SAID, "--yes").returncode == 0
    text = wordings(folder).read_text(encoding="utf-8")
    assert AFTER_CUT_OFF.isoformat() in text
    for personal in ("Marrow", "Penrose", "Council", "seven", "form.docx"):
        assert personal not in text
    trail = (folder.path / "store" / "marac.db").read_bytes()
    assert b"wordings learnt" in trail
    assert b"labels.person gp" in trail
    assert b"Bonesetter" not in trail
    if os.name != "nt":
        assert wordings(folder).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("typed", ["victim.housing\n", "victim.housing\n\n\nn\n"])
def test_nothing_is_written_until_a_person_says_yes(folder: WorkingFolder, typed: str) -> None:
    done = learn(folder, typed=typed)
    assert done.returncode == 0, done.stderr
    assert not wordings(folder).exists()
    assert "othing" in done.stdout.splitlines()[-1]


def test_a_dry_run_shows_what_would_change_and_writes_nothing(folder: WorkingFolder) -> None:
    done = learn(folder, *SAID, "--dry-run")
    assert "victim.housing: nothing → “Council tenancy”" in done.stdout
    assert not wordings(folder).exists()


def test_every_stored_form_with_the_same_label_is_compared_and_what_is_registered_stays(folder: WorkingFolder) -> None:
    post_form(folder.path / "inbox", 1, unknown_form("Tamsin Hosking", {"Bonesetter": "Dr Wren"}))
    post_form(folder.path / "inbox", 2, unknown_form("Morwenna Nance", {"Religion": "None"}))
    for path in (folder.path / "inbox").iterdir():
        os.utime(path, (1_790_000_000, 1_790_000_000))
    ran = folder.marac("run")
    assert ran.returncode == 0, ran.stderr
    before = folder.status()
    done = learn(folder, *SAID, "--yes")
    assert done.returncode == 0, done.stderr
    changed = [line for line in done.stdout.splitlines() if "victim.gp: nothing → “Dr Wren”" in line]
    assert len(changed) == 1
    case = changed[0].strip().partition(":")[0]
    assert case.startswith("M26-")
    assert "2 forms compared" in done.stdout
    assert f"Cases that would read differently: {case}." in done.stdout
    assert folder.status() == before
    assert len(done.stdout.split("M26-")) == 3  # the other case is not spoken of


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Bonesetter", "LABEL=FIELD"),
        ("Bonesetter=victim.shoes", "There is no field"),
        ("Blacksmith=victim.gp", "does not stand on this form"),
        ("Elowen Penrose=victim.gp", "somebody's own data"),
        ("01/02/1980=victim.gp", "somebody's own data"),
    ],
)
def test_what_cannot_be_learnt_is_refused_in_words(said: str, why: str) -> None:
    blocks = list(Word(Allowance()).blocks(Document("form.docx", WORD, unknown_form())))
    strange = strange_labels(page_in(blocks, vocabulary()))
    with pytest.raises(UsageError, match=why):
        said_in_words([said], strange, reading(blocks, AFTER_CUT_OFF, vocabulary()), blocks)


def test_a_label_that_means_something_already_is_refused_and_nothing_is_written(folder: WorkingFolder) -> None:
    done = learn(folder, "--say", "Date of birth=victim.gp", "--yes")
    assert done.returncode != 0
    assert "“Date of birth” already means date_of_birth" in done.stderr
    assert not wordings(folder).exists()


def test_a_label_with_a_figure_in_it_is_shown_and_agreed_to_first(folder: WorkingFolder, tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(unknown_form(answers={"Bonesetter (form 7b)": "Dr Wren"}))
    refused = learn(folder, typed="victim.gp\nn\n")
    assert "has a figure or a name in it" in refused.stdout
    assert not wordings(folder).exists()
    assert learn(folder, typed="victim.gp\ny\ny\n").returncode == 0
    assert wordings(folder).exists()


def test_a_mistake_in_the_file_stops_every_reading_before_it_begins_and_names_the_line(folder: WorkingFolder) -> None:
    wordings(folder).write_text('[labels.person]\n\ngpp = ["Bonesetter"]\n', encoding="utf-8")
    post_form(folder.path / "inbox", 1, unknown_form())
    done = learn(folder, *SAID, "--yes")
    assert done.returncode != 0
    assert "wordings.toml: line 3: gpp is nothing" in done.stderr


def test_a_heading_can_be_learnt_and_gives_its_part_to_a_person(folder: WorkingFolder, tmp_path: Path) -> None:
    document = docx.Document(BytesIO(unknown_form(answers={})))
    heading = document.tables[2].rows[0].cells[0].paragraphs[0]
    for run in heading.runs:
        run.text = "The wrongdoer" if run.text else ""
    document.save(str(tmp_path / "form.docx"))
    done = learn(folder, "--say", "The wrongdoer=perpetrator", "--yes")
    assert done.returncode == 0, done.stderr
    assert "perpetrators.1.name: nothing → “Jago Tregenza”" in done.stdout


def test_show_says_what_each_label_was_understood_as_and_changes_nothing(folder: WorkingFolder, tmp_path: Path) -> None:
    done = folder.marac("layout", "show", str(tmp_path / "form.docx"))
    assert done.returncode == 0, done.stderr
    assert "victim.date_of_birth" in done.stdout
    assert "“Bonesetter” (table 2, row 7): not known" in done.stdout
    assert "Marrow" not in done.stdout
    assert not wordings(folder).exists()
