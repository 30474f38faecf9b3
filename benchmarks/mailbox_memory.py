"""How much memory one large message costs while it is fetched, as a multiple of its size.

Run: PYTHONPATH=. python benchmarks/mailbox_memory.py KIND [MEGABYTES], with KIND one of folder, imap, pop3.
The goal is at most 3 (for EWS 6). Each kind is a real server on this computer; the mailbox is opened and read in a
process of its own, as `marac watch` does. Linux only: it reads /proc.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import TypeAdapter

from marac.mailbox import open_inbox
from marac.settings.mailboxes import AnyMailbox, MailboxTable

Table = Mapping[str, object]
Kind = Callable[[bytes, Path], AbstractContextManager[Table]]
"""Puts a message into a mailbox of some kind, and gives the table `[mailbox]` by which it is opened."""


@contextmanager
def folder(content: bytes, home: Path) -> Iterator[Table]:
    (home / "inbox").mkdir()
    (home / "inbox" / "large.eml").write_bytes(content)
    yield {"kind": "folder", "path": str(home / "inbox")}


@contextmanager
def imap(content: bytes, home: Path) -> Iterator[Table]:
    from tests.dovecot import Dovecot
    from tests.mailbox_places import ImapPlace

    with Dovecot() as server:
        place = ImapPlace(server, home)
        place.put(content)
        yield place.settings().model_dump(mode="json") | {"password": {"file": str(home / "password")}}


@contextmanager
def pop3(content: bytes, home: Path) -> Iterator[Table]:
    from tests.dovecot import Dovecot
    from tests.mailbox_places import Pop3Place

    with Dovecot() as server:
        place = Pop3Place(server, home)
        place.put(content)
        yield place.settings().model_dump(mode="json") | {"password": {"file": str(home / "password")}}


KINDS: Mapping[str, Kind] = {"folder": folder, "imap": imap, "pop3": pop3}


def large_message(megabytes: int) -> bytes:
    """A message with one attachment, in lines of 76 letters as mail programs write them."""
    head = b"From: idva@housing.example\r\nSubject: Referral\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    line = b"QUJD" * 19 + b"\r\n"
    return head + line * (megabytes * 1_000_000 // len(line))


def cost(settings: AnyMailbox, store: Path) -> tuple[float, int]:
    """What fetching the only message adds to this process's memory at its peak, in bytes, and the message's size."""
    with open_inbox(settings, store) as inbox:
        [item] = inbox.waiting()
        before = _held("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forgets the peak until now
        size = len(inbox.raw(item))
        return _held("VmHWM") - before, size


def _held(what: str) -> int:
    found = re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else 0


def main() -> None:
    if sys.argv[1] == "--fetch":
        settings: AnyMailbox = TypeAdapter(MailboxTable).validate_python(json.loads(sys.argv[2]))
        print(json.dumps(cost(settings, Path(sys.argv[3]))))
        return
    kind, megabytes = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 30
    with TemporaryDirectory() as home, KINDS[kind](large_message(megabytes), Path(home)) as table:
        command = [sys.executable, __file__, "--fetch", json.dumps(table), home]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    added, size = json.loads(told)
    print(f"{kind}: {size / 1e6:.1f} MB cost {added / 1e6:.1f} MB at the peak, {added / size:.2f} times its size")


main()
