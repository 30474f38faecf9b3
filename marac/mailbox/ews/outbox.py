"""An Exchange mailbox as outbox: letters leave from it, and a copy of each stays in its Sent Items."""

from collections.abc import Callable
from typing import Self

from exchangelib import Account, Message, errors
from exchangelib.items import SEND_AND_SAVE_COPY, SEND_TO_NONE
from exchangelib.services import CreateItem

from marac.errors import MailboxError, RefusedError, UnknownOutcomeError
from marac.mailbox.connection import sentence
from marac.mailbox.ews.account import ExchangeAccount
from marac.mailbox.ews.copies import goes_to, same_letter
from marac.mailbox.ews.folders import sent_items, sent_items_there
from marac.mailbox.ews.line import hurry
from marac.mailbox.ews.questions import mime_of
from marac.mailbox.ews.wording import in_words, was_never_connected
from marac.mailbox.protocol import Letter
from marac.settings import EwsMailbox

_DID_NOT_LEAVE = "The letter did not leave."

_REFUSED_BY_STATUS = {401, 403, 404, 405, 413, 429}
"""The server, or what stands before it, says by these that it did not take the request."""

_REFUSED_FOR_GOOD = (
    errors.ErrorInvalidRecipients,
    errors.ErrorMissingRecipients,
    errors.ErrorMessageSizeExceeded,
    errors.ErrorMimeContentInvalid,
    errors.ErrorMimeContentInvalidBase64String,
    errors.ErrorMimeContentConversionFailed,
)
_NOT_TAKEN_NOW = (
    errors.ErrorServerBusy,
    errors.ErrorAccessDenied,
    errors.ErrorSendAsDenied,
    errors.ErrorQuotaExceeded,
    errors.ErrorImpersonateUserDenied,
    errors.ErrorNonExistentMailbox,
    errors.ErrorFolderNotFound,
    errors.ErrorExceededConnectionCount,
    errors.ErrorTooManyObjectsOpened,
    errors.ErrorInvalidRequest,
    errors.ErrorSchemaValidation,
    errors.ErrorMailboxMoveInProgress,
)
"""What Exchange says before it takes a letter. After any other error the letter may have left."""


class EwsOutbox:
    """The mailbox as sender.

    Nothing is tried twice: a gateway may say 503 after Exchange has taken a letter, and a second attempt would send it
    twice. Where the answer does not come or says nothing certain, the outcome is unknown, and Sent Items may tell.
    """

    def __init__(self, settings: EwsMailbox, tokens: Callable[[], str] | None = None) -> None:
        self._exchange = ExchangeAccount(settings, tokens, hurry)
        self._refused: set[str] = set()

    def __enter__(self) -> Self:
        """Connect and sign in.

        Raises:
            MailboxError: the server cannot be reached or trusted, or does not let this user in.
            SettingsError: the password is not where config.toml says.
        """
        try:
            self._exchange.open()
            self._exchange.ask(sent_items_there)
        except BaseException:
            self._exchange.close()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Disconnect."""
        self._exchange.close()

    def send(self, letter: Letter) -> None:
        """Send one letter, unless Sent Items has a copy of it.

        Raises:
            RefusedError: it was refused for good; it did not leave.
            MailboxError: it did not leave this time, or another letter left under its message id.
            UnknownOutcomeError: the answer was lost, or says nothing certain; it may have left.
        """
        if not goes_to(letter.content, letter.recipient):
            raise RefusedError(
                f"A letter must be addressed to its one recipient and to nobody else, and this one is not. {_DID_NOT_LEAVE}"
            )
        if copies := self._exchange.ask(lambda account: _copies(account, letter.message_id)):
            if not any(same_letter(copy, letter.content) for copy in copies):
                raise MailboxError(f"Another letter has already left under the same message id. {_DID_NOT_LEAVE}")
            return
        self._refused.discard(letter.message_id)
        self._exchange.ask_once(lambda account: self._hand_over(account, letter))

    def was_sent(self, message_id: str) -> bool | None:
        """Whether a letter with this id left.

        True where Sent Items has a copy; False where this object sent it last and the server said that it did not
        take it; None in all other cases, because a copy may come late, or somebody may have deleted it.

        Raises:
            MailboxError: the server cannot be reached at present.
        """
        if self._exchange.ask(lambda account: _ids_of_copies(account, message_id)):
            return True
        return False if message_id in self._refused else None

    def _hand_over(self, account: Account, letter: Letter) -> None:
        self._exchange.heard.forget()
        try:
            _Submission(account=account).get(
                items=[Message(account=account, mime_content=letter.content)],
                folder=sent_items(account),
                message_disposition=SEND_AND_SAVE_COPY,
                send_meeting_invitations=SEND_TO_NONE,
            )
        except Exception as error:  # noqa: BLE001 - the library raises what it likes, with pieces of letters in it
            told = self._consequence(error, letter)
            if not isinstance(told, UnknownOutcomeError):
                self._refused.add(letter.message_id)
            raise told from None

    def _consequence(self, error: Exception, letter: Letter) -> MailboxError:
        """What an error says about a letter: refused for good, not taken now, or nothing certain."""
        heard, server = self._exchange.heard, sentence(self._exchange.server)
        if heard.status == 413 or (heard.soap and isinstance(error, _REFUSED_FOR_GOOD)):
            return RefusedError(f"{server} refuses a letter: its recipient, its size or its form. {_DID_NOT_LEAVE}")
        if heard.soap and isinstance(error, errors.ErrorSendAsDenied):
            return MailboxError(
                f"{server} does not let this user send as the mailbox. {_DID_NOT_LEAVE} Ask IT for the right Send As."
            )
        if was_never_connected(error) or heard.status in _REFUSED_BY_STATUS:
            return MailboxError(f"{in_words(error, self._exchange.server, heard)} {_DID_NOT_LEAVE}")
        if heard.soap and isinstance(error, _NOT_TAKEN_NOW):
            return MailboxError(f"{in_words(error, self._exchange.server, heard)} {_DID_NOT_LEAVE}")
        return UnknownOutcomeError(
            f"{server} did not say whether it took a letter: it may or may not have left. Look for the message "
            f"{letter.message_id} in Sent Items before it is sent again."
        )


class _Submission(CreateItem):  # type: ignore[misc]
    """Hands a message over, in one request; the library would try others where the server refuses its version."""

    def _api_versions_to_try(self) -> tuple[str]:
        return (self._version_hint.api_version,)


def _ids_of_copies(account: Account, message_id: str) -> list[str]:
    found = sent_items(account).filter(message_id=message_id).only("message_id")
    return [
        copy.id for copy in found if getattr(copy, "message_id", None) == message_id
    ]  # an error may stand for a copy


def _copies(account: Account, message_id: str) -> list[bytes]:
    """The copies in Sent Items, as the server words them."""
    return [mime_of(account, item_id) or b"" for item_id in _ids_of_copies(account, message_id)]
