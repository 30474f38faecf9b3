"""What became of the actions of earlier meetings, as the minutes say."""

from collections import Counter
from collections.abc import Iterator

from marac.action import Action, ActionOutcome
from marac.meetings.outstanding import outstanding
from marac.parsers.minutes.said import MinutesFile, Told
from marac.taking_minutes.known import Known
from marac.taking_minutes.understood import Doubt, EarlierOutcome

_OUTCOMES: dict[str, ActionOutcome] = {each: each for each in ("done", "could not be done", "not done")}


def outcomes(said: MinutesFile, known: Known) -> Iterator[EarlierOutcome | Doubt | str]:
    """What was said of each, as an outcome, a doubt, or a sentence where nothing was said."""
    rows = Counter(row.number for row in said.told)
    actions = {str(action.number): action for action in known.actions}
    for row in said.told:
        if rows[row.number] > 1:
            yield Doubt(
                row.where, f"the number {row.number or 'of the action'} stands in more than one row. Not taken."
            )
        elif (action := actions.get(row.number)) is None:
            yield Doubt(row.where, f"the register has no action {row.number or 'without a number'}. Not taken.")
        else:
            yield _outcome(row, action, known)
    for each in outstanding(known.actions, known.meeting):
        if not rows[str(each.action.number)]:
            yield Doubt(
                f"action {each.action.number} ({each.action.case})",
                "its row is not in this file, or it was entered after the file was made. It stays open.",
            )


def _outcome(row: Told, action: Action, known: Known) -> EarlierOutcome | Doubt | str:
    where = f"action {action.number} ({action.case})"
    if not _is_its_row(row, action, known):
        return Doubt(where, f"its row ({row.where}) says another case or another action than the register. Not taken.")
    if row.outcome == "?":
        return Doubt(where, "it cannot be told what became of it: tick one box. It stays as it was.")
    if not row.outcome:
        if row.reason:
            return Doubt(where, f"a reason stands there (“{row.reason}”) and no box is ticked. It stays as it was.")
        return f"Nothing is noted of action {action.number} ({action.case}). It stays open."
    outcome = _OUTCOMES[row.outcome]
    if not action.is_open and outcome != action.outcome:
        was = f"{action.outcome or 'done'} since {action.done:%d/%m/%Y}" if action.done else "closed"
        return Doubt(where, f"the minutes say {outcome}, and the register has it as {was}. It stays so.")
    return EarlierOutcome(action.number, outcome, row.reason)


def _is_its_row(row: Told, action: Action, known: Known) -> bool:
    printed = "".join(f"{known.agency_name(action.agency)}{action.text}".split())
    return row.case == action.case and "".join(row.printed.split()) == printed
