"""The troubles that `benchmarks/killed.py` makes for marac: each a trial in a folder of its own."""

import argparse
import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import full_disk
from tests.cut_lines import AfterCommand, AtPiece, InLiteral, Scissors
from tests.dovecot import Dovecot
from tests.killed_runs import (
    Kill,
    Outcome,
    Words,
    faults_after_kills,
    faults_after_trouble,
    several_kills,
    undisturbed,
)
from tests.smtp_server import SmtpServer
from tests.whole_mailbox_runs import served
from tests.wire import Wire
from tests.working_folder import MEETING, WorkingFolder, copied, some_mail

RUN: Words = ("run",)
RELEASE: Words = ("release", MEETING.isoformat())


@dataclass(frozen=True, slots=True)
class Trial:
    """One trouble, and what it leaves: the faults that were found afterwards."""

    name: str
    faults: Callable[[], list[str]]


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where the trials happen, and what they start from."""

    place: Path
    mail: tuple[str, ...]
    start: WorkingFolder
    """With keys, and without mail."""
    dovecot: Dovecot
    options: argparse.Namespace

    def folder(self, name: str, *, on_servers: bool = False) -> "contextlib.AbstractContextManager[WorkingFolder]":
        """A folder whose mail waits; it is gone in the end."""
        return self._waiting(self.place / name, on_servers=on_servers)

    @contextlib.contextmanager
    def _waiting(self, path: Path, *, on_servers: bool) -> Iterator[WorkingFolder]:
        with contextlib.ExitStack() as stack:
            folder = (
                stack.enter_context(served(self.start, path, self.dovecot, answers=True))
                if on_servers
                else copied(self.start, path)
            )
            folder.post(some_mail(*self.mail))
            yield folder
        shutil.rmtree(path)


def intake(grounds: Grounds, *, on_servers: bool = False) -> Iterator[Trial]:
    """Passes that are killed once."""
    with grounds.folder("undisturbed", on_servers=on_servers) as folder:
        moments, expected = undisturbed(folder, *RUN)
    for point in spread(moments, grounds.options.points):
        yield Trial(
            f"run at {point} of {moments}",
            partial(_killed, grounds, [Kill(RUN, point)], expected, [RUN], on_servers=on_servers),
        )


def sending(grounds: Grounds) -> Iterator[Trial]:
    """Releases that are killed once, of letters that are written to a folder."""
    prepared = _prepared(grounds)
    moments, expected = undisturbed(copied(prepared, grounds.place / "released"), *RELEASE)
    for point in spread(moments, grounds.options.points):
        yield Trial(f"release at {point} of {moments}", partial(_release_killed, grounds, prepared, point, expected))


def smtp(grounds: Grounds) -> Iterator[Trial]:
    """Releases that are killed once, of letters that leave by a server."""
    prepared = _prepared(grounds)
    with served(prepared, grounds.place / "released") as folder:
        moments, expected = undisturbed(folder, *RELEASE)
    for point in spread(moments, grounds.options.points):
        yield Trial(
            f"release at {point} of {moments}", partial(_served_release_killed, grounds, prepared, point, expected)
        )


def several(grounds: Grounds, *, on_servers: bool = False) -> Iterator[Trial]:
    """Passes and releases that are killed again and again."""
    with grounds.folder("undisturbed", on_servers=on_servers) as folder:
        run, _ = undisturbed(folder, *RUN)
        release, expected = undisturbed(folder, *RELEASE)
    for number in range(grounds.options.sequences):
        seed = f"{grounds.options.seed} {number}{' on servers' if on_servers else ''}"
        kills = several_kills(seed, {RUN: run, RELEASE: release})
        yield Trial(
            f"seed {seed}: {', '.join(map(str, kills))}",
            partial(_killed, grounds, kills, expected, [RUN, RELEASE, RUN], on_servers=on_servers),
        )


def lines(grounds: Grounds) -> Iterator[Trial]:
    """Lines that break while a pass, or a release, goes on."""
    whole = AtPiece(0), AtPiece(0)
    with _on_lines(grounds, "undisturbed", *whole) as folder:
        _, expected = undisturbed(folder, *RUN)
        _, released = undisturbed(folder, *RELEASE)
    made: list[tuple[str, Callable[[], Scissors]]] = [
        *((f"IMAP at piece {piece}", partial(AtPiece, piece)) for piece in spread(whole[0].pieces, grounds.options.cuts)),
        *((f"IMAP in message {number}", partial(InLiteral, number)) for number in (1, 3, 5)),
        *((f"IMAP after MOVE {number}", partial(AfterCommand, rb"\S+ UID MOVE", number)) for number in (1, 3, 5)),
    ]  # fmt: skip
    for name, make in made:
        yield Trial(name, partial(_line_cut, grounds, name, make, None, expected, [RUN]))
    for piece in spread(whole[1].pieces, grounds.options.cuts):
        name = f"SMTP at piece {piece}"
        yield Trial(
            name, partial(_line_cut, grounds, name, None, partial(AtPiece, piece), released, [RUN, RELEASE, RUN])
        )
    for number in (1, 2):
        name, make = f"SMTP after letter {number}", partial(AfterCommand, rb"\.\r\n\Z", number)
        yield Trial(name, partial(_line_cut, grounds, name, None, make, released, [RUN, RELEASE, RUN]))


def disk(grounds: Grounds) -> Iterator[Trial]:
    """Passes on a full disk."""
    (place := grounds.place / "disks").mkdir()
    folder, expected = full_disk.waiting_on_a_full_disk(place)
    for level in full_disk.LEVELS:
        yield Trial(f"{level} kB free", partial(full_disk.faults_at, level, folder, expected, place))


def _killed(
    grounds: Grounds, kills: Sequence[Kill], expected: Outcome, commands: Sequence[Words], *, on_servers: bool
) -> list[str]:
    name = "killed " + " ".join(f"{kill.words[0]} {kill.moment}" for kill in kills)
    with grounds.folder(name, on_servers=on_servers) as folder:
        return faults_after_kills(folder, kills, expected, *commands)


def _prepared(grounds: Grounds) -> WorkingFolder:
    """A folder whose letters wait for release."""
    folder = copied(grounds.start, grounds.place / "prepared")
    folder.post(some_mail(*grounds.mail))
    passed = folder.marac(*RUN)
    assert passed.returncode == 0, passed.stderr
    return folder


def _release_killed(grounds: Grounds, prepared: WorkingFolder, point: int, expected: Outcome) -> list[str]:
    folder = copied(prepared, grounds.place / f"killed {point}")
    found = faults_after_kills(folder, [Kill(RELEASE, point)], expected, RELEASE)
    shutil.rmtree(folder.path)
    return found


def _served_release_killed(grounds: Grounds, prepared: WorkingFolder, point: int, expected: Outcome) -> list[str]:
    with served(prepared, grounds.place / f"killed {point}") as folder:
        return faults_after_kills(folder, [Kill(RELEASE, point)], expected, RELEASE)


def _line_cut(
    grounds: Grounds,
    name: str,
    imap: Callable[[], Scissors] | None,
    smtp_line: Callable[[], Scissors] | None,
    expected: Outcome,
    commands: Sequence[Words],
) -> list[str]:
    cut = (imap or partial(AtPiece, 0))(), (smtp_line or partial(AtPiece, 0))()
    with _on_lines(grounds, name, *cut) as folder:
        for words in commands:
            if "Traceback" in (broken := folder.marac(*words).stderr):
                return [broken]
        cut[0].cut = cut[1].cut = True
        return faults_after_trouble(folder, expected, *commands, went_on=True)


@contextlib.contextmanager
def _on_lines(grounds: Grounds, name: str, imap: Scissors, smtp_line: Scissors) -> Iterator[WorkingFolder]:
    """A folder on servers, with waiting mail, whose lines are held."""
    dovecot = grounds.dovecot
    with (
        SmtpServer() as server,
        Wire(dovecot.port, dovecot.files, imap.to_client, imap.to_server) as one,
        Wire(server.port, server.files, smtp_line.to_client, smtp_line.to_server) as two,
        served(
            grounds.start, grounds.place / name, dovecot, imap_port=one.port, smtp_port=two.port, smtp=server
        ) as folder,
    ):
        folder.post(some_mail(*grounds.mail))
        yield folder


def spread(last: int, points: int) -> list[int]:
    """So many moments from the first to the last, evenly; all of them where there are fewer."""
    count = max(min(points, last), 1)
    return sorted({1 + step * (last - 1) // max(count - 1, 1) for step in range(count)})
