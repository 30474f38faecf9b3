"""GnuPG on this machine: where it is, that it is new enough, and that it never hangs, chats or leaves agents behind."""

import logging
import os
import shutil
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gnupg

from marac.errors import SealingError

if TYPE_CHECKING:
    from subprocess import Popen

OLDEST = (2, 2)
_ON_WINDOWS = (r"GnuPG\bin\gpg.exe", r"Gpg4win\..\GnuPG\bin\gpg.exe", r"GNU\GnuPG\gpg.exe")
_SILENT = ("GNUPGHOME", "GPG_AGENT_INFO", "GPG_TTY", "DEBUG_IPC", "DISPLAY")


class PatientGnuPG(gnupg.GPG):  # type: ignore[misc]  # python-gnupg has no types
    """python-gnupg with a limit on how long one gpg may take; one that takes longer is ended and counts as failed."""

    def __init__(self, program: str, home: Path, timeout_seconds: float) -> None:
        self.timeout_seconds = timeout_seconds
        self.timed_out = False
        self._watches: dict[int, threading.Timer] = {}
        environment = {name: value for name, value in os.environ.items() if name not in _SILENT}
        options = ["--no-autostart", "--no-auto-key-locate", "--no-auto-key-retrieve", "--no-encrypt-to"]
        super().__init__(program, str(home), options=options, env=environment)

    def _open_subprocess(self, args: list[str], passphrase: bool = False) -> "Popen[bytes]":
        process: Popen[bytes] = super()._open_subprocess(args, passphrase)
        watch = threading.Timer(self.timeout_seconds, self._end, (process,))
        watch.daemon = True
        watch.start()
        self._watches[process.pid] = watch
        return process

    def _collect_output(self, process: "Popen[bytes]", *arguments: Any, **options: Any) -> Any:
        try:
            return super()._collect_output(process, *arguments, **options)
        finally:
            watch = self._watches.pop(process.pid)
            watch.cancel()
            watch.join()

    def _end(self, process: "Popen[bytes]") -> None:
        if process.poll() is None:
            self.timed_out = True
            process.kill()


def program_path() -> str:
    """Where gpg is: on the PATH, or where its installer puts it on Windows.

    Raises:
        SealingError: it is not on this machine.
    """
    found = shutil.which("gpg")
    if found:
        return found
    if sys.platform == "win32":
        roots = [os.environ.get(name) for name in ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA")]
        for path in (Path(root) / tail for root in roots if root for tail in _ON_WINDOWS):
            if path.is_file():
                return str(path)
    raise SealingError(
        "GnuPG (gpg) is not on this machine, so nothing can be sealed and nothing is sent. Install it (on Windows: "
        "Gpg4win), then run this again."
    )


def opened(home: Path, *, program: str | None, timeout_seconds: float) -> PatientGnuPG:
    """GnuPG at work on one keyring folder.

    Raises:
        SealingError: gpg is missing, too old, or does not answer.
    """
    logging.getLogger("gnupg").setLevel(logging.CRITICAL)  # it would log recipients and what gpg says of them
    try:
        gpg = PatientGnuPG(program or program_path(), home, timeout_seconds)
    except (OSError, ValueError):
        raise SealingError(
            "GnuPG (gpg) could not be started. Try `gpg --version` in a terminal; ask IT if it fails."
        ) from None
    if gpg.timed_out:
        raise SealingError(
            "GnuPG (gpg) does not answer. Nothing was sealed or sent. Restart this machine and try again."
        )
    if gpg.version is None or gpg.version[:2] < OLDEST:
        raise SealingError("GnuPG (gpg) on this machine is too old. Version 2.2 or later is needed.")
    return gpg
