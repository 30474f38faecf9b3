"""Reports on actions matched to the register's actions. Pure."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from marac.action import Action
from marac.fortnight import ActionReport
from marac.intake.replies.asked import ACTIONS, Asked
from marac.intake.replies.days import day_meant
from marac.intake.replies.said import Said
from marac.intake.replies.whose import Whose
from marac.meetings.withholding import agency_of
from marac.parsers.answers.statements import DAY
from marac.register.deliveries import Delivery
from marac.register.documents import Paper
from marac.reply import ActionAnswer

_OTHER_AGENCY = "It is an action of another agency."
_OTHER_CASE = "The action is one of {case}, and {named} is named beside it."
_HELD_BACK = "The case is held back from them, and they should not know of it. Find out how they do."
_CLOSED = "The action is closed already ({how})."
_NO_SUCH_DAY = "The day “{day}” is none, or is still to come, or lies before the action was agreed."
_ANOTHER_DAY = "A day stands in the words (“{day}”), and it is not clear that it was done on that day."
_OTHER_NAME = "A name is beside it that belongs to another case."
_LONGEST_OPEN = dt.timedelta(days=183)
"""How far back a day without a year may lie where nobody knows when an action was agreed."""
_BARE = "Only a number is named, and it answers no letter of actions."
_ALL = "All is said to be done, and something else is said about one of the actions."


def matched_reports(
    said: Said, delivery: Delivery, who: Whose, replied: Sequence[Paper], asked: Asked, doubts: Sequence[str]
) -> tuple[list[ActionReport], list[str]]:
    """The reports that a message comes to, taken or waiting; and what fits no action, in its words.

    Args:
        said: what the message says.
        delivery: the message.
        who: whose it is.
        replied: the papers of ours that it answers.
        asked: the register.
        doubts: what puts all of it in doubt.
    """
    reports, unmatched = list[ActionReport](), list[str]()
    letters = [paper for paper in replied if paper.kind in ACTIONS]
    in_form = {answer.action for form in said.forms for answer in form.actions}
    for answer in said.actions:
        action = asked.actions.get(answer.action)
        if action is None or answer.outcome is None or who.reader is None:
            unmatched.append(_shown(answer, action))
            continue
        bare = [] if answer.named or letters or answer.action in in_form else [_BARE]
        why = [*answer.doubts, *_against(answer, action, delivery, who, asked), *bare, *doubts]
        reports.append(_report(answer, delivery, who, why, _agreed(action, delivery)))
    if said.all_done:
        every = _every_action(said, who, letters, asked)
        contrary = [_ALL] if any(answer.outcome != "done" for answer in said.actions) else []
        for action in every:
            answer = ActionAnswer(action.number, "done", words=said.all_done, note=said.all_done)
            reports.append(_report(answer, delivery, who, [*contrary, *doubts], dt.date.min))
        if not every:
            unmatched.append(f"Not understood: “{said.all_done}” It is not clear which actions it speaks of.")
    return reports, unmatched


def _every_action(said: Said, who: Whose, letters: Sequence[Paper], asked: Asked) -> list[Action]:
    """The open actions of a reader's agency that a letter of ours told it of, less those that are named beside it."""
    if not letters or who.reader is None:
        return []
    told = max(paper.prepared_on for paper in letters)
    named = {answer.action for answer in said.actions}
    return [
        action
        for action in asked.actions.values()
        if action.is_open
        and action.agency == agency_of(who.reader)
        and action.added <= told
        and action.number not in named
        and asked.may_see(who.reader, action.case)
    ]


def _against(answer: ActionAnswer, action: Action, delivery: Delivery, who: Whose, asked: Asked) -> Iterator[str]:
    """What speaks against taking a report as it stands."""
    if agency_of(who.reader or "") != action.agency:
        yield _OTHER_AGENCY
    elif not asked.may_see(who.reader or "", action.case):
        yield _HELD_BACK
    named = asked.carrying(answer.case) if answer.case else None
    if answer.case and (named is None or named.reference != action.case):
        yield _OTHER_CASE.format(case=action.case, named=answer.case)
    if not action.is_open and action.outcome != answer.outcome:
        yield _CLOSED.format(how=action.outcome or "done")
    if asked.names_another(action.case, answer.words or answer.note):
        yield _OTHER_NAME
    if answer.day and day_meant(answer.day, delivery.received, _agreed(action, delivery)) is None:
        yield _NO_SUCH_DAY.format(day=answer.day)
    elif not answer.day and answer.outcome == "done" and (other := DAY.search(answer.note)):
        yield _ANOTHER_DAY.format(day=other[0])


def _agreed(action: Action, delivery: Delivery) -> dt.date:
    """The first day on which an action can have been done: when its meeting was, or when it was entered, if that is earlier."""
    known = [day for day in (action.meeting, action.added) if day not in {None, dt.date.min}]
    return min(known, default=delivery.received - _LONGEST_OPEN)


def _report(answer: ActionAnswer, delivery: Delivery, who: Whose, why: Sequence[str], agreed: dt.date) -> ActionReport:
    assert answer.outcome is not None  # noqa: S101 - what has none is not reported
    day = day_meant(answer.day, delivery.received, agreed) if answer.day else None
    return ActionReport(
        number=0,
        action=answer.action,
        outcome=answer.outcome,
        on=day or delivery.received,
        by=agency_of(who.reader or ""),
        note=answer.note,
        delivery=delivery.id,
        state="waiting" if why else "taken",
        reason=" ".join(dict.fromkeys(why)),
    )


def closed_by(action: Action, report: ActionReport) -> Action:
    """The action after a report: done, or closed as one that could not be; one that was not done stays open."""
    note = report.note or action.note
    if report.outcome == "not done":
        return replace(action, outcome=report.outcome, note=note) if action.is_open else action
    return replace(action, outcome=report.outcome, note=note, done=action.done or report.on)


def _shown(answer: ActionAnswer, action: Action | None) -> str:
    why = (*answer.doubts, *([f"There is no action {answer.action}."] if action is None else []))
    return " ".join((f"Not understood: “{' '.join(answer.words.split())[:300]}” (action {answer.action})", *why))
