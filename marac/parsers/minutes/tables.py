"""Which table of a minutes file is which, and what stands in the rows of each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from marac.parsers.minutes.entries import Entry, chosen, is_ticked, yes_or_no
from marac.parsers.minutes.said import Agreed, Attended, Considered, Ending, Fault, Noted, Told, Watched

TableKind = Literal[
    "head", "attendance", "observers", "earlier actions", "people", "noted", "actions", "past", "other business"
]
OUTCOMES = ("done", "could not be done", "not done")
ENDINGS: tuple[Ending, ...] = ("heard", "deferred", "not heard")
Rows = Sequence[Sequence[Entry]]

_HEADS: Mapping[str, tuple[str, ...]] = {
    "attendance": ("agency", "name", "present", "apologies", "statement signed", "information sent"),
    "observers": ("observer from", "observer's name", "statement signed"),
    "earlier actions": ("no.", "case", "action", "due", "what became of it", "reason"),
    "actions": ("no.", "risk addressed", "action", "agency", "owner", "by (date)"),
}
"""What stands at the head of each column, by which alone it is known what the column holds."""
_BY_COLUMNS: tuple[TableKind, ...] = ("attendance", "observers", "earlier actions")
_CHANGED = "the headings of this table are not those that marac printed ({heads}), so nothing was taken from it"
_REFERENCE = re.compile(r"(M\d\d-\d{4,})(?!\d)(.*)", re.DOTALL)
_NOTED, _ACTIONS = ": what the meeting noted", ": actions agreed"
_ODD = "cells of this row were merged, split or deleted, so nothing was taken from it: “{words}”"


def kind_of(rows: Rows) -> tuple[TableKind, str] | None:
    """Which table it is, and whose; None for one that the program never printed."""
    first = [entry.line for entry in rows[0]] if rows else []
    heads = [words.casefold() for words in first]
    if len(first) == 1 and (found := _REFERENCE.fullmatch(first[0])):
        title = found[2].strip().casefold()
        kinds: dict[str, TableKind] = {_NOTED.strip(): "noted", _ACTIONS.strip(): "actions"}
        return kinds.get(title, "people"), found[1]
    simple: dict[str, TableKind] = {
        "marac": "head",
        "past case": "past",
        "any other business": "other business",
    }
    for kind in _BY_COLUMNS:
        if len(heads) == len(_HEADS[kind]) and 2 * sum(map(str.__eq__, heads, _HEADS[kind])) >= len(heads):
            return kind, ""
    return (simple[heads[0]], "") if heads and heads[0] in simple else None


def changed_heads(rows: Rows, kind: TableKind) -> str:
    """Why nothing may be taken from a table, where somebody changed the headings of its columns; else nothing."""
    wanted = _HEADS.get(kind, ())
    row = rows[1 if kind == "actions" else 0] if len(rows) > (kind == "actions") else ()
    found = tuple(entry.line.casefold().replace("\u2019", "'") for entry in row)
    return "" if not wanted or found == wanted else _CHANGED.format(heads=", ".join(wanted))


def attended(rows: Rows) -> Iterator[Attended | Fault]:
    """Who was there, a row each; rows in which nothing stands are left out."""
    for number, row in enumerate(rows[1:], 1):
        where = f"who is here, row {number}"
        if len(row) != 6:
            yield from _odd(row, where)
        elif any(entry.line or any(box for box, _ in entry.boxes) for entry in row[:4]):
            agency, name, present, apologies, signed, sent = row
            yield Attended(
                where,
                agency.line,
                name.line,
                is_ticked(present),
                is_ticked(apologies),
                yes_or_no(signed)[0],
                yes_or_no(sent)[0],
            )


def watched(rows: Rows) -> Iterator[Watched | Fault]:
    """The observers, a row each."""
    for number, row in enumerate(rows[1:], 1):
        where = f"observers, row {number}"
        if len(row) != 3:
            yield from _odd(row, where)
        elif row[0].line or row[1].line:
            yield Watched(where, row[0].line, row[1].line, yes_or_no(row[2])[0])


def told(rows: Rows) -> Iterator[Told | Fault]:
    """What was said of each action of an earlier meeting."""
    for number, row in enumerate(rows[1:], 1):
        where = f"actions from earlier meetings, row {number}"
        if len(row) != 6:
            yield from _odd(row, where)
            continue
        key, case, action, _, outcome, reason = row
        if not any(entry.line for entry in (key, case, action)) and not any(box for box, _ in outcome.boxes):
            yield from _odd([reason], where) if reason.line else ()
            continue
        found = chosen(outcome, OUTCOMES)
        said = "?" if not found.clear or len(found.ticked) > 1 else "".join(found.ticked)
        words = " ".join(f"{found.rest} {reason.text}".split())
        yield Told(where, key.line, case.line, action.text, said, words)


def noted(rows: Rows, reference: str) -> tuple[Noted, tuple[Fault, ...]]:
    """What was noted of a case, and the rows that nothing could be taken from."""
    single: dict[str, list[str]] = {"risks": [], "notes": []}
    considered: list[Considered] = []
    endings: list[tuple[Ending, str]] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], 1):
        label = row[0].text.split("\n")[0].casefold() if row else ""
        if label in single and len(row) == 2:
            single[label].append(row[1].text)
        elif label.startswith("the case was") and len(row) == 3:
            endings.append(_ending(row[1], row[2]))
        elif len(row) == 3 and row[0].line:
            answer, beside = yes_or_no(row[1])
            considered.append(Considered(row[0].line, answer, " ".join(f"{beside} {row[2].text}".split())))
        else:
            faults += _odd(row, f"{reference}, what the meeting noted, row {number}")
    faults += _lacking(reference, single, endings)
    ending, why = endings[0] if len(endings) == 1 else ("?" if endings else "", "")
    risks, notes = ("\n".join(single[name]) for name in ("risks", "notes"))
    return Noted(risks, notes, tuple(considered), ending, why), tuple(faults)


def agreed(rows: Rows, reference: str) -> tuple[tuple[Agreed, ...], tuple[Fault, ...]]:
    """The rows of a case's actions in which something stands, and those that nothing could be taken from."""
    found: list[Agreed] = []
    faults: list[Fault] = []
    for place, row in enumerate(rows[2:], 1):
        if len(row) != 6:
            faults += _odd(row, f"{reference}, action row {place}")
        elif any(entry.line for entry in row[1:]):
            number, risk, text, agency, owner, by = row
            found.append(Agreed(number.line, place, risk.line, _prose(text), agency.line, owner.line, by.line))
    return tuple(found), tuple(faults)


