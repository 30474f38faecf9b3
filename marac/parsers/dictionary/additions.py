"""The area's own wordings, in a file beside config.toml: the same tables as the program's, and what is not asked for."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marac.errors import SettingsError
from marac.parsers.dictionary.people_words import PERSONS
from marac.parsers.dictionary.wordings import plain
from marac.settings.complaints import lines_of

NOT_ASKED = "not_asked"
_TABLES = (
    ("people",),
    ("headings",),
    ("labels", "person"),
    ("labels", "form"),
    ("options",),
    ("words",),
    (NOT_ASKED,),
)
_ONE_SPACE = {("labels", "form"): "labels", ("labels", "person"): "labels", (NOT_ASKED,): "labels"}
"""Tables of which a wording may stand in one only."""
_LONGEST = 260
_LINE = re.compile(r"\(at line (\d+)")

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """One wording of the area's, with its table and what it means there: `("labels", "person")`, `gp`, `family doctor`."""

    table: Place
    key: str
    wording: str


def additions_in(path: Path, shipped: Mapping[str, Any]) -> tuple[Addition, ...]:
    """The wordings of a file; none where there is no file. All else as `additions_of`.

    Raises:
        SettingsError: with every mistake of the file, each with its line; or it cannot be read.
    """
    return additions_of(text_of(path), path.name, shipped)


def text_of(path: Path) -> str:
    """The text of a file of wordings; empty where there is none.

    Raises:
        SettingsError: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")  # Notepad writes a byte-order mark that tomllib refuses
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise SettingsError(f"{path.name} is not saved as UTF-8. Save it again as UTF-8.") from None
    except OSError:
        raise SettingsError(f"{path.name} cannot be read.") from None


def additions_of(text: str, file_name: str, shipped: Mapping[str, Any]) -> tuple[Addition, ...]:
    """The wordings of a text, none of which says otherwise than the program's own rows.

    Raises:
        SettingsError: with every mistake, each with its line.
    """
    data, lines = _parsed(text, file_name), lines_of(text)
    known = _shipped(shipped)
    mistakes: list[tuple[int, str]] = []
    found: list[Addition] = []
    for place, entries in _tables(data, lines, mistakes):
        for key, wordings in entries.items():
            line = lines.get((*place, key), lines.get(place, 0))
            wrong = _wrong_entry(place, key, wordings, shipped)
            if wrong:
                mistakes.append((line, wrong))
                continue
            for wording in wordings:
                each = Addition(place, key, wording)
                clash = clash_of(each, [*known, *found])
                if clash:
                    mistakes.append((line, clash))
                found.append(each)
    if mistakes:
        raise SettingsError(
            "\n".join(
                f"{file_name}: line {line}: {words}" if line else f"{file_name}: {words}"
                for line, words in sorted(mistakes)
            )
        )
    return tuple(found)


def joined_rows(shipped: Mapping[str, Any], additions: tuple[Addition, ...]) -> dict[str, Any]:
    """The program's rows with the area's wordings among them."""
    rows: dict[str, Any] = deepcopy(dict(shipped))
    for each in additions:
        table = rows
        for part in ("labels", "form") if each.table == (NOT_ASKED,) else each.table:
            table = table[part]
        table.setdefault("ignored" if each.table == (NOT_ASKED,) else each.key, []).append(each.wording)
    return rows


def clash_of(addition: Addition, others: list[Addition]) -> str | None:
    """Why a wording cannot be added beside others: it is there and means something else; None where it can."""
    space, words = _ONE_SPACE.get(addition.table, addition.table), plain(addition.wording)
    means = _means(addition)
    known = [
        each for each in others if _ONE_SPACE.get(each.table, each.table) == space and plain(each.wording) == words
    ]
    if not known or any(_means(each) == means for each in known):
        return None
    return (
        f"“{addition.wording}” already means {_means(known[0])}; it cannot mean {means} as well, because every form is "
        "read by the same words. Take it out of here"
    )


def field_exists(table: Place, key: str, shipped: Mapping[str, Any]) -> bool:
    """Whether a table of wordings has such a key: `gp` for any person, `victim.gp` for one."""
    if table == (NOT_ASKED,):
        return key == "labels"
    keys = shipped
    for part in table:
        keys = keys[part]
    if table != ("labels", "form"):
        return key in keys
    person, _, own = key.partition(".")
    return key in keys or (person in PERSONS and own in shipped["labels"]["person"])


def _parsed(text: str, file_name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f"line {line[1]}" if line else "its last line"
        raise SettingsError(
            f'{file_name}: {where} is not written as this file must be. A line is: name = ["words", "other words"]'
        ) from None


def _tables(
    data: Mapping[str, Any], lines: Mapping[tuple[str | int, ...], int], mistakes: list[tuple[int, str]]
) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """The tables of a file that it may have; what else stands there is a mistake."""
    found: dict[Place, Any] = {(name,): value for name, value in data.items() if name != "labels"}
    labels = data.get("labels", {})
    if isinstance(labels, Mapping):
        found |= {("labels", name): value for name, value in labels.items()}
    else:
        found[("labels",)] = labels
    for place, value in found.items():
        name = ".".join(place)
        if place not in _TABLES:
            known = ", ".join(f"[{'.'.join(each)}]" for each in _TABLES)
            mistakes.append((lines.get(place, 0), f"[{name}] is no table of wordings; there are {known}"))
        elif not isinstance(value, Mapping):
            mistakes.append((lines.get(place, 0), f"{name} must be a table: [{name}], and below it the wordings"))
        else:
            yield place, value


def _wrong_entry(place: Place, key: str, wordings: Any, shipped: Mapping[str, Any]) -> str | None:
    if not field_exists(place, key, shipped):
        return f"{key} is nothing that [{'.'.join(place)}] can mean. `marac layout learn` lists what there is"
    if not isinstance(wordings, list) or not all(isinstance(each, str) for each in wordings):
        return f'{key} must be a list of wordings in straight quotes: {key} = ["words", "other words"]'
    for each in wordings:
        if not any(letter.isalpha() for letter in plain(each)) or len(each) > _LONGEST:
            return f"{key} has a wording without words in it, or one that is too long for a label"
    return None


def _shipped(rows: Mapping[str, Any]) -> list[Addition]:
    found = []
    for place in _TABLES[:-1]:
        table: Any = rows
        for part in place:
            table = table[part]
        found += [Addition(place, key, wording) for key, wordings in table.items() for wording in wordings]
    return found


def _means(addition: Addition) -> str:
    """What a wording means, in one word whichever table it stands in."""
    return "nothing to read" if addition.table == (NOT_ASKED,) or addition.key == "ignored" else addition.key
