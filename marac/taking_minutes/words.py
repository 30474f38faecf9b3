"""What was understood of minutes, in plain words for the person who confirms it."""

import textwrap
from collections.abc import Iterator

from marac.action import Action
from marac.case import Decision
from marac.fortnight import Attendance
from marac.taking_minutes.changes import ChangedAction, ChangedMinutes, Changes
from marac.taking_minutes.days import in_words
from marac.taking_minutes.known import Known
from marac.taking_minutes.understood import AgreedAction, Ended

_WIDTH = 110
_SIGNED = {True: "; statement signed", False: "; statement NOT signed", None: ""}
_SENT = {True: "; information sent", False: "; no information sent", None: ""}
_DECIDED = {
    "hear": "Decided by it: heard at this meeting, which the register did not know.",
    "defer": "Decided by it: goes to the meeting after.",
    "not-heard": "Decided by it: not heard.",
}


def told(found: Changes, known: Known, *, again: bool) -> Iterator[str]:
    """Everything that would be taken, by part, and everything that would not.

    Args:
        found: what would change.
        known: the register.
        again: whether minutes of this meeting were taken before, so that only what differs is told.
    """
    yield f"Minutes of the meeting of {in_words(known.meeting.date)}."
    if again:
        yield "Minutes of this meeting were taken before. This is what differs."
    yield from _part("Who was there", [*_came(found, known), *_gone(found, known)])
    yield from _part("Actions of earlier meetings", [_outcome(each, known) for each in found.outcomes])
    for reference in dict.fromkeys(_references(found, again=again)):
        yield from _part(f"Case {reference}", list(_case(reference, found, known)))
    yield from _part("To know", [] if again else list(found.asides))
    doubts = [f"{each.where}: {each.words}" for each in found.doubts]
    yield from _part(f"In doubt, and NOT taken ({len(doubts)})", doubts)
    if not found.anything:
        yield "\nNothing in it would change the register."


def _references(found: Changes, *, again: bool) -> Iterator[str]:
    if not again:
        yield from (each.case for each in found.endings)
    yield from (each.after.case for each in found.minutes)
    yield from (each.case for each in found.new)
    yield from (each.after.case for each in found.changed)
    yield from (each.case for each in found.decisions)


def _case(reference: str, found: Changes, known: Known) -> Iterator[str]:
    yield from (_ended(each) for each in found.endings if each.case == reference)
    yield from (_decision(each) for each in found.decisions if each.case == reference)
    for noted in found.minutes:
        if noted.after.case == reference:
            yield from _noted(noted)
    yield from (_new(each, known) for each in found.new if each.case == reference)
    yield from (_changed(each, known) for each in found.changed if each.after.case == reference)


def _ended(ended: Ended) -> str:
    return f"It was {ended.ending}." + (f" {ended.why}" if ended.why else "")


def _decision(decision: Decision) -> str:
    return _DECIDED[decision.kind]


def _noted(noted: ChangedMinutes) -> Iterator[str]:
    before, after = noted.before, noted.after
    for name, was, now in (
        ("Risks", before.risks if before else "", after.risks),
        ("Notes", before.notes if before else "", after.notes),
    ):
        if was != now:
            yield f"{name}: {now or 'nothing any more'}"
    earlier = dict(before.considered) if before else {}
    for what in dict.fromkeys([*after.considered, *earlier]):
        if earlier.get(what) != after.considered.get(what):
            yield f"Considered, {what}: {after.considered.get(what, 'nothing any more')}"


def _new(action: AgreedAction, known: Known) -> str:
    typed = f" (“{action.by}”)" if action.by else ""
    owner = f", {action.owner}" if action.owner else ""
    risk = f" Risk: {action.risk}." if action.risk else ""
    agency = known.agency_name(action.agency)
    said = f"New action for {agency}{owner}, by {in_words(action.due)}{typed}: {_ended_with_stop(action.text)}{risk}"
    return f"{said}{_held_back(action.case, action.agency, known)}"


def _held_back(case: str, agency: str, known: Known) -> str:
    """That an agency has an action in a case of which it may not hear."""
    joined = (each.reference for each in known.cases if each.joined_to == case)
    if known.withheld.may_see(agency, [case, *joined]):
        return ""
    return (
        " MIND: this case is held back from that agency, because somebody there is a party to it. The letter goes to its senior"
        " contact alone, or to nobody there where none is named."
    )


def _changed(each: ChangedAction, known: Known) -> str:
    return f"Action {each.after.number} becomes: {_action(each.after, known)} It was: {_action(each.before, known)}"


def _action(action: Action, known: Known) -> str:
    owner = f", {action.owner}" if action.owner else ""
    risk = f" Risk: {action.risk}." if action.risk else ""
    agency = known.agency_name(action.agency)
    return f"{agency}{owner}, by {in_words(action.due)}: {_ended_with_stop(action.text)}{risk}"


def _outcome(each: ChangedAction, known: Known) -> str:
    after = each.after
    note = f" {after.note}" if after.note else ""
    end = "It stays open." if after.is_open else "It is closed."
    about = f"{known.agency_name(after.agency)}, {after.case}: {_ended_with_stop(after.text)}"
    return f"Action {after.number} ({about}) {str(after.outcome).capitalize()}. {end}{note}"


def _came(found: Changes, known: Known) -> Iterator[str]:
    return (_attendance(each, known) for each in found.came)


def _gone(found: Changes, known: Known) -> Iterator[str]:
    return (f"Not noted any more: {_attendance(each, known)}" for each in found.gone)


def _attendance(each: Attendance, known: Known) -> str:
    agency = known.agency_name(each.agency) or "no agency named"
    strange = each.agency and each.standing != "observer" and agency == each.agency
    guest = " (none of the area's agencies)" if strange else ""
    sent = _SENT[each.information_sent] if each.standing == "apologies" else ""
    return f"{agency}{guest}: {each.name or 'nobody named'}, {each.standing}{_SIGNED[each.signed]}{sent}"


def _part(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"\n{title}"
    for line in lines:
        yield textwrap.fill(
            " ".join(line.split()), _WIDTH, initial_indent="  ", subsequent_indent="      ", break_long_words=False
        )


def _ended_with_stop(text: str) -> str:
    words = " ".join(text.split())
    return words if words.endswith((".", "!", "?")) else f"{words}."
