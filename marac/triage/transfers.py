"""Couples whom another MARAC knows: in the same store, by the form's own word, or because a case was handed over.

Source: SafeLives' MARAC-to-MARAC process: who hears the case depends on whether it was heard already; the sending MARAC
gives all minutes and action plans, and the agenda shows where a case came from.
"""

import datetime as dt
import re
from collections.abc import Iterator

from marac.case import LIVE, Case, Flag
from marac.triage.history import Before
from marac.triage.linked import ONLY
from marac.triage.wording import in_words, places

HANDED_OVER = "the transfer from"
"""How the place begins of what a transfer said of itself and no form did."""
_NO_MARAC = re.compile(r"\W*(?:no|none|nil|n/?a|not applicable|not known|unknown|nk)?\W*", re.IGNORECASE)


def known_elsewhere(before: Before, received: dt.date) -> Flag:
    """The couple in a case of another MARAC of the store: who hears it is for the two of them to agree."""
    case = before.case
    couple = "The same couple" if before.certain else "What may be the same couple"
    return _flag(
        case,
        f"{couple} stands in {case.reference}, a case of the MARAC {case.marac} ({before.referred}, "
        f"{_standing(before, received)}): {before.in_words}. {_to_do(before, received)}",
    )


def carried_on_elsewhere(before: Before) -> Flag:
    """The couple's case was handed over to another MARAC, and the couple was referred here again."""
    case = before.case
    couple = "The same couple's case" if before.certain else "The case of what may be the same couple,"
    where = case.transferred_to or "another MARAC"
    return _flag(
        case,
        f"{couple} {case.reference} ({before.referred}) was transferred to {where}: {before.in_words}. Ask its "
        "coordinator what became of it, and agree who hears this referral.",
    )


def said_to_be_known_elsewhere(case: Case) -> Iterator[Flag]:
    """What the form itself says of another MARAC."""
    named = other_marac_named(case)
    told = case.reading.evidence.get("criteria.other_marac")
    if named is None or (told is not None and told.where.startswith(HANDED_OVER)):
        return  # what was handed over is flagged with the message that brought it
    yield Flag(
        "transferred in",
        f"The form says that another MARAC knows of them: {named}. Ask its coordinator for the minutes "
        f"and the action plan, and whether a case there is still to be heard. {ONLY}",
        evidence=places(case.reading, "criteria.other_marac"),
    )


def other_marac_named(case: Case) -> str | None:
    """The other MARAC in the form's own words; None where it names none."""
    named = case.referral.criteria.other_marac
    return None if named is None or _NO_MARAC.fullmatch(named) else named.strip().rstrip(".")


def _standing(before: Before, received: dt.date) -> str:
    case = before.case
    if _open(case, received):
        return f"to be heard there {in_words(case.meeting)}" if case.meeting else "to be heard there"
    words = {
        "draft": "a draft there",
        "not heard": "not heard there",
        "withdrawn": "withdrawn there",
        "closed": "closed there",
        "transferred": f"transferred to {case.transferred_to or 'another MARAC'}",
    }
    return words.get(case.state, f"{before.heard} there")


def _to_do(before: Before, received: dt.date) -> str:
    sure = "" if before.certain else "Compare the two forms with its coordinator. "
    if _open(before.case, received):
        return f"{sure}Agree which of the two MARACs hears it; until then it stays on both lists."
    return f"{sure}Ask its coordinator for the minutes and the action plan."


def _open(case: Case, received: dt.date) -> bool:
    return case.state in LIVE and (case.meeting is None or case.meeting >= received)


def _flag(case: Case, reason: str) -> Flag:
    return Flag("transferred in", f"{reason} {ONLY}", evidence=case.reference, other_case=case.reference)
