"""Writes wordings into the text of the area's own file, beside what stands there and its comments. Pure."""

from collections.abc import Sequence
from typing import Any

import tomlkit
from tomlkit.items import Array, Table

from marac.parsers.dictionary.additions import Addition

_HEAD = """\
# The wordings of this area's own forms, beside those that marac knows. `marac layout learn FORM` writes them here;
# they can also be typed, or taken out. Labels only: nothing that somebody wrote into a form belongs here.
# marac checks this file before it reads anything, and names the line of every mistake.

"""


def with_additions(text: str, additions: Sequence[Addition], note: str) -> str:
    """The text with these wordings added, each with a comment that says where it comes from."""
    document = tomlkit.parse(text or _HEAD)
    for each in additions:
        table: Any = document
        for name in each.table:
            if name not in table:
                table[name] = tomlkit.table(is_super_table=name == "labels")
            inner = table[name]
            assert isinstance(inner, Table)  # noqa: S101 - the file was checked before
            table = inner
        if each.key not in table:
            table[each.key] = tomlkit.array()
        wordings = table[each.key]
        assert isinstance(wordings, Array)  # noqa: S101 - the file was checked before
        wordings.add_line(each.wording, comment=note)
        wordings.multiline(multiline=True)
    return tomlkit.dumps(document)
