"""Two working folders whose MARACs hand cases over to one another, each with a key of its own, and the post between them."""

import datetime as dt
import os
import re
from dataclasses import dataclass
from pathlib import Path

from marac.delivery.openpgp import Keyring
from marac.intake.opening.sealed.own_key_file import taken_in
from tests.openpgp_keys import KeyOwner, owners_folder
from tests.working_folder import AFTER_CUT_OFF, WorkingFolder, copied, working_folder

CARROWDALE = ("Carrowdale MARAC", "marac@carrowdale.example")
NORTHTOWN = ("Northtown MARAC", "marac@northtown.example")
GATEWAY = "mx.council.example"


@dataclass(frozen=True, slots=True)
class TwoMaracs:
    """The one that sends, and the one that receives."""

    carrowdale: WorkingFolder
    northtown: WorkingFolder

    def copied(self, place: Path) -> "TwoMaracs":
        """Both once more."""
        return TwoMaracs(copied(self.carrowdale, place / "c"), copied(self.northtown, place / "n"))


def two_maracs(place: Path) -> TwoMaracs:
    """Both folders, with their own keys, and each pinned by the other."""
    with owners_folder() as homes:
        keys = {}
        for name, (marac, mailbox) in {"carrowdale": CARROWDALE, "northtown": NORTHTOWN}.items():
            owner = KeyOwner(homes / name)
            fingerprint = owner.new_key(f"{marac} <{mailbox}>")
            keys[name] = fingerprint, owner.secret_key(fingerprint), owner.public_key(fingerprint)
    carrowdale, northtown = working_folder(place / "carrowdale"), working_folder(place / "northtown")
    _named(northtown, *NORTHTOWN)
    for folder, own, other, of_other in (
        (carrowdale, "carrowdale", "northtown", NORTHTOWN),
        (northtown, "northtown", "carrowdale", CARROWDALE),
    ):
        taken_in(keys[own][1], folder.path / "keyring")
        Keyring(folder.path / "keyring").add(keys[other][2], keys[other][0])
        marac, mailbox = of_other
        _add(
            folder,
            f'[other_maracs.{other}]\nname = "{marac}"\nemail = "{mailbox}"\nfingerprint = "{keys[other][0]}"\n',
            decryption=f'key = "{keys[own][0]}"',
            senders=f'gateway = "{GATEWAY}"',
        )
    return TwoMaracs(carrowdale, northtown)


def post(letter: bytes, folder: WorkingFolder, *, confirmed: bool = True, name: str = "posted") -> None:
    """Put a letter that left one folder into the inbox of the other, as its mail server would."""
    domain = re.search(rb"(?im)^From: \S+@(\S+?)>?\r?$", letter)
    assert domain is not None
    verdict = f"dmarc={'pass' if confirmed else 'none'} header.from={domain[1].decode()}"
    stamped = f"Authentication-Results: {GATEWAY}; {verdict}\r\n".encode() + letter
    path = folder.path / "inbox" / f"{name}.eml"
    path.write_bytes(stamped)
    moment = dt.datetime.combine(AFTER_CUT_OFF, dt.time(8), dt.UTC).timestamp()
    os.utime(path, (moment, moment))


def _named(folder: WorkingFolder, marac: str, mailbox: str) -> None:
    config = folder.path / "config.toml"
    text = config.read_text(encoding="utf-8").replace(f'name = "{CARROWDALE[0]}"', f'name = "{marac}"')
    config.write_text(text.replace(f'email = "{CARROWDALE[1]}"', f'email = "{mailbox}"'), encoding="utf-8")


def _add(folder: WorkingFolder, text: str, **tables: str) -> None:
    config = folder.path / "config.toml"
    before = config.read_text(encoding="utf-8")
    for table, line in tables.items():
        [head] = re.findall(rf"(?m)^\[{table}\].*$", before)
        before = before.replace(head, f"{head}\n{line}")
    config.write_text(f"{before}\n{text}", encoding="utf-8")
