"""What a pretended Exchange server answers to each operation of Exchange Web Services."""

import base64
from collections.abc import Callable
from email.message import Message
from html import escape

from lxml import etree

from tests.ews_server_soap import M, RefusalError, T, id_in, inside, response, text
from tests.ews_server_store import MAILBOX, Store, StoredFolder, StoredItem, attachments


def answer(store: Store, operation: str, asked: etree._Element, *, may_enter: bool) -> bytes:
    """The answer to a request; `may_enter` says whether this user may open the mailbox."""
    try:
        if not may_enter and operation != "ConvertId":
            return response(operation, code="ErrorAccessDenied")
        with store.lock:
            return response(operation, *_OPERATIONS[operation](store, asked))
    except RefusalError as refusal:
        return response(operation, code=str(refusal))


def _convert_id(_store: Store, _asked: etree._Element) -> list[str]:
    raise RefusalError("ErrorInvalidIdMalformed")


def _folder(store: Store, place: etree._Element) -> StoredFolder:
    """The folder that is named inside an element. A well-known one without an address would be the user's own."""
    named = place.find(f"{T}DistinguishedFolderId")
    if named is not None:
        if named.findtext(f"{T}Mailbox/{T}EmailAddress") != MAILBOX:
            raise RefusalError("ErrorNonExistentMailbox")
        return store.well_known(str(named.get("Id")))
    found = store.folders.get(id_in(place, f"{T}FolderId"))
    if found is None:
        raise RefusalError("ErrorFolderNotFound")
    return found


def _told_folder(folder: StoredFolder) -> str:
    return (
        f'<t:Folder><t:FolderId Id="{folder.id}" ChangeKey="CK"/>'
        f"<t:DisplayName>{escape(folder.name)}</t:DisplayName></t:Folder>"
    )


def _get_folder(store: Store, asked: etree._Element) -> list[str]:
    return [f"<m:Folders>{_told_folder(_folder(store, inside(asked, f'{M}FolderIds')))}</m:Folders>"]


def _find_folder(store: Store, asked: etree._Element) -> list[str]:
    parent = _folder(store, inside(asked, f"{M}ParentFolderIds"))
    found = [_told_folder(folder) for folder in store.folders.values() if folder.parent == parent.id]
    last = f'TotalItemsInView="{len(found)}" IncludesLastItemInRange="true"'
    return [f"<m:RootFolder {last}><t:Folders>{''.join(found)}</t:Folders></m:RootFolder>"]


def _create_folder(store: Store, asked: etree._Element) -> list[str]:
    parent = _folder(store, inside(asked, f"{M}ParentFolderId"))
    name = text(asked, f"{M}Folders/{T}Folder/{T}DisplayName")
    if any(folder.name == name and folder.parent == parent.id for folder in store.folders.values()):
        raise RefusalError("ErrorFolderExists")
    return [f"<m:Folders>{_told_folder(store.add_folder(name, parent.id))}</m:Folders>"]


def _item(store: Store, item_id: str) -> StoredItem:
    if item_id not in store.items:
        raise RefusalError("ErrorItemNotFound")
    return store.items[item_id]


def _find_item(store: Store, asked: etree._Element) -> list[str]:
    folder = _folder(store, inside(asked, f"{M}ParentFolderIds"))
    wanted = str(inside(asked, f".//{T}Constant").get("Value"))
    items = [item for item in store.items.values() if item.folder == folder.id and item.message["Message-ID"] == wanted]
    told = "".join(f'<t:Message><t:ItemId Id="{item.id}" ChangeKey="CK"/></t:Message>' for item in items)
    last = f'TotalItemsInView="{len(items)}" IncludesLastItemInRange="true"'
    return [f"<m:RootFolder {last}><t:Items>{told}</t:Items></m:RootFolder>"]


def _sync(store: Store, asked: etree._Element) -> list[str]:
    folder = _folder(store, inside(asked, f"{M}SyncFolderId"))
    found = store.changes(folder.id, asked.findtext(f"{M}SyncState") or "", int(text(asked, f"{M}MaxChangesReturned")))
    if found is None:
        raise RefusalError("ErrorInvalidSyncStateData")
    changes, state, whole = found
    told = []
    for change in changes:
        named = f'<t:ItemId Id="{change.item}" ChangeKey="CK"/>'
        if change.came:
            item = store.items[change.item]
            named += f"<t:DateTimeReceived>{item.received}</t:DateTimeReceived><t:Size>{item.size}</t:Size>"
            told.append(f"<t:Create><t:Message>{named}</t:Message></t:Create>")
        else:
            told.append(f"<t:Delete>{named}</t:Delete>")
    last = f"<m:IncludesLastItemInRange>{str(whole).lower()}</m:IncludesLastItemInRange>"
    return [f"<m:SyncState>{state}</m:SyncState>{last}<m:Changes>{''.join(told)}</m:Changes>"]


