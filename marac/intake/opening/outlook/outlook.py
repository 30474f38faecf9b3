"""A message that Outlook saved as one file (.msg), opened up as any other message is."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email.message import Message
from email.parser import HeaderParser
from email.utils import format_datetime
from typing import Protocol

from marac.document import HTML, MESSAGE, TEXT, Document
from marac.intake.opening.asides import in_its_role
from marac.intake.opening.bounces import return_in
from marac.intake.opening.forwarded import passed_on_below
from marac.intake.opening.headers import refers_to
from marac.intake.opening.invitations import is_said
from marac.intake.opening.leaves import passed_on
from marac.intake.opening.message import NOT_OPENED, Found, Opened, UnsafeMessageError, shown
from marac.intake.opening.mime import with_parts
from marac.intake.opening.outlook.streams import Storage, Streams, TooLargeError
from marac.intake.reading.word_kinds import OLE

RTF = "text/rtf"

_PROPERTIES = "__properties_version1.0".encode("utf-16-le")
_DEEPEST = 10
_LARGEST_HEADERS = 256 * 1024
_LARGEST_RICH_TEXT = 1024 * 1024  # packed; a mail of a hundred pages has a tenth of it
_ELSEWHERE = "This attachment is only a link to a file somewhere else. Ask the sender to send the file itself."
_OBJECT = "This attachment is an object inside the message that this program does not open. Open the message by hand."
_UNREAD_BODY = "The text of this message cannot be unpacked. Open the message by hand."
_PICTURE, _TABLES = ("image/",), (b"\\trowd", b"<td", b"<TD")
_BY_REFERENCE = range(2, 5)
_IN_THE_TEXT = 4  # PidTagAttachFlags: shown within the message's text

# Properties by number, MS-OXPROPS: PidTag…
_MESSAGE_CLASS, _HEADERS, _MESSAGE_ID = 0x001A, 0x007D, 0x1035
_SUBJECT, _ANSWERS, _REFERENCES = 0x0037, 0x1042, 0x1039
_SENT, _DELIVERED = 0x0039, 0x0E06
_SENDERS = (0x5D02, 0x0065, 0x5D01, 0x0C1F)
_BODY, _HTML_BODY, _RICH_BODY, _CODE_PAGE = 0x1000, 0x1013, 0x1009, 0x3FDE
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME = 0x3707, 0x3704, 0x3001
_DATA, _METHOD, _MEDIA_TYPE, _CONTENT_ID, _FLAGS, _HIDDEN = 0x3701, 0x3705, 0x370E, 0x3712, 0x3714, 0x7FFE

_NOTHING_IN_IT = Found(
    Document("attached message", MESSAGE, b""),
    "attached message",
    "form",
    "An attached message, or an entry of an address book, with neither text nor files. Ask the sender what it was.",
)


class Packing(Protocol):
    """A message or an attachment as Outlook keeps it, whatever the file: properties by their numbers (MS-OXPROPS)."""

    def text(self, number: int) -> str:
        """A property of text; empty where it has none."""

    def binary(self, number: int) -> bytes | None:
        """A property of bytes; None where it has none."""

    def number(self, number: int) -> int:
        """A whole number or a yes (1); 0 where it has none."""

    def decoded(self, content: bytes, page: int) -> str:
        """Bytes as text by the code page that the property `page` names."""

    def attachments(self) -> "Sequence[Packing]":
        """The attachments, in their order."""

    def embedded(self) -> "Packing | None":
        """The message that this attachment is; None where it is a file or an object."""


def is_outlook_message(content: bytes) -> bool:
    """Whether these bytes are a message that Outlook saved."""
    if not content.startswith(OLE) or _PROPERTIES not in content:
        return False
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            return bool(file.exists("__properties_version1.0"))
    except Exception:  # noqa: BLE001 - on damaged files the library raises whatever it stumbles over
        return False


def opened_outlook(content: bytes) -> Opened:
    """The message opened up.

    Raises:
        UnsafeMessageError: it is damaged, or built to choke whoever opens it.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            message = Storage(Streams(file))
            return _opened(message)
    except TooLargeError:
        raise UnsafeMessageError(f"The message holds far more than any real one, {NOT_OPENED}") from None
    except UnsafeMessageError:
        raise
    except Exception:  # noqa: BLE001 - on damaged files the library raises whatever it stumbles over
        raise UnsafeMessageError(
            "The message is damaged or cut off, so it cannot be opened. Ask the sender to send it once more."
        ) from None


def parts_of(message: Packing, depth: int = 0) -> Iterator[Found]:
    """The parts of a message as Outlook keeps them; those of messages attached to it among them.

    Raises:
        UnsafeMessageError: it is nested far deeper than any real one.
    """
    if depth > _DEEPEST:
        raise UnsafeMessageError(f"The message is nested far deeper than any real one, {NOT_OPENED}")
    yield from _bodies(message)
    for attachment in message.attachments():
        inner = attachment.embedded()
        if inner is None:
            yield _attachment(attachment)
        else:
            returned, replied = _is_returned(inner), _is_reply(inner)
            parts = tuple(_bodies(inner) if returned else parts_of(inner, depth + 1)) or (_NOTHING_IN_IT,)
            yield from passed_on(parts, bounce=returned, replied=replied)


