"""Whether a referral record that came from outside is one that a reader of forms could have made: its size, its places, its numbers."""

import dataclasses
import json
from typing import get_args, get_type_hints

from marac.record import from_record, to_record
from marac.referral import Reading, Referral

_MOST_PEOPLE = 40
_MOST_PLACES = 3000
_MOST_ALIASES = 50
_DEEPEST = 3
"""Steps below the top: `children.0.name` has two."""


def is_plausible(reading: Reading) -> bool:
    """Whether it is a referral, of a possible size, about fields that there are, and can be kept and read again.

    Raises:
        ValueError: it cannot be written as JSON, such as one with an endless number.
    """
    referral = reading.referral
    people = (*referral.perpetrators, *referral.children)
    aliases = (referral.victim.aliases, *(each.aliases for each in referral.perpetrators))
    return (
        reading.kind == "referral"
        and reading.reply is None
        and len(people) <= _MOST_PEOPLE
        and max(map(len, aliases)) <= _MOST_ALIASES
        and len(reading.evidence) + len(reading.problems) <= _MOST_PLACES
        and all(is_place(path) for path in reading.evidence)
        and all(is_place(problem.path) for problem in reading.problems)
        and all(0 <= each.confidence <= 1 for each in reading.evidence.values())
        and from_record(json.loads(json.dumps(to_record(reading), allow_nan=False))) == reading
    )


def is_place(path: str) -> bool:
    """Whether this is the path of a field of a referral, of a record in it, or of the form as a whole."""
    if not path:
        return True
    root, *rest = path.split(".")
    hints = get_type_hints(Referral)
    if root not in hints:
        return False
    record = next((each for each in (hints[root], *get_args(hints[root])) if dataclasses.is_dataclass(each)), None)
    leaves = [part for part in rest if not part.isdecimal()]
    known = {each.name for each in dataclasses.fields(record)} if record is not None else set()
    return len(rest) <= _DEEPEST and len(leaves) <= 1 and all(leaf in known for leaf in leaves)