def _get_item(store: Store, asked: etree._Element) -> list[str]:
    item = _item(store, id_in(asked, f"{M}ItemIds/{T}ItemId"))
    wanted = {field.get("FieldURI") for field in asked.iter(f"{T}FieldURI")}
    told = f'<t:ItemId Id="{item.id}" ChangeKey="CK"/>'
    if "item:MimeContent" in wanted:
        told = f'<t:MimeContent CharacterSet="UTF-8">{_base64(store.mime(item))}</t:MimeContent>' + told
    if "message:InternetMessageId" in wanted:
        told += f"<t:InternetMessageId>{escape(item.message['Message-ID'] or '')}</t:InternetMessageId>"
    if "item:Attachments" in wanted:
        told += _anatomy(item)
    return [f"<m:Items><t:Message>{told}</t:Message></m:Items>"]


def _anatomy(item: StoredItem) -> str:
    headers = "".join(
        f'<t:InternetMessageHeader HeaderName="{name}">{escape(str(value))}</t:InternetMessageHeader>'
        for name, value in item.message.items()
    )
    body = next((part for part in item.message.walk() if part.get_content_maintype() == "text"), None)
    told_body = escape(_content(body).decode("utf-8", "replace")) if body is not None else ""
    kind = "HTML" if body is not None and body.get_content_subtype() == "html" else "Text"
    told = "".join(_told_attachment(item, number, part) for number, part in enumerate(attachments(item)))
    return (
        f'<t:Body BodyType="{kind}">{told_body}</t:Body><t:Attachments>{told}</t:Attachments>'
        f"<t:InternetMessageHeaders>{headers}</t:InternetMessageHeaders>"
    )


def _told_attachment(item: StoredItem, number: int, part: Message, content: str = "") -> str:
    if part.get_content_type() == "text/uri-list":
        kind = "ReferenceAttachment"
    else:
        kind = "ItemAttachment" if part.get_content_type() == "message/rfc822" else "FileAttachment"
    return (
        f'<t:{kind}><t:AttachmentId Id="{item.id}/{number}"/><t:Name>{escape(part.get_filename() or "Message")}</t:Name>'
        f"<t:ContentType>{part.get_content_type()}</t:ContentType>{content}</t:{kind}>"
    )


def _get_attachment(store: Store, asked: etree._Element) -> list[str]:
    item_id, _, number = id_in(asked, f"{M}AttachmentIds/{T}AttachmentId").rpartition("/")
    item = _item(store, item_id)
    part = attachments(item)[int(number)]
    content = _base64(_content(part))
    if part.get_content_type() == "message/rfc822":
        inner = f"<t:Message><t:MimeContent>{content}</t:MimeContent></t:Message>"
    else:
        inner = f"<t:Content>{content}</t:Content>"
    return [f"<m:Attachments>{_told_attachment(item, int(number), part, inner)}</m:Attachments>"]


def _move_item(store: Store, asked: etree._Element) -> list[str]:
    try:
        folder = _folder(store, inside(asked, f"{M}ToFolderId"))
    except RefusalError:
        raise RefusalError("ErrorToFolderNotFound") from None
    item = _item(store, id_in(asked, f"{M}ItemIds/{T}ItemId"))
    moved = store.move(item.id, folder.id)
    return [f'<m:Items><t:Message><t:ItemId Id="{moved}" ChangeKey="CK"/></t:Message></m:Items>']


def _create_item(store: Store, asked: etree._Element) -> list[str]:
    mime = base64.b64decode(text(asked, f"{M}Items/{T}Message/{T}MimeContent"))
    folder = _folder(store, inside(asked, f"{M}SavedItemFolderId"))
    assert asked.get("MessageDisposition") == "SendAndSaveCopy"
    store.sent.append(mime)
    store.put(mime, "2026-03-02T09:30:00Z", folder.id)
    return ["<m:Items/>"]


def _subscribe(store: Store, asked: etree._Element) -> list[str]:
    folder = _folder(store, inside(asked, f".//{T}FolderIds"))
    return [f"<m:SubscriptionId>{folder.id}</m:SubscriptionId>"]


def _content(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        assert isinstance(inner, Message)
        return inner.as_bytes()
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


_OPERATIONS: dict[str, Callable[[Store, etree._Element], list[str]]] = {
    "ConvertId": _convert_id,
    "GetFolder": _get_folder,
    "FindFolder": _find_folder,
    "CreateFolder": _create_folder,
    "FindItem": _find_item,
    "SyncFolderItems": _sync,
    "GetItem": _get_item,
    "GetAttachment": _get_attachment,
    "MoveItem": _move_item,
    "CreateItem": _create_item,
    "Subscribe": _subscribe,
}
