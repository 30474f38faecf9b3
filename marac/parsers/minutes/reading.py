"""A minutes file read: its blocks sorted into who was there, earlier actions and a section for each case.

What belongs to a case is believed only where the headings around it agree: a heading that was changed or a section that
was copied must never carry one case's actions to another.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from marac.document import Document
from marac.meetings.minutes_mark import marks_in
from marac.parsers.blocks import Block, Line, Table, UnreadableDocument
from marac.parsers.minutes import tables
from marac.parsers.minutes.entries import rows_of
from marac.parsers.minutes.said import Agreed, Attended, Fault, MinutesFile, Noted, Section, Told, Watched

T = TypeVar("T")

_HEADING = re.compile(r"case\s+(M\d\d-\d{4,})\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"\d+\.\s")
_NO_WORD = (
    "This is no Word file (.docx), so nothing was read. Minutes are read from the Word file that was filled in, not from a "
    "PDF, a scan or a picture of it: ask whoever wrote them for the Word file."
)
_STRANGER = "a table that marac did not print, or whose head is gone, was not read: “{words}”"
_SHOWN = 60


def minutes_in(document: Document) -> MinutesFile:
    """What a filled-in minutes file says.

    Raises:
        UnreadableDocument: it is no Word file, or a damaged or locked one.
    """
    from marac.parsers.word.word import Word

    word = Word()
    if not document.content.startswith(b"PK") or not word.recognises(document):
        raise UnreadableDocument(_NO_WORD)
    try:
        return minutes_of(list(word.blocks(document)))
    except (MemoryError, RecursionError):
        raise UnreadableDocument("The file is built in a way no minutes are, so it was not read to its end.") from None


def minutes_of(blocks: Sequence[Block]) -> MinutesFile:
    """What these blocks say, where they are those of minutes."""
    sorting = _Sorting()
    for block in _whole(blocks):
        if isinstance(block, Line):
            sorting.add_line(block)
        else:
            sorting.add_table(block)
    texts = [block.text if isinstance(block, Line) else _text(block) for block in blocks]
    return sorting.sorted(marks_in("\n".join(texts)))


@dataclass(slots=True)
class _Sorting:
    """The blocks of a file on their way to where they belong."""

    attended: list[Attended] = field(default_factory=list)
    watched: list[Watched] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    noted: list[tuple[str, Noted]] = field(default_factory=list)
    agreed: list[tuple[str, tuple[Agreed, ...]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    other_business: str = ""
    _people: list[str] = field(default_factory=list)
    _current: str | None = None
    """Whose section this is, as the headings agree."""
    _heading: str | None = None
    _in_cases: bool = False

    def add_line(self, line: Line) -> None:
        """Note a paragraph: a heading begins or ends a section; other words in a section stand where none belong."""
        words = " ".join(line.text.split())
        if line.unread:
            self.faults.append(Fault(line.where or "the file", line.unread.rstrip(".")))
        if not words or line.where.startswith("page "):
            return
        if found := _HEADING.fullmatch(words):
            self._heading, self._current, self._in_cases = found[1].upper(), None, True
        elif line.heading and _NUMBERED.match(words):
            self._heading, self._current, self._in_cases = None, None, False
        elif self._in_cases:
            self.faults.append(Fault(self._current or "between the cases", _outside(words)))

    def add_table(self, table: Table) -> None:
        """Note a table."""
        rows = rows_of(table)
        kind, reference = tables.kind_of(rows) or (None, "")
        if kind is None or "inner table" in table.where:
            self._add_stranger(table)
        elif changed := tables.changed_heads(rows, kind):
            self.faults.append(Fault(reference or kind, changed))
        elif kind == "people":
            agree = self._heading in {None, reference}
            self._current, self._in_cases = reference if agree else None, True
            self._people.append(reference)
        elif kind in {"noted", "actions"}:
            self._add_part(rows, kind, reference)
        else:
            self._add_general(rows, kind)

    def sorted(self, marks: tuple[tuple[str, dt.date], ...]) -> MinutesFile:
        """The whole file."""
        self.faults += _repeated(self.noted, "of what the meeting noted") + _repeated(self.agreed, "of actions")
        noted, agreed = _once(self.noted), _once(self.agreed)
        references = dict.fromkeys([*self._people, *(each for each, _ in (*self.noted, *self.agreed))])
        return MinutesFile(
            marks,
            tuple(self.attended),
            tuple(self.watched),
            tuple(self.told),
            tuple(Section(each, noted.get(each), agreed.get(each)) for each in references),
            self.other_business,
            tuple(self.faults),
        )

    def _add_part(self, rows: tables.Rows, kind: tables.TableKind, reference: str) -> None:
        if reference != self._current:
            beside = f"in the section of {self._current}" if self._current else "in no section of that case"
            words = f"a table headed {reference} stands {beside}, so nothing was taken from it"
            self.faults.append(Fault(reference, words))
        elif kind == "noted":
            noted, faults = tables.noted(rows, reference)
            self.noted.append((reference, noted))
            self.faults += faults
        else:
            agreed, faults = tables.agreed(rows, reference)
            self.agreed.append((reference, agreed))
            self.faults += faults

    def _add_general(self, rows: tables.Rows, kind: tables.TableKind) -> None:
        if kind == "attendance":
            self._sort(tables.attended(rows))
        elif kind == "observers":
            self._sort(tables.watched(rows))
        elif kind == "earlier actions":
            self._sort(tables.told(rows))
        elif kind == "other business":
            self.other_business = "\n".join(entry.text for row in rows[1:] for entry in row if entry.text)

    def _sort(self, found: Iterable[Attended | Watched | Told | Fault]) -> None:
        for each in found:
            if isinstance(each, Attended):
                self.attended.append(each)
            elif isinstance(each, Watched):
                self.watched.append(each)
            elif isinstance(each, Told):
                self.told.append(each)
            else:
                self.faults.append(each)

    def _add_stranger(self, table: Table) -> None:
        if words := " ".join(_text(table).split()):
            self.faults.append(Fault(self._current or table.where, _STRANGER.format(words=_short(words))))


def _whole(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, the pieces of a table that others stand inside of put together again."""
    found: list[Block] = []
    places: dict[str, int] = {}
    for block in blocks:
        outermost = isinstance(block, Table) and block.where.startswith("table") and "inner" not in block.where
        earlier = found[places[block.where]] if outermost and block.where in places else None
        if isinstance(earlier, Table) and isinstance(block, Table):
            found[places[block.where]] = Table((*earlier.cells, *block.cells), earlier.where)
            continue
        if outermost:
            places[block.where] = len(found)
        found.append(block)
    return found


def _repeated(parts: Sequence[tuple[str, object]], what: str) -> list[Fault]:
    words = "the table {what} stands there {count} times for this case, so nothing was taken from any of them"
    counts = Counter(reference for reference, _ in parts)
    return [Fault(each, words.format(what=what, count=count)) for each, count in counts.items() if count > 1]


def _once(parts: Sequence[tuple[str, T]]) -> dict[str, T]:
    """Those that stand there once, by the case."""
    counts = Counter(reference for reference, _ in parts)
    return {reference: part for reference, part in parts if counts[reference] == 1}


def _text(table: Table) -> str:
    return "\n".join(cell.text for cell in table.cells)


def _outside(words: str) -> str:
    return f"words outside the tables were not read: “{_short(words)}”"


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
