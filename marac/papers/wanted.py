"""A document that is needed: what it rests on, what it shows of which case, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from marac.case import Agency
from marac.document import Document
from marac.errors import TemplateError
from marac.generators.fields import Kind
from marac.office import Office

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

    @property
    def reader(self) -> str:
        """The reader's id; empty for the chair and the coordinator."""
        return self.agency.id if self.agency else ""

    @property
    def place(self) -> tuple[str, str, str]:
        """Which document of its meeting it is, whatever its version."""
        return self.kind, self.reader, self.subject


def template_for(office: Office, kind: Kind) -> bytes:
    """The area's own template where it has one, else the program's.

    Raises:
        TemplateError: it has one that cannot be opened.
    """
    own = office.settings.folders.templates / f"{kind}.docx"
    try:
        return own.read_bytes() if own.exists() else (files("marac") / "templates" / f"{kind}.docx").read_bytes()
    except OSError:
        raise TemplateError(
            f"{own} cannot be opened. Is it open in Word? Close it there, then run this again."
        ) from None
