"""The people of a case as documents print them."""

import datetime as dt
from dataclasses import dataclass

from marac.meetings.safe_address import SafeAddress


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """A victim or a perpetrator; `relationship` is a perpetrator's to the victim.

    `also_known_as` and `also_born` hold what other forms say: other names, other spellings, other dates of birth.
    `address` and `phone` are None wherever the document shows none.
    """

    name: str | None
    also_known_as: tuple[str, ...]
    born: dt.date | None
    also_born: tuple[dt.date, ...]
    relationship: str | None
    address: SafeAddress | None
    phone: SafeAddress | None = None


@dataclass(frozen=True, slots=True, repr=False)
class NamedChild:
    """A child; `age` is in words, on the day of the meeting. `also_known_as` holds other spellings, on other forms."""

    name: str | None
    also_known_as: tuple[str, ...]
    born: dt.date | None
    age: str | None
