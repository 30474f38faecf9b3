"""Invented messages as Exchange tells them in pieces."""

from email.message import EmailMessage

from marac.mailbox.ews.inbox import LARGEST_IN_ONE_BYTES

LARGE = LARGEST_IN_ONE_BYTES + 1


def with_attachments() -> bytes:
    """A message with an HTML body, a Word file, a message and a link."""
    made = EmailMessage()
    made["From"] = "IDVA Örtlich <idva@housing.example>"
    made["To"] = "marac@council.example"
    made["Subject"] = "Überweisung"
    made["Message-ID"] = "<1@housing.example>"
    made["Authentication-Results"] = "mx.council.example; dmarc=pass header.from=housing.example"
    made.set_content("<p>Straße, £10</p>", subtype="html")
    made.add_attachment(bytes(range(256)) * 300, maintype="application", subtype="msword", filename="Über weisung.doc")
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("inside\n")
    made.add_attachment(inner)
    made.add_attachment(b"https://share.example/x", maintype="text", subtype="uri-list", filename="Shared form")
    return made.as_bytes()
