"""What our stand-in for Microsoft Graph answers to each request, by its documented rules and its known oddities."""

import base64
import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from tests.graph_server_mailbox import ADDRESS, Attached, Stored, attached, parsed

if TYPE_CHECKING:
    from tests.graph_server import GraphServer

_LARGEST_MIME = 2240 * 1024
_LARGEST_REQUEST = 4_000_000
_WELL_KNOWN = {"inbox": "f-inbox", "drafts": "f-drafts", "sentitems": "f-sentitems"}
_NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@dataclass
class Answer:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    streamed: bool = False


def fields(status: int, told: object) -> Answer:
    return Answer(status, json.dumps(told).encode(), {"Content-Type": "application/json"})


def refused(status: int, code: str, headers: Mapping[str, str] | None = None) -> Answer:
    answer = fields(status, {"error": {"code": code, "message": f"{ADDRESS} is told here, and must not be shown"}})
    answer.headers.update(headers or {})
    return answer


def answered(  # noqa: PLR0911 - one answer a kind of request
    graph: "GraphServer", method: str, path: str, query: dict[str, str], headers: Mapping[str, str], body: bytes
) -> Answer:
    """The answer to one request that is permitted."""
    if path.startswith("/upload/"):
        return _uploaded(graph, path.removeprefix("/upload/"), headers, body)
    asking = _Asking(graph, method, query, headers, body)
    if len(body) > _LARGEST_REQUEST:
        return refused(413, "RequestEntityTooLarge")
    parts = [unquote(part) for part in path.split("/")[4:]]
    match parts:
        case ["mailFolders"]:
            return asking.folders("f-root")
        case ["mailFolders", folder, "childFolders"]:
            return asking.folders(folder)
        case ["mailFolders", folder]:
            return asking.folder(_WELL_KNOWN.get(folder, folder))
        case ["mailFolders", folder, "messages", "delta"]:
            return asking.delta(_WELL_KNOWN.get(folder, folder))
        case ["messages"]:
            return asking.messages() if method == "GET" else asking.new_draft()
        case ["messages", message, *rest]:
            found = graph.mailbox.messages.get(asking.immutable(message))
            return asking.message(found, rest) if found else refused(404, "ErrorItemNotFound")
        case _:
            return refused(400, "BadRequest")


