"""What agencies say about telling victims, matched to the outcome notes that asked for it. Pure.

Only a line that says when and how is taken. That a victim was not told, or could not be reached, waits for a person.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from marac.agency import Agency
from marac.case import Case
from marac.fortnight import VictimTold
from marac.intake.replies.asked import OUTCOMES, RESEARCH, Asked
from marac.intake.replies.days import day_meant
from marac.intake.replies.whose import Whose
from marac.parsers.answers.tellings import Telling, telling
from marac.register.deliveries import Delivery
from marac.register.documents import Paper
from marac.reply import CaseAnswer

_NO_CASE = "There is no case {case} in this register."
_NO_TELLING = "They were asked to tell the victim, and this is not about that."
_NOT_ASKED = "The program has not asked them to tell this victim what that meeting came to."
_HELD_BACK = "The case is held back from them, and they should not know of it. Find out how they do."
_NO_SUCH_DAY = "The day “{day}” is none, is still to come, or lies before the meeting."
_SAID_BEFORE = "They said before that it was on {day}."
_RESEARCH = "It answers a request for research. Ask what is meant."

InDoubt = tuple[str, ...]
"""The words, and why a person must look at them."""


def matched_tellings(
    answers: Sequence[CaseAnswer],
    delivery: Delivery,
    who: Whose,
    replied: Sequence[Paper],
    asked: Asked,
    readers: Mapping[str, Agency],
    doubts: Sequence[str],
) -> tuple[tuple[VictimTold, ...], tuple[InDoubt, ...], tuple[CaseAnswer, ...]]:
    """The victims who were told; what is in doubt about that, in its words; and the answers that are about something else.

    Args:
        answers: what the message says about cases.
        delivery: the message.
        who: whose it is.
        replied: the papers of ours that it answers.
        asked: the register.
        readers: everybody whom papers go to, by id.
        doubts: what puts all of the message in doubt.
    """
    told, in_doubt, others = list[VictimTold](), list[InDoubt](), list[CaseAnswer]()
    for answer in answers:
        said = telling(answer.factors)
        if not _is_about_it(answer, said, who, replied, asked):
            others.append(answer)
            continue
        case = asked.carrying(answer.case) if answer.case else None
        word = _word(case, said, delivery, who, replied, asked, readers)
        why = (*answer.doubts, *_against(answer, said, case, word, who, replied, asked), *doubts)
        if word is None or why:
            in_doubt.append((answer.words, *dict.fromkeys(why)))
        else:
            told.append(word)
    return tuple(told), tuple(in_doubt), tuple(others)


def _is_about_it(answer: CaseAnswer, said: Telling | None, who: Whose, replied: Sequence[Paper], asked: Asked) -> bool:
    """Whether an answer is to an outcome note: its message answers one, or speaks of telling a victim whom they were to tell."""
    kinds = {paper.kind for paper in replied}
    if answer.headed:  # a form of ours asks what is known, never whether somebody was told
        return False
    if kinds & OUTCOMES:
        return said is not None or not kinds & RESEARCH
    return said is not None and bool(_meetings(answer.case, who, asked))


def _word(
    case: Case | None,
    said: Telling | None,
    delivery: Delivery,
    who: Whose,
    replied: Sequence[Paper],
    asked: Asked,
    readers: Mapping[str, Agency],
) -> VictimTold | None:
    """That the victim was told, where the words say so, and name a day since the meeting."""
    if case is None or who.reader is None or said is None or not said.told:
        return None
    meeting, on = _meeting(case.reference, who, replied, asked), day_meant(said.day, delivery.received)
    if meeting is None or on is None or on < meeting:
        return None
    name = readers[who.reader].name if who.reader in readers else who.reader
    return VictimTold(case.reference, meeting, f"{name} ({delivery.sender})", on, said.how)


def _against(
    answer: CaseAnswer,
    said: Telling | None,
    case: Case | None,
    word: VictimTold | None,
    who: Whose,
    replied: Sequence[Paper],
    asked: Asked,
) -> Iterator[str]:
    """What speaks against taking it as it stands."""
    if said is None or said.doubt:
        yield said.doubt if said else _NO_TELLING
    if {paper.kind for paper in replied} & RESEARCH and not {paper.kind for paper in replied} & OUTCOMES:
        yield _RESEARCH
    if case is None:
        yield _NO_CASE.format(case=answer.case) if answer.case else _NO_TELLING
    elif not asked.may_see(who.reader or "", case.reference):
        yield _HELD_BACK
    elif _meeting(case.reference, who, replied, asked) is None:
        yield _NOT_ASKED
    elif word is None and said is not None and said.told:
        yield _NO_SUCH_DAY.format(day=said.day)
    if word is not None:
        yield from _against_the_day(word, asked)


def _against_the_day(word: VictimTold, asked: Asked) -> Iterator[str]:
    """What they said otherwise before."""
    theirs = [each for each in asked.told if (each.case, each.meeting, each.by) == (word.case, word.meeting, word.by)]
    if theirs and all(each.on != word.on for each in theirs):
        yield _SAID_BEFORE.format(day=theirs[-1].on.isoformat())


def _meeting(case: str, who: Whose, replied: Sequence[Paper], asked: Asked) -> dt.date | None:
    """The meeting whose outcome they were to tell this victim: the one of the note that is answered, else the latest."""
    known = _meetings(case, who, asked)
    answered = {paper.meeting for paper in replied if paper.kind in OUTCOMES}
    return next((day for day in reversed(known) if day in answered or not answered), None)


def _meetings(case: str, who: Whose, asked: Asked) -> tuple[dt.date, ...]:
    """For which meetings a reader was asked to tell the victim of a case, or of one that it carries on, the earliest first."""
    carried = asked.carrying(case)
    same = (
        {case}
        if carried is None
        else {case, carried.reference}
        | {each.reference for each in asked.cases.values() if each.joined_to == carried.reference}
    )
    return tuple(sorted(day for (reader, day), cases in asked.to_tell.items() if reader == who.reader and same & cases))
