"""Mail that brings only a link: a notice of a secure-mail service, or files shared elsewhere. Somebody must fetch them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from marac.intake.opening.message import FORWARDED, Found
from marac.intake.opening.words import words_of

_LONGEST_TEXT = 200_000
_MOST_LINKS = 500
_LINK = re.compile(r"https?://[^\s\"'<>]{4,2000}", re.IGNORECASE)
_SECURE = re.compile(
    r"(?:secured?|encrypted|protected|confidential) (?:e-?mail|message|package|envelope)|securely (?:sent|shared)"
    r"|sent you (?:an? )?(?:secure|encrypted|protected)|(?:read|open|view) (?:the |your |this |my )?(?:message|package)",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"\bshared (?:an? |the |some |\d+ )?(?:file|folder|document|link|item)|has shared\b|shared \S.{0,120} with you"
    r"|sent you (?:some |\d+ )?(?:files?|items?)|download (?:link|the|your|files?|images?)\b|get your files?\b",
    re.IGNORECASE,
)
_SIGNS_OFF = re.compile(
    r"^ ?(?:--|_{5,}|(?:(?:kind|kindest|best|warm|many) )?(?:regards|wishes|thanks)|yours (?:sincerely|faithfully))"
    r"[ ,.!]*$",
    re.IGNORECASE | re.MULTILINE,
)
_TARGET = re.compile(r"href\s?=\s?[\"']?(https?://[^\"'<>\s]{4,2000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Service:
    name: str
    """As a coordinator knows it."""
    links: re.Pattern[str] | None = None
    """The addresses under which it keeps what it was given; not those of its own pages about itself."""
    file: re.Pattern[str] | None = None
    """The name of the file that it attaches in place of what was sent."""
    within: re.Pattern[bytes] | None = None
    """What is in that file."""


def _service(name: str, links: str = "", file: str = "", within: bytes = b"") -> _Service:
    return _Service(
        name,
        re.compile(links, re.IGNORECASE) if links else None,
        re.compile(file, re.IGNORECASE) if file else None,
        re.compile(within, re.IGNORECASE) if within else None,
    )


_SECURE_MAIL = (
    _service("Egress", r"\b(?:switch|reader|protect|secure)\.egress\.com\b", r".+\.switch$", rb"(?s)."),
    _service("Galaxkey", r"\b(?:\w+\.)?galaxkey\.com/\S", r".+\.gxk$", rb"(?s)."),
    _service("Mimecast Secure Messaging", r"\b(?:secure-messaging|secure|webmail|portal)[\w-]*\.mimecast\.com\b"),
    _service(
        "Microsoft Purview Message Encryption",
        r"\boutlook\.office(?:365)?\.com/encryption\b",
        r"message(?:_v\d)?\.(?:html?|rpmsg)$",
        rb"\A\x76\xe8\x04\x60|office(?:365)?\.com/encryption|(?:Office 365|Purview|Microsoft 365) Message Encryption",
    ),
    _service("Zix", r"\b(?:[\w-]+\.)?(?:zixmail\.(?:com|net)|zixmessagecenter\.com|zixport\.com)\b"),
    _service(
        "Cisco Secure Email (Registered Envelope)",
        r"\bres\.cisco\.com\b",
        r"securedoc.*\.html?$",
        rb"Registered Envelope|res\.cisco\.com|securedoc|PostX",
    ),
    _service("Zivver", r"\b(?:app\.)?zivver\.com/\S"),
    _service("Quatrix", r"\bquatrix\.it/\S"),
    _service("Barracuda Email Encryption", r"\bencrypt\.barracudanetworks\.com\b"),
    _service("Proofpoint Encryption", "", r"securemessage(?:att)?\.html?$", rb"Proofpoint|Secure ?Message"),
)
_SHARES = (
    _service("WeTransfer", r"\bwe\.tl/\S|\bwetransfer\.com/downloads/"),
    _service(
        "OneDrive or SharePoint", r"\b1drv\.ms/\S|\bonedrive\.live\.com/\S|\.sharepoint\.com/(?::[a-z]:/|personal/)"
    ),
    _service("Objective Connect", r"\bsecure\.objectiveconnect\.(?:co\.uk|com)/\S"),
    _service("Dropbox", r"\bdropbox\.com/(?:s|sh|scl|t|transfer|l)/"),
    _service(
        "Google Drive", r"\bdrive\.google\.com/(?:file|open|drive|uc)\b|\bdocs\.google\.com/(?:document|spreadsheets)/"
    ),
    _service("ShareFile", r"\.sharefile\.(?:com|eu)/(?:d|f|i|share|public)[-/]"),
)


def link_to_open(parts: Sequence[Found]) -> str | None:
    """The service that keeps what this message stands for; None where the message brings its files itself.

    A link in a signature, or to a service's own pages, is none.

    Args:
        parts: all parts of the message, opened in turn.
    """
    forms = [part for part in parts if part.role == "form"]
    kept_by = [service for part in forms if (service := _stand_in_of(part))]
    if len(kept_by) < len(forms):
        return None
    if kept_by:
        return kept_by[0]
    texts = [_words(part) for part in parts if part.role == "body" and part.source != FORWARDED]
    return _linked(_SECURE_MAIL, texts, _SECURE) or _shared(texts)


def _stand_in_of(part: Found) -> str | None:
    """The service whose file this is, attached in place of what was sent."""
    name, content = part.document.name, part.document.content[:_LONGEST_TEXT]
    for service in _SECURE_MAIL:
        if service.file and service.within and service.file.match(name) and service.within.search(content):
            return service.name
    return None


def _shared(texts: Sequence[str]) -> str | None:
    """The service whose share this is: told of as one, or linked above the signature."""
    above = [text[: sign.start()] if (sign := _SIGNS_OFF.search(text)) else text for text in texts]
    return _linked(_SHARES, texts, _SHARED) or _linked(_SHARES, above)


def _linked(services: Sequence[_Service], texts: Sequence[str], told: re.Pattern[str] | None = None) -> str | None:
    """The first service that these texts link to, where they also tell of it."""
    if told and not any(told.search(text) for text in texts):
        return None
    links = [unquote(unquote(link)) for text in texts for link in _LINK.findall(text)[:_MOST_LINKS]]
    return next((s.name for link in links for s in services if s.links and s.links.search(link)), None)


def _words(part: Found) -> str:
    """What the text says, its links among the words, without what it quotes of earlier mail."""
    text = words_of(part.document.content[:_LONGEST_TEXT], part.document.media_type, _target)
    lines = [re.sub(r"[ \t\xa0]+", " ", line) for line in text.splitlines() if not line.lstrip().startswith(">")]
    return "\n".join(lines)


def _target(tag: str) -> str:
    """A tag as the address that it links to, where it links to any."""
    target = _TARGET.search(tag)
    return f" {target.group(1)} " if target else ""
