"""Children and adults at risk: for both, the safeguarding procedures are to be considered beside the MARAC."""

import re
from collections.abc import Iterator

from marac.case import Case, Flag
from marac.referral import Child
from marac.triage.dangers import answered_yes
from marac.triage.days import age_on
from marac.triage.said import Saying, evidence_of, sayings, sentences
from marac.triage.wording import counted, listed, places

_ADULT = 18
_CHILDREN = re.compile(
    r"\b(?:the|her|his|their|both|these|two|three|four|all|younge(?:r|st)|elde(?:r|st)|older|oldest) (?:\w+ )?(?:child|children|baby|toddler|kids)\b"
    r"|\bunborn\b|\bpregnan\w+",
    re.IGNORECASE,
)
_NOT_HERS = re.compile(
    r"\b(?:no|without|any) children\b|\bnot (?:\w+ )?pregnant\b|\bno pregnancy\b|\bchild(?:ren)?['\u2019]s (?:social|services|centre)|\bwas first pregnant\b",
    re.IGNORECASE,
)
_CARE_NEEDS = re.compile(
    r"\bcare and support needs\b|\b(?:adult safeguarding|safeguarding adults?) (?:concern|referral|enquiry|plan)\b"
    r"|\badult at risk\b|\bvulnerable adult\b|\bcare package\b|\bpackage of care\b|\bsupported living\b"
    r"|\blearning (?:disabilit|difficult)\w+|\bdementia\b|\balzheimer\w*|\black\w* (?:mental )?capacity\b",
    re.IGNORECASE,
)
_DEPENDS = re.compile(
    r"\bcarers?\b(?!['\u2019]*s?['\u2019]* (?:cent|group|assess|allowance))|\bcar(?:es|ing) for (?:her|him|them)\b|\bdepend(?:s|ent|ing|ed) (?:up)?on\b"
    r"|\brel(?:y|ies|iant|ying) on\b|\bhouse-?bound\b|\bbed-?bound\b|\bwheelchair\b|\bpersonal care\b"
    r"|\bcan(?:no|['\u2019])t (?:walk|wash|dress|cook|leave|get|manage|move)\b|\bmedicines? (?:from|by) (?:him|her)\b",
    re.IGNORECASE,
)
_NO_DISABILITY = re.compile(r"\W*(?:no|none|nil|n/?a|not known|unknown)\W*", re.IGNORECASE)


def children_concerned(case: Case) -> tuple[Flag, ...]:
    """Whether children live with what the form tells of: named, unborn, or themselves the victim or the perpetrator.

    It is so in most cases, and nothing that must be done today; what must is `child_harm.child_at_risk`.
    """
    found = list(_children(case))
    if not found:
        return ()
    reason = (
        f"Children are concerned: {listed([words for words, _ in found])}. Consider the safeguarding procedures for "
        "children; the meeting does not take their place."
    )
    return (Flag("children concerned", reason, "; ".join(dict.fromkeys(where for _, where in found if where))),)


def _children(case: Case) -> Iterator[tuple[str, str]]:
    """What makes it so, each with its place on the form."""
    referral = case.referral
    minors = [(place, child) for place, child in enumerate(referral.children) if not _grown_up(case, child)]
    if minors:
        paths = [f"children.{place}.{leaf}" for place, _ in minors for leaf in ("name", "date_of_birth")]
        yield f"the form names {counted(len(minors), 'child', 'children')}", places(case.reading, *paths)
    if referral.victim.pregnant:
        yield "the victim is pregnant", places(case.reading, "victim.pregnant")
    elif referral.victim.pregnant is None and (number := answered_yes(case, "baby")):
        words = f"question {number} of the checklist says that she is pregnant or had a baby not long ago"
        yield words, places(case.reading, f"checklist.answers.{number}")
    yield from _young_adults(case)
    if not referral.children and (said := _spoken_of(case)):
        yield "the form speaks of children, though it names none (ask for their names)", evidence_of(case, said)


def _grown_up(case: Case, child: Child) -> bool:
    return child.date_of_birth is not None and age_on(case.received, child.date_of_birth) >= _ADULT


def _young_adults(case: Case) -> Iterator[tuple[str, str]]:
    victim, several = case.referral.victim, len(case.referral.perpetrators) > 1
    people = [("the victim", "victim", victim.date_of_birth, victim.age)]
    for place, person in enumerate(case.referral.perpetrators):
        who = f"perpetrator {place + 1}" if several else "the perpetrator"
        people.append((who, f"perpetrators.{place}", person.date_of_birth, None))
    for who, path, born, stated in people:
        age = age_on(case.received, born) if born else stated
        if age is not None and 0 <= age < _ADULT:
            yield f"{who} is {age}", places(case.reading, f"{path}.date_of_birth", f"{path}.age")


def _spoken_of(case: Case) -> tuple[Saying, ...]:
    """The sentences that speak of children; "no concerns about the children" tells that there are some."""
    return tuple(
        Saying("reason", sentence)
        for sentence in sentences(case.referral.reason or "")
        if _CHILDREN.search(sentence) and not _NOT_HERS.search(sentence)
    )


def adult_at_risk(case: Case) -> tuple[Flag, ...]:
    """Whether the victim may be an adult with care and support needs, by the words on the form.

    Source: the Care Act 2014, section 42: needs for care and support, and for that reason unable to protect oneself. A
    disability alone is not that; with words of dependence beside it a person looks.
    """
    said = [*sayings(case, _CARE_NEEDS)]
    if _disabled(case):
        said += sayings(case, _DEPENDS)
    if not said:
        return ()
    reason = (
        "Perhaps an adult at risk: the form speaks of needs for care and support. Consider the safeguarding procedures for "
        "adults; the meeting does not take their place."
    )
    return (Flag("adult at risk", reason, evidence_of(case, said)),)


def _disabled(case: Case) -> bool:
    victim = case.referral.victim
    named = bool(victim.disability) and not _NO_DISABILITY.fullmatch(victim.disability or "")
    return bool(victim.disabled) or (victim.disabled is None and named)
