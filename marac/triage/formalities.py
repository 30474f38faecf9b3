"""The paperwork of a referral: a checklist that is missing, a form that is old, and on what basis it is shared."""

import datetime as dt
import re
from collections.abc import Iterator

from marac.case import Case, Flag
from marac.triage.wording import counted, in_words, places

_NO_REASON = re.compile(r"\W*(?:no|none|nil|n/?a|not known|unknown|not applicable|tbc|see above)?\W*", re.IGNORECASE)


def formality_flags(case: Case, stale_form_days: int) -> tuple[Flag, ...]:
    """What of the paperwork a person must ask for; 0 days is a form that is never too old."""
    return (*_checklist(case), *_age_of_form(case, stale_form_days), *_basis(case))


def _checklist(case: Case) -> Iterator[Flag]:
    referral = case.referral
    checklist, criteria = referral.checklist, referral.criteria
    if checklist.answers or checklist.ticks is not None or checklist.grade or criteria.score is not None:
        return
    yield Flag(
        "checklist missing",
        "No risk checklist came with the form, and no score. Ask the referrer for the checklist.",
        places(case.reading, "checklist.kind"),
    )
    if criteria.visible_high_risk:
        yield Flag(
            "high risk without score",
            "The referrer ticks visible high risk and gives neither a score nor a checklist. Ask how many ticks there are.",
            places(case.reading, "criteria.visible_high_risk"),
        )


def _age_of_form(case: Case, stale_form_days: int) -> Iterator[Flag]:
    written = case.referral.date
    if written is None:
        return
    evidence = places(case.reading, "date")
    if written > case.received:
        reason = f"The form is dated {in_words(written)}, after the day on which it came. Ask the referrer for the right date."
        yield Flag("stale form", reason, evidence)
    elif stale_form_days and written < case.received - dt.timedelta(days=stale_form_days):
        age = counted((case.received - written).days, "day")
        reason = (
            f"The form is dated {in_words(written)}, {age} before it came. The risk, the address and who is safe to talk to "
            "may have changed: ask the referrer before anything rests on it."
        )
        yield Flag("stale form", reason, evidence)


def _basis(case: Case) -> Iterator[Flag]:
    """Consent is preferred and not required; without it, why the information is shared must be on record."""
    consent = case.referral.consent
    refused = consent.given is False or (consent.given is None and consent.aware is False)
    if not refused or not _NO_REASON.fullmatch(consent.reason or ""):
        return
    what = "does not agree" if consent.given is False else "does not know of the referral"
    reason = (
        f"The form says that the victim {what}, and not why the information is shared all the same. Ask the referrer on which "
        "lawful basis, and write it down; the case stands until then."
    )
    yield Flag("lawful basis missing", reason, places(case.reading, "consent.given", "consent.aware", "consent.reason"))
