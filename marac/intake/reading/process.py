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
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from marac.document import Document
    from marac.parsers import Allowance

NOT_WHOLE = 3
"""How the process ends when a module of the program is missing or broken, so that no file is blamed for it."""


def serve(options: str) -> None:
    """Answer one request a line until the input ends.

    A request is `{path, media_type, name, patient}`. The answer is `{readings}` with the records of the forms in the
    file, or `{later: true}` where the file takes seconds and the request has no patience, or `{mistake}` where the
    settings keep every file from being read. A request that has `{record, folder}` too is answered by `{pictures}`:
    the names of the values whose places were put into the folder as PNG files.

    Args:
        options: as JSON, `memory` in bytes, and `models` and `wordings` as paths or null.
    """
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # they are meant for the program that asks; the end of the input ends this
    answers = _only_voice()
    means: dict[str, Any] = json.loads(options)
    _limit(means["memory"])
    from marac.parsers import Allowance

    models, wordings = (Path(means[name]) if means[name] else None for name in ("models", "wordings"))
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        request: dict[str, Any] = json.loads(line)
        allowance = Allowance(patient=request["patient"], models=models, wordings=wordings)
        try:
            answer = _answer(request, allowance)
        except (ImportError, SyntaxError):
            os._exit(NOT_WHOLE)  # at once: whoever asks ends this process as soon as it falls silent
        print(json.dumps(answer, ensure_ascii=True), file=answers, flush=True)


def _answer(request: dict[str, Any], allowance: "Allowance") -> dict[str, Any]:
    from marac.document import Document
    from marac.errors import MaracError
    from marac.parsers import NeedsTime, readings
    from marac.record import to_record

    document = Document(request["name"], request["media_type"], Path(request["path"]).read_bytes())
    try:
        if "folder" in request:
            return {"pictures": _pictures(document, request, allowance)}
        return {"readings": [to_record(reading) for reading in readings(document, allowance=allowance)]}
    except NeedsTime:
        return {"later": True}
    except MaracError as error:
        return {"mistake": str(error)}


def _pictures(document: "Document", request: dict[str, Any], allowance: "Allowance") -> list[str]:
    from marac.parsers.blocks import UnreadableDocument
    from marac.parsers.evidence_pictures import pictures
    from marac.record import from_record

    named = []
    with contextlib.suppress(UnreadableDocument):  # of what cannot be printed there are no pictures
        for path, picture in pictures(document, from_record(request["record"]), allowance=allowance):
            (Path(request["folder"]) / f"{path}.png").write_bytes(picture)
            named.append(path)
    return named


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
