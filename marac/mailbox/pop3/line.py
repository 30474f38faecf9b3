"""The line to a POP3 server: poplib's, with messages read as they are instead of line by line into a list."""

import base64
import io
import poplib

from marac.mailbox.connection import LARGEST_MESSAGE, xoauth2

_PIECE = 65_536


class OverlongError(Exception):
    """The server sends more bytes than any message may have."""


class RefusedTokenError(Exception):
    """The server did not accept the token."""


class Pop3Line(poplib.POP3_SSL):
    """A conversation with a POP3 server (RFC 1939)."""

    def log_in_by_token(self, user: str, token: str) -> None:
        """Log in by XOAUTH2, in two lines: a token does not fit on the first (RFC 5034, section 4).

        Raises:
            RefusedTokenError: the server did not accept it.
            poplib.error_proto: the server does not know this way.
        """
        self._said("AUTH XOAUTH2")
        try:
            answer = self._said(base64.b64encode(xoauth2(user, token)).decode("ascii"))
            if not answer.startswith(b"+OK"):
                self._said("")  # the answer was the server's reason, in a code of its own; it waits for an empty line
                raise RefusedTokenError
        except poplib.error_proto as error:
            if isinstance(error.args[0], bytes):
                raise RefusedTokenError from None
            raise

    def _said(self, command: str) -> bytes:
        """The server's answer to a command, in one line."""
        return bytes(self._shortcmd(command))  # type: ignore[attr-defined]  # the library's own, which its types leave out

    def message(self, number: int) -> bytes:
        """A whole message, byte for byte.

        poplib itself gives up on lines of more than 2,048 bytes, which real mail has, and holds each line as an object of
        its own, which takes several times the message's size.

        Raises:
            OverlongError: it does not end. The line cannot be used any more.
            poplib.error_proto: the server refuses, or hung up in the middle.
        """
        self._said(f"RETR {number}")
        whole, line_begins = io.BytesIO(), True
        while (piece := self.file.readline(_PIECE)) != b".\r\n" or not line_begins:
            if not piece:
                raise poplib.error_proto("-ERR EOF")
            whole.write(piece[1:] if line_begins and piece.startswith(b".") else piece)
            line_begins = _ends_line(piece, whole)
            if whole.tell() > LARGEST_MESSAGE:
                raise OverlongError
        return whole.getvalue()


def _ends_line(piece: bytes, whole: io.BytesIO) -> bool:
    """Whether a line has ended, with both of its bytes, though they may have come apart."""
    if piece == b"\n":
        return bytes(whole.getbuffer()[-2:]) == b"\r\n"
    return piece.endswith(b"\r\n")
