"""`marac release`: the only way in which anything leaves."""

import sys
from argparse import Namespace
from collections.abc import Sequence

from marac.commands.working import count, day, office_for, signed_in
from marac.dispatch import Released, rehearsal
from marac.dispatch import release as released
from marac.errors import SealingError
from marac.mailbox import open_outbox
from marac.office import Office
from marac.register.documents import Paper


def release(arguments: Namespace) -> int:
    """Send what was prepared, or show who would get what."""
    if arguments.rehearse:
        with office_for(arguments) as office:
            result = rehearsal(office, arguments.date)
            print(f"A rehearsal: nothing is sent. On release, for the meeting of {day(arguments.date)}:")
            _tell(office, result, "would go to")
            return 0
    with office_for(arguments, changes=True) as office, open_outbox(office.settings.sending) as outbox:
        result = released(office, arguments.date, outbox, arguments.by or signed_in())
        print(f"Released for the meeting of {day(arguments.date)}:")
        _tell(office, result, "went to")
    if result.stopped is not None:
        print(f"marac: stopped at the first doubt. {result.stopped}", file=sys.stderr)
        return result.stopped.exit_code
    return SealingError.exit_code if result.held else 0


def _tell(office: Office, result: Released, verb: str) -> None:
    for paper in result.sent:
        agency = office.settings.agencies[paper.agency]
        print(
            f"  {paper.kind} version {paper.version} {verb} {agency.name} <{paper.recipient}>, sealed for key {paper.fingerprint}"
        )
    print(f"{count(len(result.sent), 'document')} in all.")
    for paper, reason in (*result.held, *_others(result.papers)):
        name = office.settings.agencies[paper.agency].name if paper.agency in office.settings.agencies else paper.agency
        print(f"! {paper.kind} for {name} does not leave. {reason}")


def _others(papers: Sequence[Paper]) -> list[tuple[Paper, str]]:
    """What was held back before, and what nobody can say of whether it was sent."""
    return [(paper, paper.reason) for paper in papers if paper.state in {"held", "unknown"}]
