"""What is asked of the coordinator about who sees what: holds to decide, names that are near, holds that reach nobody."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from marac.agency import Agency
from marac.case import LIVE, Case
from marac.meetings.must_not_receive import NearName
from marac.meetings.withholding import Held, Withholding

_YEAR_AND_A_MONTH = 400
"""Days: for so long after its meeting something may still be sent about a case."""
_SAY_SO = "marac case conflict {case} {agency}{person} --reason ... --by ..."


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the coordinator, and how it is answered. For the coordinator and the chair only."""

    case: str
    why: str = field(repr=False)
    to_do: str = field(repr=False)


def asked_about(
    withheld: Withholding, near: Sequence[NearName], officers: Sequence[tuple[str, str]], agencies: Sequence[Agency]
) -> tuple[Asked, ...]:
    """Every question, the loudest first: the chair or the coordinator as a party, then holds, then names that are near."""
    names = {agency.id: agency.name for agency in agencies}
    return (
        *(_about_officer(case, words) for case, words in officers),
        *(_about_hold(held, names) for held in withheld.undecided),
        *(_about_nobody(held, names) for held in withheld.to_nobody if held.decided),
        *(_about_near(each, names) for each in near),
    )


def still_sent_about(cases: Sequence[Case]) -> tuple[Case, ...]:
    """The cases that something may still be sent about: those to be heard, and those heard in the last year."""
    newest = max((case.meeting for case in cases if case.meeting), default=dt.date.min)
    return tuple(
        case
        for case in cases
        if case.state in LIVE
        or (case.state in {"heard", "joined"} and case.meeting and (newest - case.meeting).days < _YEAR_AND_A_MONTH)
    )


def held_in_words(held: Held, name: str) -> str:
    """What is held back from an agency of this name, why, and who there gets it."""
    return f"It is held back from {name}. {held.reason} {who_gets_it(held)}".replace("  ", " ")


def who_gets_it(held: Held) -> str:
    """Whether anybody at the agency gets what is held back from the rest of it."""
    if held.to_senior:
        return "It goes to its senior contact alone."
    return "Nobody there gets it: agencies.toml names no senior contact who could."


def _about_officer(case: str, words: str) -> Asked:
    why = (
        f"{words} This program cannot hide a case from the chair or the coordinator: whoever opens the register or the "
        "agenda sees it all. If it is the same person, somebody else must take this case over today."
    )
    office = "chair" if words.startswith("The chair") else "coordinator"
    return Asked(case, why, f"If it is chance: marac case conflict {case} {office} --clear --reason ... --by ...")


def _about_hold(held: Held, names: Mapping[str, str]) -> Asked:
    say = _said(held.case, held.agency, held.person)
    to_do = f"Is it the person, or a relative of theirs? It stays so: {say} It is chance: the same with --clear"
    return Asked(held.case, held_in_words(held, names.get(held.agency, held.agency)), to_do)


def _about_nobody(held: Held, names: Mapping[str, str]) -> Asked:
    if held.agency not in names:
        why = f"It is held back from {held.agency}, and agencies.toml has no such agency any more."
        to_do = "Has it another id now? Then nothing is held back from it there. Hold it back today: " + _said(
            held.case, "NEW-ID", held.person
        )
        return Asked(held.case, why, f"{to_do} Then, or if it has left: the same for {held.agency}, with --clear")
    to_do = (
        "Ring somebody senior there who is no party, and enter them as senior in agencies.toml, with a mailbox of their "
        f"own; then: marac keys import {held.agency}.senior FILE"
    )
    return Asked(held.case, held_in_words(held, names.get(held.agency, held.agency)), to_do)


def _about_near(near: NearName, names: Mapping[str, str]) -> Asked:
    name = names.get(near.agency, near.agency)
    say = _said(near.case, near.agency, near.person)
    return Asked(near.case, f"{name}: {near.question} Nothing is held back.", f"Yes: {say} No: the same with --clear")


def _said(case: str, agency: str, person: str | None) -> str:
    return _SAY_SO.format(case=case, agency=agency, person=f' --person "{person}"' if person else "")
