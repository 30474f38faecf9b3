"""Duplicates, repeats and linked cases: what earlier cases mean for a new one, by the area's rules.

Source: SafeLives' definition of a repeat (the same victim and the same perpetrators, any abuse, within twelve months of
the last referral); areas that count from the last meeting say so in their settings.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from marac.case import Case, Flag, FlagCode
from marac.triage.days import within_months
from marac.triage.history import Before
from marac.triage.rules import RepeatRules
from marac.triage.wording import in_words, places


def couple_flags(
    case: Case, befores: Sequence[Before], rules: RepeatRules, references: Collection[str] = ()
) -> tuple[Flag, ...]:
    """Flags for every earlier case of the same couple, or of what may be the same couple: duplicates first.

    `references` are those of all earlier cases, so that a case number on the form can be recognised.
    """
    found = [_flag(case, before, rules) for before in befores]
    order: tuple[FlagCode, ...] = ("duplicate", "repeat", "possible duplicate", "possible repeat", "heard before")
    flags = sorted(found, key=lambda flag: order.index(flag.code))
    return (*flags, *_said_by_the_referrer(case, flags, rules, references))


def still_open(before: Before, received: dt.date) -> bool:
    """Whether the earlier case was still to be heard on the day the new referral came."""
    case = before.case
    # A case that is joined to one nobody knows has no other to be heard in its place.
    return case.state in {"received", "listed", "joined"} and (case.meeting is None or case.meeting >= received)


def _flag(case: Case, before: Before, rules: RepeatRules) -> Flag:
    if before.case.state == "not heard":
        return _screened_out(before)
    if still_open(before, case.received):
        return _duplicate(before)
    if within_months(_anchor(before, rules), case.received, rules.months):
        return _repeat(case, before, rules)
    return _heard_long_ago(case, before, rules)


def _anchor(before: Before, rules: RepeatRules) -> dt.date:
    if rules.counted_from == "last meeting" and before.case.meeting:
        return before.case.meeting
    return before.last_referred


def _duplicate(before: Before) -> Flag:
    case = before.case
    opening = (
        "A second referral for the same couple as" if before.certain else "Perhaps a second referral for the couple of"
    )
    listed = f", listed for {in_words(case.meeting)}" if case.meeting else ""
    ask = "" if before.decision else " Say whether the two are the same case; until then both stand."
    return Flag(
        "duplicate" if before.certain else "possible duplicate",
        f"{opening} {case.reference} ({_referred(before)}{listed}, not heard yet): {before.likeness.in_words}.{ask}",
        evidence=case.reference,
        other_case=case.reference,
        needs_decision=before.decision is None,
    )


def _repeat(case: Case, before: Before, rules: RepeatRules) -> Flag:
    earlier = before.case.reference
    opening = f"A repeat of {earlier}" if before.certain else f"Perhaps a repeat of {earlier}"
    ask = "" if before.certain else " Say whether the two are the same couple."
    return Flag(
        "repeat" if before.certain else "possible repeat",
        f"{opening} ({_referred(before)}, {_heard(before)}): {before.likeness.in_words}. "
        f"{_window(case, before, rules)}{ask}",
        evidence=earlier,
        other_case=earlier,
        needs_decision=not before.certain,
    )


def _heard_long_ago(case: Case, before: Before, rules: RepeatRules) -> Flag:
    couple = "The same couple was" if before.certain else "What may be the same couple was"
    return Flag(
        "heard before",
        f"New, not a repeat. {couple} previously heard as {before.case.reference} ({_referred(before)}, "
        f"{_heard(before)}): {before.likeness.in_words}. {_window(case, before, rules)}",
        evidence=before.case.reference,
        other_case=before.case.reference,
    )


def _window(case: Case, before: Before, rules: RepeatRules) -> str:
    """Which side of the area's window the new referral falls, and that the other way of counting would differ."""
    span = f"{rules.months} months"
    anchors = {"last referral": before.last_referred, "last meeting": before.case.meeting or before.last_referred}
    inside = {name: within_months(day, case.received, rules.months) for name, day in anchors.items()}
    counted = f"{'Within' if inside[rules.counted_from] else 'More than'} {span} of the {rules.counted_from}"
    if len(set(inside.values())) == 1:
        return f"{counted}."
    other = next(name for name in anchors if name != rules.counted_from)
    return (
        f"{counted}, which this area counts from ({in_words(anchors[rules.counted_from])}), but "
        f"{'within' if inside[other] else 'more than'} {span} of the {other} ({in_words(anchors[other])})."
    )


def _screened_out(before: Before) -> Flag:
    refusals = [decision.on for decision in before.case.decisions if decision.kind == "not-heard"]
    day = f" on {in_words(refusals[-1])}" if refusals and refusals[-1] > dt.date.min else ""
    couple = "The same couple" if before.certain else "What may be the same couple"
    return Flag(
        "heard before",
        f"New, not a repeat. {couple} came before as {before.case.reference} ({_referred(before)}), screened out{day} "
        f"and never heard: {before.likeness.in_words}.",
        evidence=before.case.reference,
        other_case=before.case.reference,
    )


def _referred(before: Before) -> str:
    agencies = dict.fromkeys(case.agency for case in (before.case, *before.referrals) if case.agency)
    by = f" by {' and '.join(agencies)}" if agencies else ""
    return f"last referred {in_words(before.last_referred)}{by}"


def _heard(before: Before) -> str:
    meeting = before.case.meeting
    return f"heard {in_words(meeting)}" if meeting else "heard, day not recorded"


def _said_by_the_referrer(
    case: Case, flags: Sequence[Flag], rules: RepeatRules, references: Collection[str]
) -> Iterator[Flag]:
    """The referrer calls it a repeat and the register knows of none: it may have been heard elsewhere or earlier."""
    criteria = case.referral.criteria
    if not criteria.repeat or any(flag.code in {"repeat", "possible repeat"} for flag in flags):
        return
    given = list(_given(case, rules))
    form_says = f"The form gives: {', '.join(given)}." if given else "The form gives no date and no reference."
    known = criteria.previous_reference if criteria.previous_reference in references else None
    if known and known not in {flag.other_case for flag in flags}:
        form_says += " That case is in the register, but its people do not look the same: compare the two."
    paths = ("repeat", "previous_date", "previous_reference", "other_marac")
    yield Flag(
        "possible repeat",
        "The referrer says that this is a repeat, but the register holds no case that makes it one. "
        f"{form_says} Look in older papers, or ask the referrer.",
        evidence=places(case.reading, *(f"criteria.{path}" for path in paths)),
        other_case=known,
        needs_decision=known is not None,
    )


def _given(case: Case, rules: RepeatRules) -> Iterator[str]:
    """What the form says of the earlier hearing."""
    criteria = case.referral.criteria
    if day := criteria.previous_date:
        long_ago = "" if within_months(day, case.received, rules.months) else f" (more than {rules.months} months ago)"
        yield f"last heard {in_words(day)}{long_ago}"
    if criteria.previous_reference:
        yield f"reference {criteria.previous_reference}"
    if criteria.other_marac:
        yield f"other MARAC: {criteria.other_marac}"
