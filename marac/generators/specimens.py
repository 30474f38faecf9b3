"""Invented values for every field of a kind: the longest that will come, and the emptiest."""

import datetime as dt
from typing import Any

from marac.generators.fields import RECORDS, Field, Kind, record_fields

_LONG_WORDS = "Llŷr Żółć-O'Brien & Sons <said> “{{ 7*7 }}” twice.\nSecond line; "
_LONG_TEXT = _LONG_WORDS * 8
_MANY = 6


def longest(kind: Kind) -> Any:
    """A record of the kind with every field filled, long and awkward, and six entries in every list."""
    return _specimen(RECORDS[kind], full=True)


def emptiest(kind: Kind) -> Any:
    """A record of the kind in which all that may be missing is missing."""
    return _specimen(RECORDS[kind], full=False)


def _specimen(record: type, *, full: bool) -> Any:
    return record(**{name: _value(field, full=full) for name, field in record_fields(record).items()})


def _value(field: Field, *, full: bool) -> Any:
    if field.many:
        return tuple(_single(field, full=True) for _ in range(_MANY)) if full else ()
    if field.optional and not full:
        return None
    return _single(field, full=full)


def _single(field: Field, *, full: bool) -> Any:
    if field.is_record:
        return _specimen(field.type, full=full)
    if field.type is bool:
        return full
    if field.type is int:
        return 9999 if full else 0
    if field.type is dt.date:
        return dt.date(2026, 9, 30) if full else dt.date(2026, 5, 1)
    return _LONG_TEXT if full else "x"
