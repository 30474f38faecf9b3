"""Connections to mail servers: always over verified TLS, and what goes wrong with them in plain words."""

import socket
import ssl
from pathlib import Path

from marac.errors import MailboxError

_EXPIRED, _OTHER_NAME = 10, 62  # X509_V_ERR_CERT_HAS_EXPIRED and X509_V_ERR_HOSTNAME_MISMATCH of OpenSSL
_NOTHING_LOST = "Nothing was lost."

LARGEST_MESSAGE = 150_000_000
"""Bytes. Mail servers pass on a third of this at most; what claims to be longer is not read into memory."""


def verified_tls(certificate_authority: Path | None) -> ssl.SSLContext:
    """TLS that checks the server's certificate and name, against the authority given or those that this computer knows.

    Raises:
        MailboxError: the authority's certificate cannot be read.
    """
    try:
        context = ssl.create_default_context(cafile=certificate_authority)
    except OSError:  # ssl.SSLError is one too
        raise MailboxError(
            f"{certificate_authority} (certificate_authority in config.toml) cannot be read as a certificate. "
            "Ask IT for the authority's certificate as a PEM file."
        ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2  # Debian's Python leaves it to the system's settings
    return context


def reason(error: Exception, server: str) -> str:
    """What a failed connection to a server means, and what to do next. `server` names host and port."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _about_certificate(error, server)
    if isinstance(error, ssl.SSLError):
        return (
            f"{server} does not speak TLS as it should. Check host, port and security in config.toml. {_NOTHING_LOST}"
        )
    if isinstance(error, TimeoutError):
        return f"{server} did not answer in time. Check the network, then run this again. {_NOTHING_LOST}"
    if isinstance(error, socket.gaierror):
        return f"{sentence(server)} was not found, or there is no network. Check its name in config.toml, and the network. {_NOTHING_LOST}"
    if isinstance(error, ConnectionRefusedError):
        return f"{server} takes no connections. Check host and port in config.toml, or ask who runs it. {_NOTHING_LOST}"
    return f"The connection to {server} was lost. Run this again. {_NOTHING_LOST}"


def not_let_in(server: str, *, by_token: bool) -> MailboxError:
    """What to say where a server does not let this user in."""
    if by_token:
        return MailboxError(
            f"{sentence(server)} did not accept the sign-in. Check user and oauth in config.toml, and whether the app may "
            "open this mailbox; where a person signs in, run `marac mailbox sign-in` again. Nothing was fetched or sent."
        )
    return MailboxError(
        f"{sentence(server)} did not accept the user and the password. Check both in config.toml, or whether the password "
        "has expired. Nothing was fetched or sent."
    )


def too_large(server: str) -> MailboxError:
    """What to say of a message that is longer than any may be."""
    return MailboxError(
        f"A message on {server} is larger than {LARGEST_MESSAGE // 1_000_000} MB, so it was not fetched. It stays where it "
        "is. Open it in your mail program, and ask the sender for the referral alone."
    )


def xoauth2(user: str, token: str) -> bytes:
    """What a client says to a server that lets users in by XOAUTH2, as Microsoft and Google describe it."""
    return f"user={user}\1auth=Bearer {token}\1\1".encode()


def bearer(user: str, host: str, port: int, token: str) -> bytes:
    """What a client says to a server that lets users in by OAUTHBEARER (RFC 7628, section 3.1)."""
    name = user.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={name},\1host={host}\1port={port}\1auth=Bearer {token}\1\1".encode()


def sentence(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]


def _about_certificate(error: ssl.SSLCertVerificationError, server: str) -> str:
    if error.verify_code == _EXPIRED:
        return f"The certificate of {server} has expired, so it was not trusted. Ask IT to renew it. {_NOTHING_LOST}"
    if error.verify_code == _OTHER_NAME:
        return f"{server} shows the certificate of another server, so it was not trusted. Check host in config.toml. {_NOTHING_LOST}"
    return (
        f"The certificate of {server} is not signed by anybody this computer trusts. If the server is the council's own, "
        f"ask IT for the authority's certificate and name it in config.toml as certificate_authority. {_NOTHING_LOST}"
    )
