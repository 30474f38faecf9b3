"""The mistakes of a settings file in words: where each stands, what is wrong, and what was probably meant."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

Place = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*("[^"]+"|'[^']+'|[A-Za-z0-9_-]+)\s*(?:\.\s*[A-Za-z0-9_-]+\s*)*=""")

_WORDS = {
    "missing": "is missing",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "string_type": "must be text in straight quotes",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "is not an e-mail address",
    "path_type": "must be a path in single quotes",
    "date_type": "must be a date such as 2026-12-03, without quotes",
    "date_parsing": "must be a date such as 2026-12-03, without quotes",
    "date_from_datetime_parsing": "must be a date such as 2026-12-03, without quotes",
    "date_from_datetime_inexact": "must be a date without a time",
    "model_type": "must be a table",
    "model_attributes_type": "must be a table",
    "dict_type": "must be a table",
    "mapping_type": "must be a table",
    "tuple_type": "must be a list in square brackets, or tables each under a heading in double brackets",
}


def complaints(file_name: str, text: str, error: ValidationError, shape: type[BaseModel]) -> list[str]:
    """One sentence a mistake, in the order of the file: `config.toml: line 5: …`."""
    lines = lines_of(text)
    found = [
        _complaint(dict(mistake), lines, shape) for mistake in error.errors(include_input=False, include_url=False)
    ]
    return [f"{file_name}: line {line}: {words}" if line else f"{file_name}: {words}" for line, words in sorted(found)]


def lines_of(text: str) -> dict[Place, int]:
    """The line (from 1) on which each key and table of a TOML text stands, as far as a plain look can tell."""
    lines: dict[Place, int] = {}
    table: Place = ()
    counts: dict[Place, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            name = tuple(part.strip().strip("\"'") for part in header[2].split("."))
            if header[1] == "[[":
                counts[name] = counts.get(name, -1) + 1
                table = (*name, counts[name])
            else:
                table = name
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault((*table, key[1].strip("\"'")), number)
    return lines


def _complaint(mistake: Mapping[str, Any], lines: Mapping[Place, int], shape: type[BaseModel]) -> tuple[int, str]:
    kinds = {
        "folder",
        "imap",
        "pop3",
        "ews",
        "graph",
        "smtp",
        "mailbox",
    }  # pydantic names the member of a union in the place; the file does not
    place: Place = tuple(part for index, part in enumerate(mistake["loc"]) if not (index == 1 and part in kinds))
    name = ".".join(str(part) for part in place if not isinstance(part, int)) or "the file"
    line = next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), 0)
    return line, f"{name} {_words(mistake, shape)}"


def _words(mistake: Mapping[str, Any], shape: type[BaseModel]) -> str:
    kind, context = mistake["type"], mistake.get("ctx", {})
    if kind == "extra_forbidden":
        meant = difflib.get_close_matches(str(mistake["loc"][-1]), list(_names_beside(mistake["loc"], shape)), n=1)
        return "is not a setting" + (f"; did you mean '{meant[0]}'?" if meant else "")
    if kind in {"literal_error", "union_tag_invalid"}:
        whose = "" if "expected" in context else "kind "
        return f"{whose}must be one of {context.get('expected', context.get('expected_tags'))}"
    if kind == "union_tag_not_found":
        return 'must have a kind, such as kind = "folder"'
    if kind in {"greater_than_equal", "less_than_equal", "greater_than", "less_than"}:
        return f"must be {_bound(kind)} {next(iter(context.values()))}"
    if kind == "value_error":
        return str(context["error"])
    return _WORDS.get(kind, "is not valid")


def _bound(kind: str) -> str:
    return {
        "greater_than_equal": "at least",
        "less_than_equal": "at most",
        "greater_than": "more than",
        "less_than": "less than",
    }[kind]


def _names_beside(place: Sequence[str | int], shape: type[BaseModel]) -> Iterator[str]:
    """The keys that the table at this place knows."""
    root = shape.model_fields.get("root")
    tables: list[type[BaseModel]] = list(_tables_in(root.annotation)) if root else [shape]
    for part in place[:-1]:
        inner = [
            table.model_fields[key].annotation
            for table in tables
            for key in _keys(table)
            if part in {key, _keys(table)[key]}
        ]
        tables = [table for annotation in inner for table in _tables_in(annotation)] or tables
    for table in tables:
        yield from _keys(table).values()


def _keys(table: type[BaseModel]) -> dict[str, str]:
    return {name: field.alias or name for name, field in table.model_fields.items() if not field.exclude}


def _tables_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _tables_in(argument)
