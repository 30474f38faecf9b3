"""The receipt for a case that another MARAC handed over: a number that only the sealed letter tells, and nothing of the case.

It is not encrypted: nothing that a person wrote in a form, a letter or a message can come into it.
"""

from collections.abc import Sequence

from marac.generators.text_templates import worded
from marac.triage.wording import counted

_EMERGENCY = "This mailbox is not watched around the clock. If anybody is in immediate danger, ring 999."
_PROGRAM = (
    "This receipt was written by a program. It says that the sealed file was opened and entered in our register; it does not "
    "mean that a person has read it yet. Our coordinator will ring you where there is a question."
)


def receipt_subject(numbers: Sequence[str]) -> str:
    """`MARAC transfer 1f2e3d4c5b6a7988 received`."""
    more = f" and {counted(len(numbers) - 1, 'more', 'more')}" if len(numbers) > 1 else ""
    return f"MARAC transfer {numbers[0]}{more} received"


def receipt(numbers: Sequence[str], *, marac: str, coordinator: str, email: str, template: str) -> str:
    """The text of the receipt.

    Args:
        numbers: One for each case in the message; at least one.
        marac: The name of this MARAC.
        coordinator: Who signs.
        email: The MARAC's own address.
        template: A text with the fields `$cases $receipt $emergency $program`, and if wanted `$coordinator $marac $email`.

    Raises:
        TemplateError: the template names something else, or lacks one of the first four.
    """
    known = {
        "cases": f"{marac} has the {'case' if len(numbers) == 1 else 'cases'} that you handed over to it.",
        "receipt": "\n".join(f"Receipt number: {number}" for number in numbers),
        "emergency": _EMERGENCY,
        "program": _PROGRAM,
        "coordinator": coordinator,
        "marac": marac,
        "email": email,
    }
    must = "Every receipt must tell what has arrived, its number, whom to ring in danger, and that a program wrote it."
    return worded("receipt", template, known, must)
