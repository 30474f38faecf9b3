"""Lists in tables: a row of labels over rows of words, each row a child, a perpetrator, or the victim. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marac.parsers.dictionary.wordings import Meaning
from marac.parsers.filling.values import is_unknown
from marac.parsers.layout.columns import are_people
from marac.parsers.layout.page import PEOPLE, Page, Scope
from marac.parsers.layout.squares import LabelLook, Row, Square, columns_of, leads

_CHILD_KEYS = frozenset(
    (
        "school",
        "living_with",
        "present",
        "relationship_to_victim",
        "relationship_to_perpetrator",
        "relationship_to_both",
    )
)
_ONLY_CHILDS = frozenset(("school", "relationship_to_perpetrator", "relationship_to_both"))
"""What no list of adults asks."""
_LISTED = frozenset(("child", "other"))
_ROW_DIGITS = 3  # of the number of a row; more are a telephone number
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list that begins at one row of a table."""

    page: Page
    header: Row
    scope: Scope
    look: LabelLook
    where: str

    def read(self, rows: Mapping[int, Row], below: Sequence[int]) -> set[int]:
        """Adds the people of the list to the page; the numbers of the rows that were read."""
        section = self._section()
        scope = self.scope if section == self.page.scope.section else self.page.begun(section, firm=False)
        done: set[int] = set()
        last = self.header
        for number in below:
            values = rows[number]
            if number > _end(last) or not self._is_record(values):
                break
            last = values
            done.add(number)
            if any(not is_unknown(square.writing.words) or square.writing.boxed for square in values):
                self._read_record(values, self._whose(values, section, scope))
                scope = self.page.begun(section, firm=False)
        named = self._names_rows and any(rows[number][0].section in PEOPLE for number in done)
        if named or (section in PEOPLE and section != self.page.scope.section):
            self.page.scope = self.page.begun(None)
        return done

    def _whose(self, values: Row, section: str | None, scope: Scope) -> Scope:
        """Whom a row speaks of: the person named at its left, else another of the list's own."""
        if self._names_rows and values[0].role == "heading" and values[0].section in PEOPLE:
            return self.page.begun(values[0].section)
        return self.page.begun(section, firm=False) if section == "child" else scope

    @property
    def _names_rows(self) -> bool:
        """Whether the first column may say whom each row speaks of."""
        return self.header[0].role in ("blank", "prompt", "text") or self._key(self.header[0], None) == "role"

    def _section(self) -> str | None:
        """Which kind of person the list is of."""
        headings = [
            square.section
            for square in self.header
            if square.role == "heading"
            and square.section in PEOPLE
            and (square is self.header[0] or square.section != "other")
        ]
        if headings:
            return headings[0]
        labels = [square for square in self.header if square.role == "label"]
        keys = {self._key(square, "child") for square in labels}
        named = {square.meaning.person for square in labels if square.meaning.person in PEOPLE}
        if len(named) == 1 and named <= _LISTED and named != {self.scope.section}:
            return named.pop()
        if self.scope.section == "perpetrator" and keys & _ONLY_CHILDS:
            return "child"
        if self.scope.section in PEOPLE and (self.scope.section != "victim" or not keys & _CHILD_KEYS):
            return self.scope.section
        if "school" in keys or len(keys & _CHILD_KEYS) >= 2:
            return "child"
        return named.pop() if len(named) == 1 else self.scope.section

    def _key(self, square: Square, section: str | None) -> str | None:
        if square.role == "heading" and square.section == section:
            return "name"
        if square.role == "text" and not square.found:
            meaning = self.page.vocabulary.alike(square.writing.words)
            if section == "child" and meaning is not None and meaning.key == "relationship":
                return self.page.vocabulary.child_key(square.writing.words)
            return meaning.key if meaning else None
        if square.role not in ("label", "heading") or not square.found:
            return None
        if section == "child":
            return self.page.vocabulary.child_key(square.found[0].label) or square.meaning.key
        return square.meaning.key

    def _read_record(self, values: Row, scope: Scope) -> None:
        for square in values:
            title = next((each for each in self.header if square.cell.column in columns_of(each.cell)), None)
            key = None if title is None else self._key(title, scope.section)
            if key is None or title is None:
                label = title.writing.words if title else ""
                number = square.writing.words.strip(" .)")
                if square is values[0] and number.isdigit() and len(number) <= _ROW_DIGITS:
                    continue  # the rows are numbered
                if square.role != "heading" and (title is None or title.role != "heading"):
                    self.page.leave(label, square.writing, f"{self.where}, row {square.cell.row + 1}", scope)
                continue
            told = title.found and (title.role == "label" or title.meaning.person == "")
            person = title.meaning.person if told else None
            if person in PEOPLE and scope.section in PEOPLE:
                person = scope.section
            where = f"{self.where}, row {square.cell.row + 1}"
            self.page.answer(Meaning(key, person), title.writing.words, square.writing, where, scope, square.cell)

    def _is_record(self, values: Row) -> bool:
        """Whether a row below the labels of a list holds words for them, and not more labels or another heading."""
        if len(values) == 1 < len(self.header):
            return False
        filled = [square for square in values if square.role != "blank"]
        if len(filled) == 1 and filled[0].role == "heading":
            return False
        titles = [square for square in filled if square.role == "label" and square.found[0].exact]
        if len(titles) > 1 and len(titles) * 3 >= len(filled) * 2:
            return False
        labels = [
            square
            for square in values
            if square.role in ("label", "pairs") and leads(square) and self.look.marks(square)
        ]
        return len(labels) * 3 <= len(values) and not (labels and values[0] is labels[0])


