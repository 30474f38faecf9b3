"""What an OpenPGP message says about itself to anybody: which keys it is sealed for, and that nothing in it is open.

The reader knows packet headers only (RFC 4880 sections 4.2 and 5.1, RFC 9580 section 5.1); it decrypts nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_SESSION_KEY, _ENCRYPTED, _ENCRYPTED_OCB = 1, 18, 20
_ANYBODY = "0" * 16


class NotSealedError(ValueError):
    """These bytes are not one message sealed for named keys and nothing else."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet: what kind it is (its tag), and its content."""

    tag: int
    content: bytes


def sealed_for(message: bytes) -> tuple[str, ...]:
    """The key ids, 16 hexadecimal digits each, that can open a message.

    Raises:
        NotSealedError: it is cut off, holds anything beside session keys and one encrypted part, hides whom it is for,
            can be opened with a password, or lacks protection against tampering.
    """
    *heads, body = list(packets(message)) or [Packet(0, b"")]
    if body.tag not in {_ENCRYPTED, _ENCRYPTED_OCB} or not heads:
        raise NotSealedError
    return tuple(_key_id(head) for head in heads)


def packets(message: bytes) -> Iterator[Packet]:
    """The packets of a binary message, in order.

    Raises:
        NotSealedError: a packet is cut off, or what should be a packet is none.
    """
    position = 0
    while position < len(message):
        if not message[position] & 0x80:
            raise NotSealedError
        read = _new_packet if message[position] & 0x40 else _old_packet
        packet, position = read(message, position)
        yield packet


def _key_id(head: Packet) -> str:
    if head.tag != _SESSION_KEY or len(head.content) < 10 or head.content[0] != 3:
        raise NotSealedError
    key_id = head.content[1:9].hex().upper()
    if key_id == _ANYBODY:
        raise NotSealedError
    return key_id


def _old_packet(message: bytes, start: int) -> tuple[Packet, int]:
    length_of_length = {0: 1, 1: 2, 2: 4}.get(message[start] & 0x03)
    if length_of_length is None:  # to the end of the file: nothing sealed by us is written so
        raise NotSealedError
    begin = start + 1 + length_of_length
    end = begin + int.from_bytes(_slice(message, start + 1, begin), "big")
    return Packet(message[start] >> 2 & 0x0F, _slice(message, begin, end)), end


def _new_packet(message: bytes, start: int) -> tuple[Packet, int]:
    position, content, more = start + 1, b"", True
    while more:
        length, position, more = _new_length(message, position)
        content += _slice(message, position, position + length)
        position += length
    return Packet(message[start] & 0x3F, content), position


def _new_length(message: bytes, position: int) -> tuple[int, int, bool]:
    """The length that stands here, where its content begins, and whether another length follows that content."""
    first = _slice(message, position, position + 1)[0]
    if first < 192:
        return first, position + 1, False
    if first < 224:
        second = _slice(message, position + 1, position + 2)[0]
        return (first - 192) * 256 + second + 192, position + 2, False
    if first == 255:
        return int.from_bytes(_slice(message, position + 1, position + 5), "big"), position + 5, False
    return 1 << (first & 0x1F), position + 1, True


def _slice(message: bytes, begin: int, end: int) -> bytes:
    if end > len(message):
        raise NotSealedError
    return message[begin:end]
