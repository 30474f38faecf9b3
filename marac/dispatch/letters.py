"""The messages that leave, byte for byte: composed once, kept, and the same at every attempt."""

import email
from pathlib import Path

from marac.delivery.sealed_mail import recipient, sealed_mail
from marac.document import Document
from marac.errors import StoreError
from marac.files import private_folder, sha256_of, write_whole
from marac.mailbox.protocol import Letter
from marac.office import Office
from marac.papers.templates import text_for
from marac.register.documents import BY_CASE, Paper
from marac.register.outgoing import Outgoing


def letter_of(office: Office, paper: Paper) -> Letter:
    """The letter that carries a sealed document; composed before the first attempt, its date included, and kept.

    Raises:
        SealingError: the document is not sealed, or the agency's address is not one that may be written to.
        TemplateError: the cover text cannot be used.
        StoreError: the sealed document is gone or changed, or the letter cannot be kept.
    """
    sender, to = office.settings.marac.email, recipient(office.settings.readers[paper.agency])
    letter = Letter(paper.message_id or "", sender, to, b"")
    content = _kept(office, paper, letter)
    if content is None:
        content = _composed(office, paper)
        sha256 = Document("", "", content).sha256
        write_whole(private_folder(_letters(office)) / f"{paper.sealed_sha256}-{sha256}.eml", content)
    return Letter(letter.message_id, sender, to, content)


def message_of(office: Office, outgoing: Outgoing) -> Letter | None:
    """A message that the program wrote, as it was kept; None where it is gone, or is not what the ledger says."""
    try:
        content = office.originals.path(outgoing.sha256).read_bytes()
    except OSError:
        return None
    letter = Letter(outgoing.message_id, office.settings.marac.email, outgoing.recipient, content)
    return letter if Document("", "", content).sha256 == outgoing.sha256 and _addressed(letter) else None


def sealed_bytes(office: Office, paper: Paper) -> bytes:
    """The sealed document as it was prepared.

    Raises:
        StoreError: it is gone, or not what was prepared.
    """
    path = office.store.folder / "sealed" / f"{paper.sealed_sha256}.pgp"
    try:
        sealed = path.read_bytes()
    except OSError:
        raise StoreError(f"The sealed document is missing from the store. {prepare_anew(paper)}") from None
    if Document("", "", sealed).sha256 != paper.sealed_sha256:
        raise StoreError(f"The sealed document was changed after it was prepared. {prepare_anew(paper)}")
    return sealed


def prepare_anew(paper: Paper) -> str:
    """What to do about a document that may not leave as it is."""
    anew = "marac run" if paper.kind in BY_CASE else f"marac meeting prepare {paper.meeting.isoformat()}"
    return f"To make it anew: {anew}"


def _composed(office: Office, paper: Paper) -> bytes:
    marac = office.settings.marac
    return sealed_mail(
        sealed_bytes(office, paper),
        paper.kind,
        office.settings.readers[paper.agency],
        paper.meeting,
        sender=marac.email,
        coordinator=marac.coordinator,
        marac=marac.name,
        message_id=paper.message_id or "",
        date=office.now(),
        cover=text_for(office, "cover_email"),
    )


def _kept(office: Office, paper: Paper, letter: Letter) -> bytes | None:
    """The letter as an earlier attempt kept it: whole by its own name, and to the address that it goes to."""
    for path in sorted(_letters(office).glob(f"{paper.sealed_sha256}-*.eml")):
        if sha256_of(path) == path.stem.rpartition("-")[2]:
            content = path.read_bytes()
            if _addressed(Letter(letter.message_id, letter.sender, letter.recipient, content)):
                return content
    return None


def _addressed(letter: Letter) -> bool:
    """Whether the message itself names the sender, the recipient and the Message-ID that it is sent under, and nobody else."""
    message = email.message_from_bytes(letter.content)
    stated = [message.get_all(name) for name in ("From", "To", "Message-ID", "Cc", "Bcc")]
    return stated == [[letter.sender], [letter.recipient], [letter.message_id], None, None]


def _letters(office: Office) -> Path:
    return office.store.folder / "letters"