def _ending(boxes: Entry, why: Entry) -> tuple[Ending, str]:
    found = chosen(boxes, ENDINGS)
    words = " ".join(f"{found.rest} {why.text}".split())
    if not found.clear or len(found.ticked) > 1:
        return "?", words
    return next((ending for ending in ENDINGS if ending in found.ticked), ""), words


def _lacking(reference: str, single: dict[str, list[str]], endings: Sequence[object]) -> Iterator[Fault]:
    for label, texts in single.items():
        if len(texts) != 1:
            words = (
                "the row is gone" if not texts else "the row stands there more than once; its texts were put together"
            )
            yield Fault(f"{reference}, {label}", words)
    if len(endings) != 1:
        words = "the row that says whether it was heard is gone" if not endings else "it is said more than once"
        yield Fault(f"{reference}, the case was", words)


def _odd(row: Sequence[Entry], where: str) -> list[Fault]:
    words = " | ".join(entry.line for entry in row if entry.line)
    ticked = any(box for entry in row for box, _ in entry.boxes)
    return [Fault(where, _ODD.format(words=words or "a ticked box"))] if words or ticked else []


def _prose(entry: Entry) -> str:
    """The words with their lines kept."""
    return "\n".join(" ".join(line.split()) for line in entry.text.split("\n"))
