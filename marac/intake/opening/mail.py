"""What arrived, opened up to the files in it: messages, archives, winmail.dat and sealed mail, in one another.

To any depth that mail has, and no deeper.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from marac.document import TEXT, Document
from marac.intake.opening.archives import Room, UnsafeArchiveError, is_archive, members
from marac.intake.opening.leaves import passed_on
from marac.intake.opening.locked.locks import lock_of, unlocked_for_everybody
from marac.intake.opening.message import Found, Lock, Opened, UnsafeMessageError, is_message
from marac.intake.opening.mime import envelope, is_entity, opened
from marac.intake.opening.outlook.outlook import is_outlook_message, opened_outlook
from marac.intake.opening.outlook.winmail import is_winmail, parts_of_winmail
from marac.intake.opening.sealed.kinds import is_signed
from marac.intake.reading.word_kinds import is_web_archive

if TYPE_CHECKING:
    from marac.intake.opening.sealed.own_keys import MailboxKeys

_DEEPEST = 10
_MOST_ARCHIVES = 2  # one within the other
_MOST_PARTS = 200
_LARGEST_TOTAL = 200 * 1024 * 1024
_TOO_MUCH = "The message holds far more files than any real one, so it was not opened. Ask the sender what it was."
_TOO_DEEP = "This is nested far deeper than in any real message, so it was not opened. Ask the sender what it was."
_PACKED_AGAIN = (
    "This archive is in an archive within an archive, so it was not opened. Ask the sender for the files themselves."
)
_EMPTY = "Nothing is in it. Ask the sender what it should have held."
_LOCKED = (
    "It is locked with a password. When you have the password, give it with `marac message password` and the number of "
    "this message; else ask the sender for it, by telephone."
)


def is_mail(content: bytes, name: str = "") -> bool:
    """Whether a file that stands alone is a saved message rather than a form: by its bytes, whatever it is called."""
    if is_outlook_message(content):
        return True
    return is_message(content) and (name.lower().endswith(".eml") or not is_web_archive(content))


def opened_mail(raw: bytes) -> Opened:
    """The message with its parts as they came, whichever program saved it.

    Raises:
        UnsafeMessageError: it is damaged, or built to choke whoever opens it.
    """
    return opened_outlook(raw) if is_outlook_message(raw) else opened(raw)


def envelope_of(raw: bytes) -> Opened:
    """What the message says of itself, without its parts: all else as `opened_mail` says it, at a tenth of the cost.

    Raises:
        UnsafeMessageError: it is damaged, or built to choke whoever opens it.
    """
    return replace(opened_outlook(raw), parts=()) if is_outlook_message(raw) else envelope(raw)


def parts_in(raw: bytes, name: str | None = None, keys: "MailboxKeys | None" = None) -> list[Found]:
    """The parts that may hold a referral: of a message, or of a bare file of this name.

    What is locked or sealed and cannot be opened comes as it is, with its `lock` and a sentence in `refused`.

    Args:
        raw: the message, or the file.
        name: the name of a file that is no message; None for a message.
        keys: the mailbox's own keys, with which mail that was sealed for it is opened.

    Raises:
        UnsafeMessageError: it is not to be opened.
    """
    whole = (Found(Document(name, "application/octet-stream", raw), name, "form"),) if name else opened_mail(raw).parts
    return _within_limits(whole, keys)


def _within_limits(parts: tuple[Found, ...], keys: "MailboxKeys | None") -> list[Found]:
    found, size, room = list[Found](), 0, Room()
    for part in parts:
        for inner in _within(part, keys, room):
            found.append(inner)
            size += len(inner.document.content)
            if len(found) > _MOST_PARTS or size > _LARGEST_TOTAL:
                raise UnsafeMessageError(_TOO_MUCH)
    return found


def _within(part: Found, keys: "MailboxKeys | None", room: Room, depth: int = 0, archives: int = 0) -> Iterator[Found]:
    """The part itself, or what is in it where it holds others; one not to be opened says why.

    An archive in an archive is opened while there is room; what is packed once more stays as it is, for a person: that
    is how a flood is packed small.
    """
    lock = _lock(part)
    if lock == "password":
        plain = unlocked_for_everybody(part.document.content)
        locked = replace(part, lock=lock, refused=_LOCKED)
        yield locked if plain is None else replace(part, document=replace(part.document, content=plain))
        return
    archive = is_archive(part.document.content)
    if part.refused or not (lock or (part.role == "form" and _opens(part.document, archive))):
        yield part
        return
    if archive and archives == _MOST_ARCHIVES:
        yield replace(part, refused=_PACKED_AGAIN)
        return
    try:
        inner = _opened(part, lock, keys, room) if depth < _DEEPEST else ()
    except (UnsafeArchiveError, UnsafeMessageError) as error:
        yield replace(part, role="form", lock=lock, refused=str(error))
        return
    if not inner:
        yield replace(part, role="form", refused=_EMPTY if depth < _DEEPEST else _TOO_DEEP)
    for each in inner:
        yield from _within(each, keys, room, depth + 1, archives + archive)


def _lock(part: Found) -> Lock | None:
    """What a file needs before it can be read, or a text that somebody sealed within a message."""
    if part.refused or not (part.role == "form" or part.document.media_type == TEXT):
        return None
    lock = lock_of(part.document)
    return lock if part.role == "form" or lock == "openpgp" else None


def _opens(document: Document, archive: bool) -> bool:
    """Whether there are files in it to be taken out."""
    content = document.content
    return archive or is_winmail(content) or is_signed(content) or _is_attached_mail(document)


def _is_attached_mail(document: Document) -> bool:
    """Whether it is an attached message: a text that only begins like one is a text.

    Signed mail that Outlook saved is a message within an attachment (`smime.p7m`) that has no headers of its own.
    """
    if is_outlook_message(document.content):
        return True
    name = document.name.lower()
    called_so = name.endswith(".eml") or document.media_type.startswith("message/")
    return (called_so and is_message(document.content)) or (name == "smime.p7m" and is_entity(document.content))


def _opened(part: Found, lock: Lock | None, keys: "MailboxKeys | None", room: Room) -> tuple[Found, ...]:
    content = part.document.content
    if lock is not None or is_signed(content):
        from marac.intake.opening.sealed.unsealing import parts_of_sealed, parts_of_signed

        return parts_of_signed(part) if lock is None else parts_of_sealed(part, lock, keys)
    if is_archive(content):
        return tuple(members(part, room))
    if is_winmail(content):
        return parts_of_winmail(content)
    message = opened_mail(content)
    return passed_on(message.parts, bounce=message.bounce, replied=message.replied)
