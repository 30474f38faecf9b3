"""The action letter: one Word file an agency, with the agency's own actions and nothing else."""

from collections.abc import Sequence

from marac.case import Action, Agency, Case, MeetingDate
from marac.document import Document
from marac.generators.fields import printable
from marac.generators.fields.letters import LetterAction, LetterFields
from marac.generators.fill import filled
from marac.meetings.audience import AudienceRules, case_view
from marac.meetings.hearing import with_joined
from marac.triage.history import carrier


def letter(
    meeting: MeetingDate,
    cases: Sequence[Case],
    actions: Sequence[Action],
    agency: Agency,
    *,
    marac: str,
    coordinator: str,
    email: str,
    template: bytes,
) -> Document:
    """The letter that tells one agency what it undertook at a meeting, and what it still has open from before.

    Args:
        meeting: The meeting that the letter follows.
        cases: Every case that the register knows.
        actions: Every action that the register knows; the agency's own are picked from them.
        agency: The agency it goes to.
        marac: The name of this MARAC.
        coordinator: Who signs.
        email: The secure mailbox that the agency reports to.
        template: The letter's Word template.

    Raises:
        TemplateError: the template cannot be used.
    """
    agreed, open_before = actions_of(agency, meeting, cases, actions)
    fields = LetterFields(
        marac=marac,
        agency=agency.name,
        representative=agency.representative,
        meeting=meeting.date,
        coordinator=coordinator,
        email=email,
        actions=tuple(_shown(action, cases) for action in agreed),
        still_open=tuple(_shown(action, cases) for action in open_before),
    )
    return filled(template, printable(fields), name=f"letter {agency.id} {meeting.date.isoformat()}.docx")


def actions_of(
    agency: Agency, meeting: MeetingDate, cases: Sequence[Case], actions: Sequence[Action]
) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """The agency's actions that are not done: those agreed at the meeting, and those open from earlier ones.

    An action belongs to the meeting that heard its case, or, where that was earlier, to the one since which it was
    added. Actions of later meetings are in neither.
    """
    heard = {case.reference: case.meeting for case in cases}
    own = sorted(
        (action for action in actions if action.agency == agency.id and action.done is None),
        key=lambda action: (action.due, action.number),
    )
    agreed, open_before = [], []
    for action in own:
        heard_on = heard.get(action.case)
        if heard_on == meeting.date or (action.added >= meeting.date and (heard_on is None or heard_on < meeting.date)):
            agreed.append(action)
        elif action.added < meeting.date and (heard_on is None or heard_on < meeting.date):
            open_before.append(action)
    return tuple(agreed), tuple(open_before)


def _shown(action: Action, cases: Sequence[Case]) -> LetterAction:
    """What an agency is shown of a case that it has an action for, as the table of audiences says."""
    known = {case.reference: case for case in cases}
    case = known.get(action.case)
    view = case_view(with_joined(carrier(case, known), cases), "letter", AudienceRules()) if case else None
    return LetterAction(
        number=action.number,
        case=action.case,
        victim=view.victim.name if view else None,
        action=action.text,
        due=action.due,
        children=bool(view and view.with_children),
    )
