"""To whom a document goes and who sends it, in the words that every document begins and ends with."""

from dataclasses import dataclass, field

from marac.agency import Agency
from marac.meetings.withholding import SENIOR

_IN_CONFIDENCE = (
    "For you alone. What stands here is held back from the rest of your agency, because somebody there may be connected "
    "with the people in it. Do not pass it on inside your agency, and record it only where colleagues cannot see it."
)


@dataclass(frozen=True, slots=True)
class Sender:
    """The MARAC as its documents name it."""

    marac: str
    coordinator: str
    email: str = field(repr=False)


def in_confidence(reader: Agency) -> str | None:
    """What a senior contact is told of why nobody else there has it; None for an agency itself."""
    return _IN_CONFIDENCE if reader.id.endswith(SENIOR) else None
