"""What a person tells of letters whose fate the program cannot know."""

from marac.dispatch.due import Which, papers_in
from marac.dispatch.handing_over import note
from marac.errors import NotFoundError
from marac.meeting import meeting_on
from marac.office import Office
from marac.register.documents import DocumentState, Paper


def note_sent(office: Office, which: Which, agency: str, by: str) -> tuple[Paper, ...]:
    """A person says that the agency has what may or may not have been sent to it.

    Raises:
        NotFoundError: there is no such meeting, or nothing of unknown fate for this agency.
    """
    papers = _told_of(office, which, agency, {"unknown"})
    for paper in papers:
        note(office, paper, "sent", actor=by)
    return papers


def send_again(office: Office, which: Which, agency: str, by: str) -> tuple[Paper, ...]:
    """A person says that the agency does not have what may have been sent to it, or what came back or was refused.

    It is released anew, under the same Message-ID: an agency that has it after all sees that it is the same.

    Raises:
        NotFoundError: there is no such meeting, or nothing for this agency that failed or is of unknown fate.
    """
    papers = _told_of(office, which, agency, {"unknown", "failed"})
    for paper in papers:
        note(office, paper, "approved", actor=by, approved_by=by, attempts=0)
    return papers


def _told_of(office: Office, which: Which, agency: str, states: set[DocumentState]) -> tuple[Paper, ...]:
    if not isinstance(which, str):
        meeting_on(office, which)
    if agency not in office.settings.readers:
        known = ", ".join(office.settings.readers) or "none yet"
        raise NotFoundError(f"agencies.toml has no agency {agency!r}. Its agencies: {known}.")
    papers = tuple(paper for paper in papers_in(office, which, states) if paper.agency == agency)
    if not papers:
        see = (
            f"marac release --case {which} --rehearse"
            if isinstance(which, str)
            else f"marac meeting show {which.isoformat()}"
        )
        what = "about this case" if isinstance(which, str) else "at this meeting"
        raise NotFoundError(f"Nothing for {agency} is in doubt {what}. To see what was sent: {see}")
    return papers
