"""What is asked of the coordinator about cases handed over to another MARAC: what waits, what failed, whose receipt is missed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from marac.agency import Agency
from marac.fortnight import Transfer
from marac.meetings.asked import Asked
from marac.meetings.transferring import OnItsWay, marac_called, on_their_way, receipt_missed
from marac.register.documents import LEFT, TRANSFERS, Paper, papers_of_kinds, release_command
from marac.register.transfers import every_transfer
from marac.settings import Settings
from marac.settings.bank_holidays import closed_days
from marac.triage.wording import in_words

_RELEASE = "Look at it, and let it go: {release} --rehearse"
_RING = "Ring its coordinator. If they have it: marac transfer arrived {number} --by NAME"


def departures(
    transfers: Sequence[Transfer], papers: Iterable[Paper], readers: Mapping[str, Agency]
) -> tuple[OnItsWay, ...]:
    """Each transfer to another MARAC with the day on which it left, or may have.

    Args:
        transfers: in the order in which they were asked for.
        papers: what was made of them, whatever else there is among it.
        readers: everybody whom papers go to, by id.
    """
    left: defaultdict[tuple[str, str], list[dt.date]] = defaultdict(list)
    for paper in papers:
        if paper.kind == "transfer" and paper.state in LEFT and paper.agency in readers:
            day = paper.sent_at.date() if paper.sent_at else paper.prepared_on
            left[paper.subject, readers[paper.agency].name].append(day)
    return on_their_way(transfers, left)


def transfers_on_their_way(connection: Connection, settings: Settings) -> tuple[OnItsWay, ...]:
    """Every transfer to another MARAC, with the day on which it left."""
    papers = papers_of_kinds(connection, TRANSFERS)
    return departures(every_transfer(connection), papers, settings.readers)


def transfer_questions(connection: Connection, settings: Settings, today: dt.date) -> Iterator[Asked]:
    """One for each transfer that has not left, and one for each whose receipt ought to have come."""
    papers = papers_of_kinds(connection, TRANSFERS)
    for each in transfers_on_their_way(connection, settings):
        transfer = each.transfer
        if each.left_on is None:
            yield from _not_left(each, papers, settings)
        elif receipt_missed(each, today, closed_days(settings.closed)):
            why = f"{transfer.other} has not said that it has this case, which was sent on {in_words(each.left_on)}."
            yield Asked(transfer.case, why, _RING.format(number=transfer.number))


def _not_left(each: OnItsWay, papers: Sequence[Paper], settings: Settings) -> Iterator[Asked]:
    """What keeps a transfer here."""
    case, other = each.transfer.case, marac_called(each.transfer.other, settings.readers)
    if other is None:
        why = f"{each.transfer.other}, which this case is handed over to, is not in config.toml any more."
        yield Asked(case, why, "Enter it again under [other_maracs], or open the case again. Then: marac run")
        return
    mine = [paper for paper in papers if (paper.subject, paper.agency) == (case, other.id)]
    paper = mine[-1] if mine else None
    if paper is not None and paper.state == "held":
        yield Asked(case, f"Its transfer to {other.name} is held back. {paper.reason}", "Then: marac run")
    elif paper is not None and paper.state == "prepared":
        why = f"Its transfer to {other.name} waits for a person. {paper.reason}".strip()
        yield Asked(case, why, _RELEASE.format(release=release_command(paper)))
    elif paper is not None and paper.state == "failed":
        yield Asked(case, f"Its transfer to {other.name} was not delivered.", paper.reason)
