"""What cannot wait for the meeting: contact that may not be safe, and people under the age the MARAC hears."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from marac.case import CANNOT_WAIT, Case, Flag, FlagCode
from marac.triage.days import age_on
from marac.triage.wording import in_words, places, sentence

_CAUTION = re.compile(
    r"\b(?:not|n't|never|no|unsafe|avoid|only|except|unless|danger\w*|perp\w*|partner|husband|wife|abuser|withheld)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
"""Words in contact notes that make a call at the wrong time, or to the wrong person, dangerous."""
_UNSAFE = re.compile(
    r"\b(?:not\s+(?:be\s+)?safe|unsafe|do\s?n[o'\u2019]?t\s+(?:contact|call|ring|phone|text|write|visit)|never\s+(?:contact|call|ring|phone|text))\b",
    re.IGNORECASE,
)
"""Words in contact notes that say that a way of contact is dangerous whenever it is used."""
_NOTHING = re.compile(r"\s*(?:no|none|nil|n/?a|not applicable|no concerns|no issues)\W*\s*", re.IGNORECASE)
_ANY_TIME = re.compile(r"\s*(?:safe\s+)?(?:at\s+)?any\s?time\W*", re.IGNORECASE)
_OLDEST = 110
_AFTER = len(CANNOT_WAIT)
NEVER_THE_ALARM = "This program is never the alarm: in an emergency ring 999."
"""Said once wherever something is shown that cannot wait."""


def urgent_first(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """The flags, what cannot wait for the meeting first; the others as they were."""
    return tuple(sorted(flags, key=lambda flag: CANNOT_WAIT.index(flag.code) if flag.code in CANNOT_WAIT else _AFTER))


def contact_warnings(case: Case) -> tuple[Flag, ...]:
    """Warnings about reaching the victim: unsafe, or not known to be safe; and then, what to take care of."""
    found: tuple[tuple[FlagCode, Iterator[tuple[str, str]]], ...] = (
        ("unsafe contact", _dangers(case)),
        ("contact with care", _cares(case)),
    )
    return tuple(
        Flag(code, f"Warning: {sentence(words)[0].lower()}{sentence(words)[1:]}", places(case.reading, path))
        for code, warnings in found
        for words, path in warnings
    )


def _dangers(case: Case) -> Iterator[tuple[str, str]]:
    """Why contact is unsafe, each with its place on the form."""
    victim = case.referral.victim
    if victim.safe_to_call is False:
        yield "do not call the victim: the form says that it is not safe to call", "victim.safe_to_call"
    elif victim.safe_to_call is None and victim.phone:
        yield (
            "it is not known whether the victim's number is safe to call; do not call it until the referrer has said",
            "victim.safe_to_call",
        )
    if says_danger(victim.contact_notes):
        yield f"contact is not safe, the form says: \u201c{victim.contact_notes}\u201d", "victim.contact_notes"


def _cares(case: Case) -> Iterator[tuple[str, str]]:
    """What to take care of, each with its place on the form."""
    notes, unsafe = case.referral.victim.contact_notes, case.referral.safety.unsafe_to_talk_to
    if notes and _calls_for_care(notes) and not says_danger(notes):
        yield f"contact with care, the form says: \u201c{notes}\u201d", "victim.contact_notes"
    if unsafe and not _NOTHING.fullmatch(unsafe):
        yield f"do not talk to these people about the victim: \u201c{unsafe}\u201d", "safety.unsafe_to_talk_to"


def says_danger(notes: str | None) -> bool:
    """Whether contact notes say that a way of contact is dangerous whenever it is used."""
    return bool(notes and _UNSAFE.search(notes))


def says_conditions(notes: str | None) -> bool:
    """Whether contact notes say when, how or with whom; "none" and "any time" are no conditions."""
    return bool(notes and notes.strip() and not _NOTHING.fullmatch(notes) and not _ANY_TIME.fullmatch(notes))


def _calls_for_care(notes: str) -> bool:
    return bool(_CAUTION.search(notes)) and not _NOTHING.fullmatch(notes)


def under_age(case: Case, minimum_age: int) -> tuple[Flag, ...]:
    """Who was below the age that the MARAC hears on the day the referral came, and whose age makes no sense."""
    victim = case.referral.victim
    several = len(case.referral.perpetrators) > 1
    flags = [*_age_flags(case, "the victim", victim.date_of_birth, victim.age, minimum_age)]
    for number, perpetrator in enumerate(case.referral.perpetrators, start=1):
        who = f"perpetrator {number}" if several else "the perpetrator"
        flags += _age_flags(case, who, perpetrator.date_of_birth, None, minimum_age)
    return tuple(flags)


def _age_flags(case: Case, who: str, born: dt.date | None, stated: int | None, minimum_age: int) -> Iterator[Flag]:
    evidence = _where(case, who)
    age = age_on(case.received, born) if born else None
    age_then = age_on(min(case.referral.date or case.received, case.received), born) if born else None
    if born and age is not None and not 0 <= age <= _OLDEST:
        yield Flag("unclear", f"The date of birth given for {who}, {in_words(born)}, cannot be right.", evidence)
        age = age_then = None
    if age_then is not None and stated is not None and abs(age_then - stated) > 1:
        reason = (
            f"The form states that {who} is {stated}, but the date of birth makes them {age_then}. Ask the referrer."
        )
        yield Flag("unclear", reason, evidence)
    youngest = min((each for each in (age, stated) if each is not None), default=None)
    if youngest is not None and youngest < minimum_age:
        basis = f"(born {in_words(born)})" if born and age == youngest else "by the age stated on the form"
        yield Flag(
            "under age",
            f"{who[0].upper()}{who[1:]} was {youngest} {basis} on the day the referral came; this MARAC hears people from {minimum_age}. "
            "A person decides what happens now, and children's services may need to know today.",
            evidence,
            needs_decision=True,
        )


def _where(case: Case, who: str) -> str:
    kind, _, number = who.removeprefix("the ").partition(" ")
    path = f"perpetrators.{int(number or 1) - 1}" if kind == "perpetrator" else kind
    return places(case.reading, f"{path}.date_of_birth", f"{path}.age")
