"""The other end of the reading process: started, asked, waited for, and replaced when it dies or takes too long."""

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import marac
from marac.errors import MaracError
from marac.intake.reading.process import NOT_WHOLE

_LARGEST_ANSWER = 16 * 1024 * 1024
_START_SECONDS = 60
_FREED_AT_ONCE = {"MALLOC_MMAP_THRESHOLD_": "1000000", "MALLOC_ARENA_MAX": "1"}
"""Has glibc give the memory of large things, such as pictures of pages, back when they are done with."""
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from marac.intake.reading.process import serve; serve(sys.argv[2])"
)


class ReaderError(MaracError):
    """The part of the program that reads forms does not start. Nothing was lost. `marac doctor` says more."""


class NoAnswerError(Exception):
    """The process gave no answer about this file; the text is one sentence for the coordinator."""


class ReadingWorker:
    """A long-lived reading process that one thread asks; another one may end it."""

    def __init__(self, options: str) -> None:
        """A worker that has not started yet, with the options that its process is told (`process.serve`)."""
        self._options = options
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._ended = False

    @property
    def process_id(self) -> int | None:
        """The number of the process; None while there is none."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the process before it is needed.

        Raises:
            ReaderError: it does not start, or was ended for good.
        """
        self._running()

    def answer(self, request: dict[str, Any], deadline_seconds: float) -> Any:
        """What the process answers, whatever it is.

        Raises:
            NoAnswerError: it died, took too long or said nonsense; the next request goes to another one.
            ReaderError: no reading process can be started at all.
        """
        for _ in range(2):  # an idle process that has died is noticed only now, and is not this file's fault
            if _asked(self._running(), json.dumps(request)):
                return self._answer(deadline_seconds)
            self.stop()
        raise ReaderError

    def end(self) -> None:
        """Answer nothing more, and give up what is at hand; to be called from another thread than the one that asks."""
        self._ended = True
        process = self._process
        if process is not None:
            process.kill()

    def stop(self) -> None:
        """End the process; the next request starts another."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)
        self._process = None

    def _answer(self, deadline_seconds: float) -> Any:
        try:
            line = self._answers.get(timeout=deadline_seconds)
        except queue.Empty:
            self.stop()
            raise NoAnswerError(
                f"This file could not be read within {deadline_seconds:g} seconds, so the reading was stopped. "
                "Open it by hand."
            ) from None
        if line is None:
            process = self._process
            self.stop()
            if process is not None and process.returncode == NOT_WHOLE:
                raise ReaderError
            raise NoAnswerError("This file broke the program that reads forms. Open it by hand, with care.")
        try:
            return json.loads(line)
        except ValueError:
            self.stop()
            raise NoAnswerError("What was read from this file makes no sense. Open it by hand.") from None

    def _running(self) -> subprocess.Popen[str]:
        if not self._ended and (self._process is None or self._process.poll() is not None):
            self.stop()
            self._process = self._started()
        if self._ended or self._process is None:
            raise ReaderError
        return self._process

    def _started(self) -> subprocess.Popen[str]:
        root = str(Path(marac.__file__).parent.parent)
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, root, self._options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            env={**os.environ, **_FREED_AT_ONCE},
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


def _asked(process: subprocess.Popen[str], request: str) -> bool:
    assert process.stdin is not None  # noqa: S101 - a pipe was asked for
    try:
        process.stdin.write(request + "\n")
        process.stdin.flush()
    except OSError:
        return False
    return True


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
