"""The dictionary in use: the wordings that come with the program, and beside them the area's own."""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from marac.parsers.dictionary.vocabulary import Vocabulary


def vocabulary_of(wordings: Path | None = None) -> Vocabulary:
    """The dictionary with the area's own wordings of this file; a file that is not there adds nothing.

    It is built once for each state of the file, so a long-lived process sees what a person adds.

    Raises:
        SettingsError: the file has a mistake, or says of a wording what the program knows otherwise.
    """
    if wordings is None or not wordings.is_file():
        return vocabulary()
    stat = wordings.stat()
    return _with_additions(wordings, stat.st_mtime_ns, stat.st_size)


@cache
def vocabulary() -> Vocabulary:
    """The dictionary that comes with the program."""
    return Vocabulary(shipped_rows())


@cache
def shipped_rows() -> Mapping[str, Any]:
    """The tables of `fields.toml`."""
    rows: Mapping[str, Any] = tomllib.loads(
        (files("marac") / "parsers" / "dictionary" / "fields.toml").read_text(encoding="utf-8")
    )
    return rows


@lru_cache(maxsize=2)
def _with_additions(path: Path, _changed: int, _size: int) -> Vocabulary:
    from marac.parsers.dictionary.additions import additions_in, joined_rows

    return Vocabulary(joined_rows(shipped_rows(), additions_in(path, shipped_rows())))
