"""Which cases are referred to the IDVA service on receipt, and which of them no standing release lets go."""

from collections.abc import Collection, Iterator

from marac.case import LIVE, CaseState, FlagCode
from marac.meetings.hearing import Hearing
from marac.meetings.items import Items

_STILL: frozenset[CaseState] = LIVE | {"heard", "not heard"}
"""What was referred, and whose corrections still go to the service."""
_ASKED_FIRST: frozenset[FlagCode] = frozenset({"sender not confirmed", "role swap", "professional is a party"})
"""The victim named may be somebody else, or the service may know somebody in it."""


def referred_on_receipt(items: Items, made: Collection[str]) -> Iterator[Hearing]:
    """The items that are referred: those newly registered, and those whose referral was made before.

    What another register brought along, what waits as a draft, and what was joined to another case is not. A case whose
    referral was made stays referred when the meeting has been, so that nothing waits unseen.

    Args:
        items: the register's.
        made: the references of the cases whose referral was made.
    """
    for hearing in items.every:
        states = _STILL if hearing.case.reference in made else LIVE
        if hearing.case.state in states and hearing.case.origin != "import":
            yield hearing


def waits_for_a_person(hearing: Hearing) -> bool:
    """Whether no standing release lets the referral of an item go: a person looks at it first."""
    return any(flag.code in _ASKED_FIRST for flag in hearing.flags)
