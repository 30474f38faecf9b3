"""`marac case evidence`: a letter for the chair to sign, with which somebody at risk can apply for legal aid."""

from argparse import Namespace

from marac.commands.working import office_for
from marac.delivery.openpgp import Keyring
from marac.errors import UsageError
from marac.meeting import brought_up_to_date, place_of
from marac.meetings.hearing import Hearing
from marac.office import Office
from marac.papers.evidence import evidence_letter
from marac.papers.wanted import Wanted
from marac.register.cases import case_named
from marac.register.documents import Paper, papers_about
from marac.register.trail import record
from marac.transferring import world_now

_CHECK = (
    "Before the chair signs it: are both names and the date of birth spelt as the solicitor has them, and is it the right "
    "perpetrator? Give the signed letter to the victim or the victim's solicitor, by a way that you know to be safe; never "
    "post it to the victim's home. It says nothing of what was shared at the meeting, and gives no address."
)


def write(arguments: Namespace) -> int:
    """Make the letter, and say where it is and what to check."""
    by = arguments.by.strip()
    if not by:
        raise UsageError("--by must not be empty: it is kept with the case.")
    with office_for(arguments, changes=True) as office:
        hearing, want = _wanted(office, arguments.case, arguments.perpetrator)
        with office.store.reading() as connection:
            papers = papers_about(connection, hearing.case.reference)
        keyring = Keyring(office.settings.folders.keyring)
        made = brought_up_to_date(office, keyring, hearing.case.received, want, papers)
        with office.store.changing() as connection:
            record(connection, office.entry("evidence letter made", hearing.case.reference, actor=by))
        paper = made or _current(papers, want)
        print(f"The letter of evidence {'is' if made else 'was made before. It is'} in {place_of(office, paper)}")
        if made and made.version > 1:
            print("The letter that was made before it was put aside, in the folder superseded.")
        print(_CHECK)
    return 0


def _wanted(office: Office, reference: str, perpetrator: str | None) -> tuple[Hearing, Wanted]:
    """The item and its letter.

    Raises:
        NotFoundError: there is no such case, or the letter would not name exactly two people.
        UsageError: it was joined to another, or no letter can be written about it.
    """
    with office.store.reading() as connection:
        case, world = case_named(connection, reference), world_now(office, connection)
    hearing = world.items.of(case.reference)
    if case.joined_to or hearing is None:
        raise UsageError(f"{case.reference} was joined to {case.joined_to}. Ask for the letter about that one.")
    return hearing, evidence_letter(world, hearing, perpetrator)


def _current(papers: tuple[Paper, ...], want: Wanted) -> Paper:
    """The letter that stands."""
    return next(paper for paper in reversed(papers) if paper.place == want.place and paper.state != "superseded")
