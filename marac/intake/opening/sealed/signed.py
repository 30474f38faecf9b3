"""What is inside a message that is signed and not sealed, in the form that hides it in `smime.p7m` (RFC 5652, RFC 8551).

Nothing is said of the signature: the content is read as that of any other mail, and is trusted as little.
"""

from marac.intake.opening.sealed.kinds import without_pem

_SEQUENCE, _OBJECT_ID, _EXPLICIT, _OCTETS, _PIECES = 0x30, 0x06, 0xA0, 0x04, 0x24
_SIGNED = bytes.fromhex("2a864886f70d010702")
_DEEPEST = 20
_MOST_PIECES = 100_000


class NotSignedError(Exception):
    """These bytes are cut off, or no signed message."""


def signed_content(content: bytes) -> bytes:
    """The bytes that were signed.

    Raises:
        NotSignedError: they are not in it, or it is damaged.
    """
    whole = memoryview(without_pem(content))
    try:
        kind, signed = _children(_inside(whole, _SEQUENCE))[:2]
        if _expect(kind, _OBJECT_ID) != _SIGNED:
            raise NotSignedError
        signed_data = _children(_inside(_expect(signed, _EXPLICIT), _SEQUENCE))
        held = _children(_expect(signed_data[2], _SEQUENCE))
        tag, octets = _children(_expect(held[1], _EXPLICIT))[0]
        return _octets(tag, octets)
    except (IndexError, ValueError, RecursionError):
        raise NotSignedError from None


def _octets(tag: int, octets: memoryview) -> bytes:
    """The bytes of a string, which some programs write in pieces."""
    if tag == _OCTETS:
        return bytes(octets)
    if tag != _PIECES:
        raise NotSignedError
    return b"".join(bytes(_expect(piece, _OCTETS)) for piece in _children(octets))


def _expect(element: tuple[int, memoryview], tag: int) -> memoryview:
    if element[0] != tag:
        raise NotSignedError
    return element[1]


def _inside(content: memoryview, tag: int) -> memoryview:
    found, start, end, _ = _element(content, 0, 0)
    return _expect((found, content[start:end]), tag)


def _children(content: memoryview) -> list[tuple[int, memoryview]]:
    """Tag and content of the elements in these bytes."""
    found, at = list[tuple[int, memoryview]](), 0
    while at < len(content):
        tag, start, end, at = _element(content, at, 0)
        found.append((tag, content[start:end]))
        if len(found) > _MOST_PIECES:
            raise NotSignedError
    return found


def _element(content: memoryview, at: int, depth: int) -> tuple[int, int, int, int]:
    """The tag of the element there, where its content begins and ends, and where the next element is (X.690)."""
    if depth > _DEEPEST:
        raise NotSignedError
    tag, length, start = content[at], content[at + 1], at + 2
    if length == 0x80:  # its end is marked
        end = start
        while content[end] or content[end + 1]:
            end = _element(content, end, depth + 1)[3]
        return tag, start, end, end + 2
    if length & 0x80:
        width = length & 0x7F
        length, start = int.from_bytes(content[start : start + width], "big"), start + width
    if start + length > len(content):
        raise NotSignedError
    return tag, start, start + length, start + length
