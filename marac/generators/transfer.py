"""The transfer of a case to another MARAC, as a person reads it: the referral, the minutes and the action plan.

Source: SafeLives, MARAC to MARAC referral process: the sender hands over everything, whether the case was heard or not.
"""

import datetime as dt
from collections.abc import Sequence

from marac.action import Action
from marac.document import Document
from marac.fortnight import CaseMinutes, Transfer
from marac.generators.addressed import Sender
from marac.generators.contact import contact_level_in, contact_notes, contact_warning
from marac.generators.fields import printable
from marac.generators.fields.transfer import HandedOverAction, MeetingNote, TransferFields
from marac.generators.fill import filled
from marac.generators.people import children_on, named
from marac.meetings.audience import AudienceRules, CaseNotes, case_view
from marac.meetings.hearing import Hearing
from marac.transfers.bundle import Bundle
from marac.triage.wording import in_words


def transfer_letter(fields: TransferFields, template: bytes) -> Document:
    """The letter that prints these fields.

    Raises:
        TemplateError: the template cannot be used.
    """
    return filled(template, printable(fields), name=f"transfer {fields.reference}.docx", safe_addresses=True)


def transfer_fields(
    hearing: Hearing,
    bundle: Bundle,
    actions: Sequence[Action],
    minutes: Sequence[CaseMinutes],
    sender: Sender,
    *,
    written: dt.date,
    receiver: str,
    receipt: str,
    transfers: Sequence[Transfer] = (),
) -> TransferFields:
    """What the letter prints, as the table of audiences lets it.

    Args:
        hearing: the case with those joined to it.
        bundle: the machine part, which says the same to a program.
        actions: theirs.
        minutes: what was noted about them.
        sender: this MARAC.
        written: the day on which it was asked for.
        receiver: the name of the other one.
        receipt: what it quotes when the case has arrived.
        transfers: cases that came from another MARAC, or went to one.
    """
    rules, notes = AudienceRules(addresses=True, child_files=True), CaseNotes(transfers=transfers)
    view = case_view(hearing, "transfer", rules, actions, notes=notes)
    return TransferFields(
        marac=sender.marac,
        receiver=receiver,
        coordinator=sender.coordinator,
        email=sender.email,
        reference=view.reference,
        receipt=receipt,
        written=written,
        reason=bundle.reason or None,
        origin=view.origin or (),
        contact_warning=contact_warning(view),
        contact_unsafe=contact_level_in(view) == "unsafe",
        contact_unknown=contact_level_in(view) == "not known",
        contact_notes=contact_notes(hearing, view),
        victim=named(view.victim),
        perpetrators=tuple(named(person) for person in view.perpetrators or ()),
        children=children_on(hearing.case.received, view.children),
        received=hearing.case.received,
        referred_by="; ".join(view.referring_agencies or ()) or None,
        referrers=view.presenters or (),
        reasons=view.reasons or (),
        heard=tuple(in_words(day) for day in bundle.heard),
        minutes=tuple(MeetingNote(each.meeting, each.risks or None, each.notes or None) for each in minutes),
        actions=_action_plan(bundle, actions),
    )


def _action_plan(bundle: Bundle, actions: Sequence[Action]) -> tuple[HandedOverAction, ...]:
    """The sender's actions, each agency by the name that the machine part gives it."""
    return tuple(
        HandedOverAction(handed.agency, each.text, each.due, _became(each))
        for handed, each in zip(bundle.actions, actions, strict=True)
    )


def _became(action: Action) -> str:
    """What became of an action, in words; nothing reported is said as such."""
    words = action.outcome or "nothing reported"
    day = f" on {in_words(action.done)}" if action.done else ""
    return f"{words}{day}{f': {action.note}' if action.note else ''}"
