"""Mail that was sealed for the MARAC: opened with its own key, and used only where nobody changed it on the way."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.credentials import SecretReference
from marac.document import Document
from marac.intake.opening.locked.locks import lock_of
from marac.intake.opening.message import Lock
from marac.intake.opening.sealed import openpgp, smime
from marac.intake.opening.sealed.own_key_file import taken_in
from marac.intake.opening.sealed.sealed import MailboxKeys, StaysSealedError, unsealed
from tests.openpgp_keys import KeyOwner, gpg_program, owners_folder
from tests.smime_messages import Certified, certified

FORM = b"PK\x03\x04" + os.urandom(200_000)
ENTITY = b'Content-Type: text/plain; charset="utf-8"\r\n\r\nMaya Sample is at risk.\r\n'
CHANGED = "did not arrive whole, or was changed on the way"


def document(content: bytes) -> Document:
    return Document("referral.docx", "application/octet-stream", content)


def opened(content: bytes, keys: MailboxKeys | None) -> bytes:
    """What is inside of a file whose lock is told by its bytes."""
    lock = lock_of(document(content))
    assert lock is not None
    return unsealed(document(content), lock, keys)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with owners_folder() as path:
        yield path


@pytest.fixture(scope="module")
def it(folder: Path) -> KeyOwner:
    """Whoever made the MARAC's own key."""
    owner = KeyOwner(folder / "i")
    owner.new_key("MARAC (invented) <marac@council.example>")
    return owner


@pytest.fixture(scope="module")
def police(folder: Path, it: KeyOwner) -> KeyOwner:
    """An agency that knows the MARAC's public key."""
    owner = KeyOwner(folder / "p")
    owner.new_key("Police (invented) <marac@police.example>")
    owner.gpg("--import", content=it.public_key())
    return owner


@pytest.fixture(scope="module")
def keys(it: KeyOwner, folder: Path) -> MailboxKeys:
    keyring = folder / "keyring"
    key = taken_in(it.secret_key(it.fingerprints()[0]), keyring)
    return MailboxKeys(keyring, key.fingerprint)


def sealed_for(recipient: KeyOwner, sender: KeyOwner, content: bytes, *options: str) -> bytes:
    fingerprint = recipient.fingerprints()[0]
    return sender.gpg(
        "--trust-model", "always", "--recipient", fingerprint, *options, "--encrypt", content=content
    ).stdout


@pytest.mark.parametrize("options", [(), ("--armor",), ("--sign",), ("--compress-algo", "none")])
def test_a_file_sealed_for_the_marac_opens(
    keys: MailboxKeys, it: KeyOwner, police: KeyOwner, options: tuple[str, ...]
) -> None:
    assert opened(sealed_for(it, police, FORM, *options), keys) == FORM


def test_a_sealed_block_in_a_text_is_opened_where_it_stands(keys: MailboxKeys, it: KeyOwner, police: KeyOwner) -> None:
    block = sealed_for(it, police, b"Maya Sample is at risk.", "--armor")
    assert opened(b"Hello,\n\n" + block + b"\nJo", keys) == b"Hello,\n\nMaya Sample is at risk.\n\nJo"
    with pytest.raises(StaysSealedError, match="midst of a text"):
        opened(b"Hello,\n\n" + sealed_for(it, police, FORM, "--armor"), keys)


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9, 0.9999])
@pytest.mark.parametrize("compressed", ["none", "zip"])
def test_a_message_that_was_changed_yields_nothing(
    keys: MailboxKeys, it: KeyOwner, police: KeyOwner, place: float, compressed: str
) -> None:
    sealed = sealed_for(it, police, FORM, "--compress-algo", compressed)
    at = int(len(sealed) * place)
    for damaged in (sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], sealed[:at]):
        with pytest.raises(StaysSealedError, match=CHANGED):
            opened(damaged, keys)


