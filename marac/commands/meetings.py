"""`marac meeting prepare` and `marac meeting show`."""

import datetime as dt
import textwrap
from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from marac.commands.working import count, day, office_for
from marac.intake.opening.message import shown
from marac.meeting import meeting_on, still_beside
from marac.meeting import prepare as prepared
from marac.meetings.asked import who_gets_it
from marac.meetings.hearing import Hearing, order_of_hearing
from marac.meetings.withholding import Withholding
from marac.office import Office
from marac.one_pass import move_cases_on
from marac.papers.templates import refused_templates
from marac.papers.versions import version_in_words
from marac.register.actions import every_action
from marac.register.cases import every_case
from marac.register.documents import DocumentState, Paper, papers_for, plain_title
from marac.register.who_sees_what import reader_in_words, withheld_now
from marac.register_workbook import write_workbook
from marac.triage.protocol import HOW_TO_SIGN, why_nothing_is_prepared

_WIDTH = 110
_INDENT = "      "
_STATES: dict[DocumentState, str] = {
    "made": "for the chair and the coordinator",
    "held": "held back",
    "prepared": "sealed, waits for release",
    "approved": "released, not sent yet; the next release goes on with it",
    "sending": "being sent when marac was stopped; the next run or release looks into it",
    "sent": "sent",
    "retry": "released, has not left yet; the next run or release tries again",
    "failed": "NOT DELIVERED",
    "unknown": "IN DOUBT",
    "superseded": "put away",
}


def prepare(arguments: Namespace) -> int:
    """Make the meeting's documents and say where they are."""
    with office_for(arguments, changes=True) as office:
        meeting_on(office, arguments.date)
        move_cases_on(office)
        new = prepared(office, arguments.date)
        message = write_workbook(office).message
        folder = office.settings.folders.meetings / arguments.date.isoformat()
        if new:
            print(f"{count(len(new), 'document')} made, in {folder}:")
            print("\n".join(_papers(new, _made_for(office, arguments.date), office)))
            print(f"Nothing was sent. Next: marac release {arguments.date} --rehearse")
        else:
            print(f"Nothing has changed since the documents were made. They are in {folder}.")
        for each in still_beside(office, arguments.date):
            print(f"! {Path(each.path).name} is over, and open in another program. Close it there, then do this again.")
        refused = (f"! {found.warning}" for found in refused_templates(office))
        for line in (*_unsigned(office), *refused, *([f"! {message}"] if message else [])):
            print(line)
    return 0


def show(arguments: Namespace) -> int:
    """Show the meeting; nothing is changed."""
    with office_for(arguments) as office:
        print("\n".join(_meeting(office, arguments.date)))
    return 0


def _meeting(office: Office, date: dt.date) -> Iterator[str]:
    meeting = meeting_on(office, date)
    with office.store.reading() as connection:
        cases, actions, papers = every_case(connection), every_action(connection), papers_for(connection, date)
        withheld = withheld_now(connection, office.settings, cases)
    listed = order_of_hearing(cases, date)
    yield f"{office.settings.marac.name}: meeting of {day(date)}, cut-off {day(meeting.cut_off)}"
    yield ""
    yield f"{count(len(listed), 'case')}, in the order of hearing:"
    yield from map(_case, listed)
    references = {case.reference for case in cases if case.meeting == date}
    theirs = [action for action in actions if action.case in references]
    yield ""
    yield f"{count(len(theirs), 'action')}:"
    yield from (f"  {action.case}  {action.agency}, due {day(action.due)}: {action.text}" for action in theirs)
    yield ""
    current = [paper for paper in papers if paper.state != "superseded"]
    yield (
        f"{count(len(current), 'document')}:"
        if current
        else "No documents yet: marac meeting prepare " + date.isoformat()
    )
    yield from _papers(current, papers, office)
    yield from _held_back(listed, withheld, office)
    yield from _unsigned(office)


def _made_for(office: Office, date: dt.date) -> tuple[Paper, ...]:
    with office.store.reading() as connection:
        return papers_for(connection, date)


def _case(hearing: Hearing) -> str:
    joined = [case.reference for case in hearing.joined]
    marks = [
        f"with {' and '.join(joined)}" if joined else "",
        "children" if hearing.with_children else "adults only",
        "UNDECIDED" if hearing.undecided else "",
        *dict.fromkeys(flag.code for flag in hearing.flags if flag.code not in {"missing", "unclear", "threshold met"}),
    ]
    name = shown(hearing.case.referral.victim.name or "name not recorded")
    return f"  {hearing.case.reference}  {name}  ({', '.join(filter(None, marks))})"


def _held_back(listed: Sequence[Hearing], withheld: Withholding, office: Office) -> Iterator[str]:
    """The cases that are held back from agencies, why, and who there gets them."""
    references = {case.reference for hearing in listed for case in hearing.cases}
    found = [held for held in withheld.held if held.case in references]
    if found:
        yield ""
        yield f"Held back, {count(len(found), 'time')}; for the chair and the coordinator only:"
    for held in found:
        asks = "" if held.decided else " NOBODY HAS DECIDED YET: marac status"
        yield f"  {held.case} from {reader_in_words(held.agency, office.settings)}. {held.reason} {who_gets_it(held)}{asks}"


def _unsigned(office: Office) -> Iterator[str]:
    """The agencies that nothing is prepared for, and what to do."""
    found = [
        f"! Nothing is prepared for {agency.name}. {why}"
        for agency in office.settings.agencies.values()
        if (why := why_nothing_is_prepared(agency, office.today))
    ]
    yield from (*found, f"  {HOW_TO_SIGN}") if found else ()


def _papers(papers: Sequence[Paper], every: Sequence[Paper], office: Office) -> Iterator[str]:
    """The documents, those of one kind that stand alike together: so the list fits a screen.

    Args:
        papers: those to be told.
        every: all that was made for the meeting, by which the readers count their versions.
        office: the settings, for the readers' names.
    """
    alike: defaultdict[tuple[str, str, str], list[Paper]] = defaultdict(list)
    for paper in papers:
        title = f"{plain_title(paper)}{f', {paper.subject}' if paper.subject else ''}"
        reason = f" {paper.reason}" if paper.reason else ""
        alike[title, version_in_words(paper, every), f"{_STATES[paper.state]}.{reason}"].append(paper)
    for (title, version, stands), those in alike.items():
        alone = reader_in_words(those[0].agency, office.settings)
        readers = alone if len(those) == 1 else f"{len(those)} readers"
        yield f"  {title} for {readers}, {version}: {stands}"
        if len(those) > 1:
            ids = ", ".join(paper.agency for paper in those)
            yield textwrap.fill(ids, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