def _opened(message: Storage) -> Opened:
    headers = _headers(message)
    about = return_in(headers)
    bounce = about.bounce or _is_returned(message)
    if bounce and not about.message_ids:
        about = replace(about, message_ids=refers_to(headers)[:1])
    own = tuple(_bodies(message))
    parts = own if bounce else (*parts_of(message), *passed_on_below(headers, own))
    found = with_parts(headers, parts, about)
    replied = found.replied or _is_reply(message)
    return replace(found, automatic=found.automatic or replied, replied=replied, bounce=bounce)


def _is_returned(message: Packing) -> bool:
    kind = message.text(_MESSAGE_CLASS).upper()
    return kind.startswith("REPORT.") and kind.endswith(".NDR")


def _is_reply(message: Packing) -> bool:
    """Whether it is a receipt, an out-of-office reply, or an answer to an invitation to which nobody added a word."""
    kind = message.text(_MESSAGE_CLASS).upper()
    if kind.startswith("IPM.SCHEDULE.MEETING.RESP."):
        return not message.attachments() and not any(is_said(body) for body in _bodies(message))
    return (kind.startswith("REPORT.") and not kind.endswith(".NDR")) or ".RULES.OOFTEMPLATE" in kind


def _headers(message: Storage) -> Message:
    """The headers that the message came with; what they lack, by what Outlook noted itself."""
    text = message.text(_HEADERS)
    if len(text) > _LARGEST_HEADERS:
        raise TooLargeError
    headers = HeaderParser().parsestr(text.lstrip())
    headers.defects.clear()  # headers alone have no parts, of which some versions of Python complain
    sender = next((shown(words) for number in _SENDERS if "@" in (words := message.text(number))), "")
    moment = message.moment(_DELIVERED) or message.moment(_SENT)
    noted = {
        "From": sender,
        "Message-ID": shown(message.text(_MESSAGE_ID)),
        "Date": format_datetime(moment) if moment else "",
        "Subject": shown(message.text(_SUBJECT)),
        "In-Reply-To": shown(message.text(_ANSWERS)),
        "References": shown(message.text(_REFERENCES)),
    }
    for name, value in noted.items():
        if value and not headers.get(name):
            headers[name] = value
    return headers


def _attachment(attachment: Packing) -> Found:
    names = (attachment.text(number) for number in (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))
    name = next((shown(words) for words in names if words.strip()), "attachment")
    media_type = shown(attachment.text(_MEDIA_TYPE)).lower() or "application/octet-stream"
    content = attachment.binary(_DATA)
    if content is None:
        refused = _ELSEWHERE if attachment.number(_METHOD) in _BY_REFERENCE else _OBJECT
        return Found(Document(name, media_type, b""), name, "form", refused)
    in_the_text = attachment.text(_CONTENT_ID) or attachment.number(_HIDDEN) or attachment.number(_FLAGS) & _IN_THE_TEXT
    role = "picture" if in_the_text and _is_picture(media_type, content) else "form"
    return in_its_role(Found(Document(name, media_type, content), name, role))  # type: ignore[arg-type]


def _is_picture(media_type: str, content: bytes) -> bool:
    return media_type.startswith(_PICTURE) or content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"))


def _bodies(message: Packing) -> Iterator[Found]:
    """The text of a message in the forms that Outlook kept; its rich text only where the others lack what it holds."""
    plain = message.text(_BODY)
    if plain.strip():
        yield _body(TEXT, plain.encode("utf-8", errors="replace"))
    page = message.binary(_HTML_BODY)
    html = message.decoded(page, _CODE_PAGE) if page else message.text(_HTML_BODY)
    if html.strip():
        yield _body(HTML, html.encode("utf-8", errors="replace"))
        return
    packed = message.binary(_RICH_BODY)
    if not packed:
        return
    rich = _unpacked(packed)
    if rich is None:
        yield replace(_body(RTF, packed), refused=_UNREAD_BODY)
    elif not plain.strip() or any(sign in rich for sign in _TABLES):
        yield _body(RTF, rich)


def _body(media_type: str, content: bytes) -> Found:
    return Found(Document("body", media_type, content), "body", "body")


def _unpacked(packed: bytes) -> bytes | None:
    """The rich text of a body (MS-OXRTFCP); None where it cannot be unpacked."""
    import compressed_rtf

    if len(packed) > _LARGEST_RICH_TEXT:
        return None
    try:
        rich: bytes = compressed_rtf.decompress(packed)
    except Exception:  # noqa: BLE001 - the library raises bare exceptions
        return None
    return rich
