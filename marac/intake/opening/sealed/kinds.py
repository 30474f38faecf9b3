"""Which bytes are a message for somebody's key: OpenPGP (RFC 9580) and CMS (RFC 5652, RFC 5083). Nothing is decrypted."""

import binascii
import re

_ARMOUR = re.compile(rb"^-----BEGIN PGP MESSAGE-----[ \t]*\r?$", re.MULTILINE)
_LARGEST_TEXT = 20 * 1024 * 1024
_PEM = re.compile(rb"\s*-----BEGIN (?:PKCS7|CMS|PKCS #7 SIGNED DATA)-----\s*([A-Za-z0-9+/=\s]{0,200})")
_ONE_KEY, _PASSWORD, _MARKER, _SEALED = 1, 3, 10, {9, 18, 20}
_VERSIONS = {_ONE_KEY: {3, 6}, _PASSWORD: {4, 5, 6}}
_SIGNED = bytes.fromhex("06092a864886f70d010702")
_ENVELOPED = bytes.fromhex("06092a864886f70d010703")
_AUTHENTICATED = bytes.fromhex("060b2a864886f70d0109100117")


def is_openpgp_message(content: bytes) -> bool:
    """Whether this is an encrypted OpenPGP message, or a text that holds one: keys and signed texts are none."""
    if content[:1] and content[0] & 0x80:
        return _begins_sealed(content[:4096])
    return len(content) <= _LARGEST_TEXT and b"-----BEGIN PGP MESSAGE" in content and bool(_ARMOUR.search(content))


def is_enveloped(content: bytes) -> bool:
    """Whether this is a CMS message for somebody's certificate (`smime.p7m`): what is only signed is none."""
    return is_authenticated(content) or _kind_of_cms(content) == _ENVELOPED


def is_authenticated(content: bytes) -> bool:
    """Whether this is a CMS message for somebody's certificate that shows by itself if it was changed (RFC 5083)."""
    return _kind_of_cms(content) == _AUTHENTICATED


def is_signed(content: bytes) -> bool:
    """Whether this is a CMS message that is signed and readable by anybody."""
    return _kind_of_cms(content) == _SIGNED


def without_pem(content: bytes) -> bytes:
    """The bytes of a CMS message that came as letters; what came as bytes stays as it is."""
    if not _PEM.match(content):
        return content
    letters = content.partition(b"-----\n")[2] or content.partition(b"-----\r\n")[2]
    try:
        return binascii.a2b_base64(letters.partition(b"-----END")[0])
    except binascii.Error:
        return content


def _kind_of_cms(content: bytes) -> bytes | None:
    """The object identifier, with its tag and length, that a CMS message begins with."""
    pem = _PEM.match(content)
    if pem:
        letters = b"".join(pem[1].split())
        try:
            content = binascii.a2b_base64(letters[: len(letters) // 4 * 4])
        except binascii.Error:
            return None
    if len(content) < 20 or content[0] != 0x30:
        return None
    start = 2 + (content[1] & 0x7F if content[1] & 0x80 else 0)
    for known in (_SIGNED, _ENVELOPED, _AUTHENTICATED):
        if content.startswith(known, start) and content[start + len(known) : start + len(known) + 1] == b"\xa0":
            return known
    return None


def _begins_sealed(head: bytes) -> bool:
    """Whether these first bytes are a session key and then another one, or a sealed part."""
    first = _packet(head, 0)
    if first is not None and first[0] == _MARKER:
        first = _packet(head, first[2])
    if first is None or first[0] not in _VERSIONS:
        return False
    tag, begin, end = first
    if head[begin : begin + 1] == b"" or head[begin] not in _VERSIONS[tag] or end - begin < 4:
        return False
    following = _packet(head, end)
    return following is not None and following[0] in {_ONE_KEY, _PASSWORD, *_SEALED}


def _packet(head: bytes, at: int) -> tuple[int, int, int] | None:
    """The tag of the packet there, where its content begins, and where it ends or its first part does."""
    if at + 6 > len(head) or not head[at] & 0x80:
        return None
    first = head[at + 1]
    if not head[at] & 0x40:  # the old form
        width = {0: 1, 1: 2, 2: 4}.get(head[at] & 0x03, 0)
        begin = at + 1 + width
        return head[at] >> 2 & 0x0F, begin, begin + int.from_bytes(head[at + 1 : begin], "big")
    tag = head[at] & 0x3F
    if first < 192:
        return tag, at + 2, at + 2 + first
    if first < 224:
        return tag, at + 3, at + 3 + (first - 192) * 256 + head[at + 2] + 192
    if first == 255:
        return tag, at + 6, at + 6 + int.from_bytes(head[at + 2 : at + 6], "big")
    return tag, at + 2, at + 2 + (1 << (first & 0x1F))
