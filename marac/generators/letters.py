"""The action letter: one Word file an agency, with the agency's own actions and nothing else."""

import datetime as dt
from collections.abc import Mapping, Sequence

from marac.action import Action, ActionOutcome
from marac.agency import Agency
from marac.case import MeetingDate
from marac.document import Document
from marac.fortnight import ActionReport
from marac.generators.addressed import Sender, in_confidence
from marac.generators.contact import contact_level_in, contact_warning
from marac.generators.fields import printable
from marac.generators.fields.letters import LetterAction, LetterFields
from marac.generators.fill import filled
from marac.generators.people import children_on
from marac.generators.research import return_mark
from marac.meetings.audience import AudienceRules, case_view
from marac.meetings.deadlines import in_words
from marac.meetings.items import Items
from marac.meetings.withholding import agency_of


def letter_of(fields: LetterFields, reader: Agency, meeting: MeetingDate, template: bytes) -> Document:
    """The letter that prints these fields.

    Raises:
        TemplateError: the template cannot be used.
    """
    return filled(template, printable(fields), name=f"letter {reader.id} {meeting.date.isoformat()}.docx")


def letter_fields(
    meeting: MeetingDate,
    items: Items,
    actions: Sequence[Action],
    reader: Agency,
    sender: Sender,
    reports: Sequence[ActionReport] = (),
) -> LetterFields:
    """What the letter prints. It speaks as of the meeting: an answer that comes later does not make it another letter."""
    agreed, open_before = actions_of(reader, meeting, items, actions)
    said = {each.number: _reported(each, meeting.date, reports) for each in (*agreed, *open_before)}
    shown = tuple(tuple(_shown(each, items, reader, meeting, said) for each in part) for part in (agreed, open_before))
    return LetterFields(
        marac=sender.marac,
        agency=reader.name,
        representative=reader.representative,
        in_confidence=in_confidence(reader),
        meeting=meeting.date,
        send_back_by=in_words(meeting.updates_due) if meeting.updates_due else None,
        return_mark=return_mark(meeting.date.isoformat(), reader.id),
        coordinator=sender.coordinator,
        email=sender.email,
        child_files=reader.child_files,
        actions=shown[0],
        still_open=shown[1],
    )


def actions_of(
    reader: Agency, meeting: MeetingDate, items: Items, actions: Sequence[Action]
) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """The agency's actions as they stood at a meeting: those agreed there, and those still open from earlier ones.

    Where nobody noted which meeting agreed an action, it belongs to the one that heard its case, or, where that was
    earlier, to the one since which it was added. Actions of later meetings are in neither.
    """
    own = sorted(
        (each for each in actions if each.agency == agency_of(reader.id) and _open_at(each, meeting.date)),
        key=lambda action: (action.due, action.number),
    )
    agreed, open_before = [], []
    for action in own:
        item = items.of(action.case)
        heard_on = action.meeting or (item.case.meeting if item else None)
        before = heard_on is None or heard_on < meeting.date
        if heard_on == meeting.date or (before and action.meeting is None and action.added >= meeting.date):
            agreed.append(action)
        elif before:
            open_before.append(action)
    return tuple(agreed), tuple(open_before)


def _open_at(action: Action, day: dt.date) -> bool:
    return action.done is None or action.done > day


def _reported(action: Action, day: dt.date, reports: Sequence[ActionReport]) -> str | None:
    """What was reported of an action up to a day; where no reply ever said anything, what the register holds."""
    theirs = [each for each in reports if each.action == action.number and each.state == "taken"]
    if not theirs and action.is_open:
        return outcome_in_words(action.outcome, action.note)
    last = next((each for each in reversed(theirs) if each.on <= day), None)
    return outcome_in_words(last.outcome, last.note) if last else None


def _shown(
    action: Action, items: Items, reader: Agency, meeting: MeetingDate, said: Mapping[int, str | None]
) -> LetterAction:
    """What an agency is shown of a case that it has an action for, as the table of audiences says."""
    item = items.of(action.case)
    view = case_view(item, "letter", AudienceRules(child_files=reader.child_files)) if item else None
    return LetterAction(
        number=action.number,
        case=action.case,
        victim=view.victim.name if view else None,
        action=action.text,
        risk=action.risk or None,
        owner=action.owner or None,
        due=action.due,
        reported=said[action.number],
        children=bool(view and view.with_children),
        named_children=children_on(meeting.date, view.children) if view else (),
        contact_warning=contact_warning(view),
        contact_unsafe=contact_level_in(view) == "unsafe",
    )


def outcome_in_words(outcome: ActionOutcome | None, note: str) -> str | None:
    """What was reported of an action: `not done: the tenant was away`; None where nothing was."""
    words = " ".join(note.split())
    return f"{outcome}: {words}" if outcome and words else outcome
