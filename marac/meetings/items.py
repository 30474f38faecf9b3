"""Which item of a meeting a case belongs to: itself with those joined to it, or the case that carries on for it."""

from collections import defaultdict
from collections.abc import Sequence

from marac.case import Case, PersonVerdict
from marac.meetings.hearing import Hearing, item
from marac.triage.history import carrier


class Items:
    """Every case of the register as an item, put together once."""

    def __init__(self, cases: Sequence[Case], verdicts: Sequence[PersonVerdict] = ()) -> None:
        known = {case.reference: case for case in cases}
        self._carriers = {case.reference: carrier(case, known).reference for case in cases}
        joined: defaultdict[str, list[Case]] = defaultdict(list)
        for case in cases:
            if self._carriers[case.reference] != case.reference:
                joined[self._carriers[case.reference]].append(case)
        self._items = {
            case.reference: item(case, joined[case.reference], verdicts)
            for case in cases
            if self._carriers[case.reference] == case.reference
        }

    @property
    def every(self) -> tuple[Hearing, ...]:
        """All of them, in the order of the register."""
        return tuple(self._items.values())

    def of(self, reference: str) -> Hearing | None:
        """The item that a case belongs to; None where the register has no such case."""
        return self._items.get(self._carriers.get(reference, ""))


def references_of(hearing: Hearing) -> tuple[str, ...]:
    """The references of all cases of an item: where one of them is held back, the item is."""
    return tuple(case.reference for case in hearing.cases)
