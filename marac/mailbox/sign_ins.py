"""Where the sign-in of a person is kept between runs: in one file, sealed with a key in the computer's keyring."""

import logging
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from marac.errors import MailboxError
from marac.files import private_folder, write_whole

logging.getLogger("keyring").setLevel(logging.CRITICAL + 1)  # it writes the names of secrets to its log

_SERVICE = "marac sign-in"
_PLAIN = b"{"  # how an unsealed sign-in begins: it is JSON
_AGAIN = "Sign in again with: marac mailbox sign-in"


class KeptSignIn:
    """The sign-in that a person gave this program, in a file that is written whole and can be read by its owner only.

    The keyring holds the file's key, not the sign-in itself, which is longer than Windows takes (2,560 bytes). Where
    the extra `keyring` is not installed, or the computer has no keyring that works, the file is not sealed, and what
    protects it is that the store's folder is closed to everybody but its owner.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def damaged(self) -> str:
        """What is said of a sign-in that nothing can be made of."""
        return f"The sign-in of the mailbox, {self._path}, was changed or damaged. {_AGAIN}"

    def text(self) -> str | None:
        """The sign-in as it was kept; None where nobody has signed in.

        Raises:
            MailboxError: it is there and cannot be read.
        """
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError:
            raise MailboxError(f"The sign-in of the mailbox, {self._path}, cannot be read. {_AGAIN}") from None
        if content.startswith(_PLAIN):
            return content.decode("utf-8", "replace")
        return self._unsealed(content)

    def keep(self, text: str) -> None:
        """Keep the sign-in, in place of an earlier one.

        Raises:
            StoreError: it cannot be written.
        """
        private_folder(self._path.parent)
        content = text.encode("utf-8")
        key = _key_of(self._path.name) or _new_key(self._path.name)
        write_whole(self._path, Fernet(key).encrypt(content) if key else content)

    def _unsealed(self, content: bytes) -> str:
        key = _key_of(self._path.name)
        if key is None:
            raise MailboxError(
                f"The sign-in of the mailbox is sealed, and this computer's keyring does not open. Unlock it, and run this again. If that does not help: {_AGAIN}"
            )
        try:
            return Fernet(key).decrypt(content).decode("utf-8")
        except (InvalidToken, ValueError):
            raise MailboxError(self.damaged) from None


def _key_of(name: str) -> str | None:
    """The key of that file; None where the keyring has none, or there is no keyring."""
    try:
        import keyring  # an extra: most areas do without it

        key: str | None = keyring.get_password(_SERVICE, name)
        Fernet(key or "")
    except Exception:  # noqa: BLE001 - each backend has its own errors
        return None
    return key


def _new_key(name: str) -> str | None:
    """A key that the keyring has kept, as it says when it is asked again; None where it does not work."""
    key = Fernet.generate_key().decode("ascii")
    try:
        import keyring

        keyring.set_password(_SERVICE, name, key)
    except Exception:  # noqa: BLE001 - each backend has its own errors
        return None
    return key if _key_of(name) == key else None
