"""Secrets are kept elsewhere, and do not print."""

from pathlib import Path

import pytest

from marac.credentials import SecretReference
from marac.errors import SettingsError


def test_a_secret_does_not_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARAC_TEST_PASSWORD", "hunter2")
    secret = SecretReference(env="MARAC_TEST_PASSWORD").resolve()
    assert secret.reveal() == "hunter2"
    assert "hunter2" not in repr(secret) + str(secret)


def test_a_secret_in_a_file_loses_its_line_end(tmp_path: Path) -> None:
    path = tmp_path / "password.txt"
    path.write_bytes("\ufeffhunter2\r\n".encode())
    assert SecretReference(file=path).resolve().reveal() == "hunter2"


@pytest.mark.parametrize("reference", [SecretReference(env="MARAC_NOT_SET"), SecretReference(file=Path("not-there"))])
def test_a_secret_that_is_not_there_is_said(reference: SecretReference) -> None:
    with pytest.raises(SettingsError):
        reference.resolve()


def test_a_keyring_that_is_not_installed_is_said() -> None:
    with pytest.raises(SettingsError, match="keyring"):
        SecretReference(keyring="marac", user="nobody").resolve()
