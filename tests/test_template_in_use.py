"""A template that fails the check is never used: the last good copy is, or marac's own, and it is said until it is mended."""

import io
import json
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from marac.generators.template_needs import own_template
from marac.meeting import prepare
from marac.office import Office
from marac.papers.templates import refused_templates, template_for, template_in_use
from tests.prepared_meetings import opened, papers, prepared_folder
from tests.word_templates import with_part, words_of
from tests.working_folder import MEETING, WorkingFolder

OWN_WORDS = "Case conference list of our own"


def own_agenda(words: str = OWN_WORDS) -> bytes:
    return with_part(own_template("agenda"), "word/document.xml", "MARAC agenda", words)


BROKEN = with_part(own_agenda("Broken"), "word/document.xml", "{{ c.reference }}", "{{ c.refrence }}")


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    return prepared_folder(tmp_path_factory.mktemp("templates"))


@pytest.fixture
def folder(used: WorkingFolder) -> WorkingFolder:
    """The folder without a template of its own, and without good copies."""
    for place in (used.path / "templates", used.path / "store" / "templates"):
        shutil.rmtree(place, ignore_errors=True)
    return used


def put(office: Office, content: bytes, kind: str = "agenda") -> Path:
    path = office.settings.folders.templates / f"{kind}.docx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def agenda_words(office: Office) -> str:
    prepare(office, MEETING)
    paper = [paper for paper in papers(office) if paper.kind == "agenda" and paper.state != "superseded"][-1]
    return words_of((office.settings.folders.meetings / paper.path).read_bytes())


