"""How many people one perpetrator is named as harming."""

from collections.abc import Sequence

from marac.matching.couples import Couple, likeness
from marac.matching.frequencies import Frequencies
from marac.triage.couples import couple_in
from marac.triage.history import Before
from marac.triage.resemblance import CLAIMS

_MOST = 20
"""Cases that are looked at: a perpetrator who stands in more is known to everybody at the table."""


def victims_of_one(befores: Sequence[Before], frequencies: Frequencies) -> int:
    """How many different victims these cases of one perpetrator have, as far as the forms tell them apart."""
    known: list[Couple] = []
    for before in befores[-_MOST:]:
        couple = couple_in(before.case)
        if not any(_same_victim(couple, other, frequencies) for other in known):
            known.append(couple)
    return len(known)


def _same_victim(one: Couple, other: Couple, frequencies: Frequencies) -> bool:
    found = likeness(one, other, frequencies, max(2, frequencies.people // 2)).probability
    return sum(found[relation] for relation, claims in CLAIMS.items() if ("victim", "victim") in claims) >= 0.5
