"""`marac import`: the spreadsheet kept until now, looked at first, and taken over when a person confirms it."""

import getpass
import hashlib
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from marac.commands.takeover_words import tell_columns, tell_plan, tell_taken
from marac.commands.working import office_for, reader_for
from marac.credentials import SecretReference
from marac.errors import UsageError, WorkbookError
from marac.office import Office
from marac.parsers.dictionary.dictionary import vocabulary_of
from marac.register_workbook import write_workbook
from marac.takeover.already import known_rows
from marac.takeover.entering import take_over
from marac.takeover.mapping_file import Said, read_mapping, write_mapping
from marac.takeover.opening import NoSpreadsheetError, content_of, old_file, without_lock
from marac.takeover.plan import Plan, planned, without_known
from marac.takeover.shapes import columns_in_words, outcomes_in
from marac.takeover.understanding import UnderstoodSheet, as_said, has_column, said_of, understood
from marac.takeover.unread_file import write_unread

_FORM = "This looks like a referral form, not a register. To see what it says: marac parse FILE. To register it: put it into the inbox."
_NO_NAMES = (
    "No sheet has headings with a column for the victim's name, so nothing can be taken from it. The headings must stand "
    "above the cases, in one of the first rows of the sheet."
)
_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")


def take(arguments: Namespace) -> int:
    """Show what would become of the spreadsheet; with --confirm, take it over."""
    _check(arguments)
    with office_for(arguments, changes=arguments.confirm) as office:
        content = content_of(arguments.file)
        sheets = _sheets(office, arguments, content)
        mapping = office.settings_path.parent / f"import-{arguments.file.stem}.toml"
        said = _said(arguments, mapping, sheets)
        sha256 = hashlib.sha256(content).hexdigest()
        _tell_of_another_copy(said, sha256)
        sheets = as_said(sheets, {**said.columns, **_said_in_words(arguments.say)})
        if arguments.confirm:
            _check_every_column(sheets, said, arguments.columns.name)
        with office.store.reading() as connection:
            plan = without_known(planned(sheets, office.today, said.outcomes), known_rows(connection))
        if arguments.confirm:
            _take_over(office, arguments, content, plan)
        else:
            _look(office, arguments, sheets, plan, Said(said.columns, said.outcomes, sha256), mapping)
        listed = mapping.with_name(f"import-{arguments.file.stem} unreadable.csv")
        if plan.unread or plan.notes:
            write_unread(listed, (*plan.unread, *plan.notes))
            print(f"The rows that are not taken, each with the reason: {listed.name}")
    return 0


def _check(arguments: Namespace) -> None:
    if arguments.confirm and not arguments.columns:
        raise UsageError(
            "Look first, without --confirm; then give the columns that you checked: --columns import-….toml"
        )
    if arguments.confirm and not (arguments.by or "").strip():
        raise UsageError("--confirm needs --by NAME: who takes the spreadsheet over is kept with each case.")
    if arguments.confirm and arguments.say:
        raise UsageError("Say it while you look, without --confirm: it is written into the file of columns then.")


def _check_every_column(sheets: Sequence[UnderstoodSheet], said: Said, name: str) -> None:
    """Refuse a file of columns that leaves one out: nobody has looked at that one."""
    looked_at = {title.partition(": ")[2] if title.startswith("sheet ") else title for title in said.columns}
    missing = [column.title for sheet in sheets for column in sheet.columns if column.title not in looked_at]
    if missing:
        raise UsageError(
            f"{name} says nothing of the column “{missing[0]}”. Nothing was taken. Look again without "
            "--confirm and --columns: it is written down then, for you to check."
        )


def _sheets(office: Office, arguments: Namespace, content: bytes) -> tuple[UnderstoodSheet, ...]:
    """The sheets of the spreadsheet as they can be understood.

    Raises:
        WorkbookError: there are no cases on them.
    """
    limits = office.settings.reading
    opened = without_lock(content, lambda: _password(arguments))
    try:
        file = old_file(opened, limits.deadline_seconds, limits.memory_megabytes)
    except NoSpreadsheetError:
        if opened is content and _is_form(office, arguments.file):
            raise WorkbookError(_FORM) from None
        raise
    sheets = understood(file, vocabulary_of(limits.wordings))
    naming = [sheet for sheet in sheets if sheet.headings is not None and sheet.headings.names_victims]
    if any(sheet.begins_as_a_register for sheet in naming):
        return sheets
    if opened is content and _is_form(office, arguments.file):
        raise WorkbookError(_FORM)
    if naming or any(column.sureness == "whose?" for sheet in sheets for column in sheet.columns) or arguments.say:
        return sheets
    raise WorkbookError(_NO_NAMES)


