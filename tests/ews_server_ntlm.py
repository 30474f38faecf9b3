"""The NTLM door of a pretended Exchange server; the handshake itself is a library's, on both sides."""

import base64
import os
from pathlib import Path
from weakref import WeakKeyDictionary

import spnego
from spnego.exceptions import SpnegoError


class NtlmDoor:
    """Lets one user in who knows the password, after a challenge; who came in stays in while the line lasts."""

    def __init__(self, folder: Path, user: str, password: str) -> None:
        self._users = folder / "ntlm-users"
        self._users.write_text(f":{user}:{password}\n", encoding="utf-8")
        self._user = user
        self._talks: WeakKeyDictionary[object, spnego.ContextProxy] = WeakKeyDictionary()

    def enters(self, line: object, proof: str) -> tuple[str | None, str]:
        """Who came in on this line, if somebody did; and the challenge to put to him, if it has come to that."""
        message = base64.b64decode(proof)
        os.environ["NTLM_USER_FILE"] = str(self._users)
        try:
            if message[8:12] == b"\x01\0\0\0":
                self._talks[line] = spnego.server(protocol="ntlm", options=spnego.NegotiateOptions.use_ntlm)
                return None, base64.b64encode(self._talks[line].step(message) or b"").decode("ascii")
            self._talks[line].step(message)
        except (SpnegoError, KeyError):
            return None, ""
        finally:
            del os.environ["NTLM_USER_FILE"]
        return self._user, ""
