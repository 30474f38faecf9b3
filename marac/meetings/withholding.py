"""What is held back from whom: a case with a conflict of interest goes to the agency's senior contact alone, or to nobody there.

What is held back leaves no trace in what the others get: it is left out before anything is counted or numbered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from marac.case import Agency, Case
from marac.fortnight import BarredName, Interest
from marac.meetings.hearing import Hearing

SENIOR = ".senior"
"""How the id of an agency's senior contact ends, as a reader of its own."""
MANAGER = ".manager"


@dataclass(frozen=True, slots=True)
class Held:
    """A case that is held back from an agency."""

    case: str
    agency: str
    """The agency's id, whichever of its readers it concerns."""
    reason: str = field(repr=False)
    """For the coordinator and the chair only."""
    decided: bool = False
    """Whether a person said so; otherwise a person is asked."""


@dataclass(frozen=True, slots=True)
class Withholding:
    """Everything that is held back, of one moment."""

    held: tuple[Held, ...] = ()

    def may_see(self, reader: str, references: Sequence[str]) -> bool:
        """Whether a reader may see an item made of these cases.

        Args:
            reader: the reader's id: empty for the chair, an agency's id, or one that ends in `.senior` or `.manager`.
            references: the case, and those joined to it: where one of them is held back, the item is.
        """
        if not reader:
            return True
        agency = reader.removesuffix(SENIOR).removesuffix(MANAGER)
        kept = any(each.agency == agency and each.case in references for each in self.held)
        return kept if reader.endswith(SENIOR) else not kept

    def visible(self, hearings: Sequence[Hearing], reader: str) -> tuple[Hearing, ...]:
        """Of a meeting's items, those that a reader may see, in their order."""
        return tuple(
            hearing for hearing in hearings if self.may_see(reader, [case.reference for case in hearing.cases])
        )


def withholding(
    cases: Sequence[Case], agencies: Sequence[Agency], interests: Sequence[Interest], barred: Sequence[BarredName]
) -> Withholding:
    """What is held back, by people's words and by the names on the forms."""
    del cases, agencies, barred
    last = {(each.case, each.agency): each for each in interests}
    return Withholding(
        tuple(Held(each.case, each.agency, each.reason, decided=True) for each in last.values() if each.kind == "held")
    )
