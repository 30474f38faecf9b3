"""What is asked of the coordinator about outcomes owed, referrals to the IDVA service, actions long overdue, and transfers."""

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from marac.agency import Agency
from marac.case import Case, MeetingDate
from marac.meetings.asked import Asked
from marac.meetings.idva_referral import referred_on_receipt, waits_for_a_person
from marac.meetings.items import Items, references_of
from marac.meetings.overdue import escalated, overdue_actions, updates_due_on
from marac.meetings.withholding import MANAGER, Withholding
from marac.register.actions import every_action
from marac.register.calendar import meetings
from marac.register.documents import REFERRALS, papers_of_kinds
from marac.register.owed_outcomes import owed_outcomes
from marac.register.transfer_questions import transfer_questions
from marac.register.who_sees_what import withheld_now
from marac.settings import Settings
from marac.triage.protocol import has_signed
from marac.triage.wording import in_words

_ASK = "Ask somebody there yourself, or make the contact by another way: no referral leaves for this case."
_LOOK = "Look at it, and let it go: marac release --case {case} --rehearse"


def fortnight_questions(
    connection: Connection, settings: Settings, cases: Sequence[Case], today: dt.date
) -> tuple[Asked, ...]:
    """Every such question: referrals first, then what is owed to victims, then actions that nobody answers for, then transfers."""
    held, dates = withheld_now(connection, settings, cases), meetings(connection, settings, today)
    readers = _readers(settings, today)
    return (
        *_about_referrals(connection, settings, Items(cases), readers, held),
        *owed_outcomes(connection, settings, cases, readers, held, [each.date for each in dates]),
        *_about_overdue(connection, settings, dates, today, Items(cases), held),
        *transfer_questions(connection, settings, today),
    )


def _readers(settings: Settings, today: dt.date) -> tuple[Agency, ...]:
    """Those whom documents may be made for: the agencies that have signed, and their senior contacts."""
    known = settings.readers
    signed = [agency for agency in settings.agencies.values() if has_signed(agency, today)]
    seniors = (known.get(f"{agency.id}.senior") for agency in signed)
    return (*signed, *(senior for senior in seniors if senior is not None))


def _about_referrals(
    connection: Connection, settings: Settings, items: Items, readers: Sequence[Agency], held: Withholding
) -> Iterator[Asked]:
    """The referrals to the IDVA service that reach nobody, and those that wait for a person."""
    if not settings.idva.referral_on_receipt:
        return
    papers = papers_of_kinds(connection, REFERRALS)
    theirs = [each for each in readers if each.id in {settings.idva.agency, f"{settings.idva.agency}.senior"}]
    for hearing in referred_on_receipt(items, {paper.subject for paper in papers}):
        case = hearing.case.reference
        if not any(held.may_see(each.id, references_of(hearing)) for each in theirs):
            why = (
                "the case is held back from it" if theirs else "it has not signed the area's protocol, or is not listed"
            )
            yield Asked(case, f"It was not referred to the IDVA service: {why}.", _ASK)
        waiting = [paper for paper in papers if paper.subject == case and paper.state in {"prepared", "held"}]
        if waiting and (paper := waiting[-1]).state == "held":
            yield Asked(case, f"Its referral to the IDVA service is held back. {paper.reason}", "Then: marac run")
        elif waiting and (not settings.idva.released_by or waiting[-1].reason or waits_for_a_person(hearing)):
            why = f"Its referral to the IDVA service waits for a person. {waiting[-1].reason}".strip()
            yield Asked(case, why, _LOOK.format(case=case))


def _about_overdue(
    connection: Connection,
    settings: Settings,
    dates: Sequence[MeetingDate],
    today: dt.date,
    items: Items,
    held: Withholding,
) -> Iterator[Asked]:
    """The actions that are long overdue and that no manager is told of: for the chair."""
    overdue = overdue_actions(every_action(connection), updates_due_on(dates), today)
    for each in escalated(overdue, settings.actions.escalate_after_days, today):
        agency = settings.agencies.get(each.action.agency)
        item, name = items.of(each.action.case), agency.name if agency else each.action.agency
        named = agency is not None and agency.manager is not None
        if named and (item is None or held.may_see(f"{each.action.agency}{MANAGER}", references_of(item))):
            continue
        nobody = "the case is held back from its manager" if named else "the agency names no manager to be written to"
        why = f"Action {each.action.number} of {name} is overdue since {in_words(each.since)}, and {nobody}."
        to_do = (
            f"Tell the chair. {'' if named else 'To have its manager written to: manager in agencies.toml. '}When it is "
            f"over: marac action outcome {each.action.number} done (or could-not-be-done) --by ..."
        )
        yield Asked(each.action.case, why, to_do)
