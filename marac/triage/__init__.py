"""The rules: what a person should know about a case, and what a person must decide. No I/O, no clock."""

from collections.abc import Sequence

from marac.case import Case, Flag
from marac.triage.completeness import missing_essentials, reading_flags
from marac.triage.history import came_before, same_couple_before
from marac.triage.linked import linked_flags
from marac.triage.repeats import couple_flags
from marac.triage.rules import RepeatRules, Rules, ThresholdRules
from marac.triage.threshold import threshold_flags
from marac.triage.urgent import contact_warnings, under_age

__all__ = ["RepeatRules", "Rules", "ThresholdRules", "flags"]


def flags(case: Case, earlier: Sequence[Case], rules: Rules) -> tuple[Flag, ...]:
    """Everything that a person should know about this case, what cannot wait first.

    `earlier` may be the whole register: of it, those count that came before this case. Rules count from the day the
    case was received. The same arguments give the same flags, so they can be worked out again after every decision;
    what a person has answered since, `Case.open_questions` knows.
    """
    befores = same_couple_before(case, earlier)
    references = {other.reference for other in came_before(case, earlier)}
    couple = couple_flags(case, befores, rules.repeat, references)
    repeat_of = next((flag.other_case for flag in couple if flag.code == "repeat"), None)
    found = (
        *contact_warnings(case),
        *under_age(case, rules.thresholds.minimum_age),
        *threshold_flags(case, rules.thresholds, befores, repeat_of),
        *couple,
        *linked_flags(case, earlier, {before.case.reference for before in befores}),
        *missing_essentials(case),
        *reading_flags(case.reading),
    )
    return tuple(dict.fromkeys(found))
