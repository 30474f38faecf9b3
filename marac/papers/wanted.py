"""A document that is needed: what it rests on, what it shows of which case, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from marac.agency import Agency
from marac.document import Document
from marac.generators.fields import Kind
from marac.meetings.changes import VersionNote
from marac.papers.templates import template_for

__all__ = ["Shows", "Wanted", "template_for"]

Shows = Mapping[str, Mapping[str, str]]
"""Case to field to a digest of what is printed of it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that is needed."""

    kind: Kind
    agency: Agency | None
    """Its reader: an agency, its senior contact or manager, another MARAC; None for the chair and the coordinator."""
    contents: str
    """Of all that it rests on: the same contents are not made twice."""
    made: Callable[[], Document] = field(repr=False)
    subject: str = ""
    """The case or the month that it is about; empty for the meeting as a whole."""
    shows: Shows = field(default_factory=dict, repr=False)
    noted: Callable[[VersionNote], Document] | None = field(default=None, repr=False)
    """Made with its version at its top, and what has changed since the one that its reader has; None where it says none."""
    bare: bool = False
    """Whether nothing stands in it: then it is made only where it takes the place of one that its reader has."""

    @property
    def reader(self) -> str:
        """The reader's id; empty for the chair and the coordinator."""
        return self.agency.id if self.agency else ""

    @property
    def place(self) -> tuple[str, str, str]:
        """Which document of its meeting it is, whatever its version."""
        return self.kind, self.reader, self.subject
