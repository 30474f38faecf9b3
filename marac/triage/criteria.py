"""What meets the threshold besides a number: the criteria that the referrer ticked, and those of the area's own.

Sources: SafeLives' criteria; Kent (suicide or self-harm), Kingston and Sussex (honour-based abuse and forced marriage,
medium risk that is about to rise), Manchester (the ticks only with a recent incident).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from marac.case import Case
from marac.referral import Reading
from marac.triage.dangers import words_say
from marac.triage.grades import Measure
from marac.triage.incident_dates import incidents_named
from marac.triage.rules import ThresholdRules
from marac.triage.said import evidence_of, sayings
from marac.triage.wording import counted, doubtful, in_words, places

_MEDIUM = re.compile(r"\bmedium\b", re.IGNORECASE)
_RISING = re.compile(
    r"\brisks?\b[^.]{0,60}\b(?:ris(?:e|es|ing)|increas\w+|escalat\w+|higher|worse)\b|\b(?:ris(?:e|es|ing)|increas\w+|escalat\w+)\b[^.]{0,30}\brisks?\b"
    r"|\banticipated\b[^.]{0,40}\bchange",
    re.IGNORECASE,
)


def ticked_criteria(reading: Reading, rules: ThresholdRules, *, measured: bool) -> Iterator[Measure]:
    """What the referrer ticked that meets the threshold by itself."""
    criteria = reading.referral.criteria
    if criteria.visible_high_risk and not measured:
        score = "no score given" if criteria.score is None else "no score that can be counted"
        yield _ticked(reading, "visible_high_risk", f"visible high risk, by the referrer's word, with {score}")
    if criteria.professional_judgement and rules.professional_judgement:
        yield _ticked(reading, "professional_judgement", "professional judgement")
    if criteria.escalation:
        yield _ticked(reading, "escalation", "escalation ticked by the referrer")
    if criteria.repeat:
        yield _ticked(reading, "repeat", "repeat ticked by the referrer")


def own_criteria(case: Case, rules: ThresholdRules) -> Iterator[Measure]:
    """What is high risk by itself in this area, where the words on the form say it; a person reads the sentence."""
    for criterion in rules.alone_enough:
        if criterion == "medium and rising":
            yield from _medium_and_rising(case)
        elif said := words_say(case, criterion):
            words = f"{criterion}, this area's own criterion, by the words on the form"
            yield Measure(words, reaches=True, evidence=evidence_of(case, said))


def only_with_an_incident(
    case: Case, rules: ThresholdRules, measures: Sequence[Measure], total: Measure | None = None
) -> list[Measure]:
    """The measures as they count where ticks count only together with a recent incident; elsewhere as they are.

    Args:
        case: The case with its form.
        rules: The area's.
        measures: What the form shows.
        total: The measure that is no count of ticks, which counts without an incident.
    """
    months = rules.recent_incident_months
    if months is None:
        return list(measures)
    named = incidents_named(case.referral.reason or "", case.received, months)
    span = counted(months, "month")
    found = []
    for measure in measures:
        if not measure.reaches or measure is total:
            found.append(measure)
        elif named:
            words = f"{measure.words}, with a day named in the last {span} that may be an incident's ({in_words(named[0].day)})"
            found.append(replace(measure, words=words, evidence=f'{measure.evidence}; "{named[0].sentence}"'))
        else:
            words = f"{measure.words}, but no incident is named in the last {span}, which this area asks for"
            found.append(replace(measure, words=words, reaches=False, lacks_incident=True))
    return found


def _medium_and_rising(case: Case) -> Iterator[Measure]:
    own_words = {"reason", "checklist.judgement"}
    rising = tuple(each for each in sayings(case, _RISING) if each.path in own_words)
    said = tuple(each for each in sayings(case, _MEDIUM) if each.path in own_words)
    graded = case.referral.checklist.grade == "medium"
    if rising and (graded or said):
        where = places(case.reading, "checklist.grade") if graded else evidence_of(case, said)
        words = "medium risk that is about to rise, this area's own criterion, by the words on the form"
        yield Measure(words, reaches=True, evidence="; ".join(filter(None, (where, evidence_of(case, rising)))))


def _ticked(reading: Reading, leaf: str, words: str) -> Measure:
    path = f"criteria.{leaf}"
    unsure = " (hard to read on the form)" if doubtful(reading, path) else ""
    return Measure(words + unsure, reaches=True, evidence=places(reading, path))
