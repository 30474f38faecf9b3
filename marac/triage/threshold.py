"""Whether a referral is high risk by the area's rules, with every reason and the place on the form it rests on.

Source: SafeLives' criteria for referral (visible high risk, professional judgement, potential escalation, repeat). Below
the threshold is never "no": a person decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marac.case import Case, Flag, FlagCode
from marac.checklist import QUESTIONS, ticks_in
from marac.referral import Reading
from marac.triage.criteria import only_with_an_incident, own_criteria, ticked_criteria
from marac.triage.escalation import for_a_person, shown_by_the_register
from marac.triage.grades import Measure, grades_reached, why_no_grade_decides
from marac.triage.history import Before
from marac.triage.rules import ThresholdRules
from marac.triage.wording import counted, doubtful, places, sentence


@dataclass(frozen=True, slots=True)
class _Score:
    """The number that the referrer states: a count of ticks, a MeRIT total, or neither that can be used."""

    measure: Measure | None = None
    ticks: int | None = None
    unusable: str = ""


def threshold_flags(
    case: Case, rules: ThresholdRules, befores: Sequence[Before] = (), repeat_of: str | None = None
) -> tuple[Flag, ...]:
    """Says that the threshold is met and by what, that the form is below it, or that nothing can be said.

    `befores` are the earlier cases of the couple, for escalation; `repeat_of` is the case that this one repeats by our
    own register. Flags on what contradicts itself come after.
    """
    reading = case.reading
    ticks, score = _ticks(reading, rules), _stated(reading, rules)
    reached = [measure for measure in (ticks, score.measure) if measure]
    measures = only_with_an_incident(case, rules, reached, score.measure if score.ticks is None else None)
    reasons = [measure for measure in measures if measure.reaches]
    reasons += [
        *grades_reached(reading, rules),
        *ticked_criteria(reading, rules, measured=bool(measures)),
        *own_criteria(case, rules),
        *shown_by_the_register(case, rules, befores),
        *_repeat_in_the_register(case, repeat_of),
    ]
    main = _met(reasons, measures) if reasons else _not_met(case, rules, measures, befores)
    return (main, *_contradictions(reading, rules, ticks, score))


def _met(reasons: Sequence[Measure], measures: Sequence[Measure]) -> Flag:
    evidence = "; ".join(dict.fromkeys(reason.evidence for reason in reasons if reason.evidence))
    below = [measure.words for measure in measures if not measure.reaches]
    rest = f" Below it: {'; '.join(below)}." if below else ""
    return Flag("threshold met", f"Threshold met: {'; '.join(reason.words for reason in reasons)}.{rest}", evidence)


def _repeat_in_the_register(case: Case, repeat_of: str | None) -> Iterator[Measure]:
    if repeat_of and not case.referral.criteria.repeat:
        yield Measure(f"repeat of {repeat_of} by our own register", reaches=True, evidence=repeat_of)


def _not_met(case: Case, rules: ThresholdRules, measures: Sequence[Measure], befores: Sequence[Before]) -> Flag:
    """Why nothing reaches the threshold, and what a person should look at before saying so."""
    reading, asked = case.reading, for_a_person(case, rules, befores)
    look = "".join(f" Look before you decide: {each.words}." for each in asked)
    evidence = "; ".join(each.evidence for each in (*measures, *asked) if each.evidence)
    paths = ("score", "visible_high_risk", "professional_judgement", "escalation", "repeat")
    evidence = evidence or places(reading, *(f"criteria.{path}" for path in paths))
    code: FlagCode = "unclear"
    if any(measure.lacks_incident for measure in measures):
        reason = f"{_listed(measures)}. Ask the referrer when the last incident was; a person decides whether the case is heard."
    elif (reason := why_no_grade_decides(reading, rules)) and not measures:
        evidence = places(reading, "checklist.grade", "checklist.judgement") or evidence
    elif not measures and not _nothing_is_claimed(reading, rules):
        reason = (
            "The form does not say how high the risk is: no score and no checklist that can be counted, and no criterion "
            "ticked. Ask the referrer for the checklist; a person decides whether the case is heard."
        )
    else:
        code = "below threshold"
        found = [_listed(measures) or "no score and no checklist", *_unticked(reading, rules)]
        reason = f"Below the threshold on the form: {'; '.join(found)}. A person decides whether the case is heard."
    return Flag(code, reason + look, evidence, needs_decision=True)


def _listed(measures: Sequence[Measure]) -> str:
    return "; ".join(measure.words for measure in measures)


def _nothing_is_claimed(reading: Reading, rules: ThresholdRules) -> bool:
    """Whether the referrer says no to every criterion that a tick alone would meet."""
    criteria = reading.referral.criteria
    judged = criteria.professional_judgement if rules.professional_judgement else False
    return criteria.visible_high_risk is False and judged is False


def _unticked(reading: Reading, rules: ThresholdRules) -> Iterator[str]:
    criteria, checklist = reading.referral.criteria, reading.referral.checklist
    questions = QUESTIONS.get(checklist.kind or "")
    if checklist.answers and questions and len(checklist.answers) < questions:
        yield f"{counted(questions - len(checklist.answers), 'question')} of {questions} not answered"
    if criteria.professional_judgement and not rules.professional_judgement:
        yield "professional judgement is ticked, but does not meet the threshold in this area"
    elif criteria.professional_judgement is not True:
        yield "professional judgement not ticked"
    yield "escalation and repeat not ticked"


def _ticks(reading: Reading, rules: ThresholdRules) -> Measure | None:
    """The ticks counted on the checklist; None where there is none, or none that can be counted."""
    checklist = reading.referral.checklist
    threshold, ticks = _threshold(reading, rules), _counted(reading)
    if not checklist.counts or threshold is None or not ticks or ticks > _most_ticks(reading):
        return None
    numbers = [number for number, answer in checklist.answers.items() if answer == "yes"]
    where = places(reading, "checklist.ticks", *(f"checklist.answers.{number}" for number in numbers[:1]))
    ticked = f"ticked: {', '.join(numbers)}" if numbers else ""
    words = f"{counted(ticks, 'tick')} counted on the checklist (threshold {threshold})"
    return Measure(words, ticks >= threshold, "; ".join(part for part in (ticked, where) if part))


def _threshold(reading: Reading, rules: ThresholdRules) -> int | None:
    """The ticks that make a case high risk on this kind of list; None where the area names no number for it."""
    return rules.ticks.get(reading.referral.checklist.kind or "other", rules.ticks.get("other"))


def _counted(reading: Reading) -> int | None:
    checklist = reading.referral.checklist
    ticks = ticks_in(checklist.answers)
    return checklist.ticks if ticks is None else ticks


def _most_ticks(reading: Reading) -> int:
    return QUESTIONS.get(reading.referral.checklist.kind or "", max(QUESTIONS.values()))


def _stated(reading: Reading, rules: ThresholdRules) -> _Score:
    """What the stated score can be held against; a MeRIT total is never held against a threshold for ticks."""
    score, counts = reading.referral.criteria.score, _counts_ticks(reading)
    if score is None:
        return _Score()
    evidence = places(reading, "criteria.score")
    if rules.merit is not None and not counts and not reading.referral.checklist.dara:
        words = f"stated score {score}, taken as a MeRIT total (threshold {rules.merit})"
        return _Score(Measure(words, score >= rules.merit, evidence))
    threshold = _threshold(reading, rules)
    if (unusable := _unusable(reading, score, threshold)) or threshold is None:
        return _Score(unusable=unusable)
    unsure = ", hard to read on the form" if doubtful(reading, "criteria.score") else ""
    uncounted = "" if _counted(reading) else ", no checklist to count"
    words = f"stated score {score} (threshold {threshold}){unsure}{uncounted}"
    return _Score(Measure(words, score >= threshold, evidence), ticks=score)


def _counts_ticks(reading: Reading) -> bool:
    """Whether the stated score can only be the count of the ticks on the form's own list, whatever the area uses."""
    checklist = reading.referral.checklist
    return checklist.counts and not checklist.merit_total and reading.referral.criteria.score == _counted(reading)


