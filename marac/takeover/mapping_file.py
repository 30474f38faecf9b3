"""`import-OLD.toml`: how the columns of an old register are understood, for a person to correct."""

import json
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marac.errors import SettingsError
from marac.files import write_whole
from marac.parsers.dictionary.wordings import plain
from marac.takeover.register_words import STATES, OldState, outcome_in
from marac.takeover.shapes import ColumnInWords, is_short
from marac.takeover.understanding import listed_fields

_HEAD = """\
# How marac understands the columns of the old spreadsheet. Look at each line, put right what is wrong, and save this file.
#
# [columns]: the title of a column, and the field that it holds; "-" for a column that is not taken over. Where two sheets
# use one title for two things, the title begins with the sheet: "sheet 2: DOB".
# [outcomes]: the words of an outcome, and what they mean: {states}. With "deferred" and "open"
# the case becomes a draft, and a person says what becomes of it. "?" is an outcome that was not understood: a draft too.
#
# The fields:
{fields}

"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says: the field of each column by its title, and what outcomes mean by their plain words."""

    columns: Mapping[str, str] = field(default_factory=dict, repr=False)
    outcomes: Mapping[str, OldState] = field(default_factory=dict, repr=False)
    sha256: str = ""
    """The spreadsheet that it was written for."""


def read_mapping(path: Path) -> Said:
    """What stands in the file.

    Raises:
        SettingsError: it cannot be read, or says what makes no sense.
    """
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{path.name} cannot be read. Is the name right, and is it saved as UTF-8?") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f'{path.name}: {error}. Each line is "TITLE" = "field", both in straight quotes.') from None
    columns, outcomes = told.get("columns", {}), told.get("outcomes", {})
    for table in (columns, outcomes):
        if not isinstance(table, dict) or not all(isinstance(each, str) for each in table.values()):
            raise SettingsError(f'{path.name}: each line under [columns] and [outcomes] is "words" = "words".')
    wrong = [meaning for meaning in outcomes.values() if meaning not in {*STATES, "?"}]
    if wrong:
        raise SettingsError(f"{path.name}: {wrong[0]!r} is no outcome. It is one of these: {', '.join(STATES)}.")
    meanings = {plain(words): meaning for words, meaning in outcomes.items() if meaning != "?"}
    return Said(columns, meanings, str(told.get("spreadsheet", "")))


def write_mapping(
    path: Path,
    said: Said,
    columns: Sequence[ColumnInWords],
    outcomes: Collection[str],
    fields: Mapping[str, str],
) -> None:
    """Write the file anew.

    Args:
        path: where.
        said: what a person has said of outcomes, and the identity of the spreadsheet.
        columns: with what is told of each.
        outcomes: the words of the outcomes that the spreadsheet has.
        fields: the field of each column by its title, as `said_of` has it.

    Raises:
        StoreError: it cannot be written.
    """
    told = {(each.column.title, each.column.field): each for each in columns}
    head = _HEAD.format(
        states=", ".join(STATES), fields="\n".join(f"# {line}" for line in listed_fields().splitlines())
    )
    lines = [f"spreadsheet = {_quoted(said.sha256)}", "", "[columns]"]
    for title, meant in fields.items():
        each = told.get((title, meant)) or told.get((title.partition(": ")[2], meant))
        note = f"  # {_note(each)}" if each is not None else ""
        lines.append(f"{_quoted(title)} = {_quoted(meant)}{note}")
    lines += ["", "[outcomes]"]
    for words in sorted(each for each in outcomes if is_short(each)):
        means = said.outcomes.get(plain(words)) or outcome_in(words) or "?"
        lines.append(f"{_quoted(words)} = {_quoted(means)}")
    write_whole(path, (head + "\n".join(lines) + "\n").encode("utf-8"))


def _note(each: ColumnInWords) -> str:
    if each.column.sureness == "whose?":
        return f"{each.filled} cells; whose is it, the victim's or the perpetrator's?"
    if each.column.sureness == "unknown":
        return f"{each.filled} cells; not understood"
    return f"{each.read} of {each.filled} cells could be read" + (
        ", likely" if each.column.sureness == "likely" else ""
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
