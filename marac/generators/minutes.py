"""The minutes of a meeting to fill in: who was there, what became of earlier actions, and a section for each case.

What is printed here is what `marac.parsers.minutes` finds again when the filled-in file comes back.
"""

from collections.abc import Sequence

from marac.action import Action
from marac.agency import Agency
from marac.case import Case, MeetingDate
from marac.document import Document
from marac.fortnight import Presenter
from marac.generators.agenda_items import past_case
from marac.generators.contact import contact_level_in, contact_notes, contact_warning
from marac.generators.fields import printable
from marac.generators.fields.minutes import MinutesAction, MinutesAgency, MinutesCase, MinutesFields
from marac.generators.fill import filled
from marac.generators.meeting_words import when
from marac.generators.people import children_on, named
from marac.meetings.audience import AudienceRules, case_view
from marac.meetings.hearing import Hearing
from marac.meetings.leaves_the_room import leaves_the_room
from marac.meetings.minutes_mark import minutes_mark
from marac.meetings.outstanding import outstanding
from marac.meetings.presenting import presenting
from marac.meetings.withholding import Held
from marac.triage.protocol import has_signed

_REPEAT = "The same people were heard before, or their case was referred before."
_UNDECIDED = "Nobody has decided yet whether this case is heard."


def minutes(
    meeting: MeetingDate,
    hearings: Sequence[Hearing],
    actions: Sequence[Action],
    agencies: Sequence[Agency],
    *,
    marac: str,
    marac_id: str,
    chair: str,
    template: bytes,
    consider: Sequence[str] = (),
    presenters: Sequence[Presenter] = (),
    twelve_months: Sequence[Case] = (),
    held: Sequence[Held] = (),
) -> Document:
    """The minutes to fill in.

    Args:
        meeting: The meeting they are of.
        hearings: What it hears, in its order.
        actions: Every action that the register knows; those of earlier meetings that are open are listed.
        agencies: The agencies that sit at the meeting.
        marac: The name of this MARAC.
        marac_id: Its id, which stands in the mark of the file.
        chair: Who chairs it.
        template: The Word template of the minutes.
        consider: What the area has the meeting consider for each case.
        presenters: Who presents instead of the referrer; the last word about a case counts.
        twelve_months: The cases whose twelve months have ended.
        held: What is held back from whom.

    Raises:
        TemplateError: the template cannot be used.
    """
    fields = MinutesFields(
        marac=marac,
        meeting=meeting.date,
        when=when(meeting, for_the_chair=True),
        mark=minutes_mark(marac_id, meeting.date),
        chair=chair,
        agencies=tuple(_agency(agency, meeting) for agency in agencies),
        open_actions=_open_actions(meeting, actions, agencies),
        consider=tuple(consider),
        number_of_cases=len(hearings),
        cases=tuple(_shown(hearing, meeting, presenters, agencies, held) for hearing in hearings),
        twelve_months=tuple(past_case(case) for case in twelve_months),
    )
    return filled(template, printable(fields), name=f"minutes {meeting.date.isoformat()}.docx")


def _agency(agency: Agency, meeting: MeetingDate) -> MinutesAgency:
    unsigned = "" if has_signed(agency, meeting.date) else " (has not signed the protocol)"
    return MinutesAgency(f"{agency.name}{unsigned}", agency.representative, agency.deputy)


def _open_actions(
    meeting: MeetingDate, actions: Sequence[Action], agencies: Sequence[Agency]
) -> tuple[MinutesAction, ...]:
    names = {agency.id: agency.name for agency in agencies}
    return tuple(
        MinutesAction(
            number=each.action.number,
            case=each.action.case,
            agency=names.get(each.action.agency, each.action.agency),
            action=each.action.text,
            due=each.action.due,
            reported=each.reported,
        )
        for each in outstanding(actions, meeting)
    )


def _shown(
    hearing: Hearing,
    meeting: MeetingDate,
    presenters: Sequence[Presenter],
    agencies: Sequence[Agency],
    held: Sequence[Held],
) -> MinutesCase:
    """What the minutes show of a case, as the table of audiences says."""
    view = case_view(hearing, "minutes", AudienceRules())
    by = presenting(hearing, presenters, meeting.date, agencies) if view.presenters is not None else ()
    return MinutesCase(
        reference=view.reference,
        leaves=leaves_the_room(hearing, held, agencies),
        victim=named(view.victim),
        perpetrators=tuple(named(person) for person in view.perpetrators or ()),
        children=children_on(meeting.date, view.children),
        referred_by="; ".join(view.referring_agencies or ()) or None,
        presented_by="; ".join(each.in_words for each in by) or None,
        repeat=_REPEAT if view.repeat else None,
        undecided=_UNDECIDED if view.undecided else None,
        contact_warning=contact_warning(view),
        contact_unsafe=contact_level_in(view) == "unsafe",
        contact_unknown=contact_level_in(view) == "not known",
        contact_notes=contact_notes(hearing, view),
    )
