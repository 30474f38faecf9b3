"""What mailers leave beside what people send: invitations, visiting cards, signatures, counting pixels, empty scraps.

Told by what a part says that it is and by its bytes together: a form stays a form, whatever it is called.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from marac.document import HTML, TEXT, Document
from marac.intake.opening.message import Found, is_message
from marac.intake.opening.sealed.signed import NotSignedError, signed_content
from marac.intake.opening.words import words_of

CALENDAR = "text/calendar"
"""The media type that every invitation, and every answer to one, has once it was told (RFC 5545)."""

_LONGEST = 1024 * 1024
_THINNEST = 16  # dots; nothing can be read in a picture that is as thin
_FOLD = re.compile(rb"\r?\n[ \t]")
_ENCLOSED = re.compile(
    rb"^ATTACH\b[^\r\n]*(?:ENCODING=BASE64|VALUE=BINARY|:data:|:(?:https?|ftp):)", re.IGNORECASE | re.MULTILINE
)
_DER = (b"\x30\x80", b"\x30\x82", b"\x30\x83")
_AMP = re.compile(rb"<html\b[^>]{0,500}(?:amp4email|\xe2\x9a\xa14email)", re.IGNORECASE)
_PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_SENT_FROM = re.compile(r"(?:sent from (?:my|outlook for)\b|get outlook for)[^\n]{0,60}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Leftover:
    media_type: str
    """What it is listed as; empty where as what it came."""
    told: re.Pattern[str]
    """The media types that say so."""
    called: re.Pattern[str]
    """The names that say so, where the media type does not."""
    holds: Callable[[bytes], bool]
    """Whether the bytes are such a thing and nothing else."""
    longest: int = _LONGEST


def in_its_role(part: Found) -> Found:
    """The part as it came; one that a mailer left is an aside, which is kept and not read."""
    left = _left_by_mailer(part.document) if part.role == "form" and not part.refused else None
    if left is None:
        return part
    document = replace(part.document, media_type=left.media_type or part.document.media_type)
    return replace(part, role="aside", document=document)


def _left_by_mailer(document: Document) -> _Leftover | None:
    """What a mailer left here; None where it may be what somebody sent."""
    content, name = document.content, document.name.strip().lower()
    for kind in _LEFTOVERS:
        said = kind.told.fullmatch(document.media_type.lower()) or kind.called.fullmatch(name)
        if said and len(content) <= kind.longest and kind.holds(content):
            return kind
    return None


def _is_calendar(content: bytes) -> bool:
    """Whether this is a calendar's entry with no file in it, and no link to one."""
    return _runs(b"VCALENDAR")(content) and not _ENCLOSED.search(_FOLD.sub(b"", content))


def _runs(name: bytes) -> Callable[[bytes], bool]:
    """Whether the bytes run from the beginning of such an entry to its end (RFC 5545, RFC 6350)."""

    def runs(content: bytes) -> bool:
        text = content.removeprefix(b"\xef\xbb\xbf").strip().upper()
        return text.startswith(b"BEGIN:" + name) and text.endswith(b"END:" + name)

    return runs


def _armoured(name: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.lstrip().startswith(b"-----BEGIN PGP " + name)


def _is_detached(content: bytes) -> bool:
    """Whether this is a signature without what was signed (RFC 8551)."""
    try:
        return content.startswith(_DER) and not signed_content(content)
    except NotSignedError:
        return True


def _is_theme(content: bytes) -> bool:
    """Whether this is the theme of a page that Word wrote, and no document."""
    return (
        content.startswith(b"PK\x03\x04") and b"theme/theme/" in content and not re.search(rb"word/|xl/|ppt/s", content)
    )


def _is_pixel(content: bytes) -> bool:
    """Whether this is a picture too thin for anything to be read in it."""
    if content.startswith((b"GIF87a", b"GIF89a")):
        sides = int.from_bytes(content[6:8], "little"), int.from_bytes(content[8:10], "little")
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        sides = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    else:
        return False
    return 0 < min(sides) <= _THINNEST


def _says_nothing(content: bytes) -> bool:
    """Whether this text or page has no words but those with which a telephone signs."""
    words = _SENT_FROM.sub("", words_of(content, HTML if b"<" in content else TEXT))
    return not re.search(r"\w|\ufffd", words) and b"data:" not in content


def _leftover(
    media_type: str, told: str, called: str, holds: Callable[[bytes], bool], longest: int = _LONGEST
) -> _Leftover:
    return _Leftover(media_type, re.compile(told), re.compile(called), holds, longest)


_NEVER = r"(?!)"
_LEFTOVERS = (
    _leftover(
        CALENDAR, r"text/(?:x-v?)?calendar|text/ics|application/(?:ics|calendar)", r".*\.(?:ics|vcs)", _is_calendar
    ),
    _leftover("text/vcard", r"text/(?:x-)?vcard|text/directory|application/vcard", r".*\.vcf", _runs(b"VCARD")),
    _leftover(
        "application/pgp-signature", r"application/pgp-signature", r".*\.(?:asc|sig)", _armoured(b"SIGNATURE"), 65536
    ),
    _leftover("application/pgp-keys", r"application/pgp-keys", r".*\.asc", _armoured(b"PUBLIC KEY BLOCK"), 65536),
    _leftover(
        "application/pgp-encrypted",
        r"application/pgp-encrypted",
        _NEVER,
        lambda content: content.lstrip().startswith(b"Version:"),
        200,
    ),
    _leftover("application/pkcs7-signature", r"application/(?:x-)?pkcs7-signature", r".*\.p7s", _is_detached, 65536),
    _leftover("text/x-amp-html", r"text/x-amp-html", _NEVER, lambda content: bool(_AMP.search(content[:4096]))),
    _leftover("text/watch-html", r"text/watch-html", _NEVER, lambda content: bool(_PAGE.match(content))),
    _leftover("application/x-mso", r"application/x-mso", r".*\.mso", lambda content: content.startswith(b"ActiveMime")),
    _leftover("application/vnd.ms-officetheme", r"application/vnd\.ms-officetheme", r"themedata\.thmx", _is_theme),
    _leftover("application/xml", _NEVER, r"filelist\.xml", lambda content: b"<o:MainFile" in content, 65536),
    _leftover("application/xml", _NEVER, r"colorschememapping\.xml", lambda content: b"clrMap" in content, 65536),
    _leftover(
        "application/applefile",
        r"application/applefile",
        r"\._.*",
        lambda content: content.startswith(b"\x00\x05\x16\x07"),
    ),
    _leftover("text/rfc822-headers", r"text/rfc822-headers", _NEVER, is_message),
    _leftover("", r"image/.*", r".*\.(?:gif|png)", _is_pixel, 4096),
    _leftover("", _NEVER, r"att\d+(?:\.(?:txt|html?|dat|bin))?", _says_nothing, 65536),
)
