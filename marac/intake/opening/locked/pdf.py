"""PDFs that open with a password only. They are opened in a process of their own: qpdf reads what strangers sent."""

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

import marac

_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from marac.intake.opening.locked.pdf import serve;"
    " serve(sys.argv.pop(1))"
)
_OPENED, _LOCKED, _DAMAGED = 0, 3, 4
_SECONDS = 30
_ENCRYPT = re.compile(  # any letter of a name may be spelt as #45
    b"/" + b"".join(b"(?:%c|#%X|#%x)" % (letter, letter, letter) for letter in b"Encrypt")
)
_MEMORY = 1024 * 1024 * 1024
_LARGEST = 120 * 1024 * 1024


def needs_password(content: bytes) -> bool:
    """Whether the PDF does not open without a password; one that only forbids printing or copying does."""
    if not _ENCRYPT.search(content):
        return False
    return _asked("try", content, b"")[0] == _LOCKED


def unlocked(content: bytes, password: str) -> bytes | None:
    """A copy that holds all and needs no password; None where the password does not fit or the file is damaged."""
    spellings = [password.encode("utf-8")]
    with contextlib.suppress(UnicodeEncodeError):
        spellings.append(password.encode("cp1252"))
    for spelt in dict.fromkeys(spellings):
        outcome, copy = _asked("copy", content, spelt)
        if outcome == _OPENED and copy.startswith(b"%PDF-"):
            return copy
    return None


def serve(wish: str) -> None:
    """Open the PDF that comes in after a line with its password; the exit code says how that went."""
    _limit()
    spelt, _, content = sys.stdin.buffer.read().partition(b"\n")
    sys.exit(_opened(wish, content, bytes.fromhex(spelt.decode("ascii"))))


def _opened(wish: str, content: bytes, password: bytes) -> int:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content), password=password) as pdf:
            if wish == "copy":
                copy = io.BytesIO()
                pdf.save(copy, encryption=False)
                if copy.tell() > _LARGEST:
                    return _DAMAGED
                sys.stdout.buffer.write(copy.getvalue())
                sys.stdout.buffer.flush()
    except pikepdf.PasswordError:
        return _LOCKED
    except Exception:  # noqa: BLE001 - what it is does not matter here: whoever reads the file says so
        return _DAMAGED
    return _OPENED


def _limit() -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _asked(wish: str, content: bytes, password: bytes) -> tuple[int, bytes]:
    """How the process ended, and what it wrote."""
    root = str(Path(marac.__file__).parent.parent)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _START, root, wish],
            input=password.hex().encode("ascii") + b"\n" + content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return _DAMAGED, b""
    return done.returncode, done.stdout
