"""`marac release`: the only way in which a document for an agency leaves."""

import sys
from argparse import Namespace

from marac.commands.working import count, day, office_for, signed_in
from marac.dispatch import Released, rehearsal, resend
from marac.dispatch import release as released
from marac.dispatch.due import Which
from marac.dispatch.told import note_sent
from marac.errors import MailboxError, SealingError, UsageError
from marac.mailbox import open_outbox
from marac.office import Office
from marac.papers.versions import version_in_words
from marac.register.documents import DocumentState, Paper, every_paper, title_of
from marac.register.holdings import cases_shown
from marac.register.who_sees_what import reader_in_words

_FATES: dict[DocumentState, str] = {
    "held": "is held back",
    "retry": "has not left yet",
    "unknown": "is in doubt",
    "failed": "was not delivered",
}
_STILL_HERE: frozenset[DocumentState] = frozenset(("held", "unknown", "failed", "retry"))


def release(arguments: Namespace) -> int:
    """Send what was prepared, or show who would get what; or note what a person knows of a letter in doubt."""
    arrived, again = _agencies(arguments)
    which = _which(arguments)
    if arguments.rehearse:
        return _rehearse(arguments)
    with office_for(arguments, changes=True) as office:
        if arrived:
            return _note_arrived(office, arguments, arrived)
        settings, by = office.settings, arguments.by or signed_in()
        with open_outbox(settings.sending, settings.mailbox, settings.folders.store) as outbox:
            result = resend(office, which, again, outbox, by) if again else released(office, which, outbox, by)
        print(f"Released for {_in_words(which)}:")
        _tell(office, result, "went to")
    return _end(result)


def _agencies(arguments: Namespace) -> tuple[str | None, str | None]:
    """The agency whose letter arrived after all, and the one whose letter is to be sent again; one of them at the most.

    Raises:
        UsageError: both are named, or nobody says so by name, or it is to be a rehearsal.
    """
    arrived, again = getattr(arguments, "arrived", None), getattr(arguments, "resend", None)
    if (arrived or again) and (not arguments.by or arguments.rehearse or (arrived and again)):
        raise UsageError("--arrived AGENCY or --resend AGENCY stands alone, with --by NAME: who asked the agency.")
    return arrived, again


def _which(arguments: Namespace) -> Which:
    """The meeting or the case whose documents are meant.

    Raises:
        UsageError: neither is named, or both are.
    """
    case: str | None = getattr(arguments, "case", None)
    if (case is None) == (arguments.date is None):
        raise UsageError(
            "Name the meeting by its DATE, or one case with --case: a referral to the IDVA service, or a transfer."
        )
    return case.strip().upper() if case is not None else arguments.date


def _in_words(which: Which) -> str:
    return f"case {which}" if isinstance(which, str) else f"the meeting of {day(which)}"


def _rehearse(arguments: Namespace) -> int:
    with office_for(arguments) as office:
        which = _which(arguments)
        result = rehearsal(office, which)
        print(f"A rehearsal: nothing is sent. On release, for {_in_words(which)}:")
        _tell(office, result, "would go to")
    return 0


def _note_arrived(office: Office, arguments: Namespace, agency: str) -> int:
    papers = note_sent(office, _which(arguments), agency, arguments.by)
    print(f"Noted: {count(len(papers), 'document')} for {reader_in_words(agency, office.settings)} arrived.")
    return 0


def _tell(office: Office, result: Released, verb: str) -> None:
    with office.store.reading() as connection:
        cases = {paper.id: cases_shown(connection, paper.id) for paper in result.sent}
        every = every_paper(connection)
    for paper in result.sent:
        number = f" ({count(cases[paper.id], 'case')})" if cases[paper.id] else ""
        print(
            f"  {title_of(paper)}{number}, {version_in_words(paper, every)}, {verb} {_name(office, paper)} <{paper.recipient}>, "
            f"sealed for key {paper.fingerprint}"
        )
    print(f"{count(len(result.sent), 'document')} in all.")
    for paper, reason in (*result.held, *_others(result)):
        print(f"! {title_of(paper)} for {_name(office, paper)} {_FATES.get(paper.state, 'does not leave')}. {reason}")
    for paper, reason in result.failed:
        print(f"! {title_of(paper)} for {_name(office, paper)} {_FATES['failed']}. {reason}")
    not_yet = sum(paper.state == "approved" for paper in result.papers) if result.stopped else 0
    if not_yet:
        print(
            f"{count(not_yet, 'more document waits', 'more documents wait')} for the next try: run the same command again."
        )


def _others(result: Released) -> list[tuple[Paper, str]]:
    """What was held back or failed before, what waits for another attempt, and what nobody can say of whether it was sent."""
    told = {paper.id for paper, _ in (*result.held, *result.failed)} | {paper.id for paper in result.sent}
    return [(paper, paper.reason) for paper in result.papers if paper.state in _STILL_HERE and paper.id not in told]


def _name(office: Office, paper: Paper) -> str:
    return reader_in_words(paper.agency, office.settings)


def _end(result: Released) -> int:
    if result.stopped is not None:
        print(f"marac: stopped at the first doubt. {result.stopped}", file=sys.stderr)
        return result.stopped.exit_code
    if result.failed:
        return MailboxError.exit_code
    return SealingError.exit_code if result.held else 0
