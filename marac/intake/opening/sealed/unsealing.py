"""The parts of mail that was sealed for this MARAC or signed: a message inside, or a file."""

from typing import TYPE_CHECKING

from marac.document import TEXT, Document
from marac.intake.opening.leaves import passed_on
from marac.intake.opening.message import Found, Lock, UnsafeMessageError
from marac.intake.opening.mime import is_entity, opened
from marac.intake.opening.sealed.signed import NotSignedError, signed_content

if TYPE_CHECKING:
    from marac.intake.opening.sealed.own_keys import MailboxKeys

_SUFFIXES = (".pgp", ".gpg", ".asc", ".p7m", ".p7e", ".p7s")
_DAMAGED = (
    "It is a signed message (S/MIME), and it is damaged or cut off, so it was not opened. Ask the sender to send it "
    "once more."
)


def parts_of_sealed(part: Found, lock: Lock, keys: "MailboxKeys | None") -> tuple[Found, ...]:
    """What is inside a sealed part: `referral.docx` in `referral.docx.pgp`, or all the parts of a sealed message.

    Raises:
        UnsafeMessageError: it stays sealed, or what is inside is built to choke whoever opens it.
    """
    from marac.intake.opening.sealed.sealed import StaysSealedError, unsealed

    try:
        return _parts(part, unsealed(part.document, lock, keys))
    except StaysSealedError as error:
        raise UnsafeMessageError(str(error)) from None


def parts_of_signed(part: Found) -> tuple[Found, ...]:
    """What is inside a signed message that is not sealed.

    Raises:
        UnsafeMessageError: it is damaged, or what is inside is built to choke whoever opens it.
    """
    try:
        return _parts(part, signed_content(part.document.content))
    except NotSignedError:
        raise UnsafeMessageError(_DAMAGED) from None


def _parts(part: Found, content: bytes) -> tuple[Found, ...]:
    if is_entity(content):
        message = opened(content)
        return passed_on(message.parts, bounce=message.bounce, replied=message.replied)
    if not content:
        return ()
    if part.role == "body":
        return (Found(Document("body", TEXT, content), part.source, "body"),)
    name, source = _without_suffix(part.document.name), _without_suffix(part.source)
    return (Found(Document(name, "application/octet-stream", content), source, "form"),)


def _without_suffix(name: str) -> str:
    return name[:-4] if name.lower().endswith(_SUFFIXES) and len(name) > 4 else name
