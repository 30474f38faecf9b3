"""Labels and words for people known by the shape of all their words, where no wording of the dictionary fits. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from marac.parsers.dictionary.wordings import Meaning, TableMaker, plain_table

_MOST_WORDS = 16
_MOST_REMEMBERED = 2_000


class Shapes:
    """The shapes of labels, from the table `shapes` of the dictionary. The first that covers all words counts."""

    def __init__(
        self, rows: Mapping[str, Any], meaning: Mapping[str, Meaning], table: TableMaker = plain_table
    ) -> None:
        """`meaning` has what each field's path means."""
        parts: dict[str, str] = {}
        for name, pattern in rows["parts"].items():
            parts[name] = _filled(pattern, parts)
        self._meanings = table("shapes", {row["means"]: meaning[row["means"]] for row in rows["rows"]})
        self._paths = [row["means"] for row in rows["rows"]]
        self._any = _one_of([_filled(row["words"], parts) for row in rows["rows"]])
        padding = "|".join(re.escape(each) for each in sorted(rows["padding"], key=len, reverse=True))
        self._padding = re.compile(rf"(?<!\S)(?:{padding})(?!\S)\s*")
        self._known: dict[str, Meaning | None] = {}

    def meaning(self, words: str) -> Meaning | None:
        """What a label of these plain words asks for, whole or less its padding; None where no shape covers it."""
        if not words or words.count(" ") >= _MOST_WORDS:
            return None
        if words not in self._known:
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
            self._known[words] = self._covering(words)
        return self._known[words]

    def _covering(self, words: str) -> Meaning | None:
        found = self._any.fullmatch(words)
        if found is None:
            less = self._padding.sub("", words).strip()
            found = self._any.fullmatch(less) if less and less != words else None
        return self._meanings[self._paths[(found.lastindex or 1) - 1]] if found else None


class PeopleShapes:
    """The shapes of words for people, from the table `people_shapes` of the dictionary."""

    def __init__(self, rows: Mapping[str, str], table: TableMaker = plain_table) -> None:
        self._people = list(rows)
        self._named = table("people_shapes", {person: person for person in rows})
        self._any = _one_of([f"(?:{shape})s?" for shape in rows.values()])

    def person(self, words: str) -> str | None:
        """Which person these plain words are for, one or several of a kind."""
        found = self._any.fullmatch(words)
        return self._named[self._people[(found.lastindex or 1) - 1]] if found else None


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """The pattern with the words of each part in the place of its name."""
    return re.sub(r"\{([a-z]+)\}", lambda found: parts[found[1]], pattern)


def _one_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern with a group for each; none of them has a group of its own. It matches nothing where there is none."""
    return re.compile("|".join(f"({pattern})" for pattern in patterns) or r"(?!)")


def paths_of(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The fields that the rows of shapes mean."""
    return [row["means"] for row in rows]