def test_a_message_without_protection_or_with_another_behind_it_yields_nothing(
    keys: MailboxKeys, it: KeyOwner, police: KeyOwner
) -> None:
    sealed = sealed_for(it, police, FORM)
    unprotected = sealed_for(it, police, FORM, "--rfc2440", "--cipher-algo", "3DES", "--disable-mdc")
    readable = police.gpg("--store", content=b"Please use this address instead").stdout
    for hostile in (unprotected, sealed + sealed, sealed + readable, sealed + b"x"):
        with pytest.raises(StaysSealedError, match=CHANGED):
            opened(hostile, keys)


def test_a_small_message_that_unpacks_to_gigabytes_is_stopped(
    keys: MailboxKeys, it: KeyOwner, police: KeyOwner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openpgp, "_LARGEST", 1_000_000)
    bomb = sealed_for(it, police, bytes(20_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(StaysSealedError):
        opened(bomb, keys)


def test_a_message_for_somebody_else_or_for_a_password_says_so(keys: MailboxKeys, police: KeyOwner) -> None:
    with pytest.raises(StaysSealedError, match="another key than the MARAC's own"):
        opened(sealed_for(police, police, FORM), keys)
    with pytest.raises(StaysSealedError, match="locked with a password by GnuPG"):
        opened(police.gpg("--passphrase", "Harbour-824!", "--symmetric", content=FORM).stdout, keys)


def test_a_key_that_came_by_mail_is_not_sealed_and_is_not_taken_in(
    keys: MailboxKeys, it: KeyOwner, police: KeyOwner
) -> None:
    before = (keys.keyring / "pubring.kbx").read_bytes()
    for content in (police.public_key(), police.gpg("--clearsign", content=b"hello").stdout):
        assert lock_of(document(content)) is None
    with_key = sealed_for(it, police, police.public_key(police.fingerprints()[0]))
    assert opened(with_key, keys).startswith(b"-----BEGIN PGP PUBLIC KEY BLOCK")
    assert (keys.keyring / "pubring.kbx").read_bytes() == before


def test_no_agent_and_no_plain_text_stay_behind(
    keys: MailboxKeys, it: KeyOwner, police: KeyOwner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = folder / "t"  # an agent's sockets need a short path
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    opened(sealed_for(it, police, FORM), keys)
    assert list(passing.iterdir()) == []
    processes = subprocess.run(["ps", "-eo", "args"], capture_output=True, check=True).stdout.decode()
    assert str(passing) not in processes


def test_a_key_with_a_passphrase_opens_with_the_one_that_config_names(folder: Path, tmp_path: Path) -> None:
    owner = KeyOwner(folder / "w")
    (owner.home / "gpg-agent.conf").write_text("s2k-count 65536\n", encoding="utf-8")
    with_passphrase = ("--passphrase", "three random words")
    owner.gpg(*with_passphrase, "--quick-generate-key", "MARAC <m@council.example>", "ed25519", "cert,sign", "1y")
    fingerprint = owner.fingerprints()[0]
    owner.gpg(*with_passphrase, "--quick-add-key", fingerprint, "cv25519", "encr", "1y")
    secret = owner.gpg(*with_passphrase, "--armor", "--export-secret-keys", fingerprint).stdout
    taken_in(secret, folder / "kr")
    sealed = sealed_for(owner, owner, FORM)
    (tmp_path / "right").write_text("three random words", encoding="utf-8")
    (tmp_path / "wrong").write_text("three other words", encoding="utf-8")
    right, wrong, missing = (SecretReference(file=tmp_path / name) for name in ("right", "wrong", "missing"))
    assert opened(sealed, MailboxKeys(folder / "kr", fingerprint, right)) == FORM
    for reference in (wrong, None):
        with pytest.raises(StaysSealedError, match="does not open the MARAC's own key"):
            opened(sealed, MailboxKeys(folder / "kr", fingerprint, reference))
    with pytest.raises(StaysSealedError, match="cannot be read"):
        opened(sealed, MailboxKeys(folder / "kr", fingerprint, missing))
    assert "random" not in repr(MailboxKeys(folder / "kr", fingerprint, right))


def test_a_gpg_that_hangs_is_stopped_and_one_that_lies_is_not_believed(
    keys: MailboxKeys, it: KeyOwner, police: KeyOwner, tmp_path: Path
) -> None:
    sealed = sealed_for(it, police, FORM)
    version = 'case "$*" in *--list-config*) exec "$REAL" "$@";; esac'
    hanging = gpg_program(tmp_path, f"{version}\nexec sleep 30")
    with pytest.raises(StaysSealedError, match="took too long"):
        openpgp.unsealed(sealed, keys, program=hanging, timeout=1)
    okay = "printf '[GNUPG:] DECRYPTION_OKAY\\n' >&2; printf 'something'"
    for ending in ("exit 0", "exit 2", "printf '[GNUPG:] GOODMDC\\n[GNUPG:] PLAINTEXT 62 0\\n' >&2; exit 2"):
        lying = gpg_program(tmp_path, f"{version}\ncat > /dev/null; {okay}; {ending}")
        with pytest.raises(StaysSealedError):
            openpgp.unsealed(sealed, keys, program=lying)


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    return certified(tmp_path_factory.mktemp("certificates"), "mailbox")


@pytest.fixture(scope="module")
def nurse(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    return certified(tmp_path_factory.mktemp("certificates"), "nurse")


@pytest.fixture
def certificate(mailbox: Certified, tmp_path: Path) -> MailboxKeys:
    return MailboxKeys(tmp_path, certificate=mailbox.certificate, certificate_key=mailbox.key)


OAEP = ("-keyopt", "rsa_padding_mode:oaep")


@pytest.mark.parametrize(("cipher", "options"), [("aes-256-gcm", ()), ("aes-128-gcm", OAEP)])
def test_a_message_that_shows_by_itself_that_it_is_whole_is_opened(
    mailbox: Certified, certificate: MailboxKeys, cipher: str, options: tuple[str, ...]
) -> None:
    sealed = mailbox.sealed(ENTITY, cipher, *options)
    assert lock_of(document(sealed)) == "smime"
    assert opened(sealed, certificate) == ENTITY
    changed = sealed[:-40] + bytes([sealed[-40] ^ 1]) + sealed[-39:]
    for damaged in (changed, sealed[:-30]):
        with pytest.raises(StaysSealedError, match=CHANGED):
            opened(damaged, certificate)


@pytest.mark.parametrize(("cipher", "options"), [("aes-256-cbc", ()), ("aes-128-cbc", OAEP), ("des3", ())])
@pytest.mark.parametrize("opaque", [False, True])
def test_what_was_signed_before_it_was_sealed_is_opened(
    mailbox: Certified, nurse: Certified, certificate: MailboxKeys, cipher: str, options: tuple[str, ...], opaque: bool
) -> None:
    sealed = mailbox.sealed(nurse.signed(ENTITY, opaque=opaque), cipher, *options)
    assert opened(sealed, certificate) == ENTITY


@pytest.mark.parametrize("cipher", ["aes-256-cbc", "des3"])
def test_a_message_of_which_nothing_shows_that_it_is_unchanged_stays_sealed(
    mailbox: Certified, nurse: Certified, certificate: MailboxKeys, cipher: str
) -> None:
    beside = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' + nurse.signed(ENTITY) + b"\r\n--b--\r\n"
    for content in (ENTITY, FORM, beside):
        with pytest.raises(StaysSealedError, match="nothing shows that it was not changed"):
            opened(mailbox.sealed(content, cipher), certificate)


def test_what_stands_around_the_signed_part_is_left_out_and_a_wrong_signature_yields_nothing(
    mailbox: Certified, nurse: Certified, certificate: MailboxKeys
) -> None:
    signed = nurse.signed(ENTITY)
    assert (
        opened(mailbox.sealed(signed + b"\r\nPlease use this address instead.", "aes-256-cbc"), certificate) == ENTITY
    )
    assert ENTITY in signed
    with pytest.raises(StaysSealedError, match=CHANGED):
        opened(mailbox.sealed(signed.replace(b"at risk", b"at ease"), "aes-256-cbc"), certificate)
    unsigned = b"Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n" + ENTITY + b"\r\n--b--\r\n"
    with pytest.raises(StaysSealedError, match=CHANGED):
        opened(mailbox.sealed(unsigned, "aes-256-cbc"), certificate)


def test_a_message_in_any_spelling_of_cms_is_known(mailbox: Certified, certificate: MailboxKeys) -> None:
    pieces = mailbox.sealed(ENTITY, "aes-256-gcm", "-stream")
    assert pieces.startswith(b"\x30\x80")
    assert opened(pieces, certificate) == ENTITY
    letters = subprocess.run(
        ["openssl", "cms", "-cmsout", "-inform", "DER", "-outform", "PEM"],
        input=mailbox.sealed(ENTITY), capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert opened(letters, certificate) == ENTITY


def test_a_certificate_that_is_not_the_mailboxs_and_a_key_that_does_not_fit_are_told(
    mailbox: Certified, nurse: Certified, certificate: MailboxKeys, tmp_path: Path
) -> None:
    with pytest.raises(StaysSealedError, match="another certificate"):
        opened(nurse.sealed(ENTITY), certificate)
    sealed = mailbox.sealed(ENTITY)
    shut = certified(tmp_path, "shut", passphrase=b"three random words")
    (tmp_path / "right").write_text("three random words", encoding="utf-8")
    right = SecretReference(file=tmp_path / "right")
    assert opened(shut.sealed(ENTITY), MailboxKeys(tmp_path, None, None, shut.certificate, shut.key, right)) == ENTITY
    for keys, words in (
        (MailboxKeys(tmp_path, None, None, mailbox.certificate, nurse.key), "not the key of the certificate"),
        (MailboxKeys(tmp_path, None, None, tmp_path / "none.pem", nurse.key), "no certificate"),
        (MailboxKeys(tmp_path, None, None, shut.certificate, shut.key), "certificate_passphrase"),
        (MailboxKeys(tmp_path, None, None, mailbox.certificate), "certificate_key"),
    ):
        with pytest.raises(StaysSealedError, match=words):
            opened(sealed, keys)


def test_an_openssl_that_hangs_or_is_not_there_is_told(
    mailbox: Certified, certificate: MailboxKeys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = gpg_program(tmp_path, "exec sleep 30")
    with pytest.raises(StaysSealedError, match="took too long"):
        smime.unsealed(mailbox.sealed(ENTITY), certificate, program=hanging, timeout=0.5)
    sealed = mailbox.sealed(ENTITY)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StaysSealedError, match="Ask IT to install it"):
        opened(sealed, certificate)


@pytest.mark.parametrize("lock", ["openpgp", "smime", "password"])
def test_without_a_key_it_stays_sealed_and_says_so(lock: Lock, tmp_path: Path) -> None:
    for keys in (None, MailboxKeys(tmp_path)):
        with pytest.raises(StaysSealedError, match=r"under \[decryption\]|Ask the sender"):
            unsealed(document(b"anything"), lock, keys)


def test_an_empty_keyring_and_rubbish_are_told_in_words(it: KeyOwner, police: KeyOwner, tmp_path: Path) -> None:
    keys = MailboxKeys(tmp_path / "nowhere", "A" * 40)
    with pytest.raises(StaysSealedError, match="another key"):
        opened(sealed_for(it, police, FORM), keys)
    with pytest.raises(StaysSealedError, match=CHANGED):
        unsealed(document(b"\x85\x01\x0c\x03" + FORM), "openpgp", keys)
