"""Access tokens where a server takes no passwords: for the program itself, for a person who signed in, or kept elsewhere."""

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from marac.errors import MailboxError, MaracError, SettingsError
from marac.mailbox.connection import sentence, verified_tls
from marac.mailbox.refusals import refusal
from marac.mailbox.sign_ins import KeptSignIn
from marac.settings import OAuth

logging.getLogger("msal").setLevel(logging.CRITICAL + 1)  # it writes account names to its log

Resource = Literal["graph", "outlook"]
"""What a token opens: Microsoft Graph, or a mailbox by IMAP, POP3, SMTP or EWS."""

_SCOPES: dict[Resource, str] = {
    "graph": "https://graph.microsoft.com/.default",
    "outlook": "https://outlook.office365.com/.default",
}
"""Everything that IT has consented to for the app, be it for the program itself or for the person who signs in."""


class Tokens:
    """Gives an access token that is good now: `token = tokens()`. Tokens are kept in memory until they near their end.

    The app's own (a secret, or a certificate whose thumbprint is computed here), a person's who has signed in once
    (kept by `KeptSignIn` in the store's folder), or one that another program keeps in a file or variable, read anew at
    each call.

    Args:
        oauth: the table `oauth` of the account.
        store: the store's folder.
        resource: what the token is to open.
        certificate_authority: trusted besides what this computer trusts, as networks need whose proxy opens TLS.
        timeout_seconds: how long to wait for the sign-in service.

    Attributes:
        kept_in: the file that keeps the sign-in of a person; one for each app, tenant and resource.
    """

    def __init__(
        self,
        oauth: OAuth,
        store: Path,
        resource: Resource = "outlook",
        certificate_authority: Path | None = None,
        timeout_seconds: float = 60,
    ) -> None:
        self._oauth = oauth
        self._scopes = [_SCOPES[resource]]
        self._certificate_authority = certificate_authority
        self._timeout_seconds = timeout_seconds
        self._server = f"the sign-in service {oauth.authority.removeprefix('https://')}"
        account = f"{oauth.authority}\n{oauth.tenant}\n{oauth.client_id}\n{resource}"
        name = hashlib.sha256(account.encode()).hexdigest()[:12]
        self.kept_in = store / "sign-ins" / f"{name}.json"
        self._kept = KeptSignIn(self.kept_in)
        self._application: Any = None
        self._cache: Any = None

    def __call__(self, refused: str | None = None) -> str:
        """A token that is good now.

        Args:
            refused: a token that the server would not take although it had been good; another is asked for.

        Raises:
            MailboxError: the sign-in service cannot be reached, or gives none, or nobody has signed in yet.
            SettingsError: the secret, the certificate or the token is not where config.toml says.
        """
        if self._oauth.token is not None:
            return self._oauth.token.resolve().reveal()
        with self._in_words():
            application = self._app()
            answer = self._of_a_person(refused) if self._oauth.device_code else self._of_the_app(application, refused)
        return self._token_in(answer)

    def sign_in(self, show: Callable[[str, str], object]) -> str:
        """Let a person sign in with a browser, on this computer or another, and keep the sign-in; who it was.

        Args:
            show: is given the address to open and the code to type there, before the wait begins.

        Raises:
            MailboxError: the sign-in service cannot be reached, or the person did not sign in in time or declined.
            SettingsError: config.toml has no `device_code = true` for this account.
            StoreError: the sign-in cannot be kept.
        """
        if not self._oauth.device_code:
            raise SettingsError("Nobody has to sign in: config.toml has no device_code = true for this account.")
        with self._in_words():
            application = self._app()
            for account in application.get_accounts():
                application.remove_account(account)
            flow = application.initiate_device_flow(self._scopes)
            if "user_code" not in flow:
                raise MailboxError(refusal(flow, self._server))
            show(flow["verification_uri"], flow["user_code"])
            answer = application.acquire_token_by_device_flow(flow)
        self._token_in(answer)
        self._kept.keep(self._cache.serialize())
        return str(answer.get("id_token_claims", {}).get("preferred_username", ""))

    def _of_the_app(self, application: Any, refused: str | None) -> Any:
        if refused is not None:
            application.remove_tokens_for_client()
        return application.acquire_token_for_client(self._scopes)

    def _of_a_person(self, refused: str | None) -> Any:
        """The answer for who signed in last; another marac may have renewed or replaced the sign-in meanwhile."""
        try:
            self._cache.deserialize(self._kept.text() or "{}")
        except ValueError:
            raise MailboxError(self._kept.damaged) from None
        account = next(iter(self._application.get_accounts()), None)
        answer = account and self._application.acquire_token_silent_with_error(
            self._scopes, account, force_refresh=refused is not None
        )
        if not answer:
            raise MailboxError("Nobody has signed in to the mailbox yet. Sign in once: marac mailbox sign-in")
        if self._cache.has_state_changed:
            self._kept.keep(self._cache.serialize())
        return answer

    def _app(self) -> Any:
        """The library's client, made at the first call, since making it asks the sign-in service for its addresses."""
        if self._application is None:
            import msal

            from marac.mailbox.https import SingleRequests

            self._cache = msal.SerializableTokenCache()
            kind = msal.PublicClientApplication if self._oauth.device_code else msal.ConfidentialClientApplication
            credential = self._credential()
            try:
                self._application = kind(
                    self._oauth.client_id,
                    client_credential=credential,
                    authority=f"{self._oauth.authority}/{self._oauth.tenant}",
                    instance_discovery=False,  # nobody is asked but the service that config.toml names
                    http_client=SingleRequests(self._tls(), self._timeout_seconds),
                    token_cache=self._cache,
                )
            except ValueError:
                raise MailboxError(
                    f"{sentence(self._server)} does not know the tenant {self._oauth.tenant}. Check tenant and authority in "
                    "config.toml. Nothing was lost."
                ) from None
        return self._application

    def _credential(self) -> str | dict[str, str] | None:
        if self._oauth.secret is not None:
            return self._oauth.secret.resolve().reveal()
        return _certificate(self._oauth.certificate) if self._oauth.certificate is not None else None

    def _tls(self) -> Any:
        tls = verified_tls(None)
        if self._certificate_authority is not None:
            verified_tls(self._certificate_authority)  # says so where it cannot be read
            tls.load_verify_locations(self._certificate_authority)
        return tls

    def _token_in(self, answer: Mapping[str, Any]) -> str:
        token = answer.get("access_token")
        if not isinstance(token, str):
            raise MailboxError(refusal(answer, self._server))
        return token

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Say in words what went wrong. The service's own words are not shown: they may name people."""
        import httpx

        from marac.mailbox.https import failure

        try:
            yield
        except MaracError:
            raise
        except httpx.HTTPError as error:
            raise MailboxError(sentence(failure(error, self._server))) from None
        except Exception:  # noqa: BLE001 - the library raises what it likes on answers that it does not understand
            raise MailboxError(
                f"{sentence(self._server)} does not work just now, or answered in a way that cannot be understood. "
                "Nothing was lost. Run this again later."
            ) from None


def _certificate(path: Path) -> dict[str, str]:
    """What the library needs of a PEM file with a private key and the certificate; it computes the thumbprint itself.

    Raises:
        SettingsError: the file cannot be read, or does not have both, or the key is locked with a password.
    """
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509 import load_pem_x509_certificate

    try:
        pem = path.read_bytes()
        key = load_pem_private_key(pem, password=None)
        matches = load_pem_x509_certificate(pem).public_key() == key.public_key()
        text = pem.decode("ascii")
    except (OSError, ValueError, TypeError):
        raise SettingsError(
            f"{path} (certificate of the table oauth) cannot be read. It must be one PEM file with the private key, not locked "
            "with a password, and its certificate."
        ) from None
    if not matches:
        raise SettingsError(f"{path} (certificate of the table oauth): the certificate is not that of the private key.")
    return {"private_key": text, "public_certificate": text}
