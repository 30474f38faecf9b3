"""A Microsoft 365 mailbox as outbox: a letter becomes a draft, the draft is checked, and then sent once."""

import hashlib
import re
import time
from contextlib import suppress
from typing import Any, Self
from urllib.parse import quote

from marac.errors import MailboxError, RefusedError, UnknownOutcomeError
from marac.mailbox.graph.client import AccessTokens, GraphClient, LostReplyError, Pause, place_of
from marac.mailbox.graph.drafting import drafted
from marac.mailbox.graph.words import BUSY, code_of, is_gone
from marac.mailbox.protocol import Letter
from marac.settings import GraphMailbox

_ADDRESS = re.compile(r"[^@\s<>(),;:\"\\]+@[A-Za-z0-9.-]+", re.ASCII)
_DID_NOT_LEAVE = "The letter did not leave."
_CONTENT = "String {b0bd30a4-6b0f-4d0b-9b6e-5a54b1b6c3b1} Name MaracContent"
"""A property of our drafts in the mailbox, set when a draft is whole: the sha256 of the letter. It does not travel."""

_SEEN = {
    "$select": "id,isDraft,internetMessageId,toRecipients,ccRecipients,bccRecipients",
    "$expand": f"singleValueExtendedProperties($filter=id eq '{_CONTENT}')",
}
_LOOKS: tuple[float, ...] = (
    0.0,
    1.0,
    3.0,
)  # seconds before each look at a draft: Graph may still be busy with sending it
_REFUSED_FOR_GOOD = {"ErrorInvalidRecipients", "ErrorMessageSizeExceeded", "ErrorMimeContentInvalid"}


