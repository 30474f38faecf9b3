"""The story out, second half: what was released leaves one by one, each recorded, and stops at the first doubt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from marac.dispatch.doubts import Doubts
from marac.dispatch.due import (
    INTERRUPTED,
    PREPARED,
    RELEASED,
    Which,
    anything_to_send,
    due_by_themselves,
    every_interrupted,
    let_go_at_once,
    papers_in,
    put_aside_outdated,
)
from marac.dispatch.handing_over import Leaving, hand_over, look_up, note, refusal
from marac.dispatch.letters import letter_of, message_of
from marac.dispatch.told import send_again
from marac.errors import MailboxError, MaracError, RefusedError, SealingError, TemplateError
from marac.mailbox.protocol import Letter, Outbox
from marac.meeting import meeting_on
from marac.office import Office
from marac.register.cases import case_named
from marac.register.documents import Paper, change_paper, paper_in_words
from marac.register.outgoing import Outgoing, outgoing_in_words
from marac.register.trail import record

__all__ = ["Released", "Sent", "anything_to_send", "rehearsal", "release", "resend", "send_approved"]


@dataclass(frozen=True, slots=True)
class Released:
    """What a release did, or in a rehearsal would do."""

    papers: tuple[Paper, ...]
    """As they stand now."""
    sent: tuple[Paper, ...] = ()
    held: tuple[tuple[Paper, str], ...] = ()
    """What did not leave, each with the reason and what to do."""
    failed: tuple[tuple[Paper, str], ...] = ()
    """What was refused for good, each with the reason."""
    stopped: MaracError | None = field(default=None)
    """Why it stopped before the end."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a pass sent of what had been released before."""

    sent: int = 0
    failed: tuple[str, ...] = ()
    """What does not leave, in a sentence each, without personal data."""
    stopped: MailboxError | None = None
    """Why it stopped before the end; what is left is tried by the next pass."""


def release(office: Office, which: Which, outbox: Outbox, by: str) -> Released:
    """Approve every prepared document of a meeting, or of a case, send them one by one, and record each.

    A document that was released before and has not left is sent too. What may have left is looked up, and is not sent
    again unless the outbox can say that it never left.

    Raises:
        NotFoundError: there is no such meeting, or no such case.
        StoreError: the ledger cannot be written.
    """
    _refuse_unknown(office, which)
    try:
        look_up(office, papers_in(office, which, INTERRUPTED), outbox)
    except MailboxError as error:
        return Released(papers_in(office, which), stopped=error)
    put_aside_outdated(office)
    _approve(office, papers_in(office, which, PREPARED), by)
    return _sent_one_by_one(office, which, papers_in(office, which, RELEASED), outbox, by)


def resend(office: Office, which: Which, agency: str, outbox: Outbox, by: str) -> Released:
    """Send once more what a person knows that an agency does not have, under the same Message-ID, and nothing else.

    Raises:
        NotFoundError: there is no such meeting or case, or nothing for this agency that failed or is of unknown fate.
        StoreError: the ledger cannot be written.
    """
    again = {paper.id for paper in send_again(office, which, agency, by)}
    put_aside_outdated(office)
    papers = [paper for paper in papers_in(office, which, RELEASED) if paper.id in again]
    return _sent_one_by_one(office, which, papers, outbox, by)


def rehearsal(office: Office, which: Which) -> Released:
    """What a release would do now. Nothing is sent and nothing is changed.

    Raises:
        NotFoundError: there is no such meeting, or no such case.
    """
    _refuse_unknown(office, which)
    doubts = Doubts(office)
    found = {paper: doubts.about(paper) for paper in papers_in(office, which, ("prepared", *RELEASED))}
    return Released(
        papers_in(office, which),
        tuple(paper for paper, doubt in found.items() if doubt is None),
        tuple((paper, doubt) for paper, doubt in found.items() if doubt is not None),
    )


def send_approved(office: Office, outbox: Outbox) -> Sent:
    """Send what was released and has not left: the program's own messages, and documents that wait for another attempt.

    What a standing release lets go is released first, in the name of whoever gave it.

    Each document is looked into again, as at its release; where something speaks against it, it waits for a new release.

    Raises:
        StoreError: the ledger cannot be written.
    """
    sent, failed, doubts = 0, [], Doubts(office)
    try:
        look_up(office, every_interrupted(office), outbox)
        put_aside_outdated(office)
        _approve(office, let_go_at_once(office), office.settings.idva.released_by or "")
        for leaving in due_by_themselves(office):
            letter = _ready(office, leaving, doubts)
            if isinstance(letter, str):
                failed.append(f"{_in_words(leaving)} does not leave. {letter}")
                continue
            try:
                hand_over(office, leaving, letter, outbox)
                sent += 1
            except RefusedError as error:
                failed.append(f"{_in_words(leaving)}: {refusal(leaving, error)}")
    except MailboxError as error:
        return Sent(sent, tuple(failed), error)
    return Sent(sent, tuple(failed))


def _sent_one_by_one(office: Office, which: Which, papers: Iterable[Paper], outbox: Outbox, by: str) -> Released:
    """Documents that a person released, handed over until the first doubt."""
    sent, held, failed, stopped, doubts = [], [], [], None, Doubts(office)
    for paper in papers:
        letter = _ready(office, paper, doubts)
        if isinstance(letter, str):
            held.append((paper, letter))
            continue
        try:
            hand_over(office, paper, letter, outbox, by)
            sent.append(paper)
        except RefusedError as error:
            failed.append((paper, refusal(paper, error)))
        except MailboxError as error:
            stopped = error
            break
    return Released(papers_in(office, which), tuple(sent), tuple(held), tuple(failed), stopped)


def _approve(office: Office, papers: Sequence[Paper], by: str) -> None:
    """Note who released what, before any of it is sent."""
    with office.store.changing() as connection:
        for paper in papers:
            change_paper(connection, paper.id, state="approved", reason="", approved_by=by, attempts=0)
            detail = f"{paper.kind} {paper.agency} version {paper.version}"
            record(connection, office.entry("letter approved", paper.message_id or "", detail, by))


def _refuse_unknown(office: Office, which: Which) -> None:
    """Raise NotFoundError where there is no such meeting, or no such case."""
    if isinstance(which, str):
        with office.store.reading() as connection:
            case_named(connection, which)
    else:
        meeting_on(office, which)


def _ready(office: Office, leaving: Leaving, doubts: Doubts) -> Letter | str:
    """The message as it is to leave; or why it may not, and then its release is taken back."""
    if isinstance(leaving, Outgoing):
        letter = message_of(office, leaving)
        if letter is None:
            note(office, leaving, "failed", _DAMAGED)
        return letter or _DAMAGED
    doubt = doubts.about(leaving)
    if doubt is None:
        try:
            return letter_of(office, leaving)
        except (SealingError, TemplateError) as error:
            doubt = str(error)
    with office.store.changing() as connection:
        change_paper(connection, leaving.id, state="prepared", reason=doubt, approved_by=None)
        detail = f"{leaving.kind} {leaving.agency}"
        record(connection, office.entry("letter held back", leaving.message_id or "", detail))
    return doubt


_DAMAGED = "Its text is missing from the store, or was changed there. Ask IT to look at the store folder."


def _in_words(leaving: Leaving) -> str:
    return paper_in_words(leaving) if isinstance(leaving, Paper) else outgoing_in_words(leaving)
