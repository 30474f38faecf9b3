"""The rules: what a person should know about a case, and what a person must decide. No I/O, no clock."""

from collections.abc import Sequence

from marac.case import Case, Flag, PersonVerdict
from marac.matching.frequencies import Frequencies
from marac.triage.child_harm import child_at_risk, somebody_else_hurt
from marac.triage.completeness import missing_essentials, reading_flags
from marac.triage.dangers import danger_flags
from marac.triage.formalities import formality_flags
from marac.triage.history import came_before, counted_over, earlier_cases, numbers_of
from marac.triage.linked import linked_flags
from marac.triage.professionals import party_flags
from marac.triage.protocol import referrer_signed
from marac.triage.repeats import couple_flags
from marac.triage.rules import RepeatRules, Rules, ThresholdRules
from marac.triage.safeguarding import adult_at_risk, children_concerned
from marac.triage.scope import scope_flags
from marac.triage.threshold import threshold_flags
from marac.triage.transfers import said_to_be_known_elsewhere
from marac.triage.urgent import contact_warnings, under_age, urgent_first

__all__ = ["RepeatRules", "Rules", "ThresholdRules", "flags"]


def flags(
    case: Case,
    earlier: Sequence[Case],
    rules: Rules,
    frequencies: Frequencies | None = None,
    verdicts: Sequence[PersonVerdict] = (),
) -> tuple[Flag, ...]:
    """Everything that a person should know about this case, what cannot wait first.

    Rules count from the day the case was received. The same arguments give the same flags, so they can be worked out
    again after every decision; what a person has answered since, `Case.open_questions` knows.

    Args:
        case: the case.
        earlier: the register, or those of its cases that may have to do with this one, with the cases that they were
            joined to; of them, those count that came before this case.
        rules: the area's.
        frequencies: how rare names and dates are in the register; counted over these cases where they are not given.
        verdicts: what people said about two people, in the order in which they said it: it outranks the forms.
    """
    counted = frequencies or counted_over((*earlier, case))
    before = earlier_cases(case, earlier, rules.matching, counted, verdicts)
    same_couple = [each for each in before if each.degree("same couple")]
    couple = couple_flags(case, same_couple, rules.repeat, numbers_of(came_before(case, earlier)))
    repeat_of = next((flag.other_case for flag in couple if flag.code == "repeat"), None)
    found = (
        *contact_warnings(case),
        *under_age(case, rules.thresholds.minimum_age),
        *party_flags(case),
        *danger_flags(case),
        *child_at_risk(case),
        *somebody_else_hurt(case),
        *adult_at_risk(case),
        *threshold_flags(case, rules.thresholds, same_couple, repeat_of),
        *children_concerned(case),
        *couple,
        *said_to_be_known_elsewhere(case),
        *linked_flags(case, before, counted),
        *scope_flags(case, rules.area),
        *formality_flags(case, rules.area.stale_form_days),
        *referrer_signed(case, rules.agencies),
        *missing_essentials(case),
        *reading_flags(case.reading),
    )
    return urgent_first(dict.fromkeys(found))
