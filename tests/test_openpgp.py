import datetime as dt
import os
import stat
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from marac.delivery.keys import full_fingerprint
from marac.delivery.openpgp import Keyring
from marac.delivery.packets import NotSealedError, packets, sealed_for
from marac.errors import SealingError
from tests.openpgp_keys import KeyOwner, gpg_program, owners_folder

LETTER = b"PK\x03\x04 action letter for one agency " * 200
TODAY = dt.date.today()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with owners_folder() as path:
        yield path


@pytest.fixture(scope="module")
def housing(folder: Path) -> KeyOwner:
    return KeyOwner(folder / "h")


@pytest.fixture(scope="module")
def good(housing: KeyOwner) -> str:
    return housing.new_key("Housing MARAC desk <marac@homes.example>")


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keyring")


def test_a_sealed_letter_is_opened_by_the_agency_and_names_its_key_only(
    keyring: Keyring, housing: KeyOwner, good: str
) -> None:
    key = keyring.add(housing.public_key(good), good)
    sealed = keyring.seal(LETTER, good)
    assert housing.opened(sealed) == LETTER
    assert sealed_for(sealed) == key.encryption_keys
    assert LETTER[:64] not in sealed


def test_nobody_else_can_open_it(keyring: Keyring, folder: Path, housing: KeyOwner, good: str) -> None:
    keyring.add(housing.public_key(good), good)
    stranger = KeyOwner(folder / "s")
    stranger.new_key("Somebody <somebody@else.example>")
    refused = stranger.gpg("--decrypt", content=keyring.seal(LETTER, good), check=False)
    assert refused.returncode != 0
    assert refused.stdout == b""


def test_a_key_file_is_looked_at_without_importing_it(keyring: Keyring, housing: KeyOwner, good: str) -> None:
    (key,) = keyring.keys_in(housing.public_key(good))
    assert key.fingerprint == good
    assert key.owners == ("Housing MARAC desk <marac@homes.example>",)
    assert key.can_encrypt
    assert not key.revoked
    assert key.expires is not None
    assert key.expires > TODAY
    assert keyring.state(good, TODAY).condition == "missing"


def test_the_name_of_a_keys_owner_is_read_in_any_script(keyring: Keyring, folder: Path) -> None:
    owner = KeyOwner(folder / "w")
    owner.new_key("Siân Żółć: desk <sian@homes.example>")
    (key,) = keyring.keys_in(owner.public_key())
    assert key.owners == ("Siân Żółć: desk <sian@homes.example>",)


def test_only_the_key_that_was_asked_for_is_imported(
    keyring: Keyring, folder: Path, housing: KeyOwner, good: str
) -> None:
    look_alike = KeyOwner(folder / "l")
    theirs = look_alike.new_key("Housing MARAC desk <marac@homes.example>")
    both = housing.public_key(good) + look_alike.public_key(theirs)
    assert {key.fingerprint for key in keyring.keys_in(both)} == {good, theirs}
    keyring.add(both, good)
    assert keyring.state(theirs, TODAY).condition == "missing"
    with pytest.raises(SealingError, match="no key with this fingerprint"):
        keyring.seal(LETTER, theirs)


def test_a_look_alike_in_the_keyring_does_not_get_the_letter(
    keyring: Keyring, folder: Path, housing: KeyOwner, good: str
) -> None:
    look_alike = KeyOwner(folder / "l2")
    theirs = look_alike.new_key("Housing MARAC desk <marac@homes.example>")
    keyring.add(housing.public_key(good), good)
    keyring.add(look_alike.public_key(theirs), theirs)
    sealed = keyring.seal(LETTER, good)
    assert housing.opened(sealed) == LETTER
    assert look_alike.gpg("--decrypt", content=sealed, check=False).returncode != 0


def test_a_key_that_is_not_in_the_file_is_not_imported(keyring: Keyring, housing: KeyOwner, good: str) -> None:
    with pytest.raises(SealingError, match="does not hold the key"):
        keyring.add(housing.public_key(good), "A" * 40)
    assert keyring.state(good, TODAY).condition == "missing"


def test_a_secret_key_is_refused_and_stays_out(keyring: Keyring, housing: KeyOwner, good: str) -> None:
    secret = housing.secret_key(good)
    binary = housing.gpg("--dearmor", content=secret).stdout
    behind_the_public_one = housing.gpg("--dearmor", content=housing.public_key(good)).stdout + binary
    for content in (secret, binary, behind_the_public_one):
        with pytest.raises(SealingError, match="secret key"):
            keyring.keys_in(content)
        with pytest.raises(SealingError, match="secret key"):
            keyring.add(content, good)
    assert keyring.state(good, TODAY).condition == "missing"


