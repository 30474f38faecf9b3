"""The tables `[mailbox]` and `[sending]`: one shape for each kind of account. Connections are always over TLS."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from marac.settings.fields import Address, EncryptedUrl, Password, PlacedPath, Table


class OAuth(Table):
    """How an access token is had where a server takes no passwords (Microsoft 365, NHSmail).

    Exactly one of: `secret` or `certificate` (the program signs in as itself), `device_code` (a person signs in once,
    with `marac mailbox sign-in`), or `token` (another program keeps a token there, and renews it).
    """

    client_id: str = ""
    tenant: str = "organizations"
    secret: Password | None = None
    certificate: PlacedPath | None = None
    """A PEM file with the private key and the certificate of the registered app."""
    device_code: bool = False
    token: Password | None = None
    authority: EncryptedUrl = "https://login.microsoftonline.com"

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = (self.secret is not None, self.certificate is not None, self.device_code, self.token is not None)
        if sum(ways) != 1:
            raise ValueError("must have exactly one of secret, certificate, device_code = true, and token")
        if self.token is None and not self.client_id:
            raise ValueError("must have the client_id of the app that IT registered")
        return self


class Account(Table):
    """What every account on a server has."""

    certificate_authority: PlacedPath | None = None
    """The certificate that the server's is signed by, where this computer does not know it yet."""
    timeout_seconds: float = Field(default=60, gt=0, le=600)


class WithPassword(Account):
    """An account that is opened with a password, or with a token."""

    user: str
    password: Password | None = None
    oauth: OAuth | None = None

    @model_validator(mode="after")
    def _one_way_in(self) -> Self:
        if (self.password is None) == (self.oauth is None):
            raise ValueError("must have either a password or a table oauth")
        return self


class Filing(Table):
    """The folders of a mailbox that has folders."""

    folder: str = "INBOX"
    processed: str = "Processed"
    needs_a_person: str = "Needs a person"


class FolderMailbox(Table):
    """A folder of saved messages (.eml), bare form files, or a Maildir."""

    kind: Literal["folder"] = "folder"
    path: PlacedPath = Path("inbox")


class ImapMailbox(WithPassword, Filing):
    """A folder on an IMAP server."""

    kind: Literal["imap"]
    host: str
    port: int = Field(default=993, ge=1, le=65535)
    sent: str | None = None
    """The folder in which the server keeps a copy of what was sent, if it does."""
    idle: bool = True
    """Whether to be woken by the server (RFC 2177); it is looked into by the clock in any case."""


class Pop3Mailbox(WithPassword):
    """An account on a POP3 server, such as a CJSM webmail account. It has no folders: what was handled is deleted there."""

    kind: Literal["pop3"]
    host: str
    port: int = Field(default=995, ge=1, le=65535)


class EwsMailbox(Account, Filing):
    """A mailbox on an Exchange server, by Exchange Web Services."""

    kind: Literal["ews"]
    url: EncryptedUrl
    """`https://mail.council.example/EWS/Exchange.asmx`."""
    mailbox: Address
    """The shared mailbox itself."""
    access: Literal["delegate", "impersonation"] = "delegate"
    authentication: Literal["basic", "ntlm", "oauth"] = "ntlm"
    user: str | None = None
    password: Password | None = None
    oauth: OAuth | None = None
    streaming: bool = True
    """Whether to be woken by the server; it is looked into by the clock in any case."""

    @model_validator(mode="after")
    def _can_sign_in(self) -> Self:
        if self.authentication == "oauth" and (self.oauth is None or self.password is not None):
            raise ValueError('authentication = "oauth" needs a table oauth, and no password')
        if self.authentication != "oauth" and (self.oauth is not None or not self.user or self.password is None):
            raise ValueError('must have user and password, or a table oauth with authentication = "oauth"')
        return self


class GraphMailbox(Account, Filing):
    """A mailbox in Microsoft 365 or NHSmail, by Microsoft Graph."""

    kind: Literal["graph"]
    mailbox: Address
    oauth: OAuth
    url: EncryptedUrl = "https://graph.microsoft.com/v1.0"


AnyMailbox = FolderMailbox | ImapMailbox | Pop3Mailbox | EwsMailbox | GraphMailbox
MailboxTable = Annotated[AnyMailbox, Field(discriminator="kind")]


class FolderSending(Table):
    """Letters are written to a folder, to be sent by hand."""

    kind: Literal["folder"] = "folder"
    path: PlacedPath = Path("sent")


class SmtpSending(Account):
    """Letters leave by an SMTP server."""

    kind: Literal["smtp"]
    host: str
    port: int = Field(default=465, ge=1, le=65535)
    security: Literal["tls", "starttls"] = "tls"
    user: str | None = None
    password: Password | None = None
    oauth: OAuth | None = None


class MailboxSending(Table):
    """Letters leave by the account that `[mailbox]` names; it must be of the kind ews or graph."""

    kind: Literal["mailbox"]


AnySending = FolderSending | SmtpSending | MailboxSending
SendingTable = Annotated[AnySending, Field(discriminator="kind")]
