"""The research pack: one Word file an agency, with a section a case to fill in before the meeting."""

import datetime as dt
from collections.abc import Sequence

from marac.case import Agency, Case, MeetingDate
from marac.document import Document
from marac.generators.fields import printable
from marac.generators.fields.research import ResearchCase, ResearchFields
from marac.generators.fill import filled
from marac.generators.people import children_on, named
from marac.matching.spelling import folded
from marac.meetings.audience import AudienceRules, case_view
from marac.meetings.hearing import Hearing, order_of_hearing


def research(
    meeting: MeetingDate,
    cases: Sequence[Case],
    agency: Agency,
    *,
    marac: str,
    coordinator: str,
    email: str,
    return_by: dt.date,
    template: bytes,
    addresses: bool = False,
) -> Document:
    """The research pack of one agency: every case on the list, because no agency alone has the whole picture.

    Args:
        meeting: The meeting it prepares for.
        cases: Every case that the register knows; the meeting's own are picked from them.
        agency: The agency that is asked.
        marac: The name of this MARAC.
        coordinator: Whom to ask, as the cover page names them.
        email: The secure mailbox that the pack comes back to.
        return_by: The last day for that.
        template: The pack's Word template.
        addresses: Whether the area's research packs show addresses.

    Raises:
        TemplateError: the template cannot be used.
    """
    hearings = order_of_hearing(cases, meeting.date)
    rules = AudienceRules(addresses=addresses)
    fields = ResearchFields(
        marac=marac,
        agency=agency.name,
        representative=agency.representative,
        meeting=meeting.date,
        return_by=return_by,
        coordinator=coordinator,
        email=email,
        show_addresses=addresses,
        number_of_cases=len(hearings),
        cases=tuple(_shown(hearing, agency, meeting, rules) for hearing in hearings),
    )
    return filled(template, printable(fields), name=f"research {agency.id} {meeting.date.isoformat()}.docx")


def _shown(hearing: Hearing, agency: Agency, meeting: MeetingDate, rules: AudienceRules) -> ResearchCase:
    """What an agency is shown of a case, as the table of audiences says, so that it can look into its own records."""
    view = case_view(hearing, "research", rules, agency=agency.id)
    return ResearchCase(
        reference=view.reference,
        victim=named(view.victim),
        perpetrators=tuple(named(person) for person in view.perpetrators or ()),
        children=children_on(meeting.date, view.children),
        referred_by="; ".join(view.referring_agencies or ()) or None,
        own_referral=_referred_by(agency, hearing),
        repeat=bool(view.repeat),
        undecided=bool(view.undecided),
        unsafe_contact=view.contact_warning is not False,
    )


def _referred_by(agency: Agency, hearing: Hearing) -> bool:
    """Whether the agency referred the case itself, by its name or by the domain of the referrer's address."""
    names = (name for case in hearing.cases for name in (case.agency, case.referral.referrer.agency) if name)
    domains = {(referral.referrer.email or "").rpartition("@")[2].lower() for referral in hearing.referrals}
    by_name = folded(agency.name) in {folded(name) for name in names}
    return by_name or bool(domains & {domain.lower() for domain in agency.domains})
