"""What is said, before anything else, to somebody who is to contact a victim."""

from collections.abc import Iterator

from marac.meetings.audience import CaseView
from marac.meetings.hearing import Hearing
from marac.triage.urgent import contact_warnings

_NOT_SAFE = "NOT SAFE TO CONTACT. Do not call, write or visit before you have spoken with whoever referred."
_NOT_KNOWN = (
    "NOT KNOWN TO BE SAFE. The form does not say that it is safe to call. Ask whoever referred before you call, write or "
    "visit."
)
_WITH_CARE = "TAKE CARE. It is safe to call as the form has it, but read what it says about contact first."


def contact_warning(hearing: Hearing, view: CaseView) -> str | None:
    """What must be known before anybody reaches for the telephone; None where every form says that it is safe."""
    if not view.contact_warning:
        return None
    answers = {referral.victim.safe_to_call for referral in hearing.referrals}
    found = [flag for case in hearing.cases for flag in contact_warnings(case)]
    known_danger = False in answers or (True in answers and any(flag.code == "unsafe contact" for flag in found))
    if known_danger:
        return _NOT_SAFE
    return _WITH_CARE if answers == {True} else _NOT_KNOWN


def contact_notes(hearing: Hearing, view: CaseView) -> tuple[str, ...]:
    """What the forms say about contact, in their own words."""
    return tuple(_notes(hearing, view))


def _notes(hearing: Hearing, view: CaseView) -> Iterator[str]:
    people = {referral.safety.unsafe_to_talk_to for referral in hearing.referrals}
    for note in view.contact_notes or ():
        yield f"{'Do not talk to' if note in people else 'The form says'}: “{note}”"
