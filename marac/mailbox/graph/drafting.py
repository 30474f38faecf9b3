"""A letter as Graph takes it: in one piece as MIME where it is small enough, else as fields with its files put in after."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from typing import Any

from marac.errors import RefusedError
from marac.mailbox.graph.client import GraphClient, place_of
from marac.mailbox.graph.words import code_of
from marac.mailbox.protocol import Letter

LARGEST_MIME_BYTES = 2_200_000
"""Above about 2,240 kB Graph says 200 to a draft in MIME, and makes none (microsoft-graph-docs 13979)."""

_LARGEST_BODY_BYTES = 2_500_000  # of text; a request is at most 4 MB of JSON
_SMALL_FILE_BYTES = 2_900_000  # a file of 3 MB and more needs an upload session
_RANGE_BYTES = 10 * 327_680  # of a file; below the 4 MB of a request
_TOO_LARGE = {"ErrorMessageSizeExceeded", "ErrorAttachmentSizeLimitExceeded", "RequestEntityTooLarge"}
_CANNOT = "The letter did not leave. Make it smaller, or send it by hand."


@dataclass(frozen=True, slots=True)
class _File:
    name: str = field(repr=False)
    media_type: str
    content: bytes = field(repr=False)


def drafted(graph: GraphClient, letter: Letter) -> str:
    """The id of a new draft of the letter, with all its files.

    A letter in MIME keeps its bytes as far as Exchange keeps any. In fields it keeps its sender, recipient, subject,
    text, files, Message-ID, Reply-To and the headers whose names begin with `x-`; Graph allows no others.

    Raises:
        RefusedError: it is too large, or too large for what it is sealed with.
        MailboxError: Graph did not make the draft.
    """
    if len(letter.content) <= LARGEST_MIME_BYTES:
        answer = graph.ask(
            "POST",
            "/messages",
            content=base64.b64encode(letter.content),
            headers={"Content-Type": "text/plain"},
            repeat=False,
        )
        if answer.status_code != 200:  # 200 means that it was too large after all
            _must_be_made(graph, answer)
            return str(graph.read(answer)["id"])
    return _in_fields(graph, letter)


def _in_fields(graph: GraphClient, letter: Letter) -> str:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(letter.content)
    body, files = _body_and_files(message)
    answer = graph.ask("POST", "/messages", json=_fields(letter, message, body), repeat=False)
    _must_be_made(graph, answer)
    draft = str(graph.read(answer)["id"])
    for file in files:
        if len(file.content) <= _SMALL_FILE_BYTES:
            _attach(graph, draft, file)
        else:
            _upload(graph, draft, file)
    there = list(graph.pages(f"{place_of(draft)}/attachments", {"$select": "id"}))
    if len(there) != len(files):
        raise RefusedError(f"Microsoft Graph did not take all files of a letter. {_CANNOT}")
    return draft


def _fields(letter: Letter, message: EmailMessage, body: MIMEPart) -> dict[str, Any]:
    text = body.get_payload(decode=True)
    assert isinstance(text, bytes)  # noqa: S101 - it has no parts, see _body_and_files
    if len(text) > _LARGEST_BODY_BYTES:
        raise RefusedError(f"The text of a letter is longer than Microsoft Graph takes. {_CANNOT}")
    custom = [
        {"name": name, "value": str(value)} for name, value in message.items() if name.casefold().startswith("x-")
    ]
    return {
        "subject": str(message.get("Subject", "")),
        "body": {
            "contentType": "html" if body.get_content_subtype() == "html" else "text",
            "content": text.decode(body.get_content_charset("utf-8"), "replace"),
        },
        "from": _address(letter.sender),
        "toRecipients": [_address(letter.recipient)],
        "replyTo": [_address(address) for address in _addresses(message, "Reply-To")],
        "internetMessageId": letter.message_id,
        **({"internetMessageHeaders": custom} if custom else {}),
    }


def _body_and_files(message: EmailMessage) -> tuple[MIMEPart, list[_File]]:
    """The text of a letter, and its files; where it is built in another way, Graph would take it apart."""
    if not message.is_multipart() and message.get_content_maintype() == "text":
        return message, []
    body, *rest = list(message.iter_parts()) or [message]
    plain = message.get_content_type() == "multipart/mixed" and body.get_content_maintype() == "text"
    if not plain or any(part.is_multipart() and part.get_content_type() != "message/rfc822" for part in rest):
        raise RefusedError(f"A letter that is signed or sealed as a whole is too large for Microsoft Graph. {_CANNOT}")
    return body, list(_files(rest))


def _files(parts: Sequence[MIMEPart]) -> Iterator[_File]:
    for part in parts:
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            content = (
                b"".join(inner.as_bytes() for inner in part.iter_parts()) if isinstance(part, EmailMessage) else b""
            )
        yield _File(part.get_filename("file"), part.get_content_type(), content)


def _attach(graph: GraphClient, draft: str, file: _File) -> None:
    fields = {
        "@odata.type": "#microsoft.graph.fileAttachment",
        "name": file.name,
        "contentType": file.media_type,
        "contentBytes": base64.b64encode(file.content).decode("ascii"),
    }
    answer = graph.ask("POST", f"{place_of(draft)}/attachments", json=fields, repeat=False)
    _must_be_made(graph, answer)


def _upload(graph: GraphClient, draft: str, file: _File) -> None:
    """Put a file in by ranges (Graph, concepts/outlook-large-attachments)."""
    total = len(file.content)
    item = {"attachmentType": "file", "name": file.name, "size": total, "contentType": file.media_type}
    place = f"{place_of(draft)}/attachments/createUploadSession"
    answer = graph.ask("POST", place, json={"AttachmentItem": item})
    _must_be_made(graph, answer)
    address = str(graph.read(answer)["uploadUrl"])
    for start in range(0, total, _RANGE_BYTES):
        end = min(start + _RANGE_BYTES, total)
        answer = graph.upload(address, file.content[start:end], start, total)
        if end == total:
            _must_be_made(graph, answer)
        else:
            graph.must_be(200, answer)


def _must_be_made(graph: GraphClient, answer: Any) -> None:
    if answer.status_code == 413 or code_of(answer) in _TOO_LARGE:
        raise RefusedError(f"A letter is larger than the mailbox may send. {_CANNOT}")
    graph.must_be(201, answer)


def _address(address: str) -> dict[str, dict[str, str]]:
    return {"emailAddress": {"address": address}}


def _addresses(message: EmailMessage, name: str) -> list[str]:
    return [address.addr_spec for header in message.get_all(name, ()) for address in getattr(header, "addresses", ())]
