"""The process that opens what strangers sent: one JSON line in, one JSON line out, limits set before a parser is loaded.

Two of the libraries that parse documents can abort their process on a file of a kilobyte, and more of them can be made
to run for ever. This process may die at any file; whoever asked it starts another.
"""

import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, TextIO

NOT_WHOLE = 3
"""How the process ends when a module of the program is missing or broken, so that no file is blamed for it."""


def serve(memory_bytes: int) -> None:
    """Answer one request a line until the input ends: `{path, media_type, name}` in, a referral record out."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # they are meant for the program that asks; the end of the input ends this
    answers = _only_voice()
    _limit(memory_bytes)
    from marac.document import Document
    from marac.parsers import read
    from marac.record import to_record

    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        request: dict[str, str] = json.loads(line)
        document = Document(request["name"], request["media_type"], Path(request["path"]).read_bytes())
        try:
            record: dict[str, Any] = to_record(read(document))
        except (ImportError, SyntaxError):
            os._exit(NOT_WHOLE)  # at once: whoever asked ends this process as soon as it falls silent
        print(json.dumps(record, ensure_ascii=True), file=answers, flush=True)


def _only_voice() -> TextIO:
    """A stream to whoever asks; whatever a library prints goes nowhere, for it could be a name."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    return answers


def _limit(memory_bytes: int) -> None:
    """Limits on memory and core dumps where the system has them (Windows has not: there the deadline stands alone)."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
