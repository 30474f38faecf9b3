"""What arrived, opened up to the files in it: messages in messages and in archives, to any depth that mail has."""

from collections.abc import Iterator
from dataclasses import replace

from marac.document import Document
from marac.intake.opening.archives import UnsafeArchiveError, is_archive, members
from marac.intake.opening.message import Found, Opened, UnsafeMessageError, is_message, opened
from marac.intake.opening.outlook import is_outlook_message, opened_outlook
from marac.intake.reading.word_kinds import is_web_archive

_DEEPEST = 10
_MOST_PARTS = 200
_LARGEST_TOTAL = 200 * 1024 * 1024
_TOO_MUCH = "The message holds far more files than any real one, so it was not opened. Ask the sender what it was."
_TOO_DEEP = "This is nested far deeper than in any real message, so it was not opened. Ask the sender what it was."
_EMPTY = "Nothing is in it. Ask the sender what it should have held."


def is_mail(content: bytes, name: str = "") -> bool:
    """Whether a file that stands alone is a saved message rather than a form: by its bytes, whatever it is called."""
    if is_outlook_message(content):
        return True
    return is_message(content) and (name.lower().endswith(".eml") or not is_web_archive(content))


def opened_mail(raw: bytes) -> Opened:
    """The message opened up, whichever program saved it.

    Raises:
        UnsafeMessageError: it is damaged, or built to choke whoever opens it.
    """
    return opened_outlook(raw) if is_outlook_message(raw) else opened(raw)


def parts_in(raw: bytes, name: str | None = None) -> list[Found]:
    """The parts that may hold a referral: of a message, or of a bare file of this name.

    Raises:
        UnsafeMessageError: it is not to be opened.
    """
    whole = (Found(Document(name, "application/octet-stream", raw), name, "form"),) if name else opened_mail(raw).parts
    found, size = [], 0
    for part in whole:
        for inner in _within(part):
            found.append(inner)
            size += len(inner.document.content)
            if len(found) > _MOST_PARTS or size > _LARGEST_TOTAL:
                raise UnsafeMessageError(_TOO_MUCH)
    return found


def _within(part: Found, depth: int = 0, *, in_archive: bool = False) -> Iterator[Found]:
    """The part itself, or the files in it where it is an archive or a message; one not to be opened says why.

    An archive in an archive stays as it is, for a person: that is how a flood is packed small.
    """
    archive = is_archive(part.document.content)
    opens = not (archive and in_archive) and (archive or _is_attached_mail(part.document))
    if part.role != "form" or part.refused or not opens:
        yield part
        return
    try:
        inner = _opened(part) if depth < _DEEPEST else ()
    except (UnsafeArchiveError, UnsafeMessageError) as error:
        yield replace(part, refused=str(error))
        return
    if not inner:
        yield replace(part, refused=_EMPTY if depth < _DEEPEST else _TOO_DEEP)
    for each in inner:
        yield from _within(each, depth + 1, in_archive=archive or in_archive)


def _is_attached_mail(document: Document) -> bool:
    """Whether it is an attached message: a text that only begins like one is a text."""
    if is_outlook_message(document.content):
        return True
    called_so = document.name.lower().endswith(".eml") or document.media_type.startswith("message/")
    return called_so and is_message(document.content)


def _opened(part: Found) -> tuple[Found, ...]:
    if is_archive(part.document.content):
        return tuple(members(part))
    return opened_mail(part.document.content).parts
