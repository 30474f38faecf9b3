"""The agenda of a meeting, in the order that SafeLives suggests, for the chair and the coordinator."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from marac.action import Action
from marac.agency import Agency
from marac.case import CANNOT_WAIT, Case, FlagCode, MeetingDate, PersonVerdict
from marac.document import Document
from marac.fortnight import Presenter, Transfer
from marac.generators.agenda_items import Beside, looked_at_again, open_actions, past_case, with_actions_and_past
from marac.generators.contact import contact_level_in, contact_notes, contact_warning
from marac.generators.fields import printable
from marac.generators.fields.agenda import AgendaCase, AgendaFields, Attendee
from marac.generators.fill import filled
from marac.generators.meeting_words import when
from marac.generators.people import children_on, named
from marac.meetings.audience import AudienceRules, CaseNotes, CaseView, case_view
from marac.meetings.changes import digests, with_joined
from marac.meetings.hearing import Hearing, order_of_hearing, twelve_months_passed
from marac.meetings.withholding import Held
from marac.referral import Criteria
from marac.triage.protocol import has_signed
from marac.triage.urgent import NEVER_THE_ALARM, urgent_first
from marac.triage.wording import counted

_REPEATS = {"repeat": "Repeat", "possible repeat": "Possible repeat", "heard before": "Heard before"}
_LACKING = {"missing", "unclear"}
_URGENT: Mapping[FlagCode, str] = {
    "threats to kill": "threats to kill",
    "child at risk": "a child may be harmed or in danger",
    "under age": "somebody is under the age that this MARAC hears",
}
"""What does not wait for the meeting, beside contact, which has a row of its own."""
_CONTACT = {"unsafe contact", "contact with care"}


def agenda(fields: AgendaFields, template: bytes) -> Document:
    """The agenda: unfinished actions, cases with children, then adults only, then those heard twelve months ago.

    Raises:
        TemplateError: the template cannot be used.
    """
    return filled(template, printable(fields), name=f"agenda {fields.meeting.isoformat()}.docx")


def agenda_fields(
    meeting: MeetingDate,
    cases: Sequence[Case],
    actions: Sequence[Action],
    agencies: Sequence[Agency],
    *,
    marac: str,
    previous: dt.date | None = None,
    presenters: Sequence[Presenter] = (),
    transfers: Sequence[Transfer] = (),
    held: Sequence[Held] = (),
    months: int = 12,
    overdue: Mapping[int, str] = MappingProxyType({}),
    verdicts: Sequence[PersonVerdict] = (),
) -> AgendaFields:
    """What the agenda prints.

    Args:
        meeting: The meeting it is for.
        cases: Every case that the register knows; the meeting's own are picked from them.
        actions: Every action that the register knows; those of earlier meetings that are not done are listed.
        agencies: The agencies that sit at the meeting.
        marac: The name of this MARAC.
        previous: The meeting before; cases whose twelve months ended by then are not listed again.
        presenters: What people said about who presents a case.
        transfers: The cases that came from another MARAC.
        held: What is held back from whom.
        months: How long agencies keep flags on their files.
        overdue: Number of an action that is long overdue to what the chair reads of that.
        verdicts: What people said about whether two people are one.
    """
    hearings = order_of_hearing(cases, meeting.date, verdicts)
    beside = Beside(meeting, agencies, presenters, transfers, held)
    shown = [_shown(number, hearing, beside) for number, hearing in enumerate(hearings, 1)]
    first = sum(hearing.with_children for hearing in hearings)
    return AgendaFields(
        marac=marac,
        meeting=meeting.date,
        when=when(meeting, for_the_chair=True),
        cut_off=meeting.cut_off,
        agencies=tuple(_attendee(agency, meeting.date) for agency in agencies),
        open_actions=open_actions(looked_at_again(actions, meeting, previous), cases, agencies, overdue),
        number_of_cases=len(hearings),
        without_presenter=tuple(case.reference for case in shown if case.presented_by is None),
        alarm=_alarm(sum(map(_cannot_wait, hearings))),
        cases_with_children=tuple(shown[:first]),
        cases_with_adults_only=tuple(shown[first:]),
        twelve_months=tuple(past_case(case) for case in twelve_months_passed(cases, meeting.date, previous, months)),
    )


def agenda_shows(
    meeting: MeetingDate,
    cases: Sequence[Case],
    fields: AgendaFields,
    transfers: Sequence[Transfer] = (),
    verdicts: Sequence[PersonVerdict] = (),
) -> Mapping[str, Mapping[str, str]]:
    """What it prints of which case, as digests."""
    printed = {case.reference: case for case in (*fields.cases_with_children, *fields.cases_with_adults_only)}
    found: dict[str, Mapping[str, str]] = {}
    for hearing in order_of_hearing(cases, meeting.date, verdicts):
        shown = printed[hearing.case.reference]
        view = case_view(hearing, "agenda", AudienceRules(), notes=CaseNotes(transfers=transfers))
        beside = {"presenter": shown.presented_by, "late": shown.late, "withheld": shown.withheld}
        beside |= {"leaves": shown.leaves}
        found |= with_joined(view, digests(view, meeting=fields.when, **beside))
    return with_actions_and_past(found, fields.open_actions, fields.twelve_months)


def _attendee(agency: Agency, meeting: dt.date) -> Attendee:
    """The agency in the list that everyone signs; one that has not signed the protocol is marked there."""
    unsigned = "" if has_signed(agency, meeting) else " (has not signed the protocol)"
    return Attendee(f"{agency.name}{unsigned}", agency.representative)


def _cannot_wait(hearing: Hearing) -> bool:
    return any(flag.code in CANNOT_WAIT for flag in hearing.flags)


def _alarm(cases: int) -> str | None:
    """What the first page says where something cannot wait; None where nothing does."""
    if not cases:
        return None
    return f"In {counted(cases, 'case')} something does not wait for the meeting: it stands in red or amber. {NEVER_THE_ALARM}"


def _shown(number: int, hearing: Hearing, beside: Beside) -> AgendaCase:
    """What the chair's agenda shows of a case, as the table of audiences says."""
    view = case_view(hearing, "agenda", AudienceRules(), notes=CaseNotes(transfers=beside.transfers))
    flags = urgent_first(view.flags or ())
    return AgendaCase(
        number=number,
        reference=view.reference,
        victim=named(view.victim),
        perpetrators=tuple(named(person) for person in view.perpetrators or ()),
        children=children_on(beside.meeting.date, view.children),
        referred_by="; ".join(view.referring_agencies or ()) or None,
        presented_by=beside.presented_by(hearing),
        late=beside.late(hearing),
        origin="; ".join(view.origin or ()) or None,
        leaves=beside.leaves(hearing),
        withheld=beside.withheld(hearing),
        reasons=tuple(dict.fromkeys(_reasons(hearing, view))),
        repeat=" ".join(f"{_REPEATS[flag.code]}: {flag.reason}" for flag in flags if flag.code in _REPEATS) or None,
        undecided=" ".join(flag.reason for flag in hearing.open_questions) if view.undecided else None,
        contact_warning=contact_warning(view),
        contact_unsafe=contact_level_in(view) == "unsafe",
        contact_unknown=contact_level_in(view) == "not known",
        contact_notes=contact_notes(hearing, view),
        urgent="; ".join(dict.fromkeys(_URGENT[flag.code] for flag in flags if flag.code in _URGENT)) or None,
        missing=tuple(flag.reason for flag in flags if flag.code in _LACKING),
    )


def _reasons(hearing: Hearing, view: CaseView) -> Iterator[str]:
    """Why it is listed, what cannot wait first: every flag that stands nowhere else, and what each referrer ticked."""
    waiting = hearing.open_questions if view.undecided else ()
    shown_elsewhere = {*_REPEATS, *_LACKING, *_CONTACT}
    flags = urgent_first(view.flags or ())
    yield from (flag.reason for flag in flags if flag.code not in shown_elsewhere and flag not in waiting)
    for criteria in view.criteria or ():
        yield from _criteria_in_words(criteria)


def _criteria_in_words(criteria: Criteria) -> Iterator[str]:
    """What the referrer ticked as the reason for this referral."""
    ticked = {
        "Professional judgement": criteria.professional_judgement,
        "Visible high risk": criteria.visible_high_risk,
        "Potential escalation": criteria.escalation,
        "Repeat, as the referrer ticked it": criteria.repeat,
    }
    yield from (words for words, said in ticked.items() if said)
    if criteria.score is not None:
        yield f"Score as the referrer states it: {criteria.score}"
    if criteria.other_marac:
        yield f"Heard at another MARAC: {criteria.other_marac}"
