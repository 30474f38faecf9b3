"""Whether free words tell where a victim or a child lives, or a telephone number: such words go out as they stand."""

import re
from collections.abc import Iterator, Sequence

from marac.matching.spelling import folded
from marac.referral import Referral

_NOT_KEPT = re.compile(r"[^a-z0-9]")
_SHORTEST = 6
"""Letters and digits of a line of an address; a shorter one is found in any text."""
_POSTCODE = 5
_PHONE = 10


def tells_an_address(words: str, referrals: Sequence[Referral]) -> bool:
    """Whether the words hold a postcode, the first line of an address, or a telephone number of the forms' victims.

    Small letters, spaces and punctuation do not matter. An address told in other words is not found.
    """
    text, digits = _squeezed(words), re.sub(r"\D", "", words)
    places = (place for referral in referrals for place in _places(referral))
    phones = (re.sub(r"\D", "", referral.victim.phone or "") for referral in referrals)
    return any(place in text for place in places) or any(len(each) >= _PHONE and each in digits for each in phones)


def _places(referral: Referral) -> Iterator[str]:
    postcode = _squeezed(referral.victim.postcode or "")
    if len(postcode) >= _POSTCODE:
        yield postcode
    for address in (referral.victim.address, *(child.address for child in referral.children)):
        line = _squeezed((address or "").partition(",")[0])
        if len(line) >= _SHORTEST and any(map(str.isdigit, line)):
            yield line


def _squeezed(text: str) -> str:
    return _NOT_KEPT.sub("", folded(text))
