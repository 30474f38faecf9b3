"""The folders of a mailbox by the names that people gave them; those of the outcomes are made where they are missing."""

from typing import Any

from marac.errors import MailboxError
from marac.mailbox.graph.client import GraphClient

_INBOX = "inbox"  # Graph's own name for it, whatever the language of the mailbox


def folder_id(graph: GraphClient, name: str) -> str | None:
    """The id of a folder, such as `INBOX`, `Processed` or `Inbox/Referrals`; None where there is none of that name.

    Raises:
        MailboxError: the folders cannot be asked for.
    """
    if name.casefold() == _INBOX:
        return str(graph.fields("GET", f"/mailFolders/{_INBOX}", params={"$select": "id"})["id"])
    parent, _, last = name.rpartition("/")
    if not parent:
        return _among(graph, "/mailFolders", last)
    above = folder_id(graph, parent)
    return above and _among(graph, f"/mailFolders/{above}/childFolders", last)


def made_folder(graph: GraphClient, name: str) -> str:
    """The id of a folder, which is there from now on.

    Raises:
        MailboxError: it is not there and cannot be made.
    """
    found = folder_id(graph, name)
    if found is not None:
        return found
    parent, _, last = name.rpartition("/")
    place = f"/mailFolders/{made_folder(graph, parent)}/childFolders" if parent else "/mailFolders"
    answer = graph.ask("POST", place, json={"displayName": last})
    if answer.status_code == 409:  # somebody made it in between
        found = folder_id(graph, name)
    elif answer.status_code == 201:
        found = str(graph.read(answer)["id"])
    if found is None:
        raise MailboxError(
            f"The folder {name} cannot be made in the mailbox. Make it by hand, or name another in config.toml."
        )
    return found


def _among(graph: GraphClient, place: str, name: str) -> str | None:
    quoted = name.replace("'", "''")
    wanted: dict[str, Any]
    for wanted in graph.pages(place, {"$filter": f"displayName eq '{quoted}'", "$select": "id,displayName"}):
        if str(wanted.get("displayName", "")).casefold() == name.casefold():
            return str(wanted["id"])
    return None
