"""What is said, before anything else, to somebody who may contact a victim: one wording in every document."""

from collections.abc import Iterator, Mapping

from marac.meetings.audience import CaseView
from marac.meetings.contact import ContactLevel
from marac.meetings.hearing import Hearing

_WORDS: Mapping[ContactLevel, str] = {
    "unsafe": "NOT SAFE TO CONTACT. Do not call, write or visit without asking the referrer.",
    "not known": "Not known to be safe. Do not contact without asking the referrer.",
    "care": "Contact with care: safe only as the form has it.",
}
_ASK_HOW = "Ask the referrer how."
"""Said where the reader may not see the conditions."""


def contact_warning(view: CaseView | None) -> str | None:
    """What must be known before anybody reaches for the telephone; None where every form says that it is safe.

    Of a case that nothing is known about, it is not known to be safe.
    """
    level = contact_level_in(view)
    if level == "care" and (view is None or view.contact_notes is None):
        return f"{_WORDS[level]} {_ASK_HOW}"
    return _WORDS.get(level)


def contact_level_in(view: CaseView | None) -> ContactLevel:
    """The level that a document shows; `not known` where it has none."""
    return "not known" if view is None or view.contact_warning is None else view.contact_warning


def contact_notes(hearing: Hearing, view: CaseView) -> tuple[str, ...]:
    """What the forms say about contact, in their own words."""
    return tuple(_notes(hearing, view))


def _notes(hearing: Hearing, view: CaseView) -> Iterator[str]:
    people = {referral.safety.unsafe_to_talk_to for referral in hearing.referrals}
    for note in view.contact_notes or ():
        yield f"{'Do not talk to' if note in people else 'The form says'}: “{note}”"
