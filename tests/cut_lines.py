"""Scissors for a line to a server: each cuts it once, at a moment of its choice, and leaves the next connections alone."""

import re
import threading
from typing import Protocol


class Scissors(Protocol):
    """What bends a line in both directions; None cuts it."""

    cut: bool
    """Whether the line was cut. Set by hand, it is left whole from now on."""

    def to_client(self, said: bytes) -> bytes | None:
        """What arrives of what the server said."""

    def to_server(self, said: bytes) -> bytes | None:
        """What arrives of what the client said."""


class AtPiece:
    """Cuts before the n-th piece arrives, whichever way it goes; 0 for never. A message comes in many pieces."""

    def __init__(self, last: int) -> None:
        self.pieces = 0
        self.cut = False
        self._last = last
        self._turn = threading.Lock()

    def to_client(self, said: bytes) -> bytes | None:
        """Count, and cut at the last."""
        with self._turn:
            self.pieces += 1
            if self.cut or self.pieces != self._last:
                return said
            self.cut = True
            return None

    to_server = to_client


class InLiteral:
    """Cuts while the n-th message of the mailbox is coming, after its first bytes."""

    def __init__(self, number: int = 1) -> None:
        self.cut = False
        self._left = number

    def to_client(self, said: bytes) -> bytes | None:
        """Pass on the beginning of a message; cut before what comes after it."""
        if self.cut:
            return said
        if self._left <= 0:
            self.cut = True
            return None
        start = said.find(b"BODY[]")
        if start < 0:
            return said
        self._left -= 1
        return said if self._left else said[: start + 200]

    def to_server(self, said: bytes) -> bytes:
        """Everything."""
        return said


class AfterCommand:
    """Cuts before the answer to the n-th command of a kind: the server has done what it was told, and nobody hears of it."""

    def __init__(self, command: bytes, number: int = 1) -> None:
        """Scissors for a command, which a pattern tells by its beginning: `rcpt`."""
        self.cut = False
        self._command, self._left = re.compile(command, re.IGNORECASE), number

    def to_server(self, said: bytes) -> bytes:
        """Everything; and count the commands."""
        if self._command.match(said):
            self._left -= 1
        return said

    def to_client(self, said: bytes) -> bytes | None:
        """Everything but the answer."""
        if self._left == 0 and not self.cut:
            self.cut = True
            return None
        return said