@dataclass
class _Asking:
    graph: "GraphServer"
    method: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def keeps_ids(self) -> bool:
        return 'IdType="ImmutableId"' in self.headers.get("prefer", "")

    def id(self, message: Stored) -> str:
        """Without the wish for immutable ids an id changes with the folder."""
        return message.id if self.keeps_ids else f"{message.id}@{message.folder}"

    def immutable(self, told: str) -> str:
        message, _, folder = told.partition("@")
        found = self.graph.mailbox.messages.get(message)
        return message if self.keeps_ids or (found and found.folder == folder) else ""

    def folders(self, parent: str) -> Answer:
        mailbox = self.graph.mailbox
        if parent not in mailbox.folders:
            return refused(404, "ErrorItemNotFound")
        if self.method == "POST":
            name = json.loads(self.body)["displayName"]
            if mailbox.folder_named(name, parent):
                return refused(409, "ErrorFolderExists")
            return fields(201, {"id": mailbox.add_folder(name, parent), "displayName": name})
        wanted = re.fullmatch(r"displayName eq '(.*)'", self.query["$filter"])
        assert wanted
        name = wanted[1].replace("''", "'")
        found = mailbox.folder_named(name, parent)
        return fields(200, {"value": [{"id": found, "displayName": name}] if found else []})

    def folder(self, folder: str) -> Answer:
        if folder not in self.graph.mailbox.folders:
            return refused(404, "ErrorItemNotFound")
        return fields(200, {"id": folder, "displayName": self.graph.mailbox.folders[folder][0]})

    def delta(self, folder: str) -> Answer:
        """The messages of a folder, or what changed in it since; a page at a time."""
        graph, mailbox = self.graph, self.graph.mailbox
        if folder not in mailbox.folders:
            return refused(404, "ErrorItemNotFound")
        token = (
            self.query.get("$deltatoken")
            or self.query.get("$skiptoken")
            or f"{graph.generation}.0.{len(mailbox.diary)}.0"
        )
        generation, since, until, offset = (int(part) for part in token.split("."))
        if generation != graph.generation:
            return refused(410, "SyncStateNotFound")
        if "$deltatoken" in self.query:
            until = len(mailbox.diary)
        last = {message: there for message, where, there in mailbox.diary[since:until] if where == folder}
        entries = [self._change(message, there, folder) for message, there in last.items()]
        if since == 0:
            entries = [entry for entry in entries if "@removed" not in entry]
        told: dict[str, Any] = {"value": entries[offset : offset + graph.page_size]}
        link = f"{graph.url}/users/{ADDRESS}/mailFolders/{folder}/messages/delta?"
        if offset + graph.page_size < len(entries):
            told["@odata.nextLink"] = f"{link}$skiptoken={generation}.{since}.{until}.{offset + graph.page_size}"
        else:
            told["@odata.deltaLink"] = f"{link}$deltatoken={generation}.{until}.{until}.0"
        return fields(200, told)

    def _change(self, message: str, there: bool, folder: str) -> dict[str, Any]:
        found = self.graph.mailbox.messages.get(message)
        if there and found and found.folder == folder:
            return {"id": self.id(found), "receivedDateTime": f"{found.received:%Y-%m-%dT%H:%M:%SZ}"}
        return {"id": message if self.keeps_ids else f"{message}@{folder}", "@removed": {"reason": "deleted"}}

    def messages(self) -> Answer:
        wanted = re.fullmatch(r"internetMessageId eq '(.*)'", self.query["$filter"])
        assert wanted
        found = [one for one in self.graph.mailbox.messages.values() if one.message_id == wanted[1].replace("''", "'")]
        size, offset = self.graph.page_size, int(self.query.get("$skip", 0))
        told: dict[str, Any] = {"value": [self.told(one) for one in found[offset : offset + size]]}
        if offset + size < len(found):
            rest = "&".join(
                f"{name}={quote(value)}" for name, value in {**self.query, "$skip": str(offset + size)}.items()
            )
            told["@odata.nextLink"] = f"{self.graph.url}/users/{ADDRESS}/messages?{rest}"
        return fields(200, told)

    def told(self, message: Stored) -> dict[str, Any]:
        """The fields of a message that were asked for."""
        every = {
            **message.fields,
            "isDraft": message.draft,
            "isRead": message.read,
            "parentFolderId": message.folder,
            "internetMessageId": message.message_id,
            "toRecipients": message.recipients("To", "toRecipients"),
            "ccRecipients": message.recipients("Cc", "ccRecipients"),
            "bccRecipients": message.recipients("Bcc", "bccRecipients"),
        }
        wanted = self.query.get("$select", "").split(",")
        told = {"id": self.id(message), **{name: value for name, value in every.items() if name in wanted}}
        if "internetMessageHeaders" in wanted:
            whole = parsed(message.mime)
            told["internetMessageHeaders"] = [{"name": name, "value": str(value)} for name, value in whole.items()]
            text = whole.get_body(("plain",))
            told["body"] = {"contentType": "text", "content": text.get_content() if text else ""}
        expanded = re.findall(r"id eq '([^']*)'", self.query.get("$expand", ""))
        properties = dict(message.properties)
        if self.graph.tells_size:
            properties["Integer 0xe08"] = str(message.size or len(message.mime))
        values = [
            {"id": name, "value": value}
            for name, value in properties.items()
            if name.casefold().replace("0x0", "0x") in {one.casefold().replace("0x0", "0x") for one in expanded}
        ]
        return {**told, "singleValueExtendedProperties": values} if values else told

    def new_draft(self) -> Answer:
        mailbox = self.graph.mailbox
        if self.headers.get("content-type") == "text/plain":
            mime = base64.b64decode(self.body, validate=True)
            if len(mime) > _LARGEST_MIME:
                return fields(200, {})
            message_id = str(parsed(mime).get("Message-ID", "<made-by-exchange@council.example>"))
            draft = mailbox.put(mime, _NOW, "f-drafts", draft=True, message_id=message_id)
        else:
            given = json.loads(self.body)
            if not all(one["name"].lower().startswith("x-") for one in given.get("internetMessageHeaders", ())):
                return refused(400, "InvalidInternetMessageHeader")
            message_id = given.get("internetMessageId", "<made-by-exchange@council.example>")
            draft = mailbox.put(b"", _NOW, "f-drafts", draft=True, message_id=message_id, fields=given)
        return fields(201, {"id": self.id(draft), "isDraft": True})

    def message(self, message: Stored, rest: list[str]) -> Answer:  # noqa: PLR0911 - one answer a kind of request
        match self.method, rest:
            case "GET", []:
                return fields(200, self.told(message))
            case "DELETE", []:
                self.graph.mailbox.remove(message)
                return Answer(204)
            case "PATCH", []:
                return self.changed(message)
            case "POST", ["move"]:
                folder = json.loads(self.body)["destinationId"]
                if folder not in self.graph.mailbox.folders:
                    return refused(404, "ErrorItemNotFound")
                self.graph.mailbox.move(message, folder)
                return fields(201, {"id": self.id(message), "parentFolderId": folder})
            case "POST", ["send"]:
                if not message.draft:
                    return refused(400, "ErrorInvalidOperation")
                self.graph.mailbox.send(message)
                return Answer(202)
            case "GET", ["$value"]:
                return Answer(200, message.mime, {"Content-Type": "text/plain"}, streamed=True)
            case _, ["attachments", *which]:
                return self.attachments(message, which)
            case _:
                return refused(400, "BadRequest")

    def changed(self, message: Stored) -> Answer:
        given = json.loads(self.body)
        if "internetMessageId" in given:
            if not message.draft:
                return refused(400, "ErrorInvalidPropertySet")
            message.message_id = given["internetMessageId"]
        message.properties.update({one["id"]: one["value"] for one in given.get("singleValueExtendedProperties", ())})
        return fields(200, {"id": self.id(message)})

    def attachments(self, message: Stored, which: list[str]) -> Answer:  # noqa: PLR0911 - one answer a kind of request
        graph = self.graph
        match self.method, which:
            case "GET", []:
                told = [_attachment(one) for one in attached(message)]
                return fields(200, {"value": told})
            case "GET", [wanted, "$value"]:
                found = next((one for one in attached(message) if one.id == wanted), None)
                if found is None or found.kind == "referenceAttachment":
                    return refused(405 if found else 404, "ErrorInvalidOperation")
                return Answer(200, found.content, {"Content-Type": "application/octet-stream"}, streamed=True)
            case "POST", []:
                given = json.loads(self.body)
                content = base64.b64decode(given["contentBytes"])
                message.files.append(
                    Attached(f"att/{len(message.files)}=", given["name"], given["contentType"], content)
                )
                return fields(201, {"id": message.files[-1].id})
            case "POST", ["createUploadSession"]:
                item = json.loads(self.body)["AttachmentItem"]
                if item["size"] < 3_000_000:
                    return refused(400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize")
                graph.uploads[session := str(len(graph.uploads))] = (message, item, bytearray())
                return fields(201, {"uploadUrl": f"{graph.origin}/upload/{session}", "nextExpectedRanges": ["0-"]})
            case _:
                return refused(400, "BadRequest")


def _attachment(file: Attached) -> dict[str, Any]:
    told = {
        "@odata.type": f"#microsoft.graph.{file.kind}",
        "id": file.id,
        "name": file.name,
        "contentType": file.media_type if file.kind == "fileAttachment" else None,
        "isInline": file.inline,
    }
    return {**told, "contentId": file.content_id} if file.kind == "fileAttachment" else told


def _uploaded(graph: "GraphServer", session: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """One range of a file; the address is its own permission, and a token beside it is refused."""
    message, item, content = graph.uploads[session]
    span = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", headers.get("content-range", ""))
    if "authorization" in headers or span is None or len(body) > _LARGEST_REQUEST:
        return refused(400, "ErrorInvalidRequest")
    start, end, total = (int(number) for number in span.groups())
    if total != item["size"] or start > len(content) or end - start + 1 != len(body):
        return refused(416, "ErrorInvalidRange")
    content[start:] = body
    if end + 1 < total:
        return fields(200, {"nextExpectedRanges": [f"{end + 1}-"]})
    message.files.append(Attached(f"att/{len(message.files)}=", item["name"], item["contentType"], bytes(content)))
    return Answer(201, headers={"Location": f"{graph.url}/attachments/{len(message.files)}"})
