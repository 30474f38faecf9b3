import importlib.util
import io
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import docx
import pytest

from marac.generators.fields import printable
from marac.generators.fill import filled
from marac.generators.specimens import marked
from marac.generators.word_file import W, unpacked
from marac.meetings.audience_table import ADDRESS_STAGES
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
    for table in tables:
        first, *others = (row.cells[0].text for row in table.rows)
        if others and others[0].startswith("{%tr for") and "{%" not in first:  # a head, and rows without end under it
            assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None, first


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_brings_no_author_and_no_picture_of_itself(kind: str) -> None:
    parts = unpacked(shipped(kind))
    assert {name for name in parts if name.startswith("docProps/")} == {"docProps/core.xml"}
    properties = docx.Document(io.BytesIO(shipped(kind))).core_properties
    assert (properties.author, properties.last_modified_by, properties.title) == ("", "", "")


def test_libreoffice_shows_a_document_of_every_kind(tmp_path: Path) -> None:
    sources = []
    for kind in TEMPLATES:
        values = printable(marked(kind)[0])
        made = filled(shipped(kind), values, name=f"{kind}.docx", safe_addresses=kind in ADDRESS_STAGES)
        sources.append(tmp_path / made.name)
        sources[-1].write_bytes(made.content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, sources)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    for kind, source in zip(TEMPLATES, sources, strict=True):
        shown = subprocess.run(
            ["pdftotext", "-layout", str(source.with_suffix(".pdf")), "-"], check=True, capture_output=True
        ).stdout.decode()
        assert "OFFICIAL-SENSITIVE" in shown, kind
        assert "Page 1 of" in shown, kind
        assert "«" in shown, kind
