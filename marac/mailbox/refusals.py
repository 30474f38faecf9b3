"""Why the sign-in service of Microsoft gives no token, in words: by its error numbers, which name no person."""

import re
from collections.abc import Mapping
from typing import Any

from marac.mailbox.connection import sentence

_NOTHING_LOST = "Nothing was lost."
_AGAIN = "Sign in again: marac mailbox sign-in"

_BY_NUMBER = {
    "AADSTS7000215": "The app's secret is wrong. Ask IT for the secret's value; its id is something else.",
    "AADSTS7000222": "The app's secret has expired. Ask IT for a new one.",
    "AADSTS700027": "The app's certificate is not the one that is registered, or it has expired. Ask IT.",
    "AADSTS700016": "There is no such app in the tenant. Check client_id and tenant in config.toml.",
    "AADSTS90002": "There is no such tenant. Check tenant in config.toml.",
    "AADSTS65001": "The app has no consent yet. Ask IT for admin consent to its permissions.",
    "AADSTS7000218": 'The app may not sign people in with a code. Ask IT to turn on "Allow public client flows" for it.',
    "AADSTS53003": "A rule of the organisation (conditional access) forbids it. Ask IT.",
    "AADSTS50105": "The account has not been given the app. Ask IT.",
}
"""By the numbers of https://learn.microsoft.com/entra/identity-platform/reference-error-codes."""

_BY_WORD = {
    "authorization_declined": "Whoever was asked declined. Nothing was changed.",
    "access_denied": "Whoever was asked declined. Nothing was changed.",
    "expired_token": f"The code was not used in time. {_AGAIN}",
    "authorization_pending": f"The code was not used in time. {_AGAIN}",
    "code_expired": f"The code was not used in time. {_AGAIN}",
    "invalid_grant": f"The sign-in is no longer good: it has expired, or a password was changed. {_AGAIN}",
    "interaction_required": f"The account must be confirmed again. {_AGAIN}",
    "invalid_client": "The app's secret or certificate is not accepted. Ask IT.",
    "unauthorized_client": "The app may not sign in in this way. Check client_id and tenant in config.toml, or ask IT.",
    "temporarily_unavailable": "It does not work just now. Run this again later.",
}
"""By the words of RFC 6749, section 5.2, and RFC 8628, section 3.5."""


def refusal(answer: Mapping[str, Any], server: str) -> str:
    """The sentence for an answer that holds no token; `server` names the service."""
    word, description = str(answer.get("error", "")), str(answer.get("error_description", ""))
    found = re.search(r"AADSTS\d{4,8}", description)
    number = found.group() if found else ""
    meaning = _BY_NUMBER.get(number) or _BY_WORD.get(word) or "Ask IT, and tell them the number or word in brackets."
    known = number or (word if re.fullmatch(r"[a-z_]{1,40}", word) else "no reason")
    return f"{sentence(server)} gave no access ({known}). {meaning} {_NOTHING_LOST}"
