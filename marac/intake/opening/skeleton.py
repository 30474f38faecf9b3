"""A raw message without its large attachments, so that opening it costs little beside the raw bytes.

Python's e-mail library takes four times the size of a message to read it. It is therefore shown a small copy, in which
each long run of base64 lines is replaced by a short token, and what a token stands for is decoded from the raw bytes.
"""

import binascii
import re
from dataclasses import dataclass, field
from email.message import Message

LONG = 256 * 1024
"""From how many characters on a run of base64 lines is replaced."""

_STANDS_FOR = (
    "MARACheld{salt:07d}x{number:06d}z"  # base64, and a multiple of four: decoded, it is rubbish and no damage
)
_BREAKS = b"\r\n"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The small copy of a message, and what was left out of it."""

    raw: bytes = field(repr=False)
    small: bytes = field(repr=False)
    """The message with tokens in it."""
    held: dict[str, tuple[int, int]] = field(repr=False)
    """Where in the raw bytes is what a token stands for."""
    token: re.Pattern[str]

    def whole(self, payload: str) -> str:
        """A payload of the small message as it is in the raw one."""
        return self.token.sub(lambda found: self._text(found.group()), payload)

    def restored(self, part: Message) -> None:
        """Give a part of the small message its payload back; the e-mail library then does with it what it always does."""
        payload = part.get_payload()
        if isinstance(payload, str) and self.token.search(payload):
            part.set_payload(self.whole(payload))

    def decoded(self, part: Message) -> bytes | None:
        """The bytes of an attachment that was left out; None where it was not, or is not sound base64 throughout."""
        place = self._sound(part)
        return None if place is None else binascii.a2b_base64(memoryview(self.raw)[place[0] : place[1]])

    def is_sound(self, part: Message) -> bool:
        """Whether it is an attachment that was left out and will be decoded without a fault."""
        return self._sound(part) is not None

    def _sound(self, part: Message) -> tuple[int, int] | None:
        payload = part.get_payload()
        encoding = str(part.get("Content-Transfer-Encoding", "")).lower()
        place = self.held.get(payload.strip(" \r\n")) if isinstance(payload, str) and encoding == "base64" else None
        if place is None:
            return None
        start, end = place
        padding = self.raw.find(b"=", start, end)
        after = self.raw[padding:end] if padding >= 0 else b""
        letters = end - start - self.raw.count(b"\n", start, end) - self.raw.count(b"\r", start, end)
        return place if letters % 4 == 0 and after.strip(_BREAKS) in {b"", b"=", b"=="} else None

    def _text(self, token: str) -> str:
        start, end = self.held.get(token, (0, 0))
        return self.raw[start:end].decode("ascii") if end else token


def skeleton(raw: bytes, long: int = LONG) -> Skeleton:
    """The small copy of this message.

    Args:
        raw: the message as it arrived.
        long: from how many characters on a run of base64 lines is replaced.
    """
    salt = next(salt for salt in range(10_000_000) if _STANDS_FOR[:9].encode() + b"%07d" % salt not in raw)
    held: dict[str, tuple[int, int]] = {}
    pieces, written = list[bytes](), 0
    # The look behind keeps the search from beginning anew within a run that is too short: without it, it is quadratic.
    for run in re.finditer(rb"(?<![A-Za-z0-9+/=\r\n])[A-Za-z0-9+/=\r\n]{%d,}" % long, raw):
        start, end = _whole_lines(raw, *run.span())
        if end > start:
            token = _STANDS_FOR.format(salt=salt, number=len(held))
            held[token] = (start, end)
            pieces += [raw[written:start], token.encode()]
            written = end
    small = b"".join([*pieces, raw[written:]]) if held else raw
    return Skeleton(raw, small, held, re.compile(rf"MARACheld{salt:07d}x\d{{6}}z"))


def _whole_lines(raw: bytes, start: int, end: int) -> tuple[int, int]:
    """The lines that lie wholly within this run, without the breaks before the first and after the last.

    What precedes the first break may be the end of a header; what follows the last one, the beginning of other text.
    """
    if start > 0:
        start = min((at for at in (raw.find(b"\r", start, end), raw.find(b"\n", start, end)) if at >= 0), default=end)
    if end < len(raw):
        end = max(raw.rfind(b"\r", start, end), raw.rfind(b"\n", start, end), start)
    while start < end and raw[start] in _BREAKS:
        start += 1
    while end > start and raw[end - 1] in _BREAKS:
        end -= 1
    return start, end
