"""Transfers to other MARACs and what became of them: which have not left, and which nobody has acknowledged.

A case can be sent to one MARAC more than once. What left and what was asked for are counted against each other, in their
order: the first that was asked for is the first that left.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from marac.agency import Agency
from marac.case import Case
from marac.fortnight import Transfer
from marac.meetings.closed_days import ClosedDays, working_day_after

_MARAC = "marac."
"""How the id of another MARAC begins, as a reader of documents."""
_RECEIPT_WITHIN = 3
"""Working days after which a receipt is missed."""


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A transfer to another MARAC with the day on which it left; None where it has not."""

    transfer: Transfer
    left_on: dt.date | None

    @property
    def waits(self) -> bool:
        """Whether it has not left."""
        return self.left_on is None


def other_maracs(readers: Mapping[str, Agency]) -> Mapping[str, Agency]:
    """The other MARACs among the readers of documents, by what config.toml calls them: `northtown`."""
    return {name.removeprefix(_MARAC): each for name, each in readers.items() if name.startswith(_MARAC)}


def marac_called(name: str, readers: Mapping[str, Agency]) -> Agency | None:
    """The other MARAC with this name."""
    return next((each for each in other_maracs(readers).values() if each.name == name), None)


def marac_at(address: str, readers: Mapping[str, Agency]) -> Agency | None:
    """The other MARAC whose mailbox this is."""
    sought = address.strip().lower()
    return next((each for each in other_maracs(readers).values() if each.email.lower() == sought), None)


def goes_to(case: Case, other: Agency) -> bool:
    """Whether a case was handed over to this MARAC, by its name or by what config.toml calls it."""
    said = (case.transferred_to or other.name).strip().casefold()
    return case.state == "transferred" and said in {other.name.casefold(), other.id.removeprefix(_MARAC)}


def on_their_way(
    transfers: Sequence[Transfer], left: Mapping[tuple[str, str], Sequence[dt.date]]
) -> tuple[OnItsWay, ...]:
    """Each transfer to another MARAC, with the day on which it left.

    Args:
        transfers: in the order in which they were asked for.
        left: the days on which something left, by the case and the name of the other MARAC, in their order.
    """
    return tuple(_with_days(transfers, left))


def receipt_missed(each: OnItsWay, today: dt.date, closed: ClosedDays) -> bool:
    """Whether a receipt ought to have come by now, and has not."""
    if each.left_on is None or each.transfer.receipt_on is not None:
        return False
    return working_day_after(each.left_on, _RECEIPT_WITHIN, closed) < today


def _with_days(transfers: Sequence[Transfer], left: Mapping[tuple[str, str], Sequence[dt.date]]) -> Iterator[OnItsWay]:
    days = {place: iter(found) for place, found in left.items()}
    for transfer in transfers:
        if transfer.direction == "out":
            yield OnItsWay(transfer, next(days.get((transfer.case, transfer.other), iter(())), None))
