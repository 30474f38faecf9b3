"""`marac run` and `marac watch`."""

import signal
import sys
import threading
from argparse import Namespace

from marac.commands.working import count, office_for, reader_for
from marac.errors import MaracError
from marac.intake.balance import books
from marac.mailbox import doorbell, open_inbox
from marac.office import Office
from marac.one_pass import Passed, one_pass
from marac.register.deliveries import every_delivery


def run(arguments: Namespace) -> int:
    """Make one pass and say what it came to."""
    with (
        office_for(arguments, changes=True) as office,
        reader_for(office) as reader,
        open_inbox(office.settings.mailbox) as inbox,
    ):
        passed = one_pass(office, inbox, reader)
        _tell(office, passed)
    return passed.unmade.exit_code if passed.unmade else 0


def watch(arguments: Namespace) -> int:
    """Make passes until Ctrl-C or a request to end, one whenever the mailbox rings and at least every so often."""
    from marac.mailbox.watcher import watch as watching

    stop = threading.Event()
    said: set[str] = set()  # a warning that stands is said once, not at every pass
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())

    def sweep() -> None:
        with (
            office_for(arguments, changes=True) as office,
            open_inbox(office.settings.mailbox, pause=stop.wait) as inbox,
        ):
            passed = one_pass(office, inbox, reader, stop.is_set)
            if passed.sweep.taken_in or passed.papers or passed.moved or set(_warnings(passed)) - said:
                _tell(office, passed)
            said.clear()
            said.update(_warnings(passed))

    with office_for(arguments) as office, reader_for(office) as reader:
        bell = doorbell(office.settings.mailbox)
        print("Watching the mailbox. Stop with Ctrl-C.", flush=True)
        try:
            watching(sweep, bell, stop, arguments.every, _report)
        finally:
            bell.close()
    print("Stopped watching. Nothing is half done.", flush=True)
    return 0


def _report(error: MaracError) -> None:
    print(f"marac: {error}", file=sys.stderr, flush=True)


def _tell(office: Office, passed: Passed) -> None:
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
        dates = sorted({paper.meeting.isoformat() for paper in passed.papers})
        print(
            f"{count(len(passed.papers), 'document')} made{waiting}: see {' and '.join(f'marac meeting show {date}' for date in dates)}"
        )
    for words in _warnings(passed):
        print(f"! {words}")
    sys.stdout.flush()


def _warnings(passed: Passed) -> list[str]:
    """What stays undone, and why."""
    unmade = str(passed.unmade) if passed.unmade else ""
    said = dict.fromkeys((*passed.sweep.stuck, *passed.oddities, passed.workbook.message, unmade))
    return [words for words in said if words]
