"""Potential escalation: so many events or crimes in so many months, by the register, the referrer's tick or the words.

Sources: three events in twelve months (SafeLives), in six (Kent), three crimes (Leeds), five incidents and increasing
(Wolverhampton). Only the referrer's tick and the register's own dates decide; a number in the text is for a person.
"""

import re
from collections.abc import Iterator, Sequence

from marac.case import Case
from marac.triage.days import within_months
from marac.triage.grades import Measure
from marac.triage.history import Before
from marac.triage.repeats import still_open
from marac.triage.rules import ThresholdRules
from marac.triage.said import Saying, evidence_of, sayings
from marac.triage.wording import counted, in_words, listed, ordinal

_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_STATED = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_WORDS)})\+? (?:\w+ ){{0,2}}?(call[- ]?outs?|incidents?|reports|events|assaults|attendances|crimes|offences)\b",
    re.IGNORECASE,
)
_CRIMES = re.compile(r"crimes|offences", re.IGNORECASE)


def shown_by_the_register(case: Case, rules: ThresholdRules, befores: Sequence[Before]) -> Iterator[Measure]:
    """Escalation as our own register shows it, whatever the referrer ticked.

    A referral is an event, and no report to the police and no crime: where only those count, a person is asked.
    """
    if rules.escalation_counts == "any events" and not rules.escalation_increasing:
        yield from _in_the_register(case, rules, befores)


def for_a_person(case: Case, rules: ThresholdRules, befores: Sequence[Before] = ()) -> tuple[Measure, ...]:
    """What looks like escalation and only a person can judge: register entries of another kind, numbers in the text."""
    found = []
    if rules.escalation_counts != "any events" or rules.escalation_increasing:
        found += [
            Measure(f"{each.words}; {_what_must_be_judged(rules)}", reaches=False, evidence=each.evidence)
            for each in _in_the_register(case, rules, befores)
        ]
    return (*found, *_stated(case, rules))


def what_counts(rules: ThresholdRules) -> str:
    """`3 events in 12 months`, as the area's rule reads."""
    kind = "event" if rules.escalation_counts == "any events" else "report to the police"
    plural = "" if rules.escalation_counts == "any events" else "reports to the police"
    numbers = [counted(rules.escalation_events, kind, plural)] if rules.escalation_events else []
    numbers += [counted(rules.escalation_crimes, "crime")] if rules.escalation_crimes else []
    rising = ", and increasing" if rules.escalation_increasing else ""
    return f"{listed(numbers, 'or')} in {counted(rules.escalation_months, 'month')}{rising}" if numbers else ""


def _in_the_register(case: Case, rules: ThresholdRules, befores: Sequence[Before]) -> Iterator[Measure]:
    recent = [
        before
        for before in befores
        # An earlier referral that is still open may tell of the same incident as this one.
        if before.certain
        and not still_open(before, case.received)
        and within_months(before.last_referred, case.received, rules.escalation_months)
    ]
    number = len(recent) + 1
    if recent and number >= rules.escalation_events > 0:
        earlier = listed([f"{each.case.reference} of {in_words(each.last_referred)}" for each in reversed(recent)])
        span = counted(rules.escalation_months, "month")
        words = f"escalation, the {ordinal(number)} referral of this couple in {span} (after {earlier})"
        yield Measure(words, reaches=True, evidence=listed([each.case.reference for each in reversed(recent)]))


def _what_must_be_judged(rules: ThresholdRules) -> str:
    if rules.escalation_counts != "any events":
        return "whether they were reports to the police, a person says"
    return "whether the abuse is increasing, a person says"


def _stated(case: Case, rules: ThresholdRules) -> Iterator[Measure]:
    for saying in sayings(case, _STATED):
        for number, noun in _STATED.findall(saying.sentence):
            events = int(number) if number.isdecimal() else _WORDS.index(number.lower()) + 2
            if _enough(events, noun, rules):
                words = f"the form speaks of {events} {noun.lower()}, and here {what_counts(rules)} is escalation"
                yield Measure(words, reaches=False, evidence=_evidence(case, saying))
                return


def _enough(events: int, noun: str, rules: ThresholdRules) -> bool:
    wanted = rules.escalation_crimes if _CRIMES.fullmatch(noun) else 0
    wanted = wanted or rules.escalation_events or rules.escalation_crimes
    return 0 < wanted <= events


def _evidence(case: Case, saying: Saying) -> str:
    return evidence_of(case, [saying])
