"""`marac run`, and what a pass came to in words."""

import sys
from argparse import Namespace
from collections.abc import Iterator

from marac.chasers import drafts_for
from marac.commands.working import count, office_for, reader_for
from marac.errors import TemplateError
from marac.intake.balance import books
from marac.mailbox import open_inbox
from marac.office import Office
from marac.one_pass import Passed, one_pass
from marac.papers.templates import refused_templates
from marac.register.deliveries import every_delivery
from marac.register.documents import BY_CASE
from marac.register.outgoing import outgoing_in


def run(arguments: Namespace) -> int:
    """Make one pass and say what it came to."""
    with (
        office_for(arguments) as office,
        office.store.present() as name,
        office.alone() as turn,
        reader_for(office) as reader,
        open_inbox(office.settings.mailbox, office.store.folder) as inbox,
    ):
        passed = one_pass(office, inbox, reader, step_aside=turn.step_aside, watcher=name)
        tell(office, passed)
        refused = refused_templates(office)
    if passed.unmade:
        return passed.unmade.exit_code
    return TemplateError.exit_code if refused else 0


def tell(office: Office, passed: Passed) -> None:
    """Say in words what a pass came to: counts and references, never names."""
    with office.store.reading() as connection:
        ledger = books(every_delivery(connection))
    print(f"{count(passed.sweep.taken_in, 'message')} taken in. The books of the mailbox: {ledger}.")
    if ledger.needs_person:
        print(
            f"{count(ledger.needs_person, 'message needs', 'messages need')} a person: see marac status, or the folder needs-a-person."
        )
    if passed.papers:
        held = sum(paper.state == "held" for paper in passed.papers)
        waiting = f", {held} of them held back" if held else ""
        of_cases = {f"marac case story {paper.subject}" for paper in passed.papers if paper.kind in BY_CASE}
        dates = {
            f"marac meeting show {paper.meeting.isoformat()}" for paper in passed.papers if paper.kind not in BY_CASE
        }
        print(
            f"{count(len(passed.papers), 'document')} made{waiting}: see {' and '.join(sorted(dates) + sorted(of_cases))}"
        )
    if passed.answered:
        print(f"{count(passed.answered, 'acknowledgement')} written: see marac status")
    for words in _reminders(office):
        print(words)
    if passed.sent and passed.sent.sent:
        print(f"{count(passed.sent.sent, 'message')} left that had been released.")
    for words in (*warnings_of(passed), *(found.warning for found in refused_templates(office))):
        print(f"! {words}")
    sys.stdout.flush()


def _reminders(office: Office) -> Iterator[str]:
    """The reminders of research that wait for a person, by meeting."""
    with office.store.reading() as connection:
        if not any(each.kind == "chaser" for each in outgoing_in(connection, {"draft"})):
            return
        for meeting in office.meetings:
            if drafts := drafts_for(connection, office, meeting):
                waits = count(len(drafts), "reminder of research waits", "reminders of research wait")
                yield f"{waits} for release: marac meeting chase {meeting.date.isoformat()} --by NAME"


def warnings_of(passed: Passed) -> list[str]:
    """What stays undone, and why."""
    failed = (*passed.sent.failed, str(passed.sent.stopped or "")) if passed.sent else ()
    undone = (str(passed.unmade or ""), str(passed.unsent or ""), *failed)
    said = dict.fromkeys((*passed.missed, *passed.sweep.stuck, *passed.oddities, passed.workbook.message, *undone))
    return [words for words in said if words]
