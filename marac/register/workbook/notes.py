"""What the cells of a case say about themselves: where on the form, in which words, and how sure the reader is."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from marac.case import LIVE, Case
from marac.referral import Evidence
from marac.register.workbook.sheet import Note, Value
from marac.register.workbook.text import looks_like_a_formula

_SURE = 0.8
"""Below this confidence a value is coloured: a person should compare it with the form."""

_QUOTED = 300
"""Characters of the form's words that a note quotes."""

_ODD_NAME = "A name does not begin like this. It is shown as it was written; please look at the form."


@dataclass(frozen=True, slots=True)
class NotedColumns:
    """The columns that show leaves of the referral record, by their place on the sheet."""

    places: Mapping[str, int]
    """`victim.phone` or `perpetrators.*.name` to the column's place."""
    keys: frozenset[int]
    """Columns whose evidence is noted on every live case, however sure the reader is."""
    names: frozenset[int]

    def notes(self, case: Case, row: tuple[Value, ...]) -> Iterator[tuple[int, Note]]:
        """The notes on the cells of a case's row, each with the place of its column.

        Only a live case is coloured: what was heard needs no second look.
        """
        said: defaultdict[int, list[str]] = defaultdict(list)
        doubtful: set[int] = set()
        for place, words, doubt in self._remarks(case, row):
            said[place].append(words)
            if doubt:
                doubtful.add(place)
        live = case.state in LIVE
        for place, lines in said.items():
            yield place, Note("\n".join(lines), live and place in doubtful)

    def _remarks(self, case: Case, row: tuple[Value, ...]) -> Iterator[tuple[int, str, bool]]:
        live = case.state in LIVE
        for problem in case.reading.problems:
            place = self._place(problem.path)
            if place is not None:
                yield place, problem.message, True
        for path, evidence in case.reading.evidence.items():
            unsure = evidence.confidence < _SURE
            place = self.places.get(_pattern(path))
            if place is not None and (unsure or (live and place in self.keys)):
                yield place, _words(evidence), unsure
        for place in self.names:
            value = row[place]
            if isinstance(value, str) and any(map(looks_like_a_formula, value.split("\n"))):
                yield place, _ODD_NAME, True

    def _place(self, path: str) -> int | None:
        """The column of a leaf, or the first column of a branch: `perpetrators` is said on their names."""
        pattern = _pattern(path)
        if pattern in self.places:
            return self.places[pattern]
        return next((place for leaf, place in self.places.items() if leaf.startswith(f"{pattern}.")), None)


@cache
def _pattern(path: str) -> str:
    """`perpetrators.0.name` as the column's `perpetrators.*.name`."""
    return re.sub(r"\.\d+(?=\.|$)", ".*", path)


def _words(evidence: Evidence) -> str:
    quoted = evidence.text if len(evidence.text) <= _QUOTED else f"{evidence.text[:_QUOTED]} [...]"
    return f"Form: {evidence.where}; sure {evidence.confidence:.2f}.\nWords: \N{LEFT DOUBLE QUOTATION MARK}{quoted}\N{RIGHT DOUBLE QUOTATION MARK}"
