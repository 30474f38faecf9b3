"""Reads documents in another process, with a deadline; a file that kills or stalls it is that file's problem alone."""

import json
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Self

import marac
from marac.errors import MaracError
from marac.intake.reading_process import NOT_WHOLE
from marac.record import from_record
from marac.referral import Problem, Reading

_LARGEST_ANSWER = 16 * 1024 * 1024
_START_SECONDS = 60
_START = "import sys; sys.path.insert(0, sys.argv[1]); from marac.intake.reading_process import serve; serve(int(sys.argv[2]))"


class ReaderError(MaracError):
    """The part of the program that reads forms does not start. Nothing was lost. `marac doctor` says more."""


class Reader:
    """A long-lived reading process, replaced when it dies or takes too long."""

    def __init__(self, deadline_seconds: float = 60, memory_megabytes: int = 2048) -> None:
        """A reader that has not started yet: the first file starts it."""
        self._deadline = deadline_seconds
        self._memory = memory_megabytes * 1024 * 1024
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()

    def __enter__(self) -> Self:
        """The reader itself."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """End the process."""
        self._stop()

    def start(self) -> None:
        """Start the process before it is needed.

        Raises:
            ReaderError: it does not start.
        """
        self._running()

    def read(self, path: Path, name: str, media_type: str) -> Reading:
        """What the file at `path` says; one that cannot be read, or that ended the process, is `unreadable`.

        Raises:
            ReaderError: no reading process can be started at all.
        """
        request = json.dumps({"path": str(path), "name": name, "media_type": media_type})
        for _ in range(2):  # an idle process that has died is noticed only now, and is not this file's fault
            if self._asked(self._running(), request):
                return self._answer()
            self._stop()
        raise ReaderError

    def _asked(self, process: subprocess.Popen[str], request: str) -> bool:
        assert process.stdin is not None  # noqa: S101 - a pipe was asked for
        try:
            process.stdin.write(request + "\n")
            process.stdin.flush()
        except OSError:
            return False
        return True

    def _answer(self) -> Reading:
        try:
            line = self._answers.get(timeout=self._deadline)
        except queue.Empty:
            self._stop()
            return unreadable(
                f"This file could not be read within {self._deadline:g} seconds, so the reading was stopped. Open it by hand."
            )
        if line is None:
            process = self._process
            self._stop()
            if process is not None and process.returncode == NOT_WHOLE:
                raise ReaderError
            return unreadable("This file broke the program that reads forms. Open it by hand, with care.")
        try:
            return from_record(json.loads(line))
        except ValueError:
            self._stop()
            return unreadable("What was read from this file makes no sense. Open it by hand.")

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            self._process = self._started()
        return self._process

    def _started(self) -> subprocess.Popen[str]:
        root = str(Path(marac.__file__).parent.parent)
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, root, str(self._memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self._answers = queue.Queue()
        threading.Thread(target=_pass_on, args=(process, self._answers), daemon=True).start()
        try:
            greeting: Any = json.loads(self._answers.get(timeout=_START_SECONDS) or "null")
        except (queue.Empty, ValueError):
            greeting = None
        if greeting != {"ready": True}:
            process.kill()
            process.wait()
            raise ReaderError
        return process

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)
        self._process = None


def unreadable(why: str) -> Reading:
    """The reading of a file that cannot be read, with one sentence on why."""
    return Reading("unreadable", problems=(Problem("unreadable", "", why),))


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return  # the other end is gone, and with it what was still to be written


def _pass_on(process: subprocess.Popen[str], answers: "queue.Queue[str | None]") -> None:
    """Hand on each line; None when the process has ended or says too much."""
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    try:
        while line := process.stdout.readline(_LARGEST_ANSWER):
            answers.put(line if line.endswith("\n") else None)
            if not line.endswith("\n"):
                break
    except ValueError:
        pass  # the pipe was closed under us, because the process was stopped
    answers.put(None)
