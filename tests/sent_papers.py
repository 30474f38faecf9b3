"""What left a working folder, opened by those it was sent to, each with a key of their own."""

import email
import email.policy
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

from tests.openpgp_keys import KeyOwner, owners_folder
from tests.word_templates import words_of

READERS = ("police", "idva", "housing", "childrens", "senior")


@dataclass(frozen=True, slots=True)
class Keys:
    """A key for each reader, and a keyring that holds the public halves of all."""

    owners: Mapping[str, KeyOwner]
    fingerprints: Mapping[str, str]

    def public(self, reader: str) -> bytes:
        """The public key, as its owner gives it to the coordinator."""
        return self.owners[reader].public_key(self.fingerprints[reader])


@contextmanager
def keys_of_readers() -> Iterator[Keys]:
    """Fresh keys; they are gone with the block."""
    with owners_folder() as place:
        owners = {reader: KeyOwner(place / reader) for reader in READERS}
        yield Keys(owners, {name: owner.new_key(f"{name} <{name}@keys.example>") for name, owner in owners.items()})


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that left, and what its reader reads: the sealed document's words, or those of the message itself."""

    to: str
    subject: str
    message_id: str
    text: str = field(repr=False)
    """Of the message around."""
    name: str = ""
    """The sealed file's."""
    content: bytes = field(default=b"", repr=False)
    """The document; empty where nothing was sealed."""
    words: str = field(default="", repr=False)
    """All that its reader sees: subject, file name, message and document."""

    @property
    def kind(self) -> str:
        """What kind of document was sealed; empty where none was."""
        return self.name.removesuffix(".docx.pgp")


def sent_from(folder: Path, owners: Mapping[str, KeyOwner], known: Mapping[str, Sent]) -> dict[str, Sent]:
    """Every message in the folder of what left, by file name; those that are `known` are not opened again.

    Args:
        folder: where messages that left are written.
        owners: who can open what goes to an address.
        known: what was opened before.
    """
    found = dict(known)
    for path in sorted(folder.glob("*.eml")):
        if path.name not in found:
            found[path.name] = _opened(path, owners)
    return found


def _opened(path: Path, owners: Mapping[str, KeyOwner]) -> Sent:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    to, body = str(message["To"]), message.get_body(("plain",))
    text = body.get_content() if body else ""
    sealed = list(message.iter_attachments())
    assert len(sealed) <= 1
    name = str(sealed[0].get_filename()) if sealed else ""
    content = owners[to].opened(sealed[0].get_content()) if sealed else b""
    subject = str(message["Subject"])
    words = "\n".join((subject, name, text, words_of(content) if content else ""))
    return Sent(to, subject, str(message["Message-ID"]), text, name, content, words)
