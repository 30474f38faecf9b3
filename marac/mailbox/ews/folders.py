"""Folders of an Exchange mailbox, by the names that a person gave them."""

from exchangelib import Account
from exchangelib.errors import ErrorFolderExists
from exchangelib.fields import FieldPath
from exchangelib.folders import SHALLOW, Folder, Inbox, MsgFolderRoot, Root, SentItems
from exchangelib.items import ID_ONLY
from exchangelib.properties import DistinguishedFolderId, Mailbox
from exchangelib.services import CreateFolder, FindFolder

_NAME = {FieldPath(field=Folder.get_field_by_fieldname("name"))}


def folder_named(account: Account, path: str) -> Folder | None:
    """The folder at a path such as `INBOX`, `INBOX/Referrals` or `Referrals`; None where there is none.

    A path begins at the inbox where it says so, and else beside the inbox.
    """
    here, names = _beginning(account, path)
    for name in names:
        found = _child(account, here, name)
        if found is None:
            return None
        here = found
    return here


def folder_made(account: Account, path: str) -> Folder:
    """The folder at a path, which is there from now on."""
    here, names = _beginning(account, path)
    for name in names:
        here = _child(account, here, name) or _new_child(account, here, name)
    return here


def inbox(account: Account) -> Folder:
    """The inbox, as the server has it; asking for it shows whether the mailbox may be opened."""
    return Inbox.get_distinguished(root=_root(account))


def sent_items(account: Account) -> Folder:
    """The folder of the mailbox itself that copies of sent letters are kept in."""
    return SentItems(root=_root(account), _distinguished_id=_known(account, SentItems))


def sent_items_there(account: Account) -> Folder:
    """The same, as the server has it; asking for it shows whether the mailbox may be opened."""
    return SentItems.get_distinguished(root=_root(account))


def _beginning(account: Account, path: str) -> tuple[Folder, list[str]]:
    names = [name for name in path.split("/") if name]
    if names and names[0].casefold() == "inbox":
        return inbox(account), names[1:]
    top = MsgFolderRoot(root=_root(account), _distinguished_id=_known(account, MsgFolderRoot))
    return top, names


def _child(account: Account, parent: Folder, name: str) -> Folder | None:
    children = FindFolder(account=account).call(
        folders=[parent],
        additional_fields=_NAME,
        restriction=None,
        shape=ID_ONLY,
        depth=SHALLOW,
        max_items=None,
        offset=0,
    )
    for child in children:
        if isinstance(child, Exception):
            raise child
        if child.name is not None and child.name.casefold() == name.casefold():
            return child
    return None


def _new_child(account: Account, parent: Folder, name: str) -> Folder:
    folder = Folder(root=parent.root, name=name, folder_class="IPF.Note")
    try:
        return CreateFolder(account=account).get(parent_folder=parent, folders=[folder])
    except ErrorFolderExists:
        found = _child(account, parent, name)  # somebody made it just now
        if found is None:
            raise
        return found


def _root(account: Account) -> Root:
    """The root, without asking for it: a delegate may have no right to see it."""
    return Root(account=account, _distinguished_id=_known(account, Root))


def _known(account: Account, kind: type[Folder] | type[Root]) -> DistinguishedFolderId:
    """A well-known folder of the shared mailbox; without its address it would be the user's own."""
    mailbox = Mailbox(email_address=account.primary_smtp_address)
    return DistinguishedFolderId(id=kind.DISTINGUISHED_FOLDER_ID, mailbox=mailbox)
