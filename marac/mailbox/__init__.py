"""Where messages come from and where letters go to: a folder, an IMAP account, an SMTP server, or memory.

Each adapter is one module beside `protocol.py`, known to this one alone, and passes the same contract tests. Exchange
(EWS), Microsoft Graph and POP3 will stand here in the same way: a module each, a `kind` in the settings, and a branch
below.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from marac.mailbox.protocol import Doorbell, Inbox, Outbox
    from marac.settings import FolderMailbox, FolderSending, ImapMailbox, SmtpSending


def open_inbox(settings: FolderMailbox | ImapMailbox, pause: Callable[[float], bool | None] = time.sleep) -> Inbox:
    """The mailbox that the settings name, to be entered with `with`.

    Args:
        settings: the table `[mailbox]` of config.toml.
        pause: how to wait for a file that is still being saved; a watch gives the `wait` of the event that stops it.
    """
    if settings.kind == "folder":
        from marac.mailbox.folder import FolderInbox

        return FolderInbox(settings.path, pause=pause)
    from marac.mailbox.imap import ImapInbox

    return ImapInbox(settings)


def open_outbox(settings: FolderSending | SmtpSending) -> Outbox:
    """Where letters leave by the settings, to be entered with `with`."""
    if settings.kind == "folder":
        from marac.mailbox.folder import FolderOutbox

        return FolderOutbox(settings.path)
    from marac.mailbox.smtp import SmtpOutbox

    return SmtpOutbox(settings)


def doorbell(settings: FolderMailbox | ImapMailbox) -> Doorbell:
    """What says that something may have arrived in the mailbox that the settings name."""
    from marac.mailbox.watcher import FolderBell, SilentBell

    return FolderBell(settings.path) if settings.kind == "folder" else SilentBell()


if __name__ == "mailbox":
    raise ImportError(
        "the folder marac/ is itself on sys.path and hides the standard library's mailbox; "
        "start the program with `marac` or `python -m marac`"
    )
