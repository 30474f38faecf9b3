"""Who has yet to be told what a meeting came to: the area's settings as rules, and the day on which it is due."""

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from marac.agency import Agency
from marac.case import Case
from marac.meetings.asked import Asked
from marac.meetings.deadlines import in_words
from marac.meetings.telling import TellingRules, tellers, untold
from marac.meetings.withholding import Withholding
from marac.register.victims_told import every_told
from marac.settings import Settings
from marac.settings.bank_holidays import closed_days
from marac.triage.wording import in_words as day_in_words
from marac.triage.wording import listed

_TOLD = "When somebody has told the victim: marac case told {case} --on DATE --by NAME --how TEXT"
_FIND = "Ask somebody who can speak with the victim safely. {told}"


def telling_rules(settings: Settings) -> TellingRules:
    """Who tells the victim in this area."""
    return TellingRules(settings.outcome.to, settings.idva.agency)


def told_by(settings: Settings, meeting: dt.date) -> dt.datetime:
    """Until when a victim is to be told what a meeting came to."""
    rule = settings.outcome.days.rule
    return rule.on(rule.after(meeting, closed_days(settings.closed)))


def owed_outcomes(
    connection: Connection,
    settings: Settings,
    cases: Sequence[Case],
    readers: Sequence[Agency],
    held: Withholding,
    meetings: Sequence[dt.date],
) -> Iterator[Asked]:
    """Each case that was heard and not told, where the area owes it; elsewhere those that the program can ask nobody for.

    Args:
        connection: to the register.
        settings: the area's.
        cases: every case that the register knows.
        readers: those whom documents may be made for, with their senior contacts.
        held: what is held back from whom.
        meetings: the days of the calendar's meetings; what others heard was settled elsewhere.
    """
    agencies = tuple(settings.agencies.values())
    for hearing in untold(cases, every_told(connection)):
        meeting = hearing.case.meeting
        if meeting is None or meeting not in meetings:
            continue
        asked = tellers(hearing, telling_rules(settings), agencies, readers, held)
        nobody = [each.why for each in asked if each.agency is None]
        if settings.outcome.owed or nobody:
            told = _TOLD.format(case=hearing.case.reference)
            yield Asked(
                hearing.case.reference,
                _why(meeting, told_by(settings, meeting), nobody),
                _FIND.format(told=told) if nobody else told,
            )


def _why(meeting: dt.date, due: dt.datetime, nobody: Sequence[str]) -> str:
    why = (
        f"Nobody has noted that the victim was told what the meeting of {day_in_words(meeting)} came to. "
        f"It is due by {in_words(due)}."
    )
    return f"{why} No outcome note goes out for it: {listed(nobody)}." if nobody else why
