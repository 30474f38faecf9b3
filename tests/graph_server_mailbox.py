"""The mailbox behind our stand-in for Microsoft Graph: folders, messages, and a diary of what came and went."""

import base64
import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from typing import Any

ADDRESS = "marac@council.example"


@dataclass
class Attached:
    """A file in a message."""

    id: str
    name: str
    media_type: str
    content: bytes
    kind: str = "fileAttachment"
    inline: bool = False
    content_id: str | None = None


@dataclass
class Stored:
    """A message in a folder. `mime` is what `$value` gives."""

    id: str
    folder: str
    received: dt.datetime
    mime: bytes = b""
    draft: bool = False
    read: bool = False
    message_id: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)
    files: list[Attached] = field(default_factory=list)
    size: int | None = None

    def recipients(self, header: str, name: str) -> list[dict[str, Any]]:
        if name in self.fields:
            return list(self.fields[name])
        found = parsed(self.mime).get_all(header, ())
        return [
            {"emailAddress": {"name": one.display_name, "address": one.addr_spec}}
            for header_ in found
            for one in header_.addresses
        ]


class Mailbox:
    """One mailbox. Ids are as long and as odd as those of Exchange, and stay when a message is moved."""

    def __init__(self) -> None:
        self.folders = {"f-root": ("", ""), "f-inbox": ("Posteingang", "f-root"), "f-drafts": ("Entwürfe", "f-root")}
        self.folders["f-sentitems"] = ("Gesendete Elemente", "f-root")
        self.messages: dict[str, Stored] = {}
        self.diary: list[tuple[str, str, bool]] = []
        self.left: list[bytes] = []
        self._numbers = itertools.count(1)

    def put(self, mime: bytes, received: dt.datetime, folder: str = "f-inbox", **more: Any) -> Stored:
        """Deliver a message, or keep a draft."""
        number = next(self._numbers)
        odd = base64.urlsafe_b64encode(b"\xff\xfe%06d\xfb" % number).decode()
        message = Stored(f"AAkALgAAAAAAHYQDEapm+/{odd}=", folder, received.astimezone(dt.UTC), mime, **more)
        self.messages[message.id] = message
        self.diary.append((message.id, folder, True))
        return message

    def move(self, message: Stored, folder: str) -> None:
        self.diary.append((message.id, message.folder, False))
        self.diary.append((message.id, folder, True))
        message.folder = folder

    def remove(self, message: Stored) -> None:
        self.diary.append((message.id, message.folder, False))
        del self.messages[message.id]

    def send(self, message: Stored) -> None:
        """What happens to a draft that is sent: it leaves, and lies in Sent Items as what it is."""
        self.left.append(message.mime or as_mime(message))
        message.draft = False
        self.move(message, "f-sentitems")

    def lying_in(self, folder: str) -> list[Stored]:
        return [message for message in self.messages.values() if message.folder == folder]

    def add_folder(self, name: str, parent: str) -> str:
        folder = f"f-{next(self._numbers)}"
        self.folders[folder] = (name, parent)
        return folder

    def folder_named(self, name: str, parent: str = "f-root") -> str | None:
        return next((id_ for id_, told in self.folders.items() if told == (name, parent)), None)


def parsed(mime: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(mime)


def attached(message: Stored) -> list[Attached]:
    """The files of a message: those that were put into a draft, or those in its MIME."""
    if not message.files:
        message.files = list(_in_mime(parsed(message.mime)))
    return message.files


def _in_mime(message: EmailMessage) -> Iterator[Attached]:
    for number, part in enumerate(message.iter_attachments() if message.is_multipart() else ()):
        assert isinstance(part, MIMEPart)
        nested = part.get_content_type() == "message/rfc822"
        content = b"".join(inner.as_bytes() for inner in part.iter_parts()) if nested else part.get_payload(decode=True)
        assert isinstance(content, bytes)
        yield Attached(
            f"att/{number}=",
            part.get_filename(""),
            part.get_content_type(),
            content,
            "itemAttachment" if nested else "fileAttachment",
            part.get_content_disposition() == "inline",
            part.get("Content-ID"),
        )


def as_mime(message: Stored) -> bytes:
    """A draft that was made of fields, as it leaves."""
    made = EmailMessage()
    fields = message.fields
    made["From"] = fields["from"]["emailAddress"]["address"]
    made["To"] = ", ".join(one["emailAddress"]["address"] for one in fields["toRecipients"])
    made["Subject"] = fields["subject"]
    made["Message-ID"] = message.message_id
    if fields.get("replyTo"):
        made["Reply-To"] = fields["replyTo"][0]["emailAddress"]["address"]
    for header in fields.get("internetMessageHeaders", ()):
        made[header["name"]] = header["value"]
    made.set_content(fields["body"]["content"], subtype="plain" if fields["body"]["contentType"] == "text" else "html")
    for file in message.files:
        main, _, sub = file.media_type.partition("/")
        made.add_attachment(file.content, main, sub, filename=file.name)
    return made.as_bytes()
