"""`marac parse --evidence`: a picture of the place that each value was read from, and never of another place."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import tesserocr
from PIL import Image, ImageOps

from marac.document import PDF, Document
from marac.parsers import read
from marac.parsers.evidence_pictures import pictures
from marac.parsers.scans.models import models_found
from marac.referral import Evidence, Reading
from tests.test_forms_apart import MOSS, SHAW
from tests.word_forms import word_form
from tests.working_folder import WorkingFolder

FORM = Path(__file__).parent / "forms" / "d26-kingston.pdf"
TITLE = "# Northmoor MARAC referral form"


def words_in(picture: Path) -> str:
    """What a picture shows within its margin, read by Tesseract, in small letters without spaces."""
    with Image.open(picture) as opened:
        row = opened.crop((15, 15, opened.width - 15, opened.height - 15))
        page = ImageOps.expand(row.resize((row.width * 2, row.height * 2)), 40, "white")
    text = tesserocr.image_to_text(page, path=str(models_found(None)), psm=tesserocr.PSM.SINGLE_BLOCK)
    return re.sub(r"\W", "", text).lower()


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], dict[str, Any]]:
    """A folder with the evidence of a PDF and of a Word file with two forms, and the record of each."""
    place = tmp_path_factory.mktemp("evidence")
    (place / "form.pdf").write_bytes(FORM.read_bytes())
    (place / "two.docx").write_bytes(word_form(TITLE, MOSS, TITLE, SHAW).content)
    ran = WorkingFolder(place).marac("parse", "form.pdf", "two.docx", "--json", "--evidence", "shown")
    assert ran.returncode == 0, ran.stderr
    pdf, word = map(json.loads, ran.stdout.splitlines())
    return place / "shown", pdf, word


def test_every_value_of_a_printed_form_has_its_picture(parsed: tuple[Path, dict[str, Any], dict[str, Any]]) -> None:
    shown, pdf, _ = parsed
    assert pdf["pictures"].keys() == pdf["evidence"].keys()
    assert all((shown / name).is_file() for name in pdf["pictures"].values())


@pytest.mark.parametrize("path", ["victim.name", "perpetrators.0.name", "victim.postcode", "referrer.agency"])
def test_the_picture_shows_the_words_that_the_value_was_read_from(
    path: str, parsed: tuple[Path, dict[str, Any], dict[str, Any]]
) -> None:
    shown, pdf, _ = parsed
    value = pdf["referral"]
    for key in path.split("."):
        value = value[int(key)] if isinstance(value, list) else value[key]
    surname = re.sub(r"\W", "", value.split()[-1]).lower()
    assert surname in words_in(shown / pdf["pictures"][path])


def test_each_form_of_a_file_has_pictures_of_its_own_part(parsed: tuple[Path, dict[str, Any], dict[str, Any]]) -> None:
    shown, _, word = parsed
    first, second = (each["pictures"]["victim.name"] for each in word["referrals"])
    assert "moss" in words_in(shown / first)
    assert "shaw" in words_in(shown / second)


def test_pictures_of_an_earlier_run_are_not_mixed_with_new_ones(tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(FORM.read_bytes())
    folder = WorkingFolder(tmp_path)
    assert folder.marac("parse", "form.pdf", "--evidence", "shown").returncode == 0
    again = folder.marac("parse", "form.pdf", "--evidence", "shown")
    assert again.returncode != 0
    assert "Name a folder that is empty" in again.stderr


def test_a_value_that_the_print_does_not_have_gets_no_picture_of_another_place() -> None:
    form = Document("form.pdf", PDF, FORM.read_bytes())
    found = read(form)
    made_up = Reading("referral", evidence={"victim.name": Evidence("Somebody Else", "page 1, table 2, row 1", 0.95)})
    assert "victim.name" in dict(pictures(form, found))
    assert dict(pictures(form, made_up)) == {}
