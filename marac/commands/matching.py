"""`marac match`: who stands in both of two lists, or twice in one; nothing is stored, and nothing is registered."""

import datetime as dt
import gc
import json
import sys
from argparse import Namespace
from collections.abc import Iterator

from marac.commands.people_lists import PeopleList, people_list
from marac.errors import UsageError
from marac.matching.lists import Match, couple_matches, matches

_RELATIONS = {
    "same_person": "same person",
    "same_couple": "same couple",
    "same_perpetrator": "same perpetrator",
    "role_swap": "roles changed",
}


def match(arguments: Namespace) -> int:
    """Print who is the same, best first: one JSON object a line, or a table."""
    gc.disable()  # nothing here makes circles, and looking for them takes a fifth of the time
    try:
        return _printed(arguments)
    finally:
        gc.enable()


def _printed(arguments: Namespace) -> int:
    today = arguments.today or dt.date.today()
    one = people_list(arguments.people, today)
    other = people_list(arguments.other, today) if arguments.other else None
    found = _matches(one, other, arguments.at_least)
    if not arguments.json:
        _print_table(found, len(one.people or one.couples), len(other.people or other.couples) if other else None)
        return 0
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    for each in found:
        record = {
            "a": each.a,
            "b": each.b,
            "relation": each.relation,
            "probability": each.probability,
            "reasons": each.reasons,
        }
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    return 0


def _matches(one: PeopleList, other: PeopleList | None, at_least: float) -> Iterator[Match]:
    if other is not None and bool(one.couples) != bool(other.couples):
        raise UsageError(
            "One list has a column for the case, so it is a list of couples; the other has none. Give it one, or take it "
            "out of the first."
        )
    if one.couples:
        return couple_matches(one.couples, other.couples if other else None, at_least)
    return matches(one.people, other.people if other else None, at_least)


def _print_table(found: Iterator[Match], ones: int, others: int | None) -> None:
    rows = [(each.a, each.b, _RELATIONS[each.relation], f"{each.probability:.3f}", each.reasons) for each in found]
    beside = f" and {others}" if others is not None else ""
    if not rows:
        print(f"Compared {ones}{beside} entries: nobody looks the same.")
        return
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for *cells, reasons in rows:
        print("  ".join(str(cell).ljust(width) for cell, width in zip(cells, widths, strict=True)), end="  ")
        print("; ".join(reasons))
    print(f"Compared {ones}{beside} entries: {len(rows)} to look at. Nothing was changed.")
