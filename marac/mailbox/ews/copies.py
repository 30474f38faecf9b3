"""Letters and their copies in Sent Items: whom a letter goes to, and whether a copy is of the same letter.

Exchange words a copy anew, so the bytes cannot be compared: what is compared is the recipient and what was attached,
or, where nothing was, the text without its white space.
"""

import hashlib
import re
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import getaddresses

_OTHER_RECIPIENTS = ("Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc")


def goes_to(content: bytes, recipient: str) -> bool:
    """Whether a letter's own headers name this recipient and nobody else; Exchange sends by them alone."""
    headers = BytesParser(policy=compat32).parsebytes(content, headersonly=True)
    if any(headers.get_all(name) for name in _OTHER_RECIPIENTS):
        return False
    return _recipients(headers) == [recipient.casefold()]


def same_letter(one: bytes, other: bytes) -> bool:
    """Whether two MIME messages are the same letter, however they are worded."""
    return _marks(one) == _marks(other)


def _marks(content: bytes) -> tuple[list[str], list[str]]:
    message = BytesParser(policy=compat32).parsebytes(content)
    leaves = [part for part in message.walk() if not part.is_multipart()]
    files = [part for part in leaves if part.get_filename()]
    told = [_bytes_of(part) for part in files] or [re.sub(rb"\s+", b"", _bytes_of(part)) for part in leaves]
    return _recipients(message), sorted(hashlib.sha256(each).hexdigest() for each in told)


def _bytes_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _recipients(message: Message) -> list[str]:
    headers = [str(value) for value in message.get_all("To", [])]
    return sorted(address.casefold() for _, address in getaddresses(headers) if address)
