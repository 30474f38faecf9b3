"""The referral to the IDVA service on receipt: what it needs to make safe contact before any meeting."""

from marac.agency import Agency
from marac.document import Document
from marac.generators.addressed import Sender, in_confidence
from marac.generators.contact import contact_level_in, contact_notes, contact_warning
from marac.generators.fields import printable
from marac.generators.fields.idva import IdvaReferralFields
from marac.generators.fill import filled
from marac.generators.people import children_on, named
from marac.meetings.audience import AudienceRules, case_view
from marac.meetings.hearing import Hearing
from marac.referral import Criteria

_CRITERIA = {
    "professional_judgement": "professional judgement",
    "visible_high_risk": "visible high risk",
    "escalation": "potential escalation",
    "repeat": "repeat, as the referrer ticked it",
}


def idva_referral_of(fields: IdvaReferralFields, reader: Agency, template: bytes) -> Document:
    """The referral that prints these fields.

    Raises:
        TemplateError: the template cannot be used.
    """
    name = f"{reader.id} referral {fields.reference}.docx"
    return filled(template, printable(fields), name=name, safe_addresses=True)


def idva_referral_fields(hearing: Hearing, reader: Agency, sender: Sender) -> IdvaReferralFields:
    """What the referral prints, as the table of audiences lets it."""
    view = case_view(hearing, "idva-referral", AudienceRules(child_files=reader.child_files), agency=reader.id)
    ticked = (words for criteria in view.criteria or () for words in _ticked(criteria))
    return IdvaReferralFields(
        marac=sender.marac,
        agency=reader.name,
        representative=reader.representative,
        in_confidence=in_confidence(reader),
        reference=view.reference,
        received=hearing.case.received,
        meeting=hearing.case.meeting,
        coordinator=sender.coordinator,
        email=sender.email,
        contact_warning=contact_warning(view),
        contact_unsafe=contact_level_in(view) == "unsafe",
        contact_unknown=contact_level_in(view) == "not known",
        contact_notes=contact_notes(hearing, view),
        victim=named(view.victim),
        perpetrators=tuple(named(person) for person in view.perpetrators or ()),
        children=children_on(hearing.case.received, view.children),
        referred_by="; ".join(view.referring_agencies or ()) or None,
        referrers=view.presenters or (),
        criteria=tuple(dict.fromkeys(ticked)),
        repeat=bool(view.repeat),
        reasons=view.reasons or (),
    )


def _ticked(criteria: Criteria) -> tuple[str, ...]:
    """What the referrer ticked, in words."""
    score = () if criteria.score is None else (f"score as the referrer states it: {criteria.score}",)
    return (*(words for name, words in _CRITERIA.items() if getattr(criteria, name)), *score)
