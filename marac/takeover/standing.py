"""What became of a case in the old register: its state here, by the words of its outcome and its dates. Pure."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from marac.case import CaseState
from marac.parsers.dictionary.wordings import plain
from marac.takeover.register_words import OldState, outcome_in

_TO = re.compile(r"\b(?:transfer(?:red)?|moved|sent)\b.*?\bto\b\s*:?\s*(?P<where>[^.;,\n]{2,60})", re.IGNORECASE)
_NO = re.compile(r"\W*(?:no?|n/?a|none|-)?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a case, the meeting that heard it, where it went, and what a person should look at, in words."""

    state: CaseState
    meeting: dt.date | None = None
    transferred_to: str | None = field(default=None, repr=False)
    doubts: tuple[str, ...] = field(default=(), repr=False)


def standing_of(
    outcome: str, went_to: str, meeting: dt.date | None, today: dt.date, meanings: Mapping[str, OldState]
) -> Standing:
    """The standing of a case. What is neither over nor surely heard is a draft: a person says what becomes of it.

    Args:
        outcome: the words of its outcome, perhaps none.
        went_to: the MARAC that it was transferred to, where the register says so in a column of its own.
        meeting: the day of its meeting, where that is known.
        today: the day.
        meanings: what a person said that outcomes mean, by their plain words.
    """
    means = meanings.get(plain(outcome)) or outcome_in(outcome)
    past = meeting if meeting is not None and meeting <= today else None
    where = _where(outcome, went_to)
    if where or means == "transferred":
        return Standing("transferred", past, where)
    if means in {"withdrawn", "not heard"}:
        return Standing(means)
    if means == "closed":
        return Standing("closed", past)
    if means == "heard" or not outcome.strip():
        return _heard(meeting, past, said=means == "heard")
    if means is None:
        return Standing("draft", doubts=(f"Its outcome, “{_cut(outcome)}”, was not understood.",))
    return Standing("draft", doubts=(f"Its outcome there is “{_cut(outcome)}”.",))


def _heard(meeting: dt.date | None, past: dt.date | None, *, said: bool) -> Standing:
    if past is not None:
        return Standing("heard", past)
    if meeting is not None:
        wrong = ", and its outcome says that it was heard" if said else ""
        return Standing("draft", doubts=(f"Its meeting, on {meeting:%d/%m/%Y}, is still to come{wrong}.",))
    if said:
        return Standing("heard", doubts=("It was heard, but the day of the meeting is not given.",))
    return Standing("draft", doubts=("Neither a meeting nor an outcome is given.",))


def _where(outcome: str, went_to: str) -> str | None:
    """The MARAC that a case was transferred to."""
    if not _NO.fullmatch(went_to):
        return " ".join(went_to.split())
    found = _TO.search(outcome)
    return " ".join(found["where"].split()) if found else None


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
