"""Who tells the victim what a meeting came to, by when, and which victims have not been told yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from marac.agency import Agency
from marac.case import Case
from marac.fortnight import VictimTold
from marac.meetings.flag_ends import was_heard
from marac.meetings.hearing import Hearing
from marac.meetings.items import Items, references_of
from marac.meetings.withholding import SENIOR, Withholding
from marac.triage.protocol import referring_agency

WhoTells = Literal["referrer", "idva", "referrer and idva"]


@dataclass(frozen=True, slots=True)
class TellingRules:
    """Who tells the victim in this area."""

    to: WhoTells = "referrer"
    idva: str | None = None
    """The id of the IDVA service in agencies.toml."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Somebody who is asked to tell the victim; or why there is nobody."""

    agency: Agency | None
    """A reader that documents may be made for; None where a person has to find another way."""
    of: Literal["referrer", "idva"]
    why: str = field(default="", repr=False)
    """Why there is nobody, for the coordinator."""


def tellers(
    hearing: Hearing, rules: TellingRules, agencies: Sequence[Agency], readers: Sequence[Agency], held: Withholding
) -> tuple[Teller, ...]:
    """Who is asked to tell the victim of an item what the meeting came to, each once.

    Args:
        hearing: the item.
        rules: the area's.
        agencies: all that sit at the MARAC.
        readers: those whom documents may be made for, with their senior contacts.
        held: what is held back from whom.
    """
    found: list[Teller] = []
    if rules.to != "idva":
        whose = (referring_agency(case, agencies) for case in hearing.cases)
        found += [_reader(hearing, each, "referrer", readers, held) for each in whose]
    if rules.to != "referrer":
        idva = next((each for each in agencies if each.id == rules.idva), None)
        found.append(_reader(hearing, idva, "idva", readers, held))
    somebody = {each.agency.id: each for each in reversed(found) if each.agency is not None}
    nobody = {each.why: each for each in found if each.agency is None}
    return (*reversed(somebody.values()), *nobody.values())


def untold(cases: Sequence[Case], told: Iterable[VictimTold]) -> tuple[Hearing, ...]:
    """The items that were heard and whose victims nobody is known to have told since.

    Those which another register brought along are not among them: who told whom was settled there.
    """
    said = {(each.case, each.meeting) for each in told}
    return tuple(
        hearing
        for hearing in Items(cases).every
        if was_heard(hearing)
        and hearing.case.origin != "import"
        and not any((reference, hearing.case.meeting) in said for reference in references_of(hearing))
    )


def _reader(
    hearing: Hearing,
    agency: Agency | None,
    of: Literal["referrer", "idva"],
    readers: Sequence[Agency],
    held: Withholding,
) -> Teller:
    """The agency, or its senior contact where the item is held back from the rest of it."""
    if agency is None:
        whose = "the IDVA service" if of == "idva" else "the agency that referred it"
        return Teller(None, of, f"{whose} is not in agencies.toml")
    theirs = [each for each in readers if each.id in {agency.id, f"{agency.id}{SENIOR}"}]
    if not theirs:
        return Teller(None, of, f"{agency.name} has not signed the area's protocol")
    seeing = next((each for each in theirs if held.may_see(each.id, references_of(hearing))), None)
    return Teller(seeing, of, "" if seeing else f"the case is held back from {agency.name}")
