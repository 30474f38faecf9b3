"""`marac doctor` on what reads forms: what is missing, what that stops, and how to get it."""

from pathlib import Path

import pytest

from tests.working_folder import WorkingFolder, working_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> WorkingFolder:
    return working_folder(tmp_path_factory.mktemp("doctor"))


def found_with(folder: WorkingFolder, reading: str) -> str:
    """What the doctor says with these settings under [reading]."""
    settings = folder.path / "config.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before.replace("[reading]", f"[reading]\n{reading}"), encoding="utf-8")
    try:
        return folder.marac("doctor").stdout
    finally:
        settings.write_text(before, encoding="utf-8")


def test_what_reads_forms_is_tried_out(folder: WorkingFolder) -> None:
    told = folder.marac("doctor").stdout
    for what in ("reading of forms", "LibreOffice", "scans"):
        assert f"  ok      {what}" in told


def test_programs_and_models_that_are_not_where_the_settings_say_are_told(
    folder: WorkingFolder, tmp_path: Path
) -> None:
    told = found_with(folder, f"libreoffice = '{tmp_path / 'soffice'}'\ntessdata = '{tmp_path}'")
    assert "WRONG   LibreOffice: it is not where config.toml says" in told
    assert "WRONG   scans: eng.traineddata is not in the folder" in told


def test_a_libreoffice_that_converts_nothing_is_told(folder: WorkingFolder, tmp_path: Path) -> None:
    idle = tmp_path / "soffice"
    idle.write_text("#!/bin/sh\n", encoding="utf-8")
    idle.chmod(0o700)
    assert "WRONG   LibreOffice: The file seems to be a rich text file" in found_with(folder, f"libreoffice = '{idle}'")


def test_a_mistake_in_the_areas_wordings_is_told(folder: WorkingFolder, tmp_path: Path) -> None:
    wordings = tmp_path / "wordings.toml"
    wordings.write_text("this is no toml", encoding="utf-8")
    assert "WRONG   reading of forms" in found_with(folder, f"wordings = '{wordings}'")
