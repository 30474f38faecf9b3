"""Which mails below the sender's own words were passed on to the MARAC, and not quoted in an answer to it.

An answer that quotes a referral must not register it again; a referral that a colleague passes on must not be lost. So
what stands below is read only where the message is surely a forward, and only down to a mail of the MARAC's own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from email.message import Message
from email.utils import getaddresses

from marac.document import HTML, TEXT
from marac.intake.opening.headers import authors, decoded, fields, header
from marac.intake.opening.message import FORWARDED, Found
from marac.intake.opening.words import words_of
from marac.parsers.blocks import Line, Span
from marac.parsers.body.earlier_mails import EarlierMail, mails_below

_LONGEST_TEXT = 200_000
_MOST_ADDRESSED = 50
_PREFIX = re.compile(
    r"(?:^|[\s\]:])(?:(?P<forward>fwd?|forwarded|tr|wg|rv|pd|vb|vl|doorst|yml)|re|aw|antw|sv|vs|odp|atb)\s*"
    r"(?:[\[(]\d+[\])])?\s*:",
    re.IGNORECASE,
)
"""What mail programs put before the subject; the first of several is what this message is."""
_ADDRESS = re.compile(r"\w[\w.+'-]*@[\w.-]+")
_OURS = "marac"


def passed_on_below(message: Message, own: Iterable[Found]) -> Iterator[Found]:
    """What a message passes on below the sender's own words, as parts to be read apart from these.

    Args:
        message: whose headers say whether it is a forward.
        own: its own texts, without those of messages attached to it.
    """
    for part in own:
        if part.document.media_type in {TEXT, HTML} and (count := _passed_on(message, _earlier_mails(part))):
            kind = f"{part.document.media_type}; forwarded={count}"
            yield replace(part, document=replace(part.document, media_type=kind), source=FORWARDED)


def _earlier_mails(part: Found) -> list[EarlierMail]:
    words = words_of(part.document.content[:_LONGEST_TEXT], part.document.media_type)
    lines = [Line((Span(text),), "") for text in words.splitlines() if text.strip()]
    return list(mails_below(lines))


def _passed_on(message: Message, earlier: Sequence[EarlierMail]) -> int:
    """How many of these mails were passed on: those above the first one that the MARAC wrote itself."""
    if not earlier or not (
        _is_forward(header(message, "Subject")) or earlier[0].passed_on or _wrote(_people(message, "From"), earlier[0])
    ):
        return 0
    ours = next((number for number, mail in enumerate(earlier) if _is_ours(message, mail)), len(earlier))
    return min(ours, 20)


def _is_forward(subject: str) -> bool:
    found = _PREFIX.search(subject)
    return bool(found and found["forward"])


def _is_ours(message: Message, mail: EarlierMail) -> bool:
    """Whether the MARAC wrote it: whom this message is to, or somebody called so where no address is named."""
    addressed = _people(message, "To")
    called_so = [each for each in addressed if _OURS in each[1].partition("@")[0]]
    if _wrote(called_so or addressed, mail):
        return True
    return _OURS in _words(mail.writer) and not _ADDRESS.search(mail.writer)


def _wrote(people: Sequence[tuple[str, str]], mail: EarlierMail) -> bool:
    """Whether one of these wrote it: by the address that it names, else by all words of the name."""
    named = {each.lower() for each in _ADDRESS.findall(mail.writer)}
    if named:
        return any(address in named for _, address in people)
    words = _words(mail.writer)
    return any(_words(name) and _words(name) <= words for name, _ in people)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold()))


def _people(message: Message, field: str) -> list[tuple[str, str]]:
    """The names and addresses in a header."""
    if field == "From" and not authors(message):
        return []
    try:
        found = getaddresses(list(fields(message, field)))
    except (ValueError, TypeError, LookupError, AttributeError):
        return []
    return [(decoded(name), address.lower()) for name, address in found[:_MOST_ADDRESSED] if "@" in address]
