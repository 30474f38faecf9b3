"""A template filled with invented cases, to look at before it is used."""

from collections.abc import Iterator

from marac.document import Document
from marac.generators.fields import Kind, printable
from marac.generators.fill import filled
from marac.generators.specimens import emptiest, longest
from marac.meetings.audience_table import ADDRESS_STAGES


def previews(template: bytes, kind: Kind) -> Iterator[Document]:
    """The document of the fullest invented case, and of the emptiest.

    The fullest has long names in several scripts, six children and none, dates of birth that are not known, signs that
    mean something to a computer, and very long text; in the emptiest all is missing that may be.

    Raises:
        TemplateError: the template cannot be used.
    """
    for name, specimen in (("fullest", longest(kind)), ("emptiest", emptiest(kind))):
        yield filled(template, printable(specimen), name=f"{kind} {name}.docx", safe_addresses=kind in ADDRESS_STAGES)
