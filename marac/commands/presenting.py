"""`marac case presenter` and `marac meeting chase`: who presents a case, and whose research is not back."""

import datetime as dt
from argparse import Namespace
from collections.abc import Iterator

from sqlalchemy import Connection

from marac.case import Case, MeetingDate
from marac.chasers import drafts_for, not_back, write_chasers
from marac.commands.working import count, day, office_for
from marac.errors import NotFoundError, UsageError
from marac.fortnight import Presenter
from marac.matching.spelling import folded
from marac.meeting import meeting_on
from marac.meetings.hearing import Hearing, with_joined
from marac.meetings.words_about_interests import persons_held
from marac.office import Office
from marac.register.cases import case_named, cases_joined_to, cases_named
from marac.register.interests import every_barred_name, every_interest
from marac.register.near import with_tied
from marac.register.outgoing import change_outgoing
from marac.register.presenters import add_presenter, every_presenter
from marac.register.trail import record
from marac.register.who_sees_what import withheld_now
from marac.register_workbook import write_workbook


def presenter(arguments: Namespace) -> int:
    """Keep who presents a case instead of its referrer."""
    name, by = arguments.name.strip(), arguments.by.strip()
    if not name or not by:
        raise UsageError(
            "Say who presents the case, and with --by who says so: marac case presenter CASE NAME --by NAME"
        )
    with office_for(arguments, changes=True) as office:
        with office.store.reading() as connection:
            hearing = _heard(connection, case_named(connection, arguments.case))
        meeting = _meeting(office, hearing.case, arguments)
        with office.store.changing() as connection:
            _refuse_who_may_not(connection, office, hearing, arguments.agency, name)
            word = Presenter(hearing.case.reference, meeting.date, name, arguments.agency, by, office.today)
            if word not in _said_last(connection, word):
                add_presenter(connection, word)
                detail = f"for {meeting.date.isoformat()}"
                record(connection, office.entry("presenter named", hearing.case.reference, detail, actor=by))
        print(
            f"{hearing.case.reference} is presented by {name} on {day(meeting.date)}. The agendas are made anew by the next pass."
        )
        if message := write_workbook(office).message:
            print(f"! {message}")
    return 0


def _said_last(connection: Connection, word: Presenter) -> list[Presenter]:
    """What was said last of this case and meeting: a command that is given again, after it was broken off, says it once."""
    said = every_presenter(connection)
    return [each for each in said if (each.case, each.meeting) == (word.case, word.meeting)][-1:]


def chase(arguments: Namespace) -> int:
    """Show whose research is not back, or release the reminders that wait."""
    by = (arguments.by or "").strip()
    if not by:
        with office_for(arguments) as office:
            meeting = meeting_on(office, arguments.date)
            with office.store.reading() as connection:
                print("\n".join(_standing(connection, office, meeting)))
        return 0
    with office_for(arguments, changes=True) as office:
        meeting = meeting_on(office, arguments.date)
        write_chasers(office)  # what came in since is not asked for again
        with office.store.changing() as connection:
            drafts = drafts_for(connection, office, meeting)
            for draft in drafts:
                change_outgoing(connection, draft.id, state="approved", approved_by=by)
                record(connection, office.entry("chaser released", arguments.date.isoformat(), "", actor=by))
    waiting = count(len(drafts), "reminder is released and leaves", "reminders are released and leave")
    print(f"{waiting} with the next pass: marac run" if drafts else "No reminder waits for release.")
    return 0


def _heard(connection: Connection, case: Case) -> Hearing:
    """The item that a case belongs to: it is the case that carries on which is presented."""
    carries_on = case_named(connection, case.joined_to) if case.joined_to else case
    return with_joined(carries_on, (carries_on, *cases_joined_to(connection, carries_on.reference)))


def _meeting(office: Office, case: Case, arguments: Namespace) -> MeetingDate:
    date = arguments.meeting or case.meeting
    if not isinstance(date, dt.date):
        raise UsageError(f"{case.reference} is on no meeting yet. Say which one with --meeting DATE.")
    return meeting_on(office, date)


def _refuse_who_may_not(
    connection: Connection, office: Office, hearing: Hearing, agency: str | None, name: str
) -> None:
    """Nobody presents a case of which they, or their agency, must not hear.

    Raises:
        NotFoundError: there is no such agency.
        UsageError: the case is held back from it, or the name is that of somebody who must not receive anything.
    """
    references = [case.reference for case in hearing.cases]
    if agency is not None:
        if agency not in office.settings.agencies:
            known = ", ".join(office.settings.agencies) or "none yet"
            raise NotFoundError(f"There is no agency {agency!r} in agencies.toml. Its ids: {known}.")
        tied = cases_named(connection, with_tied(connection, references))
        if not withheld_now(connection, office.settings, tied).may_see(agency, references):
            raise UsageError(
                f"{hearing.case.reference} is held back from {office.settings.agencies[agency].name}, so nobody there can "
                "present it. Name somebody of another agency, or settle it first: marac case conflict --help"
            )
    if folded(name) in {folded(each) for each in _must_not_hear(connection, hearing)}:
        raise UsageError(
            f"That is the name of somebody who must not receive anything about {hearing.case.reference}. Nothing was "
            "changed. Where it is somebody else of the same name, write the role beside it, such as “PC Alun Reese”."
        )


def _must_not_hear(connection: Connection, hearing: Hearing) -> Iterator[str]:
    references = {case.reference for case in hearing.cases}
    for referral in hearing.referrals:
        yield from filter(None, (referral.victim.name, *referral.victim.aliases))
        for person in referral.perpetrators:
            yield from filter(None, (person.name, *person.aliases))
    barred = (each for each in every_barred_name(connection) if each.case in references and each.lifted_on is None)
    yield from (each.name for each in barred)
    for reference in references:
        yield from persons_held(every_interest(connection), reference)


def _standing(connection: Connection, office: Office, meeting: MeetingDate) -> Iterator[str]:
    """Whose research is not back, and what waits."""
    waiting = not_back(connection, office, meeting)
    if not waiting:
        yield f"Nothing is outstanding for the meeting of {day(meeting.date)}: what was sent out has come back."
    for reader, cases in waiting.items():
        yield f"  {office.settings.readers[reader].name} ({reader}): {count(len(cases), 'case')} not back: {', '.join(cases)}"
    if drafts := drafts_for(connection, office, meeting):
        waits = count(len(drafts), "reminder waits", "reminders wait")
        yield f"{waits} for release: marac meeting chase {meeting.date.isoformat()} --by NAME"
