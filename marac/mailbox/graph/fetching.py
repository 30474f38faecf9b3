"""One message of a mailbox as bytes: as Graph words it, or put together from its parts where it is too large for that."""

from collections.abc import Iterator
from email.utils import formataddr
from itertools import chain
from typing import Any
from urllib.parse import quote

import httpx

from marac.errors import MailboxError
from marac.mailbox.graph.client import GraphClient, place_of
from marac.mailbox.graph.words import code_of, is_gone
from marac.mailbox.reassembly import Attachment, reassembled

LARGEST_WHOLE_BYTES = 25_000_000
"""Above it Graph breaks off in the middle of a message (microsoft-graph-docs 18439)."""

_TOO_LARGE = {"ErrorMessageSizeExceeded", "ErrorContentConversionFailed", "ErrorMimeContentConversionFailed"}
_SIZE = ("integer 0xe08", "long 0xe08", "integer 0x0e08", "long 0x0e08")  # PidTagMessageSize (MS-OXPROPS)
_OF_MESSAGE = {
    "$select": "parentFolderId",
    "$expand": "singleValueExtendedProperties($filter=id eq 'Integer 0x0E08' or id eq 'Long 0x0E08')",
}
_OF_PARTS = {"$select": "internetMessageHeaders,body,from,subject,internetMessageId"}
_OF_ATTACHMENTS = {"$select": "id,name,contentType,isInline,microsoft.graph.fileAttachment/contentId"}
_A_LINK = b"Here was a link to a file that lies elsewhere. Open the message in Outlook to see the file.\r\n"


class _TooLargeError(Exception):
    """Graph does not give this message in one piece."""


def folder_and_size(graph: GraphClient, message: str) -> tuple[str, int] | None:
    """The id of the folder that a message lies in, and about how large it is (0 where that is not told); None if gone.

    Raises:
        MailboxError: it cannot be asked.
    """
    answer = graph.ask("GET", place_of(message), params=_OF_MESSAGE)
    if is_gone(answer):
        return None
    graph.must_be(200, answer)
    fields = graph.read(answer)
    sizes = [
        int(told["value"])
        for told in fields.get("singleValueExtendedProperties", ())
        if str(told.get("id", "")).casefold() in _SIZE and str(told.get("value", "")).isdecimal()
    ]
    return str(fields.get("parentFolderId", "")), max(sizes, default=0)


def whole(graph: GraphClient, message: str, size: int) -> bytes:
    """The message, in one piece or put together; not marked as read by this.

    Raises:
        MailboxError: it did not come whole.
    """
    if size <= LARGEST_WHOLE_BYTES:
        try:
            return _in_one_piece(graph, message)
        except _TooLargeError:
            pass
    return _put_together(graph, message)


def _in_one_piece(graph: GraphClient, message: str) -> bytes:
    content = bytearray()
    with graph.stream(f"{place_of(message)}/$value") as answer:
        if answer.status_code != 200:
            answer.read()
            if answer.status_code == 413 or code_of(answer) in _TOO_LARGE:
                raise _TooLargeError
            graph.must_be(200, answer)
        try:
            for piece in answer.iter_raw(65536):
                content += piece
        except httpx.HTTPError:
            if len(content) > LARGEST_WHOLE_BYTES:
                raise _TooLargeError from None
            raise
    return bytes(content)


def _put_together(graph: GraphClient, message: str) -> bytes:
    place = place_of(message)
    fields = graph.fields("GET", place, params=_OF_PARTS)
    body = fields.get("body") or {}
    attachments = (_attachment(graph, place, told) for told in graph.pages(f"{place}/attachments", _OF_ATTACHMENTS))
    return reassembled(
        _headers(fields), str(body.get("content", "")), str(body.get("contentType", "text")), attachments
    )


def _headers(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """The headers as they arrived; where Exchange kept none, as of some mail within the organisation, what it knows."""
    headers = [(str(one["name"]), str(one["value"])) for one in fields.get("internetMessageHeaders") or ()]
    there = {name.casefold() for name, _ in headers}
    sender = (fields.get("from") or {}).get("emailAddress") or {}
    known = {
        "From": formataddr((sender.get("name") or "", sender["address"])) if sender.get("address") else "",
        "Subject": str(fields.get("subject") or ""),
        "Message-ID": str(fields.get("internetMessageId") or ""),
    }
    return headers + [(name, value) for name, value in known.items() if value and name.casefold() not in there]


def _attachment(graph: GraphClient, place: str, told: dict[str, Any]) -> Attachment:
    kind = str(told.get("@odata.type", "")).rpartition(".")[2]
    name, media_type = str(told.get("name") or ""), str(told.get("contentType") or "")
    if kind == "referenceAttachment":
        return Attachment(name, "text/plain", [_A_LINK])
    pieces = _pieces(graph, f"{place}/attachments/{quote(str(told['id']), safe='')}/$value")
    first = next(pieces, b"")
    is_item, is_card = kind == "itemAttachment", first.startswith(b"BEGIN:")  # of a calendar, or of an address book
    return Attachment(
        name,
        media_type or ("text/plain" if is_item else ""),
        chain([first], pieces),
        content_id=str(told.get("contentId") or ""),
        inline=bool(told.get("isInline")),
        message=is_item and not is_card,
    )


def _pieces(graph: GraphClient, place: str) -> Iterator[bytes]:
    with graph.stream(place) as answer:
        if answer.status_code != 200:
            answer.read()
            graph.must_be(200, answer)
        yield from answer.iter_raw(65536)


def not_there() -> MailboxError:
    """What is said of a message that was listed and is not in the inbox any more."""
    return MailboxError("A message is no longer in the inbox: somebody moved or deleted it. The next run lists anew.")