class GraphOutbox:
    """The account that letters leave by. Its Sent Items know what left, by our own Message-ID.

    A letter is sent in two steps, so that a lost answer can be looked into: the draft keeps its id when it is sent, and
    is then no draft any more.
    """

    def __init__(self, settings: GraphMailbox, tokens: AccessTokens, pause: Pause = time.sleep) -> None:
        self._pause = pause
        self._graph = GraphClient(settings, tokens, pause)

    def __enter__(self) -> Self:
        """Connect, and see that the mailbox can be asked.

        Raises:
            MailboxError: Graph cannot be reached or trusted, or gives no access to the mailbox.
            SettingsError: what the token is had with is not where config.toml says.
        """
        self._graph.open()
        try:
            self._graph.fields("GET", "/mailFolders/drafts", params={"$select": "id"})
        except BaseException:
            self._graph.close()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Hang up."""
        self._graph.close()

    def send(self, letter: Letter) -> None:
        """Send one letter; one that has left stays as it is. A draft that a killed run left behind is used.

        Raises:
            RefusedError: it cannot be sent by Graph, or not to this one recipient; it did not leave.
            MailboxError: it did not leave this time, or another letter left under the same message id.
            UnknownOutcomeError: its sending was asked for, and what became of it cannot be seen.
        """
        if not _ADDRESS.fullmatch(letter.recipient) or not _ADDRESS.fullmatch(letter.sender):
            raise RefusedError(f"A letter must have one plain address to go to and one to come from. {_DID_NOT_LEAVE}")
        digest = hashlib.sha256(letter.content).hexdigest()
        known = self._known(letter.message_id)
        if any(_digest(one) not in {digest, None} for one in known):
            raise MailboxError(f"Another letter is in the mailbox under the same message id. {_DID_NOT_LEAVE}")
        if any(_has_left(one) for one in known):
            return
        draft = self._whole_draft(known) or self._new_draft(letter, digest)
        self._must_go_to(letter.recipient, draft)
        self._submit(str(draft["id"]), letter.message_id)

    def was_sent(self, message_id: str) -> bool | None:
        """Whether a letter with this id left: True; False where it is still a draft; None where nothing is found.

        Raises:
            MailboxError: the mailbox cannot be asked.
        """
        known = self._known(message_id)
        return any(_has_left(one) for one in known) if known else None

    def _known(self, message_id: str) -> list[dict[str, Any]]:
        """Every message of the mailbox with this Message-ID, whatever folder it lies in."""
        quoted = message_id.strip().replace("'", "''")
        return list(self._graph.pages("/messages", {"$filter": f"internetMessageId eq '{quoted}'", **_SEEN}))

    def _whole_draft(self, known: list[dict[str, Any]]) -> dict[str, Any] | None:
        """The draft that a killed run made whole; those that it did not finish are removed, none was sent."""
        drafts = [one for one in known if one.get("isDraft") is True]
        whole = [one for one in drafts if _digest(one) is not None]
        for one in drafts:
            if one not in whole:
                self._remove(str(one["id"]))
        return whole[0] if whole else None

    def _new_draft(self, letter: Letter, digest: str) -> dict[str, Any]:
        draft = drafted(self._graph, letter)
        marks = {
            "internetMessageId": letter.message_id,
            "singleValueExtendedProperties": [{"id": _CONTENT, "value": digest}],
        }
        self._graph.fields("PATCH", place_of(draft), json=marks)
        seen = self._graph.fields("GET", place_of(draft), params=_SEEN)
        if seen.get("internetMessageId") != letter.message_id.strip() or _digest(seen) != digest:
            self._remove(draft)
            raise MailboxError(f"Microsoft Graph did not keep a letter's own Message-ID. {_DID_NOT_LEAVE} Ask IT.")
        return seen

    def _must_go_to(self, recipient: str, draft: dict[str, Any]) -> None:
        """Go on if the mailbox itself would send the draft to this one address and to nobody else."""
        fields = ("toRecipients", "ccRecipients", "bccRecipients")
        goes_to = [str(one["emailAddress"]["address"]) for name in fields for one in draft.get(name) or ()]
        if [address.casefold() for address in goes_to] != [recipient.casefold()]:
            self._remove(str(draft["id"]))
            raise RefusedError(
                f"A letter would not go to its one recipient alone, so its draft was removed. {_DID_NOT_LEAVE} "
                "Prepare it again, and tell whoever looks after this program."
            )

    def _submit(self, draft: str, message_id: str) -> None:
        """Ask for the sending once; where the answer is anything but 202, look what became of the draft."""
        refusal, looks, kind = (
            f"The connection to Microsoft Graph was lost. {_DID_NOT_LEAVE} Run this again.",
            _LOOKS,
            MailboxError,
        )
        try:
            answer = self._graph.ask("POST", f"{place_of(draft)}/send", repeat=False)
        except LostReplyError:
            pass
        else:
            if answer.status_code == 202:
                return
            refusal = f"{self._graph.refusal(answer)} {_DID_NOT_LEAVE}"
            looks = _LOOKS if answer.status_code in {200, *BUSY} else _LOOKS[:1]
            kind = RefusedError if code_of(answer) in _REFUSED_FOR_GOOD else MailboxError
        if not any(self._has_left_after(seconds, draft, message_id) for seconds in looks):
            raise kind(refusal)

    def _has_left_after(self, seconds: float, draft: str, message_id: str) -> bool:
        """Whether the draft was sent, as it is seen after a while.

        Raises:
            UnknownOutcomeError: it cannot be seen.
        """
        self._pause(seconds)
        left: bool | None = None
        with suppress(MailboxError):
            answer = self._graph.ask("GET", place_of(draft), params={"$select": "isDraft"})
            if is_gone(answer):
                left = self.was_sent(message_id) or None
            else:
                self._graph.must_be(200, answer)
                left = _has_left(self._graph.read(answer))
        if left is None:
            raise UnknownOutcomeError(
                "The connection to Microsoft Graph was lost after a letter was handed over: it may or may not have left. It "
                f"is looked up by its Message-ID {message_id} before anything is sent again."
            )
        return left

    def _remove(self, draft: str) -> None:
        """Remove a draft that is not to be sent; where that fails it stays a draft, and nobody sends it."""
        answer = self._graph.ask("DELETE", f"/messages/{quote(draft, safe='')}")
        if not is_gone(answer):
            self._graph.must_be(204, answer)


def _has_left(message: dict[str, Any]) -> bool:
    """Whether Graph says in so many words that it is no draft."""
    return message.get("isDraft") is False


def _digest(message: dict[str, Any]) -> str | None:
    told = message.get("singleValueExtendedProperties") or ()
    return next(
        (str(one.get("value")) for one in told if str(one.get("id", "")).casefold() == _CONTENT.casefold()), None
    )
