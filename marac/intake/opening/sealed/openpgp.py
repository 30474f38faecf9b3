"""OpenPGP messages opened with the MARAC's own key (RFC 9580): all of one, proved to be unchanged, or nothing.

A changed or cut-off message still yields most of its text (measured: 2.98 of 3 MB), and a text made of such pieces can
be built to send itself elsewhere (efail.de). So nothing is used before GnuPG has said that the whole was unchanged.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marac.errors import SealingError
from marac.intake.opening.sealed.own_keys import MailboxKeys, StaysSealedError, passphrase_at

if TYPE_CHECKING:
    from marac.delivery.gnupg_program import PatientGnuPG

SECRET_HALVES = "private-keys-v1.d"  # noqa: S105 - the name of a folder
"""The folder in a GnuPG home that holds the secret halves of keys."""

_PUBLIC_KEYS = "pubring.kbx"
_LARGEST = 200 * 1024 * 1024
_SECONDS = 60
_OPTIONS = ("--no-auto-key-locate", "--no-auto-key-retrieve", "--pinentry-mode", "loopback", "--skip-verify")
_BLOCK = re.compile(rb"^-----BEGIN PGP MESSAGE-----.*?^-----END PGP MESSAGE-----[ \t]*$", re.MULTILINE | re.DOTALL)

_NONE = "-"
_BAD_PASSPHRASE = 11  # GPG_ERR_BAD_PASSPHRASE

_NOT_FOR_US = (
    "It is sealed with OpenPGP for another key than the MARAC's own. Ask the sender to seal it for the MARAC's key."
)
_SYMMETRIC = (
    "It is locked with a password by GnuPG. Ask the sender for it by telephone, open it by hand and drop the form into "
    "the inbox."
)
_NOT_WHOLE = (
    "It is sealed with OpenPGP and did not arrive whole, or was changed on the way. Nothing in it was used. Ask the "
    "sender to send it again."
)
_KEY_STAYS_SHUT = (
    "It is sealed with OpenPGP, and the passphrase in config.toml under [decryption] does not open the MARAC's own key. "
    "Correct it; `marac doctor` tells whether it fits."
)
_NO_GPG = "It is sealed with OpenPGP, and GnuPG (gpg) does not work on this machine. `marac doctor` says more."
_HANGS = "It is sealed with OpenPGP, and GnuPG (gpg) took too long and was stopped. Open it by hand."
_WORDS_AROUND = (
    "It is a file sealed with OpenPGP in the midst of a text. Open it by hand and drop the form into the inbox."
)


def unsealed(content: bytes, keys: MailboxKeys, *, program: str | None = None, timeout: float = _SECONDS) -> bytes:
    """What is inside of a message; of a text that holds sealed blocks, the text with what is inside of them.

    Raises:
        StaysSealedError: it is not for our key, not whole, or gpg cannot open it.
    """
    blocks = [] if content[:1] and content[0] & 0x80 else _BLOCK.findall(content)
    with _gpg_with_secret_key(keys.keyring, program, timeout) as gpg:
        if not _BLOCK.sub(b"", content).strip(b"\xef\xbb\xbf \t\r\n") or not blocks:
            return _opened(gpg, content, keys)
        inner = [_opened(gpg, block, keys) for block in blocks]
    if not all(_is_text(text) for text in inner):
        raise StaysSealedError(_WORDS_AROUND)
    remaining = iter(inner)
    return _BLOCK.sub(lambda _: next(remaining), content)


def _opened(gpg: "PatientGnuPG", content: bytes, keys: MailboxKeys) -> bytes:
    passphrase = (
        passphrase_at(keys.passphrase) or _NONE
    )  # without any, gpg stops at a key that has one, and does not say why
    try:
        result = gpg.decrypt(content, passphrase=passphrase, extra_args=["--max-output", str(_LARGEST)])
    except (OSError, ValueError):
        raise StaysSealedError(_HANGS if gpg.timed_out else _NOT_WHOLE) from None
    if gpg.timed_out:
        raise StaysSealedError(_HANGS)
    said = [line.split()[1:] for line in str(result.stderr).splitlines() if line.startswith("[GNUPG:] ")]
    if not _is_whole(result, [words[0] for words in said if words]):
        raise StaysSealedError(_reason(said))
    return bytes(result.data)


def _is_whole(result: Any, said: list[str]) -> bool:
    """Whether gpg ended well, decrypted one message, and found its protection against tampering intact."""
    return (
        bool(result.ok)
        and result.returncode == 0
        and said.count("DECRYPTION_OKAY") == said.count("GOODMDC") == said.count("PLAINTEXT") == 1
        and not {"DECRYPTION_FAILED", "BADMDC", "ERROR", "NODATA", "UNEXPECTED"} & set(said)
    )


def _reason(said: list[list[str]]) -> str:
    """Why a message was not opened, by gpg's status lines (GnuPG's doc/DETAILS)."""
    kinds = {words[0] for words in said if words}
    if "ENC_TO" not in kinds and "NEED_PASSPHRASE_SYM" in kinds:
        return _SYMMETRIC
    if any(words[:2] == ["ERROR", "pkdecrypt_failed"] and _code(words) == _BAD_PASSPHRASE for words in said):
        return _KEY_STAYS_SHUT
    return _NOT_FOR_US if "NO_SECKEY" in kinds and "DECRYPTION_KEY" not in kinds else _NOT_WHOLE


def _code(words: list[str]) -> int:
    """The error in a status line, without the part of GnuPG that it came from (its upper bytes)."""
    return int(words[2]) & 0xFFFF if len(words) > 2 and words[2].isdigit() else 0


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


@contextmanager
def _gpg_with_secret_key(keyring: Path, program: str | None, timeout: float) -> Iterator["PatientGnuPG"]:
    """GnuPG in a passing folder that sees the keys of the keyring folder; its agent ends with it.

    The agent needs a path short enough for its socket, and a keyring that another marac uses at the same time must not
    lose its agent.
    """
    try:
        with secret_keys_folder(keyring) as home, agent(home, program, timeout) as gpg:
            yield gpg
    except SealingError:
        raise StaysSealedError(_NO_GPG) from None
    except OSError:
        raise StaysSealedError(
            "It is sealed with OpenPGP, and the keyring folder cannot be read. `marac doctor` says more."
        ) from None


@contextmanager
def secret_keys_folder(keyring: Path) -> Iterator[Path]:
    """A private folder, there for as long as the context lasts, in which GnuPG finds the keys of the keyring."""
    with tempfile.TemporaryDirectory(prefix="marac-", ignore_cleanup_errors=True) as passing:
        home = Path(passing)
        if (keyring / _PUBLIC_KEYS).is_file():
            shutil.copyfile(keyring / _PUBLIC_KEYS, home / _PUBLIC_KEYS)
        if (keyring / SECRET_HALVES).is_dir():
            try:
                (home / SECRET_HALVES).symlink_to((keyring / SECRET_HALVES).absolute(), target_is_directory=True)
            except OSError:  # Windows lets few people make links
                shutil.copytree(keyring / SECRET_HALVES, home / SECRET_HALVES)
        yield home


@contextmanager
def agent(home: Path, program: str | None, timeout: float) -> Iterator["PatientGnuPG"]:
    """GnuPG in a folder, with the agent that alone touches secret keys; the agent is ended with the context.

    Raises:
        SealingError: gpg is missing, too old, or does not answer.
    """
    from marac.delivery.gnupg_program import opened

    gpg = opened(home, program=program, timeout_seconds=timeout)
    gpg.options = list(_OPTIONS)
    try:
        yield gpg
    finally:
        with suppress(OSError, subprocess.SubprocessError):
            ended = [_gpgconf(program), "--homedir", str(home), "--kill", "gpg-agent"]
            subprocess.run(ended, check=False, capture_output=True, stdin=subprocess.DEVNULL, timeout=20)


def _gpgconf(program: str | None) -> str:
    """The program that ends agents: beside gpg where it is not on the PATH."""
    from marac.delivery.gnupg_program import program_path

    return shutil.which("gpgconf") or str(Path(program or program_path()).with_name("gpgconf"))
