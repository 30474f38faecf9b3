"""A form in a layout that nobody has met: some of its labels no dictionary has."""

from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

from tests.word_forms import word_form

ANSWERS = {
    "Hearth held from": "Council tenancy",
    "Bonesetter": "Dr Ilse Marrow, Foxglove Surgery",
    "Boot size": "seven",
}
"""What stands beside the labels that are not known."""


def unknown_form(name: str = "Elowen Penrose", answers: Mapping[str, str] = ANSWERS) -> bytes:
    """A filled-in Word form with these labels among the victim's."""
    form = word_form(
        "MARAC referral form",
        [
            ["**Referrer**", ""],
            ["**Name**", "Jo Whitlock"],
            ["**Agency**", "Harbour IDVA Service"],
            ["**Date of referral**", "12/03/2024"],
        ],
        [
            ["**Victim**", ""],
            ["**Name**", name],
            ["**Date of birth**", "01/02/1980"],
            ["**Address**", "4 Alma Rise, Carrowdale, CR4 5AB"],
            ["**Telephone**", "07700 900123"],
            *([f"**{label}**", words] for label, words in answers.items()),
        ],
        [["**Perpetrator**", ""], ["**Name**", "Jago Tregenza"], ["**Date of birth**", "04/05/1979"]],
        [
            ["**Is the victim aware of this referral?**", "Yes"],
            ["**DASH score**", "15"],
            ["**Reason for referral**", "He was arrested on Friday and bailed. She is frightened and wants to move."],
        ],
    )
    return form.content


def post_form(inbox: Path, number: int, content: bytes) -> None:
    """Put a message with this form into an inbox."""
    message = EmailMessage()
    message["From"], message["To"] = "jo.whitlock@harbour.example", "marac@carrowdale.example"
    message["Subject"], message["Message-ID"] = "Referral", f"<unknown-{number}@harbour.example>"
    message["Date"] = "Tue, 10 Nov 2026 09:00:00 +0000"
    message.set_content("A referral is attached.")
    message.add_attachment(
        content,
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename="referral.docx",
    )
    (inbox / f"unknown-{number}.eml").write_bytes(message.as_bytes())
