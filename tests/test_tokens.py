"""Access tokens from a sign-in service over HTTPS: for the app itself, and for a person who signed in with a code."""

import logging
import re
import socket
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from marac.cli import main
from marac.errors import MailboxError, SettingsError
from marac.mailbox.tokens import Resource, Tokens
from marac.settings import OAuth
from tests.certificates import _NOW
from tests.token_server import ADDRESS, CLIENT, CODE, PERSON, SECRET, TENANT, TokenServer


@pytest.fixture
def service() -> Iterator[TokenServer]:
    with TokenServer() as service:
        yield service


@pytest.fixture
def app(service: TokenServer, tmp_path: Path) -> "App":
    return App(service, tmp_path)


class App:
    """The app as config.toml names it."""

    def __init__(self, service: TokenServer, folder: Path) -> None:
        self.service, self.folder = service, folder
        self.secret = folder / "secret"
        self.secret.write_text(SECRET, encoding="utf-8")

    def tokens(self, resource: Resource = "outlook", *, trusted: bool = True, **oauth: Any) -> Tokens:
        table = {"client_id": CLIENT, "tenant": TENANT, "authority": self.service.url, **oauth}
        authority = self.service.files.authority if trusted else None
        return Tokens(OAuth.model_validate(table), self.folder / "store", resource, authority, 10)

    def own(self, **oauth: Any) -> Tokens:
        return self.tokens(**{"secret": {"file": self.secret}, **oauth})

    def of_a_person(self, resource: Resource = "graph") -> Tokens:
        return self.tokens(resource, device_code=True)


def refusal(tokens: Tokens) -> str:
    with pytest.raises(MailboxError) as caught:
        tokens()
    told = str(caught.value)
    assert "user@council.example" not in told
    return told


