"""winmail.dat, in which some Outlooks hide what they send: opened up as any other message is."""

from marac.intake.opening.message import Found, UnsafeMessageError
from marac.intake.opening.outlook.outlook import parts_of
from marac.intake.opening.outlook.tnef import SIGNATURE, DamagedError, unpacked

_DAMAGED = (
    "This is a message packed by Outlook (winmail.dat), and it is damaged or cut off, so it was not opened. Ask the "
    "sender to send it once more, as a plain message."
)


def is_winmail(content: bytes) -> bool:
    """Whether these bytes are a message that Outlook packed, whatever the attachment is called."""
    return content.startswith(SIGNATURE)


def parts_of_winmail(content: bytes) -> tuple[Found, ...]:
    """The parts of the message that Outlook packed: its text and its attachments, byte for byte.

    Raises:
        UnsafeMessageError: it is damaged, or built to choke whoever opens it.
    """
    try:
        return tuple(parts_of(unpacked(content)))
    except DamagedError:
        raise UnsafeMessageError(_DAMAGED) from None
