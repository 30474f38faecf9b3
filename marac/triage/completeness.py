"""What a referral lacks that the meeting cannot do without, and what its reader asks a person to look at."""

from collections.abc import Iterator

from marac.case import Case, Flag, FlagCode
from marac.matching.names import names_in, stated
from marac.referral import Problem, Reading
from marac.triage.wording import SURE, counted, listed, place, places

_ESSENTIAL_PATHS = (
    "victim.name", "victim.date_of_birth", "victim.age", "victim.address", "victim.postcode", "victim.phone",
    "perpetrators", "perpetrators.0.name", "referrer.agency", "reason", "consent", "consent.aware", "consent.given",
    "checklist", "checklist.ticks", "criteria.score",
)  # fmt: skip
"""What `missing_essentials` judges itself, so that a reader's note on the same gap is not said twice."""

_SAID = {
    "date_of_birth": "date of birth", "safe_to_call": "safe to call", "contact_notes": "contact notes",
    "professional_judgement": "professional judgement", "visible_high_risk": "visible high risk",
    "previous_date": "date last heard", "previous_reference": "last case number", "other_marac": "other MARAC",
}  # fmt: skip


def missing_essentials(case: Case) -> tuple[Flag, ...]:
    """One flag that names everything essential the form does not give; none where all is there. A checklist has its own.

    Without the victim's name the case cannot be heard, so then a person must decide.
    """
    gaps = tuple(_gaps(case))
    if not gaps:
        return ()
    nameless = not stated(case.referral.victim.name)
    return (Flag("missing", f"Not on the form: {listed(gaps)}. Ask the referrer.", needs_decision=nameless),)


def _gaps(case: Case) -> Iterator[str]:
    referral = case.referral
    victim, perpetrators = referral.victim, len(referral.perpetrators)
    named = sum(bool(names_in((person.name or "", *person.aliases))) for person in referral.perpetrators)
    if not stated(victim.name):
        yield "the victim's name"
    if victim.date_of_birth is None and victim.age is None:
        yield "the victim's date of birth or age"
    if not (victim.address or victim.postcode or victim.phone or victim.contact_notes):
        yield "the victim's address or any way to make contact"
    if not named:
        yield "the perpetrator's name"
    elif named < perpetrators:
        yield f"the name of {counted(perpetrators - named, 'perpetrator')} of {perpetrators}"
    if not (referral.referrer.agency or case.agency):
        yield "the referring agency"
    if not referral.reason:
        yield "the reason for the referral"
    if referral.consent.aware is None and referral.consent.given is None:
        yield "whether the victim knows of the referral or agrees to it"


def reading_flags(reading: Reading) -> tuple[Flag, ...]:
    """What the reader of the form could not settle: each problem in its own words, and values it was unsure of."""
    flags = [_flag(reading, problem) for problem in reading.problems if not _judged_here(problem)]
    named = {problem.path for problem in reading.problems}
    unsure = {path: each for path, each in reading.evidence.items() if each.confidence < SURE and path not in named}
    if unsure:
        words = listed([_in_plain_words(path) for path in unsure])
        where = "; ".join(place(each) for each in unsure.values())
        flags.append(Flag("unclear", f"Hard to read on the form: {words}. Compare with the form.", where))
    return tuple(dict.fromkeys(flags))


def _judged_here(problem: Problem) -> bool:
    return problem.code == "missing" and problem.path in _ESSENTIAL_PATHS


def _flag(reading: Reading, problem: Problem) -> Flag:
    code: FlagCode = "missing" if problem.code == "missing" else "unclear"
    return Flag(code, problem.message, places(reading, problem.path))


def _in_plain_words(path: str) -> str:
    """`the victim's date of birth` for `victim.date_of_birth`."""
    owner, _, leaf = path.rpartition(".")
    words = _SAID.get(leaf, leaf.replace("_", " "))
    who, _, number = owner.partition(".")
    if who == "perpetrators":
        return f"perpetrator {int(number) + 1}'s {words}" if number.isdecimal() else f"the perpetrator's {words}"
    if who == "children":
        return f"child {int(number) + 1}'s {words}" if number.isdecimal() else f"a child's {words}"
    if who == "checklist":
        return f"question {words} of the checklist" if number else f"the checklist's {words}"
    return f"the {who}'s {words}" if who in {"victim", "referrer"} else f"{who} {words}".strip()
