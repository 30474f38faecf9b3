"""What goes wrong with an Exchange server, in plain words. Nothing that the server wrote is shown."""

from collections.abc import Iterator
from ssl import SSLCertVerificationError

from exchangelib import errors
from requests.exceptions import RequestException
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from marac.errors import MailboxError
from marac.mailbox.connection import reason, sentence
from marac.mailbox.ews.line import Heard

_NOTHING_LOST = "Nothing was lost."
_BROKEN_LINE = (OSError, HTTPError)  # the errors of requests are OSErrors too
_BUSY = (errors.RateLimitError, errors.ErrorServerBusy, errors.ErrorInternalServerTransientError)


def in_words(error: Exception, server: str, heard: Heard) -> MailboxError:
    """The error to raise instead of the library's.

    Args:
        error: what the library raised.
        server: names the server, in a sentence.
        heard: what the server said last.
    """
    if isinstance(error, MailboxError):
        return error
    return MailboxError(sentence(_sentence(error, server, heard)))


def was_never_connected(error: BaseException) -> bool:
    """Whether a request cannot have reached the server, because there was no connection that it trusts."""
    return any(
        isinstance(one, (NewConnectionError, ConnectTimeoutError, SSLCertVerificationError)) for one in _behind(error)
    )


def _sentence(error: Exception, server: str, heard: Heard) -> str:
    if heard.status == 401 or isinstance(error, errors.UnauthorizedError):
        return _about_sign_in(server, by_token=heard.by_token)
    if heard.status == 403:
        return (
            f"{server} refuses Exchange Web Services: EWS is blocked in this tenant, or for this account. In Exchange "
            'Online use kind = "graph" in config.toml instead; on the council\'s own server ask IT to allow EWS for this '
            f"mailbox. {_NOTHING_LOST}"
        )
    if heard.status in {301, 302, 404, 405}:
        return f"{server} has no Exchange Web Services at that address. Check url in config.toml. {_NOTHING_LOST}"
    if any(isinstance(one, _BROKEN_LINE) for one in _behind(error)):
        return reason(_first_cause(error) or ConnectionError(), server)
    if isinstance(error, _BUSY) or heard.status in {429, 502, 503, 504}:
        return f"{server} is too busy at present. The next run tries again. {_NOTHING_LOST}"
    return _about_rights(error, server) or (
        f"{server} refused, or answered in a way that cannot be understood. {_NOTHING_LOST} "
        "Run this again; if it stays so, ask who runs the server."
    )


def _about_sign_in(server: str, *, by_token: bool) -> str:
    if by_token:
        return (
            f"{server} did not accept the access token. Sign in again, or ask IT whether the app may use Exchange Web "
            f"Services for this mailbox. {_NOTHING_LOST}"
        )
    return (
        f"{server} did not accept the user and the password. Check both in config.toml, whether the password has "
        f"expired, and whether the server takes this kind of authentication. {_NOTHING_LOST}"
    )


def _about_rights(error: Exception, server: str) -> str | None:
    match error:
        case errors.ErrorImpersonateUserDenied() | errors.ErrorImpersonationDenied():
            return (
                f"{server} does not let this user act as the mailbox. Ask IT for the right of impersonation, or set "
                f'access = "delegate" in config.toml. {_NOTHING_LOST}'
            )
        case errors.ErrorAccessDenied():
            return f"{server} does not let this user into the mailbox. Ask IT for full access to it. {_NOTHING_LOST}"
        case errors.ErrorNonExistentMailbox():
            return f"{server} has no such mailbox. Check mailbox in config.toml. {_NOTHING_LOST}"
        case errors.ErrorItemNotFound():
            return "A message is no longer where it was listed. The next run lists the mailbox again."
        case _:
            return None


def _first_cause(error: BaseException) -> OSError | None:
    """What the operating system or TLS said; the libraries wrap it several times over, each in its own way."""
    found = [one for one in _behind(error) if isinstance(one, OSError) and not isinstance(one, RequestException)]
    return found[-1] if found else None


def _behind(error: BaseException) -> Iterator[BaseException]:
    """The error and all that it was raised for, each once, outermost first."""
    seen, waiting = set[int](), [error]
    while waiting:
        one = waiting.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        behind = (*one.args, one.__cause__, one.__context__)
        waiting += [each for each in behind if isinstance(each, BaseException)]