def _unusable(reading: Reading, score: int, threshold: int | None) -> str:
    """Why a stated score cannot be held against a threshold for ticks; empty where it can."""
    checklist, questions = reading.referral.checklist, _most_ticks(reading)
    if checklist.dara and not checklist.counts:
        return f"The form gives a score of {score} beside a DARA, which is graded and not scored"
    if checklist.merit_total or not checklist.counts:
        return f"The form gives a MeRIT total of {score}, and this area has no threshold for MeRIT"
    if score > questions:
        return f"The form gives a score of {score}, which is no count of ticks on a list of {questions} questions"
    if threshold is None:
        return f"The form gives a score of {score}, and no threshold is set for its kind of checklist"
    return ""


def _contradictions(reading: Reading, rules: ThresholdRules, ticks: Measure | None, score: _Score) -> Iterator[Flag]:
    """Where the form says two things at once, or something that cannot be held against a threshold."""
    criteria, number = reading.referral.criteria, _counted(reading)
    stated = places(reading, "criteria.score", "checklist.ticks")
    if ticks and score.measure and score.ticks is not None and score.ticks != number:
        decide = ticks.reaches != score.measure.reaches
        ask = "They fall on different sides of the threshold. " if decide else ""
        reason = f"The form states a score of {score.ticks}, but {counted(number or 0, 'tick')} were counted on it."
        yield Flag("score and ticks disagree", f"{reason} {ask}Count the checklist.", stated, needs_decision=decide)
    yield from _uncountable(reading, rules)
    if score.unusable:
        yield _unclear(f"{score.unusable}. Nothing was concluded from it: a person decides", stated)
    measures = [measure for measure in (ticks, score.measure) if measure]
    if criteria.visible_high_risk and measures and not any(measure.reaches for measure in measures):
        words = "; ".join(measure.words for measure in measures)
        place = places(reading, "criteria.visible_high_risk", "criteria.score")
        yield _unclear(f"The referrer ticks visible high risk, but the form shows {words}. Ask the referrer", place)


def _uncountable(reading: Reading, rules: ThresholdRules) -> Iterator[Flag]:
    checklist, number, most = reading.referral.checklist, _counted(reading), _most_ticks(reading)
    if not checklist.counts:
        return
    if checklist.answers and not number:
        yield _unclear("The checklist shows no yes at all. If boxes are ticked on it, they were not read: look at it")
    if number and number > most:
        yield _unclear(f"{number} ticks were read on a list of {most} questions: count the checklist")
    if checklist.answers and _threshold(reading, rules) is None:
        yield _unclear("No threshold is set for this kind of checklist, so its ticks were held against nothing")


def _unclear(reason: str, evidence: str = "") -> Flag:
    return Flag("unclear", sentence(reason), evidence, needs_decision=True)
