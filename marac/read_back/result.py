"""What reading a workbook back came to, in numbers and in sentences that hold nobody's values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What was read back from the workbook and its copies."""

    taken: int = 0
    """Cells whose new value is in the register now."""
    conflicts: int = 0
    """New conflicts, which wait for a person."""
    drafts: tuple[str, ...] = ()
    """The references of cases that began as a new row."""
    reported: tuple[str, ...] = ()
    """What could not be taken, and why: a sentence each."""
    read: Mapping[str, bool] = field(default_factory=dict)
    """The sha256 of each copy that was read, and whether it must be kept because not all in it could be taken."""

    @property
    def kept_aside(self) -> bool:
        """Whether a copy must be kept, because not all in it could be taken."""
        return any(self.read.values())

    @property
    def words(self) -> tuple[str, ...]:
        """What a person should know of it."""
        said = []
        if self.taken:
            said.append(f"{_count(self.taken, 'change')} taken from the workbook into the register.")
        if self.conflicts:
            said.append(
                f"{_count(self.conflicts, 'cell')} changed in the workbook and in the register at once, so nothing was"
                " overwritten. Say which is right: sheet Conflicts, or marac conflict show."
            )
        if self.drafts:
            said.append(
                f"New in the workbook: {', '.join(self.drafts)}. Say for each whether it is a referral: marac case decide"
                f" {self.drafts[0]} accept --reason ... --by ..."
            )
        return (*said, *self.reported)

    def __add__(self, other: "ReadBack") -> "ReadBack":
        return ReadBack(
            self.taken + other.taken,
            self.conflicts + other.conflicts,
            (*self.drafts, *other.drafts),
            tuple(dict.fromkeys((*self.reported, *other.reported))),
            {**self.read, **other.read},
        )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
