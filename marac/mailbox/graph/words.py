"""What Microsoft Graph's refusals mean, in words. Its own sentences are not shown: they name mailboxes."""

import re

import httpx

BUSY = {429, 500, 502, 503, 504}
"""What it answers when it may do later what it does not do now."""

_NOTHING_LOST = "Nothing was lost."


def refusal(answer: httpx.Response, server: str, mailbox: str) -> str:
    """Why Graph does not do what it was asked, and what to do next."""
    status, code = answer.status_code, code_of(answer)
    if status == 401:
        return (
            f"{server} does not accept the access token, nor a new one. Check the table oauth in config.toml, or ask IT "
            f"whether the app still has its permissions. {_NOTHING_LOST}"
        )
    if status == 403:
        return (
            f"{server} does not let the app into the mailbox {mailbox} ({code}). Ask IT for admin consent to "
            "Mail.ReadWrite and Mail.Send, and, where RBAC for Applications limits the app, for this mailbox in its scope. "
            f"{_NOTHING_LOST}"
        )
    if status == 404 and code in {"ErrorInvalidUser", "ResourceNotFound", "Request_ResourceNotFound"}:
        return f"{server} knows no mailbox {mailbox}. Check mailbox in config.toml. {_NOTHING_LOST}"
    if status == 404 and code == "MailboxNotEnabledForRESTAPI":
        return f"The mailbox {mailbox} is not in Exchange Online, or has no licence. Ask IT. {_NOTHING_LOST}"
    if status in BUSY:
        return f"{server} does not work just now ({status}). {_NOTHING_LOST} Run this again later."
    return f"{server} refused ({status} {code}). {_NOTHING_LOST} Run this again; if it stays so, ask IT."


def code_of(answer: httpx.Response) -> str:
    """Graph's own word for an error, such as `ErrorItemNotFound`; it names nobody."""
    try:
        code = answer.json()["error"]["code"]
    except (ValueError, KeyError, TypeError, httpx.ResponseNotRead):
        return "no reason"
    return code if isinstance(code, str) and re.fullmatch(r"[A-Za-z_.]{1,60}", code) else "no reason"


def is_gone(answer: httpx.Response) -> bool:
    """Whether Graph itself, and not something on the way to it, says that there is no such message or folder."""
    return answer.status_code == 404 and code_of(answer) in {"ErrorItemNotFound", "itemNotFound"}
