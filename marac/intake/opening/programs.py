"""Which mail a program wrote, and which a mailing list passed on (RFC 3834, RFC 2919, RFC 2369, Exchange, Notes)."""

import re
from email.message import Message

from marac.intake.opening.headers import header

_ANSWERS = (
    "X-Autoreply",
    "X-Auto-Reply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Autoreply-From",
    "X-Mail-Autoreply",
)
_ABSENCE = re.compile(
    r"(?:automatic reply|auto[- ]?reply|automatische antwort|abwesenheits(?:notiz|meldung|assistent)|"
    r"r[ée]ponse automatique|respuesta autom[áa]tica|risposta automatica|automatisch antwoord|ateb awtomatig|"
    r"odpowied[źz] automatyczna|out[- ]of[- ](?:the[- ])?office(?: auto[- ]?reply)?)\s*:"
    r"|auto: .+ is out of (?:the )?office\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\bout of (?:the |my )?office\b|\b(?:on|during) (?:annual |maternity |sick )?leave\b", re.IGNORECASE
)


def automatic(message: Message) -> bool:
    """Whether a program wrote it, or asks that no program answers it; a portal's mail with a form in it is such a one."""
    submitted = header(message, "Auto-Submitted").lower()
    suppressed = header(message, "X-Auto-Response-Suppress").lower()
    return (
        (bool(submitted) and not submitted.startswith("no"))
        or suppressed not in {"", "none"}
        or header(message, "Precedence").lower() in {"bulk", "junk"}
        or bool(header(message, "X-MS-Exchange-Generated-Message-Source"))
        or replied(message)
    )


def replied(message: Message) -> bool:
    """Whether it is a program's answer to a message: an out-of-office reply, a receipt.

    Where only the subject says so, it must be one that programs write and people do not, over mail without files.
    """
    return (
        header(message, "Auto-Submitted").lower().startswith("auto-replied")
        or any(header(message, name).lower() not in {"", "no", "false"} for name in _ANSWERS)
        or header(message, "Precedence").lower() == "auto_reply"
        or (
            header(message, "Auto-Submitted").lower().startswith("auto-")
            and bool(_AWAY.search(header(message, "Subject")))
        )
        or reports(message, "disposition-notification")  # a read receipt (RFC 8098)
        or (bool(_ABSENCE.match(header(message, "Subject"))) and message.get_content_type() != "multipart/mixed")
    )


def list_mail(message: Message) -> bool:
    """Whether it came through a mailing list or is a mass mailing."""
    mass = header(message, "Precedence").lower() in {"list", "bulk"}
    return bool(header(message, "List-Id") or (header(message, "List-Unsubscribe") and mass)) or (
        mass and bool(header(message, "List-Post"))
    )


def reports(message: Message, kind: str) -> bool:
    """Whether it is a program's report of this kind (RFC 6522)."""
    return message.get_content_type() == "multipart/report" and str(message.get_param("report-type")).lower() == kind
