"""What is not as it was in the version that a reader has: from digests of what was printed, never from the words."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from marac.meetings.audience import CaseView
from marac.meetings.shown_digest import digests_of
from marac.record import identity_of
from marac.triage.wording import listed

Printed = Mapping[str, Mapping[str, str]]
"""Case to field to a digest of what a document prints of it."""

LATE = "late"
"""The field that says that a case came after the cut-off: it is told of with the addition, and is no change by itself."""
MEETING = "meeting"
"""The field of each case that holds the time and the place of the meeting."""

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "victim.name": "the victim's names",
        "victim.aliases": "the victim's names",
        "victim.date_of_birth": "the victim's date of birth",
        "victim.address": "the victim's address",
        "victim.phone": "the victim's telephone number",
        "perpetrator.name": "the perpetrator's names",
        "perpetrator.aliases": "the perpetrator's names",
        "perpetrator.date_of_birth": "the perpetrator's date of birth",
        "perpetrator.relationship": "the relationship",
        "perpetrator.address": "the perpetrator's address",
        "child.name": "the children",
        "child.date_of_birth": "the children",
        "with_children": "the children",
        "referring_agency": "who referred it",
        "presenter": "who presents it",
        "criteria": "why it is listed",
        "flags": "why it is listed",
        "repeat": "whether it is a repeat",
        "origin": "where it comes from",
        "contact_warning": "whether the victim can be contacted",
        "contact_notes": "whether the victim can be contacted",
        "undecided": "whether it is to be heard",
        "own_actions": "its outstanding actions",
        "twelve_months": "the list of twelve months",
        "withheld": "from whom it is held back",
        "leaves": "from whom it is held back",
    }
)
_UNHEARD = ("own_actions", "twelve_months")
"""What is told of a case that the meeting does not hear itself."""
_DIGITS = 16
_ADDRESSES = ("victim.address", "perpetrator.address")
_NOTHING: tuple[object, ...] = (None, "", (), False)


@dataclass(frozen=True, slots=True)
class VersionNote:
    """What a document says of itself at its top."""

    words: str
    changes: tuple[str, ...] = ()
    """A sentence each; empty for a first version."""
    address_changed: bool = False
    """Whether an address that the reader has is wrong now."""


def digests(view: CaseView, **beside: object) -> dict[str, str]:
    """What a document shows of a case: field to a digest. What is shown and not known has none.

    Args:
        view: The case as the table of audiences gives it to the document.
        beside: What the document prints of it in other words than the view, or that the view does not hold, by field.
    """
    values: dict[str, object] = {
        "reference": view.reference,
        "with_children": view.with_children,
        "criteria": view.criteria,
        "flags": tuple(flag.reason for flag in view.flags or ()),
        "undecided": view.undecided,
        **beside,
    }
    shown = {name: value for name, value in digests_of(view).items() if name not in beside}
    return shown | {name: digest(value) for name, value in values.items() if not _is_nothing(value)}


def with_joined(view: CaseView, shown: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    """What a document shows of a case, for the ledger: noted for the cases joined to it too, which are not heard themselves."""
    beside = {name: value for name, value in shown.items() if name != "reference"}
    return {view.reference: shown, **dict.fromkeys(view.joined, beside)}


def digest(value: object) -> str:
    """The same short text for the same value, from which the value cannot be read."""
    return identity_of(value)[:_DIGITS]


def version_note(made: dt.date, replaced: tuple[int, dt.date] | None, before: Printed, now: Printed) -> VersionNote:
    """What the new version says of itself.

    Args:
        made: The day on which what it says was first written down.
        replaced: The number and the day of the version that its reader has; None where the reader has none.
        before: What that version printed.
        now: What the new one prints.
    """
    if replaced is None:
        return VersionNote(f"Version 1, {_day(made)}.")
    number, earlier = replaced
    words = f"Version {number + 1}, {_day(made)}: replaces version {number} of {_day(earlier)}."
    changed = tuple(_in_words(before, now)) or ("No case has changed; the wording or the cover of this paper has.",)
    return VersionNote(words, changed, _an_address_is_wrong(before, now))


def _in_words(before: Printed, now: Printed) -> Iterator[str]:
    both = [case for case in now if _is_listed(case, before) and _is_listed(case, now)]
    moved = [case for case in both if now[case].get(MEETING) != before[case].get(MEETING)]
    if moved:
        there = any(MEETING in now[case] for case in moved)
        yield "The time or the place of the meeting has changed." if there else "No meeting lists it now."
    added = [case for case in now if _is_listed(case, now) and not _is_listed(case, before)]
    for case in added:
        yield f"{case} added (late)." if LATE in now[case] else f"{case} added."
    carried = _carried(before) | _carried(now)
    for case in dict.fromkeys((*now, *before)):
        if case in added or (case in carried and not _is_listed(case, before)):
            continue
        if _is_listed(case, before) and not _is_listed(case, now):
            yield f"{case} taken off."
        elif words := _changed(before.get(case, {}), now.get(case, {}), _WORDS if case in both else _UNHEARD):
            yield f"{case} changed: {listed(words)}."


def _is_listed(case: str, printed: Printed) -> bool:
    """Whether it is one of the cases to be heard; others may stand there with an action alone."""
    return "reference" in printed.get(case, {})


def _carried(printed: Printed) -> set[str]:
    """The cases that are joined to one to be heard, and are told of with it: `with_joined` notes the same for them."""
    listed_ones = [shown for case, shown in printed.items() if _is_listed(case, printed)]
    heard = [{name: value for name, value in shown.items() if name != "reference"} for shown in listed_ones]
    return {case for case, shown in printed.items() if dict(shown) in heard}


def _changed(before: Mapping[str, str], now: Mapping[str, str], names: Collection[str]) -> list[str]:
    """What of a case is not as it was, in words, each once."""
    return list(dict.fromkeys(_WORDS[name] for name in names if before.get(name) != now.get(name)))


def _an_address_is_wrong(before: Printed, now: Printed) -> bool:
    pairs = ((shown, now.get(case, {})) for case, shown in before.items() if _is_listed(case, now))
    return any(name in shown and shown[name] != new.get(name) for shown, new in pairs for name in _ADDRESSES)


def _is_nothing(value: object) -> bool:
    """Whether nothing is known: also where it is not known of any of several people."""
    if isinstance(value, tuple):
        return all(_is_nothing(each) for each in value)
    return value in _NOTHING


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"
