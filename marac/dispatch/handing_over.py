"""The one way in which anything is handed over: noted before, and noted after, whatever becomes of it."""

from collections.abc import Iterable
from typing import Any

from marac.errors import MailboxError, RefusedError, UnknownOutcomeError
from marac.mailbox.protocol import Letter, Outbox
from marac.office import Office
from marac.register.documents import Paper, change_paper, release_command, to_reach
from marac.register.outgoing import Outgoing, SendingState, change_outgoing
from marac.register.trail import record

MOST_ATTEMPTS = 10
"""So often a message is tried without anybody's asking; after that a person looks."""

Leaving = Paper | Outgoing
"""A line of either ledger: a document for an agency, or a message that the program wrote."""


def hand_over(office: Office, leaving: Leaving, letter: Letter, outbox: Outbox, actor: str = "marac") -> None:
    """Send one message, and note what became of it.

    That it is being sent is on the disk before the outbox is touched: a run that is killed here does not send it again
    unless the outbox says that it never left.

    Raises:
        RefusedError: it was refused for good, and is noted as failed.
        UnknownOutcomeError: nobody knows whether it left, and it is noted so.
        MailboxError: it did not leave, and is noted for another attempt.
    """
    note(office, leaving, "sending", actor=actor, attempts=leaving.attempts + 1)
    try:
        outbox.send(letter)
    except UnknownOutcomeError:
        note(office, leaving, "unknown", doubtful(leaving), actor)
        raise
    except RefusedError as error:
        note(office, leaving, "failed", refusal(leaving, error), actor)
        raise
    except MailboxError as error:
        note(office, leaving, *_put_off(leaving, error), actor)
        raise
    note(office, leaving, "sent", actor=actor)


def refusal(leaving: Leaving, error: RefusedError) -> str:
    """Why a message was refused for good, and what to do about it."""
    return f"It was refused. {error}{f' {to_reach(leaving)}' if isinstance(leaving, Paper) else ''}"


def _put_off(leaving: Leaving, error: MailboxError) -> tuple[SendingState, str]:
    """What a message is that did not leave this time, and why. A document can be released once more; the rest is given up."""
    attempts = leaving.attempts + 1
    reason = f"It did not leave at attempt {attempts}. {error}"
    if attempts < MOST_ATTEMPTS:
        return "retry", reason
    if isinstance(leaving, Paper):
        return "retry", f"{reason} It is not tried again by itself: {release_command(leaving)}"
    return "failed", reason


def look_up(office: Office, interrupted: Iterable[Leaving], outbox: Outbox) -> None:
    """Find out what became of messages that a killed run was sending, or of which nobody could say whether they left.

    Where nobody knows now either, a person looks: what may have left is never sent again by itself.

    Raises:
        MailboxError: where it would be found cannot be reached.
    """
    for leaving in interrupted:
        left = outbox.was_sent(leaving.message_id or "")
        if left:
            note(office, leaving, "sent")
        elif leaving.state == "sending" and left is False:
            note(office, leaving, "retry", "The run that was sending it was stopped; it had not left.")
        elif leaving.state == "sending":
            note(office, leaving, "unknown", doubtful(leaving))


def note(
    office: Office,
    leaving: Leaving,
    state: SendingState,
    reason: str = "",
    actor: str = "marac",
    **values: Any,
) -> None:
    """Note the state of a message in its ledger, and in the audit trail."""
    if state == "sent":
        values["sent_at"] = office.now()
    with office.store.changing() as connection:
        if isinstance(leaving, Paper):
            change_paper(connection, leaving.id, state=state, reason=reason, **values)
            event, detail = f"letter {state}", f"{leaving.kind} {leaving.agency}"
        else:
            change_outgoing(connection, leaving.id, state=state, reason=reason, **values)
            event, detail = f"{leaving.kind} {state}", f"message {leaving.delivery}" if leaving.delivery else ""
        record(connection, office.entry(event, leaving.message_id or "", detail, actor))


def doubtful(leaving: Leaving) -> str:
    """What to do about a message that may or may not have left."""
    what = "It may or may not have been sent, and is not sent again by itself."
    if isinstance(leaving, Paper):
        release, agency = release_command(leaving), leaving.agency
        return (
            f"{what} Ask the agency by telephone. If it has it: {release} --arrived {agency} --by NAME. If not: "
            f"{release} --resend {agency} --by NAME"
        )
    return f"{what} Look in the sent items of the mailbox."
