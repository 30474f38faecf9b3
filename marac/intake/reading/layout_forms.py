"""Forms opened for a look at their layout: one that a person names, and the stored ones that bear the same labels."""

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from marac.document import Document
from marac.errors import UsageError
from marac.intake.originals import Originals
from marac.intake.reading.libreoffice import LibreOffice, NotConvertedError
from marac.intake.reading.reader import Reader
from marac.intake.reading.word_kinds import word_kind
from marac.parsers.blocks import Allowance, Block, NeedsTime, UnreadableDocument
from marac.parsers.dictionary.additions import Addition
from marac.parsers.dictionary.learning import bears, page_in
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.parsers.formats import format_of
from marac.referral import Reading
from marac.register.cases import case_of_part
from marac.register.deliveries import Part, every_delivery, parts_of
from marac.register.store import Store

_ANY = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class LayoutForm:
    """A form's bytes by their sha256, its blocks, and what a person calls it: a case, a message, or `this form`."""

    sha256: str
    called: str
    blocks: Sequence[Block] = field(repr=False)
    case: str | None = None


def form_at(path: Path, reader: Reader, libreoffice: LibreOffice, models: Path | None) -> tuple[LayoutForm, Reading]:
    """The form in a file, and what it says by the dictionary in use.

    The file is read in the reading process first: what breaks a reader breaks that one, and is not opened here.

    Raises:
        UsageError: there is no such file, or it cannot be read as a form.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise UsageError("This file cannot be opened.") from None
    reading = reader.read(path, path.name, _ANY)
    if reading.kind == "unreadable":
        why = " ".join(problem.message for problem in reading.problems)
        raise UsageError(f"This file is no form that can be learnt from. {why}")
    document = Document(path.name, _ANY, content)
    blocks = blocks_of(document, libreoffice, Allowance(patient=True, models=models))
    if blocks is None:
        raise UsageError("This file is no form that can be learnt from. Take the form itself, not the message.")
    return LayoutForm(hashlib.sha256(content).hexdigest(), "this form", blocks), reading


def blocks_of(document: Document, libreoffice: LibreOffice, allowance: Allowance) -> list[Block] | None:
    """The blocks of a file; None where it cannot be read, or takes more time than is allowed."""
    kind = word_kind(document.content, document.media_type)
    try:
        if kind is None:
            return _blocks(document, allowance)
        with libreoffice.as_word(document.content, kind) as converted:
            return _blocks(Document(document.name, _ANY, converted.read_bytes()), allowance)
    except (UnreadableDocument, NeedsTime, NotConvertedError):
        return None


def _blocks(document: Document, allowance: Allowance) -> list[Block] | None:
    form = format_of(document, allowance)
    return None if form is None else list(form.blocks(document))


@dataclass(slots=True)
class StoredForms:
    """The referrals in the store, opened again one by one; `unopened` counts those that could not be."""

    store: Store
    originals: Originals
    libreoffice: LibreOffice
    unopened: int = 0

    def bearing(self, additions: Sequence[Addition], vocabulary: Vocabulary, but: str) -> Iterator[LayoutForm]:
        """The stored referrals that have one of these wordings; `but` is the sha256 of the form at hand."""
        for called, part, case in self._referrals():
            blocks = self._opened(part)
            if blocks is None:
                self.unopened += 1
            elif bears(page_in(blocks, vocabulary), additions, blocks):
                yield LayoutForm(part.sha256, "this form" if part.sha256 == but else called, blocks, case)

    def _referrals(self) -> list[tuple[str, Part, str | None]]:
        found: dict[str, tuple[str, Part, str | None]] = {}
        with self.store.reading() as connection:
            for delivery in every_delivery(connection):
                for part in parts_of(connection, delivery.id):
                    if part.reading is not None and part.reading.kind == "referral":
                        case = case_of_part(connection, part.sha256)
                        found.setdefault(part.sha256, (case or f"message {delivery.id}", part, case))
        return list(found.values())

    def _opened(self, part: Part) -> list[Block] | None:
        with contextlib.suppress(OSError):
            content = self.originals.path(part.sha256).read_bytes()
            document = Document("form", part.media_type, content)
            return blocks_of(document, self.libreoffice, Allowance(patient=False))
        return None
