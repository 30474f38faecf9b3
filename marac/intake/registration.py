"""From a referral that was read to a case in the register, with its flags and its meeting."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from marac.audit import Entry
from marac.case import Agency, Case
from marac.intake.outcome import Disposition, Outcome, Registrable
from marac.meetings.listing import meeting_for
from marac.referral import Reading
from marac.register.cases import add_case, add_source, case_of_part, every_case, next_reference
from marac.register.deliveries import Delivery
from marac.register.trail import record
from marac.settings import Settings
from marac.triage import flags


def registered(
    connection: Connection,
    delivery: Delivery,
    verdict: Outcome,
    settings: Settings,
    today: dt.date,
    entry: Callable[..., Entry],
) -> Outcome:
    """The verdict after its referrals were entered as cases; the same form once more joins the case it is."""
    entered = [_entered(connection, delivery, found, settings, today, entry) for found in verdict.referrals]
    if not entered:
        return verdict
    new = [case for case in entered if case is not None]
    if not new:
        return replace(
            verdict,
            disposition="duplicate_referral",
            reasons=("The same form as an earlier one. No new case was made.", *verdict.reasons),
        )
    return replace(verdict, disposition=_disposition(new, verdict.disposition))


def _entered(
    connection: Connection,
    delivery: Delivery,
    found: Registrable,
    settings: Settings,
    today: dt.date,
    entry: Callable[..., Entry],
) -> Case | None:
    """The new case; None where this very file is a case already."""
    if found.part.role == "form" and (known := case_of_part(connection, found.part.sha256, found.part.form)):
        add_source(connection, known, delivery.id, found.part.id, "again")
        return None
    case = _case(connection, delivery, found.reading, settings, today)
    add_case(connection, case)
    add_source(connection, case.reference, delivery.id, found.part.id, "referral")
    if found.checklist is not None:
        add_source(connection, case.reference, delivery.id, found.checklist.id, "checklist")
    record(connection, entry("case entered", case.reference, f"message {delivery.id}"))
    return case


def _case(connection: Connection, delivery: Delivery, reading: Reading, settings: Settings, today: dt.date) -> Case:
    sender = agency_of(delivery.sender, settings.agencies)
    meeting = meeting_for(delivery.received, [date for date in settings.meeting_dates if date.date >= today])
    case = Case(
        reference=next_reference(connection, delivery.received),
        state="listed" if meeting else "received",
        received=delivery.received,
        reading=reading,
        agency=reading.referral.referrer.agency or (sender.name if sender else None),
        meeting=meeting.date if meeting else None,
    )
    return replace(case, flags=flags(case, every_case(connection), settings.rules))


def agency_of(sender: str | None, agencies: Mapping[str, Agency]) -> Agency | None:
    """The agency whose people write from the sender's domain. It says who seems to write, not who does."""
    domain = (sender or "").rpartition("@")[2]
    return next((agency for agency in agencies.values() if domain and domain in agency.domains), None)


def _disposition(cases: list[Case], otherwise: Disposition) -> Disposition:
    codes = {flag.code for case in cases for flag in case.flags}
    if "duplicate" in codes:
        return "duplicate_referral"
    if "possible duplicate" in codes:
        return "possible_match"
    return otherwise
