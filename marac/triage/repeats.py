"""What an earlier case of the same couple means for a new referral, by the area's rules.

Source: SafeLives' definition of a repeat (the same victim and the same perpetrators, any abuse, within twelve months of
the last referral); areas that count from the last meeting, or only what would be criminal, say so in their settings.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from marac.case import LIVE, Case, Flag, FlagCode
from marac.triage.days import within_months
from marac.triage.history import Before
from marac.triage.incident_dates import incidents_named
from marac.triage.rules import RepeatRules
from marac.triage.transfers import carried_on_elsewhere, known_elsewhere
from marac.triage.wording import in_words, places

_ORDER: tuple[FlagCode, ...] = (
    "duplicate", "repeat", "possible duplicate", "possible repeat", "heard before", "transferred in",
)  # fmt: skip
_LATE = dt.timedelta(days=28)
"""How long after a hearing a form still comes that was written before it, or tells of nothing since."""


def couple_flags(
    case: Case, befores: Sequence[Before], rules: RepeatRules, numbers: Mapping[str, str] = MappingProxyType({})
) -> tuple[Flag, ...]:
    """Flags for every earlier case of the same couple, or of what may be the same couple: duplicates first.

    `numbers` are those by which forms may name the earlier cases, each with the case's reference; see `numbers_of`.
    """
    found = [flag for before in befores for flag in _flags(case, before, rules)]
    flags = sorted(found, key=lambda flag: _ORDER.index(flag.code))
    return (*flags, *_said_by_the_referrer(case, flags, rules, numbers))


def still_open(before: Before, received: dt.date) -> bool:
    """Whether the earlier case was still to be heard on the day the new referral came."""
    case = before.case
    if case.state == "deferred":
        return True
    # A case that is joined to one nobody knows has no other to be heard in its place.
    return case.state in LIVE | {"joined"} and (case.meeting is None or case.meeting >= received)


def _flags(case: Case, before: Before, rules: RepeatRules) -> Iterator[Flag]:
    earlier, elsewhere = before.case, before.case.marac != case.marac
    if elsewhere or earlier.state == "transferred":
        yield known_elsewhere(before, case.received) if elsewhere else carried_on_elsewhere(before)
        if (
            _was_heard(before, case.received)
            and (rules.area == "any" or not elsewhere)
            and _within(case, before, rules)
        ):
            yield _repeat(case, before, rules)
    elif earlier.state == "draft":
        yield _draft(before)
    elif still_open(before, case.received):
        yield _duplicate(before)
    elif not _was_heard(before, case.received):
        yield _never_heard(before)
    elif not _within(case, before, rules):
        yield _heard_long_ago(case, before, rules)
    elif before.certain and (nothing_since := _nothing_since(case, before, rules)):
        yield _late_duplicate(before, nothing_since)
    else:
        yield _repeat(case, before, rules)


def _was_heard(before: Before, received: dt.date) -> bool:
    """Whether a meeting spoke of it; a case that was closed or handed over keeps the day on which it was heard."""
    case = before.case
    if case.state in {"closed", "transferred"}:
        return case.meeting is not None
    return case.state not in {"draft", "not heard", "withdrawn"} and not still_open(before, received)


def _within(case: Case, before: Before, rules: RepeatRules) -> bool:
    return within_months(_anchor(before, rules), case.received, rules.months)


def _anchor(before: Before, rules: RepeatRules) -> dt.date:
    if rules.counted_from == "last meeting" and before.case.meeting:
        return before.case.meeting
    return before.last_referred


def _duplicate(before: Before) -> Flag:
    case = before.case
    opening = (
        "A second referral for the same couple as" if before.certain else "Perhaps a second referral for the couple of"
    )
    deferred = ", deferred" if case.state == "deferred" else ""
    listed = f", listed for {in_words(case.meeting)}" if case.meeting else ""
    ask = "" if before.decision else " Say whether the two are the same case; until then both stand."
    return Flag(
        "duplicate" if before.certain else "possible duplicate",
        f"{opening} {case.reference} ({before.referred}{deferred}{listed}, not heard yet): {before.in_words}.{ask}",
        evidence=case.reference,
        other_case=case.reference,
        needs_decision=before.decision is None,
    )


def _draft(before: Before) -> Flag:
    """A draft is no referral yet, so nothing carries on by itself."""
    reference = before.case.reference
    couple = "The same couple" if before.certain else "What may be the same couple"
    return Flag(
        "possible duplicate",
        f"{couple} stands in {reference}, a draft of {in_words(before.last_referred)} of which nobody has said yet that "
        f"it is a referral: {before.in_words}. Say whether the two are the same case; until then both stand.",
        evidence=reference,
        other_case=reference,
        needs_decision=before.decision is None,
    )


def _late_duplicate(before: Before, nothing_since: str) -> Flag:
    """Whether something happened since the hearing is for a person to say, about this case and not about the couple."""
    reference = before.case.reference
    return Flag(
        "possible duplicate",
        f"Perhaps a late duplicate of {reference} ({before.referred}, {before.heard}): {before.in_words}. "
        f"{nothing_since} If it tells of anything since that meeting, it is a repeat and is to be heard; if not, it need "
        "not be. Say which: hear or not-heard.",
        evidence=reference,
        needs_decision=True,
    )


def _nothing_since(case: Case, before: Before, rules: RepeatRules) -> str:
    """Why the form may tell of nothing since the hearing; empty where it does, or where a person said: hear it."""
    hearing, form = before.case.meeting, case.referral
    if hearing is None or case.to_be_heard:
        return ""
    if case.received <= hearing:
        return "It came before that meeting."
    if case.received > hearing + _LATE and not (form.date and form.date <= hearing):
        return ""
    if any(each.day > hearing for each in incidents_named(form.reason or "", case.received, rules.months)):
        return ""
    if form.date and form.date <= hearing:
        return "Its form is dated before that meeting, and names no day after it."
    return "It came soon after that meeting, and names no day after it."


def _repeat(case: Case, before: Before, rules: RepeatRules) -> Flag:
    """A repeat, or the question whether it is one: whether it is the couple, or whether it would be criminal."""
    earlier = before.case.reference
    asks_for_a_crime = rules.counts == "criminal only" and not case.to_be_heard
    certain = before.certain and not asks_for_a_crime
    ask = "" if before.certain else " Say whether the two are the same couple."
    if asks_for_a_crime:
        ask += (
            " In this area only what would be criminal makes a repeat: say whether the new incident would be. Hear it as a "
            "repeat if so; if not, the threshold decides."
        )
    opening = f"A repeat of {earlier}" if certain else f"Perhaps a repeat of {earlier}"
    return Flag(
        "repeat" if certain else "possible repeat",
        f"{opening} ({before.referred}, {before.heard}): {before.in_words}. {_window(case, before, rules)}{ask}",
        evidence=earlier,
        # whether it would be criminal is said of this case, not of the two together
        other_case=None if before.certain and asks_for_a_crime else earlier,
        needs_decision=not certain,
    )


def _heard_long_ago(case: Case, before: Before, rules: RepeatRules) -> Flag:
    couple = "The same couple was" if before.certain else "What may be the same couple was"
    return _past(
        before,
        f"New, not a repeat. {couple} previously heard as {before.case.reference} ({before.referred}, "
        f"{before.heard}): {before.in_words}. {_window(case, before, rules)}",
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


def _never_heard(before: Before) -> Flag:
    case = before.case
    refusals = [decision.on for decision in case.decisions if decision.kind == "not-heard"]
    day = f" on {in_words(refusals[-1])}" if refusals and refusals[-1] > dt.date.min else ""
    ended = {"withdrawn": "withdrawn", "closed": "closed"}.get(case.state, f"screened out{day}")
    couple = "The same couple" if before.certain else "What may be the same couple"
    return _past(
        before,
        f"New, not a repeat. {couple} came before as {case.reference} ({before.referred}), {ended} "
        f"and never heard: {before.in_words}.",
    )


def _past(before: Before, reason: str) -> Flag:
    return Flag("heard before", reason, evidence=before.case.reference, other_case=before.case.reference)


def _said_by_the_referrer(
    case: Case, flags: Sequence[Flag], rules: RepeatRules, numbers: Mapping[str, str]
) -> Iterator[Flag]:
    """The referrer calls it a repeat and the register knows of none: it may have been heard elsewhere or earlier."""
    criteria = case.referral.criteria
    if not criteria.repeat or any(flag.code in {"repeat", "possible repeat"} for flag in flags):
        return
    given = list(_given(case, rules))
    form_says = f"The form gives: {', '.join(given)}." if given else "The form gives no date and no reference."
    known = numbers.get((criteria.previous_reference or "").strip().upper())
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