@pytest.mark.parametrize("content", [b"", b"Dear colleague, my key is attached.", b"\x89PNG\r\n\x1a\n" + b"x" * 500])
def test_a_file_without_a_key_is_said_to_have_none(keyring: Keyring, content: bytes) -> None:
    with pytest.raises(SealingError, match="no OpenPGP public key"):
        keyring.keys_in(content)


@pytest.mark.parametrize(
    "recipient",
    [
        "",
        "marac@homes.example",
        "homes",
        "0x1234567890ABCDEF",
        "--recipient",
        "A" * 39,
        "A" * 64,
        "\N{FULLWIDTH LATIN CAPITAL LETTER A}" * 40,
    ],
)
def test_only_a_full_fingerprint_names_a_key(keyring: Keyring, recipient: str) -> None:
    with pytest.raises(SealingError, match="40 digits"):
        keyring.seal(LETTER, recipient)


def test_a_fingerprint_may_be_typed_in_groups_and_small_letters() -> None:
    assert full_fingerprint("abcd 1234 " * 5) == "ABCD1234" * 5


def test_an_expired_key_seals_nothing(keyring: Keyring, folder: Path) -> None:
    owner = KeyOwner(folder / "e")
    old = owner.new_key("Old <old@homes.example>", expires="30d", made="20250101T120000")
    keyring.add(owner.public_key(old), old)
    state = keyring.state(old, TODAY)
    assert state.condition == "expired"
    assert not state.usable
    assert "new or extended key" in state.advice
    with pytest.raises(SealingError, match="expired"):
        keyring.seal(LETTER, old)


def test_a_key_whose_encryption_part_has_expired_seals_nothing(keyring: Keyring, folder: Path) -> None:
    owner = KeyOwner(folder / "x")
    key = owner.new_key("Part <part@homes.example>", sign_only=True, expires="10y", made="20250101T120000")
    owner.gpg("--faked-system-time", "20250101T120000!", "--quick-add-key", key, "cv25519", "encr", "30d")
    keyring.add(owner.public_key(key), key)
    assert keyring.state(key, TODAY).condition == "expired"
    assert keyring.state(key, dt.date(2025, 1, 10)).condition == "expires soon"
    with pytest.raises(SealingError, match="expired"):
        keyring.seal(LETTER, key)


def test_a_revoked_key_seals_nothing_and_the_import_of_the_revocation_is_enough(keyring: Keyring, folder: Path) -> None:
    owner = KeyOwner(folder / "r")
    key = owner.new_key("Gone <gone@homes.example>")
    keyring.add(owner.public_key(key), key)
    assert keyring.state(key, TODAY).usable
    owner.revoke(key)
    assert keyring.keys_in(owner.public_key(key))[0].revoked
    keyring.add(owner.public_key(key), key)
    assert keyring.state(key, TODAY).condition == "revoked"
    with pytest.raises(SealingError, match="revoked"):
        keyring.seal(LETTER, key)


def test_a_key_whose_encryption_part_is_revoked_seals_nothing_once_the_revocation_is_imported(
    keyring: Keyring, folder: Path
) -> None:
    owner = KeyOwner(folder / "p")
    key = owner.new_key("Part <part@homes.example>")
    keyring.add(owner.public_key(key), key)
    owner.revoke_encryption_part(key)
    keyring.add(owner.public_key(key), key)
    assert keyring.state(key, TODAY).condition == "cannot encrypt"
    with pytest.raises(SealingError, match="Nothing can be sealed"):
        keyring.seal(LETTER, key)


def test_a_key_that_can_only_sign_seals_nothing(keyring: Keyring, folder: Path) -> None:
    owner = KeyOwner(folder / "o")
    key = owner.new_key("Signs <signs@homes.example>", sign_only=True)
    keyring.add(owner.public_key(key), key)
    assert keyring.state(key, TODAY).condition == "cannot encrypt"
    with pytest.raises(SealingError, match="can only sign"):
        keyring.seal(LETTER, key)


def test_a_key_that_ends_within_thirty_days_can_be_used_and_is_told_of(
    keyring: Keyring, housing: KeyOwner, good: str
) -> None:
    keyring.add(housing.public_key(good), good)
    ends = keyring.state(good, TODAY).expires
    assert ends is not None
    assert keyring.state(good, ends - dt.timedelta(days=31)).condition == "good"
    assert keyring.state(good, ends - dt.timedelta(days=30)).condition == "expires soon"
    assert keyring.state(good, ends - dt.timedelta(days=30)).usable
    assert keyring.state(good, ends).condition == "expired"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_keyring_folder_is_private_and_a_link_or_an_open_one_is_refused(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path / "keyring")
    keyring.state("A" * 40, TODAY)
    assert stat.S_IMODE(keyring.home.stat().st_mode) == 0o700
    (tmp_path / "open").mkdir(mode=0o755)
    (tmp_path / "link").symlink_to(keyring.home)
    for home, words in (("open", "other users"), ("link", "link")):
        with pytest.raises(SealingError, match=words):
            Keyring(tmp_path / home).state("A" * 40, TODAY)


