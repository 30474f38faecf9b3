"""The values of one row on their way into a record: leaves by path, their evidence, and the doubts about them. Pure."""

from collections.abc import Mapping
from typing import Any

from marac.referral import (
    Child,
    Consent,
    Criteria,
    Evidence,
    Perpetrator,
    Police,
    Problem,
    ProblemCode,
    Referral,
    Referrer,
    Safety,
    Victim,
)
from marac.takeover.cells import Found
from marac.takeover.columns import Column
from marac.takeover.sheets import Row, Value, words_of

_LISTS = {"perpetrators": Perpetrator, "children": Child}
_PARTS = {"referrer": Referrer, "victim": Victim, "criteria": Criteria, "consent": Consent, "safety": Safety, "police": Police}  # fmt: skip


class Gathering:
    """What one row says, gathered leaf by leaf."""

    def __init__(self, row: Row, columns: Mapping[str, list[Column]], where: str) -> None:
        """Nothing yet; `columns` are the columns that are taken, by field, and `where` is the row's place in words."""
        self.leaves: dict[str, Any] = {}
        self.evidence: dict[str, Evidence] = {}
        self.problems: list[Problem] = []
        self.words: list[str] = []
        self.columns = columns
        self._row = row
        self._where = where

    def value(self, field: str) -> Value | None:
        """What stands in the first filled column of a field."""
        places = (column.place for column in self.columns.get(field, ()))
        return next((self._row.cells[place] for place in places if place in self._row.cells), None)

    def text(self, field: str) -> str:
        """The words in all columns of a field, in one line a column."""
        texts = (self._row.text(column.place) for column in self.columns.get(field, ()))
        return "; ".join(" ".join(text.split()) for text in texts if text)

    def put(self, path: str, found: Found, text: str) -> None:
        """Takes a value into the record with its evidence, and a doubt about it into the problems."""
        if found.value is not None:
            self.leaves[path] = found.value
            self.evidence[path] = Evidence(" ".join(text.split()), self._where, found.confidence)
        if found.doubt:
            self.doubt("unclear" if found.value is not None else "invalid", path, found.doubt)

    def doubt(self, code: ProblemCode, path: str, message: str) -> None:
        """Notes what a person must look at."""
        self.problems.append(Problem(code, path, message))

    def keep(self, title: str, value: Value) -> None:
        """Keeps the words of a cell that could not be read as what they should be."""
        self.words.append(f"{title}: {' '.join(words_of(value).split())}.")

    def referral(self) -> Referral:
        """The record of all that was put."""
        parts: dict[str, dict[str, Any]] = {name: {} for name in _PARTS}
        lists: dict[str, dict[int, dict[str, Any]]] = {name: {} for name in _LISTS}
        whole: dict[str, Any] = {}
        for path, value in self.leaves.items():
            first, *rest = path.split(".")
            if first in lists:
                lists[first].setdefault(int(rest[0]), {})[rest[1]] = value
            elif first in parts:
                parts[first][rest[0]] = value
            else:
                whole[first] = value
        for name, made in _PARTS.items():
            whole[name] = made(**parts[name])
        for name, each in _LISTS.items():
            whole[name] = tuple(each(**leaves) for _, leaves in sorted(lists[name].items()))
        return Referral(**whole)
