"""LibreOffice, without a window: old Word, rich text and OpenDocument files as Word files, and documents as pages.

It runs in a private profile (`libreoffice_profile`), in a process group of its own, with limits and a deadline; what
strangers sent is opened nowhere else.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from marac.intake.reading.libreoffice_profile import write_profile
from marac.intake.reading.word_kinds import WordKind, in_words, is_locked, page_of

_DEADLINE_SECONDS = 90
_PREFIX = "marac-office-"
_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_WORDS = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard")
# The variables that programs need to run at all; a password in another one is none of its business.
_VARIABLES = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "PROGRAMFILES")
_MOST_MEMORY = 4 << 30
_LARGEST_FILE = 256 << 20
_LIMITED = f"""
import os, sys
try:
    import resource
    for name, limit in (("CORE", 0), ("AS", {_MOST_MEMORY}), ("FSIZE", {_LARGEST_FILE})):
        try:
            resource.setrlimit(getattr(resource, "RLIMIT_" + name), (limit, limit))
        except (ValueError, OSError):
            pass
except ImportError:
    pass
os.execv(sys.argv[1], sys.argv[1:])
"""
_LOCKED = "The file is protected with a password. Ask the sender for the password, or for a copy without one."


class NotConvertedError(Exception):
    """This file could not be opened; the text is one sentence for the coordinator."""


def found_program(named: Path | None = None) -> Path | None:
    """LibreOffice on this computer: the one that is named, or else where it usually stands; None where it is not."""
    if named is not None:
        return named if named.is_file() else None
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(on_path) if on_path else next((place for place in map(Path, _PLACES) if place.is_file()), None)


class LibreOffice:
    """LibreOffice with a profile that is made at the first use and lasts until `close`."""

    def __init__(self, named: Path | None = None, deadline_seconds: float = _DEADLINE_SECONDS) -> None:
        """Use the program that is `named`, or whichever is found; each file has this many seconds."""
        self._named = named
        self._deadline = deadline_seconds
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._one_at_a_time = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def program(self) -> Path | None:
        """The program; None where there is none on this computer."""
        return found_program(self._named)

    @contextlib.contextmanager
    def as_word(self, content: bytes, kind: WordKind) -> Iterator[Path]:
        """The same text as a Word file, which is there for as long as the context lasts.

        Raises:
            NotConvertedError: the file is locked or damaged, or LibreOffice is not on this computer.
        """
        if is_locked(content, kind):
            raise NotConvertedError(_LOCKED)
        content = page_of(content) if kind == "html" else content
        with self._converted(content, kind, in_words(kind), "docx:MS Word 2007 XML") as converted:
            yield converted

    @contextlib.contextmanager
    def as_pages(self, content: bytes, suffix: str) -> Iterator[Path]:
        """A document printed as a PDF file, which is there for as long as the context lasts.

        Args:
            content: a file that LibreOffice opens.
            suffix: what its kind is called by: `docx`, `xlsx`.

        Raises:
            NotConvertedError: the file is damaged, or LibreOffice is not on this computer.
        """
        with self._converted(content, suffix, "an office document", "pdf") as converted:
            yield converted

    @contextlib.contextmanager
    def _converted(self, content: bytes, suffix: str, words: str, target: str) -> Iterator[Path]:
        program = self.program
        if program is None:
            raise NotConvertedError(
                f"The file is {words}, and LibreOffice, which opens it, is not on this computer. Open it by hand, and "
                "ask IT to install LibreOffice: then such files are read."
            )
        with self._one_at_a_time, tempfile.TemporaryDirectory(prefix="file-", dir=self._place()) as name:
            file = Path(name) / f"form.{suffix}"
            file.write_bytes(content)
            self._run(program, file, target)
            result = Path(name) / "out" / f"form.{target.partition(':')[0]}"
            if not result.is_file() or not result.stat().st_size:
                raise NotConvertedError(
                    f"The file seems to be {words}, but LibreOffice cannot open it: it is damaged or cut off. "
                    "Ask the sender for it once more."
                )
            yield result

    def stop(self) -> None:
        """End a conversion that is under way; whoever waits for it learns that it failed."""
        process = self._process
        if process is not None and process.poll() is None:
            _end_group(process)

    def close(self) -> None:
        """Take the profile away."""
        self.stop()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _place(self) -> Path:
        """The private folder of the profile and of the files at work."""
        if self._folder is None:
            _remove_leftovers(Path(tempfile.gettempdir()))
            prefix = f"{_PREFIX}{os.getpid()}-"
            self._folder = tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
            write_profile(Path(self._folder.name) / "profile")
        return Path(self._folder.name)

    def _run(self, program: Path, file: Path, target: str) -> None:
        profile = (self._place() / "profile").resolve().as_uri()
        convert = ("--convert-to", target, "--outdir", str(file.parent / "out"), str(file))
        command = [str(program), *_WORDS, f"-env:UserInstallation={profile}", *convert]
        self._process = subprocess.Popen(
            command if os.name == "nt" else [sys.executable, "-I", "-c", _LIMITED, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=file.parent,
            env=_environment(file.parent),
            start_new_session=True,
            umask=0o077,
        )
        try:
            self._process.wait(self._deadline)
        except subprocess.TimeoutExpired:
            raise NotConvertedError(
                f"LibreOffice could not open this file within {self._deadline:g} seconds, so it was stopped. "
                "Open it by hand."
            ) from None
        finally:
            if self._process.poll() is None:
                _end_group(self._process)
                self._process.wait()
            self._process = None


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed marac left behind: a form may be in it. Windows does not tell which ones still run."""
    if os.name == "nt":
        return
    for left in folder.glob(f"{_PREFIX}*-*"):
        number = left.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdecimal() and not _runs(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _VARIABLES if name in os.environ}
    private = dict.fromkeys(("HOME", "TMPDIR", "TMP", "TEMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(folder))
    return {**kept, **private, "SAL_USE_VCLPLUGIN": "svp"}


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """End a process and those that it started."""
    with contextlib.suppress(OSError):
        if os.name == "nt":
            ended = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
            subprocess.run(ended, capture_output=True, check=False, stdin=subprocess.DEVNULL, timeout=20)
        else:
            os.killpg(process.pid, signal.SIGKILL)
