"""Which agencies have signed the area's protocol or information sharing agreement, and what follows for those that have not."""

import datetime as dt
from collections.abc import Sequence

from marac.agency import Agency
from marac.case import Case, Flag
from marac.triage.wording import in_words, places

HOW_TO_SIGN = "Once it has signed, write the day into its table in agencies.toml: signed = 2026-04-01"


def has_signed(agency: Agency, on: dt.date) -> bool:
    """Whether the agency had signed by that day, the day included."""
    return agency.signed is not None and agency.signed <= on


def why_nothing_is_prepared(agency: Agency, on: dt.date) -> str:
    """Why nothing is prepared for an agency on that day, in a sentence; empty where it has signed."""
    if has_signed(agency, on):
        return ""
    if agency.signed is None:
        return "It has not signed the area's protocol or information sharing agreement."
    return f"Its signature under the area's protocol is dated {in_words(agency.signed)}, which is still to come."


def referrer_signed(case: Case, agencies: Sequence[Agency]) -> tuple[Flag, ...]:
    """Whether the agency that refers is listed and had not signed on the day on which the referral came."""
    agency = referring_agency(case, agencies)
    if agency is None or has_signed(agency, case.received):
        return ()
    when = (
        f"It signed on {in_words(agency.signed)}, after the referral came."
        if agency.signed
        else "No date stands in its row."
    )
    reason = (
        f"The referring agency had not signed the area's protocol or information sharing agreement. {when} The referral "
        "stands all the same; before anything is shared with the agency, it must sign."
    )
    return (Flag("agency has not signed", reason, places(case.reading, "referrer.agency", "referrer.email")),)


def referring_agency(case: Case, agencies: Sequence[Agency]) -> Agency | None:
    """The listed agency that the case names, or whose people write from the referrer's domain."""
    name = (case.agency or case.referral.referrer.agency or "").casefold().strip()
    domain = (case.referral.referrer.email or "").lower().rpartition("@")[2]
    by_name = (agency for agency in agencies if name and name in {agency.name.casefold(), agency.id})
    by_domain = (agency for agency in agencies if domain and domain in agency.domains)
    return next(by_name, None) or next(by_domain, None)
