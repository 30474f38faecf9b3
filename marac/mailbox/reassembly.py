"""One MIME message put together from headers, a body and streamed attachments, where it cannot be fetched in one piece."""

import base64
import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.header import Header
from email.utils import encode_rfc2231

MARK = "X-MARAC-Reassembled"
"""The first header of such a message; its value is `yes`."""

_LINE_BYTES = 57  # of content; 76 characters of base64 (RFC 2045, section 6.8)
_PIECE_BYTES = _LINE_BYTES * 4096  # what is encoded at once
_UNSET_BOUNDARY = b"0" * 64  # as long as the boundary that takes its place
_HEADER_NAME = re.compile(r"[!-9;-~]{1,200}", re.ASCII)
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_NOT_ASCII = re.compile(r'[^\s<>()",;:@]*[^\x00-\x7f][^\s<>()",;:@]*(?: +[^\s<>()",;:@]*[^\x00-\x7f][^\s<>()",;:@]*)*')
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file, or a whole message, that was attached.

    `pieces` are its bytes in order, in pieces of any length; they are read once. Whether it is a message is not
    believed from `media_type`, which the sender chose: `message` says it, and its pieces are then MIME.
    """

    name: str = field(repr=False)
    media_type: str
    pieces: Iterable[bytes] = field(repr=False)
    content_id: str = ""
    inline: bool = False
    message: bool = False


def reassembled(
    headers: Sequence[tuple[str, str]], body: str, body_type: str, attachments: Iterable[Attachment]
) -> bytes:
    """One MIME message; the same input gives the same bytes.

    Args:
        headers: names and values as the server tells them, in their order. Those that describe the old MIME structure
            are left out, because the structure is new.
        body: the text.
        body_type: `html`, in whatever case, or anything else for plain text.
        attachments: taken one at a time, so that no two need be held at once.

    Raises:
        What the pieces of an attachment raise: half a message is never given.
    """
    built = _Built()
    built.write(f"{MARK}: yes\r\n")
    for name, value in headers:
        if _HEADER_NAME.fullmatch(name) and not _describes_structure(name):
            built.write(f"{name}: {_header_value(value)}\r\n")
    built.write("MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=")
    built.write_boundary()
    built.write("\r\n\r\n")
    _write_body(built, body, "html" if body_type.casefold() == "html" else "plain")
    for attachment in attachments:
        _write_attachment(built, attachment)
    built.write("--")
    built.write_boundary()
    built.write("--\r\n")
    return built.whole()


class _Built:
    """The message as far as it is built, in one buffer.

    The boundary is the hash of all the rest, so that no sender can write one into an attachment; it is put into its
    places at the end.
    """

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._boundaries: list[int] = []

    def write(self, text: str | bytes) -> None:
        self._buffer.write(text.encode("ascii", "replace") if isinstance(text, str) else text)

    def write_boundary(self) -> None:
        self._boundaries.append(self._buffer.tell())
        self._buffer.write(_UNSET_BOUNDARY)

    def write_base64(self, pieces: Iterable[bytes]) -> None:
        left = b""
        for piece in pieces:
            content = memoryview(left + piece if left else piece)
            whole = len(content) - len(content) % _LINE_BYTES
            for start in range(0, whole, _PIECE_BYTES):
                encoded = base64.encodebytes(content[start : min(start + _PIECE_BYTES, whole)])
                self._buffer.write(encoded.replace(b"\n", b"\r\n"))
            left = bytes(content[whole:])
        self._buffer.write(base64.encodebytes(left).replace(b"\n", b"\r\n"))

    def whole(self) -> bytes:
        with self._buffer.getbuffer() as view:
            boundary = hashlib.sha256(view).hexdigest().encode("ascii")
            for place in self._boundaries:
                view[place : place + len(boundary)] = boundary
        return self._buffer.getvalue()


def _write_body(built: _Built, body: str, subtype: str) -> None:
    built.write("--")
    built.write_boundary()
    built.write(f'\r\nContent-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n')
    built.write_base64([body.encode("utf-8", "replace")])


def _write_attachment(built: _Built, attachment: Attachment) -> None:
    built.write("--")
    built.write_boundary()
    how = "inline" if attachment.inline else "attachment"
    built.write(f"\r\nContent-Type: {_media_type(attachment)}\r\n")
    built.write(f"Content-Disposition: {how}{_file_name(attachment.name)}\r\n")
    if content_id := _CONTROLS.sub("", attachment.content_id).strip("<> "):
        built.write(f"Content-ID: <{content_id}>\r\n")
    if attachment.message:
        built.write("Content-Transfer-Encoding: binary\r\n\r\n")  # no other is allowed (RFC 2046, section 5.2.1)
        for piece in attachment.pieces:
            built.write(piece)
        built.write("\r\n")
    else:
        built.write("Content-Transfer-Encoding: base64\r\n\r\n")
        built.write_base64(attachment.pieces)


def _describes_structure(name: str) -> bool:
    lowered = name.casefold()
    return lowered.startswith("content-") or lowered in {"mime-version", MARK.casefold()}


def _header_value(value: str) -> str:
    """The value on one line, in ASCII; words that are not ASCII become encoded words (RFC 2047)."""
    line = _CONTROLS.sub(" ", re.sub(r"\r?\n[ \t]+", " ", value)).strip()
    return _NOT_ASCII.sub(lambda words: _encoded_words(words[0]), line)


def _encoded_words(text: str) -> str:
    sound = text.encode("utf-8", "replace").decode("utf-8")  # a half of a surrogate pair cannot be written
    return Header(sound, "utf-8").encode(linesep="\r\n")


def _media_type(attachment: Attachment) -> str:
    if attachment.message:
        return "message/rfc822"
    found = _MEDIA_TYPE.match(attachment.media_type.strip())
    media_type = found[0].lower() if found else ""
    # what is said to be a message or to have parts would be read as MIME, and its bytes would be lost
    is_file = media_type and not media_type.startswith(("message/", "multipart/"))
    return media_type if is_file else "application/octet-stream"


def _file_name(name: str) -> str:
    sound = _CONTROLS.sub(" ", name.encode("utf-8", "replace").decode("utf-8")).strip()
    if not sound:
        return ""
    if re.fullmatch(r"[\w .()+-]+", sound, re.ASCII):
        return f';\r\n filename="{sound}"'
    return f";\r\n filename*={encode_rfc2231(sound, 'utf-8')}"
