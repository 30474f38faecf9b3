"""The books of the mailbox: how many messages came in, and whether every one is accounted for."""

from collections.abc import Sequence
from dataclasses import dataclass

from marac.register.deliveries import Delivery


@dataclass(frozen=True, slots=True)
class Books:
    """Deliveries counted; `arrived` is always the sum of the other three."""

    arrived: int
    done: int
    needs_person: int
    open: int
    """Stored, and not yet at their end: the next pass goes on with them."""

    @property
    def balanced(self) -> bool:
        """Whether every message is done or before a person."""
        return self.open == 0

    def __str__(self) -> str:
        """The books in one line."""
        line = f"{self.arrived} in, {self.done + self.needs_person} accounted for"
        return line if self.balanced else f"{line}; {self.open} not finished yet: run marac again"


def books_by_mailbox(deliveries: Sequence[Delivery]) -> dict[str, Books]:
    """The books of each mailbox that anything came from, by its name."""
    names = dict.fromkeys(delivery.mailbox for delivery in deliveries)
    return {name: books([delivery for delivery in deliveries if delivery.mailbox == name]) for name in names}


def books(deliveries: Sequence[Delivery]) -> Books:
    """The books of these deliveries."""
    states = [delivery.state for delivery in deliveries]
    done, waiting = states.count("done"), states.count("needs_person")
    return Books(len(states), done, waiting, len(states) - done - waiting)
