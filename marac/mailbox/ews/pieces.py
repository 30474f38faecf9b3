"""A large message, fetched in pieces: its headers and body, and each attachment as it streams in."""

from collections.abc import Iterator
from email.utils import format_datetime, formataddr

from exchangelib import Account, FileAttachment, ItemAttachment, Message
from exchangelib.items import ID_ONLY
from exchangelib.properties import ItemId
from exchangelib.services import GetAttachment

from marac.errors import MailboxError
from marac.mailbox.ews.questions import Anatomy, fields
from marac.mailbox.reassembly import Attachment, reassembled

_PIECE_BYTES = 57 * 4096
_PARTS = fields(
    "headers",
    "subject",
    "author",
    "to_recipients",
    "cc_recipients",
    "message_id",
    "datetime_sent",
    "body",
    "attachments",
)
_LINK = (
    b"Something attached to this message is kept elsewhere and came as a link only. "
    b"Open the message in Outlook, save what the link leads to, and put it into the inbox folder.\r\n"
)


def put_together(account: Account, item_id: str) -> bytes:
    """A message as one MIME file, marked as put together by this program.

    Raises:
        MailboxError: a part of it cannot be fetched.
    """
    answer = Anatomy(account=account).get(items=[ItemId(id=item_id)], additional_fields=_PARTS, shape=ID_ONLY)
    item, links = answer
    body = item.body or ""
    return reassembled(
        _headers(item), str(body), getattr(body, "body_type", "Text"), _attachments(account, item, links)
    )


def _headers(item: Message) -> list[tuple[str, str]]:
    """The headers that the message came with; what they lack is told from what the server knows of it."""
    headers = [(header.name, header.value or "") for header in item.headers or () if header.name]
    there = {name.casefold() for name, _ in headers}
    known = {
        "From": _addresses([item.author] if item.author else []),
        "To": _addresses(item.to_recipients),
        "Cc": _addresses(item.cc_recipients),
        "Subject": item.subject,
        "Date": format_datetime(item.datetime_sent) if item.datetime_sent else None,
        "Message-ID": item.message_id,
    }
    return headers + [(name, value) for name, value in known.items() if value and name.casefold() not in there]


def _addresses(mailboxes: list[Message] | None) -> str:
    return ", ".join(formataddr((one.name or "", one.email_address)) for one in mailboxes or () if one.email_address)


def _attachments(account: Account, item: Message, links: int) -> Iterator[Attachment]:
    for one in item.attachments or ():
        yield Attachment(
            name=one.name or "",
            media_type=one.content_type or "",
            pieces=_file_pieces(one) if isinstance(one, FileAttachment) else _message_pieces(account, one),
            content_id=one.content_id or "",
            inline=bool(one.is_inline),
            message=isinstance(one, ItemAttachment),
        )
    for number in range(1, links + 1):
        yield Attachment(f"link that was attached {number}.txt", "text/plain", [_LINK])


def _file_pieces(attachment: FileAttachment) -> Iterator[bytes]:
    with attachment.fp as file:
        while piece := file.read(_PIECE_BYTES):
            yield piece


def _message_pieces(account: Account, attachment: ItemAttachment) -> Iterator[bytes]:
    """A message that was attached; it comes at once, since the server streams files only."""
    found = GetAttachment(account=account).get(
        items=[attachment.attachment_id],
        include_mime_content=True,
        body_type=None,
        filter_html_content=None,
        additional_fields=None,
    )
    content = found.item.mime_content if found.item is not None else None
    if not content:
        raise MailboxError("A message attached to a message could not be fetched. The next run tries again.")
    yield content
