"""The message that carries a sealed file to one agency: nothing in it but the file speaks of anybody."""

import datetime as dt
import string
from importlib.resources import files

from marac.agency import Agency
from marac.delivery.composing import composed, plain_address
from marac.delivery.packets import NotSealedError, sealed_for
from marac.document import Document
from marac.errors import SealingError, TemplateError

_PURPOSES = {
    "agency-agenda": "the agenda for your agency",
    "list": "the people whom we ask your agency to look up",
    "research": "what we ask your agency to look up",
    "letter": "the actions of your agency",
    "outcome": "what the victims whom you speak to can be told",
    "flags": "the files that we ask your agency to flag",
    "flags-ending": "the files whose flags end",
    "reminder": "actions of your agency that are overdue",
    "idva-referral": "a referral to your service",
    "transfer": "a case that we hand over to you",
}
"""What each kind of document that leaves is, in words that speak of nobody."""
_FOR_THE_MEETING = "for the meeting on"
_OF_THE_DAY = {"idva-referral": "of", "transfer": "of"}
"""How the subject names the day of what belongs to the day on which it came, and to no meeting."""
_SUFFIXES = {"transfer": "zip"}
"""What is no Word file, but holds one."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def sealed_mail(
    sealed: bytes,
    papers: str,
    agency: Agency,
    meeting: dt.date,
    *,
    sender: str,
    coordinator: str,
    marac: str,
    message_id: str,
    date: dt.datetime,
    cover: str | None = None,
) -> bytes:
    """One MIME message to one agency, as bytes ready to leave; the same arguments give the same bytes.

    The sealed file is an ordinary attachment, `letter.docx.pgp`: mail servers that rewrite PGP/MIME leave it alone, and
    it opens with a double click. The subject holds the day of the meeting only.

    Args:
        sealed: What `Keyring.seal` made.
        papers: Which kind of document it is.
        agency: Whom they are for; its one address must be at one of its own domains.
        meeting: The day of the meeting, or on which what is handed on came.
        sender: The MARAC's own address.
        coordinator: Who signs the cover text.
        marac: The name of this MARAC.
        message_id: Fixed by the caller before the first attempt: `<...@...>`.
        date: When it was made ready, with its time zone.
        cover: The text around the attachment; the shipped one where it is None.

    Raises:
        SealingError: the bytes are not sealed, or an address is not one plain address that may be written to.
        TemplateError: the cover text names something that is not known.
        ValueError: the Message-ID is not plain, the date has no time zone, or no such document leaves.
    """
    if papers not in _PURPOSES:
        raise ValueError(f"{papers} is no document that leaves")
    _refuse_open(sealed)
    file_name = f"{papers}.{_SUFFIXES.get(papers, 'docx')}.pgp"
    return composed(
        sender=sender,
        recipient=recipient(agency),
        subject=f"Sealed papers {_OF_THE_DAY.get(papers, _FOR_THE_MEETING)} {_in_words(meeting)}",
        text=_cover(cover or shipped_cover(), papers, meeting, file_name, sender, coordinator, marac),
        message_id=message_id,
        date=date,
        attachment=Document(file_name, "application/octet-stream", sealed),
    )


def recipient(agency: Agency) -> str:
    """The one address that the agency is written to.

    Raises:
        SealingError: it is not one plain address, or its domain is not exactly one of the agency's.
    """
    address = plain_address(agency.email)
    domain = address.rpartition("@")[2].lower()
    if domain not in {known.lower() for known in agency.domains}:
        raise SealingError(
            f"The address of the agency '{agency.id}' is not at one of its own domains, so nothing was sent to it. Check "
            "both in agencies.toml, with the agency on the telephone."
        )
    return address


def shipped_cover() -> str:
    """The cover text that the program brings along."""
    return (files("marac") / "templates" / "cover_email.txt").read_text(encoding="utf-8")


def _cover(cover: str, papers: str, meeting: dt.date, file_name: str, sender: str, coordinator: str, marac: str) -> str:
    known = {
        "file": file_name,
        "opened": file_name.removesuffix(".pgp"),
        "purpose": _PURPOSES[papers],
        "meeting": f"{'received on' if papers in _OF_THE_DAY else 'meeting on'} {_in_words(meeting)}",
        "coordinator": coordinator,
        "marac": marac,
        "email": sender,
    }
    try:
        return string.Template(cover).substitute(known)
    except (KeyError, ValueError):
        fields = ", ".join(f"${name}" for name in known)
        raise TemplateError(
            f"cover_email.txt has a $ that is not followed by a known field. Known: {fields}."
        ) from None


def _refuse_open(sealed: bytes) -> None:
    try:
        openers = sealed_for(sealed)
    except NotSealedError:
        openers = ()
    if len(openers) != 1:
        raise SealingError("This file is not sealed for exactly one agency. Nothing was sent.")


def _in_words(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
