"""Makes S/MIME messages with the real openssl: sealed in every way that mail programs use, signed inside or not."""

import datetime as dt
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_NOW = dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Certified:
    """Somebody with a certificate and its key, as PEM files."""

    certificate: Path
    key: Path

    def signed(self, entity: bytes, *, opaque: bool = False) -> bytes:
        """The entity signed, as a MIME entity: `multipart/signed`, or one block of letters."""
        command = [
            "-sign",
            "-signer",
            str(self.certificate),
            "-inkey",
            str(self.key),
            *(["-nodetach"] if opaque else []),
        ]
        return _openssl(*command, content=entity)

    def sealed(self, content: bytes, cipher: str = "aes-256-gcm", *options: str) -> bytes:
        """The content sealed for this certificate, as the bytes of `smime.p7m`."""
        command = ["-encrypt", f"-{cipher}", "-binary", "-outform", "DER", "-recip", str(self.certificate), *options]
        return _openssl(*command, content=content)


def certified(folder: Path, name: str, *, passphrase: bytes | None = None) -> Certified:
    """Somebody new, with a certificate signed by its own key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} (invented)")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_NOW - dt.timedelta(days=1))
        .not_valid_after(_NOW + dt.timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    made = Certified(folder / f"{name}.pem", folder / f"{name}.key")
    made.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    shut = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    made.key.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, shut))
    return made


def _openssl(*command: str, content: bytes) -> bytes:
    done = subprocess.run(["openssl", "cms", *command], input=content, capture_output=True, check=True, timeout=60)
    return done.stdout
