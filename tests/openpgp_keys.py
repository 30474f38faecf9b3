"""Freshly generated OpenPGP keys in throw-away folders with short paths, and gpg programs that misbehave."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class KeyOwner:
    """Somebody with a GnuPG folder of their own: an agency, or somebody who wants to be taken for one."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(mode=0o700, parents=True, exist_ok=True)

    def gpg(self, *arguments: str, content: bytes = b"", check: bool = True) -> subprocess.CompletedProcess[bytes]:
        """Run the real gpg in this folder."""
        command = ["gpg", "--homedir", str(self.home), "--batch", "--yes", "--no-tty", "--passphrase", ""]
        command += ["--pinentry-mode", "loopback", "--status-fd", "2"]
        return subprocess.run([*command, *arguments], input=content, capture_output=True, check=check, timeout=60)

    def new_key(self, owner: str, *, expires: str = "1y", sign_only: bool = False, made: str | None = None) -> str:
        """Make a key without a passphrase; its full fingerprint. `made` is `20250101T120000` for an old one."""
        then = ["--faked-system-time", f"{made}!"] if made else []
        self.gpg(*then, "--quick-generate-key", owner, "ed25519", "cert,sign", expires)
        fingerprint = self.fingerprints()[-1]
        if not sign_only:
            self.gpg(*then, "--quick-add-key", fingerprint, "cv25519", "encr", expires)
        return fingerprint

    def fingerprints(self) -> list[str]:
        """The fingerprints of the keys in this folder, in the order in which they came."""
        lines = self.gpg("--with-colons", "--list-keys").stdout.decode().splitlines()
        after_pub = [lines[number + 1] for number, line in enumerate(lines) if line.startswith("pub:")]
        return [line.split(":")[9] for line in after_pub]

    def public_key(self, *fingerprints: str) -> bytes:
        """The public keys, armoured."""
        return self.gpg("--armor", "--export", *fingerprints).stdout

    def secret_key(self, fingerprint: str) -> bytes:
        """The secret key, armoured: what nobody should send."""
        return self.gpg("--armor", "--export-secret-keys", fingerprint).stdout

    def revoke(self, fingerprint: str) -> None:
        """Revoke a key with the certificate that gpg put beside it."""
        certificate = (self.home / "openpgp-revocs.d" / f"{fingerprint}.rev").read_text(encoding="utf-8")
        self.gpg("--import", content=certificate.replace(":-----BEGIN", "-----BEGIN").encode())

    def revoke_encryption_part(self, fingerprint: str) -> None:
        """Revoke the part of a key that is encrypted to, and leave the rest."""
        answers = b"key 1\nrevkey\ny\n0\n\ny\nsave\n"
        self.gpg("--no-batch", "--command-fd", "0", "--edit-key", fingerprint, content=answers)

    def opened(self, sealed: bytes) -> bytes:
        """What a sealed file holds, for whoever can open it."""
        return self.gpg("--decrypt", content=sealed).stdout


@contextmanager
def owners_folder() -> Iterator[Path]:
    """A folder for GnuPG folders, with a path short enough for its sockets; agents are ended with it."""
    with tempfile.TemporaryDirectory(prefix="mk", ignore_cleanup_errors=True) as folder:
        try:
            yield Path(folder)
        finally:
            for home in Path(folder).iterdir():
                subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False, capture_output=True)


def gpg_program(folder: Path, script: str) -> str:
    """A program called gpg that does what a shell script says; the real one is `$REAL`."""
    path = folder / "gpg"
    path.write_text(f'#!/bin/sh\nREAL="$(command -v gpg)"\n{script}\n', encoding="utf-8")
    path.chmod(0o755)
    return str(path)
