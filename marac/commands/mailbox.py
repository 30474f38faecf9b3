"""`marac mailbox sign-in`: a person signs in once, where the mailbox takes no password."""

from argparse import Namespace
from collections.abc import Iterator

from marac.errors import SettingsError
from marac.mailbox import tokens_of
from marac.mailbox.tokens import Tokens
from marac.settings import FolderMailbox, FolderSending, MailboxSending, Settings, settings_from


def sign_in(arguments: Namespace) -> int:
    """Show the code and where to type it, wait, and say that it worked."""
    settings = settings_from(arguments.config.absolute())
    accounts = {tokens.kept_in: tokens for tokens in _signed_in_by_a_person(settings)}
    if not accounts:
        raise SettingsError(
            "Nobody has to sign in: no account in config.toml has a table oauth with device_code = true. Nothing was changed."
        )
    for tokens in accounts.values():
        who = tokens.sign_in(_show)
        print(
            f"Signed in{f' as {who}' if who else ''}. marac can open the mailbox now; marac doctor shows whether it may."
        )
    return 0


def _signed_in_by_a_person(settings: Settings) -> Iterator[Tokens]:
    for account in (settings.mailbox, settings.sending):
        if isinstance(account, FolderMailbox | FolderSending | MailboxSending):
            continue
        if account.oauth is not None and account.oauth.device_code:
            yield tokens_of(account, account.oauth, settings.folders.store)


def _show(address: str, code: str) -> None:
    print(f"Open {address} in a browser, type the code {code}, and sign in as the mailbox's account.")
    print("Waiting until you have done so. Stop with Ctrl-C; nothing is changed then.", flush=True)
