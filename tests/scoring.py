"""Holds a reading against the truth beside its form, leaf by leaf: what is right, and what is wrong without anybody being told."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from marac.record import to_record
from marac.referral import Reading

FORMS = Path(__file__).parent / "forms"
_CONFIDENT = 0.8
_ALIKE = 0.85
_LONG = 12
_NAMES = ("name", "aliases")


@dataclass
class Tally:
    """Leaves that the truth has, how many were read right, and which errors nobody would notice."""

    leaves: int = 0
    right: int = 0
    errors: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)


def truths() -> dict[Path, dict[str, Any]]:
    """Every form in `tests/forms` with its truth."""
    found = {}
    for path in sorted(FORMS.glob("*.truth.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        found[FORMS / truth["meta"]["file"]] = truth
    return found


def score(truth: dict[str, Any], reading: Reading) -> Tally:
    """What a reading got right of a truth."""
    record = to_record(reading)
    accepted = truth["meta"]["accept"]
    wanted, given = dict(_leaves(truth["referral"])), dict(_leaves(_aligned(truth["referral"], record["referral"])))
    tally = Tally()
    for path in sorted(wanted.keys() | given.keys()):
        want, got = wanted.get(path), given.get(path)
        others = accepted.get(path, [])
        tally.leaves += want is not None
        if _is_right(path, want, got, others):
            tally.right += want is not None
            continue
        tally.errors.append(path)
        if not _is_owned_up(path, record):
            tally.silent.append(f"{path}: {want!r} was read as {got!r}")
    return tally


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{path}.{number}")
    elif value is not None and value != "":
        yield path, value


def _aligned(truth: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The record with its children in the order of the truth, by name; a form's order of rows proves nothing."""
    wanted = [_words(str(child["name"])) for child in truth["children"]]
    rest = list(given["children"])
    ordered = []
    for name in wanted:
        match = next((child for child in rest if sorted(_words(str(child["name"]))) == sorted(name)), None)
        if match is not None:
            rest.remove(match)
        ordered.append(match or {})
    return {**given, "children": [*ordered, *rest]}


def _is_right(path: str, want: Any, got: Any, others: list[Any]) -> bool:
    if "*" in others or got in others or (got is None and None in others):
        return True
    candidates = [each for each in (want, *others) if each is not None]
    if not candidates or got is None:
        return want is None and got is None
    return any(_same(path, each, got) for each in candidates)


def _same(path: str, want: Any, got: Any) -> bool:
    if isinstance(want, bool) or isinstance(got, bool) or not isinstance(want, str):
        return bool(want == got)
    one, other = _words(want), _words(str(got))
    leaf = path.rstrip("0123456789.").rpartition(".")[2]
    if leaf in _NAMES:
        return sorted(one) == sorted(other)
    if leaf == "address":
        return "".join(one) == "".join(other) or len({*one} & {*other}) >= _ALIKE * len({*one} | {*other})
    if leaf == "reason" or len(one) >= _LONG:
        common = sum((Counter(one) & Counter(other)).values())
        return 2 * common >= _ALIKE * (len(one) + len(other))
    return "".join(one) == "".join(other)


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"\w+", re.sub(r"[’'`]", "", folded))


def _is_owned_up(path: str, record: dict[str, Any]) -> bool:
    """Whether a problem names this leaf or its parent, or its evidence says that the reader is not sure."""
    for problem in record["problems"]:
        named = problem["path"]
        if named and (path == named or path.startswith(named + ".") or named.startswith(path + ".")):
            return True
    proof = record["evidence"].get(path)
    return proof is not None and proof["confidence"] < _CONFIDENT
