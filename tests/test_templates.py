import importlib.util
import io
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import docx
import pytest

from marac.document import Document
from marac.generators.agenda import agenda
from marac.generators.letters import letter
from marac.generators.research import research
from marac.generators.word_file import W, unpacked
from tests.invented_cases import AGENCIES, HOUSING, MARAC, MEETING, actions, fortnight, long_list
from tests.word_templates import TEMPLATES

MAKER = Path(__file__).parent.parent / "tools" / "make_templates.py"


def shipped(kind: str) -> bytes:
    return (files("marac") / "templates" / f"{kind}.docx").read_bytes()


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    sys.path.insert(0, str(MAKER.parent))
    specification = importlib.util.spec_from_file_location("make_templates", MAKER)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    try:
        specification.loader.exec_module(module)
    finally:
        sys.path.remove(str(MAKER.parent))
    return module


def test_the_shipped_templates_are_what_their_maker_makes(maker: ModuleType) -> None:
    made = maker.templates()
    assert set(made) == {f"{kind}.docx" for kind in TEMPLATES}
    for kind in TEMPLATES:
        assert unpacked(made[f"{kind}.docx"]) == unpacked(shipped(kind))


@pytest.mark.parametrize("kind", TEMPLATES)
def test_each_page_is_marked_and_numbered(kind: str) -> None:
    section = docx.Document(io.BytesIO(shipped(kind))).sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    fields = [node.get(f"{W}instr") for node in section.footer._element.iter(f"{W}fldSimple")]
    assert fields == [" PAGE ", " NUMPAGES "]


@pytest.mark.parametrize("kind", TEMPLATES)
def test_no_row_is_split_by_a_page_and_head_rows_are_repeated(kind: str) -> None:
    tables = docx.Document(io.BytesIO(shipped(kind))).tables
    rows = [row._tr for table in tables for row in table.rows]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert any(table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None for table in tables)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_brings_no_author_and_no_picture_of_itself(kind: str) -> None:
    parts = unpacked(shipped(kind))
    assert {name for name in parts if name.startswith("docProps/")} == {"docProps/core.xml"}
    properties = docx.Document(io.BytesIO(shipped(kind))).core_properties
    assert (properties.author, properties.last_modified_by, properties.title) == ("", "", "")


def every_document() -> list[tuple[str, Document]]:
    """Each kind of document for an ordinary fortnight, a very long list and no case at all."""
    made: list[tuple[str, Document]] = []
    marac, coordinator, email = MARAC, "Jo Marsh", "marac@northbridge.example"
    for size, cases in (("short", fortnight()), ("long", long_list()), ("empty", ())):
        listing = agenda(MEETING, cases, actions(), AGENCIES, marac=marac, template=shipped("agenda"))
        pack = research(
            MEETING,
            cases,
            HOUSING,
            marac=marac,
            coordinator=coordinator,
            email=email,
            return_by=MEETING.cut_off,
            template=shipped("research"),
        )
        told = letter(
            MEETING,
            cases,
            actions(),
            HOUSING,
            marac=marac,
            coordinator=coordinator,
            email=email,
            template=shipped("letter"),
        )
        made += [(size, document) for document in (listing, pack, told)]
    return made


def test_libreoffice_shows_every_document(tmp_path: Path) -> None:
    sources = []
    for size, document in every_document():
        sources.append(tmp_path / f"{size} {document.name}")
        sources[-1].write_bytes(document.content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    for source in sources:
        assert source.with_suffix(".pdf").read_bytes().startswith(b"%PDF-")
    shown = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "short agenda 2026-12-03.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    for words in (
        "OFFICIAL-SENSITIVE",
        "Page 1 of",
        "Siân Gwynfryn-Hughes",
        "Bronwen <Bee> O'Neill",
        "Any other business",
    ):
        assert words in shown
