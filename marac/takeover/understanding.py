"""How a whole old register is understood: the headings of each sheet, what its columns hold, and what a person said. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from marac.errors import UsageError
from marac.parsers.dictionary.vocabulary import Vocabulary
from marac.takeover.columns import KNOWN_FIELDS, Column
from marac.takeover.headings import Headings, headings_of
from marac.takeover.register_words import COUPLE, NOT_TAKEN
from marac.takeover.several import couple_in
from marac.takeover.sheets import OldFile, Row, Sheet

_MOST_ABOVE = 6  # filled rows above the headings of a register


@dataclass(frozen=True, slots=True)
class UnderstoodSheet:
    """A sheet and its headings; None where it has none that are a register's."""

    sheet: Sheet
    headings: Headings | None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the sheet; none where it has no headings."""
        return self.headings.columns if self.headings else ()

    @property
    def begins_as_a_register(self) -> bool:
        """Whether little stands above its headings: on a form, a list of people comes after much else."""
        above = [row for row in self.sheet.rows if self.headings and row.cells and row.number < self.headings.row]
        return self.headings is not None and len(above) <= _MOST_ABOVE

    @property
    def by_field(self) -> dict[str, list[Column]]:
        """The columns that are taken, by their field."""
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            if column.taken:
                found.setdefault(column.field, []).append(column)
        return found


def understood(file: OldFile, vocabulary: Vocabulary) -> tuple[UnderstoodSheet, ...]:
    """Each sheet as its titles, and what stands under them, let it be understood."""
    return tuple(_with_couples(UnderstoodSheet(sheet, headings_of(sheet, vocabulary))) for sheet in file.sheets)


def _with_couples(found: UnderstoodSheet) -> UnderstoodSheet:
    """The sheet, where one column of names holds both people of a case in most of its cells, with that column as such."""
    fields = found.by_field
    if "victim.name" not in fields or any(field.startswith("perpetrator.") for field in fields):
        return found
    column = fields["victim.name"][0]
    texts = [row.text(column.place) for row in _below(found) if column.place in row.cells]
    if sum(couple_in(text) is not None for text in texts) * 2 <= len(texts):
        return found
    return _changed(found, {column.place: replace(column, field=COUPLE, sureness="likely")})


def as_said(sheets: Sequence[UnderstoodSheet], said: Mapping[str, str]) -> tuple[UnderstoodSheet, ...]:
    """The sheets with their columns as a person says that they are.

    Args:
        sheets: as they were understood.
        said: a field, or `-`, by the title of a column, or by `sheet 2: TITLE` for one sheet alone.

    Raises:
        UsageError: there is no such column, or no such field.
    """
    for title, field in said.items():
        if not has_column(sheets, title):
            known = ", ".join(dict.fromkeys(column.title for sheet in sheets for column in sheet.columns))
            raise UsageError(f"The spreadsheet has no column “{title}”. Its columns: {known}.")
        if field != NOT_TAKEN and field not in KNOWN_FIELDS:
            raise UsageError(f"“{field}” (for “{title}”) is no field. The fields are:\n{listed_fields()}")
    return tuple(_sheet_as_said(sheet, said) for sheet in sheets)


def has_column(sheets: Sequence[UnderstoodSheet], title: str) -> bool:
    """Whether a column has this title, or a column of one sheet has it (`sheet 2: TITLE`)."""
    return any(title in _keys(sheet.sheet, column) for sheet in sheets for column in sheet.columns)


def _sheet_as_said(found: UnderstoodSheet, said: Mapping[str, str]) -> UnderstoodSheet:
    changed = {}
    for column in found.columns:
        field = next((said[key] for key in reversed(_keys(found.sheet, column)) if key in said), None)
        if field is not None:
            sureness = column.sureness if field == column.field else "said"
            changed[column.place] = replace(column, field=field, sureness="said" if field == NOT_TAKEN else sureness)
    return _changed(found, changed)


def _keys(sheet: Sheet, column: Column) -> tuple[str, str]:
    return column.title, f"sheet {sheet.number}: {column.title}"


def _changed(found: UnderstoodSheet, changed: Mapping[int, Column]) -> UnderstoodSheet:
    if found.headings is None or not changed:
        return found
    columns = tuple(changed.get(column.place, column) for column in found.columns)
    return replace(found, headings=replace(found.headings, columns=columns))


def said_of(sheets: Sequence[UnderstoodSheet]) -> dict[str, str]:
    """What each column is taken for, as `as_said` takes it: by title, or by sheet and title where sheets differ."""
    fields: dict[str, set[str]] = {}
    for sheet in sheets:
        for column in sheet.columns:
            fields.setdefault(column.title, set()).add(column.field)
    found = {}
    for sheet in sheets:
        for column in sheet.columns:
            key = _keys(sheet.sheet, column)[len(fields[column.title]) > 1]
            found[key] = column.field
    return found


def listed_fields() -> str:
    """Every field that a column can hold, a line each."""
    return "\n".join(f"  {path:34} {words}" for path, words in {**KNOWN_FIELDS, NOT_TAKEN: "not taken over"}.items())


def _below(found: UnderstoodSheet) -> list[Row]:
    return [row for row in found.sheet.rows if found.headings and row.number > found.headings.row]
