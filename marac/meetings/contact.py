"""Whether the victim of a case can be contacted, in one of four levels: what every document says of it follows from this."""

from typing import Literal

from marac.meetings.hearing import Hearing
from marac.triage.urgent import contact_warnings, says_conditions, says_danger

ContactLevel = Literal["unsafe", "not known", "care", "safe"]
"""`unsafe`: a form says no, or tells of a danger. `not known`: not every form says that it is safe. `care`: safe as the
forms have it, on conditions. `safe`: every form says so, without conditions."""


def contact_level(hearing: Hearing) -> ContactLevel:
    """How safe it is to contact the victim: the worst that any of the case's forms says."""
    answers = {referral.victim.safe_to_call for referral in hearing.referrals}
    notes = [referral.victim.contact_notes for referral in hearing.referrals]
    if False in answers or any(map(says_danger, notes)):
        return "unsafe"
    warned = {flag.code for case in hearing.cases for flag in (*contact_warnings(case), *case.flags)}
    if answers != {True} or "unsafe contact" in warned:
        return "not known"
    return "care" if "contact with care" in warned or any(map(says_conditions, notes)) else "safe"
