"""A reading as plain data and back: the referral record that `marac parse --json` prints and the store keeps."""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from marac.referral import Reading

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def to_record(reading: Reading) -> dict[str, Any]:
    """The record's `kind`, `referral`, `evidence` and `problems`, ready for JSON: dates are ISO, tuples are lists.

    What answers something that agencies were asked has a `reply` too.
    """
    record: dict[str, Any] = _adapter().dump_python(reading, mode="json")
    if record["reply"] is None:
        del record["reply"]
    return record


def from_record(record: Mapping[str, Any]) -> Reading:
    """The reading that a record tells of; keys of the file itself (`file`, `sha256`, …) are passed over.

    Raises:
        ValueError: the record is not of the contract's shape. The message holds no value of it.
    """
    parts = {key: record[key] for key in ("kind", "referral", "evidence", "problems", "reply") if key in record}
    from pydantic import ValidationError

    try:
        return _adapter().validate_python(parts)
    except ValidationError as error:
        places = sorted({".".join(map(str, mistake["loc"])) for mistake in error.errors(include_input=False)})
        raise ValueError(f"not a referral record: {', '.join(places[:5])}") from None


@cache
def _adapter() -> "TypeAdapter[Reading]":
    from pydantic import TypeAdapter

    return TypeAdapter(Reading)


def identity_of(*things: object) -> str:
    """The identity of plain values and dataclasses, 64 hexadecimal digits: the same for the same contents, everywhere."""
    return hashlib.sha256(json.dumps(things, default=_plain, sort_keys=True).encode("ascii")).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset):
        return sorted(value)
    if dataclasses.is_dataclass(value):
        return [getattr(value, each.name) for each in dataclasses.fields(value)]
    raise TypeError(f"a {type(value).__name__} has no identity")