def _is_form(office: Office, path: Path) -> bool:
    with reader_for(office) as reader:
        return any(reading.kind == "referral" for reading in reader.readings(path, "", "application/octet-stream"))


def _password(arguments: Namespace) -> str:
    """The password of a locked spreadsheet: from the environment, or as somebody types it unseen."""
    if arguments.password_env:
        return SecretReference(env=arguments.password_env).resolve().reveal()
    if not sys.stdin.isatty():
        raise WorkbookError(
            "The spreadsheet is locked with a password. Run this in a terminal, where you are asked for it, or name the "
            "environment variable that holds it: --password-env NAME."
        )
    return getpass.getpass("The password of the spreadsheet (nobody sees it): ")


def _said(arguments: Namespace, mapping: Path, sheets: Sequence[UnderstoodSheet]) -> Said:
    """What stands in the file of columns; of one that is there from an earlier look, what this spreadsheet has."""
    if arguments.columns:
        return read_mapping(arguments.columns)
    if not mapping.is_file():
        return Said()
    said = read_mapping(mapping)
    return Said({title: field for title, field in said.columns.items() if has_column(sheets, title)}, said.outcomes)


def _said_in_words(words: Sequence[str]) -> dict[str, str]:
    said = {}
    for each in words:
        title, mark, field = each.rpartition("=")
        if not mark or not title.strip():
            raise UsageError('Write --say "TITLE=field", such as --say "Vic=victim.name"; - for a column not to take.')
        said[" ".join(title.split())] = field.strip()
    return said


def _tell_of_another_copy(said: Said, sha256: str) -> None:
    if said.sha256 and said.sha256 != sha256:
        print("! The columns were written down for another copy of this spreadsheet. They are matched by their titles.")


def _look(
    office: Office,
    arguments: Namespace,
    sheets: tuple[UnderstoodSheet, ...],
    plan: Plan,
    said: Said,
    mapping: Path,
) -> None:
    """Show what would be done, and write the columns down for a person to correct."""
    columns = columns_in_words(sheets, office.today)
    outcomes = outcomes_in(sheets, office.today)
    tell_columns(sheets, columns, outcomes, said.outcomes)
    tell_plan(plan)
    fields = said_of(sheets)
    written_down: Path = arguments.columns or mapping
    if not written_down.is_file() or (fields != said.columns and (arguments.say or arguments.columns is None)):
        write_mapping(written_down, said, columns, outcomes, fields)
    print(
        f"\nNothing is taken yet. The columns are written down in {written_down.name}: look at them, and correct that file."
    )
    spreadsheet, named = _as_typed(arguments.file), _as_typed(Path(arguments.columns or mapping.name))
    print(f"Then: marac import {spreadsheet} --columns {named} --confirm --by NAME")


def _as_typed(path: Path) -> str:
    """A file as a person types it: in quotes that every shell knows, where there is a space in its name."""
    return f'"{path}"' if " " in str(path) else str(path)


def _take_over(office: Office, arguments: Namespace, content: bytes, plan: Plan) -> None:
    suffix = arguments.file.suffix.lower()
    sha256 = office.originals.keep(content, suffix if suffix in _SUFFIXES else None)
    tell_plan(plan, taken=True)
    if not plan.cases:
        print("\nThere is nothing new in this spreadsheet. Nothing was changed.")
        return
    with office.store.changing() as connection:
        plan = without_known(plan, known_rows(connection))  # somebody may have taken it over in the meantime
        taken = take_over(connection, office, plan, arguments.by.strip(), sha256)
    tell_taken(taken, plan)
    if message := write_workbook(office).message:
        print(f"! {message}")
