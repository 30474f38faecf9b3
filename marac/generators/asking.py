"""What a referrer is asked for: the gaps and doubts of a case in fixed words, which hold nothing that is on the form.

What only this program could not read for certain is no question for the referrer: the coordinator has the form.
"""

import re
from collections.abc import Iterator, Mapping

from marac.case import Case
from marac.referral import Problem
from marac.triage.wording import listed

_MOST = 10
"""A longer list is not answered; the coordinator asks for the rest."""
_AND_MORE = "a few more things, about which the coordinator will ask you"
_CONFIRM = " (please confirm)"
_SAFE_TO_RING = "whether it is safe to ring the victim"
_CONSENT = "whether the victim knows of the referral, and agrees to it"

_CHECKLIST = "the filled-in risk checklist, or its score"
_BASIS = "on which lawful basis you share the information"

_NOT_ON_THE_FORM = "Not on the form: "
"""How the flag begins that names every essential that is missing."""
_ESSENTIALS: Mapping[str, str] = {
    "the victim's name": "the victim's name",
    "the victim's date of birth or age": "the victim's date of birth, or the age if that is all you know",
    "the victim's address or any way to make contact": "the victim's address, or a safe way to make contact",
    "the perpetrator's name": "the perpetrator's name",
    "the name of ": "the name of each perpetrator",
    "the referring agency": "which agency you refer for",
    "the reason for the referral": "the reason for the referral",
    "whether the victim knows of the referral or agrees to it": _CONSENT,
}
"""What that flag names, as the referrer is asked for it."""

_WORDS: Mapping[str, str] = {
    "date": "the date of the referral",
    "reason": "the reason for the referral",
    "victim.name": "the victim's name",
    "victim.aliases": "the victim's other names",
    "victim.date_of_birth": "the victim's date of birth",
    "victim.age": "the victim's age",
    "victim.address": "the victim's address",
    "victim.postcode": "the victim's postcode",
    "victim.phone": "the victim's telephone number",
    "victim.safe_to_call": _SAFE_TO_RING,
    "victim.contact_notes": "how and when it is safe to contact the victim",
    "victim.interpreter": "whether the victim needs an interpreter",
    "victim.language": "which language the victim speaks",
    "perpetrators": "the perpetrator's name",
    "perpetrators.*.name": "name",
    "perpetrators.*.date_of_birth": "date of birth",
    "perpetrators.*.address": "address",
    "perpetrators.*.postcode": "postcode",
    "perpetrators.*.relationship": "relationship to the victim",
    "children": "the children's names and dates of birth",
    "children.*.name": "name",
    "children.*.date_of_birth": "date of birth",
    "children.*.address": "address",
    "referrer.name": "your own name, role and agency",
    "referrer.agency": "which agency you refer for",
    "referrer.phone": "your own telephone number",
    "consent": _CONSENT,
    "consent.aware": _CONSENT,
    "consent.given": _CONSENT,
    "criteria.professional_judgement": "whether you refer by your professional judgement",
    "criteria.visible_high_risk": "whether the risk checklist shows a high risk",
    "criteria.escalation": "whether the abuse may be getting worse",
    "criteria.repeat": "whether the case was heard at a MARAC before",
    "criteria.score": "the score of the risk checklist",
    "checklist": "the filled-in risk checklist",
    "checklist.ticks": "how many questions of the risk checklist are answered with yes",
    "checklist.grade": "the grade of the risk assessment",
    "police.reference": "the crime or incident number of the police",
}
"""Each leaf that a referrer can be asked about; `*` is the number of a person."""

_SECTION = re.compile(r"(?!date)[a-z]+")
"""A whole part of the form: what is unclear there is what the program did not understand, and the coordinator looks."""

_NUMBERED = re.compile(r"(perpetrators|children)\.([0-9]{1,3})\.([a-z_]+)")
_QUESTION = re.compile(r"checklist\.answers\.([0-9]{1,2})")


def asked_for(case: Case) -> tuple[str, ...]:
    """What the referrer is asked for, item by item, the most needed first; empty where nothing is."""
    asked = list(dict.fromkeys((*_missing(case), *_safety(case), *_unclear(case))))
    if len(asked) > _MOST:
        asked[_MOST:] = [_AND_MORE]
    return tuple(asked)


def _missing(case: Case) -> Iterator[str]:
    for flag in case.flags:
        if flag.code == "missing" and flag.reason.startswith(_NOT_ON_THE_FORM):
            yield from (words for named, words in _ESSENTIALS.items() if named in flag.reason)
    if any(flag.code == "checklist missing" for flag in case.flags):
        yield _CHECKLIST
    if any(flag.code == "lawful basis missing" for flag in case.flags):
        yield _BASIS
    yield from (words for problem in _flagged(case, "missing") if (words := _words(case, problem.path)))


def _safety(case: Case) -> Iterator[str]:
    unknown = case.referral.victim.safe_to_call is None
    if unknown and any(flag.code == "unsafe contact" for flag in case.flags):
        yield _SAFE_TO_RING


def _unclear(case: Case) -> Iterator[str]:
    known = {*_missing(case), *_safety(case)}
    problems = _flagged(case, "unclear")
    for problem in problems:
        words = "" if _SECTION.fullmatch(problem.path) else _words(case, problem.path)
        if words and words not in known:
            yield words + _CONFIRM
    if questions := sorted({int(found[1]) for each in problems if (found := _QUESTION.fullmatch(each.path))}):
        several = "s" if len(questions) > 1 else ""
        numbers = listed([str(number) for number in questions])
        yield f"the answer{several} to question{several} {numbers} of the risk checklist"
    if any(flag.code == "score and ticks disagree" for flag in case.flags):
        yield "which is right: the score that is stated, or the ticks on the checklist"


def _flagged(case: Case, code: str) -> tuple[Problem, ...]:
    """What the reader of the form could not settle and the register still asks about."""
    raised = {flag.reason for flag in case.flags if flag.code == code}
    return tuple(problem for problem in case.reading.problems if problem.message in raised)


def _words(case: Case, path: str) -> str:
    """What a leaf is called in a question to the referrer; empty where it is none for the referrer."""
    numbered = _NUMBERED.fullmatch(path)
    if numbered is None:
        return _WORDS.get(path, "")
    people, number, leaf = numbered.groups()
    what = _WORDS.get(f"{people}.*.{leaf}", "")
    who = f"child {int(number) + 1}"
    if people == "perpetrators":
        who = f"perpetrator {int(number) + 1}" if len(case.referral.perpetrators) > 1 else "the perpetrator"
    return f"{who}'s {what}" if what else ""
