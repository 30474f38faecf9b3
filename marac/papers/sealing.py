"""A document sealed for its reader, or held with what to do about it; and when that has to be done again."""

from marac.delivery.openpgp import Keyring
from marac.document import Document
from marac.errors import SealingError
from marac.files import private_folder, sha256_of, write_whole
from marac.office import Office
from marac.papers.versions import WAITING
from marac.papers.wanted import Wanted
from marac.register.documents import Paper


def must_be_sealed_anew(office: Office, keyring: Keyring, paper: Paper, want: Wanted) -> bool:
    """Whether a held document can go on now, or one that nobody has is for another key or address, or not whole."""
    if want.agency is None:
        return False
    if paper.state == "held":
        return want.agency.fingerprint is not None and keyring.state(want.agency.fingerprint, office.today).usable
    if paper.state not in {"failed", *WAITING}:
        return False
    changed = (paper.fingerprint, paper.recipient) != (want.agency.fingerprint, want.agency.email)
    return changed or sha256_of(office.store.folder / "sealed" / f"{paper.sealed_sha256}.pgp") != paper.sealed_sha256


def sealed(office: Office, keyring: Keyring, want: Wanted, document: Document) -> dict[str, str | None]:
    """What the ledger says of a document's sealing."""
    if want.agency is None:
        return {"state": "made", "reason": ""}
    fingerprint = want.agency.fingerprint
    if fingerprint is None:
        return {
            "state": "held",
            "reason": f"No key is pinned for it. Ask it for its public key, then: marac keys import {want.agency.id} FILE",
        }
    try:
        state = keyring.state(fingerprint, office.today)
        if not state.usable:
            return {"state": "held", "reason": state.advice}
        content = keyring.seal(document.content, fingerprint)
    except SealingError as error:
        return {"state": "held", "reason": str(error)}
    stored = Document("", "", content)
    write_whole(private_folder(office.store.folder / "sealed") / f"{stored.sha256}.pgp", content)
    return {
        "state": "prepared",
        "reason": "",
        "fingerprint": fingerprint,
        "recipient": want.agency.email,
        "sealed_sha256": stored.sha256,
        "message_id": f"<{stored.sha256[:32]}@{office.settings.marac.email.rpartition('@')[2]}>",
    }
