"""How long to wait for a busy Microsoft Graph, by what it says and within a bound."""

import datetime as dt
from email.utils import parsedate_to_datetime

import httpx

PATIENCE_SECONDS = 60.0
"""How long one request waits in all while Graph is busy; the next run tries again."""

FIRST_WAIT_SECONDS = 2.0  # where a busy Graph does not say for how long; each next wait is twice as long
SHORTEST_WAIT_SECONDS = 0.5  # where it says 0, so that nobody asks for ever


def asked_to_wait(answer: httpx.Response) -> float | None:
    """The seconds of Retry-After (RFC 9110, section 10.2.3); None where it is not said."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    until = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment
    return max(0.0, (until - dt.datetime.now(dt.UTC)).total_seconds())
