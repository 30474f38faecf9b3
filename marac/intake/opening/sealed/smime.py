"""S/MIME messages opened with the mailbox's own certificate (RFC 8551): all of one, proved to be unchanged, or nothing.

The commonest cipher of S/MIME, AES in CBC mode, does not show whether the message was changed, and a text made of
pieces of it can be built to send itself elsewhere (efail.de). So what it yields is used only where it is signed inside.
"""

import os
import shutil
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path

from marac.intake.opening.sealed.kinds import is_authenticated, is_signed, without_pem
from marac.intake.opening.sealed.own_keys import MailboxKeys, StaysSealedError, passphrase_at

_SECONDS = 60
_LONGEST_HEAD = 16 * 1024
_PASSING = "MARAC_PASSING"  # the environment variable of the one openssl that is told the passphrase
_ON_WINDOWS = (r"OpenSSL-Win64\bin\openssl.exe", r"OpenSSL\bin\openssl.exe", r"Git\usr\bin\openssl.exe")
_SIGNED_TYPES = {"multipart/signed", "application/pkcs7-mime", "application/x-pkcs7-mime"}

_UNSHOWN = (
    "It is sealed with S/MIME in a way in which nothing shows that it was not changed on the way: open it in Outlook and "
    "drop the form into the inbox."
)
_NOT_FOR_US = "It is sealed with S/MIME for another certificate than the mailbox's. Ask the sender to use the mailbox's certificate."
_NOT_WHOLE = (
    "It is sealed with S/MIME and did not arrive whole, or was changed on the way. Nothing in it was used. Ask the sender "
    "to send it again."
)
_NO_OPENSSL = (
    "It is sealed with S/MIME, and OpenSSL, which opens it, is not on this machine. Ask IT to install it; until then open "
    "it in Outlook and drop the form into the inbox."
)
_HANGS = "It is sealed with S/MIME, and OpenSSL took too long and was stopped. Open it in Outlook."


def unsealed(content: bytes, keys: MailboxKeys, *, program: str | None = None, timeout: float = _SECONDS) -> bytes:
    """What is inside; where only a signature shows that it is unchanged, what was signed.

    Raises:
        StaysSealedError: it is not for our certificate, not whole, or nothing shows that it was not changed.
    """
    openssl = program or program_path()
    message = without_pem(content)
    inside = _decrypted(openssl, message, keys, timeout)
    return inside if is_authenticated(message) else _signed_content(openssl, inside, timeout)


def refuse_unless_usable(keys: MailboxKeys) -> None:
    """See that OpenSSL, the certificate and its key are there, open with the passphrase, and belong together.

    Raises:
        StaysSealedError: they are not, or do not.
    """
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    program_path()
    passphrase = passphrase_at(keys.certificate_passphrase)
    try:
        certificate = x509.load_pem_x509_certificate(_certificate_file(keys).read_bytes())
    except (OSError, ValueError):
        raise StaysSealedError(
            "The file that config.toml names as certificate under [decryption] cannot be read, or is no certificate in a "
            "PEM file."
        ) from None
    try:
        key = load_pem_private_key(_key_file(keys).read_bytes(), passphrase.encode() or None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm):
        raise StaysSealedError(
            "The key of the mailbox's certificate cannot be read: look at certificate_key and certificate_passphrase in "
            "config.toml under [decryption]."
        ) from None
    if key.public_key() != certificate.public_key():
        raise StaysSealedError(
            "The key that config.toml names under [decryption] is not the key of the certificate that stands there."
        )


def program_path() -> str:
    """Where openssl is: on the PATH, or where its installers put it on Windows.

    Raises:
        StaysSealedError: it is not on this machine.
    """
    found = shutil.which("openssl")
    if found:
        return found
    if sys.platform == "win32":
        roots = [os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)")]
        for path in (Path(root) / tail for root in roots if root for tail in _ON_WINDOWS):
            if path.is_file():
                return str(path)
    raise StaysSealedError(_NO_OPENSSL)


def _decrypted(openssl: str, message: bytes, keys: MailboxKeys, timeout: float) -> bytes:
    refuse_unless_usable(keys)
    command = ["-decrypt", "-inform", "DER", "-binary", "-recip", str(keys.certificate)]
    command += ["-inkey", str(_key_file(keys)), "-passin", f"env:{_PASSING}"]
    done = _run(openssl, command, message, timeout, passphrase_at(keys.certificate_passphrase))
    if done.returncode != 0:
        raise StaysSealedError(_NOT_WHOLE if _names(message, keys) else _NOT_FOR_US)
    return done.stdout


def _names(message: bytes, keys: MailboxKeys) -> bool:
    """Whether the message says that it is for our certificate: by its serial number, or the digest of its key."""
    from cryptography import x509

    certificate = x509.load_pem_x509_certificate(_certificate_file(keys).read_bytes())
    number = certificate.serial_number
    digest = x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest
    return number.to_bytes(number.bit_length() // 8 + 1, "big") in message or digest in message


def _signed_content(openssl: str, inside: bytes, timeout: float) -> bytes:
    """What is signed, and nothing beside it; who signed it does not matter here: nobody can sign what he cannot read."""
    if is_signed(inside):
        form = "DER"
    elif message_from_bytes(inside[:_LONGEST_HEAD]).get_content_type() in _SIGNED_TYPES:
        form = "SMIME"
    else:
        raise StaysSealedError(_UNSHOWN)
    done = _run(openssl, ["-verify", "-noverify", "-inform", form], inside, timeout)
    if done.returncode != 0 or not done.stdout:
        raise StaysSealedError(_NOT_WHOLE)
    return done.stdout


def _certificate_file(keys: MailboxKeys) -> Path:
    return keys.certificate or Path()


def _key_file(keys: MailboxKeys) -> Path:
    return keys.certificate_key or keys.certificate or Path()


def _run(
    openssl: str, command: list[str], content: bytes, timeout: float, passphrase: str = ""
) -> "subprocess.CompletedProcess[bytes]":
    environment = {**os.environ, _PASSING: passphrase}
    try:
        return subprocess.run(
            [openssl, "cms", *command],
            input=content,
            capture_output=True,
            env=environment,
            timeout=timeout,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise StaysSealedError(_HANGS) from None
    except (OSError, ValueError):
        raise StaysSealedError(_NO_OPENSSL) from None
