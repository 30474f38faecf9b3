"""`marac keys import`: a key is pinned when its fingerprint was heard from the agency, and for that agency alone."""

from pathlib import Path

import pytest

from marac.cli import main
from marac.demo.correspondents import correspondents
from tests.working_folder import WorkingFolder, working_folder


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    return working_folder(tmp_path)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    police = correspondents(tmp_path_factory.mktemp("agencies"))[0]
    fingerprint = police.make_key()
    return police.public_key, fingerprint


def pin(folder: WorkingFolder, agency: str, path: Path, *words: str) -> int:
    return main(["--config", str(folder.path / "config.toml"), "keys", "import", agency, str(path), *words])


def agencies(folder: WorkingFolder) -> str:
    return (folder.path / "agencies.toml").read_text(encoding="utf-8")


def test_the_key_is_shown_and_pinned_under_the_fingerprint_that_was_heard(
    folder: WorkingFolder, key: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path, fingerprint = key
    groups = " ".join(fingerprint[start : start + 4] for start in range(0, 40, 4)).lower()
    assert pin(folder, "police", path, "--fingerprint", groups, "--by", "A Person") == 0
    said = capsys.readouterr().out
    assert "Owner        Carrowdale Police (invented)" in said
    assert "Expires" in said
    assert f'fingerprint = "{fingerprint}"' in agencies(folder)


def test_without_the_fingerprint_nothing_is_pinned(folder: WorkingFolder, key: tuple[Path, str]) -> None:
    before = agencies(folder)
    assert pin(folder, "police", key[0]) == 2
    assert pin(folder, "police", key[0], "--fingerprint", "ABCD1234") == 2
    assert pin(folder, "police", key[0], "--fingerprint", "A" * 40) == 6
    assert agencies(folder) == before


def test_a_key_of_another_agency_is_refused(
    folder: WorkingFolder, key: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert pin(folder, "police", key[0], "--fingerprint", key[1]) == 0
    assert pin(folder, "housing", key[0], "--fingerprint", key[1]) == 6
    assert "pinned for Carrowdale Police already" in capsys.readouterr().err


def test_a_file_without_a_key_is_refused(folder: WorkingFolder, tmp_path: Path) -> None:
    path = tmp_path / "key.asc"
    path.write_text("a letter, not a key", encoding="utf-8")
    assert pin(folder, "police", path, "--fingerprint", "A" * 40) == 6
