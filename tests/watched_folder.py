"""A `marac watch` at work in a folder, as a person starts it, and ended in the end."""

import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.working_folder import AFTER_CUT_OFF, ENVIRONMENT, WorkingFolder

LONGEST_SECONDS = 60.0
"""No test waits so long; it only ends one that would otherwise hang."""


@contextmanager
def watching(folder: WorkingFolder, every: float = 60.0) -> "Iterator[subprocess.Popen[str]]":
    """A watch that has begun; asked to end, it must end well, unless it has ended already."""
    words = ["watch", "--every", str(every), "--today", AFTER_CUT_OFF.isoformat()]
    process = subprocess.Popen(
        [sys.executable, "-m", "marac", *words], cwd=folder.path, env=ENVIRONMENT, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    said: queue.Queue[str] = queue.Queue()
    listener = threading.Thread(target=_listen, args=(process, said))
    listener.start()
    try:
        first = said.get(timeout=LONGEST_SECONDS)
        assert first.startswith("Watching the mailbox"), first
        yield process
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            assert process.wait(LONGEST_SECONDS) == 0, "".join(said.queue)
    finally:
        process.kill()
        process.wait()
        listener.join()


def wait_until(true: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + LONGEST_SECONDS
    while not true():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


def _listen(process: "subprocess.Popen[str]", said: "queue.Queue[str]") -> None:
    """Keep what it says, so that it never waits for a reader."""
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            said.put(line)
    said.put("It ended.")
