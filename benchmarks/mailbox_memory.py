"""How much memory one large message costs while it is fetched, as a multiple of its size.

Run: python -m benchmarks.mailbox_memory KIND [MEGABYTES], with KIND one of folder, imap, pop3, graph, ews.
The goal is at most 3 (for EWS 6). Each kind is a server on this computer, real (Dovecot) or pretended (Graph, Exchange);
the mailbox is opened in a process of its own, as `marac watch` does. Two figures: to fetch the message, and to take it in
whole (fetched, stored, opened, its file handed to the reading process, registered). Linux only: it reads /proc.
"""

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import TypeAdapter

from marac.intake.originals import Originals
from marac.intake.pipeline import Intake
from marac.intake.reading.reader import Reader
from marac.mailbox import open_inbox
from marac.mailbox.protocol import Inbox
from marac.register.store import Store
from marac.settings import settings_from
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
def dovecot(content: bytes, home: Path, *, by_imap: bool) -> Iterator[Table]:
    from tests.dovecot import Dovecot
    from tests.mailbox_places import ImapPlace, Pop3Place

    with Dovecot() as server:
        place = ImapPlace(server, home) if by_imap else Pop3Place(server, home)
        place.put(content)
        yield place.settings().model_dump(mode="json") | {"password": {"file": str(home / "password")}}


@contextmanager
def graph(content: bytes, home: Path) -> Iterator[Table]:
    from tests.graph_places import GraphPlace
    from tests.graph_server import GraphServer

    with GraphServer() as server:
        place = GraphPlace(server, home)
        place.put(content)
        yield place.table()


@contextmanager
def ews(content: bytes, home: Path) -> Iterator[Table]:
    from tests.ews_places import EwsPlace
    from tests.ews_server import EwsServer

    with EwsServer() as server:
        place = EwsPlace(server, home)
        place.put(content)
        yield place.settings().model_dump(mode="json") | {"password": {"file": str(home / "password")}}


KINDS: Mapping[str, Kind] = {
    "folder": folder,
    "imap": partial(dovecot, by_imap=True),
    "pop3": partial(dovecot, by_imap=False),
    "graph": graph,
    "ews": ews,
}


def large_message(megabytes: int) -> bytes:
    """A message with one attachment that is no form, in lines of 76 letters as mail programs write them."""
    head = (
        b"From: idva@housing.example\r\nSubject: Referral\r\nMessage-ID: <large@housing.example>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="=_b"\r\n\r\n--=_b\r\nContent-Type: text/plain\r\n\r\nAttached.\r\n'
        b'--=_b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="scan.bin"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n"
    )
    line = b"QUJD" * 19 + b"\r\n"
    return head + line * (megabytes * 1_000_000 // len(line)) + b"--=_b--\r\n"


def fetched(inbox: Inbox, home: Path) -> int:
    """Fetch the only message; its size."""
    del home
    [item] = inbox.waiting()
    _forget_the_peak()
    return len(inbox.raw(item))


def taken_in(inbox: Inbox, home: Path) -> int:
    """Take in the only message; its size."""
    (home / "config.toml").write_text('[marac]\nname = "M"\nemail = "m@m.example"\n', encoding="utf-8")
    (home / "agencies.toml").write_text("", encoding="utf-8")
    settings = settings_from(home / "config.toml")
    store, originals = Store(home / "store"), Originals(home / "store" / "originals")
    with Reader() as reader:
        reader.start()
        intake = Intake(store, originals, reader, settings, dt.date(2026, 11, 20), lambda: dt.datetime.now(dt.UTC))
        _forget_the_peak()
        intake.sweep(inbox)
    [original] = (home / "store" / "originals").glob("*/*.eml")
    return original.stat().st_size


def cost(settings: AnyMailbox, home: Path, what: Callable[[Inbox, Path], int]) -> tuple[float, int]:
    """What this adds to the process's memory at its peak, in bytes, and the message's size."""
    with open_inbox(settings, home) as inbox:
        before = _held("VmRSS")
        size = what(inbox, home)
        return _held("VmHWM") - before, size


def _forget_the_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _held(what: str) -> int:
    found = re.search(rf"{what}:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) * 1024 if found else 0


def main() -> None:
    if sys.argv[1] == "--child":
        settings: AnyMailbox = TypeAdapter(MailboxTable).validate_python(json.loads(sys.argv[3]))
        what = {"fetched": fetched, "taken in": taken_in}[sys.argv[2]]
        print(json.dumps(cost(settings, Path(sys.argv[4]), what)))
        return
    kind, megabytes = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 30
    with TemporaryDirectory() as home, KINDS[kind](large_message(megabytes), Path(home)) as table:
        for what in ("fetched", "taken in"):
            command = [sys.executable, "-m", "benchmarks.mailbox_memory", "--child", what]
            told = subprocess.run(
                [*command, json.dumps(table), home], capture_output=True, text=True, check=True
            ).stdout
            added, size = json.loads(told)
            print(
                f"{kind}, {what}: {size / 1e6:.1f} MB cost {added / 1e6:.1f} MB at the peak, {added / size:.2f} times"
            )


main()
