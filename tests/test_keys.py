"""`marac keys`: a key is pinned when its fingerprint was heard from the agency; the MARAC's own is taken in and tried."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.cli import main
from marac.demo.correspondents import correspondents
from tests.openpgp_keys import KeyOwner, owners_folder
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


def own(folder: WorkingFolder, path: Path) -> int:
    return main(["--config", str(folder.path / "config.toml"), "keys", "own", str(path), "--by", "A Person"])


@pytest.fixture(scope="module")
def it() -> Iterator[KeyOwner]:
    """Whoever made the MARAC's own key."""
    with owners_folder() as folder:
        owner = KeyOwner(folder / "i")
        owner.new_key("MARAC (invented) <marac@council.example>")
        yield owner


def test_the_marac_takes_its_own_key_in_and_doctor_tries_it_out(
    folder: WorkingFolder, it: KeyOwner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fingerprint = it.fingerprints()[0]
    (tmp_path / "own.asc").write_bytes(it.secret_key(fingerprint))
    assert own(folder, tmp_path / "own.asc") == 0
    assert f'\nkey = "{fingerprint}"\n' in capsys.readouterr().out
    named_in_settings(folder, f'key = "{fingerprint}"')
    assert "  ok      the MARAC's own key" in folder.marac("doctor").stdout
    secret = folder.path / "keyring" / "private-keys-v1.d"
    assert len(list(secret.glob("*.key"))) == 2
    if os.name != "nt":
        assert {path.stat().st_mode & 0o077 for path in [secret, *secret.iterdir()]} == {0}
    assert own(folder, tmp_path / "own.asc") == 0, "a second time changes nothing"


def test_a_key_that_is_not_there_and_a_certificate_that_is_none_are_told_by_doctor(
    folder: WorkingFolder, tmp_path: Path
) -> None:
    (tmp_path / "none.pem").write_text("nothing", encoding="utf-8")
    named_in_settings(folder, f"key = \"{'A' * 40}\"\ncertificate = '{tmp_path / 'none.pem'}'")
    told = folder.marac("doctor").stdout
    assert "WRONG   the MARAC's own key: it is not in the keyring folder; take it in with: marac keys own FILE" in told
    assert "WRONG   the mailbox's certificate" in told
    assert "OpenPGP mail: each waits for you" in told


def test_a_file_with_no_secret_key_or_several_is_not_taken_in(
    folder: WorkingFolder, it: KeyOwner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signs_only = KeyOwner(it.home.parent / "s")
    signs = signs_only.secret_key(signs_only.new_key("Signs <signs@council.example>", sign_only=True))
    secret = it.secret_key(it.fingerprints()[0])
    for content, words in (
        (it.public_key(), "no OpenPGP secret key"),
        (b"nothing", "no OpenPGP secret key"),
        (secret + signs, "several keys"),
        (signs, "can only sign"),
    ):
        (tmp_path / "own.asc").write_bytes(content)
        assert own(folder, tmp_path / "own.asc") == 6
        assert words in capsys.readouterr().err
    assert own(folder, tmp_path / "absent.asc") == 2
    assert not list(folder.path.glob("keyring/private-keys-v1.d/*"))


def named_in_settings(folder: WorkingFolder, lines: str) -> None:
    settings = folder.path / "config.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^\[decryption\].*$", lambda _: f"[decryption]\n{lines}", before), encoding="utf-8")
