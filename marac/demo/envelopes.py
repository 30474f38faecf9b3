"""Messages as they arrive: RFC 5322 bytes with covering text, signature and attachments, the same on every day."""

import datetime as dt
import io
import struct
import zipfile
import zlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from xml.sax.saxutils import escape

from marac.demo.agencies import MAILBOX
from marac.demo.form_parts import phone_as_written
from marac.document import Document
from marac.referral import Referrer

FOOTER = (
    "This message and its attachments are confidential and meant only for the person they are addressed to. "
    "If it has reached you by mistake, please tell the sender and delete it. Do not reply to anybody else."
)
COUNCIL = "Carrowdale Council Contact Centre <contact.centre@carrowdale-council.example>"


def signature(sender: Referrer) -> str:
    """What stands below a message of this worker."""
    lines = ("Kind regards", "", sender.name, sender.role, sender.agency, f"Tel: {phone_as_written(sender.phone)}")
    return "\n".join([*(line or "" for line in lines), "", FOOTER])


def envelope(sender: Referrer, subject: str, sent: dt.datetime, text: str) -> EmailMessage:
    """A message from one worker to the MARAC's mailbox, with nothing attached yet."""
    message = EmailMessage(policy=SMTP)
    domain = (sender.email or "").rpartition("@")[2]
    arrived = format_datetime(sent + dt.timedelta(seconds=4))
    message["Received"] = f"from mail.{domain} by mail.carrowdale.example with ESMTPS; {arrived}"
    message["From"] = f"{sender.name} <{sender.email}>"
    message["To"] = f"MARAC Coordinator <{MAILBOX}>"
    message["Subject"] = subject
    message["Date"] = format_datetime(sent)
    message["Message-ID"] = f"<{sent:%Y%m%d%H%M}.{zlib.crc32(subject.encode()):08x}@{domain}>"
    message.set_content(text)
    return message


def add_picture(message: EmailMessage, text: str) -> None:
    """Give the message an HTML half, with the agency's logo shown in its signature."""
    paragraphs = "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in escape(text).split("\n\n"))
    shown = '<p><img src="cid:logo@weirbankhomes.example" alt="Weir Bank Homes"></p>'
    message.add_alternative(f"<html><body>{paragraphs}{shown}</body></html>", subtype="html")
    html = message.get_body(("html",))
    if html is not None:
        html.add_related(
            logo(),
            "image",
            "png",
            cid="<logo@weirbankhomes.example>",
            disposition="inline",
            filename="image001.png",
        )


def attach(message: EmailMessage, document: Document) -> None:
    """Attach a file."""
    main, _, sub = document.media_type.partition("/")
    message.add_attachment(document.content, main, sub, filename=document.name)


def zipped(name: str, documents: list[Document]) -> Document:
    """Files packed into one zip archive, in a folder of their own."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for document in documents:
            archive.writestr(zipfile.ZipInfo(f"referral/{document.name}"), document.content)
    return Document(name, "application/zip", packed.getvalue())


def forwarded(message: EmailMessage, sent: dt.datetime) -> EmailMessage:
    """The message inside another one, from people who only pass it on."""
    message.replace_header("To", COUNCIL)
    council = Referrer(name="Carrowdale Council Contact Centre", email="contact.centre@carrowdale-council.example")
    text = "Please see the message below, which came to us.\n\nContact Centre\nCarrowdale Council"
    outer = envelope(council, f"FW: {message['Subject']}", sent, text)
    outer.add_attachment(message)
    return outer


def as_bytes(message: EmailMessage, name: str) -> bytes:
    """The message as it travels; its boundaries are made from its name, so that they are the same on every day."""
    for number, part in enumerate(message.walk()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_{name}_{number:02d}")
    return message.as_bytes()


def logo(width: int = 180, height: int = 40) -> bytes:
    """A small PNG banner, three bands of one colour."""
    bands = ((0x1F, 0x4E, 0x5F), (0x3E, 0x7C, 0x8E), (0xA9, 0xCB, 0xD3))
    rows = b"".join(b"\x00" + bytes(bands[3 * row // height]) * width for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
