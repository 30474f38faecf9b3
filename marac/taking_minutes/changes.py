"""What the register would change by if the minutes were taken: nothing that it holds already, and nothing that is doubted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from marac.action import Action
from marac.case import Decision
from marac.fortnight import Attendance, CaseMinutes
from marac.taking_minutes.endings import decision_for
from marac.taking_minutes.known import Known
from marac.taking_minutes.understood import AgreedAction, Doubt, Ended, Understood


@dataclass(frozen=True, slots=True)
class ChangedAction:
    """An action that the register has, and how it would have it."""

    before: Action
    after: Action


@dataclass(frozen=True, slots=True)
class ChangedMinutes:
    """What was noted of a case; `before` is None where nothing was yet."""

    before: CaseMinutes | None
    after: CaseMinutes


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that taking the minutes would do."""

    attendances: tuple[Attendance, ...] = ()
    """All that would be noted of who was there, whether it is new or not."""
    came: tuple[Attendance, ...] = ()
    """Those of them that are new, or say something else than before."""
    gone: tuple[Attendance, ...] = ()
    """Those noted before that would not be noted any more."""
    outcomes: tuple[ChangedAction, ...] = ()
    minutes: tuple[ChangedMinutes, ...] = ()
    new: tuple[AgreedAction, ...] = ()
    changed: tuple[ChangedAction, ...] = ()
    decisions: tuple[Decision, ...] = field(default=(), repr=False)
    """By nobody yet: whoever confirms makes them."""
    endings: tuple[Ended, ...] = ()
    """What each case came to, whether the register has it so already or not."""
    doubts: tuple[Doubt, ...] = ()
    asides: tuple[str, ...] = field(default=(), repr=False)

    @property
    def anything(self) -> bool:
        """Whether the register would change at all."""
        parts = (self.came, self.gone, self.outcomes, self.minutes, self.new, self.changed, self.decisions)
        return any(parts)


def changes(now: Understood, known: Known, earlier: Understood | None = None) -> Changes:
    """What is understood, less what the register holds.

    Args:
        now: what the file says.
        known: the register.
        earlier: what the file said that was taken for this meeting before; None where none was.
    """
    kept = _attendances(now, known)
    actions = list(_actions(now, known, earlier))
    decided = [decision_for(ended, known) for ended in now.endings]
    found = (*actions, *decided, *(_gone(now, known, earlier) if earlier else ()))
    return Changes(
        attendances=kept,
        came=tuple(each for each in kept if each not in known.attendances),
        gone=tuple(each for each in known.attendances if each not in kept),
        outcomes=tuple(_outcomes(now, known)),
        minutes=tuple(_minutes(now, known)),
        new=tuple(each for each in actions if isinstance(each, AgreedAction)),
        changed=tuple(each for each in actions if isinstance(each, ChangedAction)),
        decisions=tuple(each for each in decided if isinstance(each, Decision)),
        endings=now.endings,
        doubts=(*now.doubts, *(each for each in found if isinstance(each, Doubt))),
        asides=now.asides,
    )


def _attendances(now: Understood, known: Known) -> tuple[Attendance, ...]:
    """Those of the file, and those noted before of an agency that the file is doubtful about."""
    said = {each.agency for each in now.attendances}
    ids = {agency.id for agency in known.agencies}
    before = (each for each in known.attendances if each.agency not in said and each.agency in ids)
    return (*dict.fromkeys(now.attendances), *before)


def _outcomes(now: Understood, known: Known) -> Iterator[ChangedAction]:
    actions = {action.number: action for action in known.actions}
    for said in now.outcomes:
        before = actions[said.number]
        done = None if said.outcome == "not done" else before.done or known.meeting.date
        note = said.note or (before.note if said.outcome == before.outcome else "")
        after = replace(before, outcome=said.outcome, note=note, done=done)
        if after != before:
            yield ChangedAction(before, after)


def _minutes(now: Understood, known: Known) -> Iterator[ChangedMinutes]:
    noted = {each.case: each for each in known.case_minutes}
    for each in now.minutes:
        before = noted.get(each.case)
        if before is None or (before.risks, before.notes, dict(before.considered)) != (
            each.risks,
            each.notes,
            dict(each.considered),
        ):
            yield ChangedMinutes(before, each)


def _actions(
    now: Understood, known: Known, earlier: Understood | None
) -> Iterator[AgreedAction | ChangedAction | Doubt]:
    """New ones, changed ones, and those of which it cannot be told which of the two they are."""
    taken = [each for each in known.actions if each.meeting == known.meeting.date]
    rest = [each for each in now.actions if not _held(each, taken)]
    for each in rest:
        others = [action for action in taken if not any(_same(action, said) for said in now.actions)]
        alike = [action for action in others if (action.case, action.agency, action.text) == _identity(each)]
        before = _in_its_row(each, earlier)
        if not alike and before is not None:
            alike = [action for action in others if _same(action, before)]
        if len(alike) == 1:
            yield ChangedAction(alike[0], _as_said(alike[0], each))
        elif alike or before is not None or (earlier and not each.number and _unnumbered_gone(each, now, earlier)):
            yield Doubt(each.where, _WHICH.format(text=each.text))
        else:
            yield each


_WHICH = (
    "this row may be an action that was taken before and changed since, in the file or in the register. It was not taken: "
    "“{text}”. Change that one on the sheet Actions, or enter a new one with marac action add."
)


def _gone(now: Understood, known: Known, earlier: Understood) -> Iterator[Doubt]:
    """Actions that were taken before, and whose row is not there any more or is doubtful now."""
    rows = {(each.case, each.number) for each in now.actions if each.number}
    for each in earlier.actions:
        held = [action for action in known.actions if action.meeting == known.meeting.date and _same(action, each)]
        still = any(_identity(each) == _identity(other) for other in now.actions) or (each.case, each.number) in rows
        if held and not still:
            numbers = ", ".join(str(action.number) for action in held)
            yield Doubt(
                each.where, f"action {numbers} was taken from this row before, and it is gone. The action stays."
            )


def _held(said: AgreedAction, taken: Sequence[Action]) -> bool:
    return any(_same(action, said) for action in taken)


def _same(action: Action, said: AgreedAction) -> bool:
    return (action.case, action.agency, action.text) == _identity(said) and (
        action.due,
        action.owner,
        action.risk,
    ) == (said.due, said.owner, said.risk)


def _identity(said: AgreedAction) -> tuple[str, str, str]:
    return said.case, said.agency, said.text


def _in_its_row(said: AgreedAction, earlier: Understood | None) -> AgreedAction | None:
    """What stood in the same numbered row of the file that was taken before."""
    if earlier is None or not said.number:
        return None
    found = [each for each in earlier.actions if (each.case, each.number) == (said.case, said.number)]
    return found[0] if len(found) == 1 else None


def _unnumbered_gone(said: AgreedAction, now: Understood, earlier: Understood) -> bool:
    """Whether a row that somebody had added to this case is not there any more as it was."""
    there = {_identity(each) for each in now.actions}
    return any(each.case == said.case and not each.number and _identity(each) not in there for each in earlier.actions)


def _as_said(action: Action, said: AgreedAction) -> Action:
    return replace(action, agency=said.agency, text=said.text, due=said.due, owner=said.owner, risk=said.risk)
