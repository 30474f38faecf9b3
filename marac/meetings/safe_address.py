"""An address or a telephone number of a victim, a perpetrator or a child, as a type of its own.

It has no words by itself: whoever means to print one must say so, by `revealed`.
"""

from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True, slots=True, repr=False)
class SafeAddress:
    """Where somebody lives, or by which number they are reached.

    A perpetrator's is one too: it may be the victim's own. A template prints it only where the kind of document is one
    that may, and `str`, `format` and f-strings refuse it, so that it cannot slip into a text that goes elsewhere.
    """

    _words: str

    def revealed(self) -> str:
        """The words themselves, for a reader who may have them."""
        return self._words

    def __repr__(self) -> str:
        """Nothing of it."""
        return "SafeAddress(...)"

    def __str__(self) -> NoReturn:
        """Refuse.

        Raises:
            TypeError: always; it is `revealed` or not shown.
        """
        raise TypeError("an address has no words of its own")

    def __format__(self, _: str) -> NoReturn:
        """Refuse, as `str` does.

        Raises:
            TypeError: always.
        """
        raise TypeError("an address has no words of its own")


def safe_address(*parts: str | None) -> SafeAddress | None:
    """The parts of an address in one line, or a telephone number; None where nothing is known."""
    words = ", ".join(part for part in parts if part)
    return SafeAddress(words) if words else None
