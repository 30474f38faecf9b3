"""A referral that was typed into the message itself, one line for each answer."""

import datetime as dt
from collections.abc import Iterator

from marac.demo.form_parts import address_as_written, phone_as_written
from marac.referral import Referral


def body_form(referral: Referral) -> str:
    """The lines of the referral; what is not known has no line."""
    return "\n".join(f"{label}: {_typed(answer)}" for label, answer in _lines(referral) if answer is not None)


def _lines(referral: Referral) -> Iterator[tuple[str, str | int | bool | dt.date | None]]:
    referrer, victim, criteria = referral.referrer, referral.victim, referral.criteria
    yield "Date of referral", referral.date
    yield "Referring agency", referrer.agency
    yield "Contact name", referrer.name
    yield "Position", referrer.role
    yield "Telephone number", phone_as_written(referrer.phone)
    yield "Email", referrer.email
    yield "Victim name", victim.name
    yield "Victim DOB", victim.date_of_birth
    yield "Victim address", address_as_written(victim)
    yield "Victim telephone number", phone_as_written(victim.phone)
    yield "Is this number safe to call?", victim.safe_to_call
    yield "Ethnic origin", victim.ethnicity
    for perpetrator in referral.perpetrators:
        yield "Perpetrator name", perpetrator.name
        yield "Perpetrator DOB", perpetrator.date_of_birth
        yield "Perpetrator address", address_as_written(perpetrator)
        yield "Relationship to victim", perpetrator.relationship
    yield "Dash score", criteria.score
    yield "Professional judgement", criteria.professional_judgement
    yield "Visible high risk", criteria.visible_high_risk
    yield "Potential escalation", criteria.escalation
    yield "MARAC repeat", criteria.repeat
    yield "Is the victim aware of the referral?", referral.consent.aware
    yield "Has consent been given?", referral.consent.given
    yield "Reason for referral", referral.reason


def _typed(answer: str | int | bool | dt.date) -> str:
    if isinstance(answer, bool):
        return "Yes" if answer else "No"
    return f"{answer:%d/%m/%Y}" if isinstance(answer, dt.date) else str(answer)
