"""Invented values for every field of a kind: the fullest that will come, the emptiest, and none at all."""

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from marac.generators.fields import RECORDS, Field, Kind, record_fields
from marac.meetings.safe_address import SafeAddress

_LONG_WORDS = "Llŷr Żółć-O'Brien & Sons <said> “{{ 7*7 }}” twice.\nSecond line; "
_LONG_TEXT = _LONG_WORDS * 8
_NAMES = (
    "Angharad Llewelyn-Gwynfryn ap Rhydderch",
    "Grzegorz Brzęczyszczykiewicz-Żółć",
    "Bronwen <Bee> O'Neill & Daughter",
    "נועה בן־דוד",
    "فاطمة الزهراء بنت محمد",
    "Nguyễn Thị Bích Ngọc",
)
_SHORT = {
    "marac": "Northbridge & Llanfair-ym-Muallt MARAC",
    "agency": "Llanfair-ym-Muallt Community Mental Health Team & Crisis House <nights>",
    "version": "Version 2, made on 1 December 2026, takes the place of version 1 of 27 November 2026",
    "when": "Thursday 3 December 2026, 9.30 am, The Old Court House, Llanfair-ym-Muallt",
    "return_by": "Wednesday 2 December 2026, 12 noon",
    "email": "marac@northbridge.example",
    "coordinator": "Jo Marsh-Featherstonehaugh",
    "mark": "R-2026-12-03-housing",
    "return_mark": "R-2026-12-03-housing",
}
_NAMED = frozenset(
    ("name", "victim", "perpetrator", "perpetrators", "also_known_as", "representative", "deputy", "child")
)
_REFERENCES = frozenset(("reference", "case"))
_MANY, _FEW = 6, 2
_APART = 5000
"""So far the marks of one specimen are from those of the other."""


@dataclass(frozen=True, slots=True)
class _Making:
    """How a specimen is made."""

    full: bool
    """Whether what may be missing is there."""
    flags: bool
    """What every yes or no says."""
    entries: int
    """How many entries each list at the top has."""
    marked: bool = False
    """Whether each value is another one, so that it is known again."""
    count: Iterator[int] = field(default_factory=itertools.count)


def longest(kind: Kind) -> Any:
    """A record of the kind with every field filled, long and awkward, and six entries in every list.

    The second entry of each list lacks what may be missing: a date of birth, all children.
    """
    return _specimen(RECORDS[kind], _Making(full=True, flags=True, entries=_MANY))


def emptiest(kind: Kind) -> Any:
    """A record of the kind in which all that may be missing is missing, with one such entry in each list."""
    return _specimen(RECORDS[kind], _Making(full=False, flags=False, entries=1))


def without_entries(kind: Kind) -> Any:
    """A record of the kind in which every list is empty."""
    return _specimen(RECORDS[kind], _Making(full=False, flags=False, entries=0))


def specimens(kind: Kind) -> tuple[Any, ...]:
    """The cases that a template is filled with on trial."""
    return longest(kind), emptiest(kind), without_entries(kind)


def marked(kind: Kind) -> tuple[Any, ...]:
    """Records of the kind in which each value is unlike every other, so that a printed one tells its field.

    One has every yes or no set, one none.
    """
    with_flags = _Making(full=True, flags=True, entries=_FEW, marked=True)
    without = _Making(full=True, flags=False, entries=_FEW, marked=True, count=itertools.count(_APART))
    return _specimen(RECORDS[kind], with_flags), _specimen(RECORDS[kind], without)


def _specimen(record: type, making: _Making, depth: int = 0, *, full: bool | None = None) -> Any:
    full = making.full if full is None else full
    values = {name: _value(name, each, making, depth, full=full) for name, each in record_fields(record).items()}
    return record(**values)


def _value(name: str, shape: Field, making: _Making, depth: int, *, full: bool) -> Any:
    if shape.many:
        entries = making.entries if depth == 0 else _nested(making, depth) if full else 0
        return tuple(
            _single(name, shape, making, depth, entry, full=full and (making.marked or entry != 1))
            for entry in range(entries)
        )
    if shape.optional and not full:
        return None
    return _single(name, shape, making, depth, 0, full=full)


def _nested(making: _Making, depth: int) -> int:
    return _FEW if making.marked or depth > 1 else making.entries


def _single(name: str, shape: Field, making: _Making, depth: int, entry: int, *, full: bool) -> Any:
    number = next(making.count)
    if shape.is_record:
        return _specimen(shape.type, making, depth + 1, full=full)
    if shape.type is bool:
        return making.flags
    if shape.type is int:
        return 1000 + number if making.marked else 9999 if full else 0
    if shape.type in {dt.date, dt.datetime}:
        days = number if making.marked else entry * 400
        return dt.date(1931, 1, 31) + dt.timedelta(days=days)
    words = f"«{name} {number}»" if making.marked else _words(name, number, entry, full=full)
    return SafeAddress(words) if shape.type is SafeAddress else words


def _words(name: str, number: int, entry: int, *, full: bool) -> str:
    if name in _SHORT:
        return _SHORT[name]
    if name in _REFERENCES:
        return f"M26-{number % 10000:04}"
    if name in _NAMED:
        return _NAMES[entry % len(_NAMES)]
    return _LONG_TEXT if full else "x"