def pem(folder: Path, password: bytes | None = None) -> tuple[Path, x509.Certificate]:
    """A file with a key and a certificate of its own, as an app is registered with."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "marac")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(_NOW.replace(year=_NOW.year - 1, day=1))
        .not_valid_after(_NOW.replace(year=_NOW.year + 1, day=1))
        .sign(key, hashes.SHA256())
    )
    locked = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    file = folder / "app.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return file, certificate


def test_the_apps_secret_gives_a_token_that_is_asked_for_once(app: App) -> None:
    tokens = app.own()
    assert [tokens(), tokens()] == ["token-1", "token-1"]
    assert app.service.given == ["token-1"]


@pytest.mark.parametrize(
    ("resource", "scope"),
    [("graph", "https://graph.microsoft.com/.default"), ("outlook", "https://outlook.office365.com/.default")],
)
def test_a_token_is_asked_for_what_it_is_to_open(app: App, resource: Resource, scope: str) -> None:
    app.tokens(resource, secret={"file": app.secret})()
    assert app.service.scopes == [scope]


def test_a_token_that_the_server_refused_is_not_given_again(app: App) -> None:
    tokens = app.own()
    assert tokens(refused=tokens()) == "token-2"


def test_a_token_that_nears_its_end_is_not_given_again(app: App) -> None:
    app.service.good_for = 60
    tokens = app.own()
    assert [tokens(), tokens()] == ["token-1", "token-2"]


def test_a_certificate_proves_the_app_by_its_key_and_thumbprint(app: App) -> None:
    file, app.service.certificate = pem(app.folder)
    assert app.tokens(certificate=file)() == "token-1"


def test_a_certificate_that_is_not_registered_is_refused(app: App) -> None:
    file, _ = pem(app.folder)
    assert "AADSTS7000215" in refusal(app.tokens(certificate=file))


def test_a_certificate_file_that_cannot_be_used_is_named(app: App) -> None:
    locked, _ = pem(app.folder, b"password")
    for file in (app.folder / "missing.pem", app.secret, locked):
        with pytest.raises(SettingsError, match=re.escape(str(file))):
            app.tokens(certificate=file)()


def test_a_certificate_of_another_key_is_told(app: App, tmp_path: Path) -> None:
    other, _ = pem(tmp_path)
    theirs = other.read_text().partition("-----BEGIN CERT")
    mine, _ = pem(tmp_path)
    mine.write_text(mine.read_text().partition("-----BEGIN CERT")[0] + theirs[1] + theirs[2])
    with pytest.raises(SettingsError, match="not that of the private key"):
        app.tokens(certificate=mine)()


def test_a_wrong_secret_is_said_without_telling_it(app: App) -> None:
    app.secret.write_text("guess", encoding="utf-8")
    told = refusal(app.own())
    assert "The app's secret is wrong" in told
    assert "guess" not in told


def test_an_unknown_tenant_and_an_unknown_app_are_said(app: App) -> None:
    assert "does not know the tenant other.example" in refusal(app.own(tenant="other.example"))
    assert "There is no such app" in refusal(app.own(client_id="5f0b2f0e-0000-4f5e-9a55-0d6f5a3a1b10"))


def test_a_service_that_fails_is_said_to_fail(app: App) -> None:
    app.service.answers = [(503, {"error": "temporarily_unavailable"})]
    assert "does not work just now" in refusal(app.own())


def test_a_service_signed_by_a_stranger_is_refused(app: App) -> None:
    assert "not signed by anybody this computer trusts" in refusal(app.own(trusted=False))


def test_a_service_that_is_not_there_is_said(app: App) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert "takes no connections" in refusal(app.own(authority=f"https://localhost:{port}"))


def test_a_token_that_another_program_keeps_is_read_anew_at_each_call(app: App) -> None:
    file = app.folder / "token"
    tokens = Tokens(OAuth.model_validate({"token": {"file": file}}), app.folder)
    for kept in ("first", "second"):
        file.write_text(kept, encoding="utf-8")
        assert tokens() == kept
    file.unlink()
    with pytest.raises(SettingsError):
        tokens()


def test_a_person_signs_in_once_and_later_runs_need_nobody(app: App) -> None:
    shown: list[tuple[str, str]] = []
    assert app.of_a_person().sign_in(lambda address, code: shown.append((address, code))) == PERSON
    assert shown == [(ADDRESS, CODE)]
    assert app.of_a_person()() == "token-1"
    assert app.service.given == ["token-1"]


def test_a_sign_in_is_renewed_when_its_token_ends_or_is_refused(app: App) -> None:
    app.service.good_for = 60
    app.of_a_person().sign_in(lambda *_: None)
    app.service.good_for = 3600
    assert app.of_a_person()() == "token-2"
    later = app.of_a_person()
    assert later() == "token-2"
    assert later(refused="token-2") == "token-3"


def test_waiting_for_the_person_goes_on_until_the_code_was_typed(app: App) -> None:
    app.service.answers = [(400, {"error": "authorization_pending"})] * 3
    assert app.of_a_person().sign_in(lambda *_: None) == PERSON


@pytest.mark.parametrize(
    ("word", "told"), [("authorization_declined", "declined"), ("expired_token", "was not used in time")]
)
def test_a_sign_in_that_came_to_nothing_is_said_and_not_kept(app: App, word: str, told: str) -> None:
    app.service.answers = [(400, {"error": word})]
    with pytest.raises(MailboxError, match=told):
        app.of_a_person().sign_in(lambda *_: None)
    assert "Nobody has signed in" in refusal(app.of_a_person())


def test_a_sign_in_that_came_to_nothing_leaves_the_earlier_one(app: App) -> None:
    app.of_a_person().sign_in(lambda *_: None)
    app.service.answers = [(400, {"error": "expired_token"})]
    with pytest.raises(MailboxError):
        app.of_a_person().sign_in(lambda *_: None)
    assert app.of_a_person()() == "token-1"


def test_before_anybody_signed_in_the_command_for_it_is_named(app: App) -> None:
    assert "marac mailbox sign-in" in refusal(app.of_a_person())


def test_a_sign_in_that_was_ended_elsewhere_is_said(app: App) -> None:
    app.service.good_for = 60
    app.of_a_person().sign_in(lambda *_: None)
    app.service.refresh_token = "another"
    told = refusal(app.of_a_person())
    assert "The sign-in is no longer good" in told
    assert "marac mailbox sign-in" in told


def test_a_sign_in_for_one_resource_is_not_used_for_another(app: App) -> None:
    app.of_a_person("graph").sign_in(lambda *_: None)
    assert "Nobody has signed in" in refusal(app.of_a_person("outlook"))


def test_a_kept_sign_in_can_be_read_by_its_owner_only(app: App) -> None:
    tokens = app.of_a_person()
    tokens.sign_in(lambda *_: None)
    assert stat.S_IMODE(tokens.kept_in.stat().st_mode) == 0o600
    assert stat.S_IMODE(tokens.kept_in.parent.stat().st_mode) == 0o700
    assert "council" not in tokens.kept_in.name


def test_a_damaged_sign_in_asks_for_another(app: App) -> None:
    tokens = app.of_a_person()
    tokens.sign_in(lambda *_: None)
    for damage in (b"gAAAAA-not-ours", b"{cut"):
        tokens.kept_in.write_bytes(damage)
        assert "marac mailbox sign-in" in refusal(app.of_a_person())


class TestWithAKeyring:
    """The extra `keyring` is not installed where the tests run; what stands in for it keeps secrets in a dictionary."""

    @pytest.fixture
    def keyring(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
        kept: dict[str, str] = {}
        module = ModuleType("keyring")
        vars(module)["get_password"] = lambda service, user: kept.get(f"{service}/{user}")
        vars(module)["set_password"] = lambda service, user, secret: kept.update({f"{service}/{user}": secret})
        monkeypatch.setitem(sys.modules, "keyring", module)
        return kept

    def test_a_sign_in_is_sealed_with_a_key_that_windows_can_keep(self, app: App, keyring: dict[str, str]) -> None:
        tokens = app.of_a_person()
        tokens.sign_in(lambda *_: None)
        assert b"refresh-1" not in tokens.kept_in.read_bytes()
        assert [len(secret.encode("utf-16")) < 2560 for secret in keyring.values()] == [True]
        assert app.of_a_person()() == "token-1"

    def test_a_keyring_that_does_not_open_is_said(self, app: App, keyring: dict[str, str]) -> None:
        app.of_a_person().sign_in(lambda *_: None)
        keyring.clear()
        assert "keyring does not open" in refusal(app.of_a_person())

    def test_a_keyring_that_fails_leaves_the_file_unsealed(self, app: App, keyring: dict[str, str]) -> None:
        def fail(*_: str) -> None:
            raise RuntimeError

        vars(sys.modules["keyring"])["set_password"] = fail
        app.of_a_person().sign_in(lambda *_: None)
        assert keyring == {}
        assert app.of_a_person()() == "token-1"


def test_nothing_of_a_sign_in_is_logged(app: App, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    app.of_a_person().sign_in(lambda *_: None)
    app.of_a_person()()
    assert caplog.text == ""


def test_the_command_shows_the_code_waits_and_says_that_it_worked(app: App, capsys: pytest.CaptureFixture[str]) -> None:
    folder = app.folder / "marac"
    assert main(["init", str(folder)]) == 0
    config = folder / "config.toml"
    table = (
        f'[mailbox]\nkind = "graph"\nmailbox = "{PERSON}"\n'
        f"certificate_authority = '{app.service.files.authority}'\n"
        f'oauth = {{ client_id = "{CLIENT}", tenant = "{TENANT}", authority = "{app.service.url}", device_code = true }}\n'
    )
    text = config.read_text(encoding="utf-8")
    config.write_text(
        re.sub(r'^\[mailbox\]\nkind = "folder".*\npath = .*\n', lambda _: table, text, flags=re.MULTILINE),
        encoding="utf-8",
    )
    capsys.readouterr()
    assert main(["--config", str(config), "mailbox", "sign-in"]) == 0
    told = capsys.readouterr().out
    assert f"Open {ADDRESS} in a browser, type the code {CODE}" in told
    assert f"Signed in as {PERSON}" in told


def test_where_nobody_has_to_sign_in_the_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "marac")]) == 0
    assert main(["--config", str(tmp_path / "marac" / "config.toml"), "mailbox", "sign-in"]) == 2
    assert "Nobody has to sign in" in capsys.readouterr().err
