"""Where messages come from and where letters go to: a folder, an account on a server, or memory.

Each adapter is one module beside `protocol.py`, known to this one alone, and passes the same contract tests.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from marac.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from marac.mailbox.protocol import Doorbell, Inbox, Outbox
    from marac.mailbox.tokens import Resource, Tokens
    from marac.settings import AnyMailbox, AnySending, OAuth
    from marac.settings.mailboxes import EwsMailbox, GraphMailbox, ImapMailbox, Pop3Mailbox, SmtpSending

    SignedIn = ImapMailbox | Pop3Mailbox | EwsMailbox | GraphMailbox | SmtpSending


def open_inbox(settings: AnyMailbox, store: Path, pause: Callable[[float], bool | None] = time.sleep) -> Inbox:
    """The mailbox that the settings name, to be entered with `with`.

    Args:
        settings: the table `[mailbox]` of config.toml.
        store: the store's folder, where sign-ins are kept.
        pause: how to wait for a file that is still being saved, or a busy server; a watch gives the `wait` of the event that stops it.
    """
    match settings.kind:
        case "folder":
            from marac.mailbox.folder import FolderInbox

            return FolderInbox(settings.path, pause=pause)
        case "imap":
            from marac.mailbox.imap.inbox import ImapInbox

            return ImapInbox(settings, _tokens(settings, store))
        case "pop3":
            from marac.mailbox.pop3.inbox import Pop3Inbox

            return Pop3Inbox(settings, _tokens(settings, store))
        case "ews":
            from marac.mailbox.ews.inbox import EwsInbox

            return EwsInbox(settings, _tokens(settings, store))
        case "graph":
            from marac.mailbox.graph.inbox import GraphInbox

            return GraphInbox(settings, tokens_of(settings, settings.oauth, store), pause)


def open_outbox(settings: AnySending, mailbox: AnyMailbox, store: Path) -> Outbox:
    """Where letters leave by the settings, to be entered with `with`.

    Args:
        settings: the table `[sending]` of config.toml.
        mailbox: the table `[mailbox]`, whose account may send, or may know what was sent.
        store: the store's folder, where sign-ins are kept.

    Raises:
        SettingsError: the mailbox cannot send.
    """
    match settings.kind:
        case "folder":
            from marac.mailbox.folder import FolderOutbox

            return FolderOutbox(settings.path)
        case "smtp":
            from marac.mailbox.smtp import SmtpOutbox

            return SmtpOutbox(settings, _tokens(settings, store), _sent_items(mailbox, store))
        case "mailbox":
            return _outbox_of(mailbox, store)


def _outbox_of(mailbox: AnyMailbox, store: Path) -> Outbox:
    if mailbox.kind == "ews":
        from marac.mailbox.ews.outbox import EwsOutbox

        return EwsOutbox(mailbox, _tokens(mailbox, store))
    if mailbox.kind == "graph":
        from marac.mailbox.graph.outbox import GraphOutbox

        return GraphOutbox(mailbox, tokens_of(mailbox, mailbox.oauth, store))
    raise SettingsError('[sending] kind = "mailbox" needs a [mailbox] of the kind ews or graph.')


def _sent_items(mailbox: AnyMailbox, store: Path) -> Callable[[str], bool] | None:
    """What knows which letters the account sent; None where config.toml names no folder for them."""
    if mailbox.kind != "imap" or mailbox.sent is None:
        return None
    from marac.mailbox.imap.sent import ImapSentItems

    return ImapSentItems(mailbox, mailbox.sent, _tokens(mailbox, store))


def doorbell(settings: AnyMailbox, store: Path) -> Doorbell:
    """What says that something may have arrived in the mailbox that the settings name."""
    from marac.mailbox.watcher import FolderBell, SilentBell

    if settings.kind == "folder":
        return FolderBell(settings.path)
    if settings.kind == "imap" and settings.idle:
        from marac.mailbox.imap.bell import ImapBell

        return ImapBell(settings, _tokens(settings, store))
    if settings.kind == "ews" and settings.streaming:
        from marac.mailbox.ews.bell import EwsBell

        return EwsBell(settings, _tokens(settings, store))
    return SilentBell()


def tokens_of(account: SignedIn, oauth: OAuth, store: Path) -> Tokens:
    """What gives the access tokens of an account whose table `oauth` that is."""
    from marac.mailbox.tokens import Tokens

    resource: Resource = "graph" if account.kind == "graph" else "outlook"
    return Tokens(oauth, store, resource, account.certificate_authority, account.timeout_seconds)


def _tokens(account: SignedIn, store: Path) -> Tokens | None:
    """What gives an access token that is good now; None where a password is used."""
    return None if account.oauth is None else tokens_of(account, account.oauth, store)


if __name__ == "mailbox":
    raise ImportError(
        "the folder marac/ is itself on sys.path and hides the standard library's mailbox; "
        "start the program with `marac` or `python -m marac`"
    )
