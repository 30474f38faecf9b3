"""The register's workbook brought up to date: what a person did to it is read back first, then it is written anew."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from marac.files import write_whole
from marac.office import Office
from marac.papers.templates import refused_templates
from marac.read_back import ReadBack, read_back
from marac.register.face import add_generation, newest_generations, register_contents
from marac.register.workbook.contents import Generation
from marac.register.workbook.pending import kept_copies
from marac.register.workbook.place import WorkbookOutcome, written
from marac.register.workbook.sheet import Sheet
from marac.register.workbook.shown import keep_shown, note_in_place


def write_workbook(office: Office, found: ReadBack | None = None) -> WorkbookOutcome:
    """Bring the register's workbook up to date; what a person did to it is read back first, or was just now (`found`)."""

    def remember(generation: Generation, sheets: Sequence[Sheet]) -> None:
        with office.store.changing() as connection:
            keep_shown(connection, add_generation(connection, generation), sheets)

    settings = office.settings
    found = read_back(office) if found is None else found
    with office.store.reading() as connection:
        contents = register_contents(connection, settings, settings.folders.store / "originals", office.moment)
        contents = replace(contents, templates=tuple(each.told for each in refused_templates(office)))
        ours = newest_generations(connection)
    local = office.now().astimezone().replace(tzinfo=None)
    password = settings.workbook.password.resolve().reveal() if settings.workbook.password else None
    place = settings.folders.register_workbook
    outcome = written(place, contents, ours, local, remember, found.read, password)
    new = set(kept_copies(place)) - set(contents.kept)
    if new:  # what waits there for a person stands on the first sheet
        for name in new:
            _note_what_was_not_taken(place.with_name(name), found)
        contents = replace(contents, kept=kept_copies(place))
        again = written(place, contents, (*ours, outcome.generation), local, remember, found.read, password)
        outcome = replace(again, message=outcome.message, kept_aside=outcome.kept_aside)
    if outcome.state == "written":
        with office.store.changing() as connection:
            note_in_place(connection, outcome.generation.id)
    return replace(outcome, message="\n".join(filter(None, (*found.words, outcome.message))))


def _note_what_was_not_taken(copy: Path, found: ReadBack) -> None:
    """Write what was said beside the copy that it was said of: on the screen it is gone with the next command."""
    if found.reported:
        lines = ("What was typed into the workbook and could not be taken:", "", *found.reported, "")
        write_whole(copy.with_suffix(".txt"), "\r\n".join(lines).encode("utf-8-sig"))