def test_a_file_sealed_before_is_known_by_the_key_that_opens_it(
    keyring: Keyring, folder: Path, housing: KeyOwner, good: str
) -> None:
    other = KeyOwner(folder / "k")
    others = other.new_key("Other <other@else.example>")
    keyring.add(housing.public_key(good), good)
    keyring.add(other.public_key(others), others)
    sealed = keyring.seal(LETTER, good)
    assert keyring.is_sealed_for(sealed, good)
    assert not keyring.is_sealed_for(sealed, others)
    assert not keyring.is_sealed_for(sealed, "A" * 40)
    assert not keyring.is_sealed_for(LETTER, good)


def test_sealing_leaves_no_agent_and_no_waiting_thread_behind(keyring: Keyring, housing: KeyOwner, good: str) -> None:
    keyring.add(housing.public_key(good), good)
    keyring.seal(LETTER, good)
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer) and thread.is_alive()]
    processes = subprocess.run(["ps", "-eo", "args"], capture_output=True, check=True).stdout.decode()
    assert str(keyring.home) not in processes


def test_a_missing_gpg_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SealingError, match="is not on this machine"):
        Keyring(tmp_path / "keyring").state("A" * 40, TODAY)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 'cfg:version:1.4.23'", "too old"),
        ("exit 3", "could not be started"),
        ("exec sleep 30", "could not be started|does not answer"),
    ],
)
def test_a_gpg_that_is_old_broken_or_hangs_is_told_in_words(tmp_path: Path, script: str, words: str) -> None:
    program = gpg_program(tmp_path, script)
    with pytest.raises(SealingError, match=words):
        Keyring(tmp_path / "keyring", program=program, timeout_seconds=0.5).state("A" * 40, TODAY)


@pytest.mark.parametrize(
    ("when_encrypting", "words"),
    [
        ('"$REAL" "$@"; exit 2', "failed"),  # all well by its status lines, and yet not: a full disk
        ("exec sleep 30", "too long"),
        ("cat; echo '[GNUPG:] END_ENCRYPTION' >&2", "not a sealed file"),
        ('"$REAL" "$@" | head -c 150; echo "[GNUPG:] END_ENCRYPTION" >&2', "not a sealed file"),
        ('exec "$REAL" "$@" --recipient 0xOTHER', "another key"),
        ('exec "$REAL" "$@" --throw-keyids', "not a sealed file"),
        ('exec "$REAL" "$@" --symmetric --passphrase x --pinentry-mode loopback', "not a sealed file|failed"),
        ('"$REAL" "$@"; printf "plain words"', "not a sealed file"),
    ],
)
def test_what_a_misbehaving_gpg_wrote_is_thrown_away(
    tmp_path: Path, folder: Path, housing: KeyOwner, good: str, when_encrypting: str, words: str
) -> None:
    other = KeyOwner(folder / "m")
    others = other.fingerprints() or [other.new_key("Other <other@else.example>")]
    honest = Keyring(tmp_path / "keyring")
    honest.add(housing.public_key(good), good)
    honest.add(other.public_key(others[0]), others[0])
    when_encrypting = when_encrypting.replace("OTHER", others[0])
    program = gpg_program(tmp_path, f'case "$*" in *--encrypt\\ *) {when_encrypting};; *) exec "$REAL" "$@";; esac')
    with pytest.raises(SealingError, match=words):
        Keyring(tmp_path / "keyring", program=program, timeout_seconds=2).seal(LETTER, good)


def test_a_cut_off_or_lengthened_message_is_no_sealed_file(keyring: Keyring, housing: KeyOwner, good: str) -> None:
    keyring.add(housing.public_key(good), good)
    sealed = keyring.seal(LETTER, good)
    assert [packet.tag for packet in packets(sealed)] == [1, 18]
    for damaged in (b"", sealed[:-1], sealed[:50], sealed + sealed, sealed + b"x", LETTER, b"-----BEGIN PGP"):
        with pytest.raises(NotSealedError):
            sealed_for(damaged)


def test_a_long_file_is_sealed_whole(keyring: Keyring, housing: KeyOwner, good: str) -> None:
    keyring.add(housing.public_key(good), good)
    content = os.urandom(300_000)
    assert housing.opened(keyring.seal(content, good)) == content