def _end(row: Row) -> int:
    """The number of the row after this one, merged cells counted."""
    return row[0].cell.row + max(square.cell.rows for square in row)


def is_header(row: Row, below: Row, look: LabelLook) -> bool:
    """Whether a row is the labels of a list: all labels, with words in the same columns below."""
    full = [square for square in row if square.role != "blank"]
    known = [square for square in full if square.role == "label" or (square.role == "heading" and look.fits(square))]
    known = [square for square in known if not square.found or square.meaning.key != "ignored"]
    if len(full) < 2 or are_people(below):
        return False
    if len(known) < max(2, (len(full) + 1) // 2):
        return _are_shown(full, below) and _is_aligned(row, below)
    return (
        _are_titles(full, known)
        and _is_aligned(row, below)
        and not any(_begins_label(square) and look.marks(square) for square in below)
        and not (_begins_label(below[0]) and below[0].meaning.person == "")
    )


def _are_shown(full: Row, below: Row) -> bool:
    """Whether a row is titles by its look alone, whatever the dictionary has: all labels above, and only words below."""
    titles = all(square.role in ("label", "prompt") and not square.writing.boxed for square in full)
    return titles and all(square.role in ("text", "blank") for square in below) and below[0].role == "text"


def _begins_label(square: Square) -> bool:
    """Whether a cell begins with a label, be it one that heads a part of the form too (`Reason for referral`)."""
    return square.role in ("label", "pairs", "heading") and bool(square.found) and leads(square)


def _are_titles(full: Row, known: Row) -> bool:
    """Whether every cell may head a column; where most are known, the others may be words that the dictionary lacks."""
    rest = [square for square in full[1:] if square not in known and square.role != "prompt"]
    if rest and not (len(known) * 3 >= len(full) * 2 and all(_may_head(square) for square in rest)):
        return False
    first = full[0]
    if first in known or first.role == "prompt":
        return len(first.writing.words) <= _LONGEST_TITLE or first in known
    return first.role == "text" and len(first.writing.words) <= _LONGEST_TITLE and len(known) >= 3


def _may_head(square: Square) -> bool:
    """Whether a cell may head a column; one that names somebody without a place in the record (`Social worker`) may."""
    short = len(square.writing.words) <= _LONGEST_TITLE and not square.writing.boxed
    return short and (square.role in ("text", "label") or (square.role == "heading" and square.section == "other"))


def _is_aligned(row: Row, below: Row) -> bool:
    """Whether most cells of a row have a cell of the same columns below them."""
    spreads = {columns_of(square.cell) for square in below}
    return sum(columns_of(square.cell) in spreads for square in row) * 10 >= len(row) * 6
