"""What a case that another MARAC hands over becomes here: the forms as it read them, marked as such, and its own words beside."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from marac.case import Flag
from marac.errors import UsageError
from marac.referral import Evidence, Problem, Reading
from marac.transfers.bundle import Bundle, HandedAction, bundle_from
from marac.triage.linked import ONLY
from marac.triage.transfers import HANDED_OVER
from marac.triage.wording import in_words, listed


def machine_readings(content: bytes) -> tuple[Reading, ...]:
    """What the machine part of a transfer says, one reading a form; `unreadable` where it is none, or damaged."""
    try:
        return readings_of(bundle_from(content))
    except UsageError as error:
        return (Reading("unreadable", problems=(Problem("unreadable", "", str(error)),)),)


def readings_of(bundle: Bundle) -> tuple[Reading, ...]:
    """The forms of a transfer, each leaf marked with where it comes from; what the form left out of the origin is filled in."""
    whence = f"{HANDED_OVER} {bundle.sender}; look at the letter"
    return tuple(_marked(reading, bundle, whence) for reading in bundle.readings)


def flag_of(bundle: Bundle, source: str) -> Flag:
    """That the case came from another MARAC: which, under what reference, and when it was discussed there.

    Args:
        bundle: the machine part.
        source: the message that brought it, as flags from the mail name it.
    """
    heard = listed([in_words(day) for day in bundle.heard])
    discussed = f"It was discussed there on {heard}." if heard else "No meeting there has discussed it."
    reason = (
        f"{bundle.sender} handed this case over, where it is {bundle.case}. {discussed} Its minutes and its action plan are "
        f"in the letter, and in the case's story. Assess the risk anew: the move itself changes it. {ONLY}"
    )
    return Flag("transferred in", reason, evidence=source)


def told_of(bundle: Bundle) -> Iterator[str]:
    """What the other MARAC noted and agreed, a line each, as words of its own."""
    yield f"{bundle.sender}, case {bundle.case}, received there {in_words(bundle.received)}."
    if bundle.reason:
        yield f"Why it was handed over: {bundle.reason}"
    for noted in bundle.minutes:
        yield f"Its meeting of {in_words(noted.meeting)}: risks: {noted.risks or 'none noted'}; noted: {noted.notes or 'nothing'}"
    yield from (f"Its action: {_action(each)}" for each in bundle.actions)


def _action(action: HandedAction) -> str:
    became = action.outcome or "nothing reported"
    note = f": {action.note}" if action.note else ""
    return f"{action.agency}, due {in_words(action.due)}: {action.text} ({became}{note})"


def _marked(reading: Reading, bundle: Bundle, whence: str) -> Reading:
    criteria, referrer = reading.referral.criteria, reading.referral.referrer
    heard = max(bundle.heard, default=None)
    origin: dict[str, Any] = {"other_marac": bundle.sender, "previous_date": heard, "previous_reference": bundle.case}
    filled = {name: value for name, value in origin.items() if value is not None and getattr(criteria, name) is None}
    agency = {} if referrer.agency or not bundle.agency else {"agency": bundle.agency}
    added = {f"criteria.{name}": value for name, value in filled.items()} | {
        f"referrer.{n}": v for n, v in agency.items()
    }
    evidence = {path: replace(each, where=f"{each.where} ({whence})") for path, each in reading.evidence.items()}
    evidence |= {path: Evidence(str(value), whence, 1.0) for path, value in added.items()}
    referral = replace(reading.referral, criteria=replace(criteria, **filled), referrer=replace(referrer, **agency))
    return replace(reading, referral=referral, evidence=evidence)
