"""Professionals who may be a party to the case: whoever is named on the form as one of both must not be its reader."""

import re
from collections.abc import Iterator

from marac.case import Case, Flag
from marac.matching.names import names_in, stated
from marac.triage.namesakes import namesakes
from marac.triage.scope import refers_herself
from marac.triage.wording import listed, places

_RANK = re.compile(r"\b(?:PC|DC|PS|DS|DI|TDC|T/DC|Sgt|Det|Insp|PCSO|Constable|Sergeant|Officer|OIC)\b\.?|\b[A-Z]*\d+\b")
_PRACTICE = re.compile(r"\b(?:surgery|practice|medical|health|centre|clinic|hospital|partnership)\b", re.IGNORECASE)

HELD_FOR_A_PARTY = (
    "A professional on the form may be a party to the case. Nothing is sent to the referrer until you have decided about the "
    "case: marac case decide CASE hear (or not-heard) --reason ... --by ..."
)
"""Why an answer is not written, or is taken back."""
ASK_FIRST = "A professional on the form may be a party to the case: release this only if you know that it is chance."
"""What stands beside an answer that was written after the decision; no standing release lets it go."""


def party_flags(case: Case) -> tuple[Flag, ...]:
    """Whether a professional on the form has the name of the perpetrator or of the victim.

    Only the coordinator and the chair are told, and nothing goes to such a referrer by itself: it may be the perpetrator
    who writes.
    """
    found = list(_found(case))
    if not found:
        return ()
    who = listed(list(dict.fromkeys(words for words, _ in found)))
    reason = (
        f"{who[0].upper()}{who[1:]}. It may be chance, or a professional who is a party to the case. Tell nobody at that agency "
        "before you know, send no answer, and ask somebody there whom you knew before. For the coordinator and the chair only."
    )
    evidence = places(case.reading, *dict.fromkeys(path for _, path in found))
    return (Flag("professional is a party", reason, evidence, needs_decision=True),)


def party_flagged(case: Case) -> bool:
    """Whether a professional on the form may be a party: then only a person lets an answer go."""
    return any(flag.code == "professional is a party" for flag in case.flags)


def party_in_question(case: Case) -> bool:
    """Whether nobody has said yet what that means: until then no answer is written, and none leaves."""
    return any(flag.code == "professional is a party" for flag in case.open_questions)


def parties_in_question(case: Case) -> tuple[tuple[str, str], ...]:
    """Each professional on the form who has the name of a party, in words, with the leaf where it stands."""
    return tuple(dict.fromkeys(_found(case)))


def without_rank(text: str) -> str:
    """A name without the rank and the shoulder number of a police officer."""
    return _RANK.sub(" ", text).strip(" ,-")


def _found(case: Case) -> Iterator[tuple[str, str]]:
    victim = case.referral.victim
    people = [("the perpetrator", (person.name, *person.aliases)) for person in case.referral.perpetrators]
    if not refers_herself(case):
        people.append(("the victim", (victim.name, *victim.aliases)))
    for who, texts in people:
        names = tuple(text for text in texts if text)
        for professional, path, name in _professionals(case):
            if namesakes((name,), names):
                yield f"{professional} has the name of {who}", path
        if _in_address(case.referral.referrer.email or "", names):
            yield f"the referrer writes from an address with the name of {who}", "referrer.email"


def _professionals(case: Case) -> Iterator[tuple[str, str, str]]:
    """Those who are named on a form in their work: in words, their leaf, and the name as far as it is one."""
    referral = case.referral
    if referral.referrer.name and stated(referral.referrer.name):
        yield "the referrer", "referrer.name", referral.referrer.name
    if referral.police.officer:
        yield "the officer in the case", "police.officer", without_rank(referral.police.officer)
    if referral.victim.gp:
        for part in re.split(r"[,;/\n]|\s-\s|\bat\b", referral.victim.gp):
            if stated(part) and not _PRACTICE.search(part):
                yield "the victim's GP", "victim.gp", part


def _in_address(email: str, names: tuple[str, ...]) -> bool:
    """Whether the part before the @ is first name and surname, in either order, with whatever between."""
    letters = re.sub(r"[^a-z]", "", email.partition("@")[0].lower())
    return any(
        letters in {first + surname, surname + first}
        for name in names_in(names)
        for first in name.first[:1]
        for surname in ("".join(name.surname),)
        if first and surname
    )
