"""What a reply comes to: which answers and reports are taken, and which wait for a person, each with its reason. Pure.

What is in doubt about the whole message puts every part of it in doubt. Nothing that was said is left out: what fits no
case or action stands in the reasons, in the very words.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from marac.agency import Agency
from marac.case import Case
from marac.fortnight import ActionReport, ResearchReturn, VictimTold
from marac.intake.replies.action_reports import matched_reports
from marac.intake.replies.asked import ACTIONS, OUTCOMES, RESEARCH, Asked
from marac.intake.replies.news import news_in
from marac.intake.replies.said import Said
from marac.intake.replies.tellings import matched_tellings
from marac.intake.replies.whose import Whose, whose
from marac.meetings.research_back import NOT_HEADED
from marac.parsers.answers.statements import speaks_of_all
from marac.register.deliveries import Delivery
from marac.register.documents import Paper
from marac.reply import CaseAnswer

WORDS_WAIT = "Not understood"
"""How the sentence begins that shows words which fit no case and no action."""

_NEVER_ASKED = "The program has not sent this case to them."
_HELD_BACK = "The case is held back from them, and they should not know of it. Find out how they do."
_OTHER_MEETING = "They were asked about this case for the meeting of {asked}, and this is about the meeting of {this}."
_OTHER_LIST = "The case is on the list of the meeting of {listed} now, and this is about the meeting of {this}."
_LATE = "It came after the meeting."
_NOT_HEARD = "The case is not on the list any more ({state})."
_EMPTIER = "It says less than what they answered before."
_NO_REPLY_TO_OURS = "It answers none of our messages, so it may be about another meeting."
_ONE_OF_SEVERAL = "They were asked about several cases, and this may be about one of them."
_OTHER_NAME = "A name is beside it that belongs to another case."
_GONE: frozenset[str] = frozenset({"not heard", "transferred", "withdrawn", "closed", "draft"})


@dataclass(frozen=True, slots=True)
class Answered:
    """What becomes of a reply."""

    disposition: Literal["research_return", "action_update", "victim_told"]
    returns: tuple[ResearchReturn, ...] = field(default=(), repr=False)
    """Without a number yet; each is taken or waits."""
    reports: tuple[ActionReport, ...] = field(default=(), repr=False)
    told: tuple[VictimTold, ...] = field(default=(), repr=False)
    """That victims were told; what is in doubt about that stands among the reasons."""
    reasons: tuple[str, ...] = field(default=(), repr=False)
    """What a person must look at beside them."""
    remarks: tuple[str, ...] = field(default=(), repr=False)
    """Words beside a form that hold nothing up."""


def answered(
    delivery: Delivery,
    said: Said,
    papers: Sequence[Paper],
    asked: Asked,
    readers: Mapping[str, Agency],
    doubts: Sequence[str] = (),
) -> Answered | None:
    """What becomes of what a message says in reply; None where it is no reply.

    Args:
        delivery: the message.
        said: what its parts say.
        papers: those of ours that it answers.
        asked: the register.
        readers: everybody whom papers go to, by id.
        doubts: what is in doubt about the message beside them.
    """
    replied = [paper for paper in papers if paper.kind in RESEARCH | ACTIONS | OUTCOMES]
    if not (said.forms or said.is_clear_somewhere or (replied and (said.replies))):
        return None
    said = said.signed_by(delivery.sender or "")
    who = whose(delivery, replied, said.marks, readers)
    doubts = (*doubts, *who.doubts, *said.doubts)
    tellings, in_doubt, others = matched_tellings(said.cases, delivery, who, replied, asked, readers, doubts)
    told = [*others, *_on_any(said, who, replied, asked)]
    returns, unmatched = list[ResearchReturn](), [_shown(words, *why) for words, *why in in_doubt]
    for answer in told:
        found = _return(answer, delivery, who, asked, doubts)
        if found is None:
            unmatched.append(_shown(answer.words or answer.case, *answer.doubts, *_why_unmatched(answer, who, asked)))
        else:
            returns.append(found)
    reports, unreported = matched_reports(said, delivery, who, replied, asked, doubts)
    if said.nothing_on_any and not any(answer.words == said.nothing_on_any for answer in told):
        unmatched.append(_shown(said.nothing_on_any, "It is not clear which cases it speaks of."))
    wide = () if returns or reports or in_doubt else doubts
    reasons = (*news_in(said), *unmatched, *unreported, *(_shown(words) for words in said.rest), *wide)
    about_actions = (reports or unreported) and not returns
    disposition: Literal["research_return", "action_update", "victim_told"] = (
        "victim_told"
        if not (returns or about_actions) and (tellings or in_doubt or _is_of_outcomes(said, replied))
        else "action_update"
        if about_actions or (not returns and _is_of_actions(said, replied))
        else "research_return"
    )
    return Answered(disposition, tuple(returns), tuple(reports), tellings, tuple(dict.fromkeys(reasons)), said.remarks)


def _is_of_outcomes(said: Said, replied: Sequence[Paper]) -> bool:
    return not said.forms and bool(replied) and replied[0].kind in OUTCOMES


def _is_of_actions(said: Said, replied: Sequence[Paper]) -> bool:
    forms = [form.source for form in said.forms]
    return forms == ["action form"] or (not forms and bool(replied) and replied[0].kind in ACTIONS)


def _return(
    answer: CaseAnswer, delivery: Delivery, who: Whose, asked: Asked, doubts: Sequence[str]
) -> ResearchReturn | None:
    """The return that an answer becomes; None where it fits no case or nobody."""
    case = asked.carrying(answer.case) if answer.case else None
    meeting = _meeting(case, delivery, who, asked)
    if case is None or who.reader is None or meeting is None:
        return None
    why = tuple(dict.fromkeys((*answer.doubts, *_against(answer, case, meeting, delivery, who, asked), *doubts)))
    note = () if answer.headed or answer.nothing_known else (NOT_HEADED,)
    return ResearchReturn(
        number=0,
        meeting=meeting,
        case=case.reference,
        agency=who.reader,
        received=delivery.received,
        nothing_known=answer.nothing_known,
        factors=answer.factors,
        assessment=answer.assessment,
        management=answer.management,
        why_high_risk=answer.why_high_risk,
        not_shared=answer.not_shared,
        delivery=delivery.id,
        state="waiting" if why else "taken",
        reason=" ".join((*why, *note)),
    )


def _meeting(case: Case | None, delivery: Delivery, who: Whose, asked: Asked) -> dt.date | None:
    """The meeting that an answer is for."""
    if who.meeting is not None or case is None:
        return who.meeting
    known = asked.meetings_of(who.reader or "", case.reference)
    coming = [day for day in known if day >= delivery.received]
    return coming[0] if coming else known[-1] if known else case.meeting


def _against(
    answer: CaseAnswer, case: Case, meeting: dt.date, delivery: Delivery, who: Whose, asked: Asked
) -> Iterator[str]:
    """What speaks against taking an answer as it stands."""
    reader = who.reader or ""
    known = asked.meetings_of(reader, case.reference)
    if not asked.may_see(reader, case.reference):
        yield _HELD_BACK
    elif meeting not in known:
        days = " and ".join(day.isoformat() for day in known)
        yield _OTHER_MEETING.format(asked=days, this=meeting.isoformat()) if known else _NEVER_ASKED
    if delivery.received > meeting:
        yield _LATE
    elif case.meeting not in {None, meeting}:
        yield _OTHER_LIST.format(listed=case.meeting, this=meeting)
    if case.state in _GONE:
        yield _NOT_HEARD.format(state=case.state)
    words = " ".join(answer.told) if answer.headed else answer.words
    if asked.names_another(case.reference, words, alone=answer.headed):
        yield _OTHER_NAME
    earlier = asked.taken(reader, meeting, case.reference)
    if earlier is not None and earlier.delivery != delivery.id and is_emptier(answer, earlier):
        yield _EMPTIER


def is_emptier(answer: CaseAnswer | ResearchReturn, earlier: ResearchReturn) -> bool:
    """Whether an answer says nothing under a heading under which the earlier one said something."""
    before = (earlier.factors, earlier.assessment, earlier.management, earlier.why_high_risk, earlier.not_shared)
    now = (answer.factors, answer.assessment, answer.management, answer.why_high_risk, answer.not_shared)
    return any(words and not said for words, said in zip(before, now, strict=True))


def _on_any(said: Said, who: Whose, replied: Sequence[Paper], asked: Asked) -> Iterator[CaseAnswer]:
    """An answer that says "nothing known on any of these", as one about each case that was asked about and is not named beside it."""
    words = said.nothing_on_any
    if not words or who.reader is None:
        return
    research = [paper for paper in replied if paper.kind in RESEARCH]
    meetings = {paper.meeting for paper in research} or {mark.meeting for mark in said.marks}
    if len(meetings) != 1:
        return
    named = {answer.case for answer in said.cases}
    cases = sorted(asked.asked.get((who.reader, next(iter(meetings))), frozenset()))
    doubts = () if speaks_of_all(words) or len(cases) == 1 else (_ONE_OF_SEVERAL,)
    if not research:
        doubts = (*doubts, _NO_REPLY_TO_OURS)
    for case in cases:
        if case not in named:
            yield CaseAnswer(case, nothing_known=True, words=words, where="mail", headed=False, doubts=doubts)


def _why_unmatched(answer: CaseAnswer, who: Whose, asked: Asked) -> Iterable[str]:
    if answer.case and asked.carrying(answer.case) is None:
        yield f"There is no case {answer.case} in this register."
    elif who.reader is None:
        yield from who.doubts


def _shown(words: str, *why: str) -> str:
    """Words that wait for a person, with the reason."""
    short = " ".join(words.split())
    cut = f"{short[:300]} ..." if len(short) > 300 else short
    return " ".join((f"{WORDS_WAIT}: \u201c{cut}\u201d", *dict.fromkeys(why)))