def test_the_last_good_copy_takes_the_place_of_a_broken_template_until_it_is_mended(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        put(office, own_agenda())
        assert OWN_WORDS in agenda_words(office)
        put(office, BROKEN)
        before = len(papers(office))
        assert OWN_WORDS in agenda_words(office)
        assert len(papers(office)) == before
        (refused,) = refused_templates(office)
        assert "Field 'c.refrence' is not known. Did you mean 'reference'?" in refused.warning
        assert "documents are made from the last good copy of it" in refused.warning
        put(office, own_agenda("Mended"))
        assert "Mended" in agenda_words(office)
        assert refused_templates(office) == ()


def test_where_there_is_no_good_copy_maracs_own_is_used(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        put(office, BROKEN)
        assert "MARAC agenda" in agenda_words(office)
        (refused,) = refused_templates(office)
        assert "documents are made from marac's own template" in refused.warning


def test_a_good_copy_that_is_damaged_is_not_used(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        put(office, own_agenda())
        template_for(office, "agenda")
        (copy,) = (office.store.folder / "templates" / office.settings.marac.id).glob("* agenda.docx")
        copy.write_bytes(copy.read_bytes() + b"x")
        put(office, BROKEN)
        assert template_in_use(office, "agenda.docx").content == own_template("agenda")


def test_a_link_to_a_file_elsewhere_is_no_template(folder: WorkingFolder, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.docx"
    elsewhere.write_bytes(own_agenda())
    with opened(folder) as office:
        office.settings.folders.templates.mkdir(exist_ok=True)
        (office.settings.folders.templates / "agenda.docx").symlink_to(elsewhere)
        assert template_in_use(office, "agenda.docx").content == own_template("agenda")
        assert "a link to a file elsewhere" in refused_templates(office)[0].warning


def test_looking_at_what_is_in_use_keeps_no_copy(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        put(office, own_agenda())
        assert template_in_use(office, "agenda.docx").own
        assert not (office.store.folder / "templates" / office.settings.marac.id).exists()


def test_what_the_check_found_is_kept_so_that_the_same_file_is_checked_once(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        put(office, with_part(BROKEN, "word/document.xml", "Broken", "Checked once"))
        template_in_use(office, "agenda.docx")
        (verdict,) = (office.store.folder / "templates" / "checked").glob("*.json")
        assert "c.refrence" in json.loads(verdict.read_text(encoding="utf-8"))[0]


def test_a_template_that_is_not_used_is_said_wherever_the_coordinator_looks(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        put(office, BROKEN)
    said = "Field 'c.refrence' is not known"
    assert said in folder.marac("meeting", "prepare", MEETING.isoformat()).stdout
    assert said in folder.marac("run").stdout
    assert said in folder.marac("status").stdout
    assert said in folder.marac("doctor").stdout
    first = openpyxl.load_workbook(folder.path / "register.xlsx").worksheets[0]
    assert any(said in str(cell.value) for row in first.iter_rows() for cell in row)


def test_documents_say_nothing_of_their_template(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        put(office, BROKEN)
        words = agenda_words(office)
        assert "refrence" not in words
        assert "template" not in words.lower()


def test_the_doctor_names_a_template_under_a_name_that_is_not_used(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        put(office, own_agenda(), "our agenda 2026")
    assert "name it agenda.docx" in folder.marac("doctor").stdout


def test_check_looks_at_every_template_of_the_folder(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        put(office, BROKEN)
        put(office, own_template("letter"), "letter")
        (office.settings.folders.templates / "acknowledgement.txt").write_text("Hello $referals", encoding="utf-8")
    checked = folder.marac("template", "check")
    assert checked.returncode == 7
    assert "letter.docx is sound" in checked.stdout
    assert "Field 'c.refrence' is not known" in checked.stdout
    assert "Did you mean '$referrals'?" in checked.stdout


def test_check_makes_a_copy_with_a_word_comment_at_each_fault(folder: WorkingFolder) -> None:
    with opened(folder) as office:
        path = put(office, with_part(BROKEN, "word/footer1.xml", "{{ marac }}", "{{ maarc }}"))
    before = path.read_bytes()
    folder.marac("template", "check", "agenda.docx", "--annotate")
    assert path.read_bytes() == before
    document = docx.Document(io.BytesIO((path.parent / "agenda with comments.docx").read_bytes()))
    comments = [comment.text for comment in document.comments]
    assert comments[0].startswith("Field 'c.refrence' is not known")
    assert comments[-1].endswith("It stands in a footer: “{{ maarc }}”.")
    assert "commentReference" in document.element.xml.split("{{ c.refrence }}")[1][:400]


def test_preview_makes_the_fullest_and_the_emptiest_case(folder: WorkingFolder) -> None:
    config = (folder.path / "config.toml").read_text(encoding="utf-8")
    without = config.replace("[reading]", f"[reading]\nlibreoffice = '{folder.path / 'nowhere'}'")
    (folder.path / "without.toml").write_text(without, encoding="utf-8")
    with opened(folder) as office:
        put(office, own_agenda())
    made = folder.marac("template", "preview", "agenda.docx", "--out", "looked at", "--config", "without.toml")
    assert made.returncode == 0, made.stderr
    full, empty = (
        words_of((folder.path / "looked at" / f"agenda {name}.docx").read_bytes()) for name in ("fullest", "emptiest")
    )
    assert "Grzegorz Brzęczyszczykiewicz-Żółć" in full
    assert "Bronwen <Bee> O'Neill & Daughter" in full
    assert "not recorded" in empty


def test_copy_overwrites_nothing(folder: WorkingFolder) -> None:
    assert folder.marac("template", "copy", "letter").returncode == 0
    path = folder.path / "templates" / "letter.docx"
    assert path.read_bytes() == own_template("letter")
    path.write_bytes(b"mine")
    assert "nothing is overwritten" in folder.marac("template", "copy", "letter").stderr
    assert path.read_bytes() == b"mine"


def test_fields_are_listed_in_words_and_as_a_word_document(folder: WorkingFolder) -> None:
    told = folder.marac("template", "fields", "agenda").stdout
    assert "  marac: the name of this MARAC (text)" in told
    assert "cases_with_children: the cases with children (list of records)" in told
    folder.marac("template", "fields", "--word", "fields.docx")
    assert "cases_with_children" in words_of((folder.path / "fields.docx").read_bytes())
